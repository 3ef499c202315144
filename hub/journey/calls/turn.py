"""A caller answers: what a Leg does next. One event, one answer, however often it is told.

`answer` decides within one unit, except in a menu: there self-service is asked between two units,
the first of which claims the turn and the second stores it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import structlog

from hub.domain.calls import CHANNEL as PHONE
from hub.domain.calls import (
    EnterRoom,
    Gathered,
    LegEvent,
    MessageRecorded,
    PlaySounds,
    Program,
    Prompt,
    Sound,
)
from hub.domain.calls_events import CallerAnswered
from hub.domain.errors import NotFound, Refused
from hub.domain.states import ContactState, Speaker
from hub.domain.steps import Do, Finish, HandOff, Heard, Menu, Say, Step
from hub.domain.switches import ALL_ON, Off
from hub.journey.calls.connect import NO_MEMORY, put_on
from hub.journey.calls.legs import LegRow, Phase, doing, keep_program, load_call, load_leg
from hub.journey.calls.phases import PHASES
from hub.journey.calls.programs import Turn, is_answer, turn_of
from hub.journey.calls.record_call import resume
from hub.journey.calls.ways import Line, message_came_late, offer_by_voice, take_voicemail
from hub.journey.calls.words import DIGITS_HIDDEN, both, prompt
from hub.journey.close import end_contact
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.enqueue import hand_over
from hub.journey.errands.run import run_errand
from hub.journey.errands.words import ASSISTANT_OFF, of
from hub.journey.floor.announcements import told_now
from hub.journey.floor.switched_off import off_on
from hub.journey.memory import remember, remembered
from hub.journey.messages import Draft, add_messages
from hub.security.send_guard import guard
from hub.store.rows import change, find, put
from hub.store.tables import CallLeg, Contact, Receipt
from hub.store.unit import Append, Unit

log = structlog.get_logger(__name__)

ARRIVED: Final = "arrived"
SCOPE: Final = "call"
"""Of the receipts of events."""
ERRANDS_MOST: Final = 10
TURN_SECONDS: Final = 25.0
"""So long another node may think about an event before it is taken from it."""


@dataclass(frozen=True, slots=True)
class Front:
    """What self-service may know of the Contact it speaks with."""

    contact_id: str
    channel: str
    language: str
    identity_level: int
    account: str
    off: Off = ALL_ON


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A turn that self-service has to take."""

    leg_id: str
    key: str
    contact_id: str
    state: dict[str, Any]
    heard: Heard
    is_visit: bool = False
    """The caller was sent to the menu by an agent, who waits."""
    said: Draft | None = None
    before: tuple[Sound, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A turn that is taken."""

    program: Program | None


async def first_words(hub: Hub, leg_id: str) -> Program:
    """What a new Leg does; asked again, what it does now."""
    rows = await hub.reader.rows(find(CallLeg, "contact_id", "program_sealed", id=leg_id))
    contact_id, kept = rows[0]
    if kept is not None or contact_id is None:
        return await hub.journal.run(lambda: _current(hub, leg_id))
    known = await hub.reader.rows(find(Contact, "bot_state_sealed", "language", id=contact_id))
    language = known[0][1]
    spoken = "zh" if language.startswith("zh") else "en"
    told = [one for one in await told_now(hub) if one.is_for_customers]
    asked = Asked(
        leg_id=leg_id,
        key=ARRIVED,
        contact_id=contact_id,
        state=remembered(hub, contact_id, known[0][0])["bot"],
        heard=Heard(start=True, language=language),
        before=tuple(Prompt(text=one.words[spoken], language=spoken) for one in told),
    )
    return (await serve(hub, asked)) or ()


def _current(hub: Hub, leg_id: str) -> Unit[Program]:
    leg = yield from load_leg(leg_id)
    now = doing(hub, leg)
    return now.program if now is not None and leg.is_live else ()


async def answer(hub: Hub, event: LegEvent) -> Program | None:
    """Take the answer of a caller; returns what the Leg does next, None: it goes on."""
    begun = await hub.journal.run(lambda: _begin(hub, event))
    return begun.program if isinstance(begun, Answered) else await serve(hub, begun)


def _begin(hub: Hub, event: LegEvent) -> Unit[Answered | Asked]:
    line, before = yield from _hold(hub, event)
    if before is not None or line is None:
        return before or Answered(())
    leg, at = line.leg, line.at
    if leg.phase == Phase.MENU:
        is_taken = leg.turn_key is not None and (leg.turn_until or 0.0) > at
        if is_taken and not str(leg.turn_key).startswith(f"{hub.node}/"):
            raise Refused("leg_busy", "another node is answering")
        claim = f"{hub.node}/{event.key}"
        yield change(CallLeg, leg.id, turn_key=claim, turn_until=at + TURN_SECONDS)
        return _asked(hub, line, event)
    yield change(CallLeg, leg.id, turn_key=event.key)
    line = line._replace(leg=leg._replace(turn_key=event.key))
    yield from PHASES[Phase(leg.phase)](hub, line, event)
    return Answered((yield from _settle(hub, leg, event.key, at)))


def _hold(hub: Hub, event: LegEvent) -> Unit[tuple[Line | None, Answered | None]]:
    """Hold what the event is about; or say what was answered, when that is known already."""
    rows = yield find(CallLeg, "contact_id", id=event.leg_id)
    if not rows:
        raise NotFound("no_leg")
    contact_id = rows[0][0]
    if contact_id is None:
        leg = yield from load_leg(event.leg_id)
        return None, Answered(_of_key(hub, leg, event) if leg.is_live else ())
    contact = yield from load_contact(contact_id)
    call = yield from load_call(contact_id)
    leg = yield from load_leg(event.leg_id)
    now = doing(hub, leg)
    if not leg.is_live:
        if isinstance(event, MessageRecorded):
            yield from message_came_late(hub, contact, leg, event)
        return None, Answered(())
    if (yield find(Receipt, "key", scope=SCOPE, key=f"{leg.id}/{event.key}")):
        return None, Answered(_of_key(hub, leg, event))
    if now is None or not is_answer(now.program, event):
        return None, Answered(None)
    return Line(contact, call, leg, hub.clock.now(), now.memory), None


def _of_key(hub: Hub, leg: LegRow, event: LegEvent) -> Program | None:
    """The program that this very event was answered with, while it is in force."""
    now = doing(hub, leg)
    return now.program if now is not None and leg.last_key == event.key else None


def _settle(hub: Hub, leg: LegRow, key: str, at: float) -> Unit[Program | None]:
    """End the turn: what was put on the Leg meanwhile is the answer to this event."""
    yield put(Receipt, scope=SCOPE, key=f"{leg.id}/{key}", at=at)
    after = yield from load_leg(leg.id)
    yield change(CallLeg, leg.id, last_key=key, turn_key=None, turn_until=None)
    now = doing(hub, after)
    return () if now is None or not after.is_live else now.program


# -- menus ---------------------------------------------------------------------------------------


def _asked(hub: Hub, line: Line, event: LegEvent) -> Asked:
    state = remembered(hub, line.contact.id, line.contact.bot_state_sealed)
    is_visit = line.contact.state == ContactState.ASSIGNED
    language = line.contact.language
    heard, said = Heard(keys="", language=language), None
    if isinstance(event, Gathered):
        heard, said = _heard(line, event)
    return Asked(
        leg_id=line.leg.id,
        key=event.key,
        contact_id=line.contact.id,
        state=state.get("visit" if is_visit else "bot", {}),
        heard=heard,
        is_visit=is_visit,
        said=said,
    )


def _heard(line: Line, event: Gathered) -> tuple[Heard, Draft | None]:
    """What self-service hears, and the Message that is kept of it."""
    language, memory = line.contact.language, line.memory
    if event.digits:
        value, label = memory.get("keys", {}).get(event.digits, (None, ""))
    else:
        value, label = memory.get("words", {}).get(event.words.casefold(), (None, ""))
    heard = Heard(keys=event.digits, text=event.words or None, choice=value, language=language)
    if not event.digits and not event.words:
        return heard, None
    is_hidden = bool(memory.get("hidden"))
    shown = both(DIGITS_HIDDEN, language) if is_hidden else guard(event.digits).text
    text = label or guard(event.words).text or shown
    body = {"text": text, "keys": "" if is_hidden else shown, "words": guard(event.words).text}
    if value is not None:
        body["choice"] = value[:80]
    return heard, Draft(key=f"{line.leg.id}/{event.key}", speaker=Speaker.CUSTOMER, body=body)


async def serve(hub: Hub, asked: Asked) -> Program | None:
    """Ask self-service and run its errands, then store what it says."""
    state, steps = await _think(hub, asked)
    return await hub.journal.run(lambda: _finish(hub, asked, state, steps))


async def _think(hub: Hub, asked: Asked) -> tuple[dict[str, Any], Sequence[Step]]:
    state, heard, steps = asked.state, asked.heard, list[Step]()
    if not asked.is_visit and (await off_on(hub, PHONE)).everything:
        front = await _front(hub, asked.contact_id)
        closed = Say(text=of(ASSISTANT_OFF, front.language))
        return state, [closed, HandOff(queue_id=_last_queue(hub, front))]
    try:
        for _ in range(ERRANDS_MOST):
            front = await _front(hub, asked.contact_id)
            heard = replace(heard, language=front.language)
            state, answered = await hub.self_service.turn(front, state, heard)
            steps += [step for step in answered if not isinstance(step, Do)]
            errand = next((step for step in answered if isinstance(step, Do)), None)
            if errand is None:
                return state, steps
            result = await run_errand(hub, front, errand.command, errand.arguments)
            heard = Heard(result=result, language=front.language)
    except Exception:  # a broken flow must not leave a caller in silence
        log.exception("self_service_failed", contact_id=asked.contact_id)
    front = await _front(hub, asked.contact_id)
    sorry = prompt("trouble", front.language)
    said = Say(text=sorry.text, prompt=sorry.name)
    return asked.state, [said, HandOff(queue_id=_last_queue(hub, front))]


def _last_queue(hub: Hub, front: Front) -> str:
    return hub.phone.number_of(front.account).queue_id or next(iter(hub.setup.queues))


async def _front(hub: Hub, contact_id: str) -> Front:
    """Read it anew each time: an errand may have proved the caller or changed the language."""
    columns = ("id", "channel", "language", "identity_level", "account")
    rows = await hub.reader.rows(find(Contact, *columns, id=contact_id))
    return Front(*rows[0])


def _finish(
    hub: Hub, asked: Asked, state: dict[str, Any], steps: Sequence[Step]
) -> Unit[Program | None]:
    contact = yield from load_contact(asked.contact_id)
    call = yield from load_call(contact.id)
    leg = yield from load_leg(asked.leg_id)
    at = hub.clock.now()
    if not leg.is_live:
        return ()
    if leg.phase == Phase.MENU:
        # Set already for an answer; the first words of a call are claimed only now.
        yield change(CallLeg, leg.id, turn_key=asked.key)
        leg = leg._replace(turn_key=asked.key)
        turn = turn_of(steps, contact.language, asked.before)
        line = Line(contact, call, leg, at, {})
        yield from _play(hub, line, asked, state, steps, turn)
        yield from _preceded_by(hub, leg.id, turn.sounds)
    return (yield from _settle(hub, leg, asked.key, at))


def _play(
    hub: Hub, line: Line, asked: Asked, state: dict[str, Any], steps: Sequence[Step], turn: Turn
) -> Unit[None]:
    """Store the turn and put on the Leg what follows from it."""
    contact, at = line.contact, line.at
    drafts = [asked.said] if asked.said is not None else []
    drafts += [draft for step in steps if (draft := _spoken(hub, step)) is not None]
    if asked.said is not None:
        ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
        yield Append(CallerAnswered(at=at, leg_id=line.leg.id, **ids))
    kept = remembered(hub, contact.id, contact.bot_state_sealed)
    kept["visit" if asked.is_visit else "bot"] = state
    kept["answered"] = kept.get("answered", False) or not asked.heard.start
    contact = contact._replace(bot_state_sealed=remember(hub, contact.id, kept))
    line = line._replace(contact=contact)
    if isinstance(turn.way_out, HandOff) and contact.state == ContactState.IN_SELF_SERVICE:
        yield from _hand_over(hub, line, turn.way_out, drafts)
        return
    yield change(Contact, contact.id, bot_state_sealed=contact.bot_state_sealed)
    yield from add_messages(hub, contact.conversation_id, contact.id, drafts, at)
    if turn.way_out is None:
        yield from put_on(hub, line.call, line.leg, turn.program, Phase.MENU, turn.memory)
    elif asked.is_visit or contact.state == ContactState.ASSIGNED:
        yield from _back_to_agent(hub, line, kept)
    elif isinstance(turn.way_out, Finish):
        yield from end_contact(hub, contact, at, by="system", reason="solved", solved=True)
    else:
        yield from take_voicemail(hub, line)


def _back_to_agent(hub: Hub, line: Line, kept: dict[str, Any]) -> Unit[None]:
    """The visit is over: into the room again, and the recording goes on if we paused it."""
    call = line.call
    if kept.pop("visit_paused", False) and call.recording == "paused":
        call = yield from resume(hub, call, "system")
    kept.pop("visit", None)
    sealed = remember(hub, line.contact.id, kept)
    yield change(Contact, line.contact.id, bot_state_sealed=sealed)
    program = (EnterRoom(room_id=call.id),)
    yield from put_on(hub, call, line.leg, program, Phase.ROOM, NO_MEMORY)


def _hand_over(hub: Hub, line: Line, step: HandOff, drafts: list[Draft]) -> Unit[None]:
    joined = yield from hand_over(hub, line.contact, step, line.at, said=drafts)
    rows = yield find(Contact, "state", "queue_id", id=line.contact.id)
    if not joined or rows[0][0] == ContactState.PARKED:
        cause = "outside_hours" if joined else "queue_full"
        yield from offer_by_voice(hub, line, cause=cause, queue_id=step.queue_id)


def _preceded_by(hub: Hub, leg_id: str, sounds: Sequence[Sound]) -> Unit[None]:
    """Say the last words of the menu before what follows it."""
    leg = yield from load_leg(leg_id)
    now = doing(hub, leg)
    if sounds and now is not None:
        program = (PlaySounds(sounds=tuple(sounds)), *now.program)
        yield from keep_program(hub, leg_id, program, Phase(leg.phase), now.memory)


def _spoken(hub: Hub, step: Step) -> Draft | None:
    """The Message that is kept of what the menu said."""
    text = getattr(step, "text", "")
    if not text:
        return None
    body: dict[str, Any] = {"text": text}
    if isinstance(step, Menu):
        body["choices"] = [
            {"value": one.value, "label": one.label, "key": one.key} for one in step.choices
        ]
    kind = "menu" if isinstance(step, Menu) else "text"
    return Draft(key=hub.new_id("bot"), speaker=Speaker.BOT, kind=kind, body=body)
