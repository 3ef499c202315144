import json
import math
from contextlib import suppress
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.text.strict_json import SAFE_INTEGER, BadJson, loads_strict

LIMIT = 1 << 20
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-SAFE_INTEGER, SAFE_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def code_of(data: str | bytes, **limits: int) -> str:
    with pytest.raises(BadJson) as refused:
        loads_strict(data, **({"max_bytes": LIMIT} | limits))
    return refused.value.code


@given(VALUES, st.booleans())
def test_sound_json_is_read_as_the_stock_reader_does(value: Any, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert loads_strict(text, max_bytes=LIMIT, max_depth=99) == value
    assert loads_strict(text.encode(), max_bytes=LIMIT, max_depth=99) == value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("NaN", "not_a_number"),
        ('{"a":[Infinity]}', "not_a_number"),
        ("-Infinity", "not_a_number"),
        ('{"a":1,"a":2}', "duplicate_key"),
        ('{"a":{"b":1,"\\u0062":2}}', "duplicate_key"),
        ("1e400", "number_too_large"),
        ("-1e400", "number_too_large"),
        ("9" * 100_000, "number_too_large"),
        (str(SAFE_INTEGER + 1), "number_too_large"),
        (str(-SAFE_INTEGER - 1), "number_too_large"),
        ('"\\ud83d"', "lone_surrogate"),
        ('{"\\uDE00":1}', "lone_surrogate"),
        ('[{"a":["x\\ud800y"]}]', "lone_surrogate"),
        ('"\ud800"', "lone_surrogate"),
        (b'"\xed\xa0\x80"', "not_utf8"),
        (b"\xff", "not_utf8"),
        ("[" * 100_000, "too_deep"),
        ('{"a":' * 100_000, "too_deep"),
        ("[" * 17 + "]" * 17, "too_deep"),
        ("[" + "[]," * 20 + "[" * 16 + "]" * 17, "too_deep"),
        ("", "not_json"),
        (" ", "not_json"),
        ("\ufeff1", "not_json"),
        ("1 2", "not_json"),
        ("{'a':1}", "not_json"),
        ("[1,]", "not_json"),
        ("01", "not_json"),
        ("\u00a01", "not_json"),
        ('"\n"', "not_json"),
        ("[" * 8, "not_json"),
        ("nul", "not_json"),
    ],
)
def test_what_is_refused_says_why(data: str | bytes, code: str) -> None:
    assert code_of(data) == code


def test_whole_pairs_and_safe_numbers_pass() -> None:
    assert loads_strict(' "\\ud83d\\ude00" \n', max_bytes=LIMIT) == "😀"
    assert loads_strict(f"[{SAFE_INTEGER},{-SAFE_INTEGER},-0]", max_bytes=LIMIT) == [
        SAFE_INTEGER, -SAFE_INTEGER, 0,
    ]  # fmt: skip
    assert loads_strict('"\\\\ud800"', max_bytes=LIMIT) == "\\ud800"


def test_depth_counts_nesting_and_not_brackets_in_texts() -> None:
    wide = "[" + ",".join(["[]"] * 1000) + "]"
    assert len(loads_strict(wide, max_bytes=LIMIT, max_depth=2)) == 1000
    texts = json.dumps({"a": "[[[[" * 50, "b": '\\"[{' * 50})
    assert loads_strict(texts, max_bytes=LIMIT, max_depth=1)["a"] == "[[[[" * 50
    assert code_of('{"a":{"b":1}}', max_depth=1) == "too_deep"


def test_size_counts_bytes() -> None:
    assert loads_strict('"你好"', max_bytes=8) == "你好"
    assert code_of('"你好"', max_bytes=7) == "too_large"
    assert code_of(b"[" + b" " * 99, max_bytes=50) == "too_large"


def test_refusals_do_not_quote_the_sender() -> None:
    with pytest.raises(BadJson) as refused:
        loads_strict('{"password": "hunter2" oops', max_bytes=LIMIT)
    assert "hunter2" not in str(refused.value)
    assert refused.value.__cause__ is None


@given(st.text(alphabet='[]{}",:\\\\u0d8e1aN -.', max_size=80))
def test_anything_is_read_or_refused(text: str) -> None:
    try:
        value = loads_strict(text, max_bytes=LIMIT)
    except BadJson:
        return
    again = json.loads(text)
    assert value == again
    assert not (isinstance(value, float) and math.isnan(value))


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(BadJson):
        assert loads_strict(data, max_bytes=LIMIT) == json.loads(data.decode())


@pytest.mark.parametrize(
    "text",
    [
        '"' + '\\"' * 400_000 + "[" * 20,
        '["' + '\\"' * 400_000 + "[" * 20 + "\\",
        "[" * 900_000,
        '"[' * 400_000,
    ],
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    started = perf_counter()
    code_of(text)
    assert perf_counter() - started < 2
