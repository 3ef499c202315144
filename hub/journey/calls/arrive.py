"""A call comes in: its Leg, its Contact, and the first words it hears.

A number proves nobody. A call whose number already has a call (a switchboard, a second phone)
is a Contact of its own, on a thread of its own; a withheld number is an Address per call.
"""

from dataclasses import replace
from typing import Any, Final

from hub.domain.calls import (
    CHANNEL,
    Arrival,
    HangUp,
    LegKind,
    LegState,
    PlaySounds,
    Program,
)
from hub.domain.errors import Refused
from hub.domain.events import ContactEnteredSelfService
from hub.domain.states import QueueCause
from hub.domain.steps import InboundFact
from hub.journey.abuse import require_open_address
from hub.journey.calls.legs import Phase, keep_program, open_leg
from hub.journey.calls.set_up import PhoneNumber
from hub.journey.calls.turn import ARRIVED, first_words
from hub.journey.calls.words import prompt
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.enqueue import queue_is_full, to_queue
from hub.journey.memory import remember
from hub.journey.messages import add_message, event_draft
from hub.journey.receive import open_contact
from hub.journey.threads import Reach, Thread, hold_thread, known_language
from hub.store.rows import change, find, put
from hub.store.tables import Call, CallLeg, Contact
from hub.store.unit import Append, Unit

CUT_OFF: Final = "call_lost"
"""The end reason of a talk whose line broke."""


async def arrive(hub: Hub, arrival: Arrival) -> tuple[str, Program]:
    """Take a call; returns its Leg and what it does. The same (engine, ref) is the same Leg."""
    leg_id = await hub.journal.run(lambda: _arrive(hub, arrival))
    async with hub.engines.alone(leg_id):
        program = await first_words(hub, leg_id)
    return leg_id, program


def _arrive(hub: Hub, arrival: Arrival) -> Unit[str]:
    known = yield find(CallLeg, "id", engine=arrival.engine, ref=arrival.ref)
    if known:
        return str(known[0][0])
    at, leg_id = hub.clock.now(), hub.new_id("leg")
    number = hub.phone.number_of(arrival.called)
    thread, address = yield from _thread(hub, arrival, number, leg_id)
    leg: Any = {
        "engine": arrival.engine, "ref": arrival.ref, "kind": LegKind.CUSTOMER,
        "state": LegState.UP, "at": at, "number": arrival.caller,
    }  # fmt: skip
    try:
        yield from require_open_address(thread.conversation_id, at)
    except Refused:
        yield from open_leg(hub, leg_id, contact_id=None, conversation_id=None, **leg)
        farewell = PlaySounds(sounds=(prompt("blocked", thread.language),))
        yield from keep_program(hub, leg_id, (farewell, HangUp()), Phase.GOODBYE, {})
        return leg_id
    fact = InboundFact(
        channel=CHANNEL, account=number.number, address=address, key=arrival.ref,
        customer_id=arrival.customer_id, identity_level=arrival.identity_level,
        proof=arrival.proof,
    )  # fmt: skip
    contact_id = yield from open_contact(hub, thread, fact, at)
    ids = {"contact_id": contact_id, "conversation_id": thread.conversation_id}
    yield from open_leg(
        hub, leg_id, contact_id=contact_id, conversation_id=thread.conversation_id,
        phase=Phase.MENU.value, **leg,
    )  # fmt: skip
    yield put(
        Call, id=contact_id, conversation_id=thread.conversation_id, engine=arrival.engine,
        account=number.number, flow=number.flow, customer_leg_id=leg_id,
    )  # fmt: skip
    yield Append(ContactEnteredSelfService(at=at, **ids))
    yield from add_message(
        hub, thread.conversation_id, contact_id,
        event_draft(hub, "call_came_in", {"number": number.number}, staff_only=True), at,
    )  # fmt: skip
    yield from _begin(hub, arrival, thread, contact_id, leg_id, at)
    return leg_id


def _thread(
    hub: Hub, arrival: Arrival, number: PhoneNumber, leg_id: str
) -> Unit[tuple[Thread, str]]:
    """The Conversation of the number that calls; the language chosen last is remembered."""
    reach = Reach(
        channel=CHANNEL,
        account=number.number,
        address=arrival.caller or f"withheld:{leg_id}",
        customer_id=arrival.customer_id,
        identity_level=arrival.identity_level,
        proof=arrival.proof,
    )
    language = arrival.language or (yield from known_language(hub, reach)) or number.language
    thread = yield from hold_thread(hub, replace(reach, language=language))
    if thread.open_contact_id is not None:
        reach = replace(reach, address=f"{arrival.caller};{leg_id}")
        thread = yield from hold_thread(hub, replace(reach, language=language))
    return thread, reach.address


def _begin(
    hub: Hub, arrival: Arrival, thread: Thread, contact_id: str, leg_id: str, at: float
) -> Unit[None]:
    """Let the menu greet, or give who was cut off back to the agent they spoke with."""
    number = hub.phone.number_of(arrival.called)
    state = {"bot": {"flow": number.flow, "wants": arrival.wants}}
    yield change(Contact, contact_id, bot_state_sealed=remember(hub, contact_id, state))
    if not (yield from _was_cut_off(hub, thread, at)):
        return
    contact = yield from load_contact(contact_id)
    rows = yield find(Contact, "queue_id", id=thread.last_contact_id)
    draft = event_draft(hub, "came_back")
    yield from add_message(hub, thread.conversation_id, contact_id, draft, at)
    yield change(CallLeg, leg_id, turn_key=ARRIVED)
    yield from to_queue(
        hub, contact, queue_id=str(rows[0][0]), cause=QueueCause.HANDED_OFF, at=at,
        preferred_agent_id=thread.last_agent_id,
    )  # fmt: skip
    yield change(CallLeg, leg_id, turn_key=None)


def _was_cut_off(hub: Hub, thread: Thread, at: float) -> Unit[bool]:
    if thread.last_contact_id is None or thread.last_agent_id is None:
        return False
    rows = yield find(Contact, "closed_at", "end_reason", "queue_id", id=thread.last_contact_id)
    closed_at, reason, queue_id = rows[0]
    if reason != CUT_OFF or queue_id is None or queue_is_full(hub, queue_id):
        return False
    return bool(at - closed_at <= hub.phone.same_agent_seconds)
