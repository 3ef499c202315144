"""`hub media`: the process. It stays while calls go on, whatever the hub does."""

import asyncio
import fcntl
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import structlog
import uvloop

from channels.phone.local import recordings_folder, shared_secret, socket_path
from channels.phone.media.control import Control, forget
from channels.phone.media.desk import Desk
from channels.phone.media.peer import Peer, notice_loss_within, use_addresses
from channels.phone.media.shelf import FileShelf
from channels.phone.media.speech.library import PromptLibrary
from channels.phone.media.speech.voice import Voice
from channels.phone.media.switchboard import Switchboard
from channels.phone.media.ticker import Ticker
from hub.adapters.clock import SystemClock
from hub.domain.calls import QualityTold

LONELY_SECONDS = 15.0
"""So long the process waits for a hub without any call."""
ORPHAN_SECONDS = 600.0
"""So long calls go on without a hub."""
QUALITY_SECONDS = 5.0
CONSENT_SECONDS = 6.0
NICE = -10

log = structlog.get_logger(__name__)


def run_media(
    folder: Path,
    *,
    prompts: Path,
    addresses: Sequence[str] = (),
    most_legs: int = 200,
    stays: bool = False,
) -> bool:
    """Serve until nobody needs it; False when another process serves this folder already.

    With `stays` it waits for a hub for ever: the way to run it under a service manager.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "media.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        _hurry()
        use_addresses(addresses)
        notice_loss_within(CONSENT_SECONDS)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_run(folder, prompts, most_legs, stays=stays))
    return True


async def _run(folder: Path, prompts: Path, most_legs: int, *, stays: bool) -> None:
    """Make the parts inside the loop they belong to; SIGTERM ends them in order."""
    task = asyncio.create_task(MediaProcess(folder, prompts, most_legs).run(stays=stays))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


class MediaProcess:
    """The parts, put together."""

    def __init__(self, folder: Path, prompts: Path, most_legs: int) -> None:
        self._folder = folder
        self._clock = SystemClock()
        self._voice = Voice()
        self._shelf = FileShelf(recordings_folder(folder), self._clock)
        self._library = PromptLibrary(
            self._voice, recordings=prompts, cache=folder / "media" / "voice"
        )
        self._most_legs = most_legs
        self._control = Control(shared_secret(folder), self._desk)

    async def run(self, *, stays: bool) -> None:
        """Serve until nobody needs it."""
        path = socket_path(self._folder)
        try:
            async with asyncio.TaskGroup() as group:
                work = [
                    self._control.serve(path),
                    self._ticker.run(),
                    self._shelf.run(),
                    self._tell_quality(),
                ]
                tasks = [group.create_task(one) for one in work]
                log.info("media_ready", pid=os.getpid())
                await self._until_lonely(stays=stays)
                for task in tasks:
                    task.cancel()
        finally:
            forget(path)
            await self._voice.close()
            log.info("media_stopped")

    def _desk(self, control: Control) -> Desk:
        board = self._board = Switchboard(
            self._library,
            self._shelf,
            emit=control.emit,
            note=control.note_leg,
            most_legs=self._most_legs,
        )
        self._ticker = Ticker(self._clock, board.tick, lambda: bool(board.legs))
        return Desk(
            board,
            self._ticker,
            lambda: Peer(self._clock.monotonic),
            control.note_user,
            control.spawn,
        )

    async def _until_lonely(self, *, stays: bool) -> None:
        alone_since = self._clock.monotonic()
        while True:
            await self._clock.sleep(0.25)
            now, is_busy = self._clock.monotonic(), bool(self._board.legs)
            if self._control.has_hub:
                alone_since = now
                if self._control.left.is_set() and not is_busy:
                    return
            else:
                patience = ORPHAN_SECONDS if is_busy else LONELY_SECONDS
                if self._control.left.is_set() and not is_busy:
                    patience = 0.0
                if not stays and now - alone_since > patience:
                    return

    async def _tell_quality(self) -> None:
        """Tell every few seconds how the lines are."""
        while True:
            await self._clock.sleep(QUALITY_SECONDS)
            for leg in [*self._board.legs.values()]:
                line = leg.line
                found = await line.quality() if line is not None and line.owner is leg else None
                if found is None:
                    continue
                told = {
                    "mos": found.mos,
                    "loss_ratio": found.loss_ratio,
                    "jitter_seconds": found.jitter_seconds,
                }
                leg.tell(QualityTold, **told)
                self._control.note_leg(leg, {"type": "quality", **told})


def _hurry() -> None:
    """Sound comes first on a busy machine, where the system lets us."""
    try:
        os.setpriority(os.PRIO_PROCESS, 0, NICE)
    except PermissionError:
        log.info("media_usual_priority")
