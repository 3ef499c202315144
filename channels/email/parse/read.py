"""A mail as bytes becomes a `ParsedMail`."""

import re
from collections.abc import Collection
from dataclasses import replace
from email.utils import mktime_tz, parsedate_tz
from typing import Final, NamedTuple

from channels.email.parse import limits
from channels.email.parse.addresses import looks_like_another, plain_address, read_addresses
from channels.email.parse.auth import is_verified, read_auth
from channels.email.parse.automatic import subject_of, why_automatic
from channels.email.parse.bodies import Bodies, read_bodies
from channels.email.parse.bounce import read_bounce
from channels.email.parse.flags import Flags
from channels.email.parse.headers import Head, raw_text, shown, words_decoded
from channels.email.parse.html import clean_html, split_html
from channels.email.parse.mail import Certainty, ParsedMail
from channels.email.parse.parts import Part, decoded, leaves, read_parts
from channels.email.parse.reply import Split, split_reply
from hub.text.language import detect

_ID: Final = re.compile(r"<([^<>\s]{1,250})>")
_BARE_ID: Final = re.compile(r"[^<>\s\"(),:;]{1,250}@[^<>\s\"(),:;]{1,250}")
_FIRST_DATE: Final = -2_208_988_800.0
"""The year 1900."""
_HEAD_BYTES: Final = 16 * 1024
_LAST_DATE: Final = 4_102_444_800.0
"""The year 2100: what comes later is a broken clock."""
_KEPT: Final = (
    "delivered-to", "x-original-to", "list-id", "importance", "x-priority", "x-mailer",
    "user-agent", "x-spam-flag", "x-spam-status", "x-spam",
)  # fmt: skip


class _Sender(NamedTuple):
    address: str
    name: str
    certainty: Certainty


def read_mail(
    raw: bytes,
    *,
    relays: Collection[str] = (),
    own_addresses: Collection[str] = (),
) -> ParsedMail:
    """Return what a mail says. Never raises: what cannot be read has a flag.

    `relays` name the mail servers (authserv-id, small letters) whose Authentication-Results count;
    `own_addresses`, in small letters, are ours: mails from them are automatic.
    """
    flags = Flags()
    try:
        return _read(raw, relays, own_addresses, flags)
    except MemoryError:
        return read_head_only(raw, relays=relays, own_addresses=own_addresses)
    except Exception:  # whatever a stranger found: the raw mail is kept and a person sees it
        flags.add("unreadable")
        text = raw[: limits.SPLIT_CHARS_MOST].decode("utf-8", "replace").replace("\0", "")
        return ParsedMail(text=text, visible_reply=text, flags=flags.sorted())


def read_head_only(
    raw: bytes, *, relays: Collection[str] = (), own_addresses: Collection[str] = ()
) -> ParsedMail:
    """Return what the first bytes of the head say, for a mail that costs too much to be read.

    Cheap enough for the event loop.
    """
    head, _, _ = raw[:_HEAD_BYTES].replace(b"\r\n", b"\n").partition(b"\n\n")
    mail = read_mail(head + b"\n\n", relays=relays, own_addresses=own_addresses)
    flags = tuple(sorted({*mail.flags, "too_costly"} - {"boundary_missing"}))
    return replace(mail, flags=flags)


def part_bytes(raw: bytes, path: str) -> bytes | None:
    """Return the decoded bytes of the part at an `Attachment.path`; None when there is none."""
    flags = Flags()
    root = read_parts(raw, flags)
    for part in leaves(root):
        if (part.path or "0") == path:
            return decoded(raw, part, flags)
    return None


