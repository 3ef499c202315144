"""Totals, queue tiles, half hours and satisfaction from the day's figures; pure."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from agent_console.reading.agents import AgentFacts
from agent_console.setup import AlertRules, DeskSetUp, target_seconds
from agent_console.views.queue import longest_since
from hub.domain.states import Presence
from hub.journey.context import Hub
from hub.reports.definitions import Figures, ScoreTally, WaitTally, ratio
from hub.reports.live import LiveCounters, Spell


def totals(
    figures: Figures,
    waiting: dict[str, list[Spell]],
    rules: AlertRules,
    now: float,
    *,
    due_calls: Sequence[float] = (),
) -> dict[str, Any]:
    """Build WallTotals; `due_calls` are the times at which callers are to be called."""
    spells = [spell for queue in waiting.values() for spell in queue]
    longest = min(spells, key=lambda spell: spell.queued_at, default=None)
    return {
        "service_level_ratio": figures.total.service_level_ratio,
        "service_level_target_ratio": rules.service_level_target_ratio,
        "waiting": len(spells),
        "longest_wait_since": longest.queued_at if longest else None,
        "longest_wait_queue_id": longest.queue_id if longest else None,
        "offered": figures.total.offered,
        "answered": figures.total.answered,
        "abandoned": figures.total.abandoned,
        "abandoned_ratio": figures.total.abandoned_ratio,
        "average_handle_seconds": figures.average_handle_seconds,
        "contained": figures.contained,
        "contained_ratio": figures.contained_ratio,
        "callbacks_due": sum(due_at <= now for due_at in due_calls),
        "computed_at": now,
    }


def queue_tile(
    hub: Hub,
    desk: DeskSetUp,
    counters: LiveCounters,
    queue_id: str,
    spells: list[Spell],
    staff: list[AgentFacts],
    now: float,
) -> dict[str, Any]:
    """Build the tile of one Queue; `staff` are the agents who work for it."""
    tally = counters.queue(queue_id)
    longest = longest_since(spells)
    target = target_seconds(hub.setup, queue_id) or 0.0
    return {
        "id": queue_id,
        "name": dict(hub.setup.queues[queue_id].names),
        "channels": list(desk.queue_channels.get(queue_id, ())),
        "waiting": len(spells),
        "longest_wait_since": longest,
        "target_seconds": target,
        "service_level_ratio": tally.service_level_ratio,
        "service_level_target_ratio": desk.alerts.service_level_target_ratio,
        "answered": tally.answered,
        "abandoned": tally.abandoned,
        "abandoned_ratio": tally.abandoned_ratio,
        "estimate_seconds": _rounded(counters.recent.estimate(queue_id, now, len(spells) + 1)),
        "staff_available": sum(one.presence == Presence.AVAILABLE for one in staff),
        "staff_signed_in": sum(one.presence != Presence.OFFLINE for one in staff),
        "open": hub.setup.is_open(queue_id, now),
        "missing": [
            {"skills": [asdict(need) for need in needs], "waiting": count}
            for needs, count in hub.line.lacking(queue_id).items()
        ],
        "health": health(tally, desk.alerts, late=longest is not None and now - longest > target),
    }


def health(tally: WaitTally, rules: AlertRules, *, late: bool) -> str:
    """Judge a Queue: under target by more than `risk_ratio` is missing it."""
    level = judged_level(tally, rules)
    target = rules.service_level_target_ratio
    if level is not None and level < target - rules.risk_ratio:
        return "missing_target"
    return "at_risk" if late or (level is not None and level < target) else "on_target"


def judged_level(tally: WaitTally, rules: AlertRules) -> float | None:
    """Return the service level once enough spells have ended to speak of one."""
    ended = tally.answered + tally.abandoned_after_target
    return tally.service_level_ratio if ended >= rules.least_answers else None


def interval_views(figures: Figures) -> dict[str, dict[str, Any]]:
    """Build IntervalFigures by their start."""
    return {
        f"{start_at:.0f}": {
            "start_at": start_at,
            "offered": tally.offered,
            "answered": tally.answered,
            "abandoned": tally.abandoned,
            "service_level_ratio": tally.service_level_ratio,
        }
        for start_at, tally in figures.intervals.items()
    }


def satisfaction(scores: ScoreTally, comments: list[dict[str, Any]]) -> dict[str, Any]:
    """Build Satisfaction; by_channel is the average Score."""
    return {
        "average": scores.average,
        "answers": scores.answers,
        "offered": scores.offered,
        "by_score": {str(score): n for score, n in sorted(scores.by_score.items())},
        "by_channel": {name: ratio(*pair) for name, pair in sorted(scores.by_channel.items())},
        "comments": comments,
    }


def _rounded(seconds: float | None) -> float | None:
    """An estimate is no stopwatch: whole tens, so that tiles do not flicker."""
    return None if seconds is None else round(seconds / 10.0) * 10.0
