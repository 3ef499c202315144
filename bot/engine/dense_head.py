"""A linear head over sentence vectors: logistic regression by limited-memory BFGS.

The vectors of one model crowd in a narrow cone; they are moved to their mean and stretched before
the head sees them.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.engine.softmax import log_softmax
from bot.engine.vocabulary import Floats, Integers

STRENGTH: Final = 30.0
"""Inverse of the penalty on weights, chosen by cross-validation."""
ROUNDS: Final = 60
MEMORY: Final = 10
HALVINGS: Final = 20
ENOUGH: Final = 1e-6
ARMIJO: Final = 1e-4
Slope = Callable[[Floats], tuple[float, Floats]]


@dataclass(frozen=True, slots=True)
class DenseHead:
    """Scores of the intents from the vector of a sentence."""

    mean: Floats
    weights: Floats
    bias: Floats

    def scores(self, vectors: Floats) -> Floats:
        """Return scores of one vector or of a table of them."""
        return np.asarray(centred(vectors, self.mean) @ self.weights + self.bias, np.float32)


def centred(vectors: Floats, mean: Floats) -> Floats:
    """Return vectors as seen from the mean, each of length one."""
    moved = vectors - mean
    length = np.linalg.norm(moved, axis=-1, keepdims=True)
    return np.asarray(moved / np.maximum(length, 1e-12), np.float32)


def learn(vectors: Floats, labels: Integers, *, intents: int) -> DenseHead:
    """Return a head that tells the labels of the vectors."""
    mean = vectors.mean(axis=0)
    seen = centred(vectors, mean)
    width = seen.shape[1]
    wanted = np.zeros((len(labels), intents), np.float32)
    wanted[np.arange(len(labels)), labels] = 1
    penalty = 1 / (STRENGTH * len(labels))

    def slope(at: Floats) -> tuple[float, Floats]:
        weights, bias = at[: width * intents].reshape(width, intents), at[width * intents :]
        told = log_softmax(seen @ weights + bias)
        loss = -float((told * wanted).sum(dtype=np.float64)) / len(labels)
        loss += penalty / 2 * float(np.square(weights).sum(dtype=np.float64))
        wrong = (np.exp(told) - wanted) / np.float32(len(labels))
        down = (seen.T @ wrong + np.float32(penalty) * weights).ravel()
        return loss, np.concatenate([down, wrong.sum(axis=0)]).astype(np.float32)

    best = lowest(slope, np.zeros((width + 1) * intents, np.float32))
    weights = best[: width * intents].reshape(width, intents)
    return DenseHead(mean, weights.copy(), best[width * intents :].copy())


def lowest(slope: Slope, at: Floats) -> Floats:
    """Return where a smooth convex function is lowest, near enough (Nocedal & Wright, 7.4)."""
    value, down = slope(at)
    kept: deque[tuple[Floats, Floats]] = deque(maxlen=MEMORY)
    for _ in range(ROUNDS):
        way = _way(down, kept)
        step, along = 1.0, float(down @ way)
        for _ in range(HALVINGS):
            there = at - np.float32(step) * way
            new_value, new_down = slope(there)
            if new_value <= value - ARMIJO * step * along:
                break
            step /= 2
        else:
            return at
        if float((there - at) @ (new_down - down)) > SMALLEST:
            kept.append((there - at, new_down - down))
        gained, at, value, down = value - new_value, there, new_value, new_down
        if gained < ENOUGH * max(1.0, abs(value)):
            break
    return at


SMALLEST: Final = 1e-12


def _way(down: Floats, kept: deque[tuple[Floats, Floats]]) -> Floats:
    way = down.copy()
    if not kept:
        return np.asarray(way * (10 / max(SMALLEST, float(np.abs(down).sum()))), np.float32)
    shares = []
    for moved, turned in reversed(kept):
        share = (moved @ way) / (turned @ moved)
        shares.append(share)
        way -= share * turned
    moved, turned = kept[-1]
    way *= (moved @ turned) / (turned @ turned)
    for (moved, turned), share in zip(kept, reversed(shares), strict=True):
        way += moved * (share - (turned @ way) / (turned @ moved))
    return way
