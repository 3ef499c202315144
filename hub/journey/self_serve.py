"""Step 3: IVR or bot answers with Steps; it ends contained or handed off with what it learned."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import structlog
from sqlalchemy import bindparam, select

from hub.domain.errors import Refused
from hub.domain.states import ContactState, Speaker
from hub.domain.steps import Ask, Do, Finish, HandOff, Heard, Menu, Say, Step
from hub.journey.close import end_contact
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.enqueue import hand_over
from hub.journey.floor.hear import choose, is_way
from hub.journey.messages import Draft, MessageRead, add_message, messages_of
from hub.journey.waiting import TimerKind, arm, is_armed, ring
from hub.ports import AnswersAtOnce
from hub.store.rows import change, find, table_of
from hub.store.tables import Contact, Message
from hub.store.unit import Prepared, Unit

log = structlog.get_logger(__name__)

ERRANDS_MAX = 5
"""Look-ups in one turn; more is a loop in the flow."""
_m = table_of(Message).c
_last_of_customer = Prepared(
    select(_m.seq)
    .where(_m.conversation_id == bindparam("of"), _m.speaker == Speaker.CUSTOMER.value)
    .order_by(_m.seq.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Front:
    """What self-service may know of the Contact it speaks with."""

    contact_id: str
    channel: str
    language: str
    identity_level: int


def let_hear(
    hub: Hub, contact_id: str, state: str, body: Mapping[str, Any], seq: int, at: float
) -> Unit[None]:
    """Let self-service hear the Message that this unit has just stored.

    A choice is answered in the same unit where self-service can do so at once; all else by timer,
    so that a crash between word and answer repeats the turn.
    """
    if is_way(body.get("choice")):
        yield from choose(hub, contact_id, str(body["choice"]), seq, at)
        return
    if state == ContactState.PARKED:
        yield arm(TimerKind.WAYS, contact_id, at)
    if state != ContactState.IN_SELF_SERVICE:
        return
    if body.get("choice") is None or not (
        yield from _answer_at_once(hub, contact_id, body, seq, at)
    ):
        yield arm(TimerKind.SELF_SERVE, contact_id, at)


def _answer_at_once(
    hub: Hub, contact_id: str, body: Mapping[str, Any], seq: int, at: float
) -> Unit[bool]:
    """Take the turn here; False, and nothing written, when it must be taken by timer."""
    if not isinstance(hub.self_service, AnswersAtOnce):
        return False
    if (yield from is_armed(TimerKind.SELF_SERVE, contact_id)):
        return False  # earlier words are not heard yet, or being answered
    contact = yield from load_contact(contact_id)
    state = json.loads(contact.bot_state)
    if "bot" not in state:
        return False
    heard = Heard(text=str(body.get("text", "")), choice=body["choice"], language=contact.language)
    front = Front(contact_id, contact.channel, contact.language, contact.identity_level)
    try:
        answer = hub.self_service.at_once(front, state["bot"], heard)
    except Exception:  # the customer's choice is stored whatever self-service makes of it
        log.exception("self_service_failed")
        return False
    if answer is None or not all(_can_play(hub, step) for step in answer[1]):
        return False
    state |= {"bot": answer[0], "answered": True, "heard_seq": seq}
    yield from _keep_and_play(hub, contact, state, answer[1], at)
    return True


def _can_play(hub: Hub, step: Step) -> bool:
    """Errands take time; a Queue that is not there is the turn's failure, not the customer's."""
    if isinstance(step, HandOff):
        return step.queue_id in hub.setup.queues
    return not isinstance(step, Do)


async def turn(hub: Hub, contact_id: str) -> None:
    """Timer `self_serve`: let self-service hear what came since its last turn, and answer.

    The answer is stored with the state it leads to in one unit; a crash before that repeats the
    turn, a crash after it does not.
    """
    rows = await hub.reader.rows(
        find(Contact, "state", "conversation_id", "channel", "language", "identity_level",
             "bot_state", id=contact_id)
    )  # fmt: skip
    if not rows or rows[0][0] != ContactState.IN_SELF_SERVICE:
        await hub.journal.run(lambda: _put_off(hub, contact_id))
        return
    _, conversation_id, channel, language, level, kept = rows[0]
    state = json.loads(kept)
    heard_seq = int(state.get("heard_seq", 0))
    words = await messages_of(hub, conversation_id, after_seq=heard_seq, limit=200)
    spoken = [m for m in words if m.speaker == Speaker.CUSTOMER and m.contact_id == contact_id]
    heard = _heard(spoken, language, started="bot" in state)
    if heard is None:
        await hub.journal.run(lambda: _put_off(hub, contact_id))
        return
    front = Front(contact_id, channel, language, level)
    bot_state, steps = await _answer(hub, front, state.get("bot", {}), heard)
    state |= {"bot": bot_state, "answered": not heard.start or state.get("answered", False)}
    state["heard_seq"] = max([heard_seq, *(m.seq for m in spoken)])
    await hub.journal.run(lambda: _store_turn(hub, contact_id, state, steps))


def _heard(spoken: Sequence[MessageRead], language: str, *, started: bool) -> Heard | None:
    if not spoken:
        return None if started else Heard(start=True, language=language)
    last = spoken[-1]
    text = " ".join(str(m.body.get("text", "")) for m in spoken).strip()
    return Heard(start=not started, text=text, choice=last.body.get("choice"), language=language)


async def _answer(
    hub: Hub, front: Front, state: dict[str, Any], heard: Heard
) -> tuple[dict[str, Any], list[Step]]:
    """Ask self-service; run its errands until it has only words left."""
    steps: list[Step] = []
    for _ in range(ERRANDS_MAX):
        state, answer = await hub.self_service.turn(front, state, heard)
        steps += [step for step in answer if not isinstance(step, Do)]
        errand = next((step for step in answer if isinstance(step, Do)), None)
        if errand is None:
            return state, steps
        run = hub.errands.get(errand.command)
        result = await run(front, errand.arguments) if run else {"error": "unknown_command"}
        heard = Heard(result=result, language=heard.language)
    return state, steps


def _store_turn(
    hub: Hub, contact_id: str, state: dict[str, Any], steps: Sequence[Step]
) -> Unit[None]:
    yield ring(hub, TimerKind.SELF_SERVE, contact_id)
    contact = yield from load_contact(contact_id)
    if contact.state != ContactState.IN_SELF_SERVICE:
        raise Refused("contact_moved_on")
    at = hub.clock.now()
    yield from _keep_and_play(hub, contact, state, steps, at)
    rows = yield _last_of_customer(of=contact.conversation_id)
    if rows and rows[0][0] > state["heard_seq"]:
        yield arm(TimerKind.SELF_SERVE, contact_id, at)


def _keep_and_play(
    hub: Hub, contact: ContactRow, state: dict[str, Any], steps: Sequence[Step], at: float
) -> Unit[None]:
    kept = json.dumps(state, ensure_ascii=False)
    yield change(Contact, contact.id, bot_state=kept)
    contact = replace(contact, bot_state=kept)
    for step in steps:
        yield from _play(hub, contact, step, at)


def _play(hub: Hub, contact: ContactRow, step: Step, at: float) -> Unit[None]:
    match step:
        case Say(text=text) | Ask(text=text):
            yield from _speak(hub, contact, {"text": text}, "text", at)
        case Menu(text=text, choices=choices):
            labels = [{"value": c.value, "label": c.label} for c in choices]
            yield from _speak(hub, contact, {"text": text, "choices": labels}, "menu", at)
        case HandOff():
            yield from hand_over(hub, contact, step, at)
        case Finish(text=text):
            if text:
                yield from _speak(hub, contact, {"text": text}, "text", at)
            yield from end_contact(hub, contact, at, by="system", reason="solved", solved=True)


def _speak(hub: Hub, contact: ContactRow, body: dict[str, Any], kind: str, at: float) -> Unit[None]:
    draft = Draft(key=hub.new_id("bot"), speaker=Speaker.BOT, kind=kind, body=body)
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)


def _put_off(hub: Hub, contact_id: str) -> Unit[None]:
    yield ring(hub, TimerKind.SELF_SERVE, contact_id)
