"""How a Customer wants to be reached, in their own words; sealed with the record."""

import json
from typing import Final, NamedTuple

from hub.security.vault import Vault

CHANNELS: Final = ("phone", "sms", "email")
"""What a Customer can prefer; other channels begin with them."""
WORDS_MOST: Final = 300


class Preference(NamedTuple):
    """What was said, to whom and when."""

    channel: str
    words: str
    by: str
    at: float


def sealed_preference(vault: Vault, customer_id: str, preference: Preference) -> bytes:
    """Return it as it is stored."""
    text = json.dumps(preference._asdict(), ensure_ascii=False)
    return vault.seal(text, "customer", "preference", customer_id)


def open_preference(vault: Vault, customer_id: str, sealed: bytes | None) -> Preference | None:
    """Read it back; None when nothing was said."""
    if sealed is None:
        return None
    return Preference(**vault.open_json(sealed, "customer", "preference", customer_id))
