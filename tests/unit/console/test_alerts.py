"""When the wallboard calls a supervisor."""

from typing import Any

from agent_console.setup import AlertRules
from agent_console.wallboard.alerts import Cause, Scene, alerts

NOW = 10_000.0
RULES = AlertRules(break_seconds={"": 900.0, "lunch": 1800.0})


def tile(**values: object) -> dict[str, Any]:
    calm = {
        "longest_wait_since": None, "target_seconds": 60.0, "open": True, "staff_signed_in": 2,
    }  # fmt: skip
    return calm | values


def agent(presence: str, since: float, reason: str = "") -> dict[str, Any]:
    return {"presence": presence, "presence_since": since, "presence_reason": reason}


def found(**values: Any) -> dict[str, dict[str, Any]]:
    scene: dict[str, Any] = {"now": NOW, "tiles": {}, "agents": {}, "levels": {}}
    return alerts(Scene(**(scene | values)), RULES)


def test_a_calm_floor_calls_nobody() -> None:
    assert found(tiles={"q": tile()}, agents={"a": agent("available", 0.0)}) == {}


def test_a_wait_over_the_promise() -> None:
    late = found(tiles={"q": tile(longest_wait_since=NOW - 61)})
    assert late["long_wait:q"]["since"] == NOW - 1
    assert found(tiles={"q": tile(longest_wait_since=NOW - 60)}) == {}


def test_a_service_level_under_target_keeps_its_start() -> None:
    first = found(tiles={"q": tile()}, levels={"q": 0.7})
    assert first["service_level:q"]["since"] == NOW
    later = found(now=NOW + 90, tiles={"q": tile()}, levels={"q": 0.6}, before=first)
    assert (later["service_level:q"]["since"], later["service_level:q"]["value"]) == (NOW, 0.6)
    assert found(tiles={"q": tile()}, levels={"q": 0.8}) == {}
    assert found(tiles={"q": tile()}, levels={"q": None}) == {}


def test_an_open_queue_without_staff() -> None:
    assert "queue_unstaffed:q" in found(tiles={"q": tile(staff_signed_in=0)})
    assert found(tiles={"q": tile(staff_signed_in=0, open=False)}) == {}


def test_a_break_is_as_long_as_its_reason_allows() -> None:
    agents = {"a": agent("break", NOW - 1000), "b": agent("break", NOW - 1000, "lunch")}
    called = found(agents=agents)
    assert list(called) == ["over_break:a"]
    assert called["over_break:a"]["since"] == NOW - 100
    assert called["over_break:a"]["action"] == "ask_back"


def test_causes_bring_what_is_needed_to_act() -> None:
    causes = [
        Cause("help_asked", "c1", 5.0, agent_id="a", contact_id="c1"),
        Cause("low_score", "t1", 6.0, value=1),
        Cause("effect_failed", "e1", 7.0, topic="notify"),
        Cause("effect_unknown", "e2", 8.0, topic="core_order"),
    ]
    called = found(causes=causes)
    acts = [(one["kind"], one["action"], one["ref"], one["since"]) for one in called.values()]
    assert acts == [
        ("help_asked", "join", "c1", 5.0),
        ("low_score", "task", "t1", 6.0),
        ("effect_failed", "retry", "e1", 7.0),
        ("effect_unknown", "retry", "e2", 8.0),
    ]
    assert [one["topic"] for one in called.values()] == [None, None, "notify", "core_order"]


def test_a_locked_proof_calls_until_it_ends_by_itself() -> None:
    lock = Cause("proof_locked", "cus_1", 5.0, "a", "c1", "q", NOW + 9, until_at=NOW + 9)
    called = found(causes=[lock])["proof_locked:cus_1"]
    assert (called["action"], called["contact_id"], called["value"]) == ("release", "c1", NOW + 9)
    assert found(now=NOW + 9, causes=[lock]) == {}
