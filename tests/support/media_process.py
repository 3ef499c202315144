"""The media process as tests start it, and a hub's end of its socket without a hub."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from channels.phone.embedded.link import MediaLink
from channels.phone.embedded.settings import EmbeddedSettings
from hub.adapters.clock import SystemClock
from hub.domain.calls import LegEvent, Program
from tests.support.waiting import until

PROGRAM = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from pathlib import Path
from channels.phone.media.run import run_media
folder = Path(sys.argv[1])
run_media(folder, prompts=folder / "prompts", addresses=["127.0.0.1"], most_legs=int(sys.argv[2]))
"""


class HubEnd:
    """What a hub would hear and answer."""

    def __init__(self, folder: Path) -> None:
        self.events: list[LegEvent] = []
        self.notes: list[Mapping[str, Any]] = []
        self.agreed: list[bool] = []
        self.answers: dict[type[LegEvent], Program] = {}
        self.link = MediaLink(
            EmbeddedSettings(folder=folder, lost_seconds=0.5),
            SystemClock(),
            hear=self._hear,
            agree=self._agree,
            note=self.notes.append,
        )
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Connect."""
        self._task = asyncio.create_task(self.link.run())
        await until(lambda: self.link.is_up, seconds=20)

    async def stop(self) -> None:
        """Go away."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def told(self, kind: type[LegEvent], leg_id: str) -> list[Any]:
        """Return what was heard of a Leg."""
        return [e for e in self.events if isinstance(e, kind) and e.leg_id == leg_id]

    async def _hear(self, event: LegEvent) -> Program | None:
        self.events.append(event)
        return self.answers.get(type(event))

    async def _agree(self, *, is_there: bool) -> None:
        self.agreed.append(is_there)


@asynccontextmanager
async def media_process(
    folder: Path, *, most_legs: int = 200
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run one in a data folder."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, str(folder), str(most_legs)
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
