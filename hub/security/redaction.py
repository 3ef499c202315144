"""Card numbers are taken out of every text before it is stored, logged or sent on.

However it is written: solid or in groups, with spaces, dashes, dots, invisible characters, in
full-width, Arabic or Chinese digits. What only looks like one (order numbers, IBAN, phone numbers,
identity numbers, amounts, dates) stays, on the evidence of `card_brands` and of its shape.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from hub.security.card_brands import MAX_DIGITS, MIN_DIGITS, is_card, issuer_lengths
from hub.security.iban import iban_spans
from hub.security.ordinary_numbers import is_ordinary
from hub.text.digits import CHINESE_DIGITS, STYLED_DIGITS, normalise_digits

Span = tuple[int, int]

# Up to three of these between two digits still read as one number.
_ASCII_MARKS: Final = r"\s\-_./\\,:;|*~#'()\[\]"
_UNSEEN_MARKS: Final = r"\u00ad\u200b-\u200f\u2060-\u2064\ufeff\ufe0f\u20e3"
_SEPARATOR: Final = rf"[{_ASCII_MARKS}·•・。．，、：‐-―−－／＿（）’{_UNSEEN_MARKS}]"
_DIGIT: Final = rf"[\d{CHINESE_DIGITS}{STYLED_DIGITS}]"


def _run(digit: str, separator: str) -> re.Pattern[str]:
    return re.compile(rf"{digit}(?:{separator}{{0,3}}{digit}){{{MIN_DIGITS - 1},}}")


_ASCII_RUN: Final = _run(r"[0-9]", rf"[{_ASCII_MARKS}]")
_ANY_RUN: Final = _run(_DIGIT, _SEPARATOR)
_GROUP: Final = re.compile(r"[0-9]+")
DIGITS_AND_SEPARATORS: Final = rf"[0-9](?:{_SEPARATOR}{{0,3}}[0-9])*"


def redact_cards(text: str) -> tuple[str, int]:
    """Return the text with each card number as `•••• 1234`, and how many there were."""
    if len(text) < MIN_DIGITS or (_ASCII_RUN if text.isascii() else _ANY_RUN).search(text) is None:
        return text, 0
    spans = card_spans(text)
    plain = normalise_digits(text)
    for start, end in reversed(spans):
        text = text[:start] + mask_card(plain[start:end]) + text[end:]
    return text, len(spans)


def mask_card(number: str) -> str:
    """Return `•••• 1234` for a number written in any way in ASCII digits."""
    return "•••• " + "".join(_GROUP.findall(number))[-4:]


def card_spans(text: str) -> list[Span]:
    """Return start and end of each card number in the text, in reading order."""
    plain = normalise_digits(text)
    found = [span for run in _ANY_RUN.finditer(plain) for span in _cards_of_run(plain, *run.span())]
    if not found:
        return []
    accounts = list(iban_spans(plain))
    return [span for span in found if not any(a <= span[0] and span[1] <= b for a, b in accounts)]


def _cards_of_run(plain: str, start: int, end: int) -> Iterator[Span]:
    """Find the cards of one run of digits and separators: the whole, else groups inside."""
    run = plain[start:end]
    digits = "".join(_GROUP.findall(run))
    if len(digits) <= MAX_DIGITS and is_card(digits):
        if not is_ordinary(run, digits, before=plain[max(0, start - 1) : start]):
            yield start, end
        return
    groups = [(m.start(), m.end()) for m in _GROUP.finditer(run)]
    first = 0
    while first < len(groups):
        last = _card_at(run, groups, first)
        if last is None:
            first += 1
        else:
            yield start + groups[first][0], start + groups[last][1]
            first = last + 1


def _card_at(run: str, groups: list[Span], first: int) -> int | None:
    """Return the last group of the longest card that begins with this group, if any."""
    digits, sizes, best = "", [], None
    # Looked up once: of 8,000 characters of digits few groups begin like a card.
    lengths = issuer_lengths("".join(run[slice(*group)] for group in groups[first : first + 4])[:4])
    if not lengths:
        return None
    for number in range(first, len(groups)):
        group = run[slice(*groups[number])]
        digits += group
        if len(digits) > MAX_DIGITS:
            break
        sizes.append(len(group))
        if len(digits) in lengths and is_card(digits) and _grouped_like_a_card(sizes):
            whole = run[groups[first][0] : groups[number][1]]
            before = run[max(0, groups[first][0] - 1) : groups[first][0]]
            if not is_ordinary(whole, digits, before=before):
                best = number
    return best


_PRINTED_CUTS: Final = ({4, 8, 12, 16}, {4, 10}, {6})
"""After which digits a card leaves a space: most cards, fifteen or fourteen digits, UnionPay."""


def _grouped_like_a_card(sizes: list[int]) -> bool:
    """Tell whether people write card numbers in groups of these sizes."""
    cuts = set(accumulate(sizes[:-1]))
    if any(cuts <= printed for printed in _PRINTED_CUTS):
        return True
    return sizes[0] <= 2 and set(sizes[:-1]) == {sizes[0]} and sizes[-1] <= sizes[0]
