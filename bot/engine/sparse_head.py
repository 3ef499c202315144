"""A linear head over n-grams: multinomial logistic regression, learned in small steps.

AdaGrad by rows of the weights: a rare piece learns as fast as a common one. The same seed gives
the same weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.engine.softmax import softmax
from bot.engine.vocabulary import Floats, Integers, Row, gathered

STEP: Final = 0.5
ROUNDS: Final = 9
AT_ONCE: Final = 256
SMALL: Final = 1e-8
BIAS_SHARE: Final = 0.1


@dataclass(frozen=True, slots=True)
class SparseHead:
    """Scores of the intents from the pieces of a sentence."""

    weights: Floats
    """Columns by intents."""
    bias: Floats

    def scores(self, row: Row) -> Floats:
        """Return a score per intent."""
        return np.asarray(row.weights @ self.weights[row.columns] + self.bias, np.float32)

    def table(self, rows: Sequence[Row]) -> Floats:
        """Return scores of sentences, a row each."""
        return np.stack([self.scores(row) for row in rows])


def learn(
    rows: Sequence[Row], labels: Integers, *, columns: int, intents: int, seed: int
) -> SparseHead:
    """Return a head that tells the labels of the rows."""
    chance = np.random.default_rng(seed)
    weights = np.zeros((columns, intents), np.float32)
    moved = np.full((columns, 1), SMALL, np.float32)
    bias = np.zeros(intents, np.float32)
    at_once = min(AT_ONCE, max(16, len(rows) // 16))
    for _ in range(ROUNDS):
        order = chance.permutation(len(rows))
        for begin in range(0, len(rows), at_once):
            chosen = order[begin : begin + at_once]
            used, table = gathered([rows[one] for one in chosen])
            wrong = softmax(table @ weights[used] + bias)
            wrong[np.arange(len(chosen)), labels[chosen]] -= 1
            wrong /= len(chosen)
            slope = table.T @ wrong
            moved[used] += np.square(slope).sum(axis=1, keepdims=True)
            weights[used] -= STEP * slope / np.sqrt(moved[used])
            bias -= STEP * BIAS_SHARE * wrong.sum(axis=0)
    return SparseHead(weights, bias)
