"""Two heads become one answer: their weights, an honest probability, and when one head is enough.

All of it is chosen on sentences that the heads did not learn from (cross-validation).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.engine.softmax import log_softmax, softmax
from bot.engine.vocabulary import FEW_SENTENCES, Floats, Integers

SHARE: Final = 0.35
"""Weight of the n-grams' opinion beside that of the vectors; best for few examples and for many."""
SHARPNESSES: Final = tuple(float(one) for one in np.geomspace(0.25, 8, 41))
LOSS_MOST: Final = 0.0005
"""Share of all sentences that may be told worse for an answer from n-grams alone."""
REJECTED_MOST: Final = 0.02
"""Share of customers' matters that may be taken for none."""
GUESS_LEAST: Final = 0.4
"""Nobody acts on a guess that is likelier wrong than not; costs one matter in a hundred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How scores become an answer."""

    sharpness: float = 1.0
    """Both opinions are sharpened by it; below 1 they were too sure."""
    alone_sharpness: float = 1.0
    """The same for n-grams alone."""
    alone_least: float = 1.1
    """From this probability on the n-grams alone are believed; over 1: never."""
    known_least: float = 0.0
    """Below this probability a sentence is none of our matters."""
    known_least_alone: float = 0.0
    """The same where there are only n-grams."""

    def alone(self, grams: Floats) -> Floats:
        """Return probabilities from the scores of n-grams."""
        return softmax(grams * self.alone_sharpness).astype(np.float32)

    def both(self, grams: Floats, vectors: Floats) -> Floats:
        """Return probabilities from the scores of both heads."""
        return softmax(_joined(grams, vectors) * self.sharpness).astype(np.float32)


def alone_verdict(grams: Floats, labels: Integers, outside: frozenset[int]) -> Verdict:
    """Choose for n-grams without vectors."""
    sharpness = _sharpest(log_softmax(grams), labels)
    told = softmax(grams * sharpness)
    return Verdict(
        alone_sharpness=sharpness,
        alone_least=0.0,
        known_least_alone=_known_least(told, labels, outside),
    )


def joint_verdict(
    grams: Floats, vectors: Floats, labels: Integers, outside: frozenset[int]
) -> Verdict:
    """Choose for both heads; `outside` are the intents that are none of our matters."""
    alone = alone_verdict(grams, labels, outside)
    scores = _joined(grams, vectors)
    sharpness = _sharpest(scores, labels)
    told = softmax(scores * sharpness)
    quick = softmax(grams * alone.alone_sharpness)
    return Verdict(
        sharpness=sharpness,
        alone_sharpness=alone.alone_sharpness,
        alone_least=_alone_least(quick, told, labels),
        known_least=_known_least(told, labels, outside),
        known_least_alone=alone.known_least_alone,
    )


def calibration_error(told: Floats, is_right: Iterable[bool], *, parts: int = 15) -> float:
    """Return the mean gap between probability and truth (Guo et al. 2017), as a share."""
    sure, right = told.max(axis=1), np.fromiter(is_right, np.float64)
    part = np.minimum((sure * parts).astype(int), parts - 1)
    gaps = (
        abs(right[part == one].mean() - sure[part == one].mean()) * (part == one).mean()
        for one in np.unique(part)
    )
    return float(sum(gaps))


def _joined(grams: Floats, vectors: Floats) -> Floats:
    return np.asarray(log_softmax(vectors) + SHARE * log_softmax(grams), np.float32)


def _sharpest(scores: Floats, labels: Integers) -> float:
    return min(SHARPNESSES, key=lambda one: _loss(scores * one, labels))


def _loss(scores: Floats, labels: Integers) -> float:
    return -float(log_softmax(scores)[np.arange(len(labels)), labels].mean())


def _alone_least(quick: Floats, told: Floats, labels: Integers) -> float:
    """Return the least probability from which n-grams alone lose next to nothing."""
    if len(labels) < FEW_SENTENCES:
        return 1.1  # too few to be sure of sureness
    lost = (told.argmax(axis=1) == labels).astype(int) - (quick.argmax(axis=1) == labels)
    order = np.argsort(-quick.max(axis=1), kind="stable")
    running = np.maximum.accumulate(np.cumsum(lost[order])) / len(labels)
    enough = int(np.searchsorted(running, LOSS_MOST, side="right"))
    return float(quick.max(axis=1)[order[enough - 1]]) if enough else 1.1


def _known_least(told: Floats, labels: Integers, outside: frozenset[int]) -> float:
    """Return the highest floor under which few of the customers' own matters fall."""
    ours = ~np.isin(labels, list(outside))
    rejected = np.isin(told.argmax(axis=1), list(outside))
    sure = np.where(rejected, 0.0, told.max(axis=1))[ours]
    few = float(np.quantile(sure, REJECTED_MOST)) if len(sure) else 0.0
    return max(few, GUESS_LEAST)
