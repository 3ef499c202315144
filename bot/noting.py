"""What a turn teaches: which matter the words were taken for, or that they were not understood.

Pure. Words that answer a question of a form are no lesson, unless they were not understood.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.dialogue.mind import Mind
from bot.engine.model import Guess
from bot.engine.train import OUTSIDE
from hub.domain.steps import HandOff, Step, TakenFor

UNSURE_UNDER: Final = 0.6
"""Below this probability a matter was begun without being sure of it."""
SURE_FROM: Final = 0.8
"""From here on words are known to be none of our matters: there is nothing to teach."""
NOT_UNDERSTOOD: Final = "not_understood"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A turn that has been taken."""

    text: str
    guess: Guess | None
    before: Mind = field(default_factory=Mind)
    after: Mind = field(default_factory=Mind)
    steps: Sequence[Step] = ()
    is_missed: bool = False
    """Whoever answered did not understand it."""


def noted(matters: Collection[str], turn: Turned, language: str) -> list[Step]:
    """Return the note of a turn, if there is anything to note."""
    if not turn.text:
        return []
    outcome, guess = _outcome(matters, turn), turn.guess or Guess("", 0.0, False, (), "")
    if not outcome:
        return []
    return [
        TakenFor(
            said=turn.text, language=language, intent=guess.intent,
            probability=round(guess.probability, 4), by=guess.by, outcome=outcome,
        )
    ]  # fmt: skip


def _outcome(matters: Collection[str], turn: Turned) -> str:
    over = next((step for step in turn.steps if isinstance(step, HandOff)), None)
    collected = over.collected if over else {}
    gave_up = collected.get("reason") == NOT_UNDERSTOOD
    guess = turn.guess
    if turn.is_missed or gave_up or turn.after.misses > turn.before.misses:
        is_outside = guess is not None and guess.intent in OUTSIDE
        is_sure = guess is not None and guess.probability >= SURE_FROM
        return "outside" if is_outside and is_sure else "missed"
    if guess is None or not guess.is_known or guess.intent not in matters:
        return ""
    goes_on = turn.before.is_busy and turn.before.intent == guess.intent
    answered = set(turn.after.tried) - set(turn.before.tried)
    if goes_on or guess.intent not in {turn.after.intent, collected.get("intent"), *answered}:
        return ""
    return "unsure" if guess.probability < UNSURE_UNDER else "understood"
