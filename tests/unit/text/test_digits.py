import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.text.digits import CHINESE_DIGITS, normalise_digits


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("４１１１ ok", "4111 ok"),
        ("٤١١١ ۴۱", "4111 41"),
        ("〇一二三四五六七八九", "0123456789"),
        ("零壹贰叁肆伍陆柒捌玖", "0123456789"),
        ("幺", "1"),
        ("①②⑨ x² ₃", "129 x2 3"),
        ("𝟘𝟙", "01"),
        ("十百 abc", "十百 abc"),
        ("½ Ⅷ", "½ Ⅷ"),
    ],
)
def test_digits_of_all_systems_become_ascii(text: str, plain: str) -> None:
    assert normalise_digits(text) == plain


def test_every_decimal_digit_of_unicode_is_known() -> None:
    for code in range(0x110000):
        if unicodedata.category(chr(code)) == "Nd":
            assert normalise_digits(chr(code)) == str(unicodedata.decimal(chr(code)))


@given(st.text())
def test_nothing_moves_and_nothing_else_changes(text: str) -> None:
    plain = normalise_digits(text)
    assert len(plain) == len(text)
    for was, now in zip(text, plain, strict=True):
        known = unicodedata.digit(was, None) is not None or was in CHINESE_DIGITS
        assert was == now or (known and now in "0123456789")
