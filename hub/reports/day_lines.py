"""The lines of a day's report: what was counted where, when and by whom; and each Contact.

What each measure means is in `definitions.py`. A spell of waiting stands in the half hour in which
it began, an Assignment in the one in which the talk ended, a Score in the one of the answer. A
Contact stands in the day of its arrival.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import NamedTuple, TypeVar

from hub.reports.definitions import AgentTally, WaitTally, ratio


class Place(NamedTuple):
    """Where a figure belongs; `at` is the start of the half hour, epoch seconds."""

    at: float
    queue_id: str = ""
    channel: str = ""
    agent_id: str = ""


@dataclass(slots=True)
class SurveyTally:
    """Surveys: offered, and answered with so many of each Score."""

    offered: int = 0
    by_score: dict[int, int] = field(default_factory=dict)

    @property
    def answers(self) -> int:
        """How many customers answered."""
        return sum(self.by_score.values())

    @property
    def average(self) -> float | None:
        """Mean Score."""
        return ratio(sum(score * n for score, n in self.by_score.items()), self.answers)


@dataclass(slots=True)
class EntryTally:
    """How Contacts left self-service."""

    contained: int = 0
    handed_off: int = 0


@dataclass(slots=True)
class ContactLine:
    """One Contact; who and how long as far as it is known. Nothing personal is here."""

    contact_id: str
    arrived_at: float
    channel: str
    queue_id: str | None = None
    """The last Queue."""
    agent_id: str | None = None
    """The last Agent."""
    wait_seconds: float = 0.0
    handle_seconds: float = 0.0
    agents: int = 0
    """Assignments: more than one after a transfer."""
    closed_at: float | None = None
    ending: str | None = None
    disposition: str | None = None
    score: int | None = None


@dataclass(slots=True)
class DayReport:
    """One day of the bank's time zone, from midnight to midnight."""

    start_at: float
    end_at: float
    waits: dict[Place, WaitTally] = field(default_factory=dict)
    work: dict[Place, AgentTally] = field(default_factory=dict)
    surveys: dict[Place, SurveyTally] = field(default_factory=dict)
    entries: dict[Place, EntryTally] = field(default_factory=dict)
    contacts: dict[str, ContactLine] = field(default_factory=dict)


T = TypeVar("T", WaitTally, AgentTally, EntryTally)


def added(tallies: Iterable[T], empty: T) -> T:
    """Return the sum of tallies, put into `empty`."""
    names = [one.name for one in fields(empty)]
    for tally in tallies:
        for name in names:
            setattr(empty, name, getattr(empty, name) + getattr(tally, name))
    return empty


def added_surveys(tallies: Iterable[SurveyTally]) -> SurveyTally:
    """Return the sum of surveys."""
    whole = SurveyTally()
    for tally in tallies:
        whole.offered += tally.offered
        for score, count in tally.by_score.items():
            whole.by_score[score] = whole.by_score.get(score, 0) + count
    return whole
