"""A big floor for measuring the router: many skills, few kinds of contacts and agents."""

import random
from collections.abc import Iterator
from typing import Any

from hub.domain import events as ev
from hub.domain.routing import (
    AgentProfile,
    Because,
    QueuePolicy,
    Relaxation,
    Requirement,
    Reserve,
    RoutingPolicy,
)
from routing.state import RoutingState

START = 1_700_000_000.0
TARGETS = {"cards": 20.0, "payments": 60.0, "loans": 120.0, "premier": 20.0, "messages": 300.0}
SKILLS = 32
KINDS_OF_CONTACT = 200
KINDS_OF_AGENT = 300
Kind = tuple[tuple[str, ...], tuple[Requirement, ...], tuple[tuple[str, int], ...]]
"""Queues, skills and floors; agents of a third of the kinds keep room for mail."""
SEGMENTS = (None, "everyday", "premier")
NO_REASON = Because(
    score=0.0,
    wait_seconds=0.0,
    target_seconds=60.0,
    priority=0,
    value=0.0,
    boost=0.0,
    requirements=(),
    relaxed=0,
    preferred=False,
    overflow_from=None,
    waiting=0,
    rule="best_contact",
)


class World:
    """Customers and agents of one size; every agent is busy, everybody waits."""

    def __init__(self, agents: int, waiting: int, *, busy: bool = True) -> None:
        self.rng = random.Random(7)
        self.now = START
        self.agents = agents
        self.arrived = 0
        self.given = 0
        self.work: list[tuple[str, str, str]] = []
        """Agent, assignment and contact of everything in hand."""
        self.policy = _policy()
        self.state = RoutingState(self.policy)
        self._needs = _kinds_of_contact(self.rng)
        for event in self._staff():
            self.state.apply(event)
        if busy:
            self._fill_hands()
        for _ in range(waiting):
            self.state.apply(self.arrival())
        self.state.decide(self.now)

    def arrival(self) -> ev.ContactQueued:
        """One more customer."""
        rng = self.rng
        self.now += 0.002
        self.arrived += 1
        queue_id, needs = rng.choice(self._needs)
        return ev.ContactQueued(
            at=self.now,
            contact_id=f"con_{self.arrived:09}",
            conversation_id="talk",
            queue_id=queue_id,
            channel="web_chat",
            language="en",
            cause="handed_off",
            queued_at=self.now,
            segment=rng.choice(SEGMENTS),
            requirements=needs,
        )

    def release(self) -> ev.WrapUpFinished:
        """One agent is done with one contact."""
        work, at = self.work, self.rng.randrange(len(self.work))
        work[at], work[-1] = work[-1], work[at]
        agent_id, assignment_id, contact_id = work.pop()
        return ev.WrapUpFinished(
            at=self.now,
            contact_id=contact_id,
            conversation_id="talk",
            agent_id=agent_id,
            assignment_id=assignment_id,
            channel="web_chat",
            disposition="done",
        )

    def answer(self, decision: Reserve) -> Iterator[ev.Event]:
        """What the log says when the agent accepts."""
        ids: dict[str, Any] = {
            "at": self.now,
            "contact_id": decision.contact_id,
            "conversation_id": "talk",
        }
        offer: dict[str, Any] = {
            "reservation_id": f"res_{decision.contact_id}",
            "agent_id": decision.agent_id,
        }
        yield ev.ReservationMade(
            **ids,
            **offer,
            channel="web_chat",
            queue_id=decision.queue_id,
            expires_at=self.now + decision.offer_seconds,
            because=decision.because,
        )
        yield ev.ReservationAccepted(**ids, **offer, channel="web_chat")
        yield self._assigned(decision.agent_id, decision.contact_id, decision.queue_id)

    def _assigned(self, agent_id: str, contact_id: str, queue_id: str) -> ev.ContactAssigned:
        self.given += 1
        assignment_id = f"asg_{self.given}"
        self.work.append((agent_id, assignment_id, contact_id))
        return ev.ContactAssigned(
            at=self.now,
            contact_id=contact_id,
            conversation_id="talk",
            agent_id=agent_id,
            assignment_id=assignment_id,
            queue_id=queue_id,
            channel="web_chat",
            waited_seconds=0.0,
        )

    def _staff(self) -> Iterator[ev.Event]:
        kinds = [_kind_of_agent(self.rng) for _ in range(KINDS_OF_AGENT)]
        for number in range(self.agents):
            queues, skills, floors = self.rng.choice(kinds)
            agent_id = f"agent_{number:06}"
            profile = AgentProfile(
                agent_id=agent_id,
                skills=skills,
                queues=queues,
                capacity_units=8 if floors else 6,
                floor_units=floors,
            )
            self.now += 0.001
            yield ev.AgentProfileSet(at=self.now, profile=profile)
            yield ev.PresenceChanged(at=self.now, agent_id=agent_id, presence="available")

    def _fill_hands(self) -> None:
        for number in range(self.agents):
            for _ in range(3):
                contact_id = f"old_{len(self.work)}"
                self.state.apply(self._assigned(f"agent_{number:06}", contact_id, "cards"))


def _policy() -> RoutingPolicy:
    queues = tuple(
        QueuePolicy(
            queue_id=queue_id,
            target_seconds=target,
            priority=1 if queue_id == "premier" else 0,
            relaxations=(
                Relaxation(after_seconds=400.0, lower=(Requirement("skill-1", 1),)),
                Relaxation(after_seconds=900.0, drop=("skill-1",)),
            ),
        )
        for queue_id, target in TARGETS.items()
    )
    units = (("web_chat", 2), ("email", 1))
    return RoutingPolicy(
        version=1, queues=queues, channel_units=units, segment_value=(("premier", 1.5),)
    )


def _kinds_of_contact(rng: random.Random) -> list[tuple[str, tuple[Requirement, ...]]]:
    kinds = []
    for _ in range(KINDS_OF_CONTACT):
        skills = rng.sample(range(SKILLS), rng.choice((1, 2, 2)))
        needs = tuple(Requirement(f"skill-{s}", rng.choice((1, 1, 2))) for s in skills)
        kinds.append((rng.choice(list(TARGETS)), needs))
    return kinds


def _kind_of_agent(rng: random.Random) -> Kind:
    skills = rng.sample(range(SKILLS), rng.randint(8, 16))
    levels = tuple(Requirement(f"skill-{s}", rng.randint(1, 5)) for s in skills)
    floors = rng.choice(((), (), (("email", 2),)))
    return tuple(rng.sample(list(TARGETS), 4)), levels, floors
