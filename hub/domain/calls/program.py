"""What a Leg does: sounds to play and steps that wait; pure data, TwiML as easily as media."""

from dataclasses import dataclass

from hub.domain.calls.kinds import EndCause, RoomRole


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
