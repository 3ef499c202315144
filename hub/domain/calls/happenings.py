"""What an engine tells of a Leg. May come late, twice, out of order, or for one that is gone."""

from dataclasses import dataclass, field

from hub.domain.calls.kinds import EndCause


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
