"""A trained model: a sentence goes in, a ranking of intents with honest probabilities comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bot.engine.sparse_head import SparseHead
from bot.engine.vector_head import VectorHead
from bot.engine.verdict import Verdict
from bot.engine.vocabulary import Floats, Vocabulary
from hub.ports import Embedder

RANKED = 3


class Guess(NamedTuple):
    """What a sentence is taken for."""

    intent: str
    probability: float
    is_known: bool
    """False: none of the intents is likely enough."""
    ranking: tuple[tuple[str, float], ...]
    by: str
    """`ngrams` or `both`: who decided."""


@dataclass(frozen=True, slots=True)
class Model:
    """Both heads, or the n-grams alone where there are no vectors."""

    version: str
    intents: tuple[str, ...]
    outside: frozenset[str]
    """Intents that are none of our matters, such as `out_of_scope`."""
    vocabulary: Vocabulary
    grams: SparseHead
    vectors: VectorHead | None
    verdict: Verdict
    report: Mapping[str, float]
    """What cross-validation said when it was trained."""

    def classify(self, sentence: str, embedder: Embedder | None) -> Guess:
        """Return the best guess; vectors are computed only where n-grams are not sure."""
        row = self.vocabulary.row(sentence)
        if not len(row.columns) and embedder is None:
            return Guess("", 0.0, False, (), "ngrams")
        scores = self.grams.scores(row)
        quick = self.verdict.alone(scores)
        if self.vectors is None or embedder is None:
            return self._guess(quick, self.verdict.known_least_alone, "ngrams")
        if quick.max() >= self.verdict.alone_least:
            return self._guess(quick, self.verdict.known_least, "ngrams")
        vector = embedder.vectors([sentence])[0]
        told = self.verdict.both(scores, self.vectors.scores(vector))
        return self._guess(told, self.verdict.known_least, "both")

    def table(self, sentences: Sequence[str], vectors: Floats | None) -> Floats:
        """Return probabilities of many sentences by all that the model has, a row each."""
        scores = self.grams.table(self.vocabulary.rows(sentences))
        if self.vectors is None or vectors is None:
            return self.verdict.alone(scores)
        return self.verdict.both(scores, self.vectors.scores(vectors))

    def _guess(self, told: Floats, floor: float, by: str) -> Guess:
        order = np.argsort(-told, kind="stable")[:RANKED]
        ranking = tuple((self.intents[one], float(told[one])) for one in order)
        intent, probability = ranking[0]
        is_known = intent not in self.outside and probability >= floor
        return Guess(intent, probability, is_known, ranking, by)
