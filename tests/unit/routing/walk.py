"""A seeded random day at the floor: events as the journey would log them, and some it would not."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from hub.domain import events as ev
from hub.domain.routing import (
    AgentProfile,
    Decision,
    Expire,
    OfferCallback,
    Overflow,
    OverflowTo,
    QueuePolicy,
    Relax,
    Relaxation,
    Requirement,
    Reserve,
    RoutingPolicy,
)

CHANNELS = ("web_chat", "phone", "sms", "email", "task")
SKILLS = ("cards", "loans", "premier", "lang:en", "lang:zh")
QUEUES = ("cards", "general", "loans", "payments", "premier")
SEGMENTS = (None, "everyday", "premier")
PRESENCES = ("available", "available", "available", "break", "offline", "reconnecting")
LOGS_MISSED_OFFER = {"decline": ev.ReservationDeclined, "time_out": ev.ReservationTimedOut}


def some_policy(rng: random.Random, version: int) -> RoutingPolicy:
    return RoutingPolicy(
        version=version,
        queues=tuple(_some_queue(rng, queue_id) for queue_id in QUEUES[:4]),
        channel_units=(("web_chat", 2), ("phone", 6), ("sms", rng.choice((1, 2)))),
        segment_value=(("premier", rng.choice((0.5, 1.5))),),
        offer_seconds=rng.choice((15.0, 20.0)),
    )


def _some_queue(rng: random.Random, queue_id: str) -> QueuePolicy:
    others = [q for q in QUEUES if q != queue_id]
    overflows = tuple(
        Overflow(
            queue_id=other,
            waiting_over=rng.choice((None, 2, 4)),
            wait_seconds_over=rng.choice((None, 30.0, 90.0)),
            when_closed=rng.random() < 0.5,
        )
        for other in rng.sample(others, rng.choice((0, 0, 1, 2)))
    )
    relaxations = (
        Relaxation(after_seconds=60.0, drop=(rng.choice(SKILLS),)),
        Relaxation(after_seconds=25.0, lower=(Requirement(rng.choice(SKILLS), 1),)),
    )
    return QueuePolicy(
        queue_id=queue_id,
        target_seconds=rng.choice((20.0, 60.0, 60.0, 120.0)),
        priority=rng.choice((0, 0, 0, 1)),
        requirements=tuple(_some_needs(rng, rng.choice((0, 1)))),
        relaxations=relaxations[: rng.choice((0, 1, 2))],
        overflows=overflows,
        offer_seconds=rng.choice(((), (("phone", 12.0),))),
        preferred_seconds=rng.choice((8.0, 20.0)),
        offer_callback_after_seconds=rng.choice(
            ((), (("web_chat", 15.0),), (("web_chat", 45.0), ("phone", 200.0)))
        ),
    )


def _some_needs(rng: random.Random, count: int) -> list[Requirement]:
    return [Requirement(skill, rng.randint(1, 4)) for skill in rng.sample(SKILLS, count)]


def some_profile(rng: random.Random, agent_id: str) -> AgentProfile:
    floors = rng.choice(((), (("phone", 6),), (("phone", 6), ("web_chat", 2))))
    return AgentProfile(
        agent_id=agent_id,
        skills=tuple(
            Requirement(s, rng.randint(1, 5)) for s in rng.sample(SKILLS, rng.choice((3, 5)))
        ),
        queues=tuple(rng.sample(QUEUES, rng.choice((1, 2, 3, 5)))),
        capacity_units=rng.choice((2, 6, 8, 12)),
        floor_units=floors,
    )


@dataclass
class Held:
    """A contact that an agent has in hand."""

    contact_id: str
    agent_id: str
    channel: str
    wrapping: bool = False


@dataclass
class Walk:
    """The world around the router: it answers decisions and does what people do."""

    seed: int
    agents: int = 8
    crowd: int = 12
    now: float = 1_700_000_000.0
    steps: int = 0
    queued: dict[str, ev.ContactQueued] = field(default_factory=dict)
    offers: dict[str, ev.ReservationMade] = field(default_factory=dict)
    held: dict[str, Held] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.policy = some_policy(self.rng, 1)
        self.agent_ids = [f"agent-{i}" for i in range(self.agents)]

    def opening(self) -> Iterator[ev.Event]:
        for agent_id in self.agent_ids:
            yield ev.AgentProfileSet(at=self.now, profile=some_profile(self.rng, agent_id))
            yield ev.PresenceChanged(at=self.now, agent_id=agent_id, presence="available")

    def next_events(self) -> list[ev.Event]:
        """Return what happens next; one to three events that share a moment."""
        self.steps += 1
        self.now += self.rng.choice((0.0, 0.25, 1.0, 3.0, 9.0))
        kinds: list[tuple[str, float]] = [
            ("arrive", 40 if len(self.queued) < self.crowd else 2),
            ("leave", 3 if len(self.queued) < self.crowd else 20),
            ("answer", 30),
            ("miss", 10),
            ("rescind", 1),
            ("finish", 30),
            ("presence", 8),
            ("profile", 2),
            ("phone", 6),
            ("hours", 1.5),
            ("policy", 0.3),
            ("outside", 1.5),
        ]
        names, weights = zip(*kinds, strict=True)
        doing = self.rng.choices(names, weights)[0]
        events: list[ev.Event] = getattr(self, "do_" + doing)()
        return events

    # -- the journey answers -------------------------------------------------------------------

    def carry_out(self, decision: Decision) -> list[ev.Event] | None:
        """Return what the journey logs for a decision; None when it refuses."""
        if self.rng.random() < 0.06:
            return None
        if isinstance(decision, Reserve):
            return self._reserved(decision)
        if isinstance(decision, Expire):
            made = self.offers.pop(decision.reservation_id, None)
            return None if made is None else self._missed(made, "time_out")
        queued = self.queued.get(getattr(decision, "contact_id", ""))
        if queued is None or self.rng.random() < 0.3:
            return []
        ids: dict[str, Any] = {
            "at": self.now,
            "contact_id": queued.contact_id,
            "conversation_id": "talk",
        }
        return [self._widened(decision, queued, ids)]

    def _widened(
        self, decision: Decision, queued: ev.ContactQueued, ids: dict[str, Any]
    ) -> ev.Event:
        if isinstance(decision, OfferCallback):
            return self._told(decision, queued)
        if isinstance(decision, Relax):
            return ev.ContactRelaxed(**ids, level=decision.level)
        assert isinstance(decision, OverflowTo)
        return ev.ContactOverflowed(**ids, queue_id=decision.queue_id)

    def _told(self, decision: OfferCallback, queued: ev.ContactQueued) -> ev.Event:
        self.queued[queued.contact_id] = replace(queued, callback_offered=True)
        return ev.CallbackOffered(
            at=self.now, contact_id=queued.contact_id, conversation_id="talk",
            cause=decision.cause, queue_id=queued.queue_id,
        )  # fmt: skip

    def _reserved(self, decision: Reserve) -> list[ev.Event] | None:
        queued = self.queued.get(decision.contact_id)
        if queued is None or any(m.contact_id == decision.contact_id for m in self.offers.values()):
            return None
        made = ev.ReservationMade(
            at=self.now,
            contact_id=decision.contact_id,
            conversation_id="talk",
            reservation_id=f"offer-{self.steps}-{decision.contact_id}",
            agent_id=decision.agent_id,
            channel=queued.channel,
            queue_id=decision.queue_id,
            expires_at=self.now + decision.offer_seconds,
            because=decision.because,
        )
        self.offers[made.reservation_id] = made
        return [made]

    # -- people --------------------------------------------------------------------------------

    def do_arrive(self) -> list[ev.Event]:
        rng = self.rng
        event = ev.ContactQueued(
            at=self.now,
            contact_id=f"contact-{rng.randrange(10**6):06}-{self.steps}",
            conversation_id="talk",
            queue_id=rng.choice(QUEUES),
            channel=rng.choice(CHANNELS),
            language="en",
            cause="handed_off",
            queued_at=self.now - rng.choice((0.0, 0.0, 0.0, 5.0, 40.0)),
            priority=rng.choice((0, 0, 0, -1, 2)),
            segment=rng.choice(SEGMENTS),
            value=rng.choice((0.0, 0.0, 0.5)),
            boost=rng.choice((0.0, 0.0, 0.0, 3.0)),
            requirements=tuple(_some_needs(rng, rng.choice((0, 0, 1, 2)))),
            preferred_agent_id=rng.choice((None, None, rng.choice(self.agent_ids))),
            target_agent_id=rng.choice((None,) * 6 + (rng.choice(self.agent_ids),)),
        )
        self.queued[event.contact_id] = event
        return [event]

    def do_leave(self) -> list[ev.Event]:
        if not self.queued:
            return []
        contact_id = self.rng.choice(sorted(self.queued))
        gone = self.queued.pop(contact_id)
        events: list[ev.Event] = []
        for made in [m for m in self.offers.values() if m.contact_id == contact_id]:
            del self.offers[made.reservation_id]
            if self.rng.random() < 0.7:
                events.append(self._ended(ev.ReservationRescinded, made))
        ids: dict[str, Any] = {"at": self.now, "contact_id": contact_id, "conversation_id": "talk"}
        if self.rng.random() < 0.1:
            return [*events, ev.ContactParked(**ids, reason="callback", due_at=self.now + 60)]
        closed = ev.ContactClosed(
            **ids, ending="abandoned", reason="left", channel=gone.channel, queue_id=gone.queue_id
        )
        return [*events, closed]

    def do_answer(self) -> list[ev.Event]:
        made = self._some_offer()
        if made is None:
            return []
        del self.offers[made.reservation_id]
        queued = self.queued.pop(made.contact_id)
        accepted = ev.ReservationAccepted(**self._ids(made))
        return [accepted, self._assigned(queued, made.agent_id, "accepted")]

    def do_miss(self) -> list[ev.Event]:
        made = self._some_offer()
        if made is None:
            return []
        del self.offers[made.reservation_id]
        return self._missed(made, self.rng.choice(("decline", "decline", "time_out")))

    def do_rescind(self) -> list[ev.Event]:
        made = self._some_offer()
        if made is None:
            return []
        del self.offers[made.reservation_id]
        lost = self._ended(ev.ReservationRescinded, made)
        gone = ev.PresenceChanged(at=self.now, agent_id=made.agent_id, presence="reconnecting")
        cause = self.rng.choice(("agent_lost", "transferred", "returned"))
        return [lost, gone, self._requeued(made, cause)]

    def do_finish(self) -> list[ev.Event]:
        if not self.held:
            return []
        assignment_id = self.rng.choice(sorted(self.held))
        held = self.held[assignment_id]
        ids: dict[str, Any] = {
            "at": self.now,
            "contact_id": held.contact_id,
            "conversation_id": "talk",
            "agent_id": held.agent_id,
            "assignment_id": assignment_id,
            "channel": held.channel,
        }
        if not held.wrapping and self.rng.random() < 0.7:
            held.wrapping = True
            return [ev.ContactUnassigned(**ids, cause="closed", wrap_up_until=self.now + 30)]
        del self.held[assignment_id]
        if held.wrapping:
            return [ev.WrapUpFinished(**ids, disposition="done")]
        return [ev.ContactUnassigned(**ids, cause="transferred")]

    def do_presence(self) -> list[ev.Event]:
        agent_id, presence = self.rng.choice(self.agent_ids), self.rng.choice(PRESENCES)
        return [ev.PresenceChanged(at=self.now, agent_id=agent_id, presence=presence)]

    def do_profile(self) -> list[ev.Event]:
        profile = some_profile(self.rng, self.rng.choice(self.agent_ids))
        return [ev.AgentProfileSet(at=self.now, profile=profile)]

    def do_phone(self) -> list[ev.Event]:
        told: dict[str, Any] = {"device": "browser", "is_up": self.rng.random() < 0.6}
        return [ev.AgentPhoneChanged(at=self.now, agent_id=self.rng.choice(self.agent_ids), **told)]

    def do_hours(self) -> list[ev.Event]:
        kind = self.rng.choice((ev.QueueClosed, ev.QueueOpened, ev.QueueOpened))
        return [kind(at=self.now, queue_id=self.rng.choice(QUEUES))]

    def do_policy(self) -> list[ev.Event]:
        self.policy = some_policy(self.rng, self.policy.version + 1)
        return [ev.PolicyPublished(at=self.now, policy=self.policy)]

    def do_outside(self) -> list[ev.Event]:
        """A supervisor takes a waiting contact over, or an agent starts one."""
        waiting = sorted(self.queued.keys() - {m.contact_id for m in self.offers.values()})
        if not waiting:
            return []
        queued = self.queued.pop(self.rng.choice(waiting))
        return [self._assigned(queued, self.rng.choice(self.agent_ids), "taken_over")]

    # -- small parts ---------------------------------------------------------------------------

    def _some_offer(self) -> ev.ReservationMade | None:
        if not self.offers:
            return None
        return self.offers[self.rng.choice(sorted(self.offers))]

    def _missed(self, made: ev.ReservationMade, how: str) -> list[ev.Event]:
        ended = self._ended(LOGS_MISSED_OFFER[how], made)
        again = self._requeued(made, "declined" if how == "decline" else "timed_out")
        if how == "decline":
            return [ended, again]
        away = ev.PresenceChanged(at=self.now, agent_id=made.agent_id, presence="break")
        return [ended, away, again]

    def _requeued(self, made: ev.ReservationMade, cause: str) -> ev.Event:
        old = self.queued[made.contact_id]
        fields = {name: getattr(old, name) for name in old.__dataclass_fields__}
        fields |= {"at": self.now, "cause": cause}
        fields["tried_agent_ids"] = (*old.tried_agent_ids, made.agent_id)
        again = self.queued[made.contact_id] = ev.ContactQueued(**fields)
        return again

    def _assigned(self, queued: ev.ContactQueued, agent_id: str, cause: str) -> ev.Event:
        assignment_id = f"work-{self.steps}-{queued.contact_id}"
        self.held[assignment_id] = Held(queued.contact_id, agent_id, queued.channel)
        return ev.ContactAssigned(
            at=self.now,
            contact_id=queued.contact_id,
            conversation_id="talk",
            agent_id=agent_id,
            assignment_id=assignment_id,
            queue_id=queued.queue_id,
            channel=queued.channel,
            waited_seconds=self.now - queued.queued_at,
            cause=cause,
        )

    def _ids(self, made: ev.ReservationMade) -> dict[str, Any]:
        return {
            "at": self.now,
            "contact_id": made.contact_id,
            "conversation_id": "talk",
            "reservation_id": made.reservation_id,
            "agent_id": made.agent_id,
            "channel": made.channel,
        }

    def _ended(self, kind: type[ev.ReservationEvent], made: ev.ReservationMade) -> ev.Event:
        reasons: dict[str, Any] = {} if kind is ev.ReservationTimedOut else {"reason": "busy"}
        return kind(**self._ids(made), **reasons)
