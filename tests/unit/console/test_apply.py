"""The page's fold in Python, and frames that fold to what was meant."""

import json
from typing import Any

import pytest

from agent_console.feed import encoding
from agent_console.feed.apply import Gap, State, apply, apply_all, follow
from agent_console.feed.encoding import Op

NASTY = ['"', "\\", "\u2028", "</script>", "字", "__proto__", "🙂"]


def test_operations_are_idempotent() -> None:
    ops: list[list[Any]] = [
        ["put", "contacts", "c", {"n": 1}],
        ["add", "messages", "v", {"seq": 2}],
        ["add", "messages", "v", {"seq": 1}],
        ["drop", "contacts", "x"],
        ["tell", "typing", {}],
    ]
    once = apply_all({}, ops)
    assert once == {"contacts": {"c": {"n": 1}}, "messages": {"v": [{"seq": 1}, {"seq": 2}]}}
    assert apply_all(once, ops) == once


def test_nothing_is_changed_in_place() -> None:
    state: State = {"contacts": {"c": 1}, "messages": {"v": [{"seq": 1}]}}
    before = json.dumps(state)
    for op in (["drop", "contacts", "c"], ["add", "messages", "v", {"seq": 1, "x": 2}]):
        apply(state, op)
    assert json.dumps(state) == before


def test_a_gap_is_noticed() -> None:
    with pytest.raises(Gap):
        follow({}, 3, {"before": 4, "position": 5, "ops": []})


@pytest.mark.parametrize("text", NASTY)
def test_frames_say_what_was_meant(text: str) -> None:
    ops = [
        encoding.put("contacts", text, {"title": text}),
        Op("add", "messages", text, encoding.dump({"seq": 1, "text": text})),
        encoding.drop("offers", text),
        encoding.tell("typing", {"by": text}),
    ]
    frame = encoding.feed_frame(7, ops)
    name, body = json.loads(frame.removeprefix("42"))
    assert (name, body["before"], body["position"]) == ("feed", 7, 8)
    assert apply_all({}, body["ops"])["contacts"] == {text: {"title": text}}


def test_a_snapshot_folds_what_came_before_it() -> None:
    ops = [
        encoding.put("contacts", "a", 1),
        encoding.put("contacts", "b", 2),
        encoding.drop("contacts", "a"),
        Op("add", "messages", "v", '{"seq":1}'),
    ]
    state, rest = encoding.fold({"offers": {}}, ops)
    assert [op.verb for op in rest] == ["add"]
    name, body = json.loads(encoding.snapshot_frame(3, 12.5, state).removeprefix("42"))
    assert name == "snapshot"
    assert body == {
        "position": 3, "server_now": 12.5, "state": {"offers": {}, "contacts": {"b": 2}},
    }  # fmt: skip
