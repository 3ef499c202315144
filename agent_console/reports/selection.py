"""What of the reports is asked for, and the figures of it; pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from hub.reports.day_lines import (
    ContactLine,
    DayReport,
    EntryTally,
    Place,
    SurveyTally,
    added,
    added_surveys,
)
from hub.reports.definitions import AgentTally, WaitTally


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """None does not matter. A team answers, talks and is rated; who waits belongs to none."""

    queue_id: str | None = None
    channel: str | None = None
    agent_ids: frozenset[str] | None = None

    def has(self, place: Place) -> bool:
        """Whether a figure of agents belongs to it."""
        return self._of_line(place) and self._of_team(place.agent_id)

    def has_wait(self, place: Place) -> bool:
        """Whether a figure of waiting belongs to it."""
        return self._of_line(place)

    def has_contact(self, line: ContactLine) -> bool:
        """Whether a Contact belongs to it."""
        return self._of_team(line.agent_id or "") and self._of_line(
            Place(line.arrived_at, line.queue_id or "", line.channel)
        )

    def _of_line(self, place: Place) -> bool:
        return self.queue_id in (None, place.queue_id) and self.channel in (None, place.channel)

    def _of_team(self, agent_id: str) -> bool:
        return self.agent_ids is None or agent_id in self.agent_ids


T = TypeVar("T")
Figures = dict[str, Any]


def wait_figures(tally: WaitTally) -> Figures:
    """Figures of waiting; a ratio of nothing is None."""
    return {
        "offered": tally.offered,
        "answered": tally.answered,
        "answered_in_target": tally.answered_in_target,
        "abandoned": tally.abandoned,
        "left": tally.left,
        "service_level_ratio": tally.service_level_ratio,
        "abandoned_ratio": tally.abandoned_ratio,
        "average_wait_seconds": tally.average_wait_seconds,
    }


def agent_figures(tally: AgentTally) -> Figures:
    """Figures of an agent's work."""
    return {
        "handled": tally.handled,
        "average_handle_seconds": tally.average_handle_seconds,
        "accepted": tally.accepted,
        "declined": tally.declined,
        "timed_out": tally.timed_out,
        "answers": tally.answers,
        "average_score": tally.average_score,
    }


def survey_figures(tally: SurveyTally) -> Figures:
    """Figures of surveys."""
    return {
        "offered": tally.offered,
        "answers": tally.answers,
        "average": tally.average,
        "by_score": {str(score): tally.by_score.get(score, 0) for score in range(1, 6)},
    }


def total_of(reports: Sequence[DayReport], chosen: Selection) -> Figures:
    """All days together."""
    entries = added(
        (
            tally
            for report in reports
            for place, tally in report.entries.items()
            if chosen.channel in (None, place.channel)
        ),
        EntryTally(),
    )
    whole = added((tally for _, tally in _work(reports, chosen)), AgentTally())
    return {
        **wait_figures(added((tally for _, tally in _waits(reports, chosen)), WaitTally())),
        "handled": whole.handled,
        "average_handle_seconds": whole.average_handle_seconds,
        "contained": entries.contained,
        "handed_off": entries.handed_off,
    }


def by_day(reports: Sequence[DayReport], chosen: Selection) -> list[Figures]:
    """One line per day."""
    return [{"start_at": one.start_at, **total_of([one], chosen)} for one in reports]


def by_half_hour(reports: Sequence[DayReport], chosen: Selection) -> list[Figures]:
    """One line per half hour in which somebody began to wait."""
    return [
        {"start_at": at, **wait_figures(added(parts, WaitTally()))}
        for at, parts in sorted(_grouped(_waits(reports, chosen), "at").items())
    ]


def by_queue(reports: Sequence[DayReport], chosen: Selection) -> list[Figures]:
    """One line per queue."""
    return [
        {"queue_id": queue_id, **wait_figures(added(parts, WaitTally()))}
        for queue_id, parts in sorted(_grouped(_waits(reports, chosen), "queue_id").items())
    ]


def by_agent(reports: Sequence[DayReport], chosen: Selection) -> list[Figures]:
    """One line per agent."""
    return [
        {"agent_id": agent_id, **agent_figures(added(parts, AgentTally()))}
        for agent_id, parts in sorted(_grouped(_work(reports, chosen), "agent_id").items())
    ]


def surveys_by(reports: Sequence[DayReport], chosen: Selection, key: str) -> list[Figures]:
    """One line per queue (`queue_id`) or agent (`agent_id`)."""
    return [
        {key: name, **survey_figures(added_surveys(parts))}
        for name, parts in sorted(_grouped(_surveys(reports, chosen), key).items())
    ]


def surveys_total(reports: Sequence[DayReport], chosen: Selection) -> Figures:
    """All surveys together."""
    return survey_figures(added_surveys(tally for _, tally in _surveys(reports, chosen)))


def agent_half_hours(
    report: DayReport, chosen: Selection
) -> Iterator[tuple[float, str, AgentTally]]:
    """Yield an agent's work by half hour, over queues and channels."""
    groups: dict[tuple[float, str], list[AgentTally]] = defaultdict(list)
    for place, tally in _work([report], chosen):
        groups[place.at, place.agent_id].append(tally)
    for (at, agent_id), parts in sorted(groups.items()):
        yield at, agent_id, added(parts, AgentTally())


def _waits(reports: Iterable[DayReport], chosen: Selection) -> Iterator[tuple[Place, WaitTally]]:
    for report in reports:
        yield from (one for one in report.waits.items() if chosen.has_wait(one[0]))


def _work(reports: Iterable[DayReport], chosen: Selection) -> Iterator[tuple[Place, AgentTally]]:
    for report in reports:
        yield from (one for one in report.work.items() if chosen.has(one[0]))


def _surveys(
    reports: Iterable[DayReport], chosen: Selection
) -> Iterator[tuple[Place, SurveyTally]]:
    for report in reports:
        yield from (one for one in report.surveys.items() if chosen.has(one[0]))


def _grouped(lines: Iterable[tuple[Place, T]], key: str) -> dict[Any, list[T]]:
    groups: dict[Any, list[T]] = defaultdict(list)
    for place, tally in lines:
        groups[getattr(place, key)].append(tally)
    return groups
