"""Playing prompts, music and silence one after the other, 20 ms at a time."""

from collections.abc import Callable, Sequence
from typing import Protocol

from channels.phone.media.ulaw import FRAME, FRAMES_PER_SECOND, SILENT, ZERO
from hub.domain.calls import Music, Prompt, Silence, Sound

LOAD_FRAMES = 8 * FRAMES_PER_SECOND
"""A voice that is not ready after so long is left out; its caption was shown."""


class Clip:
    """A prompt's sound; it may still be in the making."""

    __slots__ = ("_sound", "is_ready")

    def __init__(self, sound: bytes | None = None) -> None:
        self._sound = b""
        self.is_ready = False
        if sound is not None:
            self.ready(sound)

    def ready(self, sound: bytes) -> None:
        """Give the sound; empty when there is no voice for these words."""
        self._sound = sound + bytes([ZERO]) * (-len(sound) % FRAME)
        self.is_ready = True

    @property
    def frames(self) -> int:
        """Length of the sound."""
        return len(self._sound) // FRAME

    def frame(self, number: int) -> bytes:
        """Return 20 ms of it."""
        return self._sound[number * FRAME : (number + 1) * FRAME]


class Library(Protocol):
    """Where sounds come from."""

    @property
    def tune(self) -> Clip:
        """Hold music, to be repeated."""

    def clip(self, prompt: Prompt) -> Clip:
        """Return the prompt's sound at once, perhaps not ready yet."""


Told = Callable[[Sound], None]


class Playlist:
    """Sounds in their order; `None` when all are over."""

    def __init__(self, sounds: Sequence[Sound], library: Library, told: Told) -> None:
        """`told` hears of each sound as it begins, for captions."""
        self._library, self._told = library, told
        self._waiting = [(s, library.clip(s) if isinstance(s, Prompt) else None) for s in sounds]
        self._waiting.reverse()
        self._sound: Sound | None = None
        self._clip: Clip | None = None
        self._at = self._loading = 0

    def frame(self) -> bytes | None:
        """Return the next 20 ms."""
        while True:
            if self._sound is None and not self._begin():
                return None
            frame = self._current()
            if frame is not None:
                return frame
            self._sound = None

    def _begin(self) -> bool:
        if not self._waiting:
            return False
        self._sound, self._clip = self._waiting.pop()
        self._at = self._loading = 0
        self._told(self._sound)
        return True

    def _current(self) -> bytes | None:
        at, sound = self._at, self._sound
        if isinstance(sound, Prompt):
            return self._prompt()
        self._at += 1
        if isinstance(sound, Music | Silence) and at < sound.seconds * FRAMES_PER_SECOND:
            return tune_frame(self._library, at) if isinstance(sound, Music) else SILENT
        return None

    def _prompt(self) -> bytes | None:
        clip = self._clip
        if clip is None or not clip.is_ready:
            self._loading += 1
            return SILENT if self._loading < LOAD_FRAMES else None
        if self._at >= clip.frames:
            return None
        self._at += 1
        return clip.frame(self._at - 1)


def tune_frame(library: Library, at: int) -> bytes:
    """Return 20 ms of the music, which has no end."""
    tune = library.tune
    return tune.frame(at % tune.frames) if tune.is_ready and tune.frames else SILENT
