"""Moments at which time alone changes what routing would decide."""

from collections.abc import Iterator
from enum import IntEnum
from heapq import heappop, heappush
from math import inf

from routing.contacts import WAITING, Contact


class Due(IntEnum):
    """What falls due; at the same moment in this order."""

    EXPIRY = 0
    PAUSE = 1
    STEP = 2


EXPIRY, PAUSE, STEP = Due
"""As plain globals, for they are read with every contact."""

Entry = tuple[float, Due, str, str]
"""Due at, kind, contact, and the reservation or agent concerned."""
Contacts = dict[str, Contact]
Pauses = dict[str, dict[str, float]]
"""Contact -> agent -> until when."""

_SLICES_A_SECOND = 16


class Timers:
    """Moments in order; those that no longer matter are passed over when their turn comes.

    The far ones are only sorted into slices of time, since most will not matter any more, and a
    heap of them all would be walked through cold memory. The near ones are a small heap.
    """

    def __init__(self) -> None:
        self.quiet_until = inf
        """Nothing falls due before."""
        self._near: list[Entry] = []
        self._opened = -1
        """The last slice that was moved to the near ones."""
        self._slices: dict[int, list[Entry]] = {}
        self._order: list[int] = []

    def at(self, due_at: float, kind: Due, contact_id: str, other: str = "") -> None:
        """Remember a moment."""
        if due_at < self.quiet_until:
            self.quiet_until = due_at
        elif due_at == inf:
            return
        number = int(due_at * _SLICES_A_SECOND)
        entries = self._slices.get(number)
        if entries is not None:
            entries.append((due_at, kind, contact_id, other))
        elif number <= self._opened:
            heappush(self._near, (due_at, kind, contact_id, other))
        else:
            self._slices[number] = [(due_at, kind, contact_id, other)]
            heappush(self._order, number)

    def due(self, now: float, contacts: Contacts, pauses: Pauses) -> Iterator[Entry]:
        """Take out and yield what is due and still matters, in order."""
        while self._first_at() <= now:
            entry = heappop(self._near)
            if matters(entry, contacts, pauses):
                yield entry
        self.quiet_until = self._first_at()

    def next_at(self, contacts: Contacts, pauses: Pauses) -> float | None:
        """Return the next moment that matters."""
        while (first_at := self._first_at()) < inf:
            if matters(self._near[0], contacts, pauses):
                return first_at
            heappop(self._near)
        return None

    def _first_at(self) -> float:
        near, order = self._near, self._order
        while order and (not near or order[0] <= near[0][0] * _SLICES_A_SECOND):
            self._opened = heappop(order)
            near += self._slices.pop(self._opened)
            near.sort()  # a sorted list is a heap too, and slices come nearly in order
        return near[0][0] if near else inf


def matters(entry: Entry, contacts: Contacts, pauses: Pauses) -> bool:
    """Say whether the entry still describes the state."""
    due_at, kind, contact_id, other = entry
    if kind is PAUSE:
        return pauses.get(contact_id, {}).get(other) == due_at
    contact = contacts.get(contact_id)
    if contact is None:
        return False
    if kind is EXPIRY:
        return contact.reservation_id == other and contact.expire_at == due_at
    return contact.stage is WAITING and contact.step_at == due_at
