"""The new text of a reply, apart from what it quotes and how it is signed."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from channels.email.parse import limits, signature_marks
from channels.email.parse.quote_marks import (
    Introductions,
    fields_at,
    is_rule,
    is_separator,
)

_UNSEEN: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\xad]")
_QUOTED: Final = re.compile(r"\s{0,3}[>＞]")


class Split(NamedTuple):
    """A body in three; nothing of it is in two of them."""

    visible: str
    quoted: str
    signature: str
    stamp: str = ""
    """The line of an English device (`Sent from my iPhone`), which is in `signature` too."""

    @property
    def with_stamp(self) -> str:
        """The new text with the line of the device, as its reader saw it."""
        return f"{self.visible}\n\n{self.stamp}".strip() if self.stamp else self.visible


def split_reply(text: str) -> Split:
    """Return the new text, the quoted and the signature of a plain body.

    A body that is nothing but quoted (a forwarded mail) is its own new text. Text beyond
    `SPLIT_CHARS_MOST` counts as quoted.
    """
    looked, beyond = text[: limits.SPLIT_CHARS_MOST], text[limits.SPLIT_CHARS_MOST :]
    lines = [line.rstrip() for line in _plain(looked).split("\n")]
    is_quoted = _marked(lines)
    new = [line for line, quoted in zip(lines, is_quoted, strict=True) if not quoted]
    at = signature_marks.begins_at(new)
    visible = _tidy(new[:at])
    if not visible and not any(line.strip() for line in new[at:]):
        return Split(_tidy(lines) + beyond, "", "")
    if not visible and all(not quoted for quoted in is_quoted):
        return Split(_tidy(lines), beyond.strip(), "")
    old = [line for line, quoted in zip(lines, is_quoted, strict=True) if quoted]
    signature = _tidy(new[at:])
    stamps = [line.strip() for line in new[at:] if signature_marks.is_stamp(line)]
    return Split(visible, (_tidy(old) + beyond).strip(), signature, stamps[0] if stamps else "")


def _plain(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub("", text.replace("\xa0", " ").replace("\u3000", "  "))


def _tidy(lines: Sequence[str]) -> str:
    """Join the lines without empty ones and bare rules at the ends."""
    start, end = 0, len(lines)
    while end > start and (not lines[end - 1].strip() or is_rule(lines[end - 1])):
        end -= 1
    while start < end and not lines[start].strip():
        start += 1
    return "\n".join(lines[start:end]).strip()


def _marked(lines: Sequence[str]) -> list[bool]:
    """Return for each line whether it is quoted."""
    marks = [bool(_QUOTED.match(line)) for line in lines]
    introductions = Introductions()
    for at, line in enumerate(lines):
        if marks[at] or not line.strip():
            continue
        if is_separator(line) or fields_at(lines, at):
            start = _with_rule_above(lines, at)
            return marks[:start] + [True] * (len(lines) - start)
        first = introductions.begins(lines, at)
        if first is None:
            continue
        marks[first : at + 1] = [True] * (at + 1 - first)
        if not _quotes_follow(lines, marks, at):
            return marks[: at + 1] + [True] * (len(lines) - at - 1)
    return marks


def _with_rule_above(lines: Sequence[str], at: int) -> int:
    """Return where the rule begins that stands directly above, or `at`."""
    above = at - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and at - above <= 3 and is_rule(lines[above]) else at


def _quotes_follow(lines: Sequence[str], marks: Sequence[bool], at: int) -> bool:
    """Tell whether the next line with text is quoted by a sign; then what is below may be new."""
    for below in range(at + 1, min(at + 5, len(lines))):
        if lines[below].strip():
            return marks[below]
    return False
