"""Where engine and hub meet: a call that arrives, legs that are still there, a softphone."""

from dataclasses import dataclass, field

from hub.domain.calls.kinds import LegState


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An incoming call as an engine first tells of it; the same `ref` twice is one Leg."""

    engine: str
    ref: str
    called: str
    """The number of ours that was called: the ChannelAccount."""
    caller: str = ""
    """E.164, or empty when withheld; for a browser the visitor's token."""
    language: str | None = None
    customer_id: str | None = None
    """Only where the channel itself has proof (a page signed in at the bank)."""
    identity_level: int = 0
    proof: str | None = None
    wants: str = ""
    """Topic picked on the bank's page before the call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLeg:
    """A Leg that an engine still has, for the check after a restart of either."""

    leg_id: str
    ref: str
    state: LegState
    room_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftphoneGrant:
    """What an agent's page needs to be reached: which driver, and its secret for a short time."""

    driver: str
    """hub-webrtc | twilio | sip-wss"""
    token: str = field(repr=False)
    expires_at: float
    endpoints: tuple[str, ...] = ()
