"""What articles need becomes a Task of whoever answers for them, once each."""

from dataclasses import replace

from hub.journey.articles import learn
from hub.journey.articles.bring_in import bring_in
from hub.journey.articles.care import (
    AHEAD_SECONDS,
    KIND,
    MISSED_LEAST,
    NOT_HELPED_LEAST,
    SUBJECT,
    keep_caring,
    look,
)
from hub.journey.articles.name import Name
from hub.journey.articles.read import in_force
from hub.journey.waiting import TimerKind, arm
from hub.journey.work.lists import tasks_of
from hub.store.rows import find
from hub.store.tables import Task, Timer
from hub.store.unit import Unit
from tests.integration.kb.test_life import NAME, TEXT
from tests.support.world import World


async def night(world: World) -> list[tuple[str | None, str]]:
    """A night goes by; returns whose the open tasks are and what they say."""

    def due() -> Unit[None]:
        yield arm(TimerKind.ARTICLE_CARE, SUBJECT, world.clock.now())

    await world.hub.journal.run(due())
    await look(world.hub, SUBJECT)
    rows = await world.hub.reader.rows(find(Task, "owner_id", "title", kind=KIND))
    return sorted(rows, key=str)


async def test_owners_are_told_once_of_ends_and_of_what_does_not_help(world: World) -> None:
    hub, now = world.hub, world.clock.now()
    await world.add_agent("amara")
    ends = replace(TEXT, owner="amara", valid_until_at=now + AHEAD_SECONDS + 60)
    useless = Name("atm", "en")
    await bring_in(
        hub,
        {NAME: ends, useless: replace(TEXT, title="Cash", owner="who-left"),
         Name("old", "en"): replace(TEXT, title="Old", reviewed="2001-01-01", owner="amara")},
        dry=False,
    )  # fmt: skip
    assert [owner for owner, _ in await night(world)] == ["amara"]
    await world.clock.advance(61)
    article = await in_force(hub, useless.slug, "en")
    assert article is not None
    for _ in range(NOT_HELPED_LEAST):
        await learn.note_verdict(hub, article, helped=False)
    told = await night(world)
    assert [owner for owner, _ in told] == ["amara", "amara", None]
    assert "does not help: Cash" in told[2][1]
    assert "ends soon: Lost card" in told[0][1]
    assert await night(world) == told, "once each"
    mine = await tasks_of(hub, "amara", "mine", steers=False)
    assert {now + AHEAD_SECONDS + 60} < {task["due_at"] for task in mine}


async def test_what_many_look_for_in_vain_is_told_to_who_steers(world: World) -> None:
    for _ in range(MISSED_LEAST):
        await learn.note_miss(world.hub, "zeppelin parking", "en")
    ((owner, title),) = await night(world)
    assert owner is None
    assert "zeppelin" not in title, "what people write stays sealed"
    (task,) = await tasks_of(world.hub, "rosa", "team", steers=True)
    assert task["words"] == "zeppelin parking"
    assert len(await night(world)) == 1


async def test_the_round_is_armed_once_and_goes_on_the_next_night(world: World) -> None:
    await keep_caring(world.hub)
    await keep_caring(world.hub)
    ((first,),) = await world.hub.reader.rows(find(Timer, "due_at", kind=TimerKind.ARTICLE_CARE))
    await world.clock.advance(first - world.clock.now())
    await look(world.hub, SUBJECT)
    ((second,),) = await world.hub.reader.rows(find(Timer, "due_at", kind=TimerKind.ARTICLE_CARE))
    assert second == first + 86_400
