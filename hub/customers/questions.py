"""Questions whose answers the bank knows and the page never does: pure rules.

Only what no screen shows before level 2, so that an agent cannot read the answer to the customer.
Answers are typed as the customer says them and compared here.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

from hub.text.digits import normalise_digits

ASKED: Final = 2
"""Questions at a time; all must be right."""
LEAST_LETTERS: Final = 4
"""So much of a merchant's name must be said (of a Chinese one: half)."""


class Known(NamedTuple):
    """What the record says that a question can be about."""

    profile: Mapping[str, str]
    last_payment: Mapping[str, Any] | None


def _birth_day(known: Known) -> str:
    date = known.profile.get("birth_date", "")
    return date[5:] if len(date) == 10 else ""


def _house_number(known: Known) -> str:
    found = re.search(r"\d+", normalise_digits(known.profile.get("address", "")))
    return found.group() if found else ""


def _last_merchant(known: Known) -> str:
    return str(known.last_payment["merchant"]) if known.last_payment else ""


def _last_amount(known: Known) -> str:
    return str(known.last_payment["amount"]) if known.last_payment else ""


def _same_day(answer: str, said: str) -> bool:
    numbers = [int(one) for one in re.findall(r"\d+", normalise_digits(said))]
    return numbers == [int(part) for part in answer.split("-")]


def _same_number(answer: str, said: str) -> bool:
    numbers = re.findall(r"\d+", normalise_digits(said))
    return numbers == [answer]


def _same_name(answer: str, said: str) -> bool:
    """The whole name, or its beginning as far as people say it."""
    whole, part = _letters(answer), _letters(said)
    least = LEAST_LETTERS if whole.isascii() else max(2, len(whole) // 2)
    return whole == part or (len(part) >= least and whole.startswith(part))


def _same_amount(answer: str, said: str) -> bool:
    """To the whole unit; the sign is not said."""
    found = re.fullmatch(r"\D*(\d[\d,，]*(?:\.\d+)?)\D*", normalise_digits(said))
    try:
        return found is not None and int(abs(Decimal(answer))) == int(
            Decimal(re.sub("[,，]", "", found.group(1)))
        )
    except InvalidOperation:
        return False


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum())


class _Question(NamedTuple):
    answer: Callable[[Known], str]
    same: Callable[[str, str], bool]


QUESTIONS: Final[dict[str, _Question]] = {
    "birth_day": _Question(_birth_day, _same_day),
    "house_number": _Question(_house_number, _same_number),
    "last_merchant": _Question(_last_merchant, _same_name),
    "last_amount": _Question(_last_amount, _same_amount),
}
"""By code; the page has a sentence for each."""
_TWINS: Final = frozenset({"last_merchant", "last_amount"})
"""Who sees a receipt knows both: never asked together."""


def choose(known: Known, order: str) -> list[str]:
    """Return the questions to ask, fewer than `ASKED` when the record holds too little.

    `order` is unguessable and stays the same for a Contact: who asks again gets the same ones, so
    nobody can go on asking until an easy one comes.
    """
    able = [code for code, one in QUESTIONS.items() if one.answer(known)]
    shift = sum(order.encode()) % max(1, len(able))
    chosen: list[str] = []
    for code in [*able[shift:], *able[:shift]]:
        if len(chosen) < ASKED and not _TWINS.issubset({*chosen, code}):
            chosen.append(code)
    return chosen


def all_right(known: Known, asked: Sequence[str], said: Mapping[str, str]) -> bool:
    """Tell whether every question that was asked is answered rightly; which one not, nobody."""
    right = [_right(known, code, said.get(code, "")) for code in asked]
    return len(asked) >= ASKED and all(right)


def _right(known: Known, code: str, said: str) -> bool:
    question = QUESTIONS.get(code)
    answer = question.answer(known) if question else ""
    return bool(question and answer and len(said) <= 200 and question.same(answer, said))
