"""The pieces of a sentence that a linear head weighs: words, pairs of words, letters in words.

Chinese is written without spaces, so a run of Han characters gives its characters, pairs and
triples; no dictionary is needed and none can be wrong.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from hub.text.fold import HAN

TEXT_MOST: Final = 1_000
"""A longer sentence is read up to here: no customer's matter needs more to be recognised."""
LETTERS: Final = (2, 5)
CHARACTERS: Final = (1, 3)
WHOLE: Final = "="
"""Marks a piece that is a word, a pair of words or a Han piece; others are letters."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_DIGITS: Final = re.compile(r"\d")


def clean(text: str) -> str:
    """Return the text as it is weighed: one width and case, single spaces, not too long."""
    folded = unicodedata.normalize("NFKC", text[:TEXT_MOST]).casefold()
    return " ".join(folded.split())


def pieces(text: str) -> Iterator[str]:
    """Yield the pieces of a sentence; one that occurs twice is yielded twice."""
    found = [_DIGITS.sub("0", word) for word in _words(clean(text))]
    for word in found:
        yield WHOLE + word
        if HAN.match(word):
            yield from _runs(word, *CHARACTERS)
        else:
            yield from _letters(word)
    for one, other in pairwise(found):
        yield f"{WHOLE}{one} {other}"


def _words(cleaned: str) -> Iterator[str]:
    """Words in order; a Han run is a word of its own."""
    for word in _WORD.findall(cleaned):
        at = 0
        for run in HAN.finditer(word):
            if word[at : run.start()]:
                yield word[at : run.start()]
            yield run.group()
            at = run.end()
        if word[at:]:
            yield word[at:]


def _letters(word: str) -> Iterator[str]:
    padded = f" {word} "
    least, most = LETTERS
    for length in range(least, most + 1):
        if len(padded) <= length:
            yield padded
            return
        for at in range(len(padded) - length + 1):
            yield padded[at : at + length]


def _runs(word: str, least: int, most: int) -> Iterator[str]:
    for length in range(least, min(most, len(word)) + 1):
        for at in range(len(word) - length + 1):
            yield WHOLE + word[at : at + length]
