"""Prices with a first day: never told early, never changed, published by a second person."""

from dataclasses import replace

import pytest

from hub.domain.articles import Audience
from hub.domain.dated_values import UNKNOWN, DatedValue
from hub.domain.errors import Forbidden, Invalid, Refused
from hub.journey.articles import life as articles
from hub.journey.articles.bring_in import bring_in
from hub.journey.values import life
from hub.journey.values.read import bring_in_values, listed_values, published_values
from hub.store.rows import find
from hub.store.tables import AuditEntry
from knowledge_base.keeper import Keeper
from knowledge_base.library import Library
from tests.integration.kb.test_life import AMARA, CHEN, NAME, ROSA, TEXT
from tests.support.waiting import in_background, until
from tests.support.world import World

FEE = DatedValue(name="fee.card", en="20 CNY", zh="20元", valid_from_at=0.0)
NAMING = replace(TEXT, body="A new card costs\n{{fee.card}}.\n")


async def publish(world: World, value: DatedValue) -> None:
    value_id = await life.propose(world.hub, ROSA, value, why="price list")
    await life.publish(world.hub, CHEN, value_id)


async def test_a_price_to_come_is_told_when_its_moment_comes(world: World) -> None:
    hub, clock = world.hub, world.clock
    library = Library(clock)
    await publish(world, FEE)
    await bring_in(hub, {NAME: NAMING}, dry=False)
    keeper = Keeper(hub, library)
    await keeper.open()

    def told() -> str:
        found = library.article(NAME.slug, reader=Audience.PUBLIC, language="en")
        assert found is not None
        return found.text.body

    def is_found(words: str) -> bool:
        return library.search(words, reader=Audience.PUBLIC).total > 0

    async with in_background(keeper.run()):
        await publish(world, replace(FEE, en="25 CNY", zh="25元", valid_from_at=clock.now() + 60))
        await until(lambda: library.values.next_change_at(clock.now()) is not None)
        assert "20 CNY" in told()
        assert (is_found("20 CNY card"), is_found("25")) == (True, False)
        assert library.priced("[[fee.card]]", "zh") == "20元"
        await clock.advance(59)
        assert "20 CNY" in told()
        await clock.advance(1)
        assert "25 CNY" in told(), "whoever reads is told at once"
        assert library.priced("[[fee.card]]", "zh") == "25元"
        await until(lambda: is_found("25") and not is_found("20"))


async def test_who_proposes_does_not_publish_and_what_held_stays(world: World) -> None:
    hub, now = world.hub, world.clock.now()
    with pytest.raises(Forbidden):
        await life.propose(hub, AMARA, FEE, why="mine")
    for bad in (replace(FEE, name="fee"), replace(FEE, en=""), replace(FEE, zh="{{fee.x}}")):
        with pytest.raises(Invalid):
            await life.propose(hub, ROSA, bad, why="price list")
    value_id = await life.propose(hub, ROSA, FEE, why="price list")
    with pytest.raises(Refused, match="same_person"):
        await life.publish(hub, ROSA, value_id)
    await life.publish(hub, CHEN, value_id)
    with pytest.raises(Refused, match="holds_already"):
        await life.withdraw(hub, CHEN, value_id, why="oops")
    with pytest.raises(Invalid, match="what was told"):
        await life.propose(hub, ROSA, replace(FEE, en="1 CNY"), why="rewrite the past")
    later = await life.propose(hub, ROSA, replace(FEE, valid_from_at=now + 60), why="new")
    await life.publish(hub, CHEN, later)
    await life.withdraw(hub, CHEN, later, why="not yet")
    assert await published_values(hub.reader) == [FEE]
    rows = await hub.reader.rows(find(AuditEntry, "action", "actor", subject="fee.card"))
    assert sorted(rows) == [
        ("value_published", "chen"), ("value_published", "chen"), ("value_withdrawn", "chen"),
    ]  # fmt: skip


async def test_a_price_that_waited_for_its_second_person_changes_no_past(world: World) -> None:
    hub, clock = world.hub, world.clock
    await publish(world, FEE)
    dear = replace(FEE, en="25 CNY", valid_from_at=clock.now() + 10)
    value_id = await life.propose(hub, ROSA, dear, why="dearer")
    await clock.advance(100)
    await life.publish(hub, CHEN, value_id)
    assert (await published_values(hub.reader))[-1].valid_from_at == clock.now()


async def test_an_article_that_names_no_value_is_not_published(world: World) -> None:
    seen = await articles.save(world.hub, ROSA, NAME, NAMING, seen=0)
    with pytest.raises(Invalid, match=r"line 2: \{\{fee.card\}\}"):
        await articles.submit(world.hub, ROSA, NAME, seen=seen)
    await publish(world, FEE)
    await articles.submit(world.hub, ROSA, NAME, seen=seen)


async def test_the_file_comes_in_once_and_never_over_a_person(world: World) -> None:
    hub = world.hub
    other = replace(FEE, name="fee.other")
    assert await bring_in_values(hub, [FEE, other]) == 2
    assert await bring_in_values(hub, [FEE, other]) == 0
    await publish(world, replace(FEE, en="25 CNY", valid_from_at=world.clock.now() + 1))
    newer = [replace(one, en="1 CNY", valid_from_at=5.0) for one in (FEE, other)]
    assert await bring_in_values(hub, newer) == 1
    assert {one.name: one.en for one in await listed_values(hub) if one.valid_from_at == 5.0} == {
        "fee.other": "1 CNY"
    }


def test_what_nobody_knows_is_a_gap() -> None:
    library = Library(_Noon())
    assert library.priced("costs {{fee.secret}}", "en") == f"costs {UNKNOWN}"
    assert library.priced("[[1]] and [x](y)", "en") == "[[1]] and [x](y)"


class _Noon:
    def now(self) -> float:
        return 43_200.0

    def monotonic(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        """Nobody sleeps at noon."""
