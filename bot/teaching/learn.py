"""What the process that trains does: learn with taught sentences, measure, tell how far it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from bot.definition.values import Definition
from bot.engine.model_file import load, save
from bot.engine.train import FOLDS, Example, train, version_of
from bot.engine.vocabulary import Floats
from bot.teaching.compare import Figures, Monotonic, measure
from bot.teaching.sentences import examples_with, taught_in
from hub.ports import Embedder

AT_ONCE: Final = 100
"""Sentences between two words of progress."""
Say = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """Models of one definition, in one folder."""

    definition: Definition
    embedder: Embedder | None
    kept: Embedder | None
    """The same, remembering the vectors of sentences that are learned from."""
    folder: Path
    now: Monotonic

    def learn(
        self, document: Mapping[str, Any], unseen: Sequence[Example], against: str, say: Say
    ) -> None:
        """Train where the model is not there yet, measure on `unseen`; the last word is the result.

        `against` is a version that is measured too, where it is kept.
        """
        examples = examples_with(self.definition, taught_in(document))
        version = version_of(examples, self.embedder)
        began = self.now()
        model = load(self._file(version))
        parts = [unseen[at : at + AT_ONCE] for at in range(0, len(unseen), AT_ONCE)]
        steps = FOLDS + 2
        of = steps + len(parts)
        if model is None:
            model = train(examples, self.kept, told=lambda done, _: say({"done": done, "of": of}))
            save(model, self._file(version))
        seconds = round(self.now() - began, 3)
        result: dict[str, Any] = {"version": version, "train_seconds": seconds}
        result["cross_validation"] = dict(model.report)
        at_hand = _AtHand(self.kept) if self.kept else None
        for at, part in enumerate(parts):
            if at_hand:
                at_hand.take([one.text for one in part])
            say({"done": steps + at, "of": of})
        result["figures"] = measure(model, unseen, at_hand, self.now) if unseen else {}
        other = load(self._file(against)) if unseen and against and against != version else None
        if other is not None:
            figures: Figures = measure(other, unseen, at_hand, self.now)
            result["against"] = {"version": against, "figures": figures}
        say(result)

    def _file(self, version: str) -> Path:
        return self.folder / f"model-{version}.npz"


class _AtHand:
    """An `Embedder` over vectors that were computed before."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self._embedder = embedder.name, embedder
        self._vectors: dict[str, Floats] = {}

    def take(self, sentences: Sequence[str]) -> None:
        """Compute some."""
        found = self._embedder.vectors(sentences)
        self._vectors.update(zip(sentences, found, strict=True))

    def vectors(self, sentences: Sequence[str]) -> Floats:
        """Return vectors of sentences that were taken."""
        return np.stack([self._vectors[one] for one in sentences])
