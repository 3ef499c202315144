"""What an engine of the assistant is: who tells intents, and who leads the talk.

The embedded engine is `bot.intents.Intents` with `RulesTalk`; real Rasa is `bot.rasa`.
"""

from collections.abc import Sequence
from typing import Protocol

from bot.definition.values import Definition
from bot.dialogue.mind import Mind
from bot.dialogue.talk import Heard, respond
from bot.engine.model import Guess
from bot.intents import Intents
from hub.domain.steps import Step
from hub.ports import SelfServiceContact


class TellsIntents(Protocol):
    """Says what words are taken for."""

    @property
    def embedded(self) -> Intents:
        """Our own model, which answers while another engine is away."""

    async def guess(self, text: str) -> Guess | None:
        """Return the best guess; None while nobody can tell."""


class Talks(Protocol):
    """Leads the talk over the definition."""

    async def respond(
        self, contact: SelfServiceContact, mind: Mind, heard: Heard
    ) -> tuple[Mind, Sequence[Step]]:
        """Answer one turn, with at most one waiting step, the last."""


class RulesTalk:
    """The embedded engine's talk: our own reducer over the definition."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition

    async def respond(
        self, _contact: SelfServiceContact, mind: Mind, heard: Heard
    ) -> tuple[Mind, Sequence[Step]]:
        """Answer one turn."""
        return respond(self._definition, mind, heard)
