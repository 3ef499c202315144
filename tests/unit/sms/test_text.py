"""Alphabets, units and segments, by the examples that the console is held to as well."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.sms.text import BASIC, ESCAPED, LIMITS, alphabet_of, count, join, split

EXAMPLES: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("segments.json").read_text("utf-8")
)["examples"]
GSM = st.text(alphabet=sorted(BASIC | ESCAPED), max_size=700)
ANY = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("银行🙂€a")), max_size=400)


@pytest.mark.parametrize("one", EXAMPLES, ids=str)
def test_examples(one: dict[str, Any]) -> None:
    text = one.get("text") or (one["repeat"][0] * one["repeat"][1] if "repeat" in one else "")
    counted = count(text)
    assert counted.alphabet == one["alphabet"]
    assert (counted.units, counted.segments) == (one["units"], one["segments"])
    assert counted.left_units == one["left"]


def test_the_alphabet_is_the_standards() -> None:
    assert (len(BASIC), len(ESCAPED)) == (127, 10)
    assert not BASIC & ESCAPED


@given(st.one_of(GSM, ANY))
def test_parts_are_the_text_and_none_is_too_long(text: str) -> None:
    parts = split(text)
    assert "".join(parts) == text
    alone, each = LIMITS[alphabet_of(text)]
    most = alone if len(parts) == 1 else each
    for part in parts:
        if alphabet_of(text) == "gsm7":
            assert len(part) + sum(one in ESCAPED for one in part) <= most
        else:
            assert len(part.encode("utf-16-be", "surrogatepass")) // 2 <= most


@given(st.one_of(GSM, ANY), st.randoms())
def test_parts_join_in_any_order_and_only_when_all_are_there(text: str, random: Any) -> None:
    parts = list(enumerate(split(text), 1))
    random.shuffle(parts)
    assert join(dict(parts), len(parts)) == text
    if parts:
        assert join(dict(parts[1:]), len(parts)) is None
