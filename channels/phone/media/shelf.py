"""Recordings as files until the hub has stored its own, sealed copy; written off the loop.

A file is kept in the process's own folder (mode 0700). When it cannot be written, what waits is
kept in memory and tried again; what memory cannot hold is lost and told as such.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import structlog

from channels.phone.media.tape import Tape, close_wav
from hub.ports import Clock

MOST_WAITING_BYTES = 64 * 1024 * 1024
TRIES = 5

log = structlog.get_logger(__name__)


class FileShelf:
    """`Shelf` on a disk."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._waiting: dict[Path, list[bytes]] = defaultdict(list)
        self._waiting_bytes = 0
        self._incomplete: set[Path] = set()
        self._has_work = asyncio.Event()
        self._writing = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    def tape(self, recording_id: str, channels: int, leg_id: str) -> Tape:
        """Make a new one; its name is the recording's."""
        if not recording_id.replace("_", "").replace("-", "").isalnum():
            raise ValueError("a recording's id is letters and digits")
        path = self._folder / f"{recording_id}.wav"
        return Tape(recording_id, path, self._append, channels, leg_id)

    def close(self, tape: Tape, done: Callable[[float], None]) -> None:
        """Write the rest and the true length."""
        task = asyncio.ensure_future(self._close(tape, done))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def delete(self, ref: str) -> None:
        """Delete a file; one that is gone already is deleted."""
        if (path := self.path(ref)) is not None:
            path.unlink(missing_ok=True)

    def path(self, ref: str) -> Path | None:
        """Return the file of a recording, or None for what can be none."""
        is_name = ref.endswith(".wav") and "/" not in ref and not ref.startswith(".")
        return self._folder / ref if is_name else None

    async def run(self) -> None:
        """Write what waits, until cancelled."""
        while True:
            await self._has_work.wait()
            self._has_work.clear()
            await self._write_all()

    async def _close(self, tape: Tape, done: Callable[[float], None]) -> None:
        seconds = 0.0
        for attempt in range(TRIES):
            await self._write_all()
            if tape.path not in self._waiting and tape.path not in self._incomplete:
                try:
                    seconds = await asyncio.to_thread(close_wav, tape.path, tape.channels)
                    break
                except OSError as error:
                    log.warning("recording_not_closed", error=type(error).__name__)
            await self._clock.sleep(0.2 * 2**attempt)
        else:
            log.error("recording_lost", recording_id=tape.recording_id)
        self._incomplete.discard(tape.path)
        done(round(seconds, 2))

    def _append(self, path: Path, data: bytes) -> None:
        if path in self._incomplete:
            return
        if self._waiting_bytes + len(data) > MOST_WAITING_BYTES:
            self._incomplete.add(path)
            log.error("recording_incomplete", name=path.name)
            return
        self._waiting[path].append(data)
        self._waiting_bytes += len(data)
        self._has_work.set()

    async def _write_all(self) -> None:
        async with self._writing:
            for path in [*self._waiting]:
                await self._write(path, b"".join(self._waiting.pop(path)))

    async def _write(self, path: Path, data: bytes) -> None:
        try:
            await asyncio.to_thread(_append_to, path, data)
            self._waiting_bytes -= len(data)
        except OSError as error:
            self._waiting[path] = [data, *self._waiting.pop(path, [])]
            log.warning("recording_waits", error=type(error).__name__)


def _append_to(path: Path, data: bytes) -> None:
    size = path.stat().st_size if path.exists() else 0
    try:
        with path.open("ab") as file:
            file.write(data)
    except OSError:
        if path.exists() and path.stat().st_size != size:
            with path.open("r+b") as file:
                file.truncate(size)
        raise
