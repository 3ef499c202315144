"""Evidence that a run of digits is a payment card number: issuer, length, check digit.

One number in ten passes the check digit by chance, so it proves nothing alone; that the number
also begins like an issuer's and has that issuer's length is what keeps order numbers readable.
"""

from functools import cache
from typing import Final

MIN_DIGITS: Final = 13
MAX_DIGITS: Final = 19


def _ranges() -> list[tuple[str, str, frozenset[int]]]:
    """First and last prefix (equal length) and the lengths issued (ISO/IEC 7812 ranges)."""
    sixteen, long = frozenset({16}), frozenset(range(16, 20))
    return [
        ("4", "4", frozenset({13, 16, 19})),  # Visa
        ("51", "55", sixteen),  # Mastercard
        ("2221", "2720", sixteen),  # Mastercard, second range
        ("34", "34", frozenset({15})),  # American Express
        ("37", "37", frozenset({15})),
        ("62", "62", long),  # UnionPay
        ("81", "81", long),  # UnionPay, second range
        ("9558", "9559", frozenset({16, 19})),  # Chinese debit cards from before UnionPay
        ("6011", "6011", long),  # Discover
        ("644", "649", long),
        ("65", "65", long),
        ("3528", "3589", long),  # JCB
        ("300", "305", frozenset({14, 16})),  # Diners Club
        ("3095", "3095", frozenset({14, 16})),
        ("36", "36", frozenset({14, 16})),
        ("38", "39", frozenset({14, 16})),
        ("2200", "2205", long),  # Mir
        ("5018", "5018", frozenset({16, 18, 19})),  # Maestro
        ("5020", "5020", frozenset({16, 18, 19})),
        ("5038", "5038", frozenset({16, 18, 19})),
        ("5612", "5612", frozenset({16, 18, 19})),
        ("5893", "5893", frozenset({16, 18, 19})),
        ("6304", "6304", frozenset({16, 18, 19})),
        ("6759", "6763", frozenset({16, 18, 19})),
        ("508", "508", sixteen),  # RuPay
        ("60", "60", sixteen),
        ("82", "82", sixteen),
        ("5061", "5061", frozenset({16, 18, 19})),  # Verve
        ("9792", "9792", sixteen),  # Troy
    ]


def _lengths_by_prefix() -> dict[str, frozenset[int]]:
    table: dict[str, frozenset[int]] = {}
    for first, last, lengths in _ranges():
        for number in range(int(first), int(last) + 1):
            table[str(number)] = lengths
    return table


_LENGTHS: Final = _lengths_by_prefix()
_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def luhn_valid(digits: str) -> bool:
    """Tell whether the last digit is the ISO/IEC 7812 check digit of the others (ASCII digits)."""
    total = sum(map(int, digits[-1::-2])) + sum(_DOUBLED[int(d)] for d in digits[-2::-2])
    return total % 10 == 0


@cache
def issuer_lengths(beginning: str) -> frozenset[int]:
    """Return how long the numbers are that issuers begin with these (up to four) ASCII digits."""
    found = (_LENGTHS.get(beginning[:size], frozenset()) for size in (1, 2, 3, 4))
    return frozenset().union(*found)


def issuer_fits(digits: str) -> bool:
    """Tell whether some issuer gives out numbers of this beginning and length."""
    return len(digits) in issuer_lengths(digits[:4])


def is_card(digits: str) -> bool:
    """Tell whether the ASCII digits are a card number by issuer, length and check digit."""
    return issuer_fits(digits) and luhn_valid(digits) and len(set(digits)) > 1
