"""One clock for all legs: every 2 ms the next phase, each phase every 20 ms."""

import asyncio
from collections import deque
from collections.abc import Callable

from channels.phone.media.switchboard import PHASES
from channels.phone.media.ulaw import FRAME_SECONDS
from hub.ports import Clock

BEHIND_SECONDS = 1.0
REST_SECONDS = 0.05
"""How often a process without calls looks whether there is one."""
KEPT = 30_000


class Ticker:
    """Calls `tick(phase)` in time; what could not be called in a second is left out."""

    def __init__(
        self, clock: Clock, tick: Callable[[int], None], is_busy: Callable[[], bool]
    ) -> None:
        self._clock, self._tick, self._is_busy = clock, tick, is_busy
        self.late: deque[float] = deque(maxlen=KEPT)
        """How late the last ticks were, in seconds."""

    async def run(self) -> None:
        """Tick until cancelled."""
        loop = asyncio.get_running_loop()
        step = FRAME_SECONDS / PHASES
        due, phase = loop.time(), 0
        while True:
            if not self._is_busy():
                await self._clock.sleep(REST_SECONDS)
                due = loop.time()
                continue
            due += step
            wait = due - loop.time()
            if wait > 0:
                await self._clock.sleep(wait)
            now = loop.time()
            self.late.append(now - due)
            if now - due > BEHIND_SECONDS:
                due = now
            self._tick(phase)
            phase = (phase + 1) % PHASES
