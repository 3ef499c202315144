"""The real clock."""

import asyncio
import time


class SystemClock:
    """`hub.ports.Clock` on the machine's own clocks."""

    def now(self) -> float:
        """UTC epoch seconds; jumps when the machine's clock is set."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds from an arbitrary start; never goes back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait in the event loop."""
        await asyncio.sleep(seconds)
