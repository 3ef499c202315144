"""A card number sent in pieces: over two or more messages that follow each other."""

import re
from typing import Final, NamedTuple

from hub.security.card_brands import MAX_DIGITS, MIN_DIGITS, is_card
from hub.security.redaction import DIGITS_AND_SEPARATORS
from hub.text.digits import normalise_digits

_GROUP: Final = re.compile(r"[0-9]+")
_HEAD: Final = re.compile(rf"\W{{0,3}}({DIGITS_AND_SEPARATORS})")
_BEGIN: Final = re.compile(r"\W{0,3}[0-9]")
_BEGIN_LENGTH: Final = 4
_TAIL: Final = re.compile(rf"({DIGITS_AND_SEPARATORS})\W{{0,3}}\Z")
_TAIL_LENGTH: Final = 4 * MAX_DIGITS + 3  # a digit and three separators each; bounds the search
_ONLY_NUMBER: Final = re.compile(r"[\W_\d]*")


def may_complete(text: str) -> bool:
    """Tell whether the text begins with a digit, cheaply: only then `split_over` finds anything."""
    return (
        _BEGIN.match(text if text.isascii() else normalise_digits(text[:_BEGIN_LENGTH])) is not None
    )


class Split(NamedTuple):
    """`text` without the rest of the card; `previous_digits` to mask at the former tail, or 0."""

    text: str
    previous_digits: int


def tail_digits(text: str, before: str = "") -> str:
    """Return the digits a text ends in, for `split_over` (at most 18, else there are none).

    `before` is the tail of the message before it: a text of digits alone carries it on, so that
    a card sent in four messages is seen at the fourth.
    """
    plain = normalise_digits(text)
    run = _TAIL.search(plain[-_TAIL_LENGTH:])
    if run is None:
        return ""
    digits = "".join(_GROUP.findall(run[1]))
    if _ONLY_NUMBER.fullmatch(plain):
        digits = before + digits
    return digits if len(digits) < MAX_DIGITS else ""


def split_over(previous: str, text: str) -> Split:
    """Mask the start of a text that completes a card begun by the digits `previous`.

    The caller also masks `previous_digits` at the end of what it stored before (`mask_tail`):
    with all but a few digits kept, the check digit would give the number away.
    """
    if not previous:
        return Split(text, 0)
    head = _HEAD.match(normalise_digits(text))
    if head is None:
        return Split(text, 0)
    digits, found = previous, Split(text, 0)
    for group in _GROUP.finditer(head[0]):
        digits += group[0]
        if len(digits) > MAX_DIGITS:
            break
        if len(digits) >= MIN_DIGITS and is_card(digits):
            found = Split(f"•••• {digits[-4:]}{text[group.end() :]}", len(previous))
    return found


def mask_tail(text: str, digits: int) -> str:
    """Return the text with its last `digits` digits as dots; what stands between them stays."""
    marks = list(text)
    left = digits
    for place, mark in reversed(list(enumerate(normalise_digits(text)))):
        if left and "0" <= mark <= "9":
            marks[place], left = "•", left - 1
    return "".join(marks)
