"""Blanks that are chosen from what the customer has or the bank offers: pure.

Before such a blank is asked for, or a value that was told is taken, the errand behind it says what
there is. So nothing is confirmed that cannot be done.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.definition.values import Definition
from bot.dialogue.mind import Mind

ASK: Final = "action_ask_"
_APPOINTMENT: Final = "ask_appointment_form_"
ERRAND_OF: Final[Mapping[str, str]] = {
    "callback": "offer_callback",
    "ask_block_card_form_card_tail": "cards",
    "ask_replace_card_form_card_tail": "cards_to_replace",
    "ask_limit_form_account": "limit_accounts",
    "ask_limit_form_confirmed": "limit_summary",
    f"{_APPOINTMENT}visit": "visits",
    f"{_APPOINTMENT}branch": "visit_branches",
    f"{_APPOINTMENT}appointment_topic": "visit_topics",
    f"{_APPOINTMENT}date": "visit_days",
    f"{_APPOINTMENT}time": "visit_times",
    f"{_APPOINTMENT}confirmed": "visit_summary",
}
"""Actions whose errand has another name."""
CONFIRMED: Final = "confirmed"


def choices_in(result: Mapping[str, str]) -> dict[str, str]:
    """Return value -> label of what an errand offers."""
    count = int(result.get("count", "0"))
    return {result[f"choice_{n}"]: result[f"choice_{n}_label"] for n in range(1, count + 1)}


def asking_action(definition: Definition, form: str, slot: str) -> str:
    """Return the action that offers the values of a blank; empty where it is free."""
    action = f"{ASK}{form}_{slot}"
    return action if action in definition.actions else ""


def is_known(mind: Mind, slot: str) -> bool:
    """Whether it was said what there is, and what was told is among it."""
    offers, told = mind.offers.get(slot), mind.slots.get(slot)
    return offers is not None and (told is None or told in offers)


def outdated(blanks: Sequence[str], changed: Sequence[str]) -> frozenset[str]:
    """Return the blanks whose offers hang on one that has another value now."""
    places = [blanks.index(name) for name in changed if name in blanks]
    return frozenset(blanks[min(places) + 1 :]) if places else frozenset()


def the_other(offers: Mapping[str, str], told: str) -> str:
    """Return the other one of two; empty where there are more, or fewer."""
    others = [value for value in offers if value != told]
    return others[0] if len(offers) == 2 and len(others) == 1 else ""
