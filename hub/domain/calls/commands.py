"""What an engine is asked to do; each once, however often it arrives."""

from dataclasses import dataclass

from hub.domain.calls.kinds import LegKind, RoomRole
from hub.domain.calls.program import Program, Sound


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCommand:
    """Asked of an engine; one `command_id` is carried out once, however often it arrives."""

    command_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunProgram(CallCommand):
    """Leave what the Leg does (also a room) and do this."""

    leg_id: str
    program: Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial(CallCommand):
    """Make a new Leg; when it answers it runs the program."""

    leg_id: str
    kind: LegKind
    address: str
    """`pstn:+852...`, `agent:<user id>` or `sip:...`."""
    caller_number: str = ""
    """Shown to who is called; one of the bank's own."""
    ring_seconds: float = 20.0
    program: Program = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EndLeg(CallCommand):
    """Hang up, or stop dialling."""

    leg_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDigits(CallCommand):
    """Press keys towards the far end of a Leg."""

    leg_id: str
    digits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRole(CallCommand):
    """Change what a Leg may do in its room: listen, whisper (coach) or join (talk)."""

    room_id: str
    leg_id: str
    role: RoomRole
    coached_leg_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(CallCommand):
    """The Leg stays in the room, hears music and is not heard; `is_on=False` ends it."""

    room_id: str
    leg_id: str
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute(CallCommand):
    """The Leg hears and is not heard."""

    room_id: str
    leg_id: str
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayInRoom(CallCommand):
    """Play to all in the room, or to one of its legs."""

    room_id: str
    sounds: tuple[Sound, ...]
    leg_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRoom(CallCommand):
    """End the room; legs still in it are hung up."""

    room_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(CallCommand):
    """Begin, pause, go on with or end the recording of a room; the customer is one channel."""

    recording_id: str
    room_id: str
    action: str
    """start | pause | resume | stop"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteRecording(CallCommand):
    """Delete the engine's own copy, after the hub has stored its own."""

    recording_id: str
    ref: str
