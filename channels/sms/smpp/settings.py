"""The operator's choices for a carrier's SMPP; its password comes from a file or a variable."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from channels._twilio.options import with_secrets
from hub.domain.accounts import end_of
from hub.domain.errors import Invalid

TABLE: Final = "channels.sms.smpp"
PORT_MOST: Final = 65_535
PASSWORD_MOST: Final = 8
"""The protocol has no room for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmppSettings:
    """One bind, for sending and taking."""

    host: str
    system_id: str
    password: str = field(repr=False)
    port: int = 2775
    tls: bool = False
    """SMPP itself is not encrypted: without TLS over a private line or a tunnel only."""
    ca_file: str = ""
    """Whose certificates are trusted, where the carrier has its own; else those of the system."""
    secret_until: str = ""
    """The day on which the password ends, as the carrier said: 2027-03-01."""
    system_type: str = ""
    window: int = 10
    """Texts under way at once; the carrier says how many it takes."""
    answer_seconds: float = 10.0
    """So long the carrier may take to answer; later the outcome is unknown."""
    per_second: float = 0.0
    """Most texts a second that the carrier has agreed to; 0: as many as come."""
    enquire_seconds: float = 30.0
    """After so long a silence the carrier is asked whether it is there."""
    back_seconds: float = 1.0
    """Pause before the first new bind; it doubles up to a minute."""

    def context(self) -> ssl.SSLContext | None:
        """Return what TLS is spoken with; None without."""
        return ssl.create_default_context(cafile=self.ca_file or None) if self.tls else None


def settings_from(options: Mapping[str, Any]) -> SmppSettings:
    """Return the settings from the operator's plain values; raise `Invalid` naming the key."""
    given = with_secrets(options, TABLE, ("password",))
    known = {one.name for one in fields(SmppSettings)}
    if unknown := sorted(given.keys() - known):
        raise Invalid("unknown_setting", f"{TABLE} has no {unknown}; it has {sorted(known)}")
    for name in ("host", "system_id", "password"):
        if not given.get(name):
            raise Invalid("missing_setting", f"{TABLE}.{name} is needed")
    if len(str(given["password"])) > PASSWORD_MOST:
        raise Invalid("bad_setting", f"{TABLE}.password: at most {PASSWORD_MOST} characters")
    if not 1 <= int(given.get("window", 10)) <= 1000:
        raise Invalid("bad_setting", f"{TABLE}.window: 1 to 1000")
    if float(given.get("per_second", 0)) < 0:
        raise Invalid("bad_setting", f"{TABLE}.per_second: 0 or more")
    if not 0 < int(given.get("port", 2775)) <= PORT_MOST:
        raise Invalid("bad_setting", f"{TABLE}.port: 1 to {PORT_MOST}")
    _require_day(given.get("secret_until", ""))
    settings = SmppSettings(**given)
    try:
        settings.context()
    except OSError:
        raise Invalid("bad_setting", f"{TABLE}.ca_file cannot be read") from None
    return settings


def _require_day(day: str) -> None:
    try:
        end_of(day)
    except ValueError:
        raise Invalid("bad_setting", f"{TABLE}.secret_until: a day as 2027-03-01") from None
