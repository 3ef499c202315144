"""Follows the log on PostgreSQL, in an order that is the same for every node.

A serial number alone would skip events: numbers are given before COMMIT, so a higher one can be
seen before a lower one exists. We read only below the oldest transaction still running, in the
order (transaction id, number): nothing can be committed behind that any more. See README.md.
"""

import asyncio
from collections.abc import Iterable

import structlog

from hub.domain.errors import Unavailable
from hub.domain.events import Logged
from hub.ports import Clock, Signal
from hub.store.audience import Audience
from hub.store.postgres_reader import PostgresReader
from hub.store.reader import START, Position
from hub.store.unit import Append
from hub.store.wake import Wake

TOPIC = "log"
POLL_SECONDS = 1.0
BEHIND_SECONDS = 0.02
"""Pause while a commit of our own is held back by an older transaction elsewhere."""
BATCH = 500
CARRIED = 20_000

log = structlog.get_logger(__name__)


class LogReader:
    """Gives committed events of all nodes to this node's followers."""

    def __init__(
        self,
        reader: PostgresReader,
        audience: Audience,
        clock: Clock,
        signal: Signal | None = None,
    ) -> None:
        self._reader = reader
        self._audience = audience
        self._signal = signal
        self._wake = Wake(clock)
        self._tell = Wake(clock)
        self._carried: dict[int, object] = {}
        self._expected = 0
        self._position: Position = START
        self._moved = asyncio.Condition()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Follow from the newest event on."""
        self._position = await self._reader.head()
        self._tasks = [asyncio.create_task(self._follow())]
        if self._signal is not None:
            self._unsubscribe = self._signal.subscribe(TOPIC, lambda _: self._wake.ring())
            self._tasks.append(asyncio.create_task(self._tell_others(self._signal)))

    async def stop(self) -> None:
        """End following."""
        if self._tasks and self._signal is not None:
            self._unsubscribe()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    def carry(self, numbered: Iterable[tuple[int, Append]]) -> None:
        """Keep what this node's events carry until they come back through the log."""
        for seq, append in numbered:
            self._expected = max(self._expected, seq)
            if append.carried is not None:
                self._carried[seq] = append.carried
        while len(self._carried) > CARRIED:
            del self._carried[next(iter(self._carried))]

    def wake(self, *, tell: bool) -> None:
        """Look again, and `tell` the other nodes to do so."""
        self._wake.ring()
        if tell:
            self._tell.ring()

    async def caught_up(self) -> None:
        """Wait until everything committed before this call has been given to followers."""
        target = await self._reader.newest()
        async with self._moved:
            self._wake.ring()
            await self._moved.wait_for(lambda: self._position >= target)

    async def _follow(self) -> None:
        while True:
            pause_seconds = POLL_SECONDS
            try:
                if await self._read_some() == BATCH:
                    pause_seconds = 0.0
                elif self._position[1] < self._expected:
                    pause_seconds = BEHIND_SECONDS
            except Unavailable as error:
                log.warning("log_reader_waits", code=error.code)
            await self._wake.sleep(pause_seconds)

    async def _read_some(self) -> int:
        events = await self._reader.log_from(self._position, BATCH)
        if events:
            self._audience.tell_events([self._with_carried(event) for event in events])
            self._position = events[-1].position
            async with self._moved:
                self._moved.notify_all()
        return len(events)

    def _with_carried(self, event: Logged) -> Logged:
        carried = self._carried.pop(event.position[1], None)
        return event if carried is None else event._replace(carried=carried)

    async def _tell_others(self, signal: Signal) -> None:
        """One word for all commits since the last one: others only need to look again."""
        while True:
            await self._tell.wait()
            await signal.publish(TOPIC, "")
