"""The head of a mail or part: fields, encoded words, parameters. Each in one pass."""

import binascii
import re
import unicodedata
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes

from channels.email.parse import limits
from channels.email.parse.charsets import decode
from channels.email.parse.flags import Flags

_FIELD: Final = re.compile(rb"([!-9;-~]{1,100})[ \t]*:")
_WORD: Final = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_GAP: Final = re.compile(r"(=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_PARAMETER: Final = re.compile(r';\s*([^\s=;"]{1,80})\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)', re.DOTALL)
_UNSHOWN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LONG: Final = frozenset(("to", "cc", "bcc", "reply-to", "references", "in-reply-to", "from"))


class Head(NamedTuple):
    """The fields of a head in their order, names in small letters, values unfolded."""

    fields: list[tuple[str, bytes]]

    def all(self, name: str) -> list[bytes]:
        """Return every value of a field."""
        return [value for known, value in self.fields if known == name]

    def first(self, name: str) -> bytes:
        """Return the first value of a field, empty when it has none."""
        return next((value for known, value in self.fields if known == name), b"")

    def has(self, name: str) -> bool:
        """Tell whether the field is there, empty or not."""
        return any(known == name for known, _ in self.fields)


def read_head(data: bytes, start: int, end: int, flags: Flags) -> tuple[Head, int]:
    """Return the fields from `start`, and where the body begins."""
    fields: list[tuple[str, list[bytes], int]] = []
    at, stop = start, min(end, start + limits.HEADER_BYTES_MOST)
    while at < end:
        if at >= stop or len(fields) > limits.HEADERS_MOST:
            flags.add("headers_cut")
            return _joined(fields, flags), _body_after(data, at, end)
        line_end = data.find(b"\n", at, end)
        after = end if line_end < 0 else line_end + 1
        line = data[at : min(after, at + limits.HEADER_BYTES_MOST)].rstrip(b"\r\n")
        if not line:
            return _joined(fields, flags), after
        if line[:1] in b" \t" and fields:
            fields[-1][1].append(line)
        elif found := _FIELD.match(line):
            name = found.group(1).decode("ascii").lower()
            fields.append((name, [line[found.end() :]], at))
        elif not (at == start and line.startswith((b"From ", b">From "))):
            flags.add("no_header_end")
            return _joined(fields, flags), at
        at = after
    return _joined(fields, flags), end


def _body_after(data: bytes, at: int, end: int) -> int:
    ends = [data.find(mark, at, end) for mark in (b"\n\n", b"\n\r\n")]
    found = min((one for one in ends if one >= 0), default=-1)
    return end if found < 0 else data.index(b"\n", found + 1) + 1


def _joined(fields: list[tuple[str, list[bytes], int]], flags: Flags) -> Head:
    whole: list[tuple[str, bytes]] = []
    for name, lines, _ in fields:
        value = b"".join(lines).strip()
        most = limits.LIST_BYTES_MOST if name in _LONG else limits.VALUE_BYTES_MOST
        if len(value) > most:
            flags.add("header_cut")
            value = value[:most]
        whole.append((name, value))
    return Head(whole)


def raw_text(value: bytes, flags: Flags) -> str:
    """Return a header's value as characters, its encoded words as they are."""
    return decode(value, "", flags)


def words_decoded(value: str, flags: Flags) -> str:
    """Return the value with its encoded words (RFC 2047) read, those of one text joined first."""
    if "=?" not in value:
        return value
    value = _GAP.sub(r"\1", value)
    shown: list[str] = []
    run: list[tuple[str, str]] = []
    charset, at = "", 0
    for found in _WORD.finditer(value):
        said = found.group(1).partition("*")[0].lower()
        if run and (value[at : found.start()] or said != charset):
            shown.append(_run_text(run, charset, flags))
            run = []
        shown.append(value[at : found.start()])
        run.append((found.group(2).lower(), found.group(3)))
        charset, at = said, found.end()
    if run:
        shown.append(_run_text(run, charset, flags))
    return "".join(shown) + value[at:]


def _run_text(run: list[tuple[str, str]], charset: str, flags: Flags) -> str:
    """Return the text of words that follow each other: senders cut characters in two."""
    data, waiting = b"", ""
    for kind, coded in run:
        if kind == "b":
            waiting += coded
            if not coded.endswith("="):
                continue
        data += lenient_base64(waiting.encode("utf-8", "replace"))[0]
        waiting = ""
        if kind == "q":
            data += binascii.a2b_qp(coded.encode("utf-8", "replace"), header=True)
    data += lenient_base64(waiting.encode("utf-8", "replace"))[0]
    return decode(data, charset, flags)


def lenient_base64(data: bytes) -> tuple[bytes, bool]:
    """Return what base64 carries, and whether it was whole."""
    try:
        return binascii.a2b_base64(data), True
    except binascii.Error:
        clean = data.translate(None, _NOT_BASE64)
        clean = clean[: len(clean) - (len(clean) % 4 == 1)]
        return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4)), False


_NOT_BASE64: Final = bytes(
    set(range(256))
    - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
)  # fmt: skip


def shown(value: str, most: int) -> str:
    """Return one line to show: no control or direction characters, single spaces, cut."""
    return " ".join(_UNSHOWN.sub(" ", value[: most * 4]).split())[:most]


def parameters(value: bytes, flags: Flags) -> tuple[str, dict[str, str]]:
    """Return the word before the first semicolon in small letters, and the parameters.

    Continuations and charsets (RFC 2231) are put together, encoded words inside are read.
    """
    if len(value) > limits.VALUE_BYTES_MOST // 2:
        flags.add("parameters_cut")
        value = value[: limits.VALUE_BYTES_MOST // 2]
    text = raw_text(value, flags)
    head, _, _ = text.partition(";")
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, str, bool]]] = {}
    for count, found in enumerate(_PARAMETER.finditer(text)):
        if count >= limits.PARAMETERS_MOST:
            flags.add("parameters_cut")
            break
        name, said = found.group(1).lower(), _unquoted(found.group(2))
        base, star, rest = name.partition("*")
        if not star:
            plain.setdefault(name, said)
            continue
        number, is_coded = rest.rstrip("*"), name.endswith("*")
        pieces.setdefault(base, []).append(
            (int(number) if number.isdecimal() and len(number) < 4 else 0, said, is_coded)
        )
    read = {name: words_decoded(said, flags) for name, said in plain.items()}
    read |= {base: _put_together(found, flags) for base, found in pieces.items()}
    return head.strip().strip("\"'").lower(), read


def _unquoted(said: str) -> str:
    said = said.strip()
    if said.startswith('"'):
        said = said[1:-1] if said.endswith('"') and len(said) > 1 else said[1:]
        return re.sub(r"\\(.)", r"\1", said)
    return said


def _put_together(pieces: list[tuple[int, str, bool]], flags: Flags) -> str:
    charset, data = "", b""
    for number, said, is_coded in sorted(pieces, key=lambda one: one[0]):
        if is_coded and number == 0 and said.count("'") >= 2:
            charset, _, said = said.split("'", 2)  # noqa: PLW2901  (the rest of the same piece)
        data += unquote_to_bytes(said) if is_coded else said.encode("utf-8", "replace")
    return decode(data, charset, flags)


def normal(text: str) -> str:
    """Return the text in composed Unicode, so that equal names are equal."""
    return unicodedata.normalize("NFC", text)
