"""What there is on a line: legs, roles in a room, causes of an end, what engines can."""

from enum import StrEnum


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
