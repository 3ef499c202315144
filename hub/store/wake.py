"""Sleeping that somebody can end early."""

import asyncio

from hub.ports import Clock


class Wake:
    """A bell at a bed. Ringing before the sleep counts too, so that no call is missed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """End the sleep, or the next one."""
        self._rung.set()

    async def wait(self) -> None:
        """Wait until the bell rings."""
        await self._rung.wait()
        self._rung.clear()

    async def sleep(self, seconds: float) -> None:
        """Wait so many seconds or until the bell rings."""
        if seconds > 0 and not self._rung.is_set():
            rung = asyncio.ensure_future(self._rung.wait())
            over = asyncio.ensure_future(self._clock.sleep(seconds))
            try:
                await asyncio.wait((rung, over), return_when=asyncio.FIRST_COMPLETED)
            finally:
                rung.cancel()
                over.cancel()
        self._rung.clear()
