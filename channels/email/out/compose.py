"""A mail from what the hub wants said; pure, so that the same Message is the same mail each try."""

import email.policy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

from hub.domain.letter import Letter
from hub.domain.outbound import Outbound

POLICY: Final = email.policy.SMTP.clone(max_line_length=998)
"""Long names of mails must not be folded: the standard library would encode them."""
REFERENCES_MOST: Final = 20
SUBJECT_MOST: Final = 200
_CONTROL: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
)
_RE: Final = re.compile(
    r"^\s*((re|aw|sv|antw|回复|答复|回覆)\s*(\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_NAME: Final = re.compile(r"[^\s<>@]{1,400}@[^\s<>@]{1,253}")
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "wrote": "On {date}, you wrote:",
        "re": "Re: ",
        "subject": "Your message to us",
        "forwarded": "---------- Forwarded message ----------",
    },
    "zh": {
        "wrote": "您于 {date} 写道：",
        "re": "回复：",
        "subject": "您给我们的来信",
        "forwarded": "---------- 转发的邮件 ----------",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The customer's words that a mail answers, for the quote below it."""

    text: str
    date: str
    """As the customer reads it, such as `2026-11-23 10:15`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file with its bytes."""

    name: str
    media_type: str
    data: bytes


def compose(
    outbound: Outbound,
    *,
    message_id: str,
    sender: tuple[str, str],
    signature: str,
    answered: Answered | None,
    reference: str,
    at: float,
    parts: Sequence[Part] = (),
) -> EmailMessage:
    """Return the mail. `sender` is name and address; texts of strangers stay within their lines."""
    mail = EmailMessage(policy=POLICY)
    data, words = outbound.channel_data, words_of(outbound.language)
    letter = Letter.of(data) or Letter()
    is_ours, is_automatic = not letter.sender, outbound.speaker != "agent"
    name, address = sender
    mail["From"] = Address(one_line(name), addr_spec=address)
    goals = letter.to if letter.is_forward else (outbound.address,)
    mail["To"] = [_address(one) for one in goals]
    if is_ours and (copies := _copies(letter.cc)):
        mail["Cc"] = copies
    mail["Subject"] = _subject(letter, words, reference, is_automatic=is_automatic)
    mail["Date"] = format_datetime(datetime.fromtimestamp(int(at), UTC))
    mail["Message-ID"] = f"<{message_id}>"
    _refer(mail, data)
    if is_automatic:
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "All"
    quote = None if is_automatic or letter.is_forward else answered
    forwarded = letter.quoted if letter.is_forward else ""
    mail.set_content(_body(outbound.text, signature, quote, words, forwarded=forwarded))
    for part in parts:
        kind, _, sub = part.media_type.partition("/")
        mail.add_attachment(part.data, maintype=kind, subtype=sub, filename=one_line(part.name))
    return mail


def words_of(language: str) -> Mapping[str, str]:
    """Return our own words of a mail."""
    return _WORDS.get(language, _WORDS["en"])


def one_line(text: str, most: int = SUBJECT_MOST) -> str:
    """Return a text without line breaks and other signs that are not to be seen."""
    return " ".join(_CONTROL.sub(" ", text).split())[:most]


def recipients(mail: EmailMessage, letter: Letter | None = None) -> list[str]:
    """Return to whom a mail goes: To, Cc, and those of ours whom no header may name."""
    fields = (mail["To"], mail["Cc"])
    named = [one.addr_spec for field in fields if field is not None for one in field.addresses]
    unseen = _copies(letter.bcc) if letter is not None and not letter.sender else []
    return list(dict.fromkeys([*named, *(one.addr_spec for one in unseen)]))


def _address(goal: str) -> Address:
    """Not as `addr_spec`, which takes no letters beyond ASCII before the @."""
    user, _, domain = goal.rpartition("@")
    return Address(username=user, domain=domain)


def _copies(given: Sequence[str]) -> list[Address]:
    return [Address(addr_spec=one) for one in dict.fromkeys(given) if _ADDRESS.fullmatch(one)]


def _subject(
    letter: Letter, words: Mapping[str, str], reference: str, *, is_automatic: bool
) -> str:
    """An automatic mail repeats nothing that a stranger wrote: it would carry it to others."""
    tail = f" [{reference}]" if reference else ""
    said = one_line(letter.subject).replace(tail, "")
    if not letter.sender and said:  # ours: written by the agent
        return said + tail
    if is_automatic:
        return words["subject"] + tail
    return f"{words['re']}{_RE.sub('', said) or words['subject']}{tail}"


def _refer(mail: EmailMessage, data: Mapping[str, str]) -> None:
    answered = data.get("message_id", "")
    if not _NAME.fullmatch(answered):
        return
    before = [name for name in data.get("references", "").split() if _NAME.fullmatch(name)]
    names = [*dict.fromkeys(before[-REFERENCES_MOST:]), answered]
    mail["In-Reply-To"] = f"<{answered}>"
    mail["References"] = " ".join(f"<{name}>" for name in dict.fromkeys(names))


def _body(
    text: str,
    signature: str,
    answered: Answered | None,
    words: Mapping[str, str],
    *,
    forwarded: str = "",
) -> str:
    parts = ["\n".join(text.splitlines())]
    if signature:
        parts += ["", "-- ", "\n".join(signature.splitlines())]
    if answered is not None and answered.text:
        quoted = [f"> {line}" for line in answered.text.splitlines()]
        parts += ["", words["wrote"].format(date=answered.date), *quoted]
    if forwarded:
        parts += ["", words["forwarded"], *forwarded.splitlines()]
    return "\n".join(parts) + "\n"
