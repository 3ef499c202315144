"""Fires timers when they are due, on one node or on several."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, NamedTuple

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
AWAY_SECONDS = 1.0
"""Pause of a timer whose handler found the store away: nothing is wrong with either."""

log = structlog.get_logger(__name__)


class Rest(NamedTuple):
    """A pause before a timer is fired again."""

    timer: DueTimer
    began_at: float
    seconds: float
    attempts: int


class TimerRunner:
    """Calls the handler of each due timer; the handler's unit takes the timer away.

    A handler that fails is called again after a growing pause; one that the store failed, soon
    after the store is back. `shared` says that other nodes run on the same store: then a timer is
    claimed before it is fired.
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
        self._unwritten: list[Rest] = []
        """Pauses that the store was not there to take; our claims still stand in their place."""

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
        if self._unwritten:
            await self._write_rests()
        now = self._clock.now()
        call = timers.DUE(now=now, kinds=list(self._handlers), most=BATCH)
        due = [DueTimer(*row) for row in await self._reader.rows(call)]
        mine = await self._journal.run(self._claim(due, now)) if due and self._shared else due
        ended = await asyncio.gather(*(self._fire(timer) for timer in mine))
        self._fired = {timer for timer, well in zip(mine, ended, strict=True) if well}
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

    async def _fire(self, timer: DueTimer) -> bool:
        """Call the handler; tell whether it ended well."""
        try:
            if timer in self._fired:
                raise LookupError("its handler left the timer in place")
            await self._handlers[timer.kind](timer)
        except Unavailable as error:
            log.warning("timer_waits", kind=timer.kind, code=error.code)
            await self._let_rest(timer, AWAY_SECONDS, timer.attempts)
        except Exception:  # the timer stays and is tried again later
            log.exception("timer_failed", kind=timer.kind, attempts=timer.attempts + 1)
            pause_seconds = min(LONGEST_PAUSE_SECONDS, 2.0**timer.attempts)
            await self._let_rest(timer, pause_seconds, timer.attempts + 1)
        else:
            return True
        return False

    async def _let_rest(self, timer: DueTimer, seconds: float, attempts: int) -> None:
        rest = Rest(timer, self._clock.now(), seconds, attempts)
        try:
            await self._journal.run(self._put_off([rest]))
        except Unavailable:
            self._unwritten.append(rest)

    async def _write_rests(self) -> None:
        """Write what could not be written; after the time of a claim it is another node's."""
        since = self._clock.now() - HOLD_SECONDS
        self._unwritten = [rest for rest in self._unwritten if rest.began_at > since]
        await self._journal.run(self._put_off(self._unwritten))
        self._unwritten = []

    def _put_off(self, rests: Sequence[Rest]) -> Unit[None]:
        for timer, began_at, seconds, attempts in rests:
            # The claim of this node must not stand in the way of its own pause.
            free_at, left_seconds = began_at + HOLD_SECONDS, seconds - HOLD_SECONDS
            yield self._hold(timer, free_at, left_seconds, attempts)

    def _hold(self, timer: DueTimer, now: float, seconds: float, tried: int) -> Call:
        return timers.HOLD(
            kind=timer.kind,
            subject=timer.subject,
            was_due_at=timer.due_at,
            now=now,
            held_until=now + seconds,
            tried=tried,
        )
