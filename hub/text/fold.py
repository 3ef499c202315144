"""One spelling for search: width, case and accents gone, letters of every script kept."""

import re
import unicodedata
from typing import Final

from hub.text.digits import normalise_digits

HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]+")
_WORD: Final = re.compile(r"[^\W_]+")
_STROKES: Final = str.maketrans("łøđħŧı", "lodhti", "'’ʼ")
"""Letters with a stroke are no letter with an accent to Unicode; O'Neil is written ONeil, too."""


def fold(text: str) -> str:
    """Return the text as it is compared: NFKC, no accents, no case, ASCII digits.

    Half a surrogate pair, which no store takes, becomes a question mark.
    """
    return normalise_digits(fold_words(text))


def fold_words(text: str) -> str:
    """Return the same with Chinese numerals as they are: 一 is part of words (一样, 统一)."""
    valid = text.encode("utf-8", "replace").decode()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", valid).casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return unicodedata.normalize("NFKC", bare).casefold().translate(_STROKES)


def words(folded: str) -> list[str]:
    """Return the words of a folded text in order; a Han run is a word of its own."""
    found: list[str] = []
    for word in _WORD.findall(folded):
        at = 0
        for run in HAN.finditer(word):
            found += [part for part in (word[at : run.start()], run.group()) if part]
            at = run.end()
        if word[at:]:
            found.append(word[at:])
    return found
