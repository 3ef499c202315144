"""Fees, rates and limits as values with a first day, named in texts as `{{fee.card.replacement}}`.

Articles and the assistant say the value that holds at that moment: no future price early. The
assistant's texts write `[[fee.card.replacement]]`, since braces are its slots, here and in Rasa.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

NAME: Final = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
"""At least two words with a dot between, so that it is never taken for a slot of the assistant."""
_NAMED: Final = re.compile(r"\{\{\s*([^{}]{1,80}?)\s*\}\}|\[\[([a-z0-9_]+(?:\.[a-z0-9_]+)+)\]\]")
UNKNOWN: Final = "—"
"""What is told where nobody knows the value: a gap, never a name or a wrong price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """What a fee, rate or limit is from a moment on, in both languages."""

    name: str
    en: str
    zh: str
    valid_from_at: float


_UNSEEN: Final = "\u2060"
"""A joiner of no width: what it stands in looks the same and names nothing."""


@dataclass(frozen=True, slots=True)
class Named:
    """A value that a text names, with the line it stands in, from 1."""

    name: str
    line: int


def named_in(text: str) -> Iterator[Named]:
    """Tell the values that a text names."""
    for found in _NAMED.finditer(text):
        yield Named(found.group(1) or found.group(2), text.count("\n", 0, found.start()) + 1)


def as_data(text: str) -> str:
    """Return a customer's or a record's words so that nothing in them names a value."""
    if "[[" not in text and "{{" not in text:
        return text
    return text.replace("[", f"[{_UNSEEN}").replace("{", f"{{{_UNSEEN}")


class DatedValues:
    """All published values, by name; a value that begins later is not told before."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[DatedValue]] = {}

    def take(self, values: Iterable[DatedValue]) -> None:
        """Know these and no others; of two from one moment the later told holds."""
        by_name: dict[str, list[DatedValue]] = {}
        for one in sorted(values, key=lambda value: value.valid_from_at):
            by_name.setdefault(one.name, []).append(one)
        self._by_name = by_name

    def knows(self, name: str) -> bool:
        """Whether there is such a value, now or later."""
        return name in self._by_name

    def at(self, name: str, now: float) -> DatedValue | None:
        """Return what holds at `now`; None before the first day and for an unknown name."""
        told = [one for one in self._by_name.get(name, ()) if one.valid_from_at <= now]
        return told[-1] if told else None

    def next_change_at(self, now: float) -> float | None:
        """Return when another value begins to hold; None when none is to come."""
        later = (
            one.valid_from_at
            for values in self._by_name.values()
            for one in values
            if one.valid_from_at > now
        )
        return min(later, default=None)

    def fill(self, text: str, language: str, now: float) -> str:
        """Return the text with the values that hold at `now`."""

        def told(found: re.Match[str]) -> str:
            value = self.at(found.group(1) or found.group(2), now)
            if value is None:
                return UNKNOWN
            return value.zh if language == "zh" else value.en

        return _NAMED.sub(told, text)
