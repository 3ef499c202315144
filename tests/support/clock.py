"""A clock that moves only when a test says so."""

import asyncio
import heapq
import itertools

# Enough turns of the event loop for a woken task to run, call a few others and sleep again.
TURNS = 25


class ManualClock:
    """`hub.ports.Clock` for tests: time stands still until `advance`.

    Sleepers wake in the order of their due times, each at its own time, also those that go to
    sleep again within the advanced span.
    """

    def __init__(self, *, start_at: float = 1_800_000_000.0) -> None:
        self._now = start_at
        self._monotonic = 0.0
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> float:
        """UTC epoch seconds."""
        return self._now

    def monotonic(self) -> float:
        """Seconds since the clock was made; never goes back."""
        return self._monotonic

    async def sleep(self, seconds: float) -> None:
        """Wait until the test has advanced the clock by so much."""
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        due = self._monotonic + max(0.0, seconds)
        heapq.heappush(self._sleepers, (due, next(self._order), woken))
        if seconds <= 0:
            woken.set_result(None)
        await woken

    @property
    def sleeper_count(self) -> int:
        """How many tasks are asleep now."""
        return sum(not woken.done() for _, _, woken in self._sleepers)

    def next_in_seconds(self) -> float | None:
        """How long until the next sleeper wakes; None when nobody sleeps."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return max(0.0, self._sleepers[0][0] - self._monotonic) if self._sleepers else None

    async def advance(self, seconds: float) -> None:
        """Move both clocks forward and let everything that became due run."""
        await self.settle()
        end = self._monotonic + seconds
        while self._sleepers and self._sleepers[0][0] <= end:
            due, _, woken = heapq.heappop(self._sleepers)
            self._move_to(due)
            if not woken.done():
                woken.set_result(None)
                await self.settle()
        self._move_to(end)
        await self.settle()

    def jump(self, seconds: float) -> None:
        """Set the wall clock alone, as an administrator or a time server would."""
        self._now += seconds

    async def settle(self) -> None:
        """Let every task that can run now run; no time passes."""
        for _ in range(TURNS):
            await asyncio.sleep(0)

    def _move_to(self, monotonic: float) -> None:
        step = max(0.0, monotonic - self._monotonic)
        self._monotonic += step
        self._now += step
