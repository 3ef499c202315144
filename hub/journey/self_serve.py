"""Step 3: IVR or bot answers with Steps; it ends contained or handed off with what it learned."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import structlog
from sqlalchemy import bindparam, exists, select

from hub.domain.errors import NotFound, Refused
from hub.domain.states import ContactState, Speaker
from hub.domain.steps import (
    ArticleCard,
    Ask,
    Do,
    Finish,
    HandOff,
    Heard,
    Menu,
    Say,
    ShowArticles,
    Step,
    TakeMessage,
)
from hub.domain.switches import ALL_ON, Off
from hub.journey.close import end_contact
from hub.journey.contact_row import CONTACT_COLUMNS, ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.delivery.text import ARTICLES
from hub.journey.enqueue import hand_over
from hub.journey.errands.run import run_errand
from hub.journey.floor.hear import choose, is_way
from hub.journey.floor.switched_off import anything_off, off_on
from hub.journey.memory import remember, remembered
from hub.journey.messages import Draft, MessageRead, add_messages, messages_of
from hub.journey.person_wait import with_wait
from hub.journey.teaching.doubts import note_taken
from hub.journey.waiting import TimerKind, arm, ring
from hub.ports import AtOnce
from hub.store.rows import change, find, table_of
from hub.store.tables import Contact, Message, Timer
from hub.store.unit import Prepared, Unit

log = structlog.get_logger(__name__)

ERRANDS_MAX = 10
"""Look-ups in one turn; more is a loop in the flow."""
_m = table_of(Message).c
_last_of_customer = Prepared(
    select(_m.seq)
    .where(_m.conversation_id == bindparam("of"), _m.speaker == Speaker.CUSTOMER.value)
    .order_by(_m.seq.desc())
    .limit(1)
)
_c, _t = table_of(Contact).c, table_of(Timer).c
_listener = Prepared(
    select(
        *(_c[name] for name in CONTACT_COLUMNS),
        exists().where(_t.kind == TimerKind.SELF_SERVE.value, _t.subject == _c.id),
        anything_off,
    )
    .where(_c.id == bindparam("of"))
    .with_for_update(of=table_of(Contact))
)
"""A held Contact; whether earlier words wait for a turn or are being answered; whether anything is
switched off, which a turn must look at."""


@dataclass(frozen=True, slots=True)
class Front:
    """What self-service may know of the Contact it speaks with."""

    contact_id: str
    channel: str
    language: str
    identity_level: int
    off: Off = ALL_ON


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
    at_once: AtOnce | None = getattr(hub.self_service, "at_once", None)
    if at_once is None:
        return False
    rows = yield _listener(of=contact_id, now=at)
    *columns, has_words_before, is_anything_off = rows[0]
    contact = ContactRow(*columns)
    state = remembered(hub, contact_id, contact.bot_state_sealed)
    if has_words_before or is_anything_off or "bot" not in state:
        return False
    heard = Heard(text=str(body.get("text", "")), choice=body["choice"], language=contact.language)
    front = Front(contact_id, contact.channel, contact.language, contact.identity_level)
    try:
        answer = at_once(front, state["bot"], heard)
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


async def front_of(hub: Hub, contact_id: str) -> Front:
    """Return the Contact as self-service may know it now; raises `NotFound` when it moved on."""
    rows = await hub.reader.rows(
        find(Contact, "state", "channel", "language", "identity_level", id=contact_id)
    )
    if not rows or rows[0][0] != ContactState.IN_SELF_SERVICE:
        raise NotFound("no_contact")
    _, channel, language, level = rows[0]
    return Front(contact_id, channel, language, level, await off_on(hub, channel))


async def turn(hub: Hub, contact_id: str) -> None:
    """Timer `self_serve`: let self-service hear what came since its last turn, and answer.

    The answer is stored with the state it leads to in one unit; a crash before that repeats the
    turn, a crash after it does not.
    """
    rows = await hub.reader.rows(
        find(Contact, "state", "conversation_id", "channel", "language", "identity_level",
             "bot_state_sealed", id=contact_id)
    )  # fmt: skip
    if not rows or rows[0][0] != ContactState.IN_SELF_SERVICE:
        await hub.journal.run(lambda: _put_off(hub, contact_id))
        return
    _, conversation_id, channel, language, level, kept = rows[0]
    state = remembered(hub, contact_id, kept)
    heard_seq = int(state.get("heard_seq", 0))
    words = await messages_of(hub, conversation_id, after_seq=heard_seq, limit=200)
    spoken = [m for m in words if m.speaker == Speaker.CUSTOMER and m.contact_id == contact_id]
    heard = _heard(spoken, language, started="bot" in state)
    if heard is None:
        await hub.journal.run(lambda: _put_off(hub, contact_id))
        return
    front = Front(contact_id, channel, language, level, await off_on(hub, channel))
    bot_state, steps = await _answer(hub, front, state.get("bot", {}), heard)
    steps = with_wait(hub, channel, steps)
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
        heard_as = replace(front, language=errand.language or front.language)
        result = await run_errand(hub, heard_as, errand.command, errand.arguments)
        front = replace(front, language=result.get("language", front.language))
        heard = Heard(result=result, language=front.language)
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
    """Store what self-service says; its way out, if there is one, takes all of it along."""
    contact = contact._replace(bot_state_sealed=remember(hub, contact.id, state))
    yield from note_taken(hub, contact, steps, at)
    said = [draft for step in steps if (draft := _spoken(hub, step))]
    way_out = next((step for step in steps if isinstance(step, (HandOff, Finish))), None)
    if isinstance(way_out, HandOff):
        yield from hand_over(hub, contact, way_out, at, said=said)
        return
    yield change(Contact, contact.id, bot_state_sealed=contact.bot_state_sealed)
    yield from add_messages(hub, contact.conversation_id, contact.id, said, at)
    if way_out is not None:
        yield from end_contact(hub, contact, at, by="system", reason="solved", solved=True)


def _spoken(hub: Hub, step: Step) -> Draft | None:
    """Return the words of a step; an end may be silent."""
    match step:
        case Menu(text=text, choices=choices):
            labels = [{"value": c.value, "label": c.label} for c in choices]
            return _words(hub, "menu", {"text": text, "choices": labels})
        case ShowArticles(text=text, articles=articles):
            cards = [_card(hub, one) for one in articles]
            return _words(hub, ARTICLES, {"text": text, "articles": cards})
        case Say(text=text) | Ask(text=text) | TakeMessage(text=text) | Finish(text=text) if text:
            return _words(hub, "text", {"text": text})
    return None


def _card(hub: Hub, one: ArticleCard) -> dict[str, str]:
    href = hub.help_link(one.slug, one.language) if hub.help_link else ""
    return {**asdict(one), "href": href}


def _words(hub: Hub, kind: str, body: dict[str, Any]) -> Draft:
    return Draft(key=hub.new_id("bot"), speaker=Speaker.BOT, kind=kind, body=body)


def _put_off(hub: Hub, contact_id: str) -> Unit[None]:
    yield ring(hub, TimerKind.SELF_SERVE, contact_id)
