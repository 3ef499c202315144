"""Ordered lines, and a board of their heads.

Things of one kind (contacts that need the same, agents who can do the same) stand in one line whose
order never changes with time. A board keeps the first of every line in one sorted list, so the best
thing for somebody is the first head that suits: the work is 1 / (share that suits), not the number
of things waiting.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Container, Iterator
from heapq import merge
from itertools import chain
from typing import Any

Rank = tuple[float, float, str, int, Any]
"""Place in the order, smaller first: two numbers, the identifier, the index of the line, and whose
place it is: who is found need not be looked up. The order is settled before by the identifier."""

Run = list[list[Rank]]
"""Ranks in order, in pieces, so that taking one out of a very long run moves little."""

_PIECE = 64
_AT_ONCE = 12
"""So many of each run at most go to the head together: nobody waits for a long sorting."""
_MOST_RUNS = 8
_FEW = 3
_LONG = 64
"""From so many heads on, lines that suit are picked by their bits where these are few."""


def _last(piece: list[Rank]) -> Rank:
    return piece[-1]


class Line:
    """Ranks in order; adding, removing and counting cost far less than the length.

    The next ones stand in one sorted piece, the *head*, so that the first is taken by dropping it.
    Behind it, ranks mostly come in order, or in a few orders side by side: one for every value of a
    customer. Each such order is a run, so that the usual newcomer is put behind the last of its
    run and nobody searches through cold memory for its place.
    """

    __slots__ = ("_head", "_runs", "first", "size")

    def __init__(self) -> None:
        self._head: list[Rank] = []
        """Everything in the runs comes after; empty only when the line is."""
        self._runs: list[Run] = []
        self.first: Rank | None = None
        """The first rank; None when the line is empty."""
        self.size = 0

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Rank]:
        return chain(self._head, merge(*map(chain.from_iterable, self._runs)))

    def add(self, rank: Rank) -> bool:
        """Put `rank` in its place and say whether it is the first now."""
        self.size += 1
        for run in self._runs:
            piece = run[-1]
            if piece[-1] < rank:
                if len(piece) < _PIECE:
                    piece.append(rank)
                else:
                    run.append([rank])
                return False
        head = self._head
        if not head:
            head.append(rank)
            self.first = rank
            return True
        if rank < head[-1]:
            return self._add_to_head(rank)
        self._add_early(rank)
        return False

    def remove(self, rank: Rank) -> None:
        """Take `rank` out: the very one that was added."""
        head = self._head
        if rank is self.first:
            self.drop_first()
            return
        if not self._runs or rank <= head[-1]:
            place = bisect_left(head, rank)
            if place < len(head) and head[place] is rank:
                del head[place]
                self.size -= 1
                return
            raise KeyError(rank[2])
        for run in self._runs:
            if run[0][0] <= rank <= run[-1][-1]:
                at = bisect_left(run, rank, key=_last) if len(run) > 1 else 0
                place = bisect_left(run[at], rank)
                if run[at][place] is rank:
                    self.size -= 1
                    self._take_out(run, at, place, place + 1)
                    return
        raise KeyError(rank[2])

    def drop_first(self) -> Rank | None:
        """Take the first rank out and return the one that is first now."""
        self.size -= 1
        head = self._head
        del head[0]
        if not head:
            if not self._runs:
                self.first = None
                return None
            self._refill()
        self.first = first = self._head[0]
        return first

    def before(self, rank: Rank) -> int:
        """Return how many stand before `rank`, which need not be in this line."""
        count = bisect_left(self._head, rank)
        for run in self._runs:
            at = bisect_left(run, rank, key=_last)
            count += sum(map(len, run[:at]))
            count += bisect_left(run[at], rank) if at < len(run) else 0
        return count

    def first_outside(self, skip: Container[str]) -> Rank | None:
        """Return the first rank whose identifier is not in `skip`."""
        return next((rank for rank in self if rank[2] not in skip), None)

    def _add_to_head(self, rank: Rank) -> bool:
        head = self._head
        insort(head, rank)
        if len(head) > 2 * _PIECE:
            spare = head[_PIECE:]
            del head[_PIECE:]
            if self._runs:
                self._runs[0].insert(0, spare)
            else:
                self._runs.append([spare])
        self.first = head[0]
        return self.first is rank

    def _add_early(self, rank: Rank) -> None:
        """Put `rank` in its place when every run already has somebody behind it."""
        if len(self._runs) < _MOST_RUNS:
            self._runs.append([[rank]])
            return
        run = self._runs[-1]
        at = bisect_left(run, rank, key=_last)
        piece = run[at]
        insort(piece, rank)
        if len(piece) > 2 * _PIECE:
            run.insert(at + 1, piece[_PIECE:])
            del piece[_PIECE:]

    def _refill(self) -> None:
        """Move to the head what surely comes next, a little of each run."""
        if len(self._runs) == 1:
            self._head = self._runs[0].pop(0)
            if not self._runs[0]:
                self._runs = []
            return
        head, until = self._head, min(run[0][:_AT_ONCE][-1] for run in self._runs)
        for run in tuple(self._runs):
            taken = bisect_right(run[0], until, hi=min(_AT_ONCE, len(run[0])))
            head += run[0][:taken]
            self._take_out(run, 0, 0, taken)
        head.sort()

    def _take_out(self, run: Run, at: int, start: int, end: int) -> None:
        piece = run[at]
        del piece[start:end]
        if not piece:
            del run[at]
            if not run:
                self._runs = [other for other in self._runs if other]


class Board:
    """The heads of many lines in one order. `lines[i]` is the line whose ranks end in i.

    `heads` are the ranks, `_order` the indexes of their lines, in step: most heads are passed
    over, and plain numbers are passed over fastest.
    """

    __slots__ = ("_lines", "_order", "heads", "occupied")

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self.heads: list[Rank] = []
        self._order: list[int] = []
        self.occupied = 0
        """One bit for every line of this board that is not empty."""

    def add(self, rank: Rank) -> None:
        """Put `rank` in its line."""
        index = rank[3]
        line = self._lines[index]
        first = line.first
        if not line.add(rank):
            return
        if first is None:
            self.occupied |= 1 << index
        else:
            at = self._order.index(index)
            del self.heads[at], self._order[at]
        at = bisect_left(self.heads, rank)
        self.heads.insert(at, rank)
        self._order.insert(at, index)

    def remove(self, rank: Rank) -> None:
        """Take `rank` out of its line: the very one that was added."""
        index = rank[3]
        line = self._lines[index]
        if line.first is not rank:
            line.remove(rank)
            return
        heads, order = self.heads, self._order
        at = order.index(index)
        following = line.drop_first()
        if following is None:
            self.occupied ^= 1 << index
            del heads[at], order[at]
            return
        place = bisect_left(heads, following, at + 1) - 1
        if place != at:
            del heads[at], order[at]
            heads.insert(place, following)
            order.insert(place, index)
        else:
            heads[at] = following

    def best(self, suits: int, row: bytearray) -> Rank | None:
        """Return the first rank of the lines that suit: as bits and, the same, as bytes."""
        order = self._order
        if len(order) > _LONG and (suits & self.occupied).bit_count() <= _FEW:
            return self._best_of_few(suits & self.occupied)
        for index in order:
            if row[index]:
                return self._lines[index].first
        return None

    def best_outside(self, suits: int, row: bytearray, skip: Container[str]) -> Rank | None:
        """As `best`, passing over the identifiers in `skip`."""
        if not suits & self.occupied:
            return None
        found: Rank | None = None
        for head in self.heads:
            if found is not None and found < head:
                break
            if row[head[3]]:
                rank = self._lines[head[3]].first_outside(skip)
                if rank is not None and (found is None or rank < found):
                    found = rank
        return found

    def _best_of_few(self, hits: int) -> Rank | None:
        found: Rank | None = None
        while hits:
            low = hits & -hits
            hits ^= low
            head = self._lines[low.bit_length() - 1].first
            if head is not None and (found is None or head < found):
                found = head
        return found
