"""Days as people name them, in the bank's time zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hub.domain.errors import Invalid

MOST_DAYS = 92


@dataclass(frozen=True, slots=True)
class Day:
    """From midnight to midnight, epoch seconds; 23 to 25 hours."""

    name: str
    """Such as 2026-11-24."""
    start_at: float
    end_at: float


def days_between(first: str, last: str, *, zone: ZoneInfo, now: float) -> Sequence[Day]:
    """Return the days from `first` to `last`, those ahead left out; raise `Invalid`."""
    start, end = _read(first), min(_read(last), datetime.fromtimestamp(now, zone).date())
    count = (end - start).days + 1
    if not 1 <= count <= MOST_DAYS:
        raise Invalid("bad_range", f"from 1 to {MOST_DAYS} days, the first not ahead")
    return [_day(start + timedelta(days=n), zone) for n in range(count)]


def day_name(at: float, zone: ZoneInfo) -> str:
    """Return the name of the day at a moment."""
    return datetime.fromtimestamp(at, zone).date().isoformat()


def _read(name: str) -> date:
    try:
        return date.fromisoformat(name)
    except ValueError:
        raise Invalid("bad_day", "a day is written such as 2026-11-24") from None


def _day(when: date, zone: ZoneInfo) -> Day:
    start = datetime.combine(when, time(), zone).timestamp()
    end = datetime.combine(when + timedelta(days=1), time(), zone).timestamp()
    return Day(when.isoformat(), start, end)
