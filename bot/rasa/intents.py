"""What Rasa's own model takes words for; while Rasa is away, what the embedded one does."""

from typing import Final

from bot.definition.values import FALLBACK
from bot.engine.model import RANKED, Guess
from bot.intents import Intents
from bot.rasa.client import RasaAway, RasaClient
from bot.rasa.understood import LONGEST

OUTSIDE: Final = frozenset({FALLBACK, "out_of_scope", ""})
"""Intents that are none of our matters."""


class RasaIntents:
    """`bot.engines.TellsIntents` by Rasa."""

    def __init__(self, rasa: RasaClient, embedded: Intents) -> None:
        self._rasa, self._embedded = rasa, embedded

    @property
    def embedded(self) -> Intents:
        """Our own model, which answers while Rasa is away."""
        return self._embedded

    async def guess(self, text: str) -> Guess | None:
        """Return the best guess; words without a letter or digit are no matter of ours."""
        words = text.strip().lstrip("/ ")[:LONGEST]
        if not any(one.isalnum() for one in words):
            return Guess("", 0.0, False, (), "rasa")
        try:
            told = await self._rasa.parse(words)
        except RasaAway:
            return await self._embedded.guess(text)
        best = told.get("intent") or {}
        ranking = tuple(
            (str(one["name"]), float(one["confidence"]))
            for one in (told.get("intent_ranking") or ())[:RANKED]
        )
        intent = str(best.get("name") or "")
        return Guess(
            intent, float(best.get("confidence", 0)), intent not in OUTSIDE, ranking, "rasa"
        )
