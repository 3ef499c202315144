"""Who is there: agents' Presence, and lost pages with their grace time."""

from collections.abc import Collection
from functools import partial

from sqlalchemy import bindparam, update

from hub.domain.errors import Invalid, Refused
from hub.domain.states import Presence, QueueCause
from hub.journey.assign import unassign
from hub.journey.calls.connect import is_connected
from hub.journey.close import NO_HEADSET, end_contact
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.declare import declare, next_of, presence_of
from hub.journey.finishing import finish_if_free
from hub.journey.messages import add_message, event_draft
from hub.journey.participants import drop_participant
from hub.journey.reserve import (
    ReservationRow,
    load_reservation,
    pending_of_agent,
    put_back,
    rescind,
)
from hub.journey.waiting import TimerKind, arm, disarm, ring
from hub.journey.wrap_up import finish_as
from hub.store.rows import find, table_of
from hub.store.tables import AgentPresence, Contact, Participant
from hub.store.unit import Prepared, Unit

_p = table_of(AgentPresence).c
_held_by = Prepared(
    update(table_of(AgentPresence))
    .where(_p.agent_id == bindparam("of"), _p.node != bindparam("here"))
    .values(node=bindparam("here"))
)
DECLARED = frozenset({Presence.AVAILABLE, Presence.BREAK, Presence.TRAINING, Presence.OFFLINE})


async def set_presence(
    hub: Hub, agent_id: str, *, presence: str, reason: str = "", by: str = ""
) -> None:
    """Declare a Presence. Going offline with contacts in hand is refused."""
    if presence not in DECLARED or len(reason) > 40:
        raise Invalid("bad_presence", "choose available, break, training or offline")
    await hub.journal.run(
        lambda: change_presence(hub, agent_id, Presence(presence), reason=reason, by=by)
    )


def change_presence(
    hub: Hub, agent_id: str, presence: Presence, *, reason: str, by: str
) -> Unit[None]:
    """The unit of `set_presence`, also used by a supervisor's change with its audit entry."""
    now_is, why, _ = yield from presence_of(agent_id)
    if (now_is, why) == (presence, reason):
        return
    if presence is Presence.OFFLINE:  # `finish_then` waits for the end of what is in hand
        owned = yield find(Contact, "id", owner_agent_id=agent_id, state="assigned")
        if owned:
            raise Refused("contacts_in_hand", "end or transfer your contacts first")
    yield disarm(TimerKind.AGENT_GRACE, agent_id)
    yield from declare(agent_id, presence, hub.clock.now(), reason=reason, by=by)


async def page_came(hub: Hub, agent_id: str) -> None:
    """A console page of the agent is connected: what was declared before holds again."""
    await hub.journal.run(lambda: _page_came(hub, agent_id))


def _page_came(hub: Hub, agent_id: str) -> Unit[None]:
    yield disarm(TimerKind.AGENT_GRACE, agent_id)
    presence, reason, before = yield from presence_of(agent_id)
    yield _held_by(of=agent_id, here=hub.node)
    if presence == Presence.RECONNECTING:
        then = yield from next_of(agent_id)
        at = hub.clock.now()
        yield from declare(agent_id, Presence(before), at, reason=reason, by="system", then=then)
        yield from finish_if_free(hub, agent_id, at)
    elif presence == Presence.OFFLINE:
        yield from declare(
            agent_id, Presence.BREAK, hub.clock.now(), reason="signed_in", by="system"
        )
        yield _held_by(of=agent_id, here=hub.node)


async def page_lost(hub: Hub, agent_id: str) -> None:
    """The last console page of the agent is gone: no new Offers, and a grace time begins."""
    await hub.journal.run(lambda: lose_page(hub, agent_id, hub.node))


