"""The trained model as the assistant asks it: always an answer, in a thread, never blocking."""

import asyncio
from pathlib import Path

import structlog

from bot.engine.model import Guess, Model
from bot.engine.model_file import load
from hub.ports import Embedder

log = structlog.get_logger(__name__)


class Intents:
    """Tells the intent of a customer's words; None while no model is there."""

    def __init__(self, embedder: Embedder | None) -> None:
        self._embedder = embedder
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
