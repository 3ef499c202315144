"""Probabilities from scores, and scores from probabilities."""

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.floating]


def log_softmax(scores: Table) -> Table:
    """Return the logarithms of the probabilities, row by row."""
    lowered = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(lowered - np.log(np.exp(lowered).sum(axis=-1, keepdims=True)))


def softmax(scores: Table) -> Table:
    """Return the probabilities, row by row."""
    return np.exp(log_softmax(scores))
