"""A Conference: who is in it, who hears whom, and what is told of it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from channels._twilio.carrier.call import Call, Callback

MOST: Final = 250
Tell = Callable[["Room", str, "Participant | None"], None]


@dataclass(slots=True, kw_only=True, eq=False)
class Participant:
    """A call in a room."""

    call: Call
    label: str
    is_muted: bool = False
    is_on_hold: bool = False
    is_coaching: bool = False
    coached_sid: str = ""
    ends_room: bool = False
    starts_room: bool = True
    out: "asyncio.Event" = field(default_factory=asyncio.Event)
    """Set when it is no longer in the room."""
    entertained: "asyncio.Task[None] | None" = None
    """Plays hold music or an announcement to it."""


@dataclass(slots=True, kw_only=True, eq=False)
class Room:
    """One Conference; `tell` sends its facts."""

    sid: str
    name: str
    created_at: float
    tell: Tell
    callback: Callback = field(default_factory=lambda: Callback(events=frozenset()))
    status: str = "init"
    told: int = 0
    most: int = MOST
    participants: dict[str, Participant] = field(default_factory=dict)
    expected: dict[str, Participant] = field(default_factory=dict)
    """Who is being dialled for it."""

    def enter(self, participant: Participant) -> None:
        """Take a call in; raise `OverflowError` when the room is full."""
        if len(self.participants) >= self.most:
            raise OverflowError(self.name)
        self.expected.pop(participant.call.sid, None)
        self.participants[participant.call.sid] = participant
        participant.call.room = self
        if participant.starts_room and self.status == "init":
            self.status = "in-progress"
            self.tell(self, "conference-start", None)
        self.tell(self, "participant-join", participant)

    def leave(self, call_sid: str) -> None:
        """Let a call out; the last one closes the room."""
        participant = self.participants.pop(call_sid, None)
        if participant is None:
            return
        if participant.entertained is not None:
            participant.entertained.cancel()
        participant.call.room = None
        participant.out.set()
        self.tell(self, "participant-leave", participant)
        if participant.ends_room or not (self.participants or self.expected):
            self.close()

    def give_up(self, call_sid: str) -> None:
        """Who was dialled does not come."""
        if self.expected.pop(call_sid, None) and not (self.participants or self.expected):
            self.close()

    def close(self) -> None:
        """End it: everybody is out."""
        if self.status == "completed":
            return
        self.status = "completed"
        for call_sid in list(self.participants):
            self.leave(call_sid)
        self.tell(self, "conference-end", None)

    def change(self, participant: Participant, told: Mapping[str, Any]) -> None:
        """Take what a request changes, and tell what became different."""
        for name, is_on, on, off in (
            ("is_muted", told.get("Muted"), "participant-mute", "participant-unmute"),
            ("is_on_hold", told.get("Hold"), "participant-hold", "participant-unhold"),
        ):
            if is_on is not None and is_on != getattr(participant, name):
                setattr(participant, name, is_on)
                self.tell(self, on if is_on else off, participant)
        if (coaching := told.get("Coaching")) is not None:
            participant.is_coaching = coaching
            participant.coached_sid = str(told.get("CallSidToCoach", "")) if coaching else ""
            self.tell(self, "participant-modify", participant)

    def hearers(self, speaker_sid: str) -> list[Call]:
        """Return who hears what a call says now."""
        speaker = self.participants.get(speaker_sid)
        if speaker is None or speaker.is_muted or speaker.is_on_hold:
            return []
        return [
            other.call
            for other in self.participants.values()
            if other is not speaker
            and not other.is_on_hold
            and (not speaker.is_coaching or other.call.sid == speaker.coached_sid)
        ]
