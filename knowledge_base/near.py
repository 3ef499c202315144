"""Words near a mistyped one: known words that are one slip away, found without looking at all.

Two words are one slip apart only if leaving out at most one letter of each makes them equal, so
both are filed under everything they become by that (Garbe's symmetric deletes).
"""

from collections.abc import Iterator
from typing import Final

LONG_ENOUGH: Final = 4
"""In shorter words one slip makes another word."""
NEAREST: Final = 4


class NearWords:
    """The Latin words of a shelf, by what is left when a letter is lost."""

    def __init__(self) -> None:
        self._filed: dict[str, list[str]] = {}

    def add(self, word: str) -> None:
        """Know a word; to be called once for each."""
        if _is_spelt(word):
            for rest in _rests(word):
                self._filed.setdefault(rest, []).append(word)

    def near(self, word: str) -> list[str]:
        """Return known words one slip away: a letter wrong, missing, too many, or two swapped."""
        if not _is_spelt(word):
            return []
        met = {known for rest in _rests(word) for known in self._filed.get(rest, ())}
        return sorted(known for known in met if one_slip(word, known))[:NEAREST]


def one_slip(one: str, other: str) -> bool:
    """Whether two different words are one wrong, missing, extra or swapped letter apart."""
    if len(one) > len(other):
        one, other = other, one
    at = next((i for i, pair in enumerate(zip(one, other, strict=False)) if len({*pair}) > 1), None)
    if at is None:
        return len(other) - len(one) == 1
    if len(other) - len(one) == 1:
        return one[at:] == other[at + 1 :]
    if len(one) != len(other):
        return False
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return swapped or one[at + 1 :] == other[at + 1 :]


def _is_spelt(word: str) -> bool:
    return len(word) >= LONG_ENOUGH and word.isascii() and word.isalpha()


def _rests(word: str) -> Iterator[str]:
    yield word
    yield from {word[:at] + word[at + 1 :] for at in range(len(word))}
