"""A Notice: words to a customer outside any Conversation, such as a code, a link or a receipt."""

from dataclasses import dataclass
from typing import Literal

NoticeKind = Literal["sms", "email"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a carrier of SMS or e-mail is asked to deliver."""

    to_kind: NoticeKind
    to: str
    """The number or mailbox."""
    language: str
    subject: str | None
    """E-mail only."""
    text: str
    purpose: str
    """A word for screens and logs, never the customer's: `one_time_code`, `survey`, `receipt`."""
    key: str
    """The carrier delivers one key once."""
    useful_until: float | None = None
    """UTC epoch seconds; later it is not sent: an old code only confuses."""
