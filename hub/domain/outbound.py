"""What the hub wants said on a written channel, and what becomes of it on the way."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class DeliveryState(StrEnum):
    """Where a Message is on its way to the customer; a later one never gives way to an earlier."""

    QUEUED = "queued"
    SENT = "sent"
    """The provider has it."""
    DELIVERED = "delivered"
    FAILED = "failed"
    """It will never arrive; the agent may try again."""
    UNKNOWN = "unknown"
    """It may have been sent: it is not repeated without a person's word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAccount:
    """A number or mailbox of ours."""

    id: str
    name: Mapping[str, str] = field(default_factory=dict)
    """Per language; empty: it is called what it is."""
    signature: Mapping[str, str] = field(default_factory=dict)
    """What stands below an agent's words, per language; `{agent_name}` is filled in."""
    queue_id: str | None = None
    """Whose work a talk is that the bank begins from there; None: a Queue of the agent's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundFile:
    """A file that goes with a Message."""

    name: str
    media_type: str
    size_bytes: int
    read: Callable[[], Awaitable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbound:
    """One Message for one Address."""

    account: str
    """The ChannelAccount that the customer used: replies leave from there."""
    address: str
    conversation_id: str
    contact_id: str
    key: str
    """The same key again is the same Message; providers that can, send it once."""
    language: str
    text: str
    speaker: str
    """`agent`, `bot` or `system`."""
    signed_by: str = ""
    """The agent's name in the language of the words; empty where no person speaks."""
    files: Sequence[OutboundFile] = ()
    channel_data: Mapping[str, str] = field(default_factory=dict)
    """The adapter's own data of the Message answered, and of the composer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a provider answered."""

    ref: str
    """Its name of the Message, by which later reports know it; empty when it gives none."""
    channel_data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryTold:
    """A provider's report about a Message, which may come late, twice or out of order."""

    channel: str
    ref: str
    state: DeliveryState
    error_code: str = ""
    """The provider's, for the agent and the log; never a text of the customer's."""
