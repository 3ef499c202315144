"""Random days in a contact centre: every log here could have been written by the journey."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import cast

from hub.domain import events as e
from hub.domain.routing import QueuePolicy, RoutingPolicy
from hub.domain.work import TASK_CHANNEL

QUEUES = ("cards", "loans", "general")
AGENTS = ("ann", "bo", "chen")


def policy(*, version: int, target_seconds: float) -> RoutingPolicy:
    return RoutingPolicy(
        version=version,
        queues=tuple(
            QueuePolicy(queue_id=queue, target_seconds=target_seconds + 30 * n)
            for n, queue in enumerate(QUEUES)
        ),
    )


@dataclass
class RandomDay:
    """Writes one event after another; times are whole seconds, so that sums are exact."""

    random: Random
    at: float
    longest_step_seconds: int = 900
    log: list[e.Event] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)
    waiting: dict[str, float] = field(default_factory=dict)
    talking: dict[str, tuple[str, str]] = field(default_factory=dict)
    contacts: int = 0

    @staticmethod
    def channel_of(contact: str) -> str:
        """Every fifth Contact is a due Task."""
        return TASK_CHANNEL if sum(contact.encode()) % 5 == 0 else "chat"

    def write(self, steps: int) -> list[e.Event]:
        moves = (
            self.arrive, self.arrive, self.queue, self.queue, self.assign, self.assign,
            self.abandon, self.transfer, self.end, self.end, self.decline, self.contain,
            self.park, self.score, self.publish,
        )  # fmt: skip
        for _ in range(steps):
            self.at += self.random.randrange(self.longest_step_seconds)
            self.random.choice(moves)()
        return self.log

    def add(self, kind: type[e.Event], contact: str | None = None, **fields: object) -> None:
        if contact is not None:
            fields |= {"contact_id": contact, "conversation_id": f"of-{contact}"}
        make = cast(Callable[..., e.Event], kind)
        self.log.append(make(at=self.at, **fields))

    def arrive(self) -> None:
        self.contacts += 1
        self.idle.append(f"c{self.contacts}")
        self.add(e.ContactArrived, self.idle[-1], channel="chat", account="a", language="en")

    def queue(self, cause: str = "handed_off", contact: str | None = None) -> None:
        if contact is None:
            if not self.idle:
                return
            contact = self.idle.pop(self.random.randrange(len(self.idle)))
        self.waiting.setdefault(contact, self.at)
        self.add(
            e.ContactQueued, contact, queue_id=self.random.choice(QUEUES),
            channel=self.channel_of(contact),
            language="en", cause=cause, queued_at=self.waiting[contact],
        )  # fmt: skip

    def assign(self) -> None:
        if not self.waiting:
            return
        contact = self.random.choice(list(self.waiting))
        queued_at = self.waiting.pop(contact)
        agent, assignment = self.random.choice(AGENTS), f"a{len(self.log)}"
        self.talking[contact] = (agent, assignment)
        self.offer_event(e.ReservationAccepted, contact, agent)
        self.add(
            e.ContactAssigned, contact, agent_id=agent, assignment_id=assignment,
            queue_id="cards", channel="chat", waited_seconds=self.at - queued_at,
        )  # fmt: skip

    def offer_event(self, kind: type[e.Event], contact: str, agent: str, **fields: object) -> None:
        self.add(kind, contact, reservation_id="r", agent_id=agent, channel="chat", **fields)

    def abandon(self) -> None:
        if self.waiting:
            contact = self.random.choice(list(self.waiting))
            del self.waiting[contact]
            self.close(contact, "abandoned")

    def contain(self) -> None:
        if self.idle:
            self.close(self.idle.pop(), "contained")

    def close(self, contact: str, ending: str, reason: str = "x") -> None:
        self.add(
            e.ContactClosed, contact, ending=ending, reason=reason, channel="chat", queue_id=None
        )

    def transfer(self) -> None:
        if self.talking:
            contact = self.random.choice(list(self.talking))
            self.unassign(contact, "transferred")
            self.queue(self.random.choice(("transferred", "agent_lost")), contact)

    def end(self) -> None:
        if self.talking:
            contact = self.random.choice(list(self.talking))
            self.unassign(contact, "closed")
            self.close(contact, "handled", self.random.choice(("x", "x", "abuse", "spam")))

    def unassign(self, contact: str, cause: str) -> None:
        agent, assignment = self.talking.pop(contact)
        one = {"agent_id": agent, "assignment_id": assignment, "channel": "chat"}
        self.add(e.ContactUnassigned, contact, cause=cause, **one)
        if self.random.random() < 0.7:
            seconds = float(self.random.randrange(90))
            self.add(e.WrapUpFinished, contact, disposition="d", wrap_up_seconds=seconds, **one)

    def decline(self) -> None:
        if self.waiting:
            contact = self.random.choice(list(self.waiting))
            agent = self.random.choice(AGENTS)
            if self.random.random() < 0.5:
                self.offer_event(e.ReservationDeclined, contact, agent, reason="busy")
            else:
                self.offer_event(e.ReservationTimedOut, contact, agent)
            self.queue("declined", contact)

    def park(self) -> None:
        if self.waiting:
            contact = self.random.choice(list(self.waiting))
            del self.waiting[contact]
            self.add(e.ContactParked, contact, reason="callback", due_at=self.at + 60)
            self.idle.append(contact)

    def score(self) -> None:
        contact, agent = "c1", self.random.choice((*AGENTS, None))
        one = {"survey_id": "s", "queue_id": None, "agent_id": agent}
        self.add(e.SurveyOffered, contact, **one)
        if self.random.random() < 0.8:
            score = self.random.randint(1, 5)
            self.add(e.SurveyAnswered, contact, score=score, channel="chat", **one)

    def publish(self) -> None:
        if self.random.random() < 0.1:
            seconds = float(self.random.choice((20, 60, 300)))
            self.add(e.PolicyPublished, policy=policy(version=2, target_seconds=seconds))
