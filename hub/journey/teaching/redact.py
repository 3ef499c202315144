"""Words of a customer without what tells who it is: for eyes that only look at the assistant."""

import re
from collections.abc import Iterable
from typing import Final

from hub.text.digits import normalise_digits

DOT: Final = "•"
_NUMBER: Final = re.compile(r"\d(?:[ \-./]?\d){3,}")
"""Four digits and more: codes, cards, phones, dates, amounts; none of them says what is wanted."""
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
NAME_LETTERS_LEAST: Final = 2


def redacted_words(text: str, names: Iterable[str] = ()) -> str:
    """Return the text with dots over numbers, addresses of mail and web, and these names."""
    text = _ADDRESS.sub(DOT * 3, text)
    plain = normalise_digits(text)
    if len(plain) == len(text):
        for found in _NUMBER.finditer(plain):
            begin, end = found.span()
            text = text[:begin] + re.sub(r"\w", DOT, text[begin:end]) + text[end:]
    for name in names:
        text = _without(text, name)
    return text


def _without(text: str, name: str) -> str:
    """A Chinese name stands in the midst of other characters, parts of others stand alone."""
    if not name.isascii():
        return text.replace(name, DOT * len(name)) if len(name) >= NAME_LETTERS_LEAST else text
    for part in name.split():
        if len(part) >= NAME_LETTERS_LEAST:
            text = re.sub(rf"\b{re.escape(part)}\b", DOT * 3, text, flags=re.IGNORECASE)
    return text
