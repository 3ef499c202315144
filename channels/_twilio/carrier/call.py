"""A call as the carrier knows it; its status only goes forward."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from channels._twilio.carrier.handset import Handset

if TYPE_CHECKING:
    from channels._twilio.carrier.room import Room

ORDER: Final = ("queued", "initiated", "ringing", "in-progress", "completed")
FINAL: Final = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
EVENT_OF: Final = {
    "initiated": "initiated",
    "ringing": "ringing",
    "in-progress": "answered",
    **dict.fromkeys(FINAL, "completed"),
}


@dataclass(slots=True, kw_only=True)
class Callback:
    """Where facts go, and which."""

    url: str = ""
    method: str = "POST"
    events: frozenset[str] = frozenset({"completed"})


@dataclass(slots=True, kw_only=True)
class Recording:
    """What is recorded of a call."""

    sid: str
    call_sid: str
    started_at: float
    channels: int
    source: str
    """RecordVerb | StartCallRecordingAPI"""
    callback: Callback
    status: str = "in-progress"
    paused_at: float | None = None
    skipped_seconds: float = 0.0
    seconds: float = 0.0


@dataclass(slots=True, kw_only=True, eq=False)
class Call:
    """One call of the account."""

    sid: str
    direction: str
    """inbound | outbound-api | outbound-dial"""
    from_: str
    to: str
    created_at: float
    handset: Handset
    callback: Callback = field(default_factory=Callback)
    fallback_url: str = ""
    status: str = "queued"
    started_at: float | None = None
    ended_at: float | None = None
    answered_by: str = ""
    label: str = ""
    told: int = 0
    """How many facts were told of it."""
    url: str = ""
    """Where its document came from."""
    task: "asyncio.Task[None] | None" = None
    """Runs its document, or its ringing."""
    room: "Room | None" = None
    queue: str = ""
    queued_at: float = 0.0
    recordings: list[Recording] = field(default_factory=list)
    streams: dict[str, str] = field(default_factory=dict)
    """Status by identifier."""
    parent_sid: str = ""
    peer: "Call | None" = None
    """The other end of a plain connection, outside of any room."""
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.status in FINAL

    def goes_to(self, status: str) -> bool:
        """Take a status; False for one that lies behind."""
        if self.is_over:
            return False
        if status not in FINAL and ORDER.index(status) <= ORDER.index(self.status):
            return False
        self.status = status
        return True
