"""Days and half hours in the bank's time zone."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

HALF_HOUR_SECONDS = 1800.0


def day_start(at: float, zone: ZoneInfo) -> float:
    """Return the epoch seconds of the local midnight at or before `at`."""
    local = datetime.fromtimestamp(at, zone)
    return datetime.combine(local.date(), time(), zone).timestamp()


def next_day_start(day_start_at: float, zone: ZoneInfo) -> float:
    """Return the following midnight; a day has 23 to 25 hours."""
    local = datetime.fromtimestamp(day_start_at, zone).date() + timedelta(days=1)
    return datetime.combine(local, time(), zone).timestamp()


def half_hour_start(at: float, day_start_at: float) -> float:
    """Return the start of the half hour of the day that contains `at`."""
    return day_start_at + (at - day_start_at) // HALF_HOUR_SECONDS * HALF_HOUR_SECONDS
