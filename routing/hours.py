"""Business hours: several intervals a day, holidays, make-up working days. Pure functions of time.

Local wall time decides, so a clock change moves nothing a customer reads on the door.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

import holidays

Interval = tuple[int, int]
"""Minutes after local midnight: from, up to but not including."""

WHOLE_DAY: tuple[Interval, ...] = ((0, 24 * 60),)
_HORIZON_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When somebody is there. Own `days` win over public holidays, and those over the week."""

    time_zone: str
    week: tuple[tuple[Interval, ...], ...]
    """Seven days from Monday."""
    country: str | None = None
    """Whose public holidays are closed and whose make-up days are worked."""
    make_up_as: int = 0
    """The weekday whose intervals a make-up working day has."""
    days: Mapping[date, tuple[Interval, ...]] = field(default_factory=dict)
    """The bank's own calendar; an empty tuple is a closed day."""


def is_open(hours: Hours, now: float) -> bool:
    """Say whether the hours are open at `now` (UTC epoch seconds)."""
    local = datetime.fromtimestamp(now, ZoneInfo(hours.time_zone))
    minute = local.hour * 60 + local.minute
    return any(start <= minute < end for start, end in intervals_on(hours, local.date()))


def never_closes(hours: Hours) -> bool:
    """Say whether somebody is there at every minute of every day."""
    days = (*hours.week, *hours.days.values())
    return hours.country is None and all(day == ((0, 24 * 60),) for day in days)


def next_change(hours: Hours, now: float) -> float | None:
    """Return when the hours next open or close after `now`; None when not within a year."""
    open_now = is_open(hours, now)
    for moment in _edges(hours, now):
        if moment > now and is_open(hours, moment) != open_now:
            return moment
    return None


def intervals_on(hours: Hours, day: date) -> tuple[Interval, ...]:
    """Return the open intervals of one local day."""
    own = hours.days.get(day)
    if own is not None:
        return own
    weekday = day.weekday()
    if hours.country is not None:
        calendar = _calendar(hours.country)
        working = calendar.is_working_day(day)
        if working and weekday in calendar.weekend:
            return hours.week[hours.make_up_as]
        if day in calendar and not working:
            return ()
    return hours.week[weekday]


def _edges(hours: Hours, now: float) -> Iterator[float]:
    zone = ZoneInfo(hours.time_zone)
    today = datetime.fromtimestamp(now, zone).date()
    for ahead in range(-1, _HORIZON_DAYS):
        day = today + timedelta(days=ahead)
        midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
        for minute in sorted({m for interval in intervals_on(hours, day) for m in interval}):
            # adding to a zoned time is wall-time arithmetic: 09:00 stays 09:00 on any day
            yield (midnight + timedelta(minutes=minute)).timestamp()


@lru_cache(maxsize=32)
def _calendar(country: str) -> holidays.HolidayBase:
    _leave_other_countries_alone()
    return holidays.country_holidays(country)


def _leave_other_countries_alone() -> None:
    """Stand in for the package of countries: as it is, one of them imports all 250 (0.15 s)."""
    name = "holidays.countries"
    if name not in sys.modules:
        package = ModuleType(name)
        package.__path__ = [str(Path(holidays.__file__).parent / "countries")]
        sys.modules[name] = package
