"""Times at which a customer may be called: parts of the bank's day in which the Queue works."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from hub.journey.floor import words

PARTS: Final = ((9, 12), (13, 17), (18, 20))
"""Hours of the day, in the bank's time zone."""
DAYS_AHEAD: Final = 4
MOST: Final = 3
LEAD_SECONDS: Final = 1800.0
"""A part of the day that begins sooner is not promised; as soon as possible is."""


class Slot(NamedTuple):
    """From when the call may come, and what the customer reads."""

    due_at: float
    label: str


def slots(
    zone: ZoneInfo, is_open: Callable[[float], bool], now: float, language: str
) -> list[Slot]:
    """Return what to choose from, the soonest first; a time that the clock leaves out is none."""
    found = [Slot(now, words.of(words.CHOICES["soonest"], language))] if is_open(now) else []
    today = datetime.fromtimestamp(now, zone).date()
    for ahead in range(DAYS_AHEAD):
        day = today + timedelta(days=ahead)
        for start, end in PARTS:
            local = datetime.combine(day, time(start), zone)
            due_at = local.timestamp()
            exists = datetime.fromtimestamp(due_at, zone).hour == start
            if exists and due_at >= now + LEAD_SECONDS and is_open(due_at):
                found.append(Slot(due_at, words.slot_text(language, day, today, start, end)))
    return found[:MOST]
