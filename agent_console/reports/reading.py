"""Days' reports out of the log: page by page beside the loop, no transaction held."""

from collections.abc import AsyncIterator, Callable, Sequence

from agent_console.reading.log import log_position_at
from agent_console.reports.calendar import Day
from hub.journey.context import Hub
from hub.reports.day_fold import DAY_KINDS, LOOK_BACK_SECONDS, RIPE_AFTER_SECONDS, DayFold
from hub.reports.day_lines import DayReport

PAGE = 500
Told = Callable[[float], None]
"""Hears how much is done, 0 to 1."""


async def fold_days(hub: Hub, days: Sequence[Day], told: Told) -> AsyncIterator[DayReport]:
    """Yield one report per day, in order; the days follow one another."""
    fold = DayFold([(day.start_at, day.end_at) for day in days], hub.setup.policy)
    since, until = days[0].start_at - LOOK_BACK_SECONDS, days[-1].end_at + RIPE_AFTER_SECONDS
    end = min(until, hub.clock.now())
    position = await log_position_at(hub, since)
    while page := await hub.reader.log_from(position, PAGE, kinds=DAY_KINDS, aside=True):
        for logged in page:
            fold.apply(logged.event)
        position, at = page[-1].position, page[-1].event.at
        for report in fold.take_ripe(at):
            yield report
        if at >= until:
            break
        told(min(max((at - since) / (end - since), 0.0), 1.0))
    for report in fold.take_rest():
        yield report
