"""What of a mail becomes the Message, and what the channel keeps beside it. Pure."""

import hashlib
import json
import re
from typing import Final

from channels.email.parse.mail import ParsedMail
from channels.email.thread import Threaded
from hub.domain.letter import Letter
from hub.security.redaction import redact_cards

TEXT_MOST: Final = 7_900
QUOTED_MOST: Final = 20_000
LIST_MOST: Final = 50
_SAID: Final = frozenset(
    {b"message-id", b"from", b"sender", b"to", b"cc", b"reply-to", b"subject", b"date",
     b"in-reply-to", b"references", b"mime-version", b"content-type",
     b"content-transfer-encoding"}
)  # fmt: skip
"""Headers that a mail's writer wrote; all others may come from servers on its way."""
CUT: Final = "\n[…]"

MESSAGE_ID: Final = "message_id"
REFERENCES: Final = "references"
REPLY_TO: Final = "reply_to"
PROOF: Final = "thread_proof"
AUTH: Final = "auth"
RAW_FILE: Final = "raw_file"
GREET: Final = "greet"
"""`yes` when an automatic answer may go out."""
SCAM_REPORT: Final = "scam_report"
"""`yes` when the customer passes a scam on; a flag of the letter, too."""


def content_key(raw: bytes) -> str:
    """Return what two deliveries of one mail have in common, and no other mail has.

    Servers put lines above a mail on its way; its body and what its writer said above it stay.
    """
    separator = b"\r\n\r\n" if b"\r\n\r\n" in raw else b"\n\n"
    head, _, body = raw.partition(separator)
    lines = [line for line in _unfolded(head) if line.partition(b":")[0].strip().lower() in _SAID]
    if not lines:
        return hashlib.sha256(raw).hexdigest()
    return hashlib.sha256(b"\n".join([*lines, b"", body])).hexdigest()


def _unfolded(head: bytes) -> list[bytes]:
    return [b" ".join(line.split()) for line in re.split(rb"\r?\n(?![ \t])", head)]


def text_of(mail: ParsedMail) -> str:
    """Return what was written anew, as much as a Message takes."""
    whole = clean(mail.visible_reply.strip() or mail.text.strip() or mail.subject.strip() or "—")
    return whole if len(whole) <= TEXT_MOST else whole[:TEXT_MOST] + CUT


def is_cut(mail: ParsedMail) -> bool:
    """Whether the Message is shorter than what was written."""
    return len(mail.visible_reply.strip() or mail.text.strip()) > TEXT_MOST


def data_of(
    mail: ParsedMail,
    threaded: Threaded,
    *,
    raw_file: str,
    html_file: str,
    greet: bool,
    is_scam_report: bool = False,
) -> dict[str, str]:
    """Return what the page shows of a mail's head, and what this channel needs to answer it.

    Card numbers are out of it as they are out of the text.
    """
    names = dict.fromkeys((*mail.references, *mail.in_reply_to))
    trusted = (one for one in mail.auth_results if one.is_trusted)
    shown = Letter(
        subject=_safe(mail.subject),
        sender=_safe(mail.sender),
        sender_name=_safe(mail.sender_name),
        certainty=mail.sender_certainty,
        to=tuple(map(_safe, mail.to[:LIST_MOST])),
        cc=tuple(map(_safe, mail.cc[:LIST_MOST])),
        quoted=_safe(mail.quoted[:QUOTED_MOST]),
        signature=_safe(mail.signature[:TEXT_MOST]),
        html_file=html_file,
        remote_count=mail.remote_count,
        automatic=mail.automatic or "",
        flags=(*mail.flags, SCAM_REPORT) if is_scam_report else mail.flags,
    )
    own = {
        MESSAGE_ID: mail.message_id,
        REFERENCES: " ".join([*names][-LIST_MOST:]),
        REPLY_TO: ", ".join(mail.reply_to[:LIST_MOST]),
        PROOF: threaded.proof,
        AUTH: " ".join(f"{way}={found}" for one in trusted for way, found in one.results),
        RAW_FILE: raw_file,
        GREET: "yes" if greet else "",
        SCAM_REPORT: "yes" if is_scam_report else "",
    }
    return shown.channel_data() | {name: _safe(value) for name, value in own.items() if value}


def _safe(text: str) -> str:
    return redact_cards(clean(text))[0]


def has_card(mail: ParsedMail) -> bool:
    """Whether a card number stands anywhere in the mail's words."""
    return any(redact_cards(text)[1] for text in (mail.text, mail.subject, mail.quoted))


def redacted_form(mail: ParsedMail, raw: bytes) -> bytes:
    """Return what is kept of a mail that held a card number: its words without it, and a hash."""
    kept = {
        "sha256_of_raw": hashlib.sha256(raw).hexdigest(),
        "message_id": mail.message_id,
        "from": mail.sender,
        "subject": redact_cards(mail.subject)[0],
        "text": redact_cards(mail.text)[0],
        "quoted": redact_cards(mail.quoted)[0],
    }
    return json.dumps(kept, ensure_ascii=True, indent=1).encode()


def clean(text: str) -> str:
    """Return the text without what no database and no page can hold."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
