"""A lease in the database: of many nodes one does a work, and another takes over within seconds.

The database's clock decides when a lease has ended, so nodes may disagree about the time. Each new
holder gets a higher fence; what the work writes checks it in the same transaction
(`FencedJournal`), so that a holder who was asleep and woke up late writes nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

import structlog
from sqlalchemy import Float, bindparam, cast, extract, func, or_, select, update
from sqlalchemy.sql.expression import case

from hub.domain.errors import Refused, Unavailable
from hub.ports import Clock, Follow
from hub.store.journal import Done, Heard, Journal, UnitOrFactory
from hub.store.rows import table_of
from hub.store.tables import Lease as LeaseRow
from hub.store.unit import Prepared, Unit
from hub.store.upsert import upsert

HELD_SECONDS: Final = 3.0
RENEW_SECONDS: Final = 1.0
ASK_SECONDS: Final = 1.0
"""A renewal that takes longer has failed: three must fit into the time a lease is held."""

T = TypeVar("T")
Work = Callable[[], Awaitable[None]]
log = structlog.get_logger(__name__)

_LEASE = table_of(LeaseRow)
_COLUMN = _LEASE.c
_NOW = cast(extract("epoch", func.clock_timestamp()), Float)
_new = upsert(_LEASE).values(
    name=bindparam("name"),
    holder=bindparam("holder"),
    fence=1,
    held_until=_NOW + bindparam("seconds", type_=Float),
)
_TAKE = Prepared(
    _new.on_conflict_do_update(
        index_elements=["name"],
        set_={
            "holder": _new.excluded.holder,
            "held_until": _new.excluded.held_until,
            "fence": case(
                (_COLUMN.holder == _new.excluded.holder, _COLUMN.fence), else_=_COLUMN.fence + 1
            ),
        },
        where=or_(_COLUMN.holder == _new.excluded.holder, _COLUMN.held_until < _NOW),
    ).returning(_COLUMN.fence)
)
_GIVE_BACK = Prepared(
    # The row stays: its fence must never count from the beginning again.
    update(_LEASE)
    .where(_COLUMN.name == bindparam("of"), _COLUMN.holder == bindparam("of_holder"))
    .values(held_until=0.0)
)
_HOLDS = Prepared(
    select(_COLUMN.fence)
    .where(
        _COLUMN.name == bindparam("of"),
        _COLUMN.holder == bindparam("of_holder"),
        _COLUMN.fence == bindparam("of_fence"),
    )
    .with_for_update(read=True)
)


class Lease:
    """This node's claim to a work that one node does."""

    def __init__(self, journal: Journal, clock: Clock, *, name: str, holder: str) -> None:
        self._journal = journal
        self._clock = clock
        self._name, self._holder = name, holder
        self._fence = 0
        self._ends_at = float("-inf")

    async def lead(self, work: Work) -> None:
        """Do the work while this node holds the lease, and only then; until cancelled."""
        doing: asyncio.Future[None] | None = None
        try:
            while True:
                holds = await self._holds()
                if holds and doing is None:
                    log.info("lease_taken", lease=self._name, fence=self._fence)
                    doing = asyncio.ensure_future(work())
                elif not holds and doing is not None:
                    log.warning("lease_lost", lease=self._name, fence=self._fence)
                    await _end(doing)
                    doing = None
                elif doing is not None and doing.done():
                    return await doing
                await self._clock.sleep(RENEW_SECONDS)
        finally:
            if doing is not None:
                await _end(doing)
                await self._give_back()

    def fenced(self) -> "FencedJournal":
        """Return a journal whose units are refused once another node has the lease."""
        return FencedJournal(self._journal, self._require)

    async def _holds(self) -> bool:
        asked_at = self._clock.monotonic()
        try:
            async with asyncio.timeout(ASK_SECONDS):
                rows = await self._journal.run(self._take)
        except (Unavailable, TimeoutError, Refused):
            # Nobody else can have it before its time is over.
            return self._clock.monotonic() < self._ends_at
        if not rows:
            return False
        self._fence = rows[0][0]
        self._ends_at = asked_at + HELD_SECONDS
        return True

    async def _give_back(self) -> None:
        self._ends_at = float("-inf")

        def unit() -> Unit[None]:
            yield _GIVE_BACK(of=self._name, of_holder=self._holder)

        try:
            async with asyncio.timeout(ASK_SECONDS):
                await self._journal.run(unit)
        except (Unavailable, TimeoutError, Refused):
            log.info("lease_runs_out", lease=self._name)

    def _take(self) -> Unit[list[tuple[int]]]:
        rows: list[tuple[int]] = yield _TAKE(
            name=self._name, holder=self._holder, seconds=HELD_SECONDS
        )
        return rows

    def _require(self) -> Unit[None]:
        if not (yield _HOLDS(of=self._name, of_holder=self._holder, of_fence=self._fence)):
            raise Refused("lease_lost", "another node does this work now")


class FencedJournal:
    """A journal that asks `require` at the beginning of each unit, in its transaction."""

    def __init__(self, journal: Journal, require: Callable[[], Unit[None]]) -> None:
        self._journal = journal
        self._require = require
        self.keeps_order = journal.keeps_order

    async def start(self) -> None:
        """Do nothing: the journal behind it runs already."""

    async def stop(self) -> None:
        """Do nothing: the journal behind it goes on."""

    async def run(self, unit: UnitOrFactory[T]) -> T:
        """Run a unit as `Journal.run` does; raise `Refused("lease_lost")` when it is lost."""
        return await self._journal.run(self._guarded(unit))

    def submit(self, unit: UnitOrFactory[Any], done: Done) -> None:
        """Run a unit as `Journal.submit` does."""
        self._journal.submit(self._guarded(unit), done)

    def follow(self, follower: Follow) -> Callable[[], None]:
        """Follow the journal behind it."""
        return self._journal.follow(follower)

    def watch(self, prepared: Prepared, heard: Heard) -> Callable[[], None]:
        """Watch the journal behind it."""
        return self._journal.watch(prepared, heard)

    async def caught_up(self) -> None:
        """Wait as `Journal.caught_up` does."""
        await self._journal.caught_up()

    def _guarded(self, unit: UnitOrFactory[T]) -> UnitOrFactory[T]:
        def guarded(made: Unit[T]) -> Unit[T]:
            yield from self._require()
            return (yield from made)

        return (lambda: guarded(unit())) if callable(unit) else guarded(unit)


async def _end(doing: "asyncio.Future[None]") -> None:
    doing.cancel()
    await asyncio.gather(doing, return_exceptions=True)
