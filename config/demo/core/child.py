"""The demo core as a child of `hub demo`: started, stopped as by a power cut, started again."""

import asyncio
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import structlog

from hub.ports import Clock

AGAIN_SECONDS = 1.0
log = structlog.get_logger(__name__)


class CoreChild:
    """Keeps the process running while it is wanted."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wanted = asyncio.Event()
        self._wanted.set()
        self._process: asyncio.subprocess.Process | None = None

    @property
    def is_running(self) -> bool:
        """Whether there is a process."""
        return self._process is not None and self._process.returncode is None

    def switch(self, *, on: bool) -> None:
        """Start it, or end it at once and in the middle of whatever it does."""
        if on:
            self._wanted.set()
            return
        self._wanted.clear()
        self._end(signal.SIGKILL)

    async def keep(self, command: Sequence[str]) -> None:
        """Run until cancelled; a process that ends by itself is started again."""
        try:
            while True:
                await self._wanted.wait()
                self._process = await asyncio.create_subprocess_exec(
                    *command, stdin=asyncio.subprocess.PIPE
                )
                code = await self._process.wait()
                log.info("demo_core_ended", code=code)
                await self._clock.sleep(AGAIN_SECONDS)
        finally:
            self._end(signal.SIGTERM)
            if self._process is not None:
                await self._process.wait()

    def _end(self, number: signal.Signals) -> None:
        if self.is_running and self._process is not None:
            self._process.send_signal(number)


def free_port() -> int:
    """Return a port of this machine that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(
    folder: Path, port: int, *, hub_url: str, seeded_at: float, size: tuple[int, int]
) -> list[str]:
    """Return the command line of the child."""
    count, payments = size
    return [
        sys.executable, "-m", "config", "demo-core", "--port", str(port), "--folder", str(folder),
        "--hub-url", hub_url, "--seeded-at", repr(seeded_at), "--customers", str(count),
        "--payments", str(payments), "--with-parent",
    ]  # fmt: skip
