"""Reports of past days: one pass over the log, any number of days. Pure.

Apply the log from a day before the first day: who began to talk yesterday evening may end it today.
A day is ripe a day after its end: by then who arrived or began to wait in it has been served.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hub.domain import events as e
from hub.domain.routing import RoutingPolicy
from hub.domain.states import LEFT_OUT, Ending, QueueCause
from hub.domain.work import TASK_CHANNEL
from hub.reports.day import half_hour_start
from hub.reports.day_lines import ContactLine, DayReport, EntryTally, Place, SurveyTally
from hub.reports.definitions import AgentTally, WaitTally
from hub.reports.live import DEFAULT_TARGET_SECONDS

LOOK_BACK_SECONDS = RIPE_AFTER_SECONDS = 86_400.0


@dataclass(slots=True, frozen=True)
class _Spell:
    began_at: float
    target_seconds: float
    place: Place


@dataclass(slots=True)
class _Talk:
    began_at: float
    queue_id: str


class DayFold:
    """Folds events in log order into one report per day."""

    def __init__(
        self, days: Sequence[tuple[float, float]], policy: RoutingPolicy | None = None
    ) -> None:
        self._starts = [start for start, _ in days]
        self._days = {start: DayReport(start, end) for start, end in days}
        self._lines: dict[str, ContactLine] = {}
        self._spells: dict[str, _Spell] = {}
        self._answered: dict[str, list[tuple[_Spell, float]]] = {}
        """Contact -> its answered spells and when, while it is open: it may be left out."""
        self._talks: dict[str, _Talk] = {}
        self._queue_of: dict[str, str] = {}
        self._targets: dict[str, float] = {}
        if policy is not None:
            self._use(policy)

    def apply(self, event: e.Event) -> None:
        """Take the next event of the log; unknown kinds change nothing."""
        step = _STEPS.get(type(event))
        if step is not None:
            step(self, event)

    def take_ripe(self, at: float) -> Iterator[DayReport]:
        """Yield the days that nothing can change any more, in order, and forget them."""
        for start in self._starts:
            report = self._days.get(start)
            if report is not None and report.end_at + RIPE_AFTER_SECONDS <= at:
                yield self._take(start)

    def take_rest(self) -> Iterator[DayReport]:
        """Yield the other days: the log ends here."""
        for start in tuple(self._days):
            yield self._take(start)

    def _take(self, start: float) -> DayReport:
        report = self._days.pop(start)
        for contact_id in report.contacts:
            self._lines.pop(contact_id, None)
        return report

    def _day(self, at: float) -> DayReport | None:
        index = bisect_right(self._starts, at) - 1
        report = self._days.get(self._starts[index]) if index >= 0 else None
        return report if report is not None and at < report.end_at else None

    # -- contacts ------------------------------------------------------------------------------

    def _arrived(self, event: e.ContactArrived) -> None:
        if (day := self._day(event.at)) is not None:
            line = ContactLine(event.contact_id, event.at, event.channel)
            self._lines[event.contact_id] = day.contacts[event.contact_id] = line

    def _queued(self, event: e.ContactQueued) -> None:
        self._queue_of[event.contact_id] = event.queue_id
        if line := self._lines.get(event.contact_id):
            line.queue_id = event.queue_id
        if event.channel == TASK_CHANNEL:
            return
        spell = self._spells.get(event.contact_id)
        if spell is not None and spell.place.queue_id == event.queue_id:
            return
        self._leave(event)
        place = self._place(event.at, event.queue_id, event.channel)
        target = self._targets.get(event.queue_id, DEFAULT_TARGET_SECONDS)
        self._spells[event.contact_id] = _Spell(event.at, target, place)
        if (day := self._day(event.at)) is not None:
            day.waits.setdefault(place, WaitTally()).offered += 1
            if event.cause == QueueCause.HANDED_OFF:
                self._entry(day, event.at, event.channel).handed_off += 1

    def _leave(self, event: e.ContactEvent) -> None:
        if spell := self._end_spell(event):
            self._wait(spell).left += 1

    def _assigned(self, event: e.ContactAssigned) -> None:
        queue_id = event.queue_id or self._queue_of.get(event.contact_id, "")
        self._talks[event.assignment_id] = _Talk(event.at, queue_id)
        if line := self._lines.get(event.contact_id):
            line.agent_id, line.agents = event.agent_id, line.agents + 1
        if spell := self._end_spell(event):
            self._wait(spell).answer(event.at - spell.began_at, spell.target_seconds)
            self._answered.setdefault(event.contact_id, []).append((spell, event.at))

    def _closed(self, event: e.ContactClosed) -> None:
        answered = self._answered.pop(event.contact_id, ())
        if event.reason in LEFT_OUT:
            for left, at in answered:
                self._wait(left).leave_out(at - left.began_at, left.target_seconds)
        if event.ending == Ending.CONTAINED and (day := self._day(event.at)) is not None:
            self._entry(day, event.at, event.channel).contained += 1
        if event.ending != Ending.ABANDONED:
            self._leave(event)
        elif spell := self._end_spell(event):
            self._wait(spell).abandon(event.at - spell.began_at, spell.target_seconds)
        self._queue_of.pop(event.contact_id, None)
        if line := self._lines.get(event.contact_id):
            line.closed_at, line.ending = event.at, event.ending

    def _end_spell(self, event: e.ContactEvent) -> _Spell | None:
        spell = self._spells.pop(event.contact_id, None)
        if spell is not None and (line := self._lines.get(event.contact_id)):
            line.wait_seconds += event.at - spell.began_at
        return spell

    def _wait(self, spell: _Spell) -> WaitTally:
        day = self._day(spell.began_at)
        return day.waits[spell.place] if day is not None else WaitTally()

    def _corrected(self, event: e.OutcomeCorrected) -> None:
        if line := self._lines.get(event.contact_id):
            line.disposition = event.disposition

    # -- agents --------------------------------------------------------------------------------

    def _unassigned(self, event: e.ContactUnassigned) -> None:
        talk = self._talks.get(event.assignment_id)
        if talk is None:
            return
        if event.wrap_up_until is None:
            del self._talks[event.assignment_id]
        tally = self._work(event.at, event.agent_id, event.channel, talk.queue_id)
        tally.handled += 1
        self._handle(event.contact_id, tally, event.at - talk.began_at)

    def _wrapped_up(self, event: e.WrapUpFinished) -> None:
        talk = self._talks.pop(event.assignment_id, None)
        queue_id = talk.queue_id if talk else ""
        tally = self._work(event.at, event.agent_id, event.channel, queue_id)
        self._handle(event.contact_id, tally, event.wrap_up_seconds)
        if line := self._lines.get(event.contact_id):
            line.disposition = event.disposition

    def _handle(self, contact_id: str, tally: AgentTally, seconds: float) -> None:
        tally.handle_seconds += seconds
        if line := self._lines.get(contact_id):
            line.handle_seconds += seconds

    def _accepted(self, event: e.ReservationAccepted) -> None:
        self._offer(event).accepted += 1

    def _declined(self, event: e.ReservationDeclined) -> None:
        self._offer(event).declined += 1

    def _timed_out(self, event: e.ReservationTimedOut) -> None:
        self._offer(event).timed_out += 1

    def _offer(self, event: e.ReservationEvent) -> AgentTally:
        queue_id = self._queue_of.get(event.contact_id, "")
        return self._work(event.at, event.agent_id, event.channel, queue_id)

    def _work(self, at: float, agent_id: str, channel: str, queue_id: str) -> AgentTally:
        day = self._day(at)
        if day is None:
            return AgentTally()
        return day.work.setdefault(self._place(at, queue_id, channel, agent_id), AgentTally())

    # -- surveys and set-up --------------------------------------------------------------------

    def _survey_offered(self, event: e.SurveyOffered) -> None:
        line = self._lines.get(event.contact_id)
        channel = line.channel if line else ""
        self._survey(event.at, event.queue_id, channel, event.agent_id).offered += 1

    def _survey_answered(self, event: e.SurveyAnswered) -> None:
        tally = self._survey(event.at, event.queue_id, event.channel, event.agent_id)
        tally.by_score[event.score] = tally.by_score.get(event.score, 0) + 1
        if line := self._lines.get(event.contact_id):
            line.score = event.score
        if event.agent_id is not None:
            work = self._work(event.at, event.agent_id, event.channel, event.queue_id or "")
            work.answers += 1
            work.score_sum += event.score

    def _survey(
        self, at: float, queue_id: str | None, channel: str, agent_id: str | None
    ) -> SurveyTally:
        day = self._day(at)
        if day is None:
            return SurveyTally()
        place = self._place(at, queue_id or "", channel, agent_id or "")
        return day.surveys.setdefault(place, SurveyTally())

    def _entry(self, day: DayReport, at: float, channel: str) -> EntryTally:
        return day.entries.setdefault(self._place(at, "", channel), EntryTally())

    def _place(self, at: float, queue_id: str, channel: str, agent_id: str = "") -> Place:
        day = self._day(at)
        return Place(half_hour_start(at, day.start_at if day else 0.0), queue_id, channel, agent_id)

    def _policy(self, event: e.PolicyPublished) -> None:
        self._use(event.policy)

    def _use(self, policy: RoutingPolicy) -> None:
        self._targets = {queue.queue_id: queue.target_seconds for queue in policy.queues}


_STEPS: dict[type[e.Event], Callable[[DayFold, Any], None]] = {
    e.ContactArrived: DayFold._arrived,
    e.ContactQueued: DayFold._queued,
    e.ContactAssigned: DayFold._assigned,
    e.ContactParked: DayFold._leave,
    e.ContactEnteredSelfService: DayFold._leave,
    e.ContactClosed: DayFold._closed,
    e.ContactUnassigned: DayFold._unassigned,
    e.WrapUpFinished: DayFold._wrapped_up,
    e.ReservationAccepted: DayFold._accepted,
    e.ReservationDeclined: DayFold._declined,
    e.ReservationTimedOut: DayFold._timed_out,
    e.SurveyOffered: DayFold._survey_offered,
    e.SurveyAnswered: DayFold._survey_answered,
    e.OutcomeCorrected: DayFold._corrected,
    e.PolicyPublished: DayFold._policy,
}
DAY_KINDS = frozenset(kind.__name__ for kind in _STEPS)
"""Kinds of events that a day's report is made of."""
