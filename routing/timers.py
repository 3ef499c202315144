"""Moments at which time alone changes what routing would decide."""

from collections.abc import Iterator
from enum import IntEnum
from heapq import heappop, heappush

from routing.contacts import Contact, Stage


class Due(IntEnum):
    """What falls due; at the same moment in this order."""

    EXPIRY = 0
    PAUSE = 1
    STEP = 2


Entry = tuple[float, Due, str, str]
"""Due at, kind, contact, and the reservation or agent concerned."""


class Timers:
    """A heap of moments; entries that no longer matter are passed over when their turn comes."""

    def __init__(self) -> None:
        self._heap: list[Entry] = []

    def at(self, due_at: float, kind: Due, contact_id: str, other: str = "") -> None:
        """Remember a moment."""
        heappush(self._heap, (due_at, kind, contact_id, other))

    def any_until(self, now: float) -> bool:
        """Say whether anything may be due: cheap, and never wrong with a no."""
        return bool(self._heap) and self._heap[0][0] <= now

    def due(
        self, now: float, contacts: dict[str, Contact], pauses: dict[str, dict[str, float]]
    ) -> Iterator[Entry]:
        """Take out and yield what is due and still matters, in order."""
        while self._heap and self._heap[0][0] <= now:
            entry = heappop(self._heap)
            if matters(entry, contacts, pauses):
                yield entry

    def next_at(
        self, contacts: dict[str, Contact], pauses: dict[str, dict[str, float]]
    ) -> float | None:
        """Return the next moment that matters."""
        while self._heap and not matters(self._heap[0], contacts, pauses):
            heappop(self._heap)
        return self._heap[0][0] if self._heap else None


def matters(
    entry: Entry, contacts: dict[str, Contact], pauses: dict[str, dict[str, float]]
) -> bool:
    """Say whether the entry still describes the state."""
    due_at, kind, contact_id, other = entry
    if kind is Due.PAUSE:
        return pauses.get(contact_id, {}).get(other) == due_at
    contact = contacts.get(contact_id)
    if contact is None:
        return False
    if kind is Due.EXPIRY:
        return contact.reservation_id == other and contact.expire_at == due_at
    return contact.stage is Stage.WAITING and contact.step_at == due_at
