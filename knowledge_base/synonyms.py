"""Words that mean the same at this bank: who writes one of them means the others, too."""

from collections.abc import Iterable, Sequence

from knowledge_base.terms import terms

Phrase = tuple[str, ...]


class Synonyms:
    """Groups of phrases; a phrase is met when all its terms stand in the query."""

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        self._others: dict[str, list[tuple[Phrase, tuple[str, ...]]]] = {}
        for group in groups:
            phrases = [phrase for phrase in (tuple(terms(one)) for one in group) if phrase]
            for phrase in phrases:
                others = {term for other in phrases for term in other} - {*phrase}
                self._others.setdefault(phrase[0], []).append((phrase, tuple(sorted(others))))

    def of(self, wanted: Sequence[str]) -> set[str]:
        """Return the terms that the query means besides its own."""
        said = set(wanted)
        met = (pair for term in said for pair in self._others.get(term, ()))
        return {other for phrase, others in met if said.issuperset(phrase) for other in others}
