"""What is older than a month goes at night, in parts; what may still be asked for stays."""

from typing import Any

import pytest
from sqlmodel import SQLModel

from hub.journey.pruning import AT_ONCE, KEPT_SECONDS, SUBJECT, keep_pruning, prune_some
from hub.store.rows import find, put
from hub.store.tables import Effect, OutgoingLetter, Receipt, Timer
from hub.store.unit import Call
from tests.support.units import write
from tests.support.world import World


def receipt(key: str, at: float) -> Call:
    return put(Receipt, scope="core_change", key=key, at=at)


def effect(key: str, state: str, at: float) -> Call:
    return put(
        Effect, id=key, kind="notify", state=state, subject="s", payload_sealed=None, due_at=at,
        created_at=at,
    )  # fmt: skip


async def keys(world: World, model: type[SQLModel], column: str) -> set[Any]:
    return {row[0] for row in await world.hub.reader.rows(find(model, column))}


async def due_at(world: World) -> float:
    rows = await world.hub.reader.rows(find(Timer, "due_at", kind="prune"))
    assert len(rows) == 1
    return float(rows[0][0])


async def at_night(world: World) -> None:
    """Ring until nothing is left for tonight."""
    await keep_pruning(world.hub)
    await keep_pruning(world.hub)
    for _ in range(20):
        pause = await due_at(world) - world.clock.now()
        await world.clock.advance(pause + 0.01)
        await prune_some(world.hub, SUBJECT)
        if await due_at(world) - world.clock.now() > 3600:
            return
    raise AssertionError("the night has no end")


def letter(key: str, ended_at: float | None) -> Call:
    return put(
        OutgoingLetter, id=key, conversation_id="c", contact_id="k", agent_id="a", key=key,
        written_at=0.0, leaves_at=0.0, state="left" if ended_at else "waiting", ended_at=ended_at,
    )  # fmt: skip


async def test_words_that_still_wait_stay_however_long(world: World) -> None:
    old = world.clock.now() - KEPT_SECONDS - 1
    await world.hub.journal.run(write(letter("left", old), letter("waits", None)))
    await at_night(world)
    assert await keys(world, OutgoingLetter, "id") == {"waits"}


async def test_old_receipts_and_settled_effects_go(world: World) -> None:
    old = world.clock.now() - KEPT_SECONDS - 1
    young = world.clock.now() - KEPT_SECONDS + 2 * 86_400
    states = ("done", "dropped", "failed", "unknown", "pending")
    calls = [receipt("old", old), receipt("young", young)]
    calls += [effect(f"{state}-old", state, old) for state in states]
    calls += [effect("done-young", "done", young)]
    await world.hub.journal.run(write(*calls))
    await at_night(world)
    assert await keys(world, Receipt, "key") == {"young"}
    left = {"failed-old", "unknown-old", "pending-old", "done-young"}
    assert await keys(world, Effect, "id") == left


@pytest.mark.parametrize("count", [AT_ONCE, AT_ONCE + 1])
async def test_many_go_in_parts(world: World, count: int) -> None:
    old = world.clock.now() - KEPT_SECONDS - 1
    await world.hub.journal.run(write(*(receipt(str(n), old) for n in range(count))))
    await keep_pruning(world.hub)
    await world.clock.advance(await due_at(world) - world.clock.now() + 0.01)
    await prune_some(world.hub, SUBJECT)
    assert len(await keys(world, Receipt, "key")) == count - AT_ONCE
    assert await due_at(world) - world.clock.now() < 1
    await prune_some(world.hub, SUBJECT)
    assert len(await keys(world, Receipt, "key")) == count - AT_ONCE, "not before its time"
    await at_night(world)
    assert await keys(world, Receipt, "key") == set()
