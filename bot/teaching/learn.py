"""What the process that trains does: learn with taught sentences, measure, tell how far it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from bot.definition.values import Definition
from bot.engine.kept_vectors import KeptVectors
from bot.engine.model import Model
from bot.engine.model_file import load, save
from bot.engine.train import FOLDS, Example, train, version_of
from bot.engine.vocabulary import Floats
from bot.teaching.compare import Figures, Monotonic, measure
from bot.teaching.sentences import examples_with, taught_in
from hub.ports import Embedder

AT_ONCE: Final = 200
"""Sentences between two words of progress."""
Say = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """Models of one definition, in one folder."""

    definition: Definition
    embedder: Embedder | None
    kept: KeptVectors | None
    """The same, remembering the vectors of sentences that are learned from and measured with."""
    folder: Path
    now: Monotonic
    shipped: Path | None = None
    """The model of the files, where one lies beside them."""

    def learn(
        self, document: Mapping[str, Any], unseen: Sequence[Example], against: str, say: Say
    ) -> None:
        """Train where the model is not there yet, measure on `unseen`; the last word is the result.

        `against` is a version that is measured too, where it is kept.
        """
        examples = examples_with(self.definition, taught_in(document))
        version = version_of(examples, self.embedder)
        began = self.now()
        model = self._model(version)
        new = self._new([one.text for one in (*(() if model else examples), *unseen)])
        of = len(new) + FOLDS + 2
        for at, part in enumerate(new):
            say({"done": at, "of": of})
            self._remember(part)
        if model is None:
            model = train(
                examples,
                self.kept,
                told=lambda done, _: say({"done": len(new) + done, "of": of}),
            )
            save(model, self._file(version))
        seconds = round(self.now() - began, 3)
        result: dict[str, Any] = {"version": version, "train_seconds": seconds}
        result["cross_validation"] = dict(model.report)
        at_hand = _AtHand(self.kept, [one.text for one in unseen]) if self.kept and unseen else None
        result["figures"] = measure(model, unseen, at_hand, self.now) if unseen else {}
        other = self._model(against) if unseen and against and against != version else None
        if other is not None:
            figures: Figures = measure(other, unseen, at_hand, self.now)
            result["against"] = {"version": against, "figures": figures}
        say(result)

    def _new(self, sentences: Sequence[str]) -> list[list[str]]:
        """Return in parts what has no vector yet; making them takes longest."""
        missing = self.kept.missing(sentences) if self.kept else []
        return [missing[at : at + AT_ONCE] for at in range(0, len(missing), AT_ONCE)]

    def _remember(self, sentences: Sequence[str]) -> None:
        if self.kept is not None:
            self.kept.vectors(sentences)

    def _model(self, version: str) -> Model | None:
        model = load(self._file(version))
        if model is None and self.shipped is not None:
            model = load(self.shipped)
        return model if model is not None and model.version == version else None

    def _file(self, version: str) -> Path:
        return self.folder / f"model-{version}.npz"


class _AtHand:
    """An `Embedder` over vectors that were computed at once."""

    def __init__(self, embedder: Embedder, sentences: Sequence[str]) -> None:
        self.name = embedder.name
        self._vectors = dict(zip(sentences, embedder.vectors(sentences), strict=True))

    def vectors(self, sentences: Sequence[str]) -> Floats:
        """Return the vectors of sentences that were named at the beginning."""
        return np.stack([self._vectors[one] for one in sentences])
