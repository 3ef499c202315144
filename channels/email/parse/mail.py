"""What a mail says, as far as it can be read."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self

Certainty = Literal["verified", "claimed", "ambiguous", "none"]
"""Of the sender: proved by the configured relay, only said, said in two ways, not said at all."""

Automatic = Literal["bounce", "receipt", "auto_reply", "auto_generated", "list", "bulk", "own"]
"""Why nobody waits for an answer: a delivery report, a read receipt, an absence, a machine's mail,
a mailing list, a bulk mailing, a mail from one of our own addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file in a mail; `path` finds its bytes again with `part_bytes`."""

    path: str
    """Place in the tree of parts, such as `1.2`: the second part of the first."""
    name: str
    """Cleaned: no folder, no control or direction character, at most 120 characters."""
    media_type: str
    """As the sender declared it, in small letters: never to be trusted for showing."""
    size_bytes: int
    """After decoding."""
    content_id: str = ""
    """Without brackets; what a `cid:` link in the HTML names."""
    is_inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthResult:
    """One Authentication-Results header; worth something only from a relay that is ours."""

    server: str
    is_trusted: bool
    """The server is configured, and the header stands above every foreign one."""
    results: tuple[tuple[str, str], ...] = ()
    """Method and result in small letters: `("dmarc", "pass")`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a delivery report (RFC 3464) says about one recipient."""

    recipient: str
    action: str
    """`failed`, `delayed`, `delivered`, `relayed`, `expanded`, or empty."""
    status: str
    """Such as `5.1.1`, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A delivery report: which of our mails, to whom, with what outcome."""

    original_message_id: str
    """Without brackets; empty where the report has no trace of it."""
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedMail:
    """A mail as it was understood. Whatever could not be read is empty and has a flag."""

    message_id: str = ""
    """Message ids are without brackets."""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sender: str = ""
    """The address of From, domain in small letters; empty where there is no single one."""
    sender_name: str = ""
    sender_certainty: Certainty = "none"
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    reply_to: tuple[str, ...] = ()
    return_path: str | None = None
    """None: no such header. Empty: `<>`, so that nobody may be answered."""
    subject: str = ""
    language: str | None = None
    """`en`, `zh` or None, from what the sender wrote anew."""
    date_at: float | None = None
    """What the sender's clock said, in epoch seconds."""
    text: str = ""
    """The whole body as text, made from the HTML where there is no other."""
    html: str = ""
    """Cleaned; remote content is out of it. Empty where the mail has none."""
    remote_count: int = 0
    """Pictures, fonts and styles from elsewhere that were taken out."""
    visible_reply: str = ""
    quoted: str = ""
    signature: str = ""
    attachments: tuple[Attachment, ...] = ()
    automatic: Automatic | None = None
    bounce: Bounce | None = None
    auth_results: tuple[AuthResult, ...] = ()
    flags: tuple[str, ...] = ()
    """Codes in alphabetical order; each is explained in the README of this folder."""
    headers: dict[str, str] = field(default_factory=dict)
    """A few that threads and filters want, decoded, by name in small letters."""

    def to_json(self) -> bytes:
        """Return the mail for the pipe of the worker."""
        return json.dumps(asdict(self), ensure_ascii=False).encode("utf-8", "replace")

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """Take the mail off the pipe. Raises ValueError, TypeError or KeyError when it is none."""
        known: dict[str, Any] = json.loads(data)
        for name in ("in_reply_to", "references", "to", "cc", "reply_to", "flags"):
            known[name] = tuple(known[name])
        known["attachments"] = tuple(Attachment(**one) for one in known["attachments"])
        known["auth_results"] = tuple(_auth_result(one) for one in known["auth_results"])
        if known["bounce"]:
            known["bounce"] = _bounce(known["bounce"])
        return cls(**known)


def _auth_result(given: dict[str, Any]) -> AuthResult:
    return AuthResult(**{**given, "results": tuple((m, r) for m, r in given["results"])})


def _bounce(given: dict[str, Any]) -> Bounce:
    reports = tuple(Report(**one) for one in given["reports"])
    return Bounce(original_message_id=given["original_message_id"], reports=reports)
