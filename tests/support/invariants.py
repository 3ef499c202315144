"""What must hold after every step, asked of the rows and the log themselves.

Each check answers with sentences about what is wrong; an empty list is good news.
"""

from collections import Counter

from sqlalchemy import Select, func, select

from hub.domain.states import ContactState, WrapUpState
from hub.journey.context import Hub
from hub.journey.load import used_units
from hub.journey.silence import UNWATCHED
from hub.store.rows import table_of
from hub.store.tables import (
    AgentPresence,
    Assignment,
    Contact,
    Conversation,
    Message,
    Reservation,
    Timer,
)
from hub.store.unit import Prepared

_contact, _reservation = table_of(Contact).c, table_of(Reservation).c
_assignment, _message, _timer = table_of(Assignment).c, table_of(Message).c, table_of(Timer).c
_conversation, _presence = table_of(Conversation).c, table_of(AgentPresence).c


async def _rows(hub: Hub, statement: Select[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return await hub.reader.heavy(Prepared(statement)())


async def broken(hub: Hub) -> list[str]:
    """Every invariant that does not hold now, as sentences."""
    return [
        *await _one_place(hub),
        *await _messages_numbered(hub),
        *await _load_within_capacity(hub),
        *await _waiting_has_timers(hub),
    ]


async def _one_place(hub: Hub) -> list[str]:
    """An open contact is in exactly one place; at most one live offer and one owner."""
    contacts = await _rows(
        hub, select(_contact.id, _contact.state, _contact.owner_agent_id, _contact.ending)
    )
    offers = Counter(
        str(row[0])
        for row in await _rows(
            hub, select(_reservation.contact_id).where(_reservation.state == "pending")
        )
    )
    owners = Counter(
        str(row[0])
        for row in await _rows(
            hub, select(_assignment.contact_id).where(_assignment.ended_at.is_(None))
        )
    )
    opened = {
        str(row[0])
        for row in await _rows(
            hub,
            select(_conversation.open_contact_id).where(_conversation.open_contact_id.is_not(None)),
        )
    }
    faults = []
    for contact, state, owner, ending in contacts:
        key = str(contact)
        wanted = (
            int(state == ContactState.RESERVED),
            int(state == ContactState.ASSIGNED),
            state != ContactState.CLOSED,
        )
        found = (offers[key], owners[key], key in opened)
        if found != wanted:
            faults.append(f"{key} is {state} but has (offers, owners, open) = {found}")
        if (owner is not None) != (state == ContactState.ASSIGNED):
            faults.append(f"{key} is {state} and its owner is {owner}")
        if (ending is not None) != (state == ContactState.CLOSED):
            faults.append(f"{key} is {state} and its ending is {ending}")
    return faults


async def _messages_numbered(hub: Hub) -> list[str]:
    """Messages of a conversation are 1..n without gaps, and the counter says n."""
    statement = (
        select(_conversation.id, _conversation.last_seq, func.count(_message.seq),
               func.coalesce(func.max(_message.seq), 0))
        .select_from(table_of(Conversation))
        .outerjoin(table_of(Message), _message.conversation_id == _conversation.id)
        .group_by(_conversation.id, _conversation.last_seq)
    )  # fmt: skip
    return [
        f"{conversation}: counter {last}, {count} messages, highest number {highest}"
        for conversation, last, count, highest in await _rows(hub, statement)
        if not last == count == highest
    ]


async def _load_within_capacity(hub: Hub) -> list[str]:
    """No agent holds more than fits, and nobody who is away has a live offer."""
    held: dict[str, list[str]] = {}
    offers = await _rows(
        hub,
        select(_reservation.agent_id, _reservation.channel).where(_reservation.state == "pending"),
    )
    work = await _rows(
        hub,
        select(_assignment.agent_id, _assignment.channel).where(
            _assignment.ended_at.is_(None) | (_assignment.wrap_up == WrapUpState.OPEN.value)
        ),
    )
    for agent, channel in (*offers, *work):
        held.setdefault(str(agent), []).append(str(channel))
    faults = []
    for agent_id, channels in held.items():
        member = hub.staff.get(agent_id)
        used = used_units(hub, channels).total()
        if member is not None and used > member.profile.capacity_units:
            faults.append(f"{agent_id} holds {used} of {member.profile.capacity_units} units")
    return faults


async def _waiting_has_timers(hub: Hub) -> list[str]:
    """Every waiting state has a timer row with a due time."""
    timers = {
        (str(kind), str(subject))
        for kind, subject in await _rows(hub, select(_timer.kind, _timer.subject))
    }
    wanted: list[tuple[str, str]] = [
        ("offer", str(row[0]))
        for row in await _rows(hub, select(_reservation.id).where(_reservation.state == "pending"))
    ]
    wanted += [
        ("wrap_up", str(row[0]))
        for row in await _rows(
            hub, select(_assignment.id).where(_assignment.wrap_up == WrapUpState.OPEN.value)
        )
    ]
    wanted += [
        ("aside" if waits_for else "opening", str(contact_id))
        for contact_id, waits_for in await _rows(
            hub,
            select(_contact.id, _contact.waits_for).where(
                _contact.state == ContactState.PARKED.value
            ),
        )
    ]
    wanted += [
        ("agent_grace", str(row[0]))
        for row in await _rows(
            hub, select(_presence.agent_id).where(_presence.presence == "reconnecting")
        )
    ]
    faults = [f"no timer {kind} for {subject}" for kind, subject in wanted
              if (kind, subject) not in timers]  # fmt: skip
    silent = await _rows(
        hub,
        select(_contact.id).where(
            _contact.state == "assigned", _contact.channel.not_in(sorted(UNWATCHED))
        ),
    )
    return faults + [
        f"nobody watches the silence of {contact}"
        for (contact,) in silent
        if not {("silence", str(contact)), ("silence_close", str(contact))} & timers
    ]
