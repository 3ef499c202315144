"""The authors' desk: stale twins, retired articles that lead on, corrections and their outcome."""

from dataclasses import replace

import pytest

from hub.domain.articles import Audience
from hub.domain.errors import Forbidden, Invalid, NotFound, Refused
from hub.journey.articles import life
from hub.journey.articles.bring_in import bring_in
from hub.journey.articles.correct import (
    corrections_of,
    decide_correction,
    open_corrections,
    propose_correction,
)
from hub.journey.articles.name import Name
from hub.journey.articles.read import TOGETHER_SECONDS, all_newest
from hub.store.rows import find
from hub.store.tables import ArticleCorrection
from knowledge_base.keeper import Keeper
from knowledge_base.library import Library
from tests.integration.kb.test_life import AMARA, CHEN, NAME, ROSA, TEXT, publish
from tests.support.waiting import in_background, until
from tests.support.world import World

TWIN = Name(NAME.slug, "zh")
OTHER = Name("card-help", "en")


async def stale(world: World) -> set[str]:
    return {row["language"] for row in await all_newest(world.hub) if row["is_stale"]}


async def test_a_twin_is_stale_when_the_other_one_has_changed_since(world: World) -> None:
    await bring_in(world.hub, {NAME: TEXT, TWIN: TEXT}, dry=False)
    await world.clock.advance(TOGETHER_SECONDS)
    assert await stale(world) == set()
    await world.clock.advance(1)
    await publish(world, replace(TEXT, body="Freeze it first.\n"))
    assert await stale(world) == {"zh"}
    await life.retire(world.hub, ROSA, NAME, why="merged")
    assert await stale(world) == set(), "a twin alone is not behind anything"


async def test_readers_of_a_retired_article_are_led_on(world: World) -> None:
    hub, library = world.hub, Library(world.clock)
    await bring_in(hub, {NAME: TEXT, OTHER: TEXT}, dry=False)
    keeper = Keeper(hub, library)
    await keeper.open()
    for nowhere in (NAME.slug, "unheard-of"):
        with pytest.raises(Invalid, match="in force"):
            await life.retire(hub, ROSA, NAME, why="merged", moved_to=nowhere)
    async with in_background(keeper.run()):
        await life.retire(hub, ROSA, NAME, why="merged", moved_to=OTHER.slug)
        await until(lambda: library.moved(NAME.slug, "en") == OTHER.slug)
        assert library.article(NAME.slug, reader=Audience.AGENTS, language="en") is None
        await publish(world, TEXT)
        await until(lambda: library.moved(NAME.slug, "en") is None)
    await life.retire(hub, ROSA, NAME, why="merged again", moved_to=OTHER.slug)
    after_a_restart = Library(world.clock)
    await Keeper(hub, after_a_restart).open()
    assert after_a_restart.moved(NAME.slug, "en") == OTHER.slug


async def test_who_says_what_is_wrong_reads_the_answer(world: World) -> None:
    hub = world.hub
    with pytest.raises(NotFound):
        await propose_correction(hub, AMARA, NAME, "The number is old")
    await bring_in(hub, {NAME: TEXT}, dry=False)
    with pytest.raises(Invalid):
        await propose_correction(hub, AMARA, NAME, "  ")
    words = "Ann's card 4111 1111 1111 1111 needs another step"
    one = await propose_correction(hub, AMARA, NAME, words)
    (waiting,) = await open_corrections(hub)
    assert (waiting.version, waiting.state) == (1, "open")
    assert "4111 1111" not in waiting.words
    ((sealed,),) = await hub.reader.rows(find(ArticleCorrection, "words_sealed", id=one))
    assert b"another step" not in sealed
    with pytest.raises(Forbidden):
        await decide_correction(hub, AMARA, one, take=True, answer="mine")
    await decide_correction(hub, ROSA, one, take=True, answer="In the next version")
    with pytest.raises(Refused):
        await decide_correction(hub, CHEN, one, take=False, answer="no")
    assert await open_corrections(hub) == []
    (told,) = await corrections_of(hub, AMARA.user_id)
    assert (told.state, told.answer, told.decided_by) == ("taken", "In the next version", "rosa")
    assert await corrections_of(hub, ROSA.user_id) == []
