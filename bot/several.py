"""Several wishes in one sentence: kept apart by what each is taken for, taken up in their order."""

from dataclasses import replace

from bot.definition.values import Definition
from bot.dialogue.mind import Mind
from bot.dialogue.talk import Heard
from bot.dialogue.wishes import are_several, parts
from bot.engine.model import Guess
from bot.engines import TellsIntents


class SeveralWishes:
    """Asks what the parts of a sentence are taken for."""

    def __init__(self, definition: Definition, intents: TellsIntents) -> None:
        self._definition, self._intents = definition, intents

    async def are_in(self, text: str) -> bool:
        """Whether a sentence that is no matter as a whole asks for several."""
        return await self._first_of(parts(text)) is not None

    async def _first_of(self, said: list[str]) -> Guess | None:
        """Return what the first part is taken for, where each part is a matter of its own."""
        if len(said) < 2:
            return None
        guesses = [await self._intents.guess(one) for one in said]
        return guesses[0] if are_several(self._definition, guesses) else None

    async def keep(self, mind: Mind, heard: Heard) -> tuple[Mind, Heard]:
        """Keep what else a sentence asks for; returns the first wish as what is heard."""
        said = parts(heard.text) if heard.text and not mind.is_busy else []
        first = await self._first_of(said)
        if first is None:
            return mind, heard
        wish = replace(heard, text=said[0], intent=first.intent, probability=first.probability)
        return replace(mind, later=tuple(said[1:])), wish

    async def next_of(self, mind: Mind, heard: Heard) -> tuple[Mind, Heard | None]:
        """Return the next wish as if it had been said alone; None when there is no more."""
        while mind.later:
            text, mind = mind.later[0], replace(mind, later=mind.later[1:])
            guess = await self._intents.guess(text)
            if guess is not None and guess.intent in self._definition.rules:
                wish = replace(
                    heard, text=text, choice="", result=None, intent=guess.intent,
                    probability=guess.probability,
                )  # fmt: skip
                return mind, wish
        return mind, None
