"""Events of phone calls: legs, holds, recordings. Numbers are never in them."""

from dataclasses import dataclass

from hub.domain.event import ContactEvent, Event

__all__ = [
    "AgentPhoneChanged",
    "CallLegClosed",
    "CallLegEvent",
    "CallLegMoved",
    "CallLegOpened",
    "CallRecordingChanged",
    "CallerAnswered",
    "CallerNumberRemoved",
    "CallerNumberSaved",
    "HoldGrewLong",
    "ThreatMarked",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLegEvent(ContactEvent):
    """An event of one end of a call."""

    leg_id: str
    leg_kind: str
    party: str | None = None
    """The agent or supervisor at this end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLegOpened(CallLegEvent):
    """A call came in, or somebody is being dialled."""

    engine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLegMoved(CallLegEvent):
    """It rings, is up, is in the room, held, muted, in another role, or its line got worse."""

    cause: str
    """ringing | answered | joined | left | held | resumed | muted | unmuted | role | quality"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLegClosed(CallLegEvent):
    """That end is over."""

    cause: str
    up_seconds: float | None = None
    """None: it was never answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerAnswered(ContactEvent):
    """The caller pressed keys or spoke in a menu; what, is in the Messages."""

    leg_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecordingChanged(ContactEvent):
    """A recording began, paused, went on, ended, was refused, stored, held or lost."""

    recording_id: str | None
    cause: str
    by: str = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldGrewLong(ContactEvent):
    """The customer has been on hold for so long that the agent is reminded."""

    agent_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreatMarked(ContactEvent):
    """The agent marked a threat: the recording goes on, a supervisor is called."""

    agent_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentPhoneChanged(Event):
    """The phone at which an agent takes calls is ready, or not, or is another one."""

    agent_id: str
    device: str
    """browser | outside"""
    is_up: bool
    by: str = ""
    """Who changed it: the agent, an administrator's id, or `system`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerNumberSaved(ContactEvent):
    """The number that calls is kept with the Customer, who proved who they are and agreed."""

    customer_id: str
    agent_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerNumberRemoved(ContactEvent):
    """A person took a kept number off the Customer's record."""

    customer_id: str
    agent_id: str
