"""Recordings: a room in two channels with paused spans left out, a voicemail in one. WAV files.

A file is whole at any moment: its header says "to the end" until it is closed, and a file found
after a crash is mended by `close_wav`.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from channels.phone.media.ulaw import FRAME_SECONDS, FRAMES_PER_SECOND, RATE, decode

HEADER_BYTES: Final = 44
_MOST = 0xFFFFFFFF

Write = Callable[[Path, bytes], None]
"""Appends bytes to a file, off the loop; failures are its own to count."""


def wav_header(channels: int, data_bytes: int = _MOST - HEADER_BYTES) -> bytes:
    """Return the header of 16-bit sound at 8 kHz."""
    block = 2 * channels
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", data_bytes + 36, b"WAVE", b"fmt ", 16, 1, channels, RATE,
        RATE * block, block, 16, b"data", data_bytes,
    )  # fmt: skip


def close_wav(path: Path, channels: int) -> float:
    """Write the true length into the header; returns the seconds."""
    data_bytes = max(path.stat().st_size - HEADER_BYTES, 0)
    with path.open("r+b") as file:
        file.write(wav_header(channels, data_bytes))
    return data_bytes / (2 * channels * RATE)


@dataclass(slots=True)
class Tape:
    """What one recording keeps while it runs."""

    recording_id: str
    path: Path
    write: Write
    channels: int
    leg_id: str = ""
    """The customer's Leg, once it is known."""
    is_paused: bool = False
    is_shut: bool = False
    """Digits are being pressed that nobody may hear."""
    frames: int = 0
    """Of the call, paused or not."""
    kept_frames: int = 0
    spans: list[tuple[int, int]] = field(default_factory=list)
    _open_since: int | None = None
    _pending: list[bytes] = field(default_factory=list)

    def begin(self) -> None:
        """Write the header."""
        self.write(self.path, wav_header(self.channels))

    def add(self, *sides: bytes) -> None:
        """Keep 20 ms of each channel, or note that they are left out."""
        if self.is_paused or self.is_shut:
            self._leave_out()
        else:
            self._close_span()
            pcm = np.column_stack([decode(side) for side in sides])
            self._pending.append(pcm.astype("<i2", copy=False).tobytes())
            self.kept_frames += 1
        self.frames += 1
        if len(self._pending) >= FRAMES_PER_SECOND:
            self.flush()

    def flush(self) -> None:
        """Hand on what waits."""
        if self._pending:
            self.write(self.path, b"".join(self._pending))
            self._pending.clear()

    def end(self) -> None:
        """No more comes."""
        self._close_span()
        self.flush()

    @property
    def seconds(self) -> float:
        """Length of what is kept."""
        return self.kept_frames * FRAME_SECONDS

    @property
    def paused(self) -> tuple[tuple[float, float], ...]:
        """Spans left out, in seconds since the recording began."""
        return tuple((a * FRAME_SECONDS, b * FRAME_SECONDS) for a, b in self.spans)

    def _leave_out(self) -> None:
        if self._open_since is None:
            self._open_since = self.frames

    def _close_span(self) -> None:
        if self._open_since is not None:
            self.spans.append((self._open_since, self.frames))
            self._open_since = None
