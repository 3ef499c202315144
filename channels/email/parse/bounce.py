"""Delivery reports (RFC 3464): which of our mails, to whom, with what outcome."""

import re
from collections.abc import Iterator
from typing import Final

from channels.email.parse import limits
from channels.email.parse.addresses import plain_address
from channels.email.parse.flags import Flags
from channels.email.parse.headers import Head, raw_text, read_head
from channels.email.parse.mail import Bounce, Report
from channels.email.parse.parts import Part, decoded, leaves

_ID: Final = re.compile(r"<([^<>\s]{3,250})>")
_ID_IN_TEXT: Final = re.compile(r"message-id:\s{0,8}<([^<>\s]{3,250})>", re.IGNORECASE)
_STATUS: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_STATUS_IN_TEXT: Final = re.compile(r"[ #(]([45]\.\d{1,3}\.\d{1,3})\b")
_ACTIONS: Final = frozenset(("failed", "delayed", "delivered", "relayed", "expanded"))


def read_bounce(raw: bytes, root: Part, head: Head, text: str) -> Bounce:
    """Return what a delivery report says; of one in free text what can be told for sure."""
    unnoted = Flags()
    original, reports = "", []
    for part in leaves(root):
        if part.media_type in ("message/delivery-status", "message/global-delivery-status"):
            reports += list(_reports(decoded(raw, part, unnoted), unnoted))
        elif part.media_type in ("message/rfc822", "text/rfc822-headers", "message/global"):
            original = original or _id_inside(decoded(raw, part, unnoted), unnoted)
    if not original:
        found = _ID_IN_TEXT.search(text[:50_000])
        original = found.group(1) if found else _referenced(head, unnoted)
    if not reports:
        reports = _told_in_text(head, text, unnoted)
    return Bounce(original_message_id=original, reports=tuple(reports[: limits.REPORTS_MOST]))


def _reports(data: bytes, flags: Flags) -> Iterator[Report]:
    at = 0
    for _ in range(limits.REPORTS_MOST + 1):
        while data[at : at + 1] in (b"\r", b"\n"):
            at += 1
        if at >= len(data):
            return
        head, after = read_head(data, at, len(data), flags)
        if after <= at:
            return
        at = after
        recipient = _recipient(head.first("final-recipient") or head.first("original-recipient"))
        action = raw_text(head.first("action"), flags).strip().lower()
        status = _STATUS.search(raw_text(head.first("status"), flags))
        if recipient or action:
            yield Report(
                recipient=recipient,
                action=action if action in _ACTIONS else "",
                status=status.group() if status else "",
            )


def _recipient(value: bytes) -> str:
    text = value.decode("utf-8", "replace").partition(";")
    return plain_address((text[2] or text[0]).strip().strip("<>"))


def _id_inside(data: bytes, flags: Flags) -> str:
    head, _ = read_head(data, 0, len(data), flags)
    found = _ID.search(raw_text(head.first("message-id"), flags))
    return found.group(1) if found else ""


def _referenced(head: Head, flags: Flags) -> str:
    for name in ("in-reply-to", "references"):
        if found := _ID.findall(raw_text(head.first(name), flags)):
            return str(found[-1])
    return ""


def _told_in_text(head: Head, text: str, flags: Flags) -> list[Report]:
    failed = raw_text(head.first("x-failed-recipients"), flags).split(",")
    known = [address for one in failed if (address := plain_address(one))]
    status = _STATUS_IN_TEXT.search(text[:50_000])
    code = status.group(1) if status else ""
    return [Report(recipient=one, action="failed", status=code) for one in known]
