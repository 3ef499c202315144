"""A contact that waits or is on offer, and the queue it waits in, as routing sees them."""

from collections import deque
from enum import IntEnum

from hub.domain.events import ContactQueued
from hub.domain.routing import QueuePolicy, Requirement
from routing.board import Board, Line, Rank
from routing.classes import ContactClass
from routing.relax import overflow_due_at, steps_of
from routing.scoring import target_of

ClassCall = tuple[str, tuple[Requirement, ...], int, tuple[str, ...]]
"""Channel, the contact's own requirements, relaxations in force, overflow queues."""

RECENT_ANSWERS = 50
NO_WISHES: tuple[str | None, ...] = ()


class Stage(IntEnum):
    """Where a contact is for routing."""

    WAITING = 0
    DECIDED = 1
    """An agent is chosen and the log has not answered yet."""
    OFFERED = 2


WAITING, DECIDED, OFFERED = Stage
"""The stages as plain globals: looking one up on the enumeration costs as much as a call."""


class Contact:
    """One contact from queued to assigned. Queued again, it is a new one with its start kept."""

    __slots__ = (
        "agent_id",
        "boost",
        "callback_offered",
        "cls",
        "contact_id",
        "decided_at",
        "expire_at",
        "fresh",
        "level",
        "overflows",
        "owner",
        "owner_until",
        "placed",
        "queue",
        "queued",
        "rank",
        "reservation_id",
        "since",
        "stage",
        "step_at",
        "value",
        "wishes",
    )

    def __init__(self, queued: ContactQueued, queue: "Queue") -> None:
        self.contact_id = queued.contact_id
        self.queued = queued
        self.queue = queue
        self.since = queued.queued_at
        """What the choice needs of `queued` stands here too: the event itself is cold memory."""
        self.boost = queued.boost
        self.callback_offered = queued.callback_offered
        self.wishes: tuple[str | None, ...] = NO_WISHES
        """The agents it was meant for."""
        if queued.target_agent_id is not None or queued.preferred_agent_id is not None:
            self.wishes = (queued.target_agent_id, queued.preferred_agent_id)
        self.stage = WAITING
        self.fresh = True
        """Not yet looked at by a decision."""
        self.level = 0
        self.overflows: tuple[str, ...] = ()
        self.owner: str | None = None
        """The one agent it waits for."""
        self.owner_until: float
        """Until when; set with `owner`."""
        self.cls: ContactClass
        """Set with `rank` when the contact enters the floor."""
        self.rank: Rank
        self.value: float
        self.placed = False
        self.step_at: float | None = None
        """When waiting next changes something."""
        self.agent_id: str | None
        self.decided_at: float
        """Set with the stage, and `expire_at` with `reservation_id`."""
        self.reservation_id: str | None = None
        self.expire_at: float | None

    def next_step_at(self) -> float | None:
        """Return when waiting next widens, opens a queue, ends a preference or is too long."""
        queue, since = self.queue, self.since
        dues = [since + step.after_seconds for step in queue.steps[self.level : self.level + 1]]
        for rule in queue.policy.overflows:
            if rule.queue_id not in self.overflows:
                due = overflow_due_at(rule, since, queue.closed_at)
                if due is not None:
                    dues.append(due)
        if self.owner is not None:
            dues.append(self.owner_until)
        if (callback_at := self.callback_due_at()) is not None:
            dues.append(callback_at)
        return min(dues, default=None)

    def callback_due_at(self) -> float | None:
        """Return when it has waited so long that a callback is offered; None: it will not be."""
        after = self.queue.callback_after
        if not after or self.callback_offered or self.queued.channel not in after:
            return None
        return self.since + after[self.queued.channel]


class Queue:
    """A queue's policy in force, who waits in it, and how fast it was answered lately."""

    __slots__ = (
        "answers",
        "board",
        "callback_after",
        "classes",
        "closed_at",
        "first_step_seconds",
        "helped",
        "lines",
        "offer_seconds",
        "policy",
        "priority",
        "queue_id",
        "steps",
        "target_seconds",
        "waiting",
    )

    def __init__(self, policy: QueuePolicy) -> None:
        self.queue_id = policy.queue_id
        self.closed_at: float | None = None
        self.answers: deque[float] = deque(maxlen=RECENT_ANSWERS)
        self.waiting = 0
        """Contacts of this queue that wait (not those decided or on offer)."""
        self.helped: dict[str, int] = {}
        """Per overflow queue: how many of those it may serve."""
        self.lines: dict[tuple[str, int], tuple[ContactClass, Line]] = {}
        self.classes: dict[ClassCall, ContactClass] = {}
        self.board = Board([])
        """Where the lines of this queue stand, with all queues of the same target."""
        self.follow(policy)

    def follow(self, policy: QueuePolicy) -> None:
        """Take over a newly published policy."""
        self.policy = policy
        self.target_seconds = target_of(policy)
        self.priority = policy.priority
        self.steps = steps_of(policy)
        self.offer_seconds = dict(policy.offer_seconds)
        self.callback_after = dict(policy.offer_callback_after_seconds)
        waits = [step.after_seconds for step in self.steps]
        waits += [
            rule.wait_seconds_over
            for rule in policy.overflows
            if rule.wait_seconds_over is not None
        ]
        self.first_step_seconds = min(waits, default=None)

    def unhelped_over(self, queue_id: str, limit: int) -> bool:
        """Say whether more than `limit` wait whom `queue_id` may not serve."""
        return self.waiting - self.helped.get(queue_id, 0) > limit
