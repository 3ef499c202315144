"""The `Range` of a request for a long file, for players that jump; one range, in bytes. Pure."""

import re
from typing import Final, NamedTuple

_RANGE: Final = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


class Span(NamedTuple):
    """From the first byte up to, not including, the last."""

    start: int
    end: int


def span_of(header: str | None, size: int) -> Span | None:
    """Return which bytes are asked for; None: they are not there (416).

    What is no range of this kind is as if it were not sent, as RFC 9110 has it.
    """
    found = _RANGE.fullmatch(header.strip()) if header else None
    if found is None or not (found[1] or found[2]):
        return Span(0, size)
    if not found[1]:
        return Span(max(0, size - int(found[2])), size) if int(found[2]) and size else None
    start = int(found[1])
    end = min(size, int(found[2]) + 1) if found[2] else size
    return Span(start, end) if start < end else None
