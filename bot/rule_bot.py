"""The shell: `SelfService` over the pure talk. It touches nothing, so it only translates."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.menu import Menu
from bot.talk import Mind, again, language_of, respond
from hub.domain.steps import Heard, Say, Step
from hub.domain.steps import Menu as Choices
from hub.domain.switches import Off
from hub.ports import SelfServiceContact


class RuleBot:
    """`hub.ports.SelfService` from a menu file."""

    def __init__(self, menu: Menu) -> None:
        self._menu = menu

    @property
    def person_queue(self) -> str:
        """The queue of who asks for a person."""
        return self._menu.person_queue

    async def turn(
        self, contact: SelfServiceContact, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]]:
        """Answer one turn; of the contact it knows only what is switched off on its channel."""
        return self._respond(state, heard, contact.off)

    def at_once(
        self, contact: SelfServiceContact, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]] | None:
        """Answer a choice, which is looked up; words are weighed in `turn`."""
        return self._respond(state, heard, contact.off) if heard.choice is not None else None

    def _respond(
        self, state: dict[str, Any], heard: Heard, off: Off
    ) -> tuple[dict[str, Any], Sequence[Step]]:
        mind, answer = respond(self._menu, Mind.from_state(state), heard, off)
        return mind.to_state(), answer

    # -- for an assistant that speaks in its place ---------------------------------------------

    def has_asked(self, state: dict[str, Any]) -> bool:
        """Whether the next words answer the menu's own question."""
        return Mind.from_state(state).topic is not None

    def misses(self, state: dict[str, Any]) -> int:
        """How often in a row the menu understood nothing."""
        return Mind.from_state(state).misses

    def language_of(self, state: dict[str, Any], heard: Heard) -> str:
        """Return the language of the talk after what was heard."""
        return language_of(Mind.from_state(state), heard)

    def greeting(self, state: dict[str, Any], language: str) -> list[Step]:
        """Say who answers, where nobody has said it yet."""
        is_new = not Mind.from_state(state).greeted
        return [Say(text=self._menu.greeting[language])] if is_new else []

    def listened(
        self, state: dict[str, Any], language: str, wants: str, tried: tuple[str, ...]
    ) -> dict[str, Any]:
        """Return the state after a turn that somebody else answered, and what came of it."""
        mind = Mind.from_state(state)
        both = tuple(dict.fromkeys((*mind.tried, *tried)))
        mind = replace(mind, greeted=True, misses=0, language=language, tried=both)
        return replace(mind, wants=wants or mind.wants).to_state()

    def again(self, language: str) -> Choices:
        """Ask what else there is."""
        return again(self._menu, language)
