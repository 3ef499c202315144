"""The day's figures, kept current event by event. Pure: the events are its only clock.

Restored by applying the log from the start of yesterday: who began to wait yesterday evening
still waits, while yesterday's figures fall away at midnight.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from hub.domain import events as e
from hub.domain.routing import RoutingPolicy
from hub.domain.states import LEFT_OUT, Ending, QueueCause
from hub.domain.work import TASK_CHANNEL
from hub.reports.day import day_start, half_hour_start, next_day_start
from hub.reports.definitions import AgentTally, Figures, WaitTally
from hub.reports.estimate import RecentAnswers

DEFAULT_TARGET_SECONDS = 60.0


@dataclass(slots=True, frozen=True)
class Spell:
    """A Contact waits in a Queue now."""

    queue_id: str
    began_at: float
    queued_at: float
    """When the customer began to wait, over all spells."""
    target_seconds: float


class LiveCounters:
    """Figures of today and who waits now. `apply` takes a few microseconds."""

    def __init__(self, *, zone: ZoneInfo, policy: RoutingPolicy | None = None) -> None:
        self._zone = zone
        self._next_day_at = 0.0
        self._targets: dict[str, float] = {}
        self._talks: dict[str, float] = {}
        self._answered: dict[str, list[tuple[Spell, float]]] = {}
        """Contact -> its answered spells and their waits, while it is open: it may be left out."""
        self.figures = Figures(day_start_at=0.0)
        self.waiting: dict[str, Spell] = {}
        self.recent = RecentAnswers()
        if policy is not None:
            self._use(policy)

    def apply(self, event: e.Event) -> None:
        """Take the next event of the log; unknown kinds change nothing."""
        step = _STEPS.get(type(event))
        if step is not None:
            self.roll_to(event.at)
            step(self, event)

    def apply_all(self, events: Iterable[e.Event]) -> None:
        """Take events in log order."""
        for event in events:
            self.apply(event)

    def roll_to(self, at: float) -> None:
        """Begin a new day when `at` lies in one; time never goes back."""
        if at >= self._next_day_at:
            start = day_start(at, self._zone)
            self._next_day_at = next_day_start(start, self._zone)
            self.figures = Figures(day_start_at=start)

    def target_seconds(self, queue_id: str) -> float:
        """Return the queue's promise that is in force."""
        return self._targets.get(queue_id, DEFAULT_TARGET_SECONDS)

    def waiting_in(self, queue_id: str) -> list[Spell]:
        """Return who waits in the queue, in the order they came to it."""
        return [spell for spell in self.waiting.values() if spell.queue_id == queue_id]

    def estimate(self, queue_id: str, now: float, position: int | None = None) -> float | None:
        """Return the expected wait in seconds of that place in line (default: a newcomer's)."""
        place = position if position is not None else len(self.waiting_in(queue_id)) + 1
        return self.recent.estimate(queue_id, now, place)

    def agent(self, agent_id: str) -> AgentTally:
        """Return the agent's day, empty when nothing happened yet."""
        return self.figures.agents.get(agent_id) or AgentTally()

    def queue(self, queue_id: str) -> WaitTally:
        """Return the queue's day, empty when nothing happened yet."""
        return self.figures.queues.get(queue_id) or WaitTally()

    # -- waiting -------------------------------------------------------------------------------

    def _queued(self, event: e.ContactQueued) -> None:
        if event.channel == TASK_CHANNEL:
            return
        open_spell = self.waiting.get(event.contact_id)
        if open_spell is not None and open_spell.queue_id == event.queue_id:
            return
        self._leave(event)
        spell = Spell(
            event.queue_id, event.at, event.queued_at, self.target_seconds(event.queue_id)
        )
        self.waiting[event.contact_id] = spell
        for tally in self._tallies(spell):
            tally.offered += 1
        self.figures.handed_off += event.cause == QueueCause.HANDED_OFF

    def _leave(self, event: e.ContactEvent) -> None:
        spell = self.waiting.pop(event.contact_id, None)
        for tally in self._tallies(spell):
            tally.left += 1

    def _assigned(self, event: e.ContactAssigned) -> None:
        self._talks[event.assignment_id] = event.at
        spell = self.waiting.pop(event.contact_id, None)
        if spell is None:
            return
        self.recent.add(spell.queue_id, event.at)
        wait_seconds = event.at - spell.began_at
        self._answered.setdefault(event.contact_id, []).append((spell, wait_seconds))
        for tally in self._tallies(spell):
            tally.answer(wait_seconds, spell.target_seconds)

    def _closed(self, event: e.ContactClosed) -> None:
        self.figures.contained += event.ending == Ending.CONTAINED
        answered = self._answered.pop(event.contact_id, ())
        if event.reason in LEFT_OUT:
            self._leave_out(answered)
        if event.ending != Ending.ABANDONED:
            self._leave(event)
            return
        spell = self.waiting.pop(event.contact_id, None)
        for tally in self._tallies(spell):
            tally.abandon(event.at - (spell.began_at if spell else 0.0), _target(spell))

    def _leave_out(self, answered: Iterable[tuple[Spell, float]]) -> None:
        for spell, wait_seconds in answered:
            for tally in self._tallies(spell):
                tally.leave_out(wait_seconds, spell.target_seconds)

    def _tallies(self, spell: Spell | None) -> tuple[WaitTally, ...]:
        figures = self.figures
        if spell is None or spell.began_at < figures.day_start_at:
            return ()
        half_hour = half_hour_start(spell.began_at, figures.day_start_at)
        return (
            figures.total,
            figures.queues.setdefault(spell.queue_id, WaitTally()),
            figures.intervals.setdefault(half_hour, WaitTally()),
        )

    # -- agents --------------------------------------------------------------------------------

    def _unassigned(self, event: e.ContactUnassigned) -> None:
        began_at = self._talks.pop(event.assignment_id, None)
        if began_at is not None:
            tally = self._agent(event.agent_id)
            tally.handled += 1
            tally.handle_seconds += event.at - began_at

    def _wrapped_up(self, event: e.WrapUpFinished) -> None:
        self._agent(event.agent_id).handle_seconds += event.wrap_up_seconds

    def _accepted(self, event: e.ReservationAccepted) -> None:
        self._agent(event.agent_id).accepted += 1

    def _declined(self, event: e.ReservationDeclined) -> None:
        self._agent(event.agent_id).declined += 1

    def _timed_out(self, event: e.ReservationTimedOut) -> None:
        self._agent(event.agent_id).timed_out += 1

    def _agent(self, agent_id: str) -> AgentTally:
        return self.figures.agents.setdefault(agent_id, AgentTally())

    # -- surveys and set-up --------------------------------------------------------------------

    def _survey_offered(self, _event: e.SurveyOffered) -> None:
        self.figures.scores.offered += 1

    def _survey_answered(self, event: e.SurveyAnswered) -> None:
        self.figures.scores.add(event.score, event.channel)
        if event.agent_id is not None:
            tally = self._agent(event.agent_id)
            tally.answers += 1
            tally.score_sum += event.score

    def _policy(self, event: e.PolicyPublished) -> None:
        self._use(event.policy)

    def _use(self, policy: RoutingPolicy) -> None:
        self._targets = {queue.queue_id: queue.target_seconds for queue in policy.queues}


def _target(spell: Spell | None) -> float:
    return spell.target_seconds if spell else DEFAULT_TARGET_SECONDS


_STEPS: dict[type[e.Event], Callable[[LiveCounters, Any], None]] = {
    e.ContactQueued: LiveCounters._queued,
    e.ContactParked: LiveCounters._leave,
    e.ContactEnteredSelfService: LiveCounters._leave,
    e.ContactAssigned: LiveCounters._assigned,
    e.ContactUnassigned: LiveCounters._unassigned,
    e.ContactClosed: LiveCounters._closed,
    e.WrapUpFinished: LiveCounters._wrapped_up,
    e.ReservationAccepted: LiveCounters._accepted,
    e.ReservationDeclined: LiveCounters._declined,
    e.ReservationTimedOut: LiveCounters._timed_out,
    e.SurveyOffered: LiveCounters._survey_offered,
    e.SurveyAnswered: LiveCounters._survey_answered,
    e.PolicyPublished: LiveCounters._policy,
}
COUNTED = frozenset(kind.__name__ for kind in _STEPS)
"""Kinds of events that change a figure; no others need be read to restore the counters."""
