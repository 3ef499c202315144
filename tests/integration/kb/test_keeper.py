"""What is published is found, on whichever node; what is retired is not."""

from dataclasses import replace

from hub.domain.articles import Audience
from hub.journey.articles import life
from hub.journey.articles.bring_in import bring_in
from knowledge_base.keeper import Keeper
from knowledge_base.library import Library
from tests.integration.kb.test_life import NAME, ROSA, TEXT, publish
from tests.support.waiting import in_background, until
from tests.support.world import World


async def test_the_library_follows_what_is_published_and_retired(world: World) -> None:
    hub, library = world.hub, Library(world.clock)
    await bring_in(hub, {NAME: TEXT}, dry=False)
    keeper = Keeper(hub, library)
    await keeper.open()

    def titles(words: str) -> list[str]:
        hits = library.search(words, reader=Audience.PUBLIC).hits
        return [hit.article.text.title for hit in hits]

    assert titles("lost card") == ["Lost card"]
    async with in_background(keeper.run()):
        await publish(world, replace(TEXT, title="A card is gone", body="Freeze it.\n"))
        await until(lambda: titles("freeze") == ["A card is gone"])
        assert titles("lost") == []
        await life.retire(hub, ROSA, NAME, why="not offered any more")
        await until(lambda: titles("freeze") == [])
