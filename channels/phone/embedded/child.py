"""The media process as a child of the hub, where nothing else starts it.

It outlives the hub, so that calls go on while the hub restarts, and leaves by itself when nobody
needs it. A hub that finds one at work starts none: the second ends at once.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

import structlog

from hub.ports import Clock

AGAIN_SECONDS: Final = 0.1
TIRED_SECONDS: Final = 5.0
"""One that ends so soon is not started again at once."""

log = structlog.get_logger(__name__)


class MediaChild:
    """Keeps a media process running while none is there."""

    def __init__(self, command: Sequence[str], clock: Clock, is_up: Callable[[], bool]) -> None:
        self._command, self._clock, self._is_up = command, clock, is_up

    async def run(self) -> None:
        """Start it whenever there is none, until cancelled."""
        while True:
            if not self._is_up():
                await self._one()
            await self._clock.sleep(AGAIN_SECONDS)

    async def _one(self) -> None:
        began = self._clock.monotonic()
        # A session of its own: what stops the hub's terminal must not end calls.
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=asyncio.subprocess.DEVNULL, start_new_session=True
        )
        code = await process.wait()
        log.info("media_process_ended", code=code)
        if self._clock.monotonic() - began < TIRED_SECONDS:
            await self._clock.sleep(TIRED_SECONDS)
