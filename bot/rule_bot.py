"""The shell: `SelfService` over the pure talk. It touches nothing, so it only translates."""

from collections.abc import Sequence
from typing import Any

from bot.menu import Menu
from bot.talk import Mind, respond
from hub.domain.steps import Heard, Step
from hub.ports import SelfServiceContact


class RuleBot:
    """`hub.ports.SelfService` from a menu file."""

    def __init__(self, menu: Menu) -> None:
        self._menu = menu

    async def turn(
        self, contact: SelfServiceContact, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]]:
        """Answer one turn; all it knows of the contact is in `heard` and `state`."""
        return self._respond(state, heard)

    def at_once(
        self, contact: SelfServiceContact, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]] | None:
        """Answer a choice, which is looked up; words are weighed in `turn`."""
        return self._respond(state, heard) if heard.choice is not None else None

    def _respond(
        self, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]]:
        mind, answer = respond(self._menu, Mind.from_state(state), heard)
        return mind.to_state(), answer
