"""Voices for tests: tones by frequency, and which frequencies somebody heard."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from channels.phone.media.leg import Leg
from channels.phone.media.tape import Tape, close_wav
from channels.phone.media.ulaw import FRAME, RATE, SILENT, decode, encode
from hub.domain.calls import Prompt

from channels.phone.media.sounds import Clip  # isort: skip


def tone(hz: float, seconds: float = 1.0, level: float = 6000) -> list[bytes]:
    """Return 20 ms frames of a tone."""
    at = np.arange(int(seconds * RATE)) / RATE
    sound = encode((np.sin(2 * np.pi * hz * at) * level).astype(np.int16))
    return [sound[i : i + FRAME] for i in range(0, len(sound), FRAME)]


def levels(sound: bytes, hertz: Iterable[float]) -> dict[float, float]:
    """Return how loud each frequency is, as a share of the loudest there is."""
    pcm = decode(sound).astype(float)
    if not len(pcm) or not np.abs(pcm).max():
        return dict.fromkeys(hertz, 0.0)
    spectrum = np.abs(np.fft.rfft(pcm * np.hanning(len(pcm))))
    width = len(pcm) / RATE

    def peak(hz: float) -> float:
        place = round(hz * width)
        return float(spectrum[max(place - 2, 0) : place + 3].max())

    return {hz: peak(hz) / float(spectrum.max()) for hz in hertz}


def heard(sound: bytes | Sequence[bytes], *hertz: float) -> set[float]:
    """Return which of the tones are in the sound."""
    joined = sound if isinstance(sound, bytes) else b"".join(sound)
    return {hz for hz, level in levels(joined, hertz).items() if level > 0.2}


class FakeLine:
    """A `Line` that says a tone and keeps what it hears."""

    def __init__(self, hz: float | None = None) -> None:
        self._frames = tone(hz) if hz else [SILENT]
        self._at = 0
        self.is_up = True
        self.owner: Leg | None = None
        self.heard: list[bytes] = []

    def take(self) -> bytes:
        """Say on."""
        self._at += 1
        return self._frames[self._at % len(self._frames)]

    def give(self, frame: bytes) -> None:
        """Hear."""
        self.heard.append(frame)

    def told(self, *hertz: float) -> set[float]:
        """Return which tones were heard since the last question."""
        sound, self.heard = self.heard, []
        return heard(sound, *hertz)

    async def quality(self) -> None:
        """Nothing is known."""

    async def close(self) -> None:
        """Nothing to end."""
        self.is_up = False


class ToneLibrary:
    """Prompts are tones: the text is the frequency. Music is 300 Hz."""

    def __init__(self) -> None:
        self.tune = Clip(b"".join(tone(300.0)))

    def clip(self, prompt: Prompt) -> Clip:
        """Return half a second of the tone."""
        return Clip(b"".join(tone(float(prompt.text), 0.5)))


class FolderShelf:
    """A shelf that writes at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def tape(self, recording_id: str, channels: int, leg_id: str) -> Tape:
        """Make one."""
        path = self.folder / f"{recording_id}.wav"
        return Tape(recording_id, path, self._write, channels, leg_id)

    def close(self, tape: Tape, done: Callable[[float], None]) -> None:
        """Finish it."""
        done(close_wav(tape.path, tape.channels))

    def delete(self, ref: str) -> None:
        """Delete it."""
        (self.folder / ref).unlink()

    def _write(self, path: Path, data: bytes) -> None:
        with path.open("ab") as file:
            file.write(data)
