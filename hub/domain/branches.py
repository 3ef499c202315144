"""Branches of the bank and the hours at which a customer may have an appointment; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS_AHEAD = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One branch. `days` are ISO weekdays, Monday is 1."""

    id: str
    name: Mapping[str, str]
    address: Mapping[str, str]
    opens: time
    closes: time
    days: frozenset[int]
    slot_minutes: int
    seats: int
    """So many customers at one time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a customer comes for."""

    code: str
    name: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Every branch in the bank's time zone."""

    zone: ZoneInfo
    branches: Mapping[str, Branch]
    topics: Mapping[str, Topic]

    def days(self, now: float) -> list[date]:
        """The days one may choose from, tomorrow first."""
        today = datetime.fromtimestamp(now, self.zone).date()
        return [today + timedelta(days=n) for n in range(1, DAYS_AHEAD + 1)]

    def slots(self, branch: Branch, day: date) -> Iterator[float]:
        """Beginnings of the appointments of a day, as UTC epoch seconds.

        An hour that a clock change leaves out is left out; one that comes twice is used once.
        """
        if day.isoweekday() not in branch.days:
            return
        step, at = timedelta(minutes=branch.slot_minutes), datetime.combine(day, branch.opens)
        end = datetime.combine(day, branch.closes)
        while at + step <= end:
            moment = at.replace(tzinfo=self.zone).timestamp()
            if datetime.fromtimestamp(moment, self.zone).replace(tzinfo=None) == at:
                yield moment
            at += step

    def is_slot(self, branch: Branch, starts_at: float, now: float) -> bool:
        """Tell whether an appointment may begin then."""
        day = datetime.fromtimestamp(starts_at, self.zone).date()
        return day in self.days(now) and starts_at in self.slots(branch, day)
