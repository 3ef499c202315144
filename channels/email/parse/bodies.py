"""Which parts are read, which are files."""

import re
from dataclasses import dataclass, field
from typing import Final

from channels.email.parse import limits
from channels.email.parse.charsets import decode
from channels.email.parse.flags import Flags
from channels.email.parse.headers import raw_text, read_head, shown, words_decoded
from channels.email.parse.html import html_text, is_too_large
from channels.email.parse.mail import Attachment
from channels.email.parse.names import clean_name
from channels.email.parse.parts import Part, decoded, leaves

_META: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_HEAD_OF_HTML: Final = 2_048
_PGP: Final = "-----BEGIN PGP MESSAGE-----"
_PGP_SIGNED: Final = "-----BEGIN PGP SIGNED MESSAGE-----"
_READ: Final = ("text/plain", "text/html")


@dataclass(slots=True)
class Bodies:
    """What a part gives: text, HTML, files. Either text may be missing."""

    plain: str | None = None
    html: str | None = None
    files: list[Attachment] = field(default_factory=list)

    def text(self) -> str:
        """Return the plain text, or that of the HTML where there is no other."""
        if self.plain is None:
            self.plain = html_text(self.html) if self.html else ""
        return self.plain

    def add(self, other: "Bodies") -> None:
        """Put what comes after below; where one has HTML only, its text stands for it."""
        self.files += other.files
        if other.is_empty():
            return
        if self.is_empty():
            self.plain, self.html = other.plain, other.html
            return
        ours, theirs = self.text(), other.text()
        if self.html is not None or other.html is not None:
            self.html = _below(
                _as_html(ours) if self.html is None else self.html,
                _as_html(theirs) if other.html is None else other.html,
                limits.HTML_CHARS_MOST,
            )
        self.plain = _below(ours, theirs, limits.TEXT_CHARS_MOST)

    def is_empty(self) -> bool:
        """Tell whether there is nothing to read."""
        return self.plain is None and self.html is None


def read_bodies(raw: bytes, root: Part, flags: Flags) -> Bodies:
    """Return text, HTML and files of a whole mail."""
    found = _read(raw, root, flags)
    if found.is_empty():
        found.plain = _text_of_file(raw, root, flags)
    if found.html is not None and is_too_large(found.html):
        flags.add("html_cut")
        found.plain, found.html = found.text(), None
    if found.plain is not None and len(found.plain) > limits.TEXT_CHARS_MOST:
        flags.add("text_cut")
        found.plain = found.plain[: limits.TEXT_CHARS_MOST]
    return found


def _text_of_file(raw: bytes, root: Part, flags: Flags) -> str:
    """Return the first text among the files, for a mail that has no other."""
    for part in leaves(root):
        if part.media_type == "text/plain":
            charset = part.parameters.get("charset", "")
            return decode(decoded(raw, part, flags), charset, flags).replace("\r\n", "\n")
    return ""


def _read(raw: bytes, part: Part, flags: Flags) -> Bodies:
    if not part.children:
        return _leaf(raw, part, flags)
    kind = part.media_type.partition("/")[2]
    if kind == "alternative":
        return _best_of([_read(raw, child, flags) for child in part.children])
    if kind == "related":
        return _related(raw, part, flags)
    if kind == "encrypted":
        flags.add("encrypted_pgp")
        return Bodies(files=[_file(raw, one, flags) for one in leaves(part)])
    if kind == "signed":
        is_pgp = "pgp" in part.parameters.get("protocol", "").lower()
        flags.add("signed_pgp" if is_pgp else "signed_smime")
        found = _read(raw, part.children[0], flags)
        others = [one for child in part.children[1:] for one in leaves(child)]
        found.files += [_file(raw, one, flags) for one in others]
        return found
    whole = Bodies()
    for child in part.children:
        whole.add(_read(raw, child, flags))
    return whole


def _best_of(found: list[Bodies]) -> Bodies:
    """Choose among the same text in several forms: the plain one to read, the HTML to show."""
    best = Bodies(files=[file for one in found for file in one.files])
    for one in found:
        if one.html is not None:
            best.html = one.html
        elif one.plain is not None and best.plain is None:
            best.plain = one.plain
    if best.html is not None and best.plain is not None and not best.plain.strip():
        best.plain = None
    return best


def _related(raw: bytes, part: Part, flags: Flags) -> Bodies:
    start = part.parameters.get("start", "").strip("<> ")
    first = next(
        (one for one in part.children if start and _content_id(one, flags) == start),
        part.children[0],
    )
    found = _read(raw, first, flags)
    others = [one for child in part.children if child is not first for one in leaves(child)]
    found.files += [_file(raw, one, flags) for one in others]
    return found


def _leaf(raw: bytes, part: Part, flags: Flags) -> Bodies:
    is_text = part.media_type in _READ
    if part.disposition == "attachment" or (part.file_name and part.disposition == "inline"):
        is_text = False
    if not is_text:
        return Bodies(files=[_file(raw, part, flags)])
    data = decoded(raw, part, flags)
    charset = part.parameters.get("charset", "")
    if part.media_type == "text/html":
        meta = _META.search(data[:_HEAD_OF_HTML])
        charset = charset or (meta.group(1).decode() if meta else "")
        return Bodies(html=decode(data, charset, flags))
    text = decode(data, charset, flags).replace("\r\n", "\n").replace("\r", "\n")
    _note_pgp(text, flags)
    return Bodies(plain=text)


def _note_pgp(text: str, flags: Flags) -> None:
    if _PGP in text:
        flags.add("encrypted_pgp")
    if _PGP_SIGNED in text:
        flags.add("signed_pgp")


def _file(raw: bytes, part: Part, flags: Flags) -> Attachment:
    data = decoded(raw, part, flags)
    said = part.file_name
    if not said and part.media_type == "message/rfc822":
        inner, _ = read_head(data, 0, len(data), Flags())
        subject = words_decoded(raw_text(inner.first("subject"), Flags()), Flags())
        said = f"{shown(subject, 80)}.eml" if subject.strip() else ""
    _note_kind(part, flags)
    path = part.path or "0"
    content_id = _content_id(part, flags)
    return Attachment(
        path=path,
        name=clean_name(said, part.media_type, path),
        media_type=part.media_type,
        size_bytes=len(data),
        content_id=content_id,
        is_inline=part.disposition != "attachment" and bool(content_id),
    )


def _note_kind(part: Part, flags: Flags) -> None:
    kind, name = part.media_type, part.file_name.lower()
    if kind in ("application/ms-tnef", "application/vnd.ms-tnef") or name == "winmail.dat":
        flags.add("tnef")
    elif kind in ("text/calendar", "application/ics"):
        flags.add("calendar")
    elif kind in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        smime = part.parameters.get("smime-type", "").lower()
        flags.add("signed_smime" if smime.startswith("signed") else "encrypted_smime")


def _content_id(part: Part, flags: Flags) -> str:
    return raw_text(part.head.first("content-id"), flags).strip().strip("<>")[:250]


def _below(upper: str, lower: str, most: int) -> str:
    if len(upper) > most:
        return upper
    if not upper.strip() or not lower.strip():
        return upper if upper.strip() else lower
    return upper.rstrip("\n") + "\n\n" + lower.lstrip("\n")


def _as_html(text: str) -> str:
    escaped = text.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "<p>" + escaped.replace("\n", "<br>") + "</p>" if escaped else ""
