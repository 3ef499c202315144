"""The operator's choices for Twilio; secrets come from the environment or from files."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from channels._twilio.options import check_account, with_secrets
from hub.domain.errors import Invalid

TABLE: Final = "channels.phone.twilio"


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
    given = with_secrets(options, TABLE)
    known = {one.name for one in fields(TwilioSettings)}
    if unknown := sorted(given.keys() - known):
        raise Invalid("unknown_setting", f"{TABLE} has no {unknown}; it has {sorted(known)}")
    _check(given)
    given["public_url"] = str(given["public_url"]).rstrip("/")
    return TwilioSettings(**given)


def _check(given: Mapping[str, Any]) -> None:
    check_account(given, TABLE)
    if not 1.0 <= float(given.get("answer_seconds", 8.0)) <= 12.0:
        raise Invalid("bad_setting", f"{TABLE}.answer_seconds: 1 to 12")
