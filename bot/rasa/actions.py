"""Rasa's action server: the errands of the hub, for real Rasa as for our own rules.

Rasa posts `{next_action, sender_id, tracker, domain}` and gets `{events, responses}` (the action
server's protocol of Rasa 3). Whose errand it is and what it may do is asked of the Contact at that
moment: of the tracker only blanks are believed, never a level or a customer.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from bot.definition.values import LANGUAGES
from bot.dialogue.languages import language_asked
from bot.dialogue.offered import CONFIRMED, ERRAND_OF, choices_in
from bot.dialogue.results import AGAIN, CHECK_CODE, PROOF, SEND_CODE, TRUTHS, TRY_AGAIN
from bot.dialogue.turn import ACTION
from bot.rasa.understood import ASKS, CODE, OURS, PENDING, PROOF_FORM, blank_of, form_of
from hub.ports import SelfServiceContact

Answer = Mapping[str, str]
Run = Callable[[SelfServiceContact, str, Mapping[str, str]], Awaitable[Answer]]
"""Runs an errand by its name for a Contact."""
Told = dict[str, list[dict[str, Any]]]
RESUME: Final = "action_resume"
HAND_OFF: Final = "hand_off"


async def act(run: Run, contact: SelfServiceContact, call: Mapping[str, Any]) -> Told:
    """Run the action that Rasa asks for; returns what goes back to it."""
    action = str(call.get("next_action", ""))
    slots = _blanks(call)
    if action == RESUME:
        return _resumed(slots)
    name = action.removeprefix(ACTION)
    result = await run(contact, ERRAND_OF.get(name, name), _arguments(call, slots))
    if result.get("code") == PROOF and action != CHECK_CODE:
        return await _ask_for_proof(run, contact, action)
    return _offered(action, result) if action.startswith(ASKS) else _done(action, result)


def _offered(action: str, result: Answer) -> Told:
    """Offer what there is for a blank; the only thing is taken at once."""
    form, blank = form_of(action), blank_of(action)
    if result.get("ok") != "yes":
        return _done(action, result)
    said = [{"text": result["text"]}] if result.get("text") else []
    choices = choices_in(result)
    if len(choices) == 1:
        return {"events": [_slot(blank, next(iter(choices))), _then(form)], "responses": said}
    buttons = [{"title": label, "payload": f"{blank}:{value}"} for value, label in choices.items()]
    asked: dict[str, Any] = {"buttons": buttons}
    asked |= (
        {"text": result["question"]}
        if result.get("question")
        else {"response": f"utter_ask_{blank}"}
    )
    if blank == CONFIRMED:
        del asked["buttons"]  # yes and no are ours, and Rasa hears them as intents
    return {"events": [], "responses": [*said, asked]}


def language_of(call: Mapping[str, Any]) -> str:
    """Return the language of the talk, in which an errand answers; empty for none that we speak."""
    told = _blanks(call).get("language", "")
    return told if told in LANGUAGES else ""


def _blanks(call: Mapping[str, Any]) -> dict[str, str]:
    slots: Mapping[str, Any] = (call.get("tracker") or {}).get("slots") or {}
    return {
        name: ("yes" if value else "no") if isinstance(value, bool) else str(value)
        for name, value in slots.items()
        if value is not None
    }


def _arguments(call: Mapping[str, Any], slots: Answer) -> dict[str, str]:
    """The blanks; a card is meant by its last four digits, which is all that Rasa knows of it."""
    arguments = {name: value for name, value in slots.items() if name not in OURS | {CODE}}
    words = str(((call.get("tracker") or {}).get("latest_message") or {}).get("text") or "")
    return arguments | {"language": language_asked(words, slots.get("language", ""))}


async def _ask_for_proof(run: Run, contact: SelfServiceContact, action: str) -> Told:
    """Send a code; the errand waits until the hub has seen it come back."""
    sent = await run(contact, SEND_CODE.removeprefix(ACTION), {})
    if sent.get("ok") != "yes":
        return _done(SEND_CODE, sent)
    waits = [_slot(PENDING, action), *_loop_left(), _then(PROOF_FORM)]
    return {"events": waits, "responses": []}


def _resumed(slots: Answer) -> Told:
    """Take up what waited for proof."""
    waiting = slots.get(PENDING, "")
    then = [_then(form_of(waiting) or waiting)] if waiting else []
    return {"events": [_slot(PENDING, None), _slot(CODE, None), *then], "responses": []}


def _done(action: str, result: Answer) -> Told:
    """Say what came of an errand; a refusal that is no truth goes to a person."""
    said = [{"text": result["text"]}] if result.get("text") else []
    if result.get("ok") == "yes":
        language = result.get("language")
        return {"events": [_slot("language", language)] if language else [], "responses": said}
    if action == CHECK_CODE and result.get("code") in TRY_AGAIN:
        return {"events": [_slot(CODE, None), _then(PROOF_FORM)], "responses": said}
    if blank := result.get(AGAIN):
        return {"events": [_slot(blank, None), _then(form_of(action))], "responses": said}
    if result.get("code") in TRUTHS:
        return {"events": _loop_left(), "responses": said}
    over = {"custom": {"action": HAND_OFF, "reason": result.get("code", "failed")}}
    return {"events": _loop_left(), "responses": [*said, over]}


def _slot(name: str, value: str | None) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value}


def _then(action: str) -> dict[str, Any]:
    return {"event": "followup", "name": action}


def _loop_left() -> list[dict[str, Any]]:
    return [{"event": "active_loop", "name": None}, _slot("requested_slot", None)]
