"""A Leg is over: whose it was, and in which state it left the Contact, says what follows.

Everything here may be told late, twice, or of a Contact that is closed: then nothing follows.
"""

from typing import Final

from hub.domain.calls import EndCause, EndLeg, LegKind
from hub.domain.states import ContactState, Presence, QueueCause
from hub.journey.assign import unassign
from hub.journey.calls.arrive import CUT_OFF
from hub.journey.calls.commands import tell
from hub.journey.calls.connect import (
    NO_MEMORY,
    dial_agent,
    put_on,
    release_hold,
    stop_recording,
)
from hub.journey.calls.legs import (
    CallRow,
    LegRow,
    Phase,
    close_leg,
    customer_leg,
    live_legs,
    load_call,
    load_leg,
    number_of_leg,
)
from hub.journey.calls.line import music_only
from hub.journey.calls.lists import ABANDONED
from hub.journey.calls.words import prompt
from hub.journey.close import NO_HEADSET, end_contact
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.declare import declare, presence_of
from hub.journey.floor import promise
from hub.journey.messages import add_message, event_draft
from hub.journey.participants import drop_participant
from hub.journey.reserve import put_back
from hub.journey.waiting import TimerKind, arm, disarm, ring
from hub.journey.work.open import NewTask, add_task
from hub.journey.work.task_row import Words
from hub.journey.wrap_up import finish_as
from hub.store.rows import change
from hub.store.tables import Call
from hub.store.unit import Unit

SHORT_WAIT_SECONDS: Final = 5.0
"""Who leaves sooner has dialled wrongly: nobody is asked to call them."""
AGAIN_SECONDS: Final = 3.0
REDIAL: Final = "redial"
BROKEN: Final = frozenset({EndCause.LOST, EndCause.FAILED})
_IN_LINE: Final = (ContactState.QUEUED, ContactState.RESERVED)


def leg_ended(hub: Hub, leg_id: str, cause: EndCause) -> Unit[None]:
    """Write it down once, and do what follows."""
    leg = yield from load_leg(leg_id)
    if not leg.is_live:
        return
    at = hub.clock.now()
    if leg.contact_id is None:
        yield from close_leg(leg, cause.value, at)
        return
    contact = yield from load_contact(leg.contact_id)
    call = yield from load_call(contact.id)
    yield from close_leg(leg, cause.value, at)
    yield disarm(TimerKind.CALL_CONNECT, leg.id)
    yield disarm(TimerKind.CALL_HOLD, leg.id)
    if contact.state == ContactState.CLOSED:
        yield from _hang_up_rest(hub, call, leg)
        return
    if leg.kind == LegKind.CUSTOMER:
        yield from _customer_gone(hub, contact, call, leg, cause, at)
    elif leg.kind == LegKind.AGENT and contact.owner_agent_id == leg.party:
        yield from _owner_gone(hub, contact, call, leg, cause, at)
    else:
        yield from _guest_gone(hub, contact, call, leg, at)


def _hang_up_rest(hub: Hub, call: CallRow, leg: LegRow) -> Unit[None]:
    """After the end nobody stays alone on the line: customer and outside number go together."""
    if leg.kind in (LegKind.CUSTOMER, LegKind.OUTSIDE):
        for other in (yield from live_legs(call.id)):
            call = yield from tell(hub, call, EndLeg, leg_id=other.id)


# -- the customer --------------------------------------------------------------------------------


def _customer_gone(
    hub: Hub, contact: ContactRow, call: CallRow, leg: LegRow, cause: EndCause, at: float
) -> Unit[None]:
    if call.direction == "out" and leg.answered_at is None:
        yield from _not_reached(hub, contact, cause, at)
        return
    if contact.state == ContactState.ASSIGNED:
        is_cut = cause in BROKEN
        by, reason = ("system", CUT_OFF) if is_cut else ("customer", "hung_up")
        yield from end_contact(hub, contact, at, by=by, reason=reason)
        return
    number = yield from number_of_leg(hub, leg.id)
    if cause in BROKEN and contact.state in _IN_LINE and number:
        back = promise.Call(number=number, due_at=at, when="")
        yield from promise.take_callback(hub, contact, str(contact.queue_id), back, at)
        return
    yield from end_contact(hub, contact, at, by="customer", reason="hung_up")
    waited = at - (contact.queued_at or at)
    has_waited = contact.state in _IN_LINE and waited >= SHORT_WAIT_SECONDS
    if has_waited and number and leg.phase != Phase.VOICEMAIL:
        yield from _remember(hub, contact, number, waited, at)


def _remember(hub: Hub, contact: ContactRow, number: str, waited: float, at: float) -> Unit[None]:
    """List a caller who gave up, so that somebody may call them."""
    task = NewTask(
        kind=ABANDONED,
        by="system",
        due_at=at,
        words=Words("", (("number", number), ("waited_seconds", f"{waited:.0f}"))),
        queue_id=contact.queue_id,
        contact_id=contact.id,
        customer_id=contact.customer_id,
        language=contact.language,
    )
    yield from add_task(hub, task)


def _not_reached(hub: Hub, contact: ContactRow, cause: EndCause, at: float) -> Unit[None]:
    """A call of ours was not taken: that is its outcome, and there is nothing to wrap up."""
    owner = contact.owner_agent_id
    yield from end_contact(hub, contact, at, by="system", reason=cause.value)
    if owner is not None:
        yield from finish_as(hub, owner, contact.id, cause.value)


# -- the agent who owns it -----------------------------------------------------------------------


