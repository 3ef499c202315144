"""Words of a phone call, the same for every engine: what it is asked to do and what it tells.

An engine (embedded media, Twilio, a PBX) plays a `Program` on a Leg and carries out `CallCommand`s;
what happens on a Leg comes back as `LegEvent`s. Identifiers of legs, rooms and recordings are the
hub's. Programs are pure data: they become TwiML as easily as commands to a media process.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

CHANNEL: Final = "phone"


class LegKind(StrEnum):
    """Whose end of the line a Leg is."""

    CUSTOMER = "customer"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    OUTSIDE = "outside"
    """Somebody else: an interpreter, an attorney, a branch."""


class LegState(StrEnum):
    """Life of a Leg; it only goes forward."""

    DIALLED = "dialled"
    RINGING = "ringing"
    UP = "up"
    ENDED = "ended"


class RoomRole(StrEnum):
    """What a Leg may do in a room."""

    TALK = "talk"
    LISTEN = "listen"
    COACH = "coach"
    """Heard by the coached Leg only; hears all."""


class EndCause(StrEnum):
    """Why a Leg ended."""

    HUNG_UP = "hung_up"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REJECTED = "rejected"
    VOICEMAIL = "voicemail"
    FAILED = "failed"
    LOST = "lost"
    """The line or its engine broke."""


class CallAbility(StrEnum):
    """What an engine may lack; pages hide what is not there."""

    COACH = "coach"
    HOLD = "hold"
    CONFERENCE = "conference"
    RECORDING = "recording"
    RECORDING_PAUSE = "recording_pause"
    SPEECH = "speech"
    """Understands words, in the languages it says."""
    DIAL_OUT = "dial_out"
    SOFTPHONE = "softphone"


# -- sounds --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """Words of the bank: the recording `name` where there is one, else `text` by voice."""

    text: str
    language: str
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Music:
    """Hold music."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Nothing to hear."""

    seconds: float


Sound = Prompt | Music | Silence


# -- a Leg's program -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaySounds:
    """Play them, then go on."""

    sounds: tuple[Sound, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gather:
    """Play, and take keys or words; blocks. The answer is a `Gathered`."""

    sounds: tuple[Sound, ...] = ()
    language: str = "en"
    most_digits: int = 1
    finish_on: str = "#"
    """Key that ends the digits; empty: none does."""
    first_seconds: float = 6.0
    """So long for the first key after the sounds."""
    between_seconds: float = 3.0
    is_sensitive: bool = False
    """Digits are in no log, event, recording or caption."""
    words: tuple[str, ...] = ()
    """Words worth listening for; empty: keys only."""
    choices: tuple[tuple[str, str], ...] = ()
    """Keys and what they pick, for callers who have a screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Entertain a waiting Leg; blocks. `WaitOver` at the end of the sounds, `Gathered` on a key."""

    sounds: tuple[Sound, ...]
    keys: str = ""
    """Keys that are listened for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMessage:
    """Record what the Leg says; blocks. The answer is a `MessageRecorded`."""

    recording_id: str
    most_seconds: float = 120.0
    silence_seconds: float = 5.0
    finish_on: str = "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterRoom:
    """Be in a room until taken out; blocks. The room opens with its first Leg."""

    room_id: str
    role: RoomRole = RoomRole.TALK
    coached_leg_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HangUp:
    """End the Leg; the last step of its program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Refuse a Leg that was not answered yet."""

    cause: EndCause = EndCause.BUSY


CallStep = PlaySounds | Gather | Wait | RecordMessage | EnterRoom | HangUp | Reject
Program = tuple[CallStep, ...]
"""At most one step blocks, and it is the last. A program that only plays ends in `ProgramEnded`."""


# -- commands ------------------------------------------------------------------------------------


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


# -- events --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LegEvent:
    """Told by an engine. May come late, twice, out of order, or for a Leg that is gone."""

    leg_id: str
    key: str
    """The same key twice is one event."""
    seq: int = 0
    """Order on the Leg as the engine counts it; 0 where it does not count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegRinging(LegEvent):
    """The far end rings; `ref` is the engine's own name of the Leg."""

    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegAnswered(LegEvent):
    """The far end answered."""

    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegEnded(LegEvent):
    """The Leg is over."""

    cause: EndCause


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered(LegEvent):
    """Keys or words; both empty: nothing came in time."""

    digits: str = field(default="", repr=False)
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramEnded(LegEvent):
    """All was played."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitOver(LegEvent):
    """The sounds of a `Wait` are over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRecorded(LegEvent):
    """A voicemail is there; `ref` fetches it. 0 seconds: nothing was said."""

    recording_id: str
    seconds: float
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomEntered(LegEvent):
    """The Leg is in the room."""

    room_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLeft(LegEvent):
    """The Leg is no longer in the room."""

    room_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingReady(LegEvent):
    """A room's recording can be fetched; `leg_id` is the customer's."""

    recording_id: str
    seconds: float
    ref: str
    paused: tuple[tuple[float, float], ...] = ()
    """Spans in seconds of the call that are not in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityTold(LegEvent):
    """How the line is: mean opinion score 1-5, loss 0-1, jitter."""

    mos: float
    loss_ratio: float
    jitter_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An incoming call as an engine first tells of it; the same `ref` twice is one Leg."""

    engine: str
    ref: str
    called: str
    """The number of ours that was called: the ChannelAccount."""
    caller: str = ""
    """E.164, or empty when withheld; for a browser the visitor's token."""
    language: str | None = None
    customer_id: str | None = None
    """Only where the channel itself has proof (a page signed in at the bank)."""
    identity_level: int = 0
    proof: str | None = None
    wants: str = ""
    """Topic picked on the bank's page before the call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLeg:
    """A Leg that an engine still has, for the check after a restart of either."""

    leg_id: str
    ref: str
    state: LegState
    room_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftphoneGrant:
    """What an agent's page needs to be reached: which driver, and its secret for a short time."""

    driver: str
    """hub-webrtc | twilio | sip-wss"""
    token: str = field(repr=False)
    expires_at: float
    endpoints: tuple[str, ...] = ()
