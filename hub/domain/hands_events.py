"""Events of what agents do beside talking: warnings, blocks, mentions, notes of the team."""

from dataclasses import dataclass

from hub.domain.event import ContactEvent, Event

__all__ = ["AbuseWarned", "AddressBlocked", "AddressUnblocked", "Mentioned", "TeamNoteChanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AbuseWarned(ContactEvent):
    """The customer was asked to stay polite."""

    agent_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressBlocked(ContactEvent):
    """The Address of the Contact may open no other one until then; a supervisor reviews it."""

    block_id: str
    until: float
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressUnblocked(Event):
    """A supervisor lifted a block."""

    block_id: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned(ContactEvent):
    """A note names colleagues: each gets a notice."""

    by: str
    user_ids: tuple[str, ...]
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamNoteChanged(Event):
    """A note was pinned to a Customer's record, or taken off."""

    customer_id: str
    note_id: str
    by: str
