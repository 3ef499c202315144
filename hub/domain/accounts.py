"""A mailbox or number of ours as administrators look after it: what it is, how it fares."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final

from hub.domain.errors import Invalid

SECRETS: Final = frozenset({"password", "client_secret", "refresh_token"})
"""Names of options that are never shown again."""
PLACES: Final = ("host", "port", "tls", "url")
"""Where a secret is told; one that was kept is told nowhere else."""

DAY_SECONDS: Final = 86_400.0
Options = Mapping[str, Any]
"""What was said of an account, as plain values that only its channel understands."""


class WayState(StrEnum):
    """How one direction of an account fares."""

    WORKS = "works"
    FAILS = "fails"
    RESTS = "rests"
    """Paused."""
    UNTRIED = "untried"
    """Nothing has come or gone since the hub started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How Messages come to an account, or leave it."""

    kind: str
    """`imap`, `smtp_door`, `smtp`, `twilio`, `smpp`."""
    place: str
    """Server and port, or the provider's name of our account."""
    tls: str = ""
    """`starttls`, `implicit`, `none`; empty: the provider's own."""
    user: str = ""
    state: WayState
    trouble: str = ""
    """A code while it fails."""
    since_at: float | None = None
    """Since when it is in this state."""
    ends: Mapping[str, float] = field(default_factory=dict)
    """When `certificate`, `token` or `secret` are over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountNow:
    """One ChannelAccount of this node."""

    id: str
    name: Mapping[str, str] = field(default_factory=dict)
    queue_id: str | None = None
    comes: Way | None = None
    leaves: Way | None = None


def end_of(day: str) -> float | None:
    """Return the end of a day such as `2027-03-01` by UTC; None for none; `ValueError` else."""
    if not day:
        return None
    begin = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    return begin.timestamp() + DAY_SECONDS


def without_secrets(options: Options) -> dict[str, Any]:
    """Return options that may be shown."""
    return {
        name: without_secrets(value) if isinstance(value, Mapping) else value
        for name, value in options.items()
        if name not in SECRETS
    }


def with_kept_secrets(new: Options, old: Options) -> dict[str, Any]:
    """Return new options with the secrets of before where none were given.

    Raises `Invalid("secret_again")` for a secret that would be told to another server than before.
    """
    merged = dict(new)
    for name, value in old.items():
        told = merged.get(name)
        if isinstance(value, Mapping) and isinstance(told, Mapping):
            merged[name] = with_kept_secrets(told, value)
        elif name in SECRETS and not told and value:
            if any(merged.get(place) != old.get(place) for place in PLACES):
                raise Invalid("secret_again", f"{name}: give it again for another server")
            merged[name] = value
    return merged
