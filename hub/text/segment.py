"""Words of a text for search: the same cuts before indexing and before querying."""

import re
import unicodedata
from functools import cache
from typing import Final

import rjieba

_WORDLESS: Final = re.compile(r"[\W_]+")
_HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")


def tokens(text: str) -> list[str]:
    """Return the searchable words in reading order, folded in width and case.

    Chinese runs are cut for search, so that 信用卡 also yields 信用. Marks and spaces are gone;
    a word that occurs twice is returned twice, because ranking counts it.
    """
    folded = _WORDLESS.sub(" ", unicodedata.normalize("NFKC", text).casefold())
    if not _HAN.search(folded):
        return folded.split()
    return [word for word in rjieba.cut_for_search(folded) if word != " "]


@cache
def warm_up() -> None:
    """Load the dictionary now (about 0.3 s), so that no customer waits for it."""
    rjieba.cut_for_search("预热")
