"""The shell: the port `SelfService` over the pure core."""

from collections.abc import Sequence
from typing import Any

from bot.core import State, Turn, answer
from bot.menu import Menu
from hub.domain.steps import Heard, Step
from hub.ports import SelfServiceContact
from hub.text.language import detect


class RuleBot:
    """Keywords and choices from a file; every answer is one the bank has written."""

    def __init__(self, menu: Menu) -> None:
        self._menu = menu

    async def turn(
        self, contact: SelfServiceContact, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]]:
        """Answer in the language the customer writes, else in the contact's."""
        written = None if heard.choice else detect(heard.text or "")
        turn = Turn(self._menu, written or contact.language, State.read(state))
        after, steps = answer(turn, heard)
        return after.keep(), steps
