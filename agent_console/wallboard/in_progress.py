"""The Contacts of the picture: with people, or waiting for them, and those with self-service.

Each of the two has room of its own, so that a crowd at the bot hides nobody who waits.
"""

from collections.abc import Collection
from typing import Final, NamedTuple

from agent_console.reading import board as reading
from agent_console.reading.contacts import ContactFacts, load_contacts
from hub.domain.states import ContactState
from hub.journey.context import Hub


class Room(NamedTuple):
    """At most so many Contacts in these states."""

    states: frozenset[str]
    most: int


ROOMS: Final = (
    Room(frozenset({ContactState.QUEUED, ContactState.RESERVED, ContactState.ASSIGNED}), 500),
    Room(frozenset({ContactState.IN_SELF_SERVICE}), 200),
)


class InProgress:
    """Read whole once, then what was touched."""

    def __init__(self) -> None:
        self.facts: dict[str, ContactFacts] = {}
        self._crowded: list[Room] = []
        """Rooms that were full when all was read: some Contacts may have been left out."""

    async def load(self, hub: Hub) -> None:
        """Read the oldest of each kind."""
        ids: list[str] = []
        self._crowded = []
        for room in ROOMS:
            found = await reading.contacts_in(hub, room.states, room.most)
            if len(found) == room.most:
                self._crowded.append(room)
            ids += found
        self.facts = await load_contacts(hub, ids)

    async def reread(self, hub: Hub, touched: Collection[str]) -> None:
        """Read again those that were touched; who is new comes in where there is room."""
        for contact_id in touched:
            self.facts.pop(contact_id, None)
        left = {room: self._left(room) for room in ROOMS}
        for contact in (await load_contacts(hub, sorted(touched))).values():
            for room in ROOMS:
                if contact.state in room.states and left[room] > 0:
                    left[room] -= 1
                    self.facts[contact.id] = contact

    @property
    def misses_some(self) -> bool:
        """Whether some were left out for whom there is room now."""
        return any(self._left(room) > 0 for room in self._crowded)

    def _left(self, room: Room) -> int:
        return room.most - sum(one.state in room.states for one in self.facts.values())
