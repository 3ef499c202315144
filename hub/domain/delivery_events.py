"""Events of written channels: what became of a Message on its way, and who opted out."""

from dataclasses import dataclass

from hub.domain.event import ContactEvent

__all__ = [
    "DeliveryEvent",
    "LetterKept",
    "LetterLeft",
    "LetterStopped",
    "LetterTakenBack",
    "MessageDelivered",
    "MessageDeliveryFailed",
    "MessageRequeued",
    "MessageSent",
    "OptOutChanged",
    "OutgoingEvent",
    "TalkJoinUndone",
    "TalksJoined",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryEvent(ContactEvent):
    """An event of one Message on its way to the customer."""

    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(DeliveryEvent):
    """The provider has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDelivered(DeliveryEvent):
    """It reached the customer's phone or mailbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeliveryFailed(DeliveryEvent):
    """It will not arrive, or nobody knows whether it was sent (`state` says which)."""

    state: str
    """failed | unknown"""
    error_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRequeued(DeliveryEvent):
    """A person has it sent once more."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingEvent(ContactEvent):
    """An event of an agent's words that wait before they leave."""

    letter_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterKept(OutgoingEvent):
    """They wait for an undo or for a chosen time, or that time was changed."""

    leaves_at: float
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTakenBack(OutgoingEvent):
    """They will not leave: staff wanted so."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterStopped(OutgoingEvent):
    """Their time has come and something speaks against it: staff decide."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLeft(OutgoingEvent):
    """They are a Message now, on its way."""

    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TalksJoined(ContactEvent):
    """Staff have merged, split or linked two Conversations; told of the Contact in each."""

    join_id: str
    kind: str
    """merged | split | linked"""
    other_id: str
    """The other Conversation."""
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkJoinUndone(ContactEvent):
    """They took it back."""

    join_id: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOutChanged(ContactEvent):
    """The customer opted out of being written to, or took it back, while a Contact was open."""

    channel: str
    purpose: str
    on: bool
    by: str
