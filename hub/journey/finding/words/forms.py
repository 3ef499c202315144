"""The forms under which a talk is found: index and query cut text by the same functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hub.customers.search.forms import Form, han_pairs
from hub.text.fold import HAN, fold_words, words
from hub.text.simplified import simplified
from hub.text.stem import stem

TEXT_MOST: Final = 100_000
"""Characters of one Message that are cut; what lies behind is found by reading it."""
FORMS_MOST: Final = 3_000
"""Different words of one Contact, the first ones said."""
WORD_MOST: Final = 40
TERMS_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody typed: stems of words, and runs of Han characters."""

    stems: frozenset[str]
    runs: frozenset[str]

    @property
    def forms(self) -> list[Form]:
        """Return all forms that a Contact must have, as the index has them."""
        return self._all_forms[:TERMS_MOST]

    @property
    def is_exact(self) -> bool:
        """Whether who has all forms has the words: pairs of a longer run may stand apart."""
        return len(self._all_forms) <= TERMS_MOST and all(len(run) == 2 for run in self.runs)

    @property
    def _all_forms(self) -> list[Form]:
        pairs = {pair for run in self.runs for pair in han_pairs(run)}
        found = [("said", one) for one in sorted(self.stems)]
        return [*found, *(("said_han", pair) for pair in sorted(pairs))]

    @property
    def is_indexed(self) -> bool:
        """Whether the index can tell: not of a single character, which is no word in it."""
        return bool(self.stems or self.runs) and all(len(run) > 1 for run in self.runs)

    def is_in(self, texts: Iterable[str]) -> bool:
        """Tell whether all of it was said in these texts together."""
        spoken = "\n".join(_plain(text) for text in texts)
        if not all(run in spoken for run in self.runs):
            return False
        return self.stems <= {stem(word) for word in words(spoken)} if self.stems else True


def wanted(typed: str) -> Wanted:
    """Cut what was typed into the search box."""
    cut = words(_plain(typed))
    return Wanted(
        stems=frozenset(stem(word[:WORD_MOST]) for word in cut if not HAN.match(word)),
        runs=frozenset(word for word in cut if HAN.match(word)),
    )


def forms_of(texts: Iterable[str]) -> set[Form]:
    """Return every form of a talk: stems of its words, pairs of its Han characters."""
    found: dict[Form, None] = {}
    for text in texts:
        for word in words(_plain(text[:TEXT_MOST])):
            if HAN.match(word):
                found.update(dict.fromkeys(("said_han", pair) for pair in han_pairs(word)))
            else:
                found["said", stem(word[:WORD_MOST])] = None
        if len(found) > FORMS_MOST:
            break
    return set(list(found)[:FORMS_MOST])


def _plain(text: str) -> str:
    return simplified(fold_words(text))
