"""Events of the floor: what customers are told when nobody is free."""

from dataclasses import dataclass

from hub.domain.event import ContactEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackOffered(ContactEvent):
    """The customer was told that nobody can answer soon, and may wait, write or be called."""

    cause: str
    """nobody_skilled | long_wait | queue_full | outside_hours"""
    queue_id: str
    position: int | None = None
    estimate_seconds: float | None = None
