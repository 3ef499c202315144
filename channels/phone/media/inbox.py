"""Packets of one voice as they arrive, made even again: a small jitter buffer."""

from collections.abc import Callable

from channels.phone.media.ulaw import FRAME, SILENT

START_PACKETS = 3
"""So many packets wait before a voice is played: 60 ms against jitter."""
MOST_PACKETS = 12
"""More than this is delay, not safety: the oldest are dropped."""
_WRAP = 1 << 16


class Inbox:
    """`put` packets in any order, `take` 20 ms at a time."""

    def __init__(self, lost: Callable[[], None] = lambda: None) -> None:
        self._lost = lost
        self._packets: dict[int, bytes] = {}
        self._newest = -1
        self._next: int | None = None
        self._rest = b""

    def put(self, sequence: int, payload: bytes) -> None:
        """Keep a packet; one that is too late, or there already, is dropped."""
        number = self._extended(sequence)
        if not payload or (self._next is not None and number < self._next):
            return
        self._packets[number] = payload
        if len(self._packets) > MOST_PACKETS:
            for old in sorted(self._packets)[:-START_PACKETS]:
                del self._packets[old]
            if self._next is not None:
                self._next = min(self._packets)

    def take(self) -> bytes:
        """Return the next 20 ms; `SILENT` when there is nothing."""
        if self._next is None:
            if len(self._packets) < START_PACKETS:
                return SILENT
            self._next = min(self._packets)
        while len(self._rest) < FRAME:
            payload = self._packets.pop(self._next, None)
            if payload is None:
                return self._gap()
            self._next += 1
            self._rest += payload
        frame, self._rest = self._rest[:FRAME], self._rest[FRAME:]
        return frame

    def _gap(self) -> bytes:
        """A packet is missing: lost when later ones are there, else the voice has paused."""
        self._rest = b""
        if self._packets and self._next is not None:
            self._next += 1
            self._lost()
        else:
            self._next = None
        return SILENT

    def _extended(self, sequence: int) -> int:
        """Count on over the 16 bits of the packet's number."""
        if self._newest < 0:
            self._newest = _WRAP + sequence
            return self._newest
        step = (sequence - self._newest + _WRAP // 2) % _WRAP - _WRAP // 2
        number = self._newest + step
        self._newest = max(self._newest, number)
        return number
