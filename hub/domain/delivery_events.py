"""Events of written channels: what became of a Message on its way, and who opted out."""

from dataclasses import dataclass

from hub.domain.event import ContactEvent

__all__ = [
    "DeliveryEvent",
    "MessageDelivered",
    "MessageDeliveryFailed",
    "MessageRequeued",
    "MessageSent",
    "OptOutChanged",
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
class OptOutChanged(ContactEvent):
    """The customer opted out of being written to, or took it back, while a Contact was open."""

    channel: str
    purpose: str
    on: bool
    by: str
