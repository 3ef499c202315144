"""A second router: slow, obvious, written from routing/README.md and nothing else.

It keeps plain dictionaries, looks at everything on every question and shares no code with the
product beyond the events and values of `hub.domain`.
"""

from dataclasses import dataclass, field
from typing import Any

from hub.domain import events as ev
from hub.domain.routing import (
    AgentProfile,
    Because,
    Decision,
    Expire,
    OverflowTo,
    QueuePolicy,
    Relax,
    Requirement,
    Reserve,
    RoutingPolicy,
)
from tests.unit.routing.oracle_waiting import out_of_reach, tell, wakes_of

PAUSE = 10.0
GIVEN_AWAY_PAUSE = 30.0
RETRY = 1.0


@dataclass
class Agent:
    """Everything known of an agent."""

    agent_id: str
    profile: AgentProfile | None = None
    presence: str = "offline"
    turn_at: float = 0.0
    phone_is_up: bool = True
    work: dict[str, str] = field(default_factory=dict)


@dataclass
class Contact:
    """Everything known of a contact that waits, is decided or on offer."""

    queued: ev.ContactQueued
    stage: str = "waiting"
    fresh: bool = True
    told: bool = False
    level: int = 0
    overflows: list[str] = field(default_factory=list)
    owner: str | None = None
    owner_until: float = 0.0
    agent_id: str = ""
    decided_at: float = 0.0
    reservation_id: str = ""
    expire_at: float | None = None


