"""How good a model is on sentences it has not seen: figures as plain values, for JSON."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from bot.engine.model import Guess, Model
from bot.engine.train import OUTSIDE, Example
from bot.engine.verdict import calibration_error
from hub.ports import Embedder

CONFUSIONS_MOST: Final = 50
Monotonic = Callable[[], float]


def evaluate(
    model: Model, examples: Sequence[Example], embedder: Embedder | None, now: Monotonic
) -> dict[str, Any]:
    """Classify each sentence as a customer's would be; durations in milliseconds.

    Sentences marked as out of scope are measured apart: `rejected` of them is the recall, and
    `false_rejections` is the share of the others that were taken for none of our matters.
    """
    took, guesses = [], []
    for one in examples:
        began = now()
        guesses.append(model.classify(one.text, embedder))
        took.append((now() - began) * 1_000)
    return figures(examples, guesses, took)


def figures(
    examples: Sequence[Example], guesses: Sequence[Guess], took: Sequence[float]
) -> dict[str, Any]:
    """Return what guesses are worth, whoever made them; `took` in milliseconds each."""
    pairs = list(zip(examples, guesses, strict=True))
    right = [guess.intent == one.intent for one, guess in pairs]
    ours = [guess for one, guess in pairs if one.intent not in OUTSIDE]
    strange = [guess for one, guess in pairs if one.intent in OUTSIDE]
    inside = [ok for (one, _), ok in zip(pairs, right, strict=True) if one.intent not in OUTSIDE]
    sure = np.array([[guess.probability] for guess in guesses], np.float32)
    wrong = Counter(
        (one.intent, guess.intent) for one, guess in pairs if guess.intent != one.intent
    )
    told: dict[str, Any] = {
        "examples": len(examples),
        "accuracy": round(float(np.mean(inside or right)), 5),
        "calibration_error": round(calibration_error(sure, right), 5),
        "latency_p50_ms": round(float(np.percentile(took, 50)), 3),
        "latency_p99_ms": round(float(np.percentile(took, 99)), 3),
        "answered_by_ngrams": round(float(np.mean([g.by == "ngrams" for g in guesses])), 4),
        "confusions": [
            {"is": true, "taken_for": taken, "times": times}
            for (true, taken), times in wrong.most_common(CONFUSIONS_MOST)
        ],
    }
    if strange:
        told["rejected"] = round(float(np.mean([not guess.is_known for guess in strange])), 5)
        told["false_rejections"] = round(float(np.mean([not g.is_known for g in ours])), 5)
    return told
