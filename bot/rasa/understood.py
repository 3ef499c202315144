"""Pure: what we say to Rasa, and what its tracker says of the talk."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.definition.values import Definition
from bot.dialogue.mind import Mind
from bot.dialogue.talk import HIDDEN, Heard
from bot.dialogue.turn import ACTION, NO_MATTER, PERSON
from bot.rasa.project import CHOSEN

LONGEST: Final = 2_000
"""Characters of a turn that Rasa hears; its time grows with them."""
CODE: Final = "code"
PROOF_FORM: Final = "verify_form"
PENDING: Final = "pending_errand"
ASKS: Final = f"{ACTION}ask_"
_ASKED: Final = re.compile(rf"{ASKS}(?P<form>\w+?_form)_(?P<blank>\w+)")
OURS: Final = frozenset({"language", "identity_level", PENDING, "requested_slot"})
"""Slots that are no blanks."""
_INTENT_OF: Final = {"confirmed:yes": "affirm", "confirmed:no": "deny", PERSON: "human"}


def message(mind: Mind, heard: Heard) -> str:
    """Return what Rasa is told; a customer's own words are never a command of Rasa's.

    Empty: there is nothing in it that Rasa could know.
    """
    if is_ours(mind, heard):
        return ""
    if heard.choice:
        slot, _, value = heard.choice.partition(":")
        intent = _INTENT_OF.get(heard.choice, CHOSEN)
        blanks = {slot: value} if intent == CHOSEN else {}
        return f"/{intent}{json.dumps(blanks)}" if blanks else f"/{intent}"
    words = heard.text.strip().lstrip("/ ")[:LONGEST]
    return words if any(one.isalnum() for one in words) else ""


def is_ours(mind: Mind, heard: Heard) -> bool:
    """Whether our own rules answer: who waits for a code wants another, or asks for something."""
    if not mind.waiting:
        return False
    if heard.choice:
        return heard.choice.partition(":")[0] == CODE
    return HIDDEN not in heard.text


def form_of(action: str) -> str:
    """Return the form that an action asks for; empty for an errand without one."""
    found = _ASKED.fullmatch(action)
    return found["form"] if found else ""


def blank_of(action: str) -> str:
    """Return the blank that an action asks for; empty for an errand without one."""
    found = _ASKED.fullmatch(action)
    return found["blank"] if found else ""


def mirrored(definition: Definition, mind: Mind, tracker: Mapping[str, Any]) -> Mind:
    """Return the mind that our own rules would have come to: they can lead on from here."""
    slots: Mapping[str, Any] = tracker.get("slots") or {}
    told = {name: _text(value) for name, value in slots.items() if value is not None}
    active = str((tracker.get("active_loop") or {}).get("name") or "")
    waiting = told.get(PENDING, "") if active == PROOF_FORM else ""
    form = form_of(waiting) if waiting else active
    intent = str(((tracker.get("latest_message") or {}).get("intent") or {}).get("name") or "")
    is_kept = mind.intent and (active or intent in NO_MATTER)
    known = intent in definition.rules and not is_kept
    return replace(
        mind,
        intent=intent if known else mind.intent,
        slots={k: v for k, v in told.items() if k in definition.slots and k not in OURS | {CODE}},
        form=form,
        asked=blank_of(waiting) or (told.get("requested_slot", "") if form else ""),
        waiting=waiting,
    )


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
