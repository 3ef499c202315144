"""A supervisor on the line: listens, whispers to the agent, or talks with both."""

from typing import Final

from hub.domain.calls import EndLeg, LegKind, RoomRole, SetRole
from hub.domain.errors import Invalid, Refused
from hub.domain.states import ContactState, ParticipantRole
from hub.journey.audited import audited
from hub.journey.calls.commands import tell
from hub.journey.calls.connect import dial_agent
from hub.journey.calls.legs import LegRow, live_legs, load_call, moved, set_role
from hub.journey.calls.together import require_off_the_line
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.messages import add_message, event_draft, named
from hub.journey.participants import add_participant, drop_participant
from hub.store.unit import Unit

MODES: Final = frozenset(RoomRole)


async def monitor_call(hub: Hub, supervisor_id: str, *, contact_id: str, mode: str) -> None:
    """Be on a call as `listen`, `coach` (only the agent hears it) or `talk`; audited."""
    if mode not in MODES:
        raise Invalid("bad_mode", "choose listen, coach or talk")
    await hub.journal.run(lambda: _monitor(hub, supervisor_id, contact_id, RoomRole(mode)))


def _monitor(hub: Hub, supervisor_id: str, contact_id: str, role: RoomRole) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    if contact.state != ContactState.ASSIGNED or contact.owner_agent_id == supervisor_id:
        raise Refused("not_connected", "no agent of yours is on this line")
    call = yield from load_call(contact_id)
    legs = yield from live_legs(contact_id)
    own = next((leg for leg in legs if leg.party == supervisor_id), None)
    agent = next((leg for leg in legs if leg.party == contact.owner_agent_id), None)
    if agent is None or not agent.is_up:
        raise Refused("not_connected", "the agent is not on the line yet")
    at = hub.clock.now()
    coached = agent.id if role is RoomRole.COACH else None
    if own is None:
        yield from require_off_the_line(supervisor_id)
        yield from dial_agent(
            hub, call, supervisor_id, at, kind=LegKind.SUPERVISOR, role=role,
            coached_leg_id=coached,
        )  # fmt: skip
    else:
        yield from _change_role(own, role, at)
        yield from tell(
            hub, call, SetRole, room_id=call.id, leg_id=own.id, role=role, coached_leg_id=coached
        )
    yield from _be_known(hub, contact, supervisor_id, role, at)
    yield from audited(hub, supervisor_id, f"call_{role.value}", contact_id)


def _change_role(own: LegRow, role: RoomRole, at: float) -> Unit[None]:
    if own.kind != LegKind.SUPERVISOR:
        raise Refused("already_in_contact", "you are on this call already")
    yield from set_role(own, role)
    yield from moved(own, "role", at)


def _be_known(
    hub: Hub, contact: ContactRow, supervisor_id: str, role: RoomRole, at: float
) -> Unit[None]:
    """Who only listens or whispers watches; who talks has joined, and the transcript says so."""
    joins = role is RoomRole.TALK
    part = ParticipantRole.JOINED if joins else ParticipantRole.WATCHING
    if (yield from add_participant(contact, supervisor_id, part, at)) and joins:
        draft = event_draft(hub, "supervisor_joined", named(hub.staff.name_of(supervisor_id) or {}))
        yield from add_message(hub, contact.conversation_id, contact.id, draft, at)


async def leave_call(hub: Hub, user_id: str, *, contact_id: str) -> None:
    """Step off the line again: a supervisor, or a colleague who was asked in."""
    await hub.journal.run(lambda: _leave(hub, user_id, contact_id))


def _leave(hub: Hub, user_id: str, contact_id: str) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    call = yield from load_call(contact_id)
    own = next((leg for leg in (yield from live_legs(contact_id)) if leg.party == user_id), None)
    if own is None or contact.owner_agent_id == user_id:
        raise Refused("not_connected", "you are not a guest on this line")
    yield from drop_participant(contact, user_id, hub.clock.now())
    yield from tell(hub, call, EndLeg, leg_id=own.id)
    if own.kind == LegKind.SUPERVISOR:
        yield from audited(hub, user_id, "call_left", contact_id)
