"""Two models on the sentences that both have never seen: figures, confusions, what changed."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bot.engine.evaluate import figures
from bot.engine.model import Guess, Model
from bot.engine.train import Example
from hub.ports import Embedder

CHANGES_MOST: Final = 100
Figures = dict[str, Any]
"""What `measure` says of a model, as plain values."""
Monotonic = Callable[[], float]


def measure(
    model: Model, unseen: Sequence[Example], embedder: Embedder | None, now: Monotonic
) -> Figures:
    """Ask the model all sentences kept apart; returns figures and each answer in their order."""
    guesses: list[Guess] = []
    took: list[float] = []
    for one in unseen:
        began = now()
        guesses.append(model.classify(one.text, embedder))
        took.append((now() - began) * 1_000)
    told = [
        [guess.intent if guess.is_known else "", round(guess.probability, 3)] for guess in guesses
    ]
    return {**figures(unseen, guesses, took), "told": told, "unseen": name_of(unseen)}


def name_of(unseen: Sequence[Example]) -> str:
    """Return a name of the sentences: figures on others cannot be compared."""
    text = "\n".join(f"{one.intent}\t{one.text}" for one in unseen)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any], unseen: Sequence[Example]
) -> list[dict[str, Any]]:
    """Return the sentences whose answer is another now, those that got worse first.

    An empty intent is a sentence that was taken for none of our matters.
    """
    if before["unseen"] != after["unseen"] or after["unseen"] != name_of(unseen):
        return []
    found = []
    for one, was, now in zip(unseen, before["told"], after["told"], strict=True):
        if was[0] != now[0]:
            true = "" if one.intent in _OUTSIDE else one.intent
            found.append(
                {
                    "text": one.text, "intent": one.intent, "before": was[0], "after": now[0],
                    "is_better": now[0] == true, "is_worse": was[0] == true,
                }
            )  # fmt: skip
    return sorted(found, key=lambda one: not one["is_worse"])[:CHANGES_MOST]


_OUTSIDE: Final = frozenset({"out_of_scope", "nlu_fallback"})
