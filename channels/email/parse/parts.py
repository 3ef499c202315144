"""The tree of parts, found by places in the bytes: no copy, no recursion beyond a limit."""

import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from channels.email.parse import limits
from channels.email.parse.flags import Flags
from channels.email.parse.headers import Head, lenient_base64, parameters, raw_text, read_head


@dataclass(slots=True)
class Part:
    """One part: its head, where its body lies, and the parts in it."""

    path: str
    head: Head
    start: int
    end: int
    media_type: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    disposition: str = ""
    file_name: str = ""
    children: list["Part"] = field(default_factory=list)


class _Counter:
    """How many parts and delimiter lines were seen in this mail."""

    def __init__(self) -> None:
        self.parts = 0
        self.delimiters = 0


def read_parts(raw: bytes, flags: Flags) -> Part:
    """Return the mail as its outermost part; the paths of its children are `1`, `2`, `1.1` ..."""
    return _part(raw, 0, len(raw), "", "text/plain", _Counter(), flags)


def leaves(part: Part) -> Iterator[Part]:
    """Yield the parts that have no parts, in their order."""
    if not part.children:
        yield part
    for child in part.children:
        yield from leaves(child)


def decoded(raw: bytes, part: Part, flags: Flags) -> bytes:
    """Return the bytes of a part, its transfer encoding undone as far as it goes."""
    body = raw[part.start : part.end]
    said = raw_text(part.head.first("content-transfer-encoding"), flags)
    coding = said.partition(";")[0].strip().strip("\"'").lower()
    if coding == "base64":
        data, is_whole = lenient_base64(body)
        if not is_whole:
            flags.add("base64_broken")
        return data
    if coding in ("quoted-printable", "quoted printable"):
        return binascii.a2b_qp(body)
    if coding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _uudecoded(body)
    if coding not in _PLAIN:
        flags.add("encoding_unknown")
    return body


_PLAIN: Final = frozenset(("", "7bit", "8bit", "binary", "7-bit", "8-bit", "none"))


def _part(
    raw: bytes, start: int, end: int, path: str, default: str, counter: _Counter, flags: Flags
) -> Part:
    counter.parts += 1
    head, body = read_head(raw, start, end, flags)
    part = Part(path, head, body, end)
    part.media_type, part.parameters = parameters(head.first("content-type"), flags)
    if part.media_type.count("/") != 1 or any(one.isspace() for one in part.media_type):
        part.media_type = "text/plain" if part.media_type else default
    part.disposition, found = parameters(head.first("content-disposition"), flags)
    part.file_name = found.get("filename", "") or part.parameters.get("name", "")
    if part.media_type.startswith("multipart/"):
        _add_children(raw, part, counter, flags)
    return part


def _add_children(raw: bytes, part: Part, counter: _Counter, flags: Flags) -> None:
    if path_depth(part.path) >= limits.DEPTH_MOST:
        flags.add("too_deep")
        return
    boundary = part.parameters.get("boundary", "").rstrip()[:200].encode("utf-8", "replace")
    if not boundary:
        flags.add("boundary_missing")
        boundary = _first_delimiter(raw, part)
    places = list(_between(raw, part, boundary, counter, flags)) if boundary else []
    if not places:
        flags.add("boundary_missing")
        part.media_type = "text/plain"
        return
    default = "message/rfc822" if part.media_type == "multipart/digest" else "text/plain"
    for number, (start, end) in enumerate(places, 1):
        if counter.parts >= limits.PARTS_MOST:
            flags.add("parts_cut")
            return
        path = f"{part.path}.{number}" if part.path else str(number)
        part.children.append(_part(raw, start, end, path, default, counter, flags))


def path_depth(path: str) -> int:
    """Return how many parts stand around this one."""
    return path.count(".") + 1 if path else 0


def _between(
    raw: bytes, part: Part, boundary: bytes, counter: _Counter, flags: Flags
) -> Iterator[tuple[int, int]]:
    """Yield where the parts between the delimiter lines begin and end."""
    delimiter = b"--" + boundary
    at, begun = part.start, -1
    while (found := raw.find(delimiter, at, part.end)) >= 0:
        counter.delimiters += 1
        if counter.delimiters > limits.DELIMITERS_MOST:
            flags.add("parts_cut")
            break
        at = found + len(delimiter)
        if found > part.start and raw[found - 1] not in b"\r\n":
            continue
        line_end = raw.find(b"\n", at, part.end)
        line_end = part.end if line_end < 0 else line_end
        rest = raw[at : min(line_end, at + 100)].strip()
        if rest not in (b"", b"--"):
            continue
        if begun >= 0:
            yield begun, _before_line_end(raw, begun, found)
        if rest == b"--":
            return
        begun = at = min(line_end + 1, part.end)
    if begun >= 0:
        flags.add("unclosed")
        yield begun, part.end


def _before_line_end(raw: bytes, start: int, end: int) -> int:
    """Return the end without the line end that belongs to the delimiter."""
    if end > start and raw[end - 1] == 0x0A:
        end -= 1
    if end > start and raw[end - 1] == 0x0D:
        end -= 1
    return end


def _first_delimiter(raw: bytes, part: Part) -> bytes:
    """Return the boundary that the body itself shows, when the head has none."""
    window = raw[part.start : min(part.end, part.start + 4_096)]
    for line in window.splitlines():
        if line.startswith(b"--") and len(line.strip()) > 6 and not line.startswith(b"---"):
            return line.strip()[2:]
    return b""


def _uudecoded(body: bytes) -> bytes:
    out: list[bytes] = []
    for line in body.splitlines():
        if line.startswith((b"begin ", b"end")) or not line.strip():
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            continue
    return b"".join(out)
