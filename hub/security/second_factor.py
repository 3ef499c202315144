"""Codes of an authenticator (RFC 6238: SHA-1, six digits, 30 s) and ten recovery codes.

A code is taken one step early or late, for clocks differ, and never twice: the newest step that
was taken is kept. The secret is sealed in the store; of recovery codes only keyed hashes lie there.
"""

import base64
import hashlib
import hmac
import secrets
from typing import Final
from urllib.parse import quote, urlencode

from hub.security.lookup import LookupKey
from hub.security.one_time_code import normalise_code

STEP_SECONDS: Final = 30
SKEW_STEPS: Final = 1
DIGITS: Final = 6
SECRET_BYTES: Final = 20
RECOVERY_CODES: Final = 10
FRESH_SECONDS: Final = 600.0
"""So long a code given in a session serves for exports and other grave acts."""
_PLAIN: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_RECOVERY_CHARACTERS: Final = 10


def new_secret() -> str:
    """Return 160 random bits in base32, as authenticators read them."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def code_at(secret: str, step: int) -> str:
    """Return the code of a time step."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1)
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(secret: str, typed: str, *, at: float, after_step: int) -> int | None:
    """Return the time step whose code was typed, if it is newer than `after_step`; else None."""
    digits = normalise_code(typed)
    if digits is None:
        return None
    now = int(at // STEP_SECONDS)
    found = None
    for step in range(now - SKEW_STEPS, now + SKEW_STEPS + 1):
        # Every step is compared, so that time tells nothing.
        fits = hmac.compare_digest(code_at(secret, step), digits)
        if fits and step > after_step and found is None:
            found = step
    return found


def address_of(secret: str, *, login: str, issuer: str) -> str:
    """Return the `otpauth:` address that an authenticator reads from the square."""
    query = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(login)}?{query}"


def new_recovery_codes() -> list[str]:
    """Return ten codes of ten plain letters and digits, in two groups."""
    half = _RECOVERY_CHARACTERS // 2
    return [f"{_drawn(half)}-{_drawn(half)}" for _ in range(RECOVERY_CODES)]


def recovery_key(key: LookupKey, user_id: str, code: str) -> str:
    """Return what is stored of a recovery code: good for one User only."""
    return key.of("recovery_code", f"{user_id}/{normalise_recovery_code(code)}")


def normalise_recovery_code(typed: str) -> str:
    """Return a code as it is hashed, however it was typed."""
    return "".join(c for c in typed.casefold() if c in _PLAIN)


def _drawn(count: int) -> str:
    return "".join(secrets.choice(_PLAIN) for _ in range(count))
