"""The closed vocabularies: states, endings, roles of a speaker."""

from enum import StrEnum
from typing import Final


class ContactState(StrEnum):
    """Where an open Contact is; it is in exactly one of these places."""

    ARRIVED = "arrived"
    IN_SELF_SERVICE = "in_self_service"
    QUEUED = "queued"
    RESERVED = "reserved"
    ASSIGNED = "assigned"
    PARKED = "parked"
    CLOSED = "closed"


class Ending(StrEnum):
    """How a Contact closed; every closed Contact has exactly one."""

    HANDLED = "handled"
    CONTAINED = "contained"
    ABANDONED = "abandoned"
    FAILED = "failed"


class ReservationState(StrEnum):
    """The life of a timed hold of one Agent for one Contact."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TIMED_OUT = "timed_out"
    RESCINDED = "rescinded"


class Presence(StrEnum):
    """What an agent declares; only `AVAILABLE` takes Offers."""

    AVAILABLE = "available"
    BREAK = "break"
    TRAINING = "training"
    OFFLINE = "offline"
    RECONNECTING = "reconnecting"
    FINISHING = "finishing"
    """No more Offers; when nothing is in hand any more it gives way to what was chosen."""


class QueueCause(StrEnum):
    """Why a Contact came (back) to a Queue."""

    HANDED_OFF = "handed_off"
    TRANSFERRED = "transferred"
    DECLINED = "declined"
    TIMED_OUT = "timed_out"
    RESCINDED = "rescinded"
    AGENT_LOST = "agent_lost"
    REASSIGNED = "reassigned"
    OVERFLOWED = "overflowed"
    RETURNED = "returned"
    """A transfer that the colleague did not answer: back to its sender."""
    LANGUAGE = "language"
    """The talk goes on in a language that the agent lacks."""
    AWAITED = "awaited"
    """What it waited for aside has come: the customer's answer, or the chosen day."""


UNKIND: Final = frozenset({"abuse", "spam"})
"""Reasons for which an agent may end a talk and block its Address."""
NO_MATTER: Final = frozenset({"wrong_number", "silent", "prank"})
"""Calls in which nobody wanted anything of the bank."""
LEFT_OUT: Final = UNKIND | NO_MATTER
"""Reasons of an end after which a Contact counts in no service level and asks no survey."""


class Speaker(StrEnum):
    """Who wrote a Message; always set by the server."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class Audience(StrEnum):
    """Who may read a Message; a note is for staff, a whisper for one agent."""

    EVERYONE = "everyone"
    STAFF = "staff"


class ParticipantRole(StrEnum):
    """Why somebody besides the owner is in a Contact."""

    CONSULTED = "consulted"
    WATCHING = "watching"
    JOINED = "joined"


class WrapUpState(StrEnum):
    """WrapUp belongs to an Assignment, not to the Contact."""

    NONE = "none"
    OPEN = "open"
    DONE = "done"


class IdentityLevel:
    """How sure we are who speaks: 0 unknown, 1 claimed, 2 proved once, 3 proved by two factors."""

    UNKNOWN = 0
    CLAIMED = 1
    PROVED = 2
    STRONG = 3
