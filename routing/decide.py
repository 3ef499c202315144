"""Decisions: what time changes, then who serves whom, best contact first, until nothing fits."""

from heapq import heapify, heappop, heappush
from typing import Any

from hub.domain.routing import Because, Decision, Expire, OverflowTo, Relax, Reserve
from routing.agents import Agent
from routing.callbacks import offer_callbacks
from routing.classes import ContactClass
from routing.contacts import DECIDED, WAITING, Contact, Queue
from routing.drafts import BecauseDraft, ReserveDraft
from routing.floor import Floor
from routing.relax import level_at, overflow_due_at
from routing.scoring import Precedence, precedence_at
from routing.timers import EXPIRY, PAUSE

Nomination = tuple[Precedence, str]
"""A contact that may find an agent, and the agent who asks for it ("" when it asks itself)."""


def decide(floor: Floor, now: float) -> list[Decision]:
    """Return what is to be done at `now`; what is decided counts as done until refused."""
    decisions: list[Decision] = []
    if floor.timers.quiet_until <= now:
        _let_time_pass(floor, now, decisions)
    contacts, agents = floor.dirty_contacts, floor.dirty_agents
    if agents and (contacts or len(agents) > 1):
        _seat_unneeded(floor, now)
    if contacts:
        if agents or len(contacts) > 1:
            _serve_many(floor, now, decisions)
        else:
            _serve_one_contact(floor, contacts.popitem()[1], now, decisions)
    elif agents:
        if len(agents) > 1:
            _serve_many(floor, now, decisions)
        else:
            _serve_one_agent(floor, agents.popitem()[1], now, decisions)
    if floor.crowded:
        _relieve(floor, decisions)
        _serve_many(floor, now, decisions)
    if floor.unserved:
        offer_callbacks(floor, now, decisions)
    return decisions


# -- time ----------------------------------------------------------------------------------------


def _let_time_pass(floor: Floor, now: float, decisions: list[Decision]) -> None:
    for _, kind, contact_id, other in floor.timers.due(now, floor.contacts, floor.pauses):
        contact = floor.contacts.get(contact_id)
        if kind is PAUSE:
            end_pause(floor, contact_id, other)
        elif contact is not None and kind is EXPIRY:
            contact.expire_at = None
            decisions.append(Expire(reservation_id=other))
        elif contact is not None:
            _widen(floor, contact, now, decisions)


def end_pause(floor: Floor, contact_id: str, agent_id: str) -> None:
    """The pair may be offered to each other again."""
    paused = floor.pauses[contact_id]
    del paused[agent_id]
    if not paused:
        del floor.pauses[contact_id]
    floor.agents[agent_id].paused -= {contact_id}
    contact = floor.contacts.get(contact_id)
    if contact is not None and contact.stage is WAITING:
        floor.dirty_contacts[contact_id] = contact


def _widen(floor: Floor, contact: Contact, now: float, decisions: list[Decision]) -> None:
    queue, since = contact.queue, contact.since
    contact.step_at = None
    if contact.owner is not None and contact.owner_until <= now:
        floor.disown(contact)
    level = level_at(queue.steps, since, now)
    if level > contact.level:
        contact.level = level
        floor.reclassify(contact)
        decisions.append(Relax(contact_id=contact.contact_id, level=level))
    for rule in queue.policy.overflows:
        due_at = overflow_due_at(rule, since, queue.closed_at)
        if rule.queue_id not in contact.overflows and due_at is not None and due_at <= now:
            floor.overflow(contact, rule.queue_id)
            decisions.append(OverflowTo(contact_id=contact.contact_id, queue_id=rule.queue_id))
    if (callback_at := contact.callback_due_at()) is not None and callback_at <= now:
        contact.callback_offered = True  # unless somebody is found for it in a moment
        floor.unserved.append(contact)
    floor.arm(contact)


def _relieve(floor: Floor, decisions: list[Decision]) -> None:
    """Where more wait than a limit, the best placed beyond it may be served elsewhere too."""
    for queue_id in sorted(floor.crowded):
        queue = floor.queues[queue_id]
        for rule in queue.policy.overflows:
            limit = rule.waiting_over
            while limit is not None and queue.unhelped_over(rule.queue_id, limit):
                contact = _first_unhelped(floor, queue_id, rule.queue_id)
                floor.overflow(contact, rule.queue_id)
                decisions.append(OverflowTo(contact_id=contact.contact_id, queue_id=rule.queue_id))
    floor.crowded.clear()


def _first_unhelped(floor: Floor, queue_id: str, overflow_id: str) -> Contact:
    floor.settle()
    heads = (
        line.first
        for cls, line in floor.queues[queue_id].lines.values()
        if overflow_id not in cls.overflows
    )
    first: Contact = min(head for head in heads if head is not None)[4]
    return first


# -- pairs ---------------------------------------------------------------------------------------


def _seat_unneeded(floor: Floor, now: float) -> None:
    """Agents whom nobody in line needs join the idle, where new contacts find them."""
    agents = floor.dirty_agents
    for agent in tuple(agents.values()):
        if floor.best_contact(agent, now) is None:
            del agents[agent.agent_id]
            floor.place_agent(agent)


