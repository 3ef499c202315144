"""How a value looks when only its outline may be seen: enough to recognise, too little to use."""

import re
from typing import Final

DOTS: Final = "••••"
_SHORT_COUNTRY: Final = re.compile(r"1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
"""Country codes of one or two digits (ITU E.164); all others have three."""


def mask_phone(phone: str) -> str:
    """`+8613800132716` -> `+86 138 •••• 2716`; short national numbers keep two digits only."""
    digits = "".join(c for c in phone if c.isdigit())
    if not phone.startswith("+"):
        return f"{DOTS} {digits[-2:]}" if len(digits) > 5 else DOTS
    country = country_code(digits)
    national = digits[len(country) :]
    if len(national) >= 10:
        return f"+{country} {national[:3]} {DOTS} {national[-4:]}"
    return f"+{country} {DOTS} {national[-2:]}" if len(national) > 5 else f"+{country} {DOTS}"


def country_code(digits: str) -> str:
    """Return the country code that an international number begins with."""
    short = _SHORT_COUNTRY.match(digits)
    return short.group() if short else digits[:3]


def mask_id_number(number: str) -> str:
    """`310101199003070428` -> `3101 •••• •••• 0428`; a short number keeps its last two."""
    if len(number) >= 14:
        return f"{number[:4]} {DOTS} {DOTS} {number[-4:]}"
    return f"{DOTS} {number[-2:]}" if len(number) > 5 else DOTS


def mask_number(number: str) -> str:
    """A card or account number keeps its last four: `•••• 4417`."""
    digits = number.replace(" ", "")
    return f"{DOTS} {digits[-4:]}" if len(digits) >= 4 else DOTS


def mask_mail(address: str) -> str:
    """`lin.wei@example.com` -> `l•••@example.com`."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}•••@{domain}" if at and local else "•••"


def mask_name(name: str) -> str:
    """`Lin Wei` -> `Lin W••`; `林薇` -> `林•`: the first word or character stays."""
    words = name.split()
    if not words:
        return "••"
    if len(words) == 1 and not words[0].isascii():
        return words[0][:1] + "•" * max(1, len(words[0]) - 1)
    if len(words) == 1:
        return words[0][:1] + "••"
    return " ".join([words[0], *(word[:1] + "••" for word in words[1:])])


def mask_birth_date(date: str) -> str:
    """`1990-03-07` -> `1990-••-••`."""
    return f"{date[:4]}-••-••" if len(date) == 10 else "••"
