"""Business hours looked up instead of worked out: each letter that waits asks when it is due.

A stretch of some weeks is worked out once and used as long as what is asked lies in it; for all
else the hours themselves answer. Its answers are those of `routing.hours`.
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from routing import hours as worked_out
from routing.hours import Hours

STRETCH_SECONDS: Final = 35 * 86_400.0


@dataclass(frozen=True, slots=True)
class _Stretch:
    since: float
    until: float
    opens: bool
    """Whether it begins open."""
    changes: tuple[float, ...]
    after: float | None
    """The first change that lies behind it."""


class Timetable:
    """The hours of one Queue. Threads may share it: the worst is that two work it out."""

    def __init__(self, hours: Hours) -> None:
        self._hours = hours
        self._stretch: _Stretch | None = None

    def is_open(self, now: float) -> bool:
        """Say whether the hours are open at `now` (UTC epoch seconds)."""
        stretch = self._stretch
        if stretch is None or not stretch.since <= now < stretch.until:
            return worked_out.is_open(self._hours, now)
        return stretch.opens ^ (bisect_right(stretch.changes, now) % 2 == 1)

    def next_change(self, now: float) -> float | None:
        """Return when the hours next open or close after `now`; None when not within a year."""
        stretch = self._stretch
        if stretch is None or now >= stretch.until:
            stretch = self._stretch = _work_out(self._hours, now)
        if now < stretch.since:
            return worked_out.next_change(self._hours, now)
        passed = bisect_right(stretch.changes, now)
        return stretch.changes[passed] if passed < len(stretch.changes) else stretch.after


def _work_out(hours: Hours, since: float) -> _Stretch:
    until = since + STRETCH_SECONDS
    changes: list[float] = []
    after = worked_out.next_change(hours, since)
    while after is not None and after < until:
        changes.append(after)
        after = worked_out.next_change(hours, after)
    return _Stretch(since, until, worked_out.is_open(hours, since), tuple(changes), after)
