"""What the engine needs of the hub: the two doors of calls, and what is known of a Leg."""

from dataclasses import dataclass
from typing import Protocol

from hub.domain.calls import Arrival, LegEvent, Program


@dataclass(frozen=True, slots=True, kw_only=True)
class HubLeg:
    """A Leg as the hub knows it."""

    leg_id: str
    ref: str
    """The provider's name of it (a CallSid); empty while it is not known."""
    program: Program
    """What it does now."""
    started_at: float = 0.0
    is_over: bool = False
    room_id: str | None = None
    """The room it belongs to."""


class Office(Protocol):
    """The hub's side of calls; every method answers at once."""

    async def arrive(self, arrival: Arrival) -> tuple[str, Program]:
        """Return the Leg of an incoming call and what it does now; again the same Leg."""

    async def hear(self, event: LegEvent) -> Program | None:
        """Return what the Leg does next, or None; the same key again gets the same answer."""

    async def leg(self, leg_id: str) -> HubLeg | None:
        """Return a Leg, also one that is over."""

    async def leg_of(self, ref: str) -> HubLeg | None:
        """Return a Leg by the provider's name."""

    async def customer_of(self, room_id: str) -> HubLeg | None:
        """Return the customer's Leg of a room."""

    async def open_legs(self) -> list[HubLeg]:
        """Return the Legs of this engine that are not over."""

    def seal(self, text: str) -> str:
        """Return a text that nobody else can read, fit for an address."""

    def open(self, sealed: str) -> str | None:
        """Return the text; None when it was not sealed here."""