def _serve_one_agent(floor: Floor, agent: Agent, now: float, decisions: list[Decision]) -> None:
    """One freed agent: nobody else could serve whom it finds, or they would already."""
    while agent.stand is not None:
        rank = floor.best_contact(agent, now)
        if rank is None:
            floor.place_agent(agent)
            return
        decisions.append(_reserve(floor, rank[4], agent, now))


def _serve_one_contact(
    floor: Floor, contact: Contact, now: float, decisions: list[Decision]
) -> None:
    """One new contact: it chooses among the idle, and only then stands in line."""
    agent = floor.best_agent(contact)
    if agent is None:
        _leave_unserved(floor, contact)
        floor.place_contact(contact)
        return
    decisions.append(_reserve(floor, contact, agent, now))
    floor.place_agent(agent)


def _serve_many(floor: Floor, now: float, decisions: list[Decision]) -> None:
    """Best contact first; each nomination is looked at again when its turn comes."""
    floor.settle()
    agents, contacts = floor.dirty_agents, dict(floor.dirty_contacts)
    nominations = [_nominated_by(floor, agent, now) for agent in agents.values()]
    nominations += [_nominate(floor, c, now) for c in contacts.values() if floor.best_agent(c)]
    heap = [n for n in nominations if n is not None]
    heapify(heap)
    while heap:
        (*_, rank), nominator = heappop(heap)
        contact = rank[4]
        agent = floor.best_agent(contact) if contact.stage is WAITING else None
        if agent is not None:
            decisions.append(_reserve(floor, contact, agent, now))
            floor.place_agent(agent)
        if nominator:
            again = _nominated_by(floor, floor.agents[nominator], now)
            if again is not None:
                heappush(heap, again)
    for contact in contacts.values():
        _leave_unserved(floor, contact)
    floor.dirty_contacts.clear()
    floor.dirty_agents.clear()


def _leave_unserved(floor: Floor, contact: Contact) -> None:
    """A decision has looked at the contact; if it found nobody, the customer may be told."""
    if contact.fresh:
        contact.fresh = False
        if contact.queue.callback_after and contact.callback_due_at() is not None:
            floor.unserved.append(contact)


def _nominate(floor: Floor, contact: Contact, now: float) -> Nomination:
    return precedence_at(contact.rank, contact.queue.target_seconds, now), ""


def _nominated_by(floor: Floor, agent: Agent, now: float) -> Nomination | None:
    rank = floor.best_contact(agent, now)
    if rank is None:
        return None
    target = rank[4].queue.target_seconds
    return precedence_at(rank, target, now), agent.agent_id


def _reserve(floor: Floor, contact: Contact, agent: Agent, now: float) -> Reserve:
    """Count the pair as decided and say why."""
    queue, channel, agent_id = contact.queue, contact.cls.channel, agent.agent_id
    made: Any = ReserveDraft()
    made.contact_id = contact.contact_id
    made.agent_id = agent_id
    made.queue_id = queue.queue_id
    made.offer_seconds = queue.offer_seconds.get(channel, floor.policy.offer_seconds)
    made.because = because_of(floor, contact, agent, queue, now)
    made.__class__ = Reserve
    floor.leave(contact)
    contact.stage = DECIDED
    contact.agent_id = agent_id
    contact.decided_at = now
    contact.fresh = False
    floor.engage(agent, channel)
    decision: Reserve = made
    return decision


def because_of(floor: Floor, contact: Contact, agent: Agent, queue: Queue, now: float) -> Because:
    """Say why the agent gets the contact, with every term of it."""
    cls, rank, target_seconds = contact.cls, contact.rank, queue.target_seconds
    made: Any = BecauseDraft()
    made.score = (now - rank[1]) / target_seconds
    made.wait_seconds = now - contact.since
    made.target_seconds = target_seconds
    made.priority = -rank[0]
    made.value = contact.value
    made.boost = contact.boost
    made.requirements = cls.requirements
    made.relaxed = contact.level
    made.overflow_from = queue.queue_id if cls.overflows and _helps_out(agent, cls) else None
    made.waiting = queue.waiting
    made.phones_down = _out_of_reach(floor, cls) if floor.out_of_reach else 0
    made.preferred = preferred = agent.agent_id in contact.wishes
    if preferred:
        made.rule = "preferred_agent"
    else:
        made.rule = "longest_idle" if contact.fresh else "best_contact"
    made.__class__ = Because
    because: Because = made
    return because


def _out_of_reach(floor: Floor, cls: ContactClass) -> int:
    """Count who would be able and is available, but cannot be reached by the channel."""
    return sum(
        count
        for kind, count in floor.out_of_reach.items()
        if cls.channel in kind.shut
        and kind.can_serve((cls.queue_id, *cls.overflows), cls.requirements)
    )


def _helps_out(agent: Agent, cls: ContactClass) -> bool:
    """Say whether the agent serves another queue than its own ones, through an overflow."""
    own_queues = agent.kind.queues
    return cls.queue_id not in own_queues and any(q in own_queues for q in cls.overflows)
