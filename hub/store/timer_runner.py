"""Fires timers when they are due, on one node or on several."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import structlog

from hub.domain.errors import Unavailable
from hub.ports import Clock
from hub.store import timers
from hub.store.journal import Journal
from hub.store.reader import Reader
from hub.store.timers import DueTimer
from hub.store.unit import Call, Unit
from hub.store.wake import Wake

TimerHandler = Callable[[DueTimer], Awaitable[None]]

POLL_SECONDS = 1.0
"""Looks at least so often: another node may have set a timer, or the clock been set."""
BATCH = 100
HOLD_SECONDS = 10.0
"""How long other nodes leave a fired timer to the node that claimed it."""
LONGEST_PAUSE_SECONDS = 300.0

log = structlog.get_logger(__name__)


class TimerRunner:
    """Calls the handler of each due timer; the handler's unit takes the timer away.

    A handler that fails is called again after a growing pause. `shared` says that other nodes
    run on the same store: then a timer is claimed before it is fired.
    """

    def __init__(
        self,
        journal: Journal,
        reader: Reader,
        clock: Clock,
        handlers: Mapping[str, TimerHandler],
        *,
        shared: bool = False,
    ) -> None:
        self._journal = journal
        self._reader = reader
        self._clock = clock
        self._handlers = handlers
        self._shared = shared
        self._wake = Wake(clock)
        self._next_at = 0.0
        self._fired: set[DueTimer] = set()

    async def run(self) -> None:
        """Fire until cancelled."""
        end_watch = self._journal.watch(timers.SET, self._heard)
        try:
            while True:
                pause_seconds = POLL_SECONDS
                looked_at = self._clock.now()
                try:
                    if await self.fire_due() == BATCH:
                        continue
                    pause_seconds = await self._pause_seconds(looked_at)
                except Unavailable as error:
                    log.warning("timers_wait", code=error.code)
                await self._wake.sleep(pause_seconds)
        finally:
            end_watch()

    async def fire_due(self) -> int:
        """Fire what is due now, once; return how many there were."""
        now = self._clock.now()
        call = timers.DUE(now=now, kinds=list(self._handlers), most=BATCH)
        due = [DueTimer(*row) for row in await self._reader.rows(call)]
        mine = await self._journal.run(self._claim(due, now)) if due and self._shared else due
        await asyncio.gather(*(self._fire(timer) for timer in mine))
        self._fired = set(mine)
        return len(due)

    def _heard(self, calls: Sequence[dict[str, Any]]) -> None:
        if min(call["due_at"] for call in calls) < self._next_at:
            self._wake.ring()

    async def _pause_seconds(self, looked_at: float) -> float:
        """Seconds to the next timer that was not due yet when we looked."""
        self._next_at = looked_at + POLL_SECONDS
        rows = await self._reader.rows(timers.NEXT(now=looked_at))
        if rows[0][0] is not None:
            self._next_at = min(self._next_at, rows[0][0])
        return self._next_at - self._clock.now()

    def _claim(self, due: Sequence[DueTimer], now: float) -> Unit[list[DueTimer]]:
        mine = []
        for timer in due:
            if (yield self._hold(timer, now, HOLD_SECONDS, timer.attempts)):
                mine.append(timer)
        return mine

    async def _fire(self, timer: DueTimer) -> None:
        try:
            if timer in self._fired:
                raise LookupError("its handler left the timer in place")
            await self._handlers[timer.kind](timer)
        except Exception:
            log.exception("timer_failed", kind=timer.kind, attempts=timer.attempts + 1)
            await self._put_off(timer)

    async def _put_off(self, timer: DueTimer) -> None:
        pause = min(LONGEST_PAUSE_SECONDS, 2.0**timer.attempts)
        now = self._clock.now()

        def unit() -> Unit[None]:
            # The claim of this node must not stand in the way of its own pause.
            yield self._hold(timer, now + HOLD_SECONDS, pause - HOLD_SECONDS, timer.attempts + 1)

        await self._journal.run(unit())

    def _hold(self, timer: DueTimer, now: float, seconds: float, tried: int) -> Call:
        return timers.HOLD(
            kind=timer.kind,
            subject=timer.subject,
            was_due_at=timer.due_at,
            now=now,
            held_until=now + seconds,
            tried=tried,
        )
