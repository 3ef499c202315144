"""The way to an agent is walked two hundred times a second: its units keep to few statements."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest_asyncio

from hub.journey import answer, converse
from hub.ports import Follow
from hub.store.engine import Store
from hub.store.journal import Done, Heard, Journal, UnitOrFactory
from hub.store.unit import Append, Prepared, Unit
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds
from tests.support.world import World, make_hub

T = TypeVar("T")


class CountingJournal:
    """A journal that remembers how many statements each unit took."""

    keeps_order = True

    def __init__(self, inner: Journal) -> None:
        self._inner = inner
        self.statements: list[int] = []

    async def start(self) -> None:
        await self._inner.start()

    async def stop(self) -> None:
        await self._inner.stop()

    async def run(self, unit: UnitOrFactory[T]) -> T:
        return await self._inner.run(self._counted(unit))

    def submit(self, unit: UnitOrFactory[Any], done: Done) -> None:
        self._inner.submit(self._counted(unit), done)

    def follow(self, follower: Follow) -> Callable[[], None]:
        return self._inner.follow(follower)

    def watch(self, prepared: Prepared, heard: Heard) -> Callable[[], None]:
        return self._inner.watch(prepared, heard)

    async def caught_up(self) -> None:
        await self._inner.caught_up()

    def _counted(self, unit: UnitOrFactory[T]) -> Unit[T]:
        work: Unit[T] = unit() if callable(unit) else unit
        self.statements.append(0)
        place, found = len(self.statements) - 1, None
        while True:
            try:
                op = work.send(found)
            except StopIteration as end:
                result: T = end.value
                return result
            if not isinstance(op, Append):
                self.statements[place] += 1
            found = yield op

    def take(self) -> list[int]:
        """Statements of the units since the last call."""
        taken, self.statements = self.statements, []
        return taken


@pytest_asyncio.fixture
async def counting(
    store: Store, clock: ManualClock, new_id: SeededIds, tmp_path: Path
) -> tuple[World, CountingJournal]:
    journal = CountingJournal(store.journal)
    return make_hub(replace(store, journal=journal), clock, new_id, tmp_path), journal


async def test_choice_reservation_and_acceptance(
    counting: tuple[World, CountingJournal],
) -> None:
    world, journal = counting
    await world.add_agent("amara")
    posted = await world.customer_says(None)
    journal.take()
    done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    converse.submit_customer_choice(
        world.hub, conversation_id=posted.conversation_id, contact_id=posted.contact_id,
        key="c1", text="Person", choice="agent", done=done.set_result,
    )  # fmt: skip
    await done
    assert journal.take() == [6], "number, words, contact, numbers, lines, contact"
    await world.settle()
    assert journal.take() == [5], "contact, presence, load, reservation, timer"
    reservation_id = await world.offer_of("amara")
    assert reservation_id is not None
    await answer.accept(world.hub, "amara", reservation_id)
    assert journal.take() == [9]