def lose_page(hub: Hub, agent_id: str, node: str) -> Unit[None]:
    """The unit of `page_lost`; a page that came on another node since then counts more."""
    presence, reason, _ = yield from presence_of(agent_id)
    rows = yield find(AgentPresence, "node", agent_id=agent_id)
    if presence in (Presence.OFFLINE, Presence.RECONNECTING) or rows[0][0] not in ("", node):
        return
    at = hub.clock.now()
    then = yield from next_of(agent_id)
    yield from declare(
        agent_id, Presence.RECONNECTING, at, reason=reason, by="system", before=presence, then=then
    )
    due_at = at + hub.settings.agent_grace_seconds
    yield arm(TimerKind.AGENT_GRACE, agent_id, due_at)


async def all_pages_lost(hub: Hub, living: Collection[str] = ()) -> None:
    """At start no page is connected here: who was there gets the grace time.

    Agents whose pages are on other nodes that live (`living`) are left alone.
    """
    rows = await hub.reader.rows(find(AgentPresence, "node"))
    for node in sorted({row[0] for row in rows} - set(living)):
        await pages_lost_with(hub, node)


async def pages_lost_with(hub: Hub, node: str) -> None:
    """A node is gone, and its pages with it."""
    rows = await hub.reader.rows(find(AgentPresence, "agent_id", "presence", node=node))
    for agent_id, presence in rows:
        if presence not in (Presence.OFFLINE, Presence.RECONNECTING):
            await hub.journal.run(partial(lose_page, hub, agent_id, node))


async def give_up_agent(hub: Hub, agent_id: str) -> None:
    """Timer `agent_grace`: the agent did not come back; their contacts return to their place.

    One short unit per Contact: an agent may hold many, and a long transaction freezes readers.
    """
    if not await hub.journal.run(lambda: _sign_off(hub, agent_id)):
        return
    for reservation_id in await pending_of_agent(hub, agent_id):
        await hub.journal.run(partial(take_back_offer, hub, reservation_id))
    owned = await hub.reader.rows(find(Contact, "id", owner_agent_id=agent_id, state="assigned"))
    for (contact_id,) in owned:
        await hub.journal.run(partial(_take_back, hub, contact_id, agent_id))
    guests = await hub.reader.rows(find(Participant, "contact_id", agent_id=agent_id))
    for (contact_id,) in guests:
        await hub.journal.run(partial(_step_out, hub, contact_id, agent_id))


def _sign_off(hub: Hub, agent_id: str) -> Unit[bool]:
    taken = yield ring(hub, TimerKind.AGENT_GRACE, agent_id)
    presence, _, _ = yield from presence_of(agent_id)
    if not taken or presence != Presence.RECONNECTING:
        return False
    yield from declare(
        agent_id, Presence.OFFLINE, hub.clock.now(), reason="connection_lost", by="system"
    )
    return True


def take_back_offer(hub: Hub, reservation_id: str) -> Unit[None]:
    """Withdraw an Offer from an agent who is not there; the Contact keeps its place."""
    reservation: ReservationRow = yield from load_reservation(reservation_id)
    if reservation.state != "pending":
        return
    contact = yield from load_contact(reservation.contact_id)
    at = hub.clock.now()
    yield from rescind(hub, reservation, contact, at, "agent_lost")
    yield from put_back(hub, contact, reservation.agent_id, QueueCause.RESCINDED, at)


def _take_back(hub: Hub, contact_id: str, agent_id: str) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    if contact.owner_agent_id != agent_id or contact.state != "assigned":
        return
    at = hub.clock.now()
    if not (yield from is_connected(contact)):
        yield from end_contact(hub, contact, at, by="system", reason=NO_HEADSET)
        yield from finish_as(hub, agent_id, contact_id, NO_HEADSET)
        return
    yield from unassign(hub, contact, at, cause=QueueCause.AGENT_LOST.value, wrap_up=False)
    draft = event_draft(hub, "agent_lost")
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)
    yield from put_back(hub, contact, agent_id, QueueCause.AGENT_LOST, at)


def _step_out(hub: Hub, contact_id: str, agent_id: str) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    yield from drop_participant(contact, agent_id, hub.clock.now())
