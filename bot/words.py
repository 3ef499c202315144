"""Which words of the menu a sentence contains, in English and Chinese alike."""

import re
import unicodedata
from collections.abc import Iterable

_SPACES = re.compile(r"[\s'’]+")
_EDGE = re.compile(r"[^\W_]", re.ASCII)
TEXT_MOST = 500
"""A longer sentence is read up to here."""


def normalise(text: str) -> str:
    """Return the text in one form: width, case, accents of ASCII letters' kin, single spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text[:TEXT_MOST]).casefold()).strip()


def longest_match(sentence: str, words: Iterable[str]) -> int:
    """Return the length of the longest of the words in a normalised sentence; 0 for none.

    English words match whole words only; Chinese is written without spaces and matches anywhere.
    """
    found = 0
    for word in words:
        if len(word) > found and _contains(sentence, word):
            found = len(word)
    return found


def _contains(sentence: str, word: str) -> bool:
    start = sentence.find(word)
    while start >= 0:
        end = start + len(word)
        if not (_cuts(sentence, start) or _cuts(sentence, end)):
            return True
        start = sentence.find(word, start + 1)
    return False


def _cuts(sentence: str, at: int) -> bool:
    """Whether a boundary here would cut an ASCII word in two."""
    if not 0 < at < len(sentence):
        return False
    return bool(_EDGE.match(sentence[at - 1]) and _EDGE.match(sentence[at]))
