"""The operator's rules about spam, of `config/spam.toml`."""

from dataclasses import dataclass
from typing import Literal

DmarcFail = Literal["hold", "score", "ignore"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpamRules:
    """What is held back. Without rules nothing is."""

    hold_at: float | None = None
    """A mail with so many points is held; None: none ever is."""
    keep_days: float = 30.0
    """So long a held mail can be released."""
    verdict_headers: tuple[tuple[str, str], ...] = ()
    """(header, beginning of its value) by which the bank's relay says spam; its word is final.
    The relay must take such headers off mail that comes from outside."""
    blocked_senders: tuple[str, ...] = ()
    """Addresses, or `@domain`, in small letters; always held."""
    dmarc_fail: DmarcFail = "hold"
    """What a DMARC failure that our relay found means."""
    own_names: tuple[str, ...] = ()
    """Names of the bank, in small letters, under which nobody else may write."""
    lures: tuple[str, ...] = ()
    """Words of those who want a click or money, in small letters."""
    doubts: tuple[str, ...] = ()
    """Words of a customer who asks whether a mail that they pass on is a scam."""
    scam_queue: str = ""
    """Who answers a customer that passes a scam on; empty: the mailbox's Queue."""
