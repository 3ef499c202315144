"""What became of each matter that customers brought to the assistant: a fold over the log.

A Contact is *contained* when it ended with the assistant. A contained matter is *solved* when the
same person did not bring it again within seven days; younger ones are still open.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from hub.domain import events as e
from hub.domain.states import Ending

REPEAT_SECONDS: Final = 7 * 86_400.0
UNDERSTOOD: Final = frozenset({"understood", "unsure"})


@dataclass(slots=True)
class Topic:
    """How one matter fared."""

    contacts: int = 0
    """Contacts that brought it and are over."""
    contained: int = 0
    handed_over: int = 0
    solved: int = 0
    repeated: int = 0
    """Contained, and brought again within seven days."""
    pending: int = 0
    """Contained less than seven days ago and not brought again yet."""
    unsure: int = 0
    """Times it was begun without being sure."""


@dataclass(slots=True)
class _Open:
    person: str
    intents: dict[str, float]
    was_served: bool = False


class TopicFold:
    """Fed with the log in order; `topics` counts what closed from `since` on."""

    def __init__(self, since: float) -> None:
        self._since = since
        self._open: dict[str, _Open] = {}
        self._persons: dict[str, str] = {}
        self._brought: dict[tuple[str, str], list[float]] = {}
        """(person, matter) -> when it was brought, a Contact each."""
        self._contained: list[tuple[str, str, float]] = []
        self._topics: dict[str, Topic] = {}

    def apply(self, event: e.Event) -> None:
        """Take the next event; other kinds change nothing."""
        step = _STEPS.get(type(event))
        if step is not None:
            step(self, event)

    def topics(self, now: float) -> dict[str, Topic]:
        """Return the figures of each matter, as of now."""
        for topic in self._topics.values():
            topic.solved = topic.repeated = topic.pending = 0
        for person, intent, closed_at in self._contained:
            topic = self._topics[intent]
            times = self._brought[person, intent]
            if any(closed_at < at <= closed_at + REPEAT_SECONDS for at in times):
                topic.repeated += 1
            elif now < closed_at + REPEAT_SECONDS:
                topic.pending += 1
            else:
                topic.solved += 1
        return self._topics

    def _arrived(self, event: e.ContactArrived) -> None:
        if event.customer_id is not None:
            self._persons[event.contact_id] = event.customer_id

    def _weighed(self, event: e.WordsWeighed) -> None:
        if event.outcome not in UNDERSTOOD:
            return
        person = self._persons.get(event.contact_id, event.conversation_id)
        here = self._open.setdefault(event.contact_id, _Open(person, {}))
        if event.intent not in here.intents:
            here.intents[event.intent] = event.at
            self._brought.setdefault((person, event.intent), []).append(event.at)
        if event.outcome == "unsure" and event.at >= self._since:
            self._topics.setdefault(event.intent, Topic()).unsure += 1

    def _assigned(self, event: e.ContactAssigned) -> None:
        if event.contact_id in self._open:
            self._open[event.contact_id].was_served = True

    def _closed(self, event: e.ContactClosed) -> None:
        self._persons.pop(event.contact_id, None)
        here = self._open.pop(event.contact_id, None)
        if here is None or event.at < self._since:
            return
        for intent in here.intents:
            topic = self._topics.setdefault(intent, Topic())
            topic.contacts += 1
            if event.ending == Ending.CONTAINED:
                topic.contained += 1
                self._contained.append((here.person, intent, event.at))
            elif here.was_served or event.ending == Ending.HANDLED:
                topic.handed_over += 1


_STEPS: dict[type[e.Event], Callable[[TopicFold, Any], None]] = {
    e.ContactArrived: TopicFold._arrived,
    e.WordsWeighed: TopicFold._weighed,
    e.ContactAssigned: TopicFold._assigned,
    e.ContactClosed: TopicFold._closed,
}
TOPIC_KINDS: Final = frozenset(kind.__name__ for kind in _STEPS)
