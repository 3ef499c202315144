"""The telephone side of steps that move a Contact; each is called in the unit of that step.

`line_up` (it waits), `seat` (an agent has it), `unseat` (that agent has it no more), `part` (it is
over). All do nothing for a Contact without a call.
"""

from collections.abc import Mapping
from typing import Any, Final

from hub.domain.calls import (
    CHANNEL,
    Dial,
    EndCause,
    EndLeg,
    EnterRoom,
    HangUp,
    Hold,
    LegKind,
    LegState,
    PlaySounds,
    Program,
    Record,
    RoomRole,
    RunProgram,
    SetRole,
)
from hub.domain.calls_events import CallRecordingChanged
from hub.journey.calls.commands import tell
from hub.journey.calls.confirm import confirmation
from hub.journey.calls.dial_limits import require_within_limits
from hub.journey.calls.legs import (
    CALL_COLUMNS,
    CallRow,
    LegRow,
    Phase,
    close_leg,
    customer_leg,
    keep_program,
    live_legs,
    moved,
    open_leg,
    set_role,
)
from hub.journey.calls.line import music_only, wait_program
from hub.journey.calls.lists import drop_from_lists
from hub.journey.calls.survey_keys import ask_score
from hub.journey.calls.words import prompt
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.journey.phones.outside import number_to_ring
from hub.journey.waiting import TimerKind, arm, disarm
from hub.store.rows import change, find, put
from hub.store.tables import Call, CallLeg, CallRecording, Consent, Contact
from hub.store.unit import Append, Unit

NO_MEMORY: Final[Mapping[str, Any]] = {}
PASSED_ON: Final = "passed_outside"
"""The end reason of a call that an agent left to the customer and an outside number."""
CONSENT: Final = "call_recording"
"""Of the Customer: who refused once is not recorded again."""


def call_of(contact: ContactRow) -> Unit[CallRow | None]:
    """Hold the call of a Contact; None on other channels."""
    if contact.channel != CHANNEL:
        return None
    rows = yield find(Call, *CALL_COLUMNS, lock=True, id=contact.id)
    return CallRow(*rows[0]) if rows else None


def put_on(
    hub: Hub,
    call: CallRow,
    leg: LegRow,
    program: Program,
    phase: Phase,
    memory: Mapping[str, Any] = NO_MEMORY,
) -> Unit[CallRow]:
    """Let a customer's Leg do something else.

    While an event of this Leg is being answered the program is the answer; else it is commanded.
    """
    if leg.turn_key is not None:
        yield from keep_program(hub, leg.id, program, phase, memory)
        return call
    # The event before has had its answer: told again, it is not answered with this one.
    yield from keep_program(hub, leg.id, program, phase, memory, last_key="")
    return (yield from tell(hub, call, RunProgram, leg_id=leg.id, program=program))


def is_connected(contact: ContactRow) -> Unit[bool]:
    """Whether the customer is on the line; always so on channels without one."""
    call = yield from call_of(contact)
    leg = (yield from customer_leg(call)) if call else None
    return call is None or (leg is not None and leg.is_up)


def line_up(hub: Hub, contact: ContactRow, at: float) -> Unit[None]:
    """The Contact waits in a Queue: so does its caller."""
    call = yield from call_of(contact)
    leg = (yield from customer_leg(call)) if call else None
    if call is None or leg is None or not leg.is_up:
        return
    if leg.phase in (Phase.WAITING, Phase.CALLBACK, Phase.VOICEMAIL):
        return
    if leg.is_held:
        yield change(CallLeg, leg.id, is_held=False, held_since=None)
    if leg.phase != Phase.MENU:
        yield change(Call, call.id, announced_at=None)
        call = call._replace(announced_at=None)
    for guest in (yield from live_legs(call.id)):
        if guest.kind != LegKind.CUSTOMER:
            call = yield from tell(hub, call, EndLeg, leg_id=guest.id)
    program = yield from wait_program(hub, contact, call, at)
    yield from put_on(hub, call, leg, program, Phase.WAITING)


