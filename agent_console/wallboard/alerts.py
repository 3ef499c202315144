"""What a supervisor must look at now: rules over what the wallboard shows; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from agent_console.setup import AlertRules
from hub.domain.states import Presence

Alerts = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Cause:
    """Something outside the tiles that calls: help asked, a follow-up, a failed effect."""

    kind: str
    key: str
    since: float
    agent_id: str | None = None
    contact_id: str | None = None
    queue_id: str | None = None
    value: float | None = None
    topic: str | None = None
    """What a failed effect was about: its kind."""
    until_at: float | None = None
    """When it ends by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything the rules look at. `levels` are the service levels one may speak of."""

    now: float
    tiles: Mapping[str, Mapping[str, Any]]
    agents: Mapping[str, Mapping[str, Any]]
    levels: Mapping[str, float | None]
    causes: Iterable[Cause] = ()
    before: Alerts = field(default_factory=dict)
    """The alerts so far: one that goes on keeps its start."""


_ACTION = {
    "help_asked": "join",
    "low_score": "task",
    "task_overdue": "see_tasks",
    "order_to_decide": "decide",
    "proof_locked": "release",
    "effect_failed": "retry",
    "effect_unknown": "retry",
}


def alerts(scene: Scene, rules: AlertRules) -> Alerts:
    """Return all alerts by their id."""
    found: Alerts = {}
    for cause in scene.causes:
        if cause.until_at is not None and cause.until_at <= scene.now:
            continue
        _call(
            found, scene, cause.kind, cause.key, since=cause.since, queue_id=cause.queue_id,
            agent_id=cause.agent_id, contact_id=cause.contact_id, value=cause.value,
            topic=cause.topic, action=_ACTION[cause.kind], ref=cause.key,
        )  # fmt: skip
    for queue_id, tile in scene.tiles.items():
        _queue(found, scene, rules, queue_id, tile)
    for agent_id, tile in scene.agents.items():
        _over_break(found, scene, rules, agent_id, tile)
    return found


def _queue(
    found: Alerts, scene: Scene, rules: AlertRules, queue_id: str, tile: Mapping[str, Any]
) -> None:
    level = scene.levels.get(queue_id)
    if level is not None and level < rules.service_level_target_ratio:
        _call(
            found, scene, "service_level", queue_id, queue_id=queue_id, value=round(level, 2),
            action="see_queue",
        )  # fmt: skip
    longest, target = tile["longest_wait_since"], tile["target_seconds"]
    if longest is not None and scene.now - longest > target:
        _call(
            found, scene, "long_wait", queue_id, since=longest + target, queue_id=queue_id,
            value=target, action="see_queue",
        )  # fmt: skip
    if tile["open"] and tile["staff_signed_in"] == 0:
        _call(found, scene, "queue_unstaffed", queue_id, queue_id=queue_id, action="see_queue")


def _over_break(
    found: Alerts, scene: Scene, rules: AlertRules, agent_id: str, tile: Mapping[str, Any]
) -> None:
    if tile["presence"] != Presence.BREAK:
        return
    limits = rules.break_seconds
    limit = limits.get(tile["presence_reason"], limits.get("", float("inf")))
    if scene.now - tile["presence_since"] > limit:
        since = tile["presence_since"] + limit
        _call(
            found, scene, "over_break", agent_id, since=since, agent_id=agent_id, value=limit,
            action="ask_back",
        )  # fmt: skip


def _call(
    found: Alerts, scene: Scene, kind: str, key: str, *, since: float | None = None, **said: object
) -> None:
    alert_id = f"{kind}:{key}"
    began = scene.before.get(alert_id, {}).get("since", scene.now)
    empty = {"queue_id": None, "agent_id": None, "contact_id": None, "value": None}
    found[alert_id] = {
        "id": alert_id, "kind": kind, "since": began if since is None else since,
        **empty, "topic": None, "ref": None, "action": None, **said,
    }  # fmt: skip
