"""Addresses in headers, read by one rule: where two readings are possible, neither is believed.

The standard library takes `agent@bank.example <x@evil.example>` for agent@bank.example and decodes
encoded words inside an address; both would let a stranger write as somebody else.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from channels.email.parse import limits
from channels.email.parse.flags import Flags
from channels.email.parse.headers import normal, shown, words_decoded

_ATOM: Final = r"[^\s@<>()\[\]\\,;:\"\x00-\x20\x7f]+"
_ADDRESS: Final = re.compile(
    rf'(?P<local>{_ATOM}|"[^"\\\x00-\x1f\x7f]{{1,62}}")@(?P<domain>{_ATOM}|\[[0-9A-Za-z.:]{{2,60}}\])'
)
_COMMENT: Final = re.compile(r"\s*\((?:[^()\\]|\\.){0,200}\)\s*")
_LOOKS_LIKE: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")


class Mailbox(NamedTuple):
    """One entry of an address list."""

    address: str
    """Empty when none can be told."""
    name: str
    is_ambiguous: bool


class _Piece(NamedTuple):
    """The text of one entry, sorted by what it stands in."""

    bare: str
    quoted: str
    comment: str
    angles: tuple[str, ...]
    has_text_after: bool


def read_addresses(value: str, flags: Flags) -> list[Mailbox]:
    """Return the mailboxes of a header in their order, at most `ADDRESSES_MOST`."""
    found: list[Mailbox] = []
    for piece in _pieces(value):
        if len(found) >= limits.ADDRESSES_MOST:
            flags.add("addresses_cut")
            break
        if mailbox := _mailbox(piece, flags):
            found.append(mailbox)
    return found


def looks_like_another(name: str, address: str) -> bool:
    """Tell whether a display name contains an address that is not the sender's."""
    found = _LOOKS_LIKE.search(name)
    return found is not None and found.group().lower() != address.lower()


def plain_address(text: str) -> str:
    """Return the address with its domain in small letters, or an empty text when it is none."""
    found = _ADDRESS.fullmatch(text.strip())
    if not found or "=?" in text or len(found["local"]) > 64 or len(found["domain"]) > 253:
        return ""
    if ".." in found["domain"] or found["domain"].startswith((".", "-")):
        return ""
    return f"{found['local']}@{found['domain'].lower().rstrip('.')}"


def _mailbox(piece: _Piece, flags: Flags) -> Mailbox | None:
    name = normal(words_decoded(piece.bare if piece.angles else "", flags).strip())
    name = shown(piece.quoted or name or piece.comment, limits.NAME_CHARS_MOST)
    if piece.quoted:
        name = shown(words_decoded(piece.quoted, flags), limits.NAME_CHARS_MOST)
    if len(piece.angles) == 1:
        address = plain_address(_COMMENT.sub("", piece.angles[0]))
        doubtful = "@" in piece.bare or piece.has_text_after or not address
        return Mailbox("" if piece.has_text_after else address, name, doubtful)
    if piece.angles:
        return Mailbox("", name, is_ambiguous=True)
    text = f'"{piece.quoted}"{piece.bare}' if piece.bare.startswith("@") else piece.bare
    if address := plain_address(text):
        return Mailbox(address, name if name != piece.bare else "", is_ambiguous=False)
    return Mailbox("", name, is_ambiguous=True) if "@" in text else None


def _pieces(value: str) -> Iterator[_Piece]:
    """Cut a list at its commas (and semicolons) outside quotes, comments and brackets."""
    bare: list[str] = []
    quoted: list[str] = []
    comment: list[str] = []
    angles: list[str] = []
    within, depth, has_after = bare, 0, False
    at = 0
    while at <= len(value):
        sign = value[at] if at < len(value) else "\0end"
        at += 1
        if sign == "\\" and (within is quoted or depth):
            within.append(value[at : at + 1])
            at += 1
        elif within is quoted and sign not in ('"', "\0end"):
            quoted.append(sign)
        elif sign == '"' and not depth:
            within = bare if within is quoted else quoted
        elif sign == "(" and within is not quoted:
            depth += 1
            within = comment
        elif depth and sign != "\0end":
            depth -= sign == ")"
            if depth:
                comment.append(sign)
            else:
                within = bare
        elif sign == "<":
            close = value.find(">", at, at + 400)
            close = len(value) if close < 0 else close
            angles.append(value[at:close][:400])
            at = close + 1
        elif sign in (",", ";", "\0end"):
            yield _Piece(
                "".join(bare).strip(), "".join(quoted), "".join(comment), tuple(angles), has_after
            )
            bare, quoted, comment, angles = [], [], [], []
            within, depth, has_after = bare, 0, False
        elif sign == ":" and not angles and "@" not in bare:
            bare.clear()
            quoted.clear()
        else:
            has_after = has_after or (bool(angles) and not sign.isspace())
            bare.append(sign)
