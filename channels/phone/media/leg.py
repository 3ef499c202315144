"""One end of the line: its program, its place in a room, and what it tells the hub."""

from collections import deque
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, Protocol

from channels.phone.media.quality import Quality
from channels.phone.media.sounds import Playlist, tune_frame
from channels.phone.media.steps import PATIENCE_FRAMES, Idle, Recording, Step, begin
from channels.phone.media.tones import digit_frames
from channels.phone.media.ulaw import SILENT
from hub.domain import calls
from hub.domain.calls import EnterRoom, Gather, HangUp, LegKind, LegState, Program, Reject

if TYPE_CHECKING:
    from channels.phone.media.room import Room
    from channels.phone.media.switchboard import Switchboard


class Line(Protocol):
    """A connection of somebody's browser."""

    is_up: bool
    owner: "Leg | None"
    """The Leg whose sound it carries; a newer one takes over."""

    def take(self) -> bytes:
        """Return the next 20 ms that were said."""

    def give(self, frame: bytes) -> None:
        """Send 20 ms."""

    async def quality(self) -> Quality | None:
        """Say how the line was lately; None when nothing is known."""

    def close(self) -> Coroutine[Any, Any, None]:
        """End the connection."""


class Leg:
    """`Stage` of its steps."""

    def __init__(self, board: "Switchboard", leg_id: str, kind: LegKind, ref: str) -> None:
        self.board, self.leg_id, self.kind, self.ref = board, leg_id, kind, ref
        self.library = board.library
        self.state = LegState.DIALLED
        self.line: Line | None = None
        self.user_id = ""
        """The member of staff whose phone it is."""
        self.room: Room | None = None
        self.last_room_id = ""
        self.phase = 0
        self.away_frames = 0
        """So long there has been no connection, before and after it was up."""
        self.ring_frames = 0
        self.program: deque[calls.CallStep] = deque()
        self.asked: str | None = None
        """Key of the event whose answer is the next program."""
        self.gather: Gather | None = None
        self._step: Step | None = None
        self._last: calls.CallStep | None = None
        self._seq = 0
        self._tones: deque[bytes] = deque()
        self._private: Playlist | None = None
        self._held_frames = 0

    @property
    def is_sensitive(self) -> bool:
        """Whether digits are being pressed that nobody may keep."""
        return self.gather is not None and self.gather.is_sensitive

    # -- what it does ----------------------------------------------------------------------------

    def run(self, program: Program) -> None:
        """Leave what it does, also a room, and do this."""
        self.stop()
        if self.room is not None:
            self.board.leave(self)
        self.asked = None
        self.program = deque(program)

    def stop(self) -> None:
        """End the running step; a voicemail keeps what was said."""
        if isinstance(self._step, Recording):
            self._step.end()
        if self.gather is not None:
            self.expects(None)
        self._step = None
        self.program.clear()

    def hear(self) -> bytes:
        """Return what its end says."""
        line = self.line
        return line.take() if line is not None and line.owner is self else SILENT

    def give(self, frame: bytes) -> None:
        """Let its end hear; keys sent to it and words for it alone come first."""
        if self._tones:
            frame = self._tones.popleft()
        elif self._private is not None:
            private = self._private.frame()
            if private is None:
                self._private = None
            else:
                frame = private
        if self.line is not None and self.line.owner is self:
            self.line.give(frame)

    def play(self, sounds: tuple[calls.Sound, ...]) -> None:
        """Let it alone hear this, whatever it does."""
        self._private = Playlist(sounds, self.library, self.begins)

    def send_digits(self, digits: str) -> None:
        """Let it hear keys."""
        self._tones.extend(digit_frames(digits))

    def press(self, key: str) -> None:
        """Its end pressed a key."""
        if self._step is not None:
            self._step.press(key)

    def held_frame(self) -> bytes:
        """Return 20 ms of hold music."""
        self._held_frames += 1
        return tune_frame(self.library, self._held_frames)

    def frame(self, heard: bytes) -> bytes | None:
        """Go on with its program by 20 ms; None: it is in a room now, or over."""
        while self.state is LegState.UP and self.room is None:
            if self._step is None and not self._next():
                continue
            assert self._step is not None
            frame = self._step.frame(heard)
            if frame is not None:
                return frame
            self._step = None
        return None

    def _next(self) -> bool:
        """Begin the next step; False when it is none that runs."""
        if not self.program:
            self._ask()
            return True
        step = self._last = self.program.popleft()
        self._step = begin(step, self, self.board.message_tape)
        if isinstance(step, EnterRoom):
            self.board.enter(self, step)
        elif isinstance(step, HangUp):
            self.board.end(self, calls.EndCause.HUNG_UP)
        elif isinstance(step, Reject):
            self.board.end(self, step.cause)
        return self._step is not None

    def _ask(self) -> None:
        """All is done: the hub says what comes next."""
        is_new = self.asked is None
        if isinstance(self._last, calls.PlaySounds) and is_new:
            self.tell(calls.ProgramEnded)
        after_frames = 0 if isinstance(self._last, calls.Wait) else PATIENCE_FRAMES
        self._step = Idle(self.library, after_frames=after_frames if self._last else None)

    # -- what it tells ---------------------------------------------------------------------------

    def begins(self, sound: calls.Sound) -> None:
        """A sound begins."""
        self.board.note_sound(self, sound)

    def expects(self, gather: Gather | None) -> None:
        """Keys are expected now, or no longer."""
        self.gather = gather
        self.board.note_keys(self)

    def tell(self, kind: type[calls.LegEvent], **fields: Any) -> None:
        """Tell the hub; what ends a step is a question as well."""
        self._seq += 1
        key = f"{self.leg_id}:{self._seq}"
        if kind in QUESTIONS:
            self.asked = key
        self.board.emit(kind(leg_id=self.leg_id, key=key, seq=self._seq, **fields))


QUESTIONS = frozenset(
    {calls.Gathered, calls.WaitOver, calls.MessageRecorded, calls.ProgramEnded}
)  # fmt: skip
