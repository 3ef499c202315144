"""Numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.errors import Invalid
from hub.journey.calls.numbers import NumberPlan, international

CHINA = NumberPlan(country="86", area="21")


@pytest.mark.parametrize(
    ("written", "e164"),
    [
        ("13800132716", "+8613800132716"),
        ("138 0013 2716", "+8613800132716"),
        ("+86 138-0013-2716", "+8613800132716"),
        ("0086 13800132716", "+8613800132716"),
        ("021 6123 4567", "+862161234567"),
        ("+86 (0)21 6123 4567", "+862161234567"),
        ("61234567", "+862161234567"),
        ("+852 9510 0018", "+85295100018"),
        ("１３８００１３２７１６", "+8613800132716"),
    ],
)
def test_a_number_is_brought_to_one_form(written: str, e164: str) -> None:
    assert international(written, CHINA) == e164


@pytest.mark.parametrize(
    "written", ["", "12", "hello", "+0123456789", "+86", "1;2", "911#", "+" * 9]
)
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(Invalid):
        international(written, CHINA)


def test_without_an_area_a_local_number_is_not_guessed() -> None:
    with pytest.raises(Invalid):
        international("61234567", NumberPlan(country="86"))


@given(st.text(max_size=30))
def test_whatever_is_written_is_a_number_or_refused(written: str) -> None:
    try:
        number = international(written, CHINA)
    except Invalid:
        return
    assert number[0] == "+"
    assert number[1:].isascii()
    assert number[1:].isdigit()
    assert international(number, CHINA) == number