def seat(hub: Hub, contact: ContactRow, agent_id: str, at: float) -> Unit[None]:
    """An agent owns the Contact: their headset is called, unless it is in the room already."""
    call = yield from call_of(contact)
    if call is None:
        return
    yield from drop_from_lists(hub, contact)
    legs = yield from live_legs(call.id)
    own = next((leg for leg in legs if leg.party == agent_id), None)
    customer = next((leg for leg in legs if leg.kind == LegKind.CUSTOMER), None)
    if own is not None and own.is_up:
        call = yield from _give_the_word(hub, call, own, at)
    else:
        call = yield from dial_agent(hub, call, agent_id, at)
    if customer is None or not customer.is_up or customer.phase == Phase.ROOM:
        return
    if customer.phase in (Phase.WAITING, Phase.CONNECTING):
        # Music plays already: it is not begun again, and its keys mean nothing any more.
        yield change(CallLeg, customer.id, phase=Phase.CONNECTING.value)
        return
    yield from put_on(hub, call, customer, music_only(hub), Phase.CONNECTING)


def _give_the_word(hub: Hub, call: CallRow, own: LegRow, at: float) -> Unit[CallRow]:
    """Who listened or was asked in now talks; a customer on hold is fetched back."""
    if own.role != RoomRole.TALK:
        yield from set_role(own, RoomRole.TALK)
        call = yield from tell(
            hub, call, SetRole, room_id=call.id, leg_id=own.id, role=RoomRole.TALK
        )
    customer = yield from customer_leg(call)
    if customer is not None and customer.is_held:
        call = yield from release_hold(hub, call, customer, at)
    yield change(CallLeg, own.id, kind=LegKind.AGENT.value)
    yield from moved(own, "role", at)
    return call


def release_hold(hub: Hub, call: CallRow, leg: LegRow, at: float) -> Unit[CallRow]:
    """Fetch a Leg back from hold."""
    yield change(CallLeg, leg.id, is_held=False, held_since=None)
    yield disarm(TimerKind.CALL_HOLD, leg.id)
    yield from moved(leg, "resumed", at)
    return (yield from tell(hub, call, Hold, room_id=call.id, leg_id=leg.id, is_on=False))


def dial_agent(
    hub: Hub,
    call: CallRow,
    agent_id: str,
    at: float,
    *,
    kind: LegKind = LegKind.AGENT,
    role: RoomRole = RoomRole.TALK,
    coached_leg_id: str | None = None,
    seconds: float | None = None,
) -> Unit[CallRow]:
    """Call somebody's headset, or the outside phone they chose, into the room."""
    leg_id, wait = hub.new_id("leg"), seconds or hub.phone.answer_seconds
    entry = EnterRoom(room_id=call.id, role=role, coached_leg_id=coached_leg_id)
    program: Program = (entry,)
    phase, memory, more = Phase.ROOM, NO_MEMORY, dict[str, Any]()
    address = f"agent:{agent_id}"
    number = yield from number_to_ring(hub, agent_id, call.engine)
    if number is not None:
        if seconds is None:  # a line that broke is dialled anew whatever the limits say
            yield from require_within_limits(hub, agent_id, at)
        address, wait = f"pstn:{number}", hub.phone.outside_seconds
        program, phase, memory = confirmation(coached_leg_id)
        more = {"number": number, "dialled_by": agent_id}
    yield from open_leg(
        hub, leg_id, engine=call.engine, kind=kind, state=LegState.DIALLED, at=at,
        contact_id=call.id, conversation_id=call.conversation_id, party=agent_id,
        role=role.value, **more,
    )  # fmt: skip
    yield arm(TimerKind.CALL_CONNECT, leg_id, at + wait)
    yield from keep_program(hub, leg_id, program, phase, memory)
    return (
        yield from tell(
            hub, call, Dial, leg_id=leg_id, kind=kind, address=address,
            caller_number=call.account, ring_seconds=wait, program=program,
        )
    )  # fmt: skip


def unseat(hub: Hub, contact: ContactRow, agent_id: str, at: float) -> Unit[None]:
    """The agent has it no more: their Leg ends, and the recording of their talk."""
    call = yield from call_of(contact)
    if call is None:
        return
    goes_on = False
    for leg in (yield from live_legs(call.id)):
        if leg.party == agent_id:
            yield disarm(TimerKind.CALL_CONNECT, leg.id)
            call = yield from tell(hub, call, EndLeg, leg_id=leg.id)
        elif leg.kind == LegKind.CUSTOMER:
            yield disarm(TimerKind.CALL_HOLD, leg.id)
        else:
            goes_on = goes_on or (leg.room_id is not None and leg.role == RoomRole.TALK)
    if not goes_on:
        yield from stop_recording(hub, call, at)


