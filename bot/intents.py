"""The trained model as the assistant asks it: always an answer, in a thread, never blocking."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog

from bot.engine.model import Guess, Model
from bot.engine.model_file import load
from hub.ports import Embedder

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

LATIN_READ: Final = 256
HAN_READ: Final = 64
"""Characters of a message whose meaning is weighed: a Chinese character or a picture costs the
model a millisecond, as much as four Latin letters, and all customers wait for one model."""
log = structlog.get_logger(__name__)


class Intents:
    """Tells the intent of a customer's words; None while no model is there."""

    def __init__(self, embedder: Embedder | None) -> None:
        self._embedder = _Beginnings(embedder) if embedder else None
        self._model: Model | None = None

    @property
    def embedded(self) -> "Intents":
        """Itself: no other engine stands before it."""
        return self

    @property
    def model(self) -> Model | None:
        """The model in use."""
        return self._model

    def use(self, model: Model) -> None:
        """Answer by this model from now on; words being weighed keep the old one."""
        self._model = model
        log.info("bot_model_in_use", version=model.version, vectors=model.vectors is not None)

    async def open(self, file: Path, version: str) -> bool:
        """Take this version of the model from a file; False when it cannot be read there."""
        model = await asyncio.to_thread(load, file)
        if model is None or model.version != version:
            return False
        self.use(model)
        return True

    async def guess(self, text: str) -> Guess | None:
        """Return what the words are taken for; without vectors if those break."""
        model = self._model
        if model is None:
            return None
        try:
            return await asyncio.to_thread(model.classify, text, self._embedder)
        except Exception:  # the customer is answered by n-grams; the operator gets the trace
            log.exception("bot_vectors_failed")
            return model.classify(text, None)


class _Beginnings:
    """An `Embedder` that reads no more of a message than fits its time."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self._embedder = embedder.name, embedder

    def vectors(self, sentences: Sequence[str]) -> "npt.NDArray[np.float32]":
        """Return the vectors of the beginnings."""
        return self._embedder.vectors([_beginning(one) for one in sentences])


def _beginning(text: str) -> str:
    room = LATIN_READ
    for at, character in enumerate(text):
        room -= 1 if character.isascii() else LATIN_READ // HAN_READ
        if room < 0:
            return text[:at]
    return text
