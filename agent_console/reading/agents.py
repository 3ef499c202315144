"""What agents declare and what fills their hands, for one agent or for all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, or_, select

from hub.journey.context import Hub
from hub.journey.phones.outside import opened
from hub.journey.phones.ready import UNTOLD
from hub.store.rows import table_of
from hub.store.tables import AgentPhone, AgentPresence, Assignment, OutsidePhone, Reservation
from hub.store.unit import Prepared

_s, _a, _r, _p, _o = (
    table_of(one).c for one in (AgentPresence, Assignment, Reservation, AgentPhone, OutsidePhone)
)
_agents: BindParameter[list[str]] = bindparam("agents", expanding=True)

_PRESENCE = Prepared(
    select(
        _s.agent_id, _s.presence, _s.reason, _s.since_at, _s.next_presence, _s.next_reason,
        _p.device, _p.is_up, _o.id, _o.number_sealed,
    )
    .outerjoin_from(table_of(AgentPresence), table_of(AgentPhone), _p.id == _s.agent_id)
    .outerjoin(table_of(OutsidePhone), _o.id == _p.phone_id)
    .where(_s.agent_id.in_(_agents))
)  # fmt: skip
_TALKS = Prepared(
    select(_a.agent_id, _a.contact_id, _a.channel, _a.queue_id, _a.started_at, _a.ended_at)
    .where(_a.agent_id.in_(_agents), or_(_a.ended_at.is_(None), _a.wrap_up == "open"))
    .order_by(_a.started_at, _a.id)
)
_RINGING = Prepared(
    select(_r.agent_id, _r.contact_id, _r.channel, _r.queue_id, _r.offered_at).where(
        _r.agent_id.in_(_agents), _r.state == "pending"
    )
)
_LAST_END = Prepared(
    select(_a.agent_id, func.max(func.coalesce(_a.wrapped_at, _a.ended_at)))
    .where(_a.agent_id.in_(_agents), _a.started_at > bindparam("since"))
    .group_by(_a.agent_id)
)
RECENT_SECONDS = 12 * 3600.0
"""Longer ago than a shift, nobody asks since when an agent is idle."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A Contact in an agent's hands; `ended_at` is set while it is wrapped up."""

    contact_id: str
    channel: str
    queue_id: str | None
    started_at: float
    ended_at: float | None


@dataclass(frozen=True, slots=True)
class PhoneFacts:
    """What rings when the agent accepts a call, and whether it can."""

    device: str = UNTOLD.device
    is_up: bool = UNTOLD.is_up
    number: str = field(default="", repr=False)
    """Of an outside phone."""


@dataclass(slots=True)
class AgentFacts:
    """One agent's Presence and load, as the rows say."""

    agent_id: str
    presence: str = "offline"
    reason: str = ""
    since_at: float = 0.0
    next_presence: str = ""
    """What comes after `finishing`."""
    next_reason: str = ""
    phone: PhoneFacts = PhoneFacts()
    freed_at: float | None = None
    """End of the last talk or wrap-up."""
    talks: list[Talk] = field(default_factory=list)
    ringing: list[Talk] = field(default_factory=list)


async def load_agents(hub: Hub, agents: Sequence[str]) -> dict[str, AgentFacts]:
    """Read agents by id; one who never declared a Presence is offline."""
    if not agents:
        return {}
    wanted = list(agents)
    since = hub.clock.now() - RECENT_SECONDS
    presences, talks, ringing, ends = await hub.reader.gather(
        [
            _PRESENCE(agents=wanted),
            _TALKS(agents=wanted),
            _RINGING(agents=wanted),
            _LAST_END(agents=wanted, since=since),
        ]
    )
    found = {agent: AgentFacts(agent) for agent in wanted}
    for agent, presence, reason, since_at, *then, device, is_up, phone_id, sealed in presences:
        facts = found[agent]
        facts.presence, facts.reason, facts.since_at = presence, reason, since_at
        facts.next_presence, facts.next_reason = then
        if device is not None:
            number = opened(hub, (phone_id, agent, sealed)).number if sealed else ""
            facts.phone = PhoneFacts(device, bool(is_up), number)
    for agent, freed_at in ends:
        found[agent].freed_at = freed_at
    for row in talks:
        found[row[0]].talks.append(Talk(*row[1:]))
    for row in ringing:
        found[row[0]].ringing.append(_offer_as_talk(row))
    return found


def _offer_as_talk(row: tuple[Any, ...]) -> Talk:
    _agent, contact_id, channel, queue_id, offered_at = row
    return Talk(contact_id, channel, queue_id, offered_at, None)
