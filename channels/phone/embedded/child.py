"""The media process as a child of the hub, where nothing else starts it.

It outlives the hub, so that calls go on while the hub restarts, and leaves by itself when nobody
needs it. So it is started bare: what `asyncio` and `subprocess` start they end, or complain about.
A hub that finds one at work starts none: the second ends at once.
"""

import os
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
        self._pid = 0
        self._began = 0.0

    async def run(self) -> None:
        """Start it whenever there is none, until cancelled."""
        while True:
            if self._has_ended() and self._clock.monotonic() - self._began < TIRED_SECONDS:
                await self._clock.sleep(TIRED_SECONDS)
            if not self._pid and not self._is_up():
                self._start()
            await self._clock.sleep(AGAIN_SECONDS)

    def _start(self) -> None:
        nothing = (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)
        self._began = self._clock.monotonic()
        # A session of its own: what stops the hub's terminal must not end calls.
        self._pid = os.posix_spawn(
            self._command[0], [*self._command], os.environ, file_actions=[nothing], setsid=True
        )

    def _has_ended(self) -> bool:
        """Take leave of one that is gone."""
        if not self._pid:
            return False
        try:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
        except ChildProcessError:
            pid, status = self._pid, 0
        if pid:
            log.info("media_process_ended", code=os.waitstatus_to_exitcode(status))
            self._pid = 0
        return bool(pid)
