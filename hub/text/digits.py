"""Digits of all writing systems, brought to ASCII without moving a character."""

import re
import unicodedata
from typing import Final

CHINESE_DIGITS: Final = "〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸幺"
_CHINESE_VALUES: Final = "00012345678912345678923" + "61"
_CHINESE: Final = dict(zip(CHINESE_DIGITS, _CHINESE_VALUES, strict=True))

# Digits that Unicode does not class as decimal, but people paste: ², ₂, ①, ⑴, ❶ and their kin.
STYLED_DIGITS: Final = "²³¹⁰⁴-⁹₀-₉①-⑨⓪⑴-⑼⒈-⒐❶-❾➀-➈➊-➒⓿⓵-⓽"

_OTHER_DIGIT: Final = re.compile(rf"[^\W0-9a-zA-Z_](?<=\d)|[{CHINESE_DIGITS}{STYLED_DIGITS}]")


def normalise_digits(text: str) -> str:
    """Return the text with every digit in ASCII; the length and all other characters stay.

    Covers all Unicode decimal digits (full-width, Arabic-Indic, Devanagari ...), styled digits
    (superscript, circled) and Chinese numerals written digit by digit (〇一二 and the banking
    forms 零壹贰; 幺 is the spoken one). Number words with place values (十, 百) are left alone.
    """
    return text if text.isascii() else _OTHER_DIGIT.sub(_to_ascii, text)


def _to_ascii(match: re.Match[str]) -> str:
    digit = match.group()
    return _CHINESE.get(digit) or str(unicodedata.digit(digit))
