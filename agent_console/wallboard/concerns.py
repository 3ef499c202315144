"""Who asked for help, who went silent, how talks with the assistant go: a fold over events."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hub.domain import events as e
from hub.domain.states import Audience, ParticipantRole, Speaker


@dataclass(frozen=True, slots=True)
class BotTalk:
    """How a talk with the assistant goes."""

    misses: int = 0
    """Words it did not understand."""
    matter: str = ""
    repeats: int = 0
    """How often in a row the customer brought the same matter."""
    at: float = 0.0
    """When it took the last words for something, or for nothing."""


class Concerns:
    """Contacts that need a look. Restored, like the counters, from the log of the last days."""

    def __init__(self) -> None:
        self.help: dict[str, tuple[str, float]] = {}
        """Contact -> (agent, since)."""
        self.silent: set[str] = set()
        self.bot_talks: dict[str, BotTalk] = {}
        self.unanswered: dict[str, float] = {}
        """Contact -> since when its customer waits for a word; not restored: words are many."""

    def apply(self, event: e.Event) -> None:
        """Take the next event of the log; other kinds change nothing."""
        step = _STEPS.get(type(event))
        if step is not None:
            step(self, event)

    def heard(self, event: e.MessageAdded) -> None:
        """A message ends a silence when the customer wrote it, else the customer's wait."""
        if event.speaker == Speaker.CUSTOMER:
            self.unanswered.setdefault(event.contact_id, event.at)
            if self.silent:
                self.silent.discard(event.contact_id)
        elif event.audience == Audience.EVERYONE and event.speaker != Speaker.SYSTEM:
            self.unanswered.pop(event.contact_id, None)

    def _asked(self, event: e.HelpAsked) -> None:
        self.help.setdefault(event.contact_id, (event.agent_id, event.at))

    def _joined(self, event: e.ParticipantJoined) -> None:
        if event.role == ParticipantRole.JOINED:
            self.help.pop(event.contact_id, None)

    def _warned(self, event: e.SilenceWarned) -> None:
        self.silent.add(event.contact_id)

    def _weighed(self, event: e.WordsWeighed) -> None:
        talk = self.bot_talks.get(event.contact_id, BotTalk())
        if event.outcome in ("missed", "outside"):
            talk = BotTalk(talk.misses + 1, talk.matter, talk.repeats, event.at)
        else:
            again = event.intent == talk.matter
            repeats = talk.repeats + 1 if again else 1
            talk = BotTalk(talk.misses, event.intent, repeats, event.at)
        self.bot_talks[event.contact_id] = talk

    def _left_bot(self, event: e.ContactEvent) -> None:
        self.bot_talks.pop(event.contact_id, None)

    def _closed(self, event: e.ContactClosed) -> None:
        self._over(event)
        self._left_bot(event)
        self.unanswered.pop(event.contact_id, None)

    def _over(self, event: e.ContactEvent) -> None:
        self.help.pop(event.contact_id, None)
        self.silent.discard(event.contact_id)


_STEPS: dict[type[e.Event], Callable[[Concerns, Any], None]] = {
    e.HelpAsked: Concerns._asked,
    e.ParticipantJoined: Concerns._joined,
    e.SilenceWarned: Concerns._warned,
    e.ContactClosed: Concerns._closed,
    e.ContactUnassigned: Concerns._over,
    e.WordsWeighed: Concerns._weighed,
    e.ContactQueued: Concerns._left_bot,
    e.ContactAssigned: Concerns._left_bot,
}
CONCERNS = frozenset(kind.__name__ for kind in _STEPS)
"""Kinds of events that change a concern; no others need be read to restore them."""
