"""One turn of the talk: what was heard, by what was known, becomes steps and a new mind. Pure.

The identity level is an argument of every turn; it is never remembered.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.definition.values import Definition
from bot.dialogue.blanks import blanks, is_bare
from bot.dialogue.mind import Mind
from bot.dialogue.results import Results
from bot.dialogue.turn import CODE, LEAVES_FORM, PERSON, WANTS_CHARACTERS, Turn
from hub.domain.states import IdentityLevel
from hub.domain.steps import Say, Step

SURE: Final = 0.8
"""From here on an intent interrupts words that were asked for."""
HUMAN: Final = "human"
CANCEL: Final = "cancel"
BACK: Final = "go_back"
OTHER: Final = "other_one"
CODE_AGAIN: Final = "code_missing"
LANGUAGE: Final = "change_language"
LONG_SECONDS: Final = 600.0
"""After so long a silence a question is asked again before anything is taken for its answer."""
LONGEST: Final = 2_000
"""Characters of a message that are read; all of it stands in the transcript."""
_OTHER_WAY: Final = re.compile(r"\b(?:e-?mail|mailbox|(?:an)?other way)\b|邮箱|邮件|换", re.I)
"""Words for another way to get a code."""
HIDDEN: Final = "•"
"""What the hub leaves of a code, which it has taken out of the words and weighed."""
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
    at: float = 0.0
    """UTC epoch seconds."""


def respond(definition: Definition, mind: Mind, heard: Heard) -> tuple[Mind, Sequence[Step]]:
    """Answer one turn."""
    turn = Turn(definition, mind)
    if heard.result is not None:
        Results(turn).take(heard.result)
        return turn.mind, turn.steps
    turn.mind, turn.words = replace(mind, heard_at=heard.at), heard.text
    if heard.choice:
        _choose(turn, heard.choice)
    elif _was_away(mind, heard) and not _interrupts(turn, heard):
        turn.steps.append(Say(text=turn.text("utter_resumed")))
        turn.go_on()
    else:
        turn.mind = replace(turn.mind, wants=mind.wants or heard.text[:WANTS_CHARACTERS])
        _hear(turn, heard)
    return turn.mind, turn.steps


def _was_away(mind: Mind, heard: Heard) -> bool:
    is_long = 0 < mind.heard_at < heard.at - LONG_SECONDS
    return is_long and bool(mind.form) and not mind.waiting


def _choose(turn: Turn, choice: str) -> None:
    slot, _, value = choice.partition(":")
    if choice == PERSON:
        turn.run(turn.definition.rules[HUMAN])
    elif slot == CODE and turn.mind.waiting:
        _send_again(turn, **({"via": value} if value == "other" else {}))
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
    if heard.intent == HUMAN:
        return True
    slot = turn.definition.slots.get(turn.mind.asked)
    is_telling = slot is not None and slot.is_words
    return not _is_bare_answer(turn, heard) and (not is_telling or heard.probability >= SURE)


def _is_bare_answer(turn: Turn, heard: Heard) -> bool:
    """Whether the words are the blank that was asked for and nothing else: `tomorrow`, `4417`.

    They are no sentence that a model could judge.
    """
    slot = turn.definition.slots.get(turn.mind.asked)
    if not turn.mind.form or slot is None or not slot.entity:
        return False
    words, synonyms = heard.text[:LONGEST], turn.definition.synonyms
    return is_bare(words, synonyms) and slot.entity in blanks(words, synonyms, heard.today)


def _prove(turn: Turn, heard: Heard) -> None:
    """Only the hub's verdict on the code counts."""
    if heard.level >= IdentityLevel.PROVED:
        turn.resume()
    elif HIDDEN in heard.text:
        turn.do("action_check_code", turn.mind.todo)
    elif heard.intent == CODE_AGAIN:
        _send_again(turn, **({"via": "other"} if _OTHER_WAY.search(heard.text) else {}))
    elif heard.intent == LANGUAGE:
        turn.do("action_set_language", turn.mind.todo)
    else:
        _beside_the_code(turn, heard)


def _beside_the_code(turn: Turn, heard: Heard) -> None:
    """A question is answered, and the code is still awaited; what is no code is no miss of it."""
    rule = turn.definition.rules.get(heard.intent, ())
    is_answer = bool(rule) and all(name in turn.definition.responses for name in rule)
    if is_answer and heard.intent not in BESIDE_THE_POINT:
        for name in rule:
            if turn.utter(name):
                return
    turn.offer_code_ways(turn.text("utter_ask_code"))


def _send_again(turn: Turn, **more: str) -> None:
    turn.do("action_send_code", turn.mind.todo, **more)


def _keep_blanks(turn: Turn, heard: Heard) -> dict[str, str]:
    """Fill what the sentence tells; returns it."""
    looks_back = turn.mind.form != "appointment_form" and heard.intent != "appointment"
    words = heard.text[:LONGEST]
    told = blanks(words, turn.definition.synonyms, heard.today, looks_back=looks_back)
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
        turn.take_the_other()
    elif heard.intent == LANGUAGE and not slot.is_words:
        turn.do("action_set_language")
    elif slot.is_words:
        turn.fill({mind.asked: heard.text.strip()[:LONGEST]})
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
    elif turn.mind.form in rule:
        turn.go_on()  # the wish again: so does the question
    elif starts_form and turn.mind.form not in rule and heard.probability >= SURE:
        turn.close_form()
        turn.begin(heard.intent)
    elif rule and not starts_form and heard.intent not in BESIDE_THE_POINT:
        turn.answer_inside(rule)
    else:
        turn.miss()
