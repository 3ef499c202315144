"""Reports that were computed, kept while they are true: ripe days for good, others for seconds."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import structlog

from agent_console.reports.calendar import Day
from agent_console.reports.reading import fold_days
from hub.journey.context import Hub
from hub.reports.day_fold import RIPE_AFTER_SECONDS
from hub.reports.day_lines import ContactLine, DayReport

FRESH_SECONDS = 15.0
MOST_DAYS_KEPT = 200
MOST_LINES_KEPT = 60_000
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Kept:
    report: DayReport
    computed_at: float
    is_ripe: bool


@dataclass(slots=True)
class Job:
    """Days that are being counted."""

    done_ratio: float = 0.0
    failed: bool = False
    task: asyncio.Task[None] | None = field(default=None, repr=False)


class DayStore:
    """One per node. What is missing is counted in the background, one range at a time."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._days: OrderedDict[float, _Kept] = OrderedDict()
        self._lines: OrderedDict[float, list[ContactLine]] = OrderedDict()
        self._jobs: dict[tuple[float, float], Job] = {}
        self._one_at_a_time = asyncio.Lock()

    def reports(self, days: Sequence[Day]) -> list[DayReport] | None:
        """Return the days' reports, or None while one is not counted."""
        found = [self._days.get(day.start_at) for day in days]
        if any(one is None or not self._is_true(one) for one in found):
            return None
        return [one.report for one in found if one is not None]

    def lines(self, day: Day) -> list[ContactLine] | None:
        """Return the day's Contacts by arrival, or None while they are not counted."""
        return self._lines.get(day.start_at) if self.reports([day]) is not None else None

    def want(self, days: Sequence[Day]) -> Job:
        """Count the days in the background; the same days asked for again are one job."""
        key = (days[0].start_at, days[-1].end_at)
        job = self._jobs.get(key)
        if job is None:
            job = self._jobs[key] = Job()
            job.task = asyncio.create_task(self._work(key, days, job))
        return job

    def forget(self, days: Sequence[Day]) -> None:
        """Let a job that failed be tried again."""
        self._jobs.pop((days[0].start_at, days[-1].end_at), None)

    async def _work(self, key: tuple[float, float], days: Sequence[Day], job: Job) -> None:
        def told(ratio: float) -> None:
            job.done_ratio = ratio

        try:
            async with self._one_at_a_time:
                await self._count(days, told)
            self._jobs.pop(key, None)
        except Exception:  # whatever failed, who asked is told and the job may be tried again
            log.exception("report_failed")
            job.failed = True

    async def _count(self, days: Sequence[Day], told: Callable[[float], None]) -> None:
        missing = [day for day in days if self.lines(day) is None and self._is_missing(day, days)]
        if not missing:
            return
        first, last = days.index(missing[0]), days.index(missing[-1])
        async for report in fold_days(self._hub, days[first : last + 1], told):
            self._keep(report)

    def _is_missing(self, day: Day, days: Sequence[Day]) -> bool:
        """One day is asked for with its Contacts; of several the figures are enough."""
        return len(days) == 1 or self.reports([day]) is None

    def _keep(self, report: DayReport) -> None:
        now = self._hub.clock.now()
        lines, report.contacts = list(report.contacts.values()), {}
        self._days[report.start_at] = _Kept(report, now, report.end_at + RIPE_AFTER_SECONDS <= now)
        self._days.move_to_end(report.start_at)
        self._lines[report.start_at] = lines
        self._lines.move_to_end(report.start_at)
        while len(self._days) > MOST_DAYS_KEPT:
            self._days.popitem(last=False)
        while len(self._lines) > 1 and sum(map(len, self._lines.values())) > MOST_LINES_KEPT:
            self._lines.popitem(last=False)

    def _is_true(self, kept: _Kept) -> bool:
        return kept.is_ripe or self._hub.clock.now() - kept.computed_at < FRESH_SECONDS
