"""A flow's file that somebody brings: read as plain values, refused with line and remedy."""

import pytest

from hub.domain.errors import Invalid
from ivr.editor import PhoneFlows
from ivr.shelf import Shelf
from tests.support.phone_flows import KNOWN, document, menu

FLOWS = PhoneFlows(Shelf({}, KNOWN), lambda: KNOWN.always_open)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("start: [", "file:1: not valid YAML"),
        ("a: 1\na: 2", "file:2: a is there twice"),
        ("a: &x 1\nb: *x", "file:2: has an alias"),
        ("- 1", "holds no flow"),
        ("", "holds no flow"),
        ("a: " + "[" * 100_000, "file:1: nested too deep"),
        ("a: \x00", "not valid YAML"),
    ],
)
def test_a_file_that_is_none_is_refused_with_line_and_remedy(text: str, told: str) -> None:
    with pytest.raises(Invalid) as refused:
        FLOWS.read(text)
    assert refused.value.code == "flow_file"
    assert told in refused.value.detail


def test_what_json_cannot_hold_is_text_as_it_was_written() -> None:
    text = f"a: 2026-13-45\nb: .inf\nc: {'9' * 5000}\nd: 7\ne: yes\nf: !!python/object:os.system x"
    expected = {"a": "2026-13-45", "b": ".inf", "c": "9" * 5000, "d": 7, "e": True, "f": "x"}
    assert FLOWS.read(text) == expected


def test_a_flow_goes_out_and_comes_in_as_it_was() -> None:
    flow = document({"a": menu("p")})
    assert FLOWS.read(FLOWS.write(flow)) == flow
