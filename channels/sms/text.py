"""How a text travels as SMS: alphabet, units, segments; and how long ones are joined again.

Pure. A text of the GSM alphabet (3GPP TS 23.038) has 160 septets, or 153 in each of several
segments; any other is UCS-2 with 70 units, or 67. A character of two units, an emoji or one behind
the escape such as `€`, is never divided. The console counts by the same rules
(`agent_console/web/src/segments.ts`), held to the same examples.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Alphabet = Literal["gsm7", "ucs2"]

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ESCAPED: Final = frozenset("\f^{}\\[~]|€")
"""They take two septets."""
LIMITS: Final[Mapping[Alphabet, tuple[int, int]]] = {"gsm7": (160, 153), "ucs2": (70, 67)}
"""Units of a text that is alone, and of each segment of several."""
PARTS_MOST: Final = 255


@dataclass(frozen=True, slots=True)
class Counted:
    """What a text costs."""

    alphabet: Alphabet
    units: int
    segments: int
    left_units: int
    """So many units still fit into the last segment."""


def alphabet_of(text: str) -> Alphabet:
    """Return the smaller alphabet that has every character."""
    return "gsm7" if all(one in BASIC or one in ESCAPED for one in text) else "ucs2"


def count(text: str) -> Counted:
    """Return units and segments of a text; an empty one has none."""
    alphabet = alphabet_of(text)
    parts = split(text)
    alone, each = LIMITS[alphabet]
    most = alone if len(parts) <= 1 else each
    used = _units(parts[-1], alphabet) if parts else 0
    units = sum(_units(part, alphabet) for part in parts)
    return Counted(alphabet, units, len(parts), most - used)


def split(text: str) -> list[str]:
    """Return the segments of a text, whose characters in order are the text."""
    if not text:
        return []
    alphabet = alphabet_of(text)
    alone, each = LIMITS[alphabet]
    if _units(text, alphabet) <= alone:
        return [text]
    parts, used = [[text[0]]], _unit(text[0], alphabet)
    for one in text[1:]:
        size = _unit(one, alphabet)
        if used + size > each:
            parts.append([])
            used = 0
        parts[-1].append(one)
        used += size
    return ["".join(part) for part in parts]


def join(parts: Mapping[int, str], total: int) -> str | None:
    """Return the text of parts numbered from 1, in whatever order they came; None: some miss."""
    if any(number not in parts for number in range(1, total + 1)):
        return None
    return "".join(parts[number] for number in range(1, total + 1))


def _units(text: str, alphabet: Alphabet) -> int:
    return sum(_unit(one, alphabet) for one in text)


def _unit(one: str, alphabet: Alphabet) -> int:
    if alphabet == "gsm7":
        return 2 if one in ESCAPED else 1
    return 2 if ord(one) > 0xFFFF else 1
