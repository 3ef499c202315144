"""`spam.toml`: what mail is held back, and whose question about a scam it is."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from channels.email.spam.rules import DmarcFail, SpamRules
from config.toml_file import Strict, read_toml

SPAM_FILE = "spam.toml"
Low = Annotated[str, Field(min_length=1, max_length=200)]


class _SpamFile(Strict):
    hold_at: Annotated[float, Field(gt=0, le=100)]
    keep_days: Annotated[float, Field(gt=0, le=366)] = 30
    dmarc_fail: DmarcFail = "hold"
    blocked_senders: tuple[Low, ...] = ()
    own_names: tuple[Low, ...] = ()
    lures: tuple[Low, ...] = ()
    doubts: tuple[Low, ...] = ()
    scam_queue: str = ""
    verdict_headers: Mapping[Low, Low] = {}


def load_spam(folder: Path) -> SpamRules:
    """Read the file; raise `CannotStart` naming file, line and remedy."""
    found = read_toml(folder / SPAM_FILE, _SpamFile)
    return SpamRules(
        hold_at=found.hold_at,
        keep_days=found.keep_days,
        dmarc_fail=found.dmarc_fail,
        blocked_senders=_low(found.blocked_senders),
        own_names=_low(found.own_names),
        lures=_low(found.lures),
        doubts=_low(found.doubts),
        scam_queue=found.scam_queue,
        verdict_headers=tuple((k.lower(), v.lower()) for k, v in found.verdict_headers.items()),
    )


def _low(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.lower() for word in words)
