"""The operator's choices for Twilio; secrets come from the environment or from files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from hub.domain.errors import Invalid

TABLE: Final = "channels.phone.twilio"
SECRETS: Final = ("auth_token", "former_auth_token", "api_key_secret")
_SID: Final = re.compile(r"(AC|SK)[0-9a-fA-F]{32}")
LOCAL: Final = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TwilioSettings:
    """One account."""

    account_sid: str
    auth_token: str = field(repr=False)
    """Signs the requests that Twilio makes to us."""
    public_url: str
    """Where Twilio reaches this hub; what a request says of itself is not believed."""
    former_auth_token: str = field(default="", repr=False)
    """The token before, taken too during a rotation."""
    shared_keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Secret by identifier, for requests signed with HMAC-SHA256."""
    api_key_sid: str = ""
    api_key_secret: str = field(default="", repr=False)
    """For our own requests and the softphones; empty: the account and its token."""
    api_url: str = ""
    """Where the REST API is, instead of Twilio: the carrier simulator."""
    caller_number: str = ""
    """Shown when the hub names none."""
    prompts_dir: str = ""
    """Recorded prompts, `LANGUAGE/NAME.wav`; one that is missing is said by voice."""
    answer_seconds: float = 8.0
    """So long an answer may take before the provider is asked to come back; its limit is 15."""
    grant_seconds: float = 3600.0
    """How long a softphone's token is good."""
    recording_most_bytes: int = 512 * 1024 * 1024

    @property
    def tokens(self) -> tuple[str, ...]:
        """Tokens that a request may be signed with."""
        return tuple(token for token in (self.auth_token, self.former_auth_token) if token)


def settings_from(options: Mapping[str, Any]) -> TwilioSettings:
    """Return the settings from the operator's plain values; raise `Invalid` naming the key."""
    given = _with_secrets(options)
    known = {one.name for one in fields(TwilioSettings)}
    if unknown := sorted(given.keys() - known):
        raise Invalid("unknown_setting", f"{TABLE} has no {unknown}; it has {sorted(known)}")
    for name in ("account_sid", "auth_token", "public_url"):
        if not given.get(name):
            raise Invalid("missing_setting", f"{TABLE}.{name} is needed")
    _check(given)
    given["public_url"] = str(given["public_url"]).rstrip("/")
    return TwilioSettings(**given)


def _with_secrets(options: Mapping[str, Any]) -> dict[str, Any]:
    given = dict(options)
    for name in SECRETS:
        path = given.pop(f"{name}_file", None)
        if path is None:
            continue
        if given.get(name):
            raise Invalid("two_secrets", f"{TABLE}: {name} and {name}_file are both set; keep one")
        try:
            given[name] = Path(path).read_text("utf-8").strip()
        except OSError:
            raise Invalid("no_secret", f"{TABLE}.{name}_file: {path} cannot be read") from None
    return given


def _check(given: Mapping[str, Any]) -> None:
    for name, kind in (("account_sid", "AC"), ("api_key_sid", "SK")):
        value = str(given.get(name) or "")
        if value and (not _SID.fullmatch(value) or not value.startswith(kind)):
            raise Invalid("bad_setting", f"{TABLE}.{name}: {kind} and 32 hexadecimal digits")
    if bool(given.get("api_key_sid")) != bool(given.get("api_key_secret")):
        raise Invalid("bad_setting", f"{TABLE}: api_key_sid and api_key_secret go together")
    for name in ("public_url", "api_url"):
        if value := str(given.get(name) or ""):
            _require_safe(name, value)
    if not 1.0 <= float(given.get("answer_seconds", 8.0)) <= 12.0:
        raise Invalid("bad_setting", f"{TABLE}.answer_seconds: 1 to 12")


def _require_safe(name: str, url: str) -> None:
    parts = urlsplit(url)
    is_local = parts.scheme == "http" and parts.hostname in LOCAL
    if not parts.hostname or not (parts.scheme == "https" or is_local) or parts.query:
        raise Invalid("bad_setting", f"{TABLE}.{name}: https, or http on this machine only")
