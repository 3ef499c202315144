"""The same figures counted slowly from the log: the oracle of the live counters.

Written to be obvious: first every spell and talk is found by looking through the whole log, then
they are counted. It shares the definitions with `live`, and none of its steps.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from zoneinfo import ZoneInfo

from hub.domain import events as e
from hub.domain.routing import RoutingPolicy
from hub.domain.states import LEFT_OUT
from hub.domain.work import TASK_CHANNEL
from hub.reports.day import day_start, half_hour_start
from hub.reports.definitions import AgentTally, Figures, ScoreTally, WaitTally
from hub.reports.live import DEFAULT_TARGET_SECONDS


@dataclass(slots=True, kw_only=True)
class Waited:
    """A spell with its end; an open one has none."""

    contact_id: str
    queue_id: str
    began_at: float
    target_seconds: float
    ended: str | None = None
    wait_seconds: float = 0.0


def recount(
    log: Sequence[e.Event],
    *,
    zone: ZoneInfo,
    now: float,
    policy: RoutingPolicy | None = None,
    until: float = inf,
) -> Figures:
    """Count the day that contains `now`, to its end `until`.

    `policy` was in force when the log begins.
    """
    start = day_start(now, zone)
    today = [event for event in log if start <= event.at < until]
    figures = Figures(day_start_at=start)
    spells = [spell for spell in spells_of(log, policy) if start <= spell.began_at < until]
    figures.total = _tally(spells)
    figures.queues = {
        queue: _tally(s for s in spells if s.queue_id == queue)
        for queue in {spell.queue_id for spell in spells}
    }
    figures.intervals = {
        half: _tally(s for s in spells if half_hour_start(s.began_at, start) == half)
        for half in {half_hour_start(spell.began_at, start) for spell in spells}
    }
    figures.agents = _agents(log, today)
    figures.scores = _scores(today)
    figures.contained = sum(
        isinstance(event, e.ContactClosed) and event.ending == "contained" for event in today
    )
    figures.handed_off = sum(
        isinstance(event, e.ContactQueued)
        and event.cause == "handed_off"
        and any(s.contact_id == event.contact_id and s.began_at == event.at for s in spells)
        for event in today
    )
    return figures


def spells_of(log: Sequence[e.Event], policy: RoutingPolicy | None = None) -> list[Waited]:
    """Return every spell of the log, contact by contact."""
    targets = list(_targets(log, policy))
    tasks = {
        ev.contact_id
        for ev in log
        if isinstance(ev, e.ContactQueued) and ev.channel == TASK_CHANNEL
    }
    contacts = dict.fromkeys(
        ev.contact_id for ev in log if isinstance(ev, e.ContactEvent) and ev.contact_id not in tasks
    )
    found: list[Waited] = []
    left_out = {
        ev.contact_id for ev in log if isinstance(ev, e.ContactClosed) and ev.reason in LEFT_OUT
    }
    for contact_id in contacts:
        spells = list(_spells_of_contact(contact_id, log, targets))
        for spell in spells:
            if contact_id in left_out and spell.ended == "answered":
                spell.ended = "left"
        found += spells
    return found


def _spells_of_contact(
    contact_id: str, log: Sequence[e.Event], targets: list[dict[str, float]]
) -> Iterator[Waited]:
    spell: Waited | None = None
    for index, event in enumerate(log):
        if not isinstance(event, e.ContactEvent) or event.contact_id != contact_id:
            continue
        queued_here = (
            isinstance(event, e.ContactQueued) and spell and spell.queue_id == event.queue_id
        )
        end = None if queued_here else _end(event)
        if spell is not None and end is not None:
            spell.ended, spell.wait_seconds = end, event.at - spell.began_at
            yield spell
            spell = None
        if isinstance(event, e.ContactQueued) and spell is None:
            spell = Waited(
                contact_id=contact_id,
                queue_id=event.queue_id,
                began_at=event.at,
                target_seconds=targets[index].get(event.queue_id, DEFAULT_TARGET_SECONDS),
            )
    if spell is not None:
        yield spell


def _end(event: e.Event) -> str | None:
    match event:
        case e.ContactAssigned():
            return "answered"
        case e.ContactClosed(ending="abandoned"):
            return "abandoned"
        case (
            e.ContactClosed()
            | e.ContactParked()
            | e.ContactEnteredSelfService()
            | e.ContactQueued()
        ):
            return "left"
    return None


def _targets(log: Sequence[e.Event], policy: RoutingPolicy | None) -> Iterator[dict[str, float]]:
    for event in log:
        if isinstance(event, e.PolicyPublished):
            policy = event.policy
        yield {q.queue_id: q.target_seconds for q in policy.queues} if policy else {}


def _tally(spells: Iterable[Waited]) -> WaitTally:
    counted = list(spells)
    answered = [s for s in counted if s.ended == "answered"]
    abandoned = [s for s in counted if s.ended == "abandoned"]
    return WaitTally(
        offered=len(counted),
        answered=len(answered),
        answered_in_target=sum(s.wait_seconds <= s.target_seconds for s in answered),
        abandoned=len(abandoned),
        abandoned_after_target=sum(s.wait_seconds > s.target_seconds for s in abandoned),
        left=sum(s.ended == "left" for s in counted),
        wait_seconds=sum(s.wait_seconds for s in answered),
    )


def _agents(log: Sequence[e.Event], today: Sequence[e.Event]) -> dict[str, AgentTally]:
    began = {ev.assignment_id: ev.at for ev in log if isinstance(ev, e.ContactAssigned)}
    counted: dict[str, AgentTally] = {}
    for event in today:
        match event:
            case e.ContactUnassigned(agent_id=agent, assignment_id=key) if key in began:
                counted.setdefault(agent, AgentTally()).handled += 1
                counted[agent].handle_seconds += event.at - began[key]
            case e.WrapUpFinished(agent_id=agent, wrap_up_seconds=seconds):
                counted.setdefault(agent, AgentTally()).handle_seconds += seconds
            case e.ReservationAccepted(agent_id=agent):
                counted.setdefault(agent, AgentTally()).accepted += 1
            case e.ReservationDeclined(agent_id=agent):
                counted.setdefault(agent, AgentTally()).declined += 1
            case e.ReservationTimedOut(agent_id=agent):
                counted.setdefault(agent, AgentTally()).timed_out += 1
            case e.SurveyAnswered(agent_id=str(agent), score=score):
                counted.setdefault(agent, AgentTally()).answers += 1
                counted[agent].score_sum += score
    return counted


def _scores(today: Sequence[e.Event]) -> ScoreTally:
    answered = [event for event in today if isinstance(event, e.SurveyAnswered)]
    by_channel: dict[str, tuple[int, int]] = {}
    for channel in {event.channel for event in answered}:
        scores = [event.score for event in answered if event.channel == channel]
        by_channel[channel] = (sum(scores), len(scores))
    return ScoreTally(
        offered=sum(isinstance(event, e.SurveyOffered) for event in today),
        by_score={
            score: sum(event.score == score for event in answered)
            for score in {event.score for event in answered}
        },
        by_channel=by_channel,
    )
