"""The opinion of sentence vectors: a linear head and the nearest examples together."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.engine import dense_head, nearest_head
from bot.engine.dense_head import DenseHead
from bot.engine.nearest_head import NearestHead
from bot.engine.softmax import log_softmax
from bot.engine.vocabulary import Floats, Integers

MANY: Final = 100.0
"""So many examples of an intent make its neighbours worth as much as its half space."""


@dataclass(frozen=True, slots=True)
class VectorHead:
    """Scores of the intents from the vector of a sentence."""

    linear: DenseHead
    nearest: NearestHead
    trust: float
    """Weight of the nearest: neighbours among few examples are there by chance."""

    def scores(self, vectors: Floats) -> Floats:
        """Return scores of one vector or of a table of them."""
        near = self.nearest.scores(vectors) * self.trust
        return np.asarray(log_softmax(self.linear.scores(vectors)) + near, np.float32)


def learn(vectors: Floats, labels: Integers, *, intents: int) -> VectorHead:
    """Return both heads, learned from the same vectors."""
    return VectorHead(
        dense_head.learn(vectors, labels, intents=intents),
        nearest_head.learn(vectors, labels, intents=intents),
        min(1.0, len(labels) / intents / MANY),
    )
