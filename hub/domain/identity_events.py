"""Events about who speaks in a Contact. No answer, code or address is in them."""

from dataclasses import dataclass

from hub.domain.event import ContactEvent

__all__ = [
    "CustomerProved",
    "IdentityEvent",
    "IdentityLowered",
    "ProofAsked",
    "ProofFailed",
    "ProofLocked",
    "ProofReleased",
    "SpeakerChanged",
    "WarningsChanged",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityEvent(ContactEvent):
    """After it the record of the Contact looks different."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerProved(IdentityEvent):
    """The Contact's customer is now known by proof, at this identity level."""

    customer_id: str
    identity_level: int
    method: str
    by: str = ""
    """The agent who checked it; empty when the channel or the customer's own code did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofAsked(IdentityEvent):
    """A one-time code was sent, or questions were asked."""

    method: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFailed(IdentityEvent):
    """A wrong code or a wrong answer."""

    method: str
    tries_left: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofLocked(IdentityEvent):
    """Too many misses: this Customer cannot be proved until then, or until it is released."""

    customer_id: str
    until: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofReleased(IdentityEvent):
    """A supervisor lets the Customer try again."""

    customer_id: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLowered(IdentityEvent):
    """What was proved does not hold for who speaks now."""

    identity_level: int
    cause: str
    """speaker_changed | channel_changed"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerChanged(IdentityEvent):
    """Another person of the record speaks: `party_id`, or the Customer in person (None)."""

    party_id: str | None
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningsChanged(IdentityEvent):
    """A warning was put on the record of the Contact's customer, or taken off."""

    customer_id: str
    by: str