def part(hub: Hub, contact: ContactRow, at: float, reason: str) -> Unit[None]:
    """The Contact is over: everybody is hung up, the caller after a last word."""
    call = yield from call_of(contact)
    if call is None:
        return
    yield change(Call, call.id, ended_at=at)
    for leg in (yield from live_legs(call.id)):
        yield disarm(TimerKind.CALL_CONNECT, leg.id)
        yield disarm(TimerKind.CALL_HOLD, leg.id)
        if reason == PASSED_ON and leg.kind in (LegKind.CUSTOMER, LegKind.OUTSIDE):
            continue
        if leg.kind == LegKind.CUSTOMER and leg.is_up:
            program, phase, memory = yield from _last_word(hub, contact)
            call = yield from put_on(hub, call, leg, program, phase, memory)
        elif leg.kind == LegKind.CUSTOMER and leg.phase == Phase.CONNECTING:
            yield from close_leg(leg, EndCause.FAILED.value, at)  # it was never dialled
        else:
            call = yield from tell(hub, call, EndLeg, leg_id=leg.id)
    yield from stop_recording(hub, call, at)


def _last_word(hub: Hub, contact: ContactRow) -> Unit[tuple[Program, Phase, Mapping[str, Any]]]:
    asked = yield from ask_score(hub, contact)
    if asked is not None:
        return asked
    goodbye = PlaySounds(sounds=(prompt("goodbye", contact.language),))
    return (goodbye, HangUp()), Phase.GOODBYE, NO_MEMORY


def begin_recording(hub: Hub, call: CallRow, leg: LegRow, language: str, at: float) -> Unit[None]:
    """Record the room from now on, unless it is recorded or was refused."""
    if not hub.phone.recording.is_on or call.recording != "off":
        return
    if (yield from _is_refused(call)):
        yield change(Call, call.id, recording="refused")
        yield from recording_changed(call, None, "refused", at)
        return
    recording_id = hub.new_id("rec")
    yield put(
        CallRecording, id=recording_id, contact_id=call.id, conversation_id=call.conversation_id,
        leg_id=leg.id, engine=call.engine, kind="call", language=language, started_at=at,
    )  # fmt: skip
    yield change(Call, call.id, recording="on", recording_id=recording_id)
    yield from tell(hub, call, Record, recording_id=recording_id, room_id=call.id, action="start")
    yield from recording_changed(call, recording_id, "started", at)


def _is_refused(call: CallRow) -> Unit[bool]:
    """Whether the Customer has refused recordings before; a threat is recorded all the same."""
    rows = yield find(Contact, "customer_id", id=call.id)
    if call.threat_at is not None or rows[0][0] is None:
        return False
    known = yield find(Consent, "given", customer_id=rows[0][0], code=CONSENT)
    return bool(known) and not known[0][0]


def step_out(hub: Hub, contact: ContactRow, user_id: str) -> Unit[None]:
    """A guest leaves the Contact: off the line, too."""
    call = yield from call_of(contact)
    if call is None:
        return
    for leg in (yield from live_legs(call.id)):
        if leg.party == user_id:
            call = yield from tell(hub, call, EndLeg, leg_id=leg.id)


def stop_recording(hub: Hub, call: CallRow, at: float) -> Unit[CallRow]:
    """End the recording if there is one; a refusal stays."""
    if call.recording_id is None or call.recording not in ("on", "paused"):
        return call
    recording_id = call.recording_id
    yield change(Call, call.id, recording="off", recording_id=None)
    yield change(CallRecording, recording_id, state="ended", ended_at=at)
    call = yield from tell(
        hub, call, Record, recording_id=recording_id, room_id=call.id, action="stop"
    )
    yield from recording_changed(call, recording_id, "ended", at)
    return call._replace(recording="off", recording_id=None)


def recording_changed(
    call: CallRow, recording_id: str | None, cause: str, at: float, by: str = "system"
) -> Unit[None]:
    """Tell the log."""
    yield Append(
        CallRecordingChanged(
            at=at, contact_id=call.id, conversation_id=call.conversation_id,
            recording_id=recording_id, cause=cause, by=by,
        )
    )  # fmt: skip