def _read(
    raw: bytes,
    relays: Collection[str],
    own_addresses: Collection[str],
    flags: Flags,
) -> ParsedMail:
    raw = raw if b"\n" in raw else raw.replace(b"\r", b"\n")
    root = read_parts(raw, flags)
    head = root.head
    bodies = read_bodies(raw, root, flags)
    results = read_auth(head, relays, flags)
    sender = _sender(head, flags)
    if sender.certainty == "claimed" and is_verified(results, sender.address):
        sender = sender._replace(certainty="verified")
    subject = shown(subject_of(head, flags), limits.SUBJECT_CHARS_MOST)
    return_path = _return_path(head, flags)
    split = _split(bodies, flags)
    cleaned = clean_html(bodies.html, flags) if bodies.html else None
    automatic = why_automatic(
        head,
        root,
        sender=sender.address,
        return_path=return_path,
        subject=subject,
        own_addresses=own_addresses,
        flags=flags,
    )
    return ParsedMail(
        message_id=(_ids(head, "message-id", flags) or ("",))[0],
        in_reply_to=_ids(head, "in-reply-to", flags),
        references=_ids(head, "references", flags),
        sender=sender.address,
        sender_name=sender.name,
        sender_certainty=sender.certainty,
        to=_addresses(head, "to", flags),
        cc=_addresses(head, "cc", flags),
        reply_to=_addresses(head, "reply-to", flags),
        return_path=return_path,
        subject=subject,
        language=detect(split.visible) or detect(subject) or detect(bodies.text()[:2_000]),
        date_at=_date(head, flags),
        text=bodies.text().strip("\n"),
        html=cleaned.html if cleaned else "",
        remote_count=cleaned.remote_count if cleaned else 0,
        visible_reply=split.with_stamp,
        quoted=split.quoted,
        signature="" if split.signature == split.stamp else split.signature,
        attachments=tuple(bodies.files),
        automatic=automatic,
        bounce=read_bounce(raw, root, head, bodies.text()) if automatic == "bounce" else None,
        auth_results=results,
        flags=flags.sorted(),
        headers=_kept(head, root, flags),
    )


def _split(bodies: Bodies, flags: Flags) -> Split:
    """Return new and old text, from the HTML where only its markup tells them apart."""
    if bodies.plain is None and bodies.html:
        split = split_html(bodies.html)
        if len(bodies.text()) > limits.SPLIT_CHARS_MOST:
            flags.add("reply_cut")
        return split
    text = bodies.text()
    if len(text) > limits.SPLIT_CHARS_MOST:
        flags.add("reply_cut")
    split = split_reply(text)
    if bodies.html and not split.quoted:
        by_markup = split_html(bodies.html)
        return by_markup if by_markup.quoted else split
    return split


def _sender(head: Head, flags: Flags) -> _Sender:
    values = head.all("from")
    found = [one for value in values[:2] for one in read_addresses(raw_text(value, flags), flags)]
    if not found:
        flags.add("from_missing")
        return _Sender("", "", "none")
    first = found[0]
    if len(values) > 1 or len(found) > 1 or first.is_ambiguous:
        flags.add("from_ambiguous")
        address = first.address if len(found) == 1 and len(values) == 1 else ""
        return _Sender(address, first.name, "ambiguous")
    if looks_like_another(first.name, first.address):
        flags.add("name_is_address")
    return _Sender(first.address, first.name, "claimed")


def _addresses(head: Head, name: str, flags: Flags) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for value in head.all(name)[:4]:
        read = read_addresses(raw_text(value, flags), flags)
        found |= dict.fromkeys(one.address for one in read if one.address)
    return tuple(found)[: limits.ADDRESSES_MOST]


def _return_path(head: Head, flags: Flags) -> str | None:
    if not head.has("return-path"):
        return None
    text = raw_text(head.first("return-path"), flags).strip()
    return plain_address(text.removeprefix("<").removesuffix(">"))


def _ids(head: Head, name: str, flags: Flags) -> tuple[str, ...]:
    """Return the message ids of a header, the first and the last ones where there are too many."""
    text = " ".join(raw_text(value, flags) for value in head.all(name)[:4])
    found = _ID.findall(text) or (_BARE_ID.findall(text[:1_000]) if "@" in text else [])
    known = tuple(dict.fromkeys(found))
    half = limits.IDS_MOST // 2
    return known if len(known) <= limits.IDS_MOST else known[:half] + known[-half:]


def _date(head: Head, flags: Flags) -> float | None:
    text = raw_text(head.first("date"), flags)[:200]
    if not text:
        return None
    try:
        read = parsedate_tz(text)
        moment = float(mktime_tz(read)) if read else None
    except (ValueError, OverflowError, TypeError, IndexError):
        moment = None
    if moment is None or not _FIRST_DATE < moment < _LAST_DATE:
        flags.add("date_unreadable")
        return None
    return moment


def _kept(head: Head, root: Part, flags: Flags) -> dict[str, str]:
    kept = {
        name: shown(words_decoded(raw_text(head.first(name), flags), flags), 250)
        for name in _KEPT
        if head.has(name)
    }
    return kept | {"content-type": root.media_type}
