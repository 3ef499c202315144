"""QueueStrip and DayFigures: what an agent sees of the day."""

from collections.abc import Iterable
from typing import Any

from agent_console.setup import target_seconds
from hub.journey.context import Hub
from hub.reports.definitions import AgentTally
from hub.reports.live import LiveCounters, Spell


def spells_by_queue(counters: LiveCounters) -> dict[str, list[Spell]]:
    """Group who waits now by Queue, in one pass."""
    found: dict[str, list[Spell]] = {}
    for spell in counters.waiting.values():
        found.setdefault(spell.queue_id, []).append(spell)
    return found


def longest_since(spells: Iterable[Spell]) -> float | None:
    """Return when the one who waits longest began to wait."""
    return min((spell.queued_at for spell in spells), default=None)


def queue_strip(hub: Hub, queue_id: str, spells: list[Spell], now: float) -> dict[str, Any]:
    """Build the strip of one Queue."""
    return {
        "id": queue_id,
        "name": dict(hub.setup.queues[queue_id].names),
        "waiting": len(spells),
        "longest_wait_since": longest_since(spells),
        "target_seconds": target_seconds(hub.setup, queue_id) or 0.0,
        "open": hub.setup.is_open(queue_id, now),
    }


def day_figures(tally: AgentTally) -> dict[str, Any]:
    """Build an agent's own figures."""
    return {
        "handled": tally.handled,
        "average_handle_seconds": tally.average_handle_seconds,
        "average_score": tally.average_score,
    }
