"""What all events have; the events themselves are in `events.py`, by area."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of all events; `at` is UTC epoch seconds."""

    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactEvent(Event):
    """An event of one Contact."""

    contact_id: str
    conversation_id: str
