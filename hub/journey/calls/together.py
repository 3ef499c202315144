"""More than two on the line: consult, warm transfer, conference, and who leaves it.

The customer waits on hold while a colleague is asked; then both talk, or ownership moves.
"""

from typing import Any, Final

from sqlalchemy import bindparam, select

from hub.domain.calls import CHANNEL, Dial, EndLeg, EnterRoom, Hold, LegKind, LegState
from hub.domain.errors import Invalid, Refused
from hub.domain.states import ParticipantRole, Presence, QueueCause
from hub.journey.assign import assign, unassign
from hub.journey.calls.commands import tell
from hub.journey.calls.connect import NO_MEMORY, PASSED_ON, dial_agent, release_hold
from hub.journey.calls.control import hold, steered
from hub.journey.calls.dial_limits import dialable, require_within_limits
from hub.journey.calls.legs import (
    CallRow,
    LegRow,
    Phase,
    keep_program,
    live_legs,
    load_leg,
    moved,
    open_leg,
)
from hub.journey.close import end_contact
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.journey.converse import add_note
from hub.journey.load import held_channels, require_room
from hub.journey.messages import add_message, event_draft, named
from hub.journey.participants import add_participant
from hub.journey.phones.ready import phone_of, require_phone
from hub.journey.transfer import NOTE_MAX_CHARACTERS, keep_note, require_present
from hub.store.rows import change, table_of
from hub.store.tables import AgentPresence, CallLeg
from hub.store.unit import Prepared, Unit

LEGS_MOST: Final = 6
"""A conference of six: what the smallest engine mixes."""
_p = table_of(AgentPresence).c
_there = Prepared(
    select(_p.agent_id)
    .where(_p.presence == bindparam("presence"))
    .order_by(_p.since_at, _p.agent_id)
)


async def consult(
    hub: Hub,
    agent_id: str,
    *,
    contact_id: str,
    agent_to: str | None = None,
    queue_id: str | None = None,
    number: str | None = None,
    note: str = "",
) -> None:
    """Ask a colleague, somebody of a Queue, or an outside number in; the customer is held."""
    if len(note) > NOTE_MAX_CHARACTERS:
        raise Invalid("note_too_long", f"at most {NOTE_MAX_CHARACTERS} characters")
    if [agent_to, queue_id, number].count(None) != 2:
        raise Invalid("no_goal", "name an agent, a queue or a number")
    await hub.journal.run(
        lambda: _consult(hub, agent_id, contact_id, agent_to, queue_id, number, note)
    )


def _consult(
    hub: Hub,
    agent_id: str,
    contact_id: str,
    agent_to: str | None,
    queue_id: str | None,
    number: str | None,
    note: str,
) -> Unit[None]:
    contact, call, customer = yield from steered(contact_id, agent_id)
    at = hub.clock.now()
    legs = yield from live_legs(contact_id)
    if len(legs) >= LEGS_MOST:
        raise Refused("room_full", f"at most {LEGS_MOST} on one line")
    if note:
        yield from add_note(hub, contact, agent_id, hub.new_id("key"), note)
    if not customer.is_held:
        call = yield from hold(hub, call, customer, at)
    if number is not None:
        yield from _dial_outside(hub, call, agent_id, number, at)
        return
    goal = agent_to or (yield from _free_one(hub, str(queue_id), contact))
    yield from _ask_in(hub, contact, call, agent_id, goal, legs, at)


def _ask_in(
    hub: Hub, contact: ContactRow, call: CallRow, by: str, goal: str, legs: list[LegRow], at: float
) -> Unit[None]:
    if goal == by:
        raise Invalid("same_agent", "you are on this call already")
    yield from require_present(hub, goal)
    if any(leg.party == goal for leg in legs):
        raise Refused("already_in_contact", "they are on this call already")
    yield from require_off_the_line(goal)
    yield from require_phone(goal)
    yield from require_room(hub, goal, CHANNEL)
    yield from add_participant(contact, goal, ParticipantRole.CONSULTED, at)
    yield from dial_agent(hub, call, goal, at)
    draft = event_draft(
        hub, "consult_joined", named(hub.staff.name_of(goal) or {}), staff_only=True
    )
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)


def _free_one(hub: Hub, queue_id: str, contact: ContactRow) -> Unit[str]:
    """Who of a Queue is free the longest; raise `Refused("nobody_free")`."""
    if queue_id not in hub.setup.queues:
        raise Invalid("no_queue", f"there is no queue {queue_id}")
    for (agent_id,) in (yield _there(presence=Presence.AVAILABLE.value)):
        member = hub.staff.get(agent_id)
        if member is None or queue_id not in member.profile.queues:
            continue
        if agent_id == contact.owner_agent_id or (yield held_channels(agent=agent_id)):
            continue
        if (yield from phone_of(agent_id)).is_up:
            return str(agent_id)
    raise Refused("nobody_free", "nobody of that queue is free now")


def _dial_outside(hub: Hub, call: CallRow, by: str, number: str, at: float) -> Unit[None]:
    goal = dialable(hub, number)
    yield from require_within_limits(hub, by, at)
    leg_id = hub.new_id("leg")
    yield from open_leg(
        hub, leg_id, engine=call.engine, kind=LegKind.OUTSIDE, state=LegState.DIALLED, at=at,
        contact_id=call.id, conversation_id=call.conversation_id, number=goal,
        part=hub.phone.parts.get(goal, "other"), dialled_by=by,
    )  # fmt: skip
    program = (EnterRoom(room_id=call.id),)
    yield from keep_program(hub, leg_id, program, Phase.ROOM, NO_MEMORY)
    yield from tell(
        hub, call, Dial, leg_id=leg_id, kind=LegKind.OUTSIDE, address=f"pstn:{goal}",
        caller_number=call.account, ring_seconds=hub.phone.dial_out.ring_seconds,
        program=program,
    )  # fmt: skip


