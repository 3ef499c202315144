"""What a screen on the wall shows: figures of queues and agents, and nothing of any person."""

import asyncio
from collections import Counter
from typing import Any

from agent_console.feed.needs import Needs
from agent_console.reading.agents import AgentFacts, load_agents
from agent_console.views.queue import spells_by_queue
from agent_console.wallboard import tiles
from agent_console.wallboard.people import activity_of
from hub.domain.states import Presence

FRESH_SECONDS = 2.0
_SHOWN = (
    "id", "name", "waiting", "longest_wait_since", "target_seconds", "service_level_ratio",
    "service_level_target_ratio", "staff_available", "staff_signed_in", "open", "health",
)  # fmt: skip


class DisplayFigures:
    """One picture for all screens of this node, made anew at most every two seconds."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs
        self._lock = asyncio.Lock()
        self._made_at = 0.0
        self._picture: dict[str, Any] = {}

    async def picture(self) -> dict[str, Any]:
        """Return totals, queues and how many agents do what."""
        async with self._lock:
            now = self._needs.hub.clock.now()
            if now - self._made_at >= FRESH_SECONDS:
                self._picture = await self._make(now)
                self._made_at = now
            return self._picture

    async def _make(self, now: float) -> dict[str, Any]:
        needs = self._needs
        hub, counters = needs.hub, needs.counters
        members = [one for one in hub.staff.all() if one.enabled and one.profile.queues]
        facts = await load_agents(hub, [one.user_id for one in members])
        staff: dict[str, list[AgentFacts]] = {}
        for one in members:
            for queue_id in one.profile.queues:
                staff.setdefault(queue_id, []).append(facts[one.user_id])
        waiting = spells_by_queue(counters)
        queues = [
            tiles.queue_tile(
                hub, needs.desk, counters, queue_id, waiting.get(queue_id, []),
                staff.get(queue_id, []), now,
            )
            for queue_id in hub.setup.queues
        ]  # fmt: skip
        return {
            "totals": tiles.totals(counters.figures, waiting, needs.desk.alerts, now),
            "queues": [{name: tile[name] for name in _SHOWN} for tile in queues],
            "agents": dict(Counter(_doing(one) for one in facts.values())),
            "time_zone": needs.desk.zone.key,
        }


def _doing(facts: AgentFacts) -> str:
    if facts.presence == Presence.OFFLINE:
        return "offline"
    activity, _ = activity_of(facts)
    if activity != "idle":
        return "busy"
    return "available" if facts.presence == Presence.AVAILABLE else "away"
