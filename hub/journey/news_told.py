"""What is worth telling outside the chat, and the timer that waits whether it is read there."""

from typing import Literal, NamedTuple

from hub.journey.context import Hub
from hub.journey.waiting import TimerKind, arm
from hub.store.unit import Unit

NewsKind = Literal["order", "case"]


class News(NamedTuple):
    """One thing to tell: its words, and the Message that says it in the chat."""

    customer_id: str
    language: str
    text: str
    conversation_id: str | None
    key: str


def plan_news(hub: Hub, kind: NewsKind, of: str, key: str, at: float) -> Unit[None]:
    """Wait whether the customer reads the Message with this key."""
    if hub.notify.kinds:
        due_at = at + hub.settings.news_after_seconds
        yield arm(TimerKind.NEWS, f"{kind}/{of}/{key}", due_at)


def told_of(subject: str) -> tuple[str, str, str]:
    """Return kind, id and key from a timer's subject."""
    kind, of, key = subject.split("/", 2)
    return kind, of, key
