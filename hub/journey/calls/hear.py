"""What an engine tells of a Leg: heard once, be it late, twice, or of a Leg that is gone."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from hub.domain.calls import (
    Dial,
    EndLeg,
    EnterRoom,
    Gathered,
    LegAnswered,
    LegEnded,
    LegEvent,
    LegKind,
    LegRinging,
    LegState,
    MessageRecorded,
    Program,
    ProgramEnded,
    QualityTold,
    RecordingReady,
    RoomEntered,
    RoomLeft,
    RoomRole,
    WaitOver,
)
from hub.domain.errors import NotFound
from hub.domain.states import ContactState
from hub.journey.calls.commands import tell
from hub.journey.calls.connect import NO_MEMORY, begin_recording, put_on
from hub.journey.calls.ended import leg_ended
from hub.journey.calls.legs import (
    CallRow,
    LegRow,
    Phase,
    customer_leg,
    live_legs,
    load_call,
    load_leg,
    moved,
    number_of_leg,
)
from hub.journey.calls.patience import ask_for_patience
from hub.journey.calls.recordings import recording_ready
from hub.journey.calls.turn import SCOPE, answer
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.waiting import TimerKind, disarm
from hub.store.rows import change, find, put
from hub.store.tables import Call, CallLeg, Receipt
from hub.store.unit import Unit

TURNS: Final = (Gathered, ProgramEnded, WaitOver, MessageRecorded)
"""Events that ask what the Leg does next."""
GOOD_MOS: Final = 3.6
"""Below this an agent is told that the line is bad (ITU-T G.107)."""


async def hear(hub: Hub, event: LegEvent) -> Program | None:
    """Take an event; returns what the Leg does next, None when it goes on with what it does.

    The same key again gets the same program while it is in force. Raises `NotFound("no_leg")`; a
    Leg that is over does nothing: `()` to who asks what comes next, None to everybody else.
    """
    async with hub.engines.alone(event.leg_id):
        if isinstance(event, TURNS):
            return await answer(hub, event)
        await hub.journal.run(lambda: _note(hub, event))
        return None


def _note(hub: Hub, event: LegEvent) -> Unit[None]:
    rows = yield find(CallLeg, "contact_id", id=event.leg_id)
    if not rows:
        raise NotFound("no_leg")
    if isinstance(event, LegEnded):
        yield from leg_ended(hub, event.leg_id, event.cause)
        return
    contact_id = rows[0][0]
    if contact_id is None:
        return
    contact = yield from load_contact(contact_id)
    call = yield from load_call(contact_id)
    leg = yield from load_leg(event.leg_id)
    at = hub.clock.now()
    if isinstance(event, RecordingReady):
        yield from recording_ready(hub, leg, event, at)
        return
    if not leg.is_live or (yield find(Receipt, "key", scope=SCOPE, key=f"{leg.id}/{event.key}")):
        return
    if not isinstance(event, QualityTold):
        yield put(Receipt, scope=SCOPE, key=f"{leg.id}/{event.key}", at=at)
    yield from _NOTES[type(event)](hub, contact, call, leg, event, at)


def _rings(
    hub: Hub, contact: ContactRow, call: CallRow, leg: LegRow, event: Any, at: float
) -> Unit[None]:
    if leg.state == LegState.DIALLED:
        ref = event.ref or leg.ref
        yield change(CallLeg, leg.id, state=LegState.RINGING.value, ref=ref)
        yield from moved(leg, "ringing", at)


def _answered(
    hub: Hub, contact: ContactRow, call: CallRow, leg: LegRow, event: Any, at: float
) -> Unit[None]:
    if leg.is_up:
        return
    ref = event.ref or leg.ref
    if leg.phase == Phase.CONFIRM:  # a mailbox may have answered: only the key says who is there
        yield change(CallLeg, leg.id, state=LegState.RINGING.value, ref=ref)
        return
    yield from _up(leg, ref, at)


def _up(leg: LegRow, ref: str | None, at: float) -> Unit[None]:
    yield change(CallLeg, leg.id, state=LegState.UP.value, answered_at=at, ref=ref)
    yield disarm(TimerKind.CALL_CONNECT, leg.id)
    yield from moved(leg, "answered", at)


def _entered(
    hub: Hub, contact: ContactRow, call: CallRow, leg: LegRow, event: Any, at: float
) -> Unit[None]:
    if 0 < event.seq <= leg.last_seq or event.room_id != call.id:
        return
    if not leg.is_up:
        yield from _up(leg, leg.ref, at)
    yield change(CallLeg, leg.id, room_id=call.id, last_seq=max(event.seq, leg.last_seq))
    yield from moved(leg, "joined", at)
    if contact.state == ContactState.CLOSED:
        if leg.kind != LegKind.CUSTOMER:
            yield from tell(hub, call, EndLeg, leg_id=leg.id)
        return
    if leg.kind == LegKind.CUSTOMER:
        yield from _customer_is_in(hub, contact, call, leg, at)
    elif leg.party == contact.owner_agent_id and leg.role == RoomRole.TALK:
        yield from _owner_is_in(hub, contact, call, at)


def _owner_is_in(hub: Hub, contact: ContactRow, call: CallRow, at: float) -> Unit[None]:
    """The agent's headset is there: now the customer comes in, or is dialled."""
    if call.lost_at is not None:
        yield change(Call, call.id, lost_at=None)
    customer = yield from customer_leg(call)
    if customer is None:
        return
    if customer.state == LegState.DIALLED and customer.phase == Phase.CONNECTING:
        yield from _dial_customer(hub, call, customer)
    elif customer.is_up and customer.phase == Phase.CONNECTING:
        program = (EnterRoom(room_id=call.id),)
        yield from put_on(hub, call, customer, program, Phase.ROOM, NO_MEMORY)
    elif customer.is_up and customer.phase == Phase.ROOM:
        yield from begin_recording(hub, call, customer, contact.language, at)


