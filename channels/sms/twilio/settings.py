"""The operator's choices for texts over Twilio; secrets come from the environment or from files."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from channels._twilio.client import Account
from channels._twilio.options import check_account, with_secrets
from hub.domain.errors import Invalid

TABLE: Final = "channels.sms.twilio"


@dataclass(frozen=True, slots=True, kw_only=True)
class TwilioTexts:
    """One account."""

    account_sid: str
    auth_token: str = field(repr=False)
    """Signs the requests that Twilio makes to us."""
    public_url: str
    """Where Twilio reaches this hub; what a request says of itself is not believed."""
    former_auth_token: str = field(default="", repr=False)
    shared_keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Secret by identifier, for requests signed with HMAC-SHA256."""
    api_key_sid: str = ""
    api_key_secret: str = field(default="", repr=False)
    api_url: str = ""
    """Where the REST API is, instead of Twilio: the carrier simulator."""
    media_most_bytes: int = 5 * 1024 * 1024
    media_seconds: float = 6.0
    """For all files of one text together; the provider waits 15 s for our answer."""
    validity_seconds: int = 14_400
    """A text that Twilio could not pass on after so long is given up."""

    @property
    def tokens(self) -> tuple[str, ...]:
        """Tokens that a request may be signed with."""
        return tuple(token for token in (self.auth_token, self.former_auth_token) if token)

    @property
    def account(self) -> Account:
        """Who we are at the provider."""
        return Account(
            account_sid=self.account_sid,
            key_sid=self.api_key_sid or self.account_sid,
            key_secret=self.api_key_secret or self.auth_token,
            base_url=self.api_url or None,
        )


def settings_from(options: Mapping[str, Any]) -> TwilioTexts:
    """Return the settings from the operator's plain values; raise `Invalid` naming the key."""
    given = with_secrets(options, TABLE)
    known = {one.name for one in fields(TwilioTexts)}
    if unknown := sorted(given.keys() - known):
        raise Invalid("unknown_setting", f"{TABLE} has no {unknown}; it has {sorted(known)}")
    check_account(given, TABLE)
    given["public_url"] = str(given["public_url"]).rstrip("/")
    return TwilioTexts(**given)
