"""What the engine needs of the hub: the two doors of calls, and what is known of a Leg."""

import base64
import binascii
from typing import Final, Protocol

from hub.domain.calls import Arrival, LegEvent, Program
from hub.journey.calls import read
from hub.journey.calls.arrive import arrive
from hub.journey.calls.hear import hear
from hub.journey.calls.read import LegRead
from hub.journey.context import Hub
from hub.security.errors import Tampered, WrongKey

ENGINE: Final = "twilio"
PLACE: Final = ("twilio_address", "sounds", "")
"""Where a sealed text lies: it opens nowhere else."""


class Office(Protocol):
    """The hub's side of calls; every method answers at once."""

    async def arrive(self, arrival: Arrival) -> tuple[str, Program]:
        """Return the Leg of an incoming call and what it does now; again the same Leg."""

    async def hear(self, event: LegEvent) -> Program | None:
        """Return what the Leg does next, or None; the same key again gets the same answer."""

    async def leg(self, leg_id: str) -> LegRead | None:
        """Return a Leg, also one that is over."""

    async def leg_of(self, ref: str) -> LegRead | None:
        """Return a Leg by the provider's name."""

    async def customer_of(self, room_id: str) -> LegRead | None:
        """Return the customer's Leg of a room."""

    async def open_legs(self) -> list[LegRead]:
        """Return the Legs of this engine that are not over."""

    def seal(self, text: str) -> str:
        """Return a text that nobody else can read, fit for an address."""

    def open(self, sealed: str) -> str | None:
        """Return the text; None when it was not sealed here."""


class HubOffice:
    """The office of a real hub."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def arrive(self, arrival: Arrival) -> tuple[str, Program]:
        """Take a call."""
        return await arrive(self._hub, arrival)

    async def hear(self, event: LegEvent) -> Program | None:
        """Hear an event."""
        return await hear(self._hub, event)

    async def leg(self, leg_id: str) -> LegRead | None:
        """Read a Leg."""
        return await read.leg_by_id(self._hub, leg_id)

    async def leg_of(self, ref: str) -> LegRead | None:
        """Read a Leg by the provider's name."""
        return await read.leg_by_ref(self._hub, ENGINE, ref)

    async def customer_of(self, room_id: str) -> LegRead | None:
        """Read the customer's Leg."""
        return await read.customer_in(self._hub, room_id)

    async def open_legs(self) -> list[LegRead]:
        """Read those that are not over."""
        return await read.open_legs_of(self._hub, ENGINE)

    def seal(self, text: str) -> str:
        """Seal a text for an address."""
        sealed = self._hub.vault.seal(text, *PLACE)
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    def open(self, sealed: str) -> str | None:
        """Open it."""
        try:
            data = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
            return self._hub.vault.open(data, *PLACE)
        except (ValueError, IndexError, binascii.Error, Tampered, WrongKey):
            return None