def _owner_gone(
    hub: Hub, contact: ContactRow, call: CallRow, leg: LegRow, cause: EndCause, at: float
) -> Unit[None]:
    if leg.answered_at is not None and cause not in BROKEN:
        yield from end_contact(hub, contact, at, by=str(leg.party), reason="hung_up")
    elif leg.answered_at is not None:
        yield from _hold_the_line(hub, contact, call, str(leg.party), at)
    elif call.lost_at is None:
        yield from _no_answer(hub, contact, str(leg.party), at)
    elif at - call.lost_at < hub.phone.reconnect_seconds:
        yield arm(TimerKind.CALL_REDIAL, contact.id, at + AGAIN_SECONDS)
    else:
        yield from _give_up(hub, contact, str(leg.party), at)


def _hold_the_line(
    hub: Hub, contact: ContactRow, call: CallRow, agent_id: str, at: float
) -> Unit[None]:
    """The agent's line broke: music for the caller, and the agent is dialled anew."""
    yield change(Call, call.id, lost_at=at)
    call = yield from stop_recording(hub, call, at)
    customer = yield from customer_leg(call)
    if customer is not None and customer.is_up:
        sorry = music_only(hub, prompt("one_moment", contact.language))
        call = yield from put_on(hub, call, customer, sorry, Phase.CONNECTING, NO_MEMORY)
    yield from dial_agent(hub, call, agent_id, at, seconds=hub.phone.reconnect_seconds)


async def redial(hub: Hub, contact_id: str) -> None:
    """Timer `call_redial`: the agent's headset may be back by now."""
    await hub.journal.run(lambda: _redial(hub, contact_id))


def _redial(hub: Hub, contact_id: str) -> Unit[None]:
    taken = yield ring(hub, TimerKind.CALL_REDIAL, contact_id)
    contact = yield from load_contact(contact_id)
    if not taken or contact.state != ContactState.ASSIGNED or contact.owner_agent_id is None:
        return
    call = yield from load_call(contact_id)
    legs = yield from live_legs(contact_id)
    if call.lost_at is None or any(leg.party == contact.owner_agent_id for leg in legs):
        return
    left = hub.phone.reconnect_seconds - (hub.clock.now() - call.lost_at)
    if left <= 0:
        yield from _give_up(hub, contact, contact.owner_agent_id, hub.clock.now())
        return
    yield from dial_agent(hub, call, contact.owner_agent_id, hub.clock.now(), seconds=left)


def _no_answer(hub: Hub, contact: ContactRow, agent_id: str, at: float) -> Unit[None]:
    """The accepted call never reached the headset: back to its place, the agent not ready."""
    presence, _, _ = yield from presence_of(agent_id)
    if presence == Presence.AVAILABLE:
        yield from declare(agent_id, Presence.BREAK, at, reason="no_headset", by="system")
    yield from _back_in_line(hub, contact, agent_id, QueueCause.TIMED_OUT, at)


def _give_up(hub: Hub, contact: ContactRow, agent_id: str, at: float) -> Unit[None]:
    yield change(Call, contact.id, lost_at=None)
    yield from _back_in_line(hub, contact, agent_id, QueueCause.AGENT_LOST, at)


def _back_in_line(
    hub: Hub, contact: ContactRow, agent_id: str, cause: QueueCause, at: float
) -> Unit[None]:
    call = yield from load_call(contact.id)
    customer = yield from customer_leg(call)
    if contact.queue_id is None or customer is None or not customer.is_up:
        yield from end_contact(hub, contact, at, by="system", reason=NO_HEADSET)
        yield from finish_as(hub, agent_id, contact.id, NO_HEADSET)
        return
    cause_of_end = "no_answer" if cause is QueueCause.TIMED_OUT else cause.value
    yield from unassign(hub, contact, at, cause=cause_of_end, wrap_up=False)
    draft = event_draft(hub, "agent_lost")
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)
    yield from put_back(hub, contact, agent_id, cause, at)


# -- somebody asked in ---------------------------------------------------------------------------


def _guest_gone(hub: Hub, contact: ContactRow, call: CallRow, leg: LegRow, at: float) -> Unit[None]:
    """A colleague, supervisor or outside number left: a customer held for them is fetched back."""
    if leg.party is not None:
        yield from drop_participant(contact, leg.party, at)
    others = [one for one in (yield from live_legs(call.id)) if _is_asked(one, contact)]
    customer = yield from customer_leg(call)
    if others or customer is None or not customer.is_held:
        return
    if contact.state == ContactState.ASSIGNED and leg.kind != LegKind.SUPERVISOR:
        yield from release_hold(hub, call, customer, at)


def _is_asked(leg: LegRow, contact: ContactRow) -> bool:
    return leg.kind in (LegKind.AGENT, LegKind.OUTSIDE) and leg.party != contact.owner_agent_id


# -- engines and time ----------------------------------------------------------------------------


async def not_connected(hub: Hub, leg_id: str) -> None:
    """Timer `call_connect`: who was dialled did not come; the engine may stop ringing."""
    await hub.journal.run(lambda: _not_connected(hub, leg_id))


def _not_connected(hub: Hub, leg_id: str) -> Unit[None]:
    taken = yield ring(hub, TimerKind.CALL_CONNECT, leg_id)
    leg = yield from load_leg(leg_id)
    if not taken or not leg.is_live or leg.is_up or leg.contact_id is None:
        return
    call = yield from load_call(leg.contact_id)
    yield from tell(hub, call, EndLeg, leg_id=leg.id)
    yield from leg_ended(hub, leg_id, EndCause.NO_ANSWER)
