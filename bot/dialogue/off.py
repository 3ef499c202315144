"""What may not be done now because supervisors have switched it off: pure."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.definition.values import Definition
from bot.dialogue.mind import Mind
from bot.dialogue.offered import ERRAND_OF
from bot.dialogue.talk import BESIDE_THE_POINT, HUMAN, SURE, Heard
from bot.dialogue.turn import ACTION, LEAVES_FORM, PERSON, Turn
from hub.domain.steps import Ask, Say, Step
from hub.domain.switches import Off

SWITCHED_OFF: Final = "switched_off"
NO_MATTERS: Final = BESIDE_THE_POINT | {
    "goodbye", "change_language", "bot_challenge", "capabilities", "out_of_scope",
}  # fmt: skip


def matters(definition: Definition) -> frozenset[str]:
    """Return the intents that can be switched off: no way to a person, no mere manners."""
    return frozenset(
        intent
        for intent, rule in definition.rules.items()
        if rule[0] != LEAVES_FORM and intent not in NO_MATTERS and intent != HUMAN
    )


def is_off(definition: Definition, off: Off, intent: str) -> bool:
    """Whether an intent is off, or an errand without which it cannot end."""
    return intent in off.intents or not off.errands.isdisjoint(_errands_of(definition, intent))


def _errands_of(definition: Definition, intent: str) -> Iterator[str]:
    rule = definition.rules.get(intent, ())
    endings = (one.actions for one in definition.endings if one.form in rule)
    for actions in (rule, *endings):
        for action in actions:
            if action.startswith(ACTION):
                name = action.removeprefix(ACTION)
                yield ERRAND_OF.get(name, name)


def stopped(definition: Definition, off: Off, mind: Mind, heard: Heard) -> str:
    """Return the matter that may not be begun or gone on with; empty: go on."""
    rule = definition.rules.get(heard.intent, ())
    is_way_out = heard.choice == PERSON or (rule and rule[0] == LEAVES_FORM)
    if heard.result is not None or is_way_out:
        return ""
    if mind.is_busy and is_off(definition, off, mind.intent):
        return mind.intent
    slot = definition.slots.get(mind.asked)
    is_telling = mind.is_busy and (heard.probability < SURE or (slot and slot.is_words))
    return heard.intent if not is_telling and is_off(definition, off, heard.intent) else ""


def refuse(
    definition: Definition, mind: Mind, heard: Heard, matter: str
) -> tuple[Mind, Sequence[Step]]:
    """Say honestly that it cannot be done here now; what else was asked for goes on."""
    turn = Turn(definition, mind)
    turn.steps.append(Say(text=turn.text("utter_switched_off")))
    if mind.is_busy and matter != mind.intent:
        if mind.form and mind.asked:
            turn.ask(mind.asked)
        return turn.mind, turn.steps
    turn.close_form()
    turn.take_up(matter, heard.text)
    turn.note_failed(SWITCHED_OFF)
    return turn.mind, turn.steps


def give_up(
    definition: Definition, mind: Mind, heard: Heard, matter: str
) -> tuple[Mind, Sequence[Step]]:
    """The whole assistant is off: a person goes on with what was told."""
    turn = Turn(definition, mind)
    if not heard.text and not heard.choice:
        turn.steps.append(Ask(text=turn.text("utter_assistant_off_first")))
        return turn.mind, turn.steps
    turn.steps.append(Say(text=turn.text("utter_assistant_off")))
    turn.take_up(matter or mind.intent, heard.text)
    turn.hand_over(SWITCHED_OFF)
    return turn.mind, turn.steps
