"""One-time codes: hashed to their row, and found in what people type."""

import pytest

from hub.security.keyring import fresh_key_ring
from hub.security.lookup import LookupKey
from hub.security.one_time_code import (
    HIDDEN,
    code_key,
    is_code,
    may_hold_code,
    new_code,
    normalise_code,
    take_codes,
)


def test_a_code_is_six_digits_and_hardly_the_same_twice() -> None:
    codes = {new_code() for _ in range(200)}
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert len(codes) > 190


def test_a_hash_is_good_for_its_row_only() -> None:
    key = LookupKey(fresh_key_ring())
    stored = code_key(key, "prf_1", "481203")
    assert "481203" not in stored
    assert is_code(key, "prf_1", "481203", stored)
    assert not is_code(key, "prf_2", "481203", stored)
    assert not is_code(key, "prf_1", "481204", stored)
    assert not is_code(LookupKey(fresh_key_ring()), "prf_1", "481203", stored)


@pytest.mark.parametrize(
    ("text", "left", "codes"),
    [
        ("481203", HIDDEN, ["481203"]),
        ("it is 481 203.", f"it is {HIDDEN}.", ["481203"]),
        ("４８１２０３，谢谢", f"{HIDDEN}，谢谢", ["481203"]),
        ("四八一二〇三", HIDDEN, ["481203"]),
        ("481203 or not 112233?", f"{HIDDEN} or not {HIDDEN}?", ["481203", "112233"]),
        ("+86 138 0000 2716", "+86 138 0000 2716", []),
        ("it was 123,456.00", "it was 123,456.00", []),
        ("1234567", "1234567", []),
        ("2026-11-23", "2026-11-23", []),
        ("hello", "hello", []),
    ],
)
def test_codes_are_taken_out_of_words(text: str, left: str, codes: list[str]) -> None:
    assert take_codes(text) == (left, codes)
    assert not codes or may_hold_code(text)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (" 481 203 ", "481203"),
        ("481-203", "481203"),
        ("４８１２０３", "481203"),
        ("48120", None),
        ("4812033", None),
        ("48120x", None),
        ("", None),
    ],
)
def test_a_typed_code_is_brought_to_one_form(typed: str, code: str | None) -> None:
    assert normalise_code(typed) == code
