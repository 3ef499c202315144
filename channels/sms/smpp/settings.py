"""The operator's choices for a carrier's SMPP; its password comes from a file or a variable."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from channels._twilio.options import with_secrets
from hub.domain.errors import Invalid

TABLE: Final = "channels.sms.smpp"
PASSWORD_MOST: Final = 8
"""The protocol has no room for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmppSettings:
    """One bind, for sending and taking."""

    host: str
    """SMPP is not encrypted: over a private line or a tunnel only."""
    system_id: str
    password: str = field(repr=False)
    port: int = 2775
    system_type: str = ""
    window: int = 10
    """Texts under way at once; the carrier says how many it takes."""
    answer_seconds: float = 10.0
    """So long the carrier may take to answer; later the outcome is unknown."""
    enquire_seconds: float = 30.0
    """After so long a silence the carrier is asked whether it is there."""
    back_seconds: float = 1.0
    """Pause before the first new bind; it doubles up to a minute."""


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
    return SmppSettings(**given)
