"""Events of the floor: what customers and agents are told."""

from dataclasses import dataclass

from hub.domain.event import ContactEvent, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackOffered(ContactEvent):
    """The customer was told that nobody can answer soon, and may wait, write or be called."""

    cause: str
    """nobody_skilled | long_wait | queue_full | outside_hours"""
    queue_id: str
    position: int | None = None
    estimate_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementEvent(Event):
    """An event of one Announcement."""

    announcement_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementGiven(AnnouncementEvent):
    """A supervisor tells customers, agents or both something until a set time."""

    audience: str
    until_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementEnded(AnnouncementEvent):
    """It is not in force any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementConfirmed(AnnouncementEvent):
    """A colleague has read it."""

    agent_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertAcknowledged(Event):
    """A supervisor sees to an alert of the wallboard."""

    alert_id: str
    severity: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchEvent(Event):
    """An intent, an errand or the whole assistant was switched, on one channel or on all."""

    switch_id: str
    kind: str
    """assistant | intent | errand"""
    name: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfServiceSwitchedOff(SwitchEvent):
    """It may not be done until then, or until it is switched on."""

    until_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfServiceSwitchedOn(SwitchEvent):
    """It may be done again."""
