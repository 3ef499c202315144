"""Long numbers of daily life that may pass for a card by chance, told by how they are written."""

import re
from typing import Final

_AMOUNT: Final = r"[0-9]{1,3}(?:[,.][0-9]{3}){1,3}(?:[,.][0-9]{1,2})?|[0-9]{1,9}[.,][0-9]{2}"
_DATE: Final = r"[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([-/.])[0-9]{1,2}\2[0-9]{2,4}"
_TIME: Final = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,6})?"
_PHONE: Final = r"1[3-9][0-9]{9}|[0-9]{3,4}-[0-9]{7,8}|1[3-9][0-9]-[0-9]{4}-[0-9]{4}"
_TOKEN: Final = [re.compile(kind) for kind in (_AMOUNT, _DATE, _TIME, _PHONE)]
_BETWEEN: Final = re.compile(r"[\s;|，、]+|, | - ")

_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"
_ID_DATE: Final = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


def is_ordinary(written: str, digits: str, *, before: str) -> bool:
    """Tell whether a number is surely no card: a list of amounts or dates, a phone or person id.

    `written` is the number as it stands (ASCII digits and separators), `digits` the digits alone,
    `before` the character in front of it or nothing.
    """
    if before == "+" and len(digits) <= 13:  # E.164: the longest numbers in use
        return True
    if len(digits) == 18 and is_chinese_id(digits):
        return True
    if written == digits:
        return False
    return all(any(kind.fullmatch(part) for kind in _TOKEN) for part in _BETWEEN.split(written))


def is_chinese_id(digits: str) -> bool:
    """Tell whether 18 digits are a resident identity number (GB 11643: birth date, check)."""
    if not _ID_DATE.match(digits, 6):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[total % 11] == digits[17]
