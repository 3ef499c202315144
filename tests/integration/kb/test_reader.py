"""Vectors are made beside everything else, kept, and made again only for another text."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hub.domain.articles import Audience
from hub.journey.articles.bring_in import bring_in
from hub.journey.articles.vectors import kept_vectors
from knowledge_base.keeper import Keeper
from knowledge_base.library import Library
from knowledge_base.meanings import Floats
from knowledge_base.reader import MeaningReader, take_kept
from knowledge_base.stretches import key_of
from tests.integration.kb.test_life import NAME, TEXT, publish
from tests.support.waiting import in_background, until
from tests.support.world import World


class Counting:
    """An `Embedder` to which everything means the same; it remembers what it read."""

    name = "counting"

    def __init__(self) -> None:
        self.read: list[str] = []

    def vectors(self, sentences: Sequence[str]) -> Floats:
        """Return one direction for all."""
        self.read += sentences
        return np.tile(np.array([1.0, 0.0], np.float32), (len(sentences), 1))


async def test_what_was_read_is_kept_and_read_again_only_when_it_changed(world: World) -> None:
    hub, embedder = world.hub, Counting()
    await bring_in(hub, {NAME: TEXT}, dry=False)

    async def started() -> tuple[Library, MeaningReader, Keeper]:
        library = Library(world.clock, embedder=embedder)
        reader = MeaningReader(hub, library, embedder.name, lambda: embedder)
        keeper = Keeper(hub, library, reader.ring)
        await keeper.open()
        return library, reader, keeper

    library, reader, keeper = await started()
    assert not library.knows_meanings
    async with in_background(reader.run()), in_background(keeper.run()):
        await until(lambda: library.knows_meanings)
        assert embedder.read == ["Lost card\nCall us."]
        await publish(world, replace(TEXT, body="Freeze it.\n"))
        await until(lambda: len(embedder.read) == 2 and not [*library.unread()])
        wanted = key_of(embedder.name, ["Lost card\nFreeze it."])
        async with asyncio.timeout(10):
            while wanted not in {one.key for one in await kept_vectors(hub.reader)}:
                await world.clock.settle()
    found = await library.find("something else", reader=Audience.PUBLIC)
    assert [hit.article.slug for hit in found.hits] == [NAME.slug]
    asked = len(embedder.read)

    library, reader, _ = await started()
    async with in_background(reader.run()):
        await until(lambda: library.knows_meanings)
    beside = Library(world.clock, embedder=embedder)
    beside.fill(list(library.listed(reader=Audience.AGENTS, language="en")))
    take_kept(beside, await kept_vectors(hub.reader), embedder)
    assert beside.knows_meanings
    assert len(embedder.read) == asked, "nothing is read twice"
