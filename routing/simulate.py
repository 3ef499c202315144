"""What if: yesterday's log under another policy. Pure; the same router, a virtual clock.

Customers arrive, agents sign in and out as they did. A contact takes as long as it took (or the
mean, if nobody handled it); a customer who gave up gives up after the same wait. Offers are
accepted at once, so compare two policies by this, not one policy with the real day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from hub.domain import events as ev
from hub.domain.routing import Reserve, RoutingPolicy
from routing.state import RoutingState

FALLBACK_HANDLE_SECONDS = 300.0
_STAFF = (
    ev.AgentProfileSet,
    ev.PresenceChanged,
    ev.AgentPhoneChanged,
    ev.QueueOpened,
    ev.QueueClosed,
)


@dataclass(slots=True, kw_only=True)
class QueueResult:
    """How one queue would have fared."""

    offered: int = 0
    answered: int = 0
    abandoned: int = 0
    within_target: int = 0
    wait_seconds: list[float] = field(default_factory=list)
    """Waits of answered contacts."""

    @property
    def mean_wait_seconds(self) -> float:
        """Mean wait of answered contacts."""
        return sum(self.wait_seconds) / len(self.wait_seconds) if self.wait_seconds else 0.0

    @property
    def service_level_ratio(self) -> float:
        """Share of offered contacts that were answered within the target."""
        return self.within_target / self.offered if self.offered else 1.0


def simulate(log: Sequence[ev.Event], policy: RoutingPolicy) -> dict[str, QueueResult]:
    """Return per queue what `policy` would have made of the day in `log`."""
    return _Day(log, policy).run()


class _Day:
    """One run: a heap of things to happen, in time and then in the order they were planned."""

    def __init__(self, log: Sequence[ev.Event], policy: RoutingPolicy) -> None:
        self._state = RoutingState(policy)
        self._targets = {queue.queue_id: queue.target_seconds for queue in policy.queues}
        self._results: dict[str, QueueResult] = {}
        self._waiting: dict[str, ev.ContactQueued] = {}
        self._order = count()
        self._plan: list[tuple[float, int, ev.Event]] = []
        self._handle_seconds = _handle_seconds(log)
        known = self._handle_seconds.values()
        self._usual_seconds = sum(known) / len(known) if known else FALLBACK_HANDLE_SECONDS
        for event in (*_first_arrivals(log), *_given_up(log)):
            self._at(event.at, event)
        for event in log:
            if isinstance(event, _STAFF):
                self._at(event.at, event)

    def run(self) -> dict[str, QueueResult]:
        while True:
            wake_at = self._state.next_wake_at()
            if self._plan and (wake_at is None or self._plan[0][0] <= wake_at):
                now, _, event = heappop(self._plan)
                self._happen(event)
            elif wake_at is not None:
                now = wake_at
            else:
                return self._results
            for decision in self._state.decide(now):
                if isinstance(decision, Reserve):  # the router itself remembers the others
                    self._answer(decision, now)

    def _at(self, at: float, event: ev.Event) -> None:
        heappush(self._plan, (at, next(self._order), event))

    def _happen(self, event: ev.Event) -> None:
        if isinstance(event, ev.ContactQueued):
            self._waiting[event.contact_id] = event
            self._result(event.queue_id).offered += 1
        elif isinstance(event, ev.ContactClosed):
            gone = self._waiting.pop(event.contact_id, None)
            if gone is None:
                return  # under this policy somebody answered in time
            self._result(gone.queue_id).abandoned += 1
        self._state.apply(event)

    def _answer(self, decision: Reserve, now: float) -> None:
        queued = self._waiting.pop(decision.contact_id)
        wait_seconds = now - queued.queued_at
        result = self._result(queued.queue_id)
        result.answered += 1
        result.wait_seconds.append(wait_seconds)
        result.within_target += wait_seconds <= self._targets.get(queued.queue_id, 60.0)
        self._state.apply(
            ev.ContactAssigned(
                at=now,
                contact_id=queued.contact_id,
                conversation_id=queued.conversation_id,
                agent_id=decision.agent_id,
                assignment_id=queued.contact_id,
                queue_id=queued.queue_id,
                channel=queued.channel,
                waited_seconds=wait_seconds,
            )
        )
        done_at = now + self._handle_seconds.get(queued.contact_id, self._usual_seconds)
        self._at(
            done_at,
            ev.ContactUnassigned(
                at=done_at,
                contact_id=queued.contact_id,
                conversation_id=queued.conversation_id,
                agent_id=decision.agent_id,
                assignment_id=queued.contact_id,
                channel=queued.channel,
                cause="closed",
            ),
        )

    def _result(self, queue_id: str) -> QueueResult:
        return self._results.setdefault(queue_id, QueueResult())


def _first_arrivals(log: Iterable[ev.Event]) -> list[ev.Event]:
    """Only the first queueing of each contact: returns after declines belong to the real day."""
    first: dict[str, ev.Event] = {}
    for event in log:
        if isinstance(event, ev.ContactQueued):
            first.setdefault(event.contact_id, event)
    return list(first.values())


def _given_up(log: Iterable[ev.Event]) -> list[ev.Event]:
    return [
        event
        for event in log
        if isinstance(event, ev.ContactClosed) and event.ending == "abandoned"
    ]


def _handle_seconds(log: Iterable[ev.Event]) -> dict[str, float]:
    """From the first assignment of a contact to the end of its last wrap-up."""
    began: dict[str, float] = {}
    ended: dict[str, float] = {}
    for event in log:
        if isinstance(event, ev.ContactAssigned):
            began.setdefault(event.contact_id, event.at)
        elif isinstance(event, ev.ContactUnassigned | ev.WrapUpFinished):
            ended[event.contact_id] = event.at
    return {contact: ended[contact] - at for contact, at in began.items() if contact in ended}
