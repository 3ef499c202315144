"""What routing must hear at start: the present rows told as the events that would lead there."""

import dataclasses
import json
from functools import lru_cache
from typing import Any

from sqlalchemy import or_, select

from hub.domain.calls_events import AgentPhoneChanged
from hub.domain.events import (
    AgentProfileSet,
    ContactAssigned,
    ContactQueued,
    ContactUnassigned,
    Event,
    PolicyPublished,
    PresenceChanged,
    ReservationMade,
)
from hub.domain.routing import Because, Requirement
from hub.domain.states import ContactState, QueueCause, ReservationState, WrapUpState
from hub.journey.context import Hub
from hub.journey.hours import hours_now
from hub.store.rows import find, table_of
from hub.store.tables import (
    AgentPhone,
    AgentPresence,
    Alternative,
    Assignment,
    Contact,
    Reservation,
)
from hub.store.unit import Prepared

_c, _a, _r = table_of(Contact).c, table_of(Assignment).c, table_of(Reservation).c
_waiting = Prepared(
    select(
        _c.id, _c.conversation_id, _c.queue_id, _c.channel, _c.language, _c.queue_cause,
        _c.queued_at, _c.priority, _c.segment, _c.value, _c.requirements, _c.preferred_agent_id,
        _c.tried_agent_ids, _c.target_agent_id, table_of(Alternative).c.id,
    )
    .outerjoin_from(
        table_of(Contact), table_of(Alternative), table_of(Alternative).c.id == _c.id
    )
    .where(_c.state.in_((ContactState.QUEUED.value, ContactState.RESERVED.value)))
    .where(_c.state != ContactState.CLOSED.value)  # names the partial index's condition
    .order_by(_c.queued_at, _c.id)
)  # fmt: skip
_held = Prepared(
    select(
        _a.id, _a.contact_id, _a.conversation_id, _a.agent_id, _a.channel, _a.queue_id,
        _a.started_at, _a.ended_at, _a.wrap_up_until,
    ).where(or_(_a.ended_at.is_(None), _a.wrap_up == WrapUpState.OPEN.value))
)  # fmt: skip
_offered = Prepared(
    select(
        _r.id, _r.contact_id, _r.agent_id, _r.queue_id, _r.channel, _r.offered_at, _r.expires_at,
        _r.because,
    ).where(_r.state == ReservationState.PENDING.value)
)  # fmt: skip

NOBODY = "[]"


async def routing_events(hub: Hub) -> list[Event]:
    """Policy, agents, what they hold, then who waits, in order; cheap for 20,000 contacts."""
    at = hub.clock.now()
    events: list[Event] = [PolicyPublished(at=at, policy=hub.setup.policy), *hours_now(hub)]
    for member in hub.staff.all():
        if member.enabled and member.profile.queues:
            events.append(AgentProfileSet(at=at, profile=member.profile))
    rows = await hub.reader.rows(find(AgentPresence, "agent_id", "presence", "reason", "since_at"))
    events += [
        PresenceChanged(at=since, agent_id=agent, presence=presence, reason=reason)
        for agent, presence, reason, since in rows
    ]
    rows = await hub.reader.rows(find(AgentPhone, "id", "device", "since_at", is_up=False))
    events += [
        AgentPhoneChanged(at=since, agent_id=agent, device=device, is_up=False, by="system")
        for agent, device, since in rows
    ]
    events += [event for row in await hub.reader.rows(_held()) for event in _assigned(row)]
    events += [_queued(row) for row in await hub.reader.rows(_waiting())]
    events += await _offers(hub)
    return events


def _queued(row: tuple[Any, ...]) -> ContactQueued:
    (contact, conversation, queue, channel, language, cause, queued_at, priority, segment, value,
     needs, preferred, tried, target, told) = row  # fmt: skip
    return ContactQueued(
        at=queued_at,
        contact_id=contact,
        conversation_id=conversation,
        queue_id=queue,
        channel=channel,
        language=language,
        cause=cause or QueueCause.HANDED_OFF.value,
        queued_at=queued_at,
        priority=priority,
        segment=segment,
        value=value,
        requirements=_requirements(needs),
        preferred_agent_id=preferred,
        tried_agent_ids=tuple(json.loads(tried)) if tried != NOBODY else (),
        target_agent_id=target,
        callback_offered=told is not None,
    )


@lru_cache(maxsize=1_000)
def _requirements(text: str) -> tuple[Requirement, ...]:
    """Read requirements; twenty thousand who wait share some dozen lists."""
    return tuple(Requirement(skill, int(level)) for skill, level in json.loads(text))


async def _offers(hub: Hub) -> list[Event]:
    rows = await hub.reader.rows(_offered())
    return [
        ReservationMade(
            at=offered_at,
            contact_id=contact,
            conversation_id="",
            reservation_id=reservation,
            agent_id=agent,
            channel=channel,
            queue_id=queue,
            expires_at=expires_at,
            because=_because(because),
        )
        for reservation, contact, agent, queue, channel, offered_at, expires_at, because in rows
    ]


def _because(text: str) -> Because:
    raw = json.loads(text)
    needs = tuple(Requirement(**n) for n in raw.pop("requirements"))
    return Because(**{f.name: raw[f.name] for f in dataclasses.fields(Because) if f.name in raw},
                   requirements=needs)  # fmt: skip


def _assigned(row: tuple[object, ...]) -> list[Event]:
    assignment, contact, conversation, agent, channel, queue, started, ended, wrap_until = row
    ids = {"contact_id": str(contact), "conversation_id": str(conversation)}
    events: list[Event] = [
        ContactAssigned(
            at=float(str(started)),
            agent_id=str(agent),
            assignment_id=str(assignment),
            queue_id=None if queue is None else str(queue),
            channel=str(channel),
            waited_seconds=0.0,
            **ids,
        )
    ]
    if ended is not None:
        events.append(
            ContactUnassigned(
                at=float(str(ended)),
                agent_id=str(agent),
                assignment_id=str(assignment),
                channel=str(channel),
                cause="closed",
                wrap_up_until=float(str(wrap_until)),
                **ids,
            )
        )
    return events
