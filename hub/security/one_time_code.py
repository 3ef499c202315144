"""One-time codes: six digits, kept as a keyed hash only, and found again in what people type."""

import hmac
import re
import secrets
from typing import Final

from hub.security.lookup import LookupKey
from hub.text.digits import CHINESE_DIGITS, STYLED_DIGITS, normalise_digits

DIGITS: Final = 6
HIDDEN: Final = "•" * DIGITS

_D: Final = rf"[\d{CHINESE_DIGITS}{STYLED_DIGITS}]"
_BETWEEN: Final = r"[\s\-–—.·・]?"
# Alone: neither part of a longer number nor of an amount such as 123,456.00.
_ALONE_BEFORE: Final = rf"(?<!{_D})(?<!{_D}[\s\-–—.,·・'’])"
_ALONE_AFTER: Final = rf"(?!{_BETWEEN}{_D})(?![.,]{_D})"
_CODE: Final = re.compile(rf"{_ALONE_BEFORE}{_D}(?:{_BETWEEN}{_D}){{{DIGITS - 1}}}{_ALONE_AFTER}")
_SIX_ANYWHERE: Final = re.compile(rf"{_D}(?:{_BETWEEN}{_D}){{{DIGITS - 1}}}")


def new_code() -> str:
    """Return six digits nobody can guess."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def code_key(key: LookupKey, proof_id: str, code: str) -> str:
    """Return what is stored of a code; bound to the row, so that it is good for that one only."""
    return key.of("one_time_code", f"{proof_id}/{code}")


def is_code(key: LookupKey, proof_id: str, code: str, stored: str) -> bool:
    """Compare in a time that tells nothing."""
    return hmac.compare_digest(code_key(key, proof_id, code), stored)


def normalise_code(typed: str) -> str | None:
    """Return the six digits of what a person typed in a field; None when it is no code."""
    digits = "".join(c for c in normalise_digits(typed) if not re.match(_BETWEEN[:-1], c))
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else None


def may_hold_code(text: str) -> bool:
    """Tell cheaply whether a message is worth a look: it runs for every message of every chat."""
    return len(text) >= DIGITS and _SIX_ANYWHERE.search(text) is not None


def take_codes(text: str) -> tuple[str, list[str]]:
    """Return the text with every code-like number hidden, and those numbers in ASCII digits."""
    plain = normalise_digits(text)
    spans = [match.span() for match in _CODE.finditer(text)]
    codes = ["".join(c for c in plain[a:b] if c.isdigit()) for a, b in spans]
    for start, end in reversed(spans):
        text = text[:start] + HIDDEN + text[end:]
    return text, codes
