"""Ordered lines, and a board of their heads.

Things of one kind (contacts that need the same, agents who can do the same) stand in one line whose
order never changes with time. A board keeps the first of every line in one sorted list, so the best
thing for somebody is the first head that suits: the work is 1 / (share that suits), not the number
of things waiting.
"""

from bisect import bisect_left, insort
from collections.abc import Container, Iterator

Rank = tuple[float, float, str, int]
"""Place in the order, smaller first: two numbers, the identifier, the index of the line."""

_CHUNK = 512
_FEW = 3


def _last(chunk: list[Rank]) -> Rank:
    return chunk[-1]


class Line:
    """Ranks in order; adding, removing and counting cost far less than the length."""

    __slots__ = ("_chunks", "size")

    def __init__(self) -> None:
        self._chunks: list[list[Rank]] = [[]]
        self.size = 0

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Rank]:
        for chunk in self._chunks:
            yield from chunk

    def head(self) -> Rank | None:
        """Return the first rank, or None when the line is empty."""
        return self._chunks[0][0] if self.size else None

    def add(self, rank: Rank) -> None:
        """Put `rank` in its place."""
        chunks = self._chunks
        at = self._chunk_of(rank) if len(chunks) > 1 else 0
        chunk = chunks[at]
        if chunk and chunk[-1] < rank:
            chunk.append(rank)  # the usual newcomer; spares a search through cold memory
        else:
            insort(chunk, rank)
        self.size += 1
        if len(chunk) > 2 * _CHUNK:
            chunks.insert(at + 1, chunk[_CHUNK:])
            del chunk[_CHUNK:]

    def remove(self, rank: Rank) -> None:
        """Take `rank` out; it must be in the line."""
        chunks = self._chunks
        at = self._chunk_of(rank) if len(chunks) > 1 else 0
        chunk = chunks[at]
        del chunk[bisect_left(chunk, rank)]
        self.size -= 1
        if not chunk and len(chunks) > 1:
            del chunks[at]

    def drop_head(self) -> Rank | None:
        """Take the first rank out and return the one that is first now."""
        chunks = self._chunks
        chunk = chunks[0]
        del chunk[0]
        self.size -= 1
        if chunk:
            return chunk[0]
        if len(chunks) == 1:
            return None
        del chunks[0]
        return chunks[0][0]

    def before(self, rank: Rank) -> int:
        """Return how many stand before `rank`, which need not be in this line."""
        at = self._chunk_of(rank)
        return sum(map(len, self._chunks[:at])) + bisect_left(self._chunks[at], rank)

    def first_outside(self, skip: Container[str]) -> Rank | None:
        """Return the first rank whose identifier is not in `skip`."""
        return next((rank for rank in self if rank[2] not in skip), None)

    def _chunk_of(self, rank: Rank) -> int:
        chunks = self._chunks
        if len(chunks) == 1:
            return 0
        return min(bisect_left(chunks, rank, key=_last), len(chunks) - 1)


class Board:
    """The heads of many lines in one order. `lines[i]` is the line whose ranks end in i."""

    __slots__ = ("_heads", "_lines", "occupied")

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._heads: list[Rank] = []
        self.occupied = 0
        """One bit for every line of this board that is not empty."""

    def add(self, rank: Rank) -> None:
        """Put `rank` in its line."""
        line = self._lines[rank[3]]
        head = line.head()
        line.add(rank)
        if head is None:
            self.occupied |= 1 << rank[3]
            insort(self._heads, rank)
        elif rank < head:
            del self._heads[bisect_left(self._heads, head)]
            insort(self._heads, rank)

    def remove(self, rank: Rank) -> None:
        """Take `rank` out of its line."""
        line = self._lines[rank[3]]
        if line.head() != rank:
            line.remove(rank)
            return
        heads = self._heads
        del heads[bisect_left(heads, rank)]
        head = line.drop_head()
        if head is None:
            self.occupied ^= 1 << rank[3]
        else:
            insort(heads, head)

    def best(self, suits: int, row: bytearray) -> Rank | None:
        """Return the first rank of the lines that suit: as bits and, the same, as bytes."""
        hits = suits & self.occupied
        if not hits:
            return None
        if hits.bit_count() <= _FEW:
            return self._best_of_few(hits)
        for rank in self._heads:
            if row[rank[3]]:
                return rank
        return None

    def best_outside(self, suits: int, row: bytearray, skip: Container[str]) -> Rank | None:
        """As `best`, passing over the identifiers in `skip`."""
        if not suits & self.occupied:
            return None
        found: Rank | None = None
        for head in self._heads:
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
            head = self._lines[low.bit_length() - 1].head()
            if head is not None and (found is None or head < found):
                found = head
        return found
