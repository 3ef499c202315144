"""The shell: `SelfService` by the assistant, with the menu in front of it and behind it.

Choices of the menu are the menu's. Words go to the assistant when it is in an errand or knows
what they mean; the menu takes all others, as it does while no model is trained.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

from bot.definition.values import Definition
from bot.dialogue.mind import Mind
from bot.dialogue.off import give_up, matters, refuse, stopped
from bot.dialogue.talk import Heard as Words
from bot.dialogue.turn import CODE, PERSON
from bot.engine.model import Guess
from bot.engines import Talks, TellsIntents
from bot.noting import Turned, noted
from bot.rule_bot import RuleBot
from bot.several import SeveralWishes
from hub.domain.steps import Ask, Finish, HandOff, Heard, Say, Step
from hub.domain.steps import Do as Errand
from hub.domain.steps import Menu as Choices
from hub.ports import Clock, SelfServiceContact

KEPT: Final = "talk"
"""Where the assistant's mind lies in the state, beside the menu's."""
LANGUAGES: Final = ("en", "zh")


class Assistant:
    """`hub.ports.SelfService` from a definition and an engine."""

    def __init__(
        self,
        definition: Definition,
        intents: TellsIntents,
        talk: Talks,
        menu: RuleBot,
        clock: Clock,
        zone: tzinfo,
    ) -> None:
        """`zone` is the bank's: what `yesterday` means is its day."""
        self.definition, self.intents, self._talk = definition, intents, talk
        self._menu, self._clock, self._zone = menu, clock, zone
        self._several = SeveralWishes(definition, intents)
        self._matters = matters(definition)

    @property
    def person_queue(self) -> str:
        """The queue of who asks for a person before it is known what about."""
        return self._menu.person_queue

    async def turn(
        self, contact: SelfServiceContact, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]]:
        """Answer one turn."""
        menu_state = {name: value for name, value in state.items() if name != KEPT}
        if contact.off.everything and heard.result is None:
            return await self._step_aside(state, heard)
        mind = Mind.from_state(state.get(KEPT, {}))
        words, guess = await self._words(contact, mind, menu_state, heard)
        if words is None:
            return await self._menu_turn(contact, menu_state, heard, guess)
        language = self._menu.language_of(menu_state, heard)
        if heard.result is None and language in LANGUAGES and language != mind.language:
            mind = replace(mind, language=language, offers={}, question="")
        before = mind
        mind, told = await self._answer(contact, mind, words)
        turned = Turned(text=words.text, guess=guess, before=before, after=mind, steps=told)
        greeting = self._menu.greeting(menu_state, mind.language)
        left = self._menu.listened(menu_state, mind.language, mind.wants, mind.tried)
        note = noted(self._matters, turned, mind.language)
        return {**left, KEPT: mind.to_state()}, [*note, *greeting, *self._closed(mind, told)]

    async def _menu_turn(
        self,
        contact: SelfServiceContact,
        state: dict[str, Any],
        heard: Heard,
        guess: Guess | None,
    ) -> tuple[dict[str, Any], Sequence[Step]]:
        """Let the menu answer; what it does not know either is a lesson."""
        left, told = await self._menu.turn(contact, state, heard)
        if not heard.text or heard.choice or self._menu.misses(left) <= self._menu.misses(state):
            return left, told
        turned = Turned(text=heard.text, guess=guess, is_missed=True)
        return left, [*noted(self._matters, turned, self._menu.language_of(state, heard)), *told]

    def at_once(
        self, contact: SelfServiceContact, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]] | None:
        """Answer a choice of the menu; those of an errand are weighed in `turn`."""
        return None if KEPT in state else self._menu.at_once(contact, state, heard)

    async def _words(
        self, contact: SelfServiceContact, mind: Mind, menu_state: dict[str, Any], heard: Heard
    ) -> tuple[Words | None, Guess | None]:
        """What the assistant hears, and takes it for; no words: this turn is the menu's."""
        level, now = contact.identity_level, self._clock.now()
        today = datetime.fromtimestamp(now, UTC).astimezone(self._zone).date()
        if heard.result is not None:
            return Words(result=heard.result, level=level, today=today, at=now), None
        if heard.choice is not None:
            names = (PERSON, CODE if mind.waiting else mind.asked)
            is_own = mind.is_busy and heard.choice.partition(":")[0] in names
            is_own = is_own or (heard.choice == PERSON and bool(mind.intent))
            own = Words(choice=heard.choice, level=level, today=today, at=now)
            return own if is_own else None, None
        text = (heard.text or "").strip()
        if not text or (not mind.is_busy and self._menu.has_asked(menu_state)):
            return None, None
        guess = await self.intents.guess(text)
        is_known = guess is not None and guess.is_known and guess.intent in self.definition.rules
        if not mind.is_busy and not is_known and not await self._several.are_in(text):
            return None, guess
        told = guess if guess is not None and is_known else None
        heard_words = Words(
            text=text,
            intent=told.intent if told else "",
            probability=told.probability if told else 0.0,
            level=level,
            today=today,
            at=now,
        )
        return heard_words, guess

    async def _answer(
        self, contact: SelfServiceContact, mind: Mind, words: Words
    ) -> tuple[Mind, Sequence[Step]]:
        """Ask the engine for each wish of the words, one when the one before it is done."""
        mind, words = await self._several.keep(mind, words)
        mind, told = await self._answer_one(contact, mind, words)
        while mind.later and not mind.is_busy and not _is_waiting(told):
            mind, wish = await self._several.next_of(mind, words)
            if wish is not None:
                mind, more = await self._answer_one(contact, mind, wish)
                lead = self.definition.responses["utter_next_wish"].texts[mind.language]
                told = [*told, Say(text=lead), *more]
        return mind, told

    async def _answer_one(
        self, contact: SelfServiceContact, mind: Mind, words: Words
    ) -> tuple[Mind, Sequence[Step]]:
        """Ask the engine, unless what is wanted is switched off."""
        matter = stopped(self.definition, contact.off, mind, words)
        if matter:
            return refuse(self.definition, mind, words, matter)
        return await self._talk.respond(contact, mind, words)

    async def _step_aside(
        self, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]]:
        """All of it is off: say so, and give the contact to the people for its matter."""
        menu_state = {name: value for name, value in state.items() if name != KEPT}
        language = self._menu.language_of(menu_state, heard)
        known = Mind.from_state(state.get(KEPT, {})).to_state() | {"language": language}
        mind, text = Mind.from_state(known), (heard.text or "").strip()
        guess = await self.intents.guess(text) if text and not mind.intent else None
        matter = guess.intent if guess and guess.intent in self.definition.rules else ""
        mind, told = give_up(
            self.definition, mind, Words(text=text, choice=heard.choice or ""), matter
        )
        left = self._menu.listened(menu_state, language, mind.wants, mind.tried)
        return {**left, KEPT: mind.to_state()}, told

    def _closed(self, mind: Mind, steps: Sequence[Step]) -> list[Step]:
        """An answer ends with what else there is, and a person in sight."""
        if mind.is_busy or _is_waiting(steps):
            return list(steps)
        said = [step for step in steps if isinstance(step, Say) and step.text]
        return [*said, self._menu.again(mind.language)]


def _is_waiting(steps: Sequence[Step]) -> bool:
    return bool(steps) and isinstance(steps[-1], Ask | Choices | Errand | HandOff | Finish)