def require_off_the_line(agent_id: str) -> Unit[None]:
    """Raise `Refused("on_a_call")` for whoever is on a call: one headset, one conversation."""
    if (yield _live_of(of=agent_id)):
        raise Refused("on_a_call", "they are on another call")


_l = table_of(CallLeg).c
_live_of = Prepared(
    select(_l.id).where(_l.party == bindparam("of"), _l.state != LegState.ENDED.value)
)


# -- and then ------------------------------------------------------------------------------------


async def complete_transfer(hub: Hub, agent_id: str, *, contact_id: str, note: str = "") -> None:
    """Leave the customer with whoever was asked in; a colleague becomes the owner."""
    await hub.journal.run(lambda: _complete(hub, agent_id, contact_id, note))


def _complete(hub: Hub, agent_id: str, contact_id: str, note: str) -> Unit[None]:
    contact, call, customer = yield from steered(contact_id, agent_id)
    asked = [leg for leg in (yield from asked_in(contact)) if leg.is_up]
    if not asked:
        raise Refused("nobody_asked", "nobody else is on the line yet")
    at, goal = hub.clock.now(), asked[-1]
    if note:
        yield from keep_note(hub, contact, agent_id, note)
    if goal.is_held:
        call = yield from _take_off(hub, call, goal, at)
    if goal.kind == LegKind.OUTSIDE:
        if customer.is_held:
            yield from release_hold(hub, call, customer, at)
        yield from end_contact(hub, contact, at, by=agent_id, reason=PASSED_ON)
        return
    yield from require_room(hub, str(goal.party), CHANNEL)
    draft = event_draft(hub, "transferred", {"queue_id": contact.queue_id or ""})
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)
    yield from unassign(hub, contact, at, cause=QueueCause.TRANSFERRED.value)
    yield from assign(
        hub, contact, str(goal.party), at, cause="reassigned", queue_id=contact.queue_id
    )


async def merge_call(hub: Hub, agent_id: str, *, contact_id: str) -> None:
    """Bring all on the line together."""
    await hub.journal.run(lambda: _merge(hub, agent_id, contact_id))


def _merge(hub: Hub, agent_id: str, contact_id: str) -> Unit[None]:
    contact, call, customer = yield from steered(contact_id, agent_id)
    at = hub.clock.now()
    if customer.is_held:
        call = yield from release_hold(hub, call, customer, at)
    for leg in (yield from asked_in(contact)):
        if leg.is_held:
            call = yield from _take_off(hub, call, leg, at)


async def swap_call(hub: Hub, agent_id: str, *, contact_id: str) -> None:
    """Talk with the other one: customer and colleague take turns on hold."""
    await hub.journal.run(lambda: _swap(hub, agent_id, contact_id))


def _swap(hub: Hub, agent_id: str, contact_id: str) -> Unit[None]:
    contact, call, customer = yield from steered(contact_id, agent_id)
    asked = [leg for leg in (yield from asked_in(contact)) if leg.is_up]
    if not asked:
        raise Refused("nobody_asked", "nobody else is on the line yet")
    at, to_customer = hub.clock.now(), customer.is_held
    if to_customer:
        call = yield from release_hold(hub, call, customer, at)
    else:
        call = yield from hold(hub, call, customer, at)
    for leg in asked:
        if to_customer and not leg.is_held:
            yield change(CallLeg, leg.id, is_held=True, held_since=at)
            yield from moved(leg, "held", at)
            call = yield from tell(hub, call, Hold, room_id=call.id, leg_id=leg.id, is_on=True)
        elif not to_customer and leg.is_held:
            call = yield from _take_off(hub, call, leg, at)


def _take_off(hub: Hub, call: CallRow, leg: LegRow, at: float) -> Unit[CallRow]:
    return (yield from release_hold(hub, call, leg, at))


async def drop_leg(hub: Hub, agent_id: str, *, contact_id: str, leg_id: str) -> None:
    """Hang up somebody who was asked in; the customer is hung up by ending the Contact."""
    await hub.journal.run(lambda: _drop(hub, agent_id, contact_id, leg_id))


def _drop(hub: Hub, agent_id: str, contact_id: str, leg_id: str) -> Unit[None]:
    contact, call, _ = yield from steered(contact_id, agent_id)
    leg = yield from load_leg(leg_id)
    is_guest = leg.kind in (LegKind.AGENT, LegKind.OUTSIDE) and leg.party != contact.owner_agent_id
    if leg.contact_id != contact_id or not leg.is_live or not is_guest:
        raise Refused("no_leg", "that end is not yours to hang up, or is over")
    yield from tell(hub, call, EndLeg, leg_id=leg.id)


def asked_in(contact: ContactRow) -> Unit[list[LegRow]]:
    """The Legs of colleagues and outside numbers that the owner asked in, the oldest first."""
    legs: list[Any] = yield from live_legs(contact.id)
    return [
        leg
        for leg in legs
        if leg.kind in (LegKind.AGENT, LegKind.OUTSIDE) and leg.party != contact.owner_agent_id
    ]