class Oracle:
    """The same contract as `RoutingState`, by brute force."""

    def __init__(self, policy: RoutingPolicy) -> None:
        self.policy = policy
        self.agents: dict[str, Agent] = {}
        self.contacts: dict[str, Contact] = {}
        self.pauses: dict[tuple[str, str], float] = {}
        self.closed: dict[str, float] = {}
        self.answers: dict[str, list[float]] = {}
        self.decided_at = 0.0

    def apply(self, e: ev.Event) -> None:
        handler: Any = getattr(self, "on_" + type(e).__name__, None)
        if handler is not None:
            handler(e)
        self.end_hopeless_ownership()

    def on_ContactQueued(self, e: ev.ContactQueued) -> None:  # noqa: N802
        c = self.contacts[e.contact_id] = Contact(queued=e, told=e.callback_offered)
        if e.cause in ("transferred", "reassigned"):
            self.pauses |= {(e.contact_id, a): e.at + GIVEN_AWAY_PAUSE for a in e.tried_agent_ids}
        if e.cause == "returned":
            self.pauses = {k: v for k, v in self.pauses.items() if k[0] != e.contact_id}
        wanted = e.target_agent_id or e.preferred_agent_id
        if wanted and self.may_own(c, wanted):
            c.owner = wanted
            c.owner_until = e.at + self.queue(e.queue_id).preferred_seconds

    def on_ContactRelaxed(self, e: ev.ContactRelaxed) -> None:  # noqa: N802
        if e.contact_id in self.contacts:
            c = self.contacts[e.contact_id]
            c.level = max(c.level, e.level)

    def on_ContactOverflowed(self, e: ev.ContactOverflowed) -> None:  # noqa: N802
        if e.contact_id in self.contacts:
            c = self.contacts[e.contact_id]
            if e.queue_id not in c.overflows:
                c.overflows.append(e.queue_id)

    def on_CallbackOffered(self, e: ev.CallbackOffered) -> None:  # noqa: N802
        if e.contact_id in self.contacts:
            self.contacts[e.contact_id].told = True

    def on_ContactClosed(self, e: ev.ContactClosed | ev.ContactParked) -> None:  # noqa: N802
        self.forget(e.contact_id)

    on_ContactParked = on_ContactClosed  # noqa: N815

    def on_ContactAssigned(self, e: ev.ContactAssigned) -> None:  # noqa: N802
        self.forget(e.contact_id)
        if e.queue_id is not None and e.cause == "accepted":
            self.answers.setdefault(e.queue_id, []).append(e.at)
        a = self.agent(e.agent_id)
        a.work[e.assignment_id] = e.channel
        a.turn_at = e.at

    def on_ContactUnassigned(self, e: ev.ContactUnassigned) -> None:  # noqa: N802
        if e.wrap_up_until is None:
            self.free(e.agent_id, e.assignment_id, e.at)

    def on_WrapUpFinished(self, e: ev.WrapUpFinished) -> None:  # noqa: N802
        self.free(e.agent_id, e.assignment_id, e.at)

    def on_ReservationMade(self, e: ev.ReservationMade) -> None:  # noqa: N802
        if e.contact_id in self.contacts:
            c = self.contacts[e.contact_id]
            c.stage, c.owner = "offered", None
            c.agent_id, c.reservation_id, c.expire_at = e.agent_id, e.reservation_id, e.expires_at

    def on_ReservationDeclined(self, e: ev.ReservationEvent) -> None:  # noqa: N802
        self.pauses[e.contact_id, e.agent_id] = e.at + PAUSE
        self.on_ReservationRescinded(e)

    on_ReservationTimedOut = on_ReservationDeclined  # noqa: N815

    def on_ReservationRescinded(self, e: ev.ReservationEvent) -> None:  # noqa: N802
        c = self.contacts.get(e.contact_id)
        if c is not None and c.reservation_id == e.reservation_id:
            del self.contacts[e.contact_id]

    def on_PresenceChanged(self, e: ev.PresenceChanged) -> None:  # noqa: N802
        a = self.agent(e.agent_id)
        if e.presence == "available" and a.presence != "available":
            a.turn_at = e.at
        a.presence = e.presence

    def on_AgentPhoneChanged(self, e: ev.AgentPhoneChanged) -> None:  # noqa: N802
        self.agent(e.agent_id).phone_is_up = e.is_up

    def on_AgentProfileSet(self, e: ev.AgentProfileSet) -> None:  # noqa: N802
        self.agent(e.profile.agent_id).profile = e.profile

    def on_PolicyPublished(self, e: ev.PolicyPublished) -> None:  # noqa: N802
        self.policy = e.policy

    def on_QueueOpened(self, e: ev.QueueOpened) -> None:  # noqa: N802
        self.closed.pop(e.queue_id, None)

    def on_QueueClosed(self, e: ev.QueueClosed) -> None:  # noqa: N802
        self.closed[e.queue_id] = e.at

    def free(self, agent_id: str, assignment_id: str, at: float) -> None:
        a = self.agent(agent_id)
        if a.work.pop(assignment_id, None) is not None:
            a.turn_at = at

    def forget(self, contact_id: str) -> None:
        self.contacts.pop(contact_id, None)
        self.pauses = {k: v for k, v in self.pauses.items() if k[0] != contact_id}

    def end_hopeless_ownership(self) -> None:
        for c in self.contacts.values():
            if c.owner is not None and not self.may_own(c, c.owner):
                c.owner = None

    def refused(self, d: Decision) -> None:
        if isinstance(d, Reserve):
            c = self.contacts.get(d.contact_id)
            if c is not None and c.stage == "decided" and c.agent_id == d.agent_id:
                c.stage, c.fresh = "waiting", False
                self.pauses[d.contact_id, d.agent_id] = c.decided_at + RETRY
        elif isinstance(d, Expire):
            for c in self.contacts.values():
                if c.stage == "offered" and c.reservation_id == d.reservation_id:
                    c.expire_at = self.decided_at + RETRY

    def agent(self, agent_id: str) -> Agent:
        return self.agents.setdefault(agent_id, Agent(agent_id))

    def queue(self, queue_id: str) -> QueuePolicy:
        found = [q for q in self.policy.queues if q.queue_id == queue_id]
        return found[0] if found else QueuePolicy(queue_id=queue_id)

    def cost(self, channel: str) -> int:
        return dict(self.policy.channel_units).get(channel, 1)

    def offered(self, agent: Agent) -> list[str]:
        on_offer = [c for c in self.contacts.values() if c.stage != "waiting"]
        return [c.queued.channel for c in on_offer if c.agent_id == agent.agent_id]

    def used(self, agent: Agent) -> dict[str, int]:
        used: dict[str, int] = {}
        for channel in (*agent.work.values(), *self.offered(agent)):
            used[channel] = used.get(channel, 0) + self.cost(channel)
        return used

    def load(self, agent: Agent) -> int:
        return sum(self.used(agent).values())

    def needs(self, c: Contact) -> dict[str, int]:
        q = self.queue(c.queued.queue_id)
        needs: dict[str, int] = {}
        for r in q.requirements + c.queued.requirements:
            needs[r.skill] = max(r.level, needs.get(r.skill, 0))
        for step in sorted(q.relaxations, key=lambda s: s.after_seconds)[: c.level]:
            for skill in step.drop:
                needs.pop(skill, None)
            for r in step.lower:
                if r.skill in needs:
                    needs[r.skill] = min(needs[r.skill], r.level)
        return needs

    def able(self, c: Contact, agent: Agent) -> bool:
        if agent.profile is None:
            return False
        queues = [c.queued.queue_id, *c.overflows]
        if not set(queues) & set(agent.profile.queues):
            return False
        have: dict[str, int] = {}
        for s in agent.profile.skills:
            have[s.skill] = max(s.level, have.get(s.skill, 0))
        return all(have.get(skill, 0) >= level for skill, level in self.needs(c).items())

    def room(self, agent: Agent, channel: str) -> bool:
        if agent.profile is None or agent.presence != "available" or self.offered(agent):
            return False  # offers never stack
        if channel == "phone" and not agent.phone_is_up:
            return False
        used = self.used(agent)
        kept = sum(
            max(0, floor - used.get(k, 0)) for k, floor in agent.profile.floor_units if k != channel
        )
        return sum(used.values()) + self.cost(channel) + kept <= agent.profile.capacity_units

    def may_own(self, c: Contact, agent_id: str) -> bool:
        a = self.agent(agent_id)
        if a.presence not in ("available", "reconnecting"):
            return False
        if agent_id in c.queued.tried_agent_ids:
            return False
        return agent_id == c.queued.target_agent_id or self.able(c, a)

    def value(self, c: Contact) -> float:
        return dict(self.policy.segment_value).get(c.queued.segment or "", 0.0) + c.queued.value

    def target(self, c: Contact) -> float:
        return self.queue(c.queued.queue_id).target_seconds

    def priority(self, c: Contact) -> int:
        of_queue = self.queue(c.queued.queue_id).priority
        return c.queued.priority if c.queued.channel == "task" else max(of_queue, c.queued.priority)

    def standing(self, c: Contact) -> float:
        return c.queued.queued_at - self.target(c) * (self.value(c) + c.queued.boost)

    def score(self, c: Contact, now: float) -> float:
        return (now - self.standing(c)) / self.target(c)

    def order(self, c: Contact, now: float) -> tuple[float, float, float, str]:
        return -self.priority(c), -self.score(c, now), self.standing(c), c.queued.contact_id

    def waiting(self, queue_id: str | None = None) -> list[Contact]:
        return [
            c
            for c in self.contacts.values()
            if c.stage == "waiting" and queue_id in (None, c.queued.queue_id)
        ]

    def choose(self, c: Contact, now: float) -> Agent | None:
        """Who should have this contact now?"""
        free = [
            a
            for a in self.agents.values()
            if self.room(a, c.queued.channel)
            and not self.pauses.get((c.queued.contact_id, a.agent_id), -1.0) > now
        ]
        if c.owner is not None:
            free = [a for a in free if a.agent_id == c.owner]
        else:
            free = [a for a in free if self.able(c, a)]
        untried = [a for a in free if a.agent_id not in c.queued.tried_agent_ids]
        return min(
            untried or free, key=lambda a: (self.load(a), a.turn_at, a.agent_id), default=None
        )

    def decide(self, now: float) -> list[Decision]:
        self.decided_at = now
        out: list[Decision] = []
        new = [c for c in self.waiting() if c.fresh]
        self.pass_time(now, out)
        self.match(now, out)
        self.relieve(now, out)
        self.match(now, out)
        for c in self.waiting():
            tell(self, c, now, out, is_new=c in new)
        return out

    def pass_time(self, now: float, out: list[Decision]) -> None:
        self.pauses = {k: until for k, until in self.pauses.items() if until > now}
        for c in self.contacts.values():
            if c.stage == "offered" and c.expire_at is not None and c.expire_at <= now:
                c.expire_at = None
                out.append(Expire(reservation_id=c.reservation_id))
        for c in self.waiting():
            self.pass_time_for(c, now, out)

    def pass_time_for(self, c: Contact, now: float, out: list[Decision]) -> None:
        q, since = self.queue(c.queued.queue_id), c.queued.queued_at
        if c.owner is not None and c.owner_until <= now:
            c.owner = None
        level = len([s for s in q.relaxations if since + s.after_seconds <= now])
        if level > c.level:
            c.level = level
            out.append(Relax(contact_id=c.queued.contact_id, level=level))
        for rule in q.overflows:
            limit = rule.wait_seconds_over
            late = limit is not None and since + limit <= now
            shut = rule.when_closed and q.queue_id in self.closed
            if (late or shut) and rule.queue_id not in c.overflows:
                c.overflows.append(rule.queue_id)
                out.append(OverflowTo(contact_id=c.queued.contact_id, queue_id=rule.queue_id))

    def relieve(self, now: float, out: list[Decision]) -> None:
        for queue_id in sorted({c.queued.queue_id for c in self.waiting()}):
            for rule in self.queue(queue_id).overflows:
                alone = [c for c in self.waiting(queue_id) if rule.queue_id not in c.overflows]
                alone.sort(key=lambda c: self.order(c, now))
                if rule.waiting_over is None:
                    continue
                for c in alone[: max(0, len(alone) - rule.waiting_over)]:
                    c.overflows.append(rule.queue_id)
                    out.append(OverflowTo(contact_id=c.queued.contact_id, queue_id=rule.queue_id))

    def match(self, now: float, out: list[Decision]) -> None:
        while True:
            for c in sorted(self.waiting(), key=lambda c: self.order(c, now)):
                agent = self.choose(c, now)
                if agent is not None:
                    out.append(self.reserve(c, agent, now))
                    break
            else:
                break
        for c in self.waiting():
            c.fresh = False

    def reserve(self, c: Contact, agent: Agent, now: float) -> Reserve:
        q, e = self.queue(c.queued.queue_id), c.queued
        works_for = agent.profile.queues if agent.profile else ()
        helping = q.queue_id not in works_for and set(c.overflows) & set(works_for)
        preferred = agent.agent_id in (e.target_agent_id, e.preferred_agent_id)
        rule = "longest_idle" if c.fresh else "best_contact"
        because = Because(
            score=self.score(c, now),
            wait_seconds=now - e.queued_at,
            target_seconds=self.target(c),
            priority=self.priority(c),
            value=self.value(c),
            boost=e.boost,
            requirements=tuple(Requirement(s, n) for s, n in sorted(self.needs(c).items())),
            relaxed=c.level,
            preferred=preferred,
            overflow_from=q.queue_id if helping else None,
            waiting=len(self.waiting(q.queue_id)),
            rule="preferred_agent" if preferred else rule,
            phones_down=len(out_of_reach(self, c)),
        )
        c.stage, c.agent_id, c.decided_at, c.fresh = "decided", agent.agent_id, now, False
        seconds = dict(q.offer_seconds).get(e.channel, self.policy.offer_seconds)
        ids = {"contact_id": e.contact_id, "agent_id": agent.agent_id, "queue_id": q.queue_id}
        return Reserve(**ids, offer_seconds=seconds, because=because)

    def position(self, contact_id: str) -> int | None:
        c = self.contacts.get(contact_id)
        if c is None:
            return None
        if c.stage != "waiting":
            return 1
        mine = self.order(c, self.decided_at)
        line = self.waiting(c.queued.queue_id)
        return 1 + sum(1 for other in line if self.order(other, self.decided_at) < mine)

    def next_wake_at(self) -> float | None:
        """Every moment at which time alone changes something."""
        dues = list(self.pauses.values())
        for c in self.contacts.values():
            if c.stage == "offered" and c.expire_at is not None:
                dues.append(c.expire_at)
            if c.stage == "waiting":
                dues += wakes_of(self, c)
        return min(dues, default=None)
