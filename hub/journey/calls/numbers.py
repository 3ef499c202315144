"""Phone numbers as people write them, brought to one form. Pure."""

import re
from dataclasses import dataclass
from typing import Final

from hub.domain.errors import Invalid
from hub.text.digits import normalise_digits

_MARKS: Final = re.compile(r"[\s().\-/‐-―]+")
_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_PLAIN: Final = re.compile(r"[0-9]{3,15}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPlan:
    """How numbers without a country code are read."""

    country: str = "86"
    international_prefix: str = "00"
    trunk_prefix: str = "0"
    """Before the area code within the country."""
    area: str = ""
    """Area code of a local number without one; empty: such a number is refused."""
    mobile: str = r"1[3-9][0-9]{9}"
    """National form of mobile numbers, which have no trunk prefix."""


def international(written: str, plan: NumberPlan) -> str:
    """Return E.164, such as `+8613800132716`; raise `Invalid` for what is no phone number.

    `13800132716`, `021 6123 4567`, `0086 138...` and `+86 (0)21 ...` are all understood.
    """
    plain = _MARKS.sub("", normalise_digits(written.strip()).replace("(0)", ""))
    if plain.startswith(plan.international_prefix):
        plain = "+" + plain[len(plan.international_prefix) :]
    if not plain.startswith("+"):
        plain = _national(plain, plan)
    if not _E164.fullmatch(plain):
        raise Invalid("bad_number", "write the number with its area or country code")
    return plain


def _national(plain: str, plan: NumberPlan) -> str:
    if not _PLAIN.fullmatch(plain):
        raise Invalid("bad_number", "a phone number has digits only")
    if re.fullmatch(plan.mobile, plain):
        return f"+{plan.country}{plain}"
    if plan.trunk_prefix and plain.startswith(plan.trunk_prefix):
        return f"+{plan.country}{plain[len(plan.trunk_prefix) :]}"
    if plan.area:
        return f"+{plan.country}{plan.area}{plain}"
    raise Invalid("bad_number", "write the number with its area code")
