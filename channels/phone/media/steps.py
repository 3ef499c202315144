"""A Leg's program, played 20 ms at a time. Pure: time is counted in frames, keys come by `press`.

Each step is an object with `frame(heard)`: what the Leg hears, or None when the step is over.
What happens is told to the Leg, which makes events of it.
"""

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from channels.phone.media.sounds import Library, Playlist, tune_frame
from channels.phone.media.tape import Tape
from channels.phone.media.ulaw import FRAME_SECONDS, FRAMES_PER_SECOND, SILENT, decode, encode
from hub.domain import calls
from hub.domain.calls import CallStep, Gather, PlaySounds, RecordMessage, Wait

VOICE_LEVEL = 300.0
"""Mean amplitude above which somebody speaks."""
PATIENCE_FRAMES = 2 * FRAMES_PER_SECOND
"""After so long without an answer of the hub the Leg hears music."""


class Stage(Protocol):
    """What a step needs of its Leg."""

    library: Library

    def begins(self, sound: calls.Sound) -> None:
        """A sound begins: captions."""

    def tell(self, kind: type[calls.LegEvent], **fields: Any) -> None:
        """Something happened that the hub must hear."""

    def expects(self, gather: Gather | None) -> None:
        """Keys are expected now, or no longer."""


class Step(Protocol):
    """A step that runs."""

    def frame(self, heard: bytes) -> bytes | None:
        """Take what the Leg says and return what it hears; None: over."""

    def press(self, key: str) -> None:
        """A key was pressed."""


class Playing:
    """`PlaySounds`."""

    def __init__(self, step: PlaySounds, stage: Stage) -> None:
        self._list = Playlist(step.sounds, stage.library, stage.begins)

    def frame(self, heard: bytes) -> bytes | None:
        """Return the sounds."""
        return self._list.frame()

    def press(self, key: str) -> None:
        """Nobody listens."""


class Gathering:
    """`Gather`: the first key ends the sounds; the last, or time, ends the step."""

    def __init__(self, step: Gather, stage: Stage) -> None:
        self._step, self._stage = step, stage
        self._list: Playlist | None = Playlist(step.sounds, stage.library, stage.begins)
        self._keys = ""
        self._left = self._frames(step.first_seconds)
        self._is_over = False
        stage.expects(step)

    def frame(self, heard: bytes) -> bytes | None:
        """Play until a key comes, then count down."""
        if self._is_over:
            return None
        if self._list is not None:
            frame = self._list.frame()
            if frame is not None:
                return frame
            self._list = None
        self._left -= 1
        if self._left <= 0:
            self._end()
            return None
        return SILENT

    def press(self, key: str) -> None:
        """Take a key."""
        if self._is_over:
            return
        self._list = None
        self._left = self._frames(self._step.between_seconds)
        if self._step.finish_on and key == self._step.finish_on and self._keys:
            self._end()
            return
        self._keys += key
        if len(self._keys) >= self._step.most_digits:
            self._end()

    def _end(self) -> None:
        self._is_over = True
        self._stage.expects(None)
        self._stage.tell(calls.Gathered, digits=self._keys)
        self._keys = ""

    @staticmethod
    def _frames(seconds: float) -> int:
        return max(int(seconds * FRAMES_PER_SECOND), 1)


class Waiting:
    """`Wait`: entertain; its keys and the end of its sounds are told, then music goes on."""

    def __init__(self, step: Wait, stage: Stage) -> None:
        self._step, self._stage = step, stage
        self._list = Playlist(step.sounds, stage.library, stage.begins)
        self._is_over = False
        if step.keys:
            stage.expects(Gather(most_digits=1, finish_on=""))

    def frame(self, heard: bytes) -> bytes | None:
        """Return the sounds."""
        if self._is_over:
            return None
        frame = self._list.frame()
        if frame is None:
            self._end(calls.WaitOver)
        return frame

    def press(self, key: str) -> None:
        """Take a key that is listened for."""
        if not self._is_over and key in self._step.keys:
            self._end(calls.Gathered, digits=key)

    def _end(self, kind: type[calls.LegEvent], **fields: Any) -> None:
        self._is_over = True
        if self._step.keys:
            self._stage.expects(None)
        self._stage.tell(kind, **fields)


class Recording:
    """`RecordMessage`: a tone, then the Leg speaks until it is silent, presses a key or time ends.

    Silence at the end is not part of the message; a message of silence has 0 seconds.
    """

    def __init__(self, step: RecordMessage, stage: Stage, tape: Tape) -> None:
        self._step, self._stage, self._tape = step, stage, tape
        self._tone = [SINE] * (FRAMES_PER_SECOND // 3)
        self._quiet = self._voiced = 0
        self._is_over = False
        tape.begin()
        stage.expects(Gather(most_digits=1, finish_on=""))

    def frame(self, heard: bytes) -> bytes | None:
        """Keep what is said."""
        if self._is_over:
            return None
        if self._tone:
            return self._tone.pop()
        self._tape.add(heard)
        if heard is not SILENT and np.abs(decode(heard)).mean() > VOICE_LEVEL:
            self._voiced, self._quiet = self._tape.frames, 0
        else:
            self._quiet += 1
        seconds = self._tape.frames * FRAME_SECONDS
        is_silent = self._quiet * FRAME_SECONDS >= self._step.silence_seconds
        if is_silent or seconds >= self._step.most_seconds:
            self.end()
        return SILENT

    def press(self, key: str) -> None:
        """The key that ends the message."""
        if not self._step.finish_on or key in self._step.finish_on:
            self.end()

    def end(self) -> None:
        """Tell how long the message is; also when the Leg hangs up."""
        if self._is_over:
            return
        self._is_over = True
        self._stage.expects(None)
        self._tape.end()
        self._stage.tell(
            calls.MessageRecorded,
            recording_id=self._step.recording_id,
            seconds=round(self._voiced * FRAME_SECONDS, 2),
            ref=self._tape.path.name if self._voiced else "",
        )


class Idle:
    """Nothing left to do: the hub is asked. Music, at once or when it takes long."""

    def __init__(self, library: Library, *, after_frames: int | None) -> None:
        """`after_frames` None: no music at all."""
        self._library, self._after = library, after_frames
        self._at = 0

    def frame(self, heard: bytes) -> bytes | None:
        """Return silence, then music."""
        self._at += 1
        is_quiet = self._after is None or self._at <= self._after
        return SILENT if is_quiet else tune_frame(self._library, self._at)

    def press(self, key: str) -> None:
        """Nobody listens."""


def begin(step: CallStep, stage: Stage, tape: Callable[[RecordMessage], Tape]) -> Step | None:
    """Return a step that runs; None for those that the switchboard does itself."""
    match step:
        case PlaySounds():
            return Playing(step, stage)
        case Gather():
            return Gathering(step, stage)
        case Wait():
            return Waiting(step, stage)
        case RecordMessage():
            return Recording(step, stage, tape(step))
    return None


def _sine() -> bytes:
    at = np.arange(160) / 8000
    return encode((np.sin(2 * np.pi * 1000 * at) * 8000).astype(np.int16))


SINE = _sine()
"""20 ms of the tone after which one speaks."""
