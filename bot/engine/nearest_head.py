"""How near the nearest examples of each intent are: it helps where intents are no clean halves."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.engine.dense_head import centred
from bot.engine.vocabulary import Floats, Integers

NEAREST: Final = 3
SHARPNESS: Final = 15.0
"""Chosen by cross-validation, as is the number of neighbours."""
NOBODY: Final = -1.0
"""Stands for an example that an intent does not have: as far away as can be."""
AT_ONCE: Final = 256


@dataclass(frozen=True, slots=True)
class NearestHead:
    """Scores of the intents from the examples around the vector of a sentence."""

    mean: Floats
    examples: Floats
    """Centred, a row each."""
    members: Integers
    """Intents by places: rows of `examples`; one past the last row where there are fewer."""

    def scores(self, vectors: Floats) -> Floats:
        """Return scores of one vector or of a table of them."""
        seen = centred(np.atleast_2d(vectors), self.mean)
        parts = [self._near(seen[at : at + AT_ONCE]) for at in range(0, len(seen), AT_ONCE)]
        told = np.concatenate(parts) * SHARPNESS
        return np.asarray(told[0] if vectors.ndim == 1 else told, np.float32)

    def _near(self, seen: Floats) -> Floats:
        alike = seen @ self.examples.T
        nobody = np.full((len(seen), 1), NOBODY, np.float32)
        of_intents = np.concatenate([alike, nobody], axis=1)[:, self.members]
        most = min(NEAREST, of_intents.shape[2])
        nearest = np.partition(of_intents, -most, axis=2)[:, :, -most:]
        return np.asarray(nearest.mean(axis=2), np.float32)


def learn(vectors: Floats, labels: Integers, *, intents: int) -> NearestHead:
    """Return a head that remembers the vectors."""
    mean = vectors.mean(axis=0)
    of_intent = [np.flatnonzero(labels == intent) for intent in range(intents)]
    members = np.full((intents, max(map(len, of_intent))), len(labels), np.int32)
    for intent, rows in enumerate(of_intent):
        members[intent, : len(rows)] = rows
    return NearestHead(mean, centred(vectors, mean), members)
