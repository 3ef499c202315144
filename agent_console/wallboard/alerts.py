"""What a supervisor must look at now: rules over what the wallboard shows; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log2
from typing import Any

from agent_console.setup import AlertRules, limit_of
from agent_console.wallboard.concerns import BotTalk
from agent_console.wallboard.stuck import CALM, stuck
from hub.domain.calls import CHANNEL as PHONE
from hub.domain.states import ContactState, Presence

Alerts = dict[str, dict[str, Any]]
Tile = Mapping[str, Any]


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


@dataclass(frozen=True, slots=True)
class Taken:
    """A supervisor has taken an alert on, when it was `severity` bad."""

    by: Mapping[str, str]
    at: float
    note: str
    severity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything the rules look at. `levels` are the service levels one may speak of."""

    now: float
    tiles: Mapping[str, Tile]
    agents: Mapping[str, Tile]
    levels: Mapping[str, float | None]
    contacts: Mapping[str, Tile] = field(default_factory=dict)
    unanswered: Mapping[str, float] = field(default_factory=dict)
    """Contact -> since when its customer waits for the next word."""
    bot_talks: Mapping[str, BotTalk] = field(default_factory=dict)
    """Contact -> how its talk with the assistant goes."""
    causes: Iterable[Cause] = ()
    taken: Mapping[str, Taken] = field(default_factory=dict)
    """By the alert's id, the newest of each."""
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
_UNDATED = frozenset({"service_level", "queue_unstaffed", "nobody_skilled"})
"""Kinds whose start is when this node first saw them."""


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
        _service_level(found, scene, rules, queue_id)
        _queue(found, scene, rules, queue_id, tile)
    for contact_id, line in scene.contacts.items():
        if line["state"] == ContactState.ASSIGNED:
            _talk(found, scene, rules, contact_id, line)
        elif line["state"] == ContactState.IN_SELF_SERVICE:
            _bot_talk(found, scene, rules, contact_id, line)
    for agent_id, tile in scene.agents.items():
        _over_break(found, scene, rules, agent_id, tile)
    for alert_id, alert in found.items():
        alert["acknowledged"] = _taken(scene, rules, alert_id, alert)
    return found


def _service_level(found: Alerts, scene: Scene, rules: AlertRules, queue_id: str) -> None:
    level = scene.levels.get(queue_id)
    least = rules.service_level_target_ratio - limit_of(rules.service_level_under, queue_id)
    if level is not None and level < least:
        _call(
            found, scene, "service_level", queue_id, queue_id=queue_id, value=round(level, 2),
            action="see_queue", severity=int((least - level) * 10),
        )  # fmt: skip


def _queue(found: Alerts, scene: Scene, rules: AlertRules, queue_id: str, tile: Tile) -> None:
    limit = tile["target_seconds"] * limit_of(rules.long_wait_targets, queue_id)
    longest = tile["longest_wait_since"]
    _lasting(
        found, scene, "long_wait", queue_id, longest, limit, queue_id=queue_id,
        value=tile["target_seconds"], action="see_queue",
    )  # fmt: skip
    if tile["open"] and tile["staff_signed_in"] == 0:
        _call(found, scene, "queue_unstaffed", queue_id, queue_id=queue_id, action="see_queue")
    lacking = sum(one["waiting"] for one in tile["missing"])
    if lacking >= limit_of(rules.nobody_skilled_waiting, queue_id):
        _call(
            found, scene, "nobody_skilled", queue_id, queue_id=queue_id, value=lacking,
            action="lend", severity=int(log2(lacking)),
        )  # fmt: skip


def _talk(found: Alerts, scene: Scene, rules: AlertRules, contact_id: str, line: Tile) -> None:
    queue_id = line["queue_id"] or ""
    said = {
        "queue_id": line["queue_id"], "agent_id": line["agent_id"], "contact_id": contact_id,
        "action": "see_contact",
    }  # fmt: skip
    limit = limit_of(rules.long_contact_seconds, queue_id)
    _lasting(found, scene, "long_contact", contact_id, line["since"], limit, value=limit, **said)
    asked_at = scene.unanswered.get(contact_id)
    if asked_at is not None and line["channel"] != PHONE:
        waits_since = max(asked_at, line["since"])
        limit = limit_of(rules.late_reply_seconds, queue_id)
        _lasting(found, scene, "late_reply", contact_id, waits_since, limit, value=limit, **said)


def _bot_talk(found: Alerts, scene: Scene, rules: AlertRules, contact_id: str, line: Tile) -> None:
    """The assistant goes on with a talk that gets nowhere: somebody may take it over."""
    talk = scene.bot_talks.get(contact_id, CALM)
    held = stuck(talk, line["since"], scene.now, rules)
    if held is not None:
        _call(
            found, scene, "bot_stuck", contact_id, since=held.since, contact_id=contact_id,
            queue_id=line["queue_id"], value=held.value, topic=held.why, action="take_over",
            severity=int(log2(held.times)),
        )  # fmt: skip


def _over_break(found: Alerts, scene: Scene, rules: AlertRules, agent_id: str, tile: Tile) -> None:
    if tile["presence"] == Presence.BREAK:
        limit = limit_of(rules.break_seconds, tile["presence_reason"])
        _lasting(
            found, scene, "over_break", agent_id, tile["presence_since"], limit,
            agent_id=agent_id, value=limit, action="ask_back",
        )  # fmt: skip


def _lasting(
    found: Alerts,
    scene: Scene,
    kind: str,
    key: str,
    began_at: float | None,
    limit_seconds: float,
    **said: object,
) -> None:
    """Call for what lasts longer than its limit; each doubling is worse."""
    if began_at is None or scene.now - began_at <= limit_seconds:
        return
    severity = int(log2((scene.now - began_at) / limit_seconds))
    since = began_at + limit_seconds
    _call(found, scene, kind, key, since=since, severity=severity, **said)


def _call(
    found: Alerts, scene: Scene, kind: str, key: str, *, since: float | None = None, **said: object
) -> None:
    alert_id = f"{kind}:{key}"
    began = scene.before.get(alert_id, {}).get("since", scene.now)
    empty = {"queue_id": None, "agent_id": None, "contact_id": None, "value": None}
    found[alert_id] = {
        "id": alert_id, "kind": kind, "since": began if since is None else since,
        **empty, "topic": None, "ref": None, "action": None, "severity": 0, **said,
    }  # fmt: skip


def _taken(
    scene: Scene, rules: AlertRules, alert_id: str, alert: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Who has taken it on; nobody once it is worse, another one, or a while ago."""
    taken = scene.taken.get(alert_id)
    if taken is None or alert["severity"] > taken.severity:
        return None
    is_old = scene.now - taken.at > rules.acknowledged_seconds
    is_another = alert["kind"] not in _UNDATED and taken.at < alert["since"]
    if is_old or is_another:
        return None
    return {"by": dict(taken.by), "at": taken.at, "note": taken.note}