def _dial_customer(hub: Hub, call: CallRow, leg: LegRow) -> Unit[None]:
    number = yield from number_of_leg(hub, leg.id)
    yield change(CallLeg, leg.id, phase=Phase.ROOM.value)
    yield from tell(
        hub, call, Dial, leg_id=leg.id, kind=LegKind.CUSTOMER, address=f"pstn:{number}",
        caller_number=call.account, ring_seconds=hub.phone.dial_out.ring_seconds,
        program=(EnterRoom(room_id=call.id),),
    )  # fmt: skip


def _customer_is_in(
    hub: Hub, contact: ContactRow, call: CallRow, leg: LegRow, at: float
) -> Unit[None]:
    if call.talking_since is None:
        yield change(Call, call.id, talking_since=at)
    legs = yield from live_legs(call.id)
    together = [one for one in legs if one.kind == LegKind.AGENT and one.room_id == call.id]
    if together:
        yield from begin_recording(hub, call, leg, contact.language, at)
    if contact.owner_agent_id is not None:
        yield from ask_for_patience(hub, contact.owner_agent_id, leg.id, at)


def _left(
    hub: Hub, contact: ContactRow, call: CallRow, leg: LegRow, event: Any, at: float
) -> Unit[None]:
    if 0 < event.seq <= leg.last_seq:
        return
    yield change(CallLeg, leg.id, room_id=None, last_seq=max(event.seq, leg.last_seq))
    yield from moved(leg, "left", at)


def _quality(
    hub: Hub, contact: ContactRow, call: CallRow, leg: LegRow, event: Any, at: float
) -> Unit[None]:
    """Keep the newest; only a line that gets bad or good again is worth an event."""
    told = {
        "mos": event.mos, "loss_ratio": event.loss_ratio, "jitter_seconds": event.jitter_seconds
    }  # fmt: skip
    rows = yield find(CallLeg, "quality", id=leg.id)
    before = json.loads(rows[0][0])["mos"] if rows[0][0] else 5.0
    yield change(CallLeg, leg.id, quality=json.dumps(told))
    if (before >= GOOD_MOS) != (event.mos >= GOOD_MOS):
        yield from moved(leg, "quality", at)


_NOTES: Final[
    Mapping[type[LegEvent], Callable[[Hub, ContactRow, CallRow, LegRow, Any, float], Unit[None]]]
] = {
    LegRinging: _rings,
    LegAnswered: _answered,
    RoomEntered: _entered,
    RoomLeft: _left,
    QualityTold: _quality,
}
