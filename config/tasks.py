"""Work that runs beside the sockets as long as the hub does."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from hub.ports import Clock

AGAIN_SECONDS = 1.0
log = structlog.get_logger(__name__)

Work = Callable[[], Awaitable[None]]


class Tasks:
    """Keeps named work running: what fails is logged and begun again; nothing ends in silence."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._running: dict[str, asyncio.Task[None]] = {}

    def start(self, name: str, work: Work) -> None:
        """Run the work until `stop`."""
        self._running[name] = asyncio.create_task(self._keep(name, work), name=name)

    async def stop(self) -> None:
        """End everything, what was started last first."""
        for name in reversed(tuple(self._running)):
            task = self._running.pop(name)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _keep(self, name: str, work: Work) -> None:
        while True:
            try:
                await work()
                return
            except Exception:  # a task that ends is begun again
                log.exception("task_failed", task=name)
            await self._clock.sleep(AGAIN_SECONDS)
