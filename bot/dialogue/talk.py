"""One turn of the talk: what was heard, by what was known, becomes steps and a new mind. Pure.

The identity level is an argument of every turn; it is never remembered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.definition.values import Definition
from bot.dialogue.blanks import blanks
from bot.dialogue.mind import Mind
from bot.dialogue.results import Results
from bot.dialogue.turn import LEAVES_FORM, PERSON, WANTS_CHARACTERS, Turn
from hub.domain.states import IdentityLevel
from hub.domain.steps import Step

SURE: Final = 0.8
"""From here on an intent interrupts words that were asked for."""
HUMAN: Final = "human"
CANCEL: Final = "cancel"
BACK: Final = "go_back"
OTHER: Final = "other_one"
CODE_AGAIN: Final = "code_missing"
BESIDE_THE_POINT: Final = frozenset({"affirm", "deny", "greet", "thanks", CANCEL, BACK, OTHER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What arrived in a turn."""

    text: str = ""
    intent: str = ""
    """Empty: none that we know."""
    probability: float = 0.0
    choice: str = ""
    result: Mapping[str, str] | None = None
    level: int = 0
    today: date = date.min


def respond(definition: Definition, mind: Mind, heard: Heard) -> tuple[Mind, Sequence[Step]]:
    """Answer one turn."""
    turn = Turn(definition, mind)
    if heard.result is not None:
        Results(turn).take(heard.result)
    elif heard.choice:
        _choose(turn, heard.choice)
    else:
        turn.mind = replace(mind, wants=mind.wants or heard.text[:WANTS_CHARACTERS])
        _hear(turn, heard)
    return turn.mind, turn.steps


def _choose(turn: Turn, choice: str) -> None:
    slot, _, value = choice.partition(":")
    if choice == PERSON:
        turn.run(turn.definition.rules[HUMAN])
    elif slot == turn.mind.asked and turn.mind.form:
        turn.fill({slot: value})
        turn.go_on()
    else:
        turn.miss()


def _hear(turn: Turn, heard: Heard) -> None:
    if _interrupts(turn, heard):
        turn.begin(heard.intent)
    elif turn.mind.waiting:
        _prove(turn, heard)
    elif turn.mind.form:
        _fill(turn, heard)
    elif heard.intent in turn.definition.rules:
        _keep_blanks(turn, heard)
        turn.begin(heard.intent)
    else:
        turn.miss()


def _interrupts(turn: Turn, heard: Heard) -> bool:
    """A person, danger and giving up are heard in every state."""
    rule = turn.definition.rules.get(heard.intent, ())
    if not rule or rule[0] != LEAVES_FORM:
        return False
    slot = turn.definition.slots.get(turn.mind.asked)
    is_telling = slot is not None and slot.is_words
    return heard.intent == HUMAN or not is_telling or heard.probability >= SURE


def _prove(turn: Turn, heard: Heard) -> None:
    """The hub has taken a code out of the words before we hear them; only its verdict counts."""
    if heard.level >= IdentityLevel.PROVED:
        turn.resume()
    elif heard.intent == CODE_AGAIN:
        turn.do("action_send_code")
    else:
        turn.do("action_check_code")


def _keep_blanks(turn: Turn, heard: Heard) -> dict[str, str]:
    """Fill what the sentence tells; returns it."""
    looks_back = turn.mind.form != "appointment_form" and heard.intent != "appointment"
    told = blanks(heard.text, turn.definition.synonyms, heard.today, looks_back=looks_back)
    found = {
        name: told[slot.entity]
        for name, slot in turn.definition.slots.items()
        if slot.entity and slot.entity in told
    }
    turn.fill(found)
    return found


def _fill(turn: Turn, heard: Heard) -> None:
    mind, slot = turn.mind, turn.definition.slots[turn.mind.asked]
    if heard.intent == BACK:
        turn.back()
    elif heard.intent == OTHER:
        turn.forget("card_tail", "confirmed")
        turn.go_on()
    elif slot.is_words:
        turn.fill({mind.asked: heard.text.strip()})
        turn.go_on()
    elif heard.intent in slot.intents:
        turn.fill({mind.asked: "yes" if slot.intents[heard.intent] else "no"})
        turn.go_on()
    else:
        _fill_or_answer(turn, heard)


def _fill_or_answer(turn: Turn, heard: Heard) -> None:
    """The words hold a blank, or ask something else first; else they were not understood."""
    asked = turn.mind.asked
    found = _keep_blanks(turn, heard)
    rule = turn.definition.rules.get(heard.intent, ())
    starts_form = any(action in turn.definition.forms for action in rule)
    if asked in found:
        turn.go_on()
    elif asked == "confirmed" and found.keys() & set(turn.definition.forms[turn.mind.form]):
        turn.go_on()  # a correction: the question comes again with the new value
    elif starts_form and turn.mind.form not in rule and heard.probability >= SURE:
        turn.close_form()
        turn.begin(heard.intent)
    elif rule and not starts_form and heard.intent not in BESIDE_THE_POINT:
        turn.answer_inside(rule)
    else:
        turn.miss()
