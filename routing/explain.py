"""What holds a waiting contact back, as a code and numbers for console and supervisors."""

from dataclasses import dataclass

from hub.domain.routing import Requirement
from hub.domain.states import Presence
from routing.agents import Agent
from routing.contacts import Contact, Stage
from routing.floor import Floor


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a contact waits. Counts are of agents, each narrower than the one before.

    Codes: `offered`, `waits_for_agent`, `nobody_has_skill`, `nobody_signed_in`,
    `nobody_available`, `phone_not_ready`, `all_busy`, `paused`, `next_decision`.
    """

    code: str
    requirements: tuple[Requirement, ...]
    queues: tuple[str, ...]
    skilled: int = 0
    """Work for the queues and have what is needed."""
    signed_in: int = 0
    available: int = 0
    phones_down: int = 0
    """Are available, but their phone is not ready for it."""
    with_room: int = 0
    paused: int = 0
    """Have room but declined or missed this contact a moment ago."""
    agent_id: str | None = None
    """Who is waited for, or whom it is offered to."""
    until: float | None = None
    """When the wait for that agent ends (UTC epoch seconds)."""
    next_change_at: float | None = None
    """When waiting itself next widens the choice."""


def explain(floor: Floor, contact_id: str, now: float) -> Explanation | None:
    """Return what holds the contact at `now`; None when routing does not hold it."""
    contact = floor.contacts.get(contact_id)
    if contact is None:
        return None
    needs = contact.cls.requirements
    queues = (contact.queue.queue_id, *contact.overflows)
    if contact.stage is not Stage.WAITING:
        return Explanation(
            code="offered", requirements=needs, queues=queues, agent_id=contact.agent_id
        )
    if contact.owner is not None and now < contact.owner_until:
        return Explanation(
            code="waits_for_agent",
            requirements=needs,
            queues=queues,
            agent_id=contact.owner,
            until=contact.owner_until,
            next_change_at=contact.next_step_at(),
        )
    return _who_could(floor, contact, needs, queues)


def _who_could(
    floor: Floor, contact: Contact, needs: tuple[Requirement, ...], queues: tuple[str, ...]
) -> Explanation:
    able = {kind: kind.can_serve(queues, needs) for kind in {a.kind for a in floor.agents.values()}}
    skilled = [agent for agent in floor.agents.values() if able[agent.kind]]
    signed_in = [agent for agent in skilled if agent.presence != Presence.OFFLINE]
    available = [agent for agent in signed_in if agent.is_available]
    reachable = [a for a in available if contact.queued.channel not in a.kind.shut]
    with_room = [agent for agent in reachable if _has_room(agent, contact)]
    paused = [agent for agent in with_room if contact.contact_id in agent.paused]
    return Explanation(
        code=_code(skilled, signed_in, available, reachable, with_room, paused),
        requirements=needs,
        queues=queues,
        skilled=len(skilled),
        signed_in=len(signed_in),
        available=len(available),
        phones_down=len(available) - len(reachable),
        with_room=len(with_room),
        paused=len(paused),
        next_change_at=contact.next_step_at(),
    )


def _has_room(agent: Agent, contact: Contact) -> bool:
    return agent.stand is not None and contact.queued.channel in agent.stand.channels


def _code(
    skilled: list[Agent],
    signed_in: list[Agent],
    available: list[Agent],
    reachable: list[Agent],
    with_room: list[Agent],
    paused: list[Agent],
) -> str:
    for agents, code in (
        (skilled, "nobody_has_skill"),
        (signed_in, "nobody_signed_in"),
        (available, "nobody_available"),
        (reachable, "phone_not_ready"),
        (with_room, "all_busy"),
    ):
        if not agents:
            return code
    return "paused" if len(paused) == len(with_room) else "next_decision"
