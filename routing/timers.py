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
    heap of them all would be walked through cold memory. The earliest slice is opened when all
    before it are through: its moments are near, in order, the next one last.
    """

    def __init__(self) -> None:
        self.quiet_until = inf
        """Nothing falls due before."""
        self._near: list[Entry] = []
        self._opened = -1
        """The last slice that was moved to the near ones."""
        self._slices: dict[int, list[Entry]] = {}
        self._expiries: dict[int, dict[str, Entry]] = {}
        """Slices of ends of offers, by Reservation: most are forgotten in seconds."""
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
            self._near.append((due_at, kind, contact_id, other))
            self._near.sort(reverse=True)
        else:
            self._slices[number] = [(due_at, kind, contact_id, other)]
            heappush(self._order, number)

    def expire_at(self, due_at: float, contact_id: str, reservation_id: str) -> None:
        """Remember the end of an offer, which can be forgotten."""
        number = int(due_at * _SLICES_A_SECOND)
        if number <= self._opened:
            self.at(due_at, EXPIRY, contact_id, reservation_id)
            return
        self.quiet_until = min(due_at, self.quiet_until)
        if number not in self._expiries:
            self._expiries[number] = {}
            heappush(self._order, number)
        self._expiries[number][reservation_id] = (due_at, EXPIRY, contact_id, reservation_id)

    def forget_expiry(self, due_at: float, reservation_id: str) -> None:
        """Drop the end of an offer that ended otherwise: now it is at hand, later cold memory."""
        self._expiries.get(int(due_at * _SLICES_A_SECOND), {}).pop(reservation_id, None)

    def due(self, now: float, contacts: Contacts, pauses: Pauses) -> Iterator[Entry]:
        """Take out and yield what is due and still matters, in order."""
        near = self._near
        while self._first_at() <= now:
            while near and near[-1][0] <= now:
                entry = near.pop()
                if (entry[2] in contacts or entry[1] is PAUSE) and matters(entry, contacts, pauses):
                    yield entry
        self.quiet_until = self._first_at()

    def next_at(self, contacts: Contacts, pauses: Pauses) -> float | None:
        """Return the next moment that matters."""
        while (first_at := self._first_at()) < inf:
            if matters(self._near[-1], contacts, pauses):
                return first_at
            self._near.pop()
        return None

    def _first_at(self) -> float:
        near = self._near
        while not near and self._order:
            self._opened = heappop(self._order)
            near += self._slices.pop(self._opened, ())
            near += self._expiries.pop(self._opened, {}).values()
            near.sort(reverse=True)
        return near[-1][0] if near else inf


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
