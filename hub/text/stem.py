"""English endings cut off, lightly: cards, carded and carding are one word to search."""

from typing import Final

_VOWELS: Final = frozenset("aeiouy")
_SHORTEST: Final = 3
"""A stem keeps so many letters and one vowel: `bring` and `sing` stay whole."""


def stem(word: str) -> str:
    """Return the stem of a folded word; what is not plain Latin letters comes back as it is."""
    if len(word) <= _SHORTEST or not word.isascii() or not word.isalpha():
        return word
    word = _without_plural(word)
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) >= _SHORTEST and not _VOWELS.isdisjoint(root):
            return _without_e(_undouble(root))
    return _without_e(word)


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _undouble(root: str) -> str:
    is_double = root[-1] == root[-2] and root[-1] not in "aeiouls"
    return root[:-1] if is_double else root


def _without_e(word: str) -> str:
    """Return `charge` and `charging` as one."""
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST else word
