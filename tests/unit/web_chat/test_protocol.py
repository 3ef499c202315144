import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.web_chat.protocol import FORMS, BadFrame, read_frame

HELLO = {"type": "hello", "widget": "demo", "lang": "zh"}
SAY = {"type": "say", "id": "m1", "text": "你好"}


def code_of(text: str) -> str:
    with pytest.raises(BadFrame) as caught:
        read_frame(text)
    return caught.value.code


@pytest.mark.parametrize("frame", [HELLO, {**HELLO, "cursor": 4, "resume": "vis.abc"}, SAY])
def test_a_frame_by_the_book_is_taken(frame: dict[str, Any]) -> None:
    assert read_frame(json.dumps(frame)) == frame


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ('{"type":"say","id":"a","text":"x"} x', "not_json"),
        ("[]", "not_object"),
        ("null", "not_object"),
        ('"say"', "not_object"),
        ("{}", "unknown_type"),
        ('{"type":["say"]}', "unknown_type"),
        ('{"type":"__proto__"}', "unknown_type"),
        ('{"type":"say","id":"a","text":"x","text":"y"}', "duplicate_key"),
        ('{"type":"seen","seq":NaN}', "not_a_number"),
        ('{"type":"seen","seq":1e400}', "number_too_large"),
        ('{"type":"seen","seq":99999999999999999999}', "number_too_large"),
        ('{"type":"say","id":"a","text":' + "[" * 5000 + "]" * 5000 + "}", "too_deep"),
        ('{"type":"say","id":"a","text":"\\ud800"}', "lone_surrogate"),
        ('{"type":"say","id":"a","text":"' + "x" * 70_000 + '"}', "too_large"),
    ],
)
def test_bad_json_is_named(text: str, code: str) -> None:
    assert code_of(text) == code


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"text": ""}, "bad_field", "text"),
        ({"text": " \n"}, "bad_field", "text"),
        ({"text": "x" * 8001}, "bad_field", "text"),
        ({"text": {"$gt": ""}}, "bad_field", "text"),
        ({"id": ""}, "bad_field", "id"),
        ({"id": "a b"}, "bad_field", "id"),
        ({"id": "x" * 65}, "bad_field", "id"),
        ({"from": "agent"}, "unknown_field", None),
        ({"agent_id": "usr_1"}, "unknown_field", None),
        ({"seq": 1}, "unknown_field", None),
        ({"conversation": "cnv_2"}, "unknown_field", None),
    ],
)
def test_a_wrong_field_is_refused(change: dict[str, Any], code: str, field: str | None) -> None:
    with pytest.raises(BadFrame) as caught:
        read_frame(json.dumps({**SAY, **change}))
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "seen", "seq": True},
        {"type": "seen", "seq": -1},
        {"type": "seen", "seq": 1.0},
        {"type": "typing", "on": 1},
        {"type": "rate", "id": "r", "survey": "s", "score": 6},
        {"type": "rate", "id": "r", "survey": "s", "score": True},
        {"type": "rate", "id": "r", "survey": "s", "score": 5, "tags": ["a b"]},
        {**HELLO, "lang": "fr"},
        {**HELLO, "lang": []},
        {**HELLO, "token": "x" * 5000},
    ],
)
def test_a_value_out_of_range_is_refused(frame: dict[str, Any]) -> None:
    assert code_of(json.dumps(frame)) == "bad_field"


@pytest.mark.parametrize("kind", FORMS)
def test_every_required_field_is_required(kind: str) -> None:
    for name in FORMS[kind].required:
        with pytest.raises(BadFrame) as caught:
            read_frame(json.dumps({"type": kind}))
        assert caught.value.code == "missing_field", name


def test_the_id_of_a_bad_frame_is_told_back() -> None:
    with pytest.raises(BadFrame) as caught:
        read_frame(json.dumps({**SAY, "more": 1}))
    assert caught.value.frame_id == "m1"


@given(st.text())
def test_any_text_is_a_frame_or_a_bad_frame(text: str) -> None:
    with suppress(BadFrame):
        assert isinstance(read_frame(text), dict)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)


@given(st.sampled_from(sorted(FORMS)), st.data())
def test_any_values_in_known_fields_never_break_the_reader(kind: str, data: st.DataObject) -> None:
    frame = {"type": kind} | {name: data.draw(json_values) for name in FORMS[kind].known - {"type"}}
    with suppress(BadFrame):
        assert read_frame(json.dumps(frame)) == frame
