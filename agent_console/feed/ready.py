"""Screen pops made ready while their Contact waits: its Offer then needs no reading.

Read when the Contact joins a short line, while its Reservation is still on its way to the disk.
What changes a record empties all; and what was read longer ago than a moment is read again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import structlog

from agent_console.feed import encoding
from agent_console.feed.stream import Stream
from agent_console.reading.contacts import ContactFacts, load_waiting
from agent_console.reading.offers import OfferFacts
from agent_console.views.offer import offer_view
from hub.domain.errors import NotFound
from hub.domain.events import ReservationMade
from hub.journey.context import Hub
from hub.journey.record import MaskedPop, PopRows, mask_pop, read_pop
from hub.journey.record_sight import note_sight
from hub.security.errors import Tampered, WrongKey
from hub.security.roles import Role

log = structlog.get_logger(__name__)

READY_SECONDS = 1.0
KEPT_MOST = 256
SOON = 8
"""Who stands further back in the line is offered too late for what is read now."""
Roles = frozenset[Role]


@dataclass(frozen=True, slots=True)
class Pop:
    """A Contact and its record as read at one moment, and as each kind of viewer may see it."""

    read_at: float
    contact: ContactFacts
    rows: PopRows
    masked: dict[Roles, tuple[MaskedPop, str]] = field(default_factory=dict)

    def seen_by(self, hub: Hub, roles: Roles) -> tuple[MaskedPop, str]:
        """Return the ScreenPop masked for these roles, and as JSON."""
        found = self.masked.get(roles)
        if found is None:
            masked = mask_pop(hub, self.rows, roles)
            found = self.masked[roles] = (masked, encoding.dump(masked.pop))
        return found


class Ready:
    """The pops of this node's next Offers. Only those who are offered the Contact get one."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._pops: dict[str, Pop] = {}
        self._roles: set[Roles] = set()
        """Of those who were offered something lately: likely the next one has them too."""

    def is_soon(self, queue_id: str) -> bool:
        """Tell whether who joins this Queue now may be offered at once."""
        return self._hub.line.waiting_in(queue_id) <= SOON

    def forget(self, contact_id: str) -> None:
        """The Contact changed."""
        self._pops.pop(contact_id, None)

    def clear(self) -> None:
        """Some record changed, or what people may see."""
        self._pops.clear()
        self._roles.clear()

    async def prepare(self, contacts: Iterable[str]) -> None:
        """Read and mask; what cannot be read now is read, and told of, with its Offer."""
        hub, read_at = self._hub, self._hub.clock.now()
        for contact in (await load_waiting(hub, list(contacts))).values():
            try:
                pop = Pop(read_at, contact, await read_pop(hub, contact.id))
                for roles in self._roles:
                    pop.seen_by(hub, roles)
            except (NotFound, Tampered, WrongKey):
                continue
            self._pops[contact.id] = pop
            if len(self._pops) > KEPT_MOST:
                del self._pops[next(iter(self._pops))]

    def ring(self, event: ReservationMade, desks: Iterable[Stream]) -> bool:
        """Put the Offer and its record on the agent's pages; False when it must be read."""
        pop = self._pops.pop(event.contact_id, None)
        if pop is None or event.at - pop.read_at > READY_SECONDS:
            return False
        all_told = True
        for stream in desks:
            if stream.fresh:
                self._put(event, pop, stream)
            else:
                all_told = False
        return all_told

    def _put(self, event: ReservationMade, pop: Pop, stream: Stream) -> None:
        viewer = stream.viewer
        self._roles.add(viewer.roles)
        offer = OfferFacts(
            event.reservation_id, event.contact_id, event.agent_id, event.queue_id, event.channel,
            event.at, event.expires_at, event.because,
        )  # fmt: skip
        view = encoding.dump(offer_view(self._hub, offer, pop.contact, viewer))
        masked, text = pop.seen_by(self._hub, viewer.roles)
        if stream.put_offer(offer.id, offer.contact_id, view, text):
            note_sight(self._hub, viewer, offer.contact_id, masked.pop, masked.denied)
