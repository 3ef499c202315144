"""The bank's word for who is signed in on its page: a short-lived JWT, checked to the letter.

Its algorithm is the widget's, not the token's. It is good once: the caller spends `jti` with a
receipt at the first hello.
"""

import base64
import binascii
import math
from dataclasses import dataclass
from typing import Any, Final, Literal

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OctKey

from hub.domain.errors import HubError, Invalid
from hub.text.strict_json import BadJson, loads_strict

Algorithm = Literal["HS256", "ES256"]

MAX_LIFE_SECONDS: Final = 300.0
SKEW_SECONDS: Final = 30.0
MAX_CHARACTERS: Final = 4096


class BadToken(HubError):
    """Ask the bank's page for a fresh token.

    `code`: forged, expired, not_yet_valid, lives_too_long, other_widget or incomplete.
    """


@dataclass(frozen=True, slots=True)
class VisitorClaims:
    """Whom the bank signed in. `jti` is spent by the caller; it cannot come back after `until`."""

    customer_number: str
    jti: str
    until: float
    claims: dict[str, Any]


class WidgetKey:
    """The key of one widget: its algorithm is pinned, its id is the audience."""

    def __init__(self, widget_id: str, algorithm: Algorithm, key: str) -> None:
        """Take `key` as base64 of 32 bytes or more (HS256) or a public key in PEM (ES256)."""
        self.widget_id = widget_id
        self._algorithm = algorithm
        self._key = _secret(key) if algorithm == "HS256" else _public(key)

    def check(self, token: str, *, now: float) -> VisitorClaims:
        """Return who the token speaks for; raise `BadToken`. `now` is UTC epoch seconds."""
        claims = self._opened(token)
        audience = claims.get("aud")
        if audience not in (self.widget_id, [self.widget_id]):
            raise BadToken("other_widget", "aud is not this widget")
        issued, until = _moment(claims, "iat"), _moment(claims, "exp")
        if until - issued > MAX_LIFE_SECONDS or until <= issued:
            raise BadToken("lives_too_long", f"exp is at most {MAX_LIFE_SECONDS:.0f} s after iat")
        if now >= until + SKEW_SECONDS:
            raise BadToken("expired", "exp has passed")
        not_before = _moment(claims, "nbf") if "nbf" in claims else issued
        if now < max(issued, not_before) - SKEW_SECONDS:
            raise BadToken("not_yet_valid", "iat or nbf lies ahead")
        subject, jti = _word(claims, "sub", at_least=1), _word(claims, "jti", at_least=8)
        return VisitorClaims(subject, jti, until + SKEW_SECONDS, claims)

    def _opened(self, token: str) -> dict[str, Any]:
        if len(token) > MAX_CHARACTERS or not token.isascii():
            raise BadToken("forged", "this is not one of the bank's tokens")
        try:
            _refuse_odd_header(token)
            opened = jws.deserialize_compact(token, self._key, algorithms=[self._algorithm])
            claims = loads_strict(opened.payload, max_bytes=MAX_CHARACTERS, max_depth=8)
        except (JoseError, ValueError, TypeError, BadJson):
            raise BadToken("forged", "this is not one of the bank's tokens") from None
        if not isinstance(claims, dict):
            raise BadToken("incomplete", "the claims are not an object")
        return claims


def _refuse_odd_header(token: str) -> None:
    """Let only a small flat header reach the library, which would recurse or obey `crit`."""
    head = token.partition(".")[0]
    text = base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))
    header = loads_strict(text, max_bytes=512, max_depth=1)
    if not isinstance(header, dict) or not header.keys() <= {"alg", "typ", "kid"}:
        raise ValueError("header")


def _moment(claims: dict[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadToken("incomplete", f"{name} must be a number of seconds")
    return float(value)


def _word(claims: dict[str, Any], name: str, *, at_least: int) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not at_least <= len(value) <= 128 or not value.isprintable():
        raise BadToken("incomplete", f"{name} must be a text of {at_least} to 128 characters")
    return value


def _secret(key: str) -> OctKey:
    try:
        secret = base64.b64decode(key.strip(), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) < 32:
        raise Invalid("bad_widget_key", "HS256 needs base64 of 32 random bytes or more")
    return OctKey.import_key(secret)


def _public(key: str) -> ECKey:
    try:
        public = ECKey.import_key(key)
    except (JoseError, ValueError, TypeError):
        raise Invalid("bad_widget_key", "ES256 needs a P-256 public key in PEM") from None
    if public.is_private or public.curve_name != "P-256":
        raise Invalid("bad_widget_key", "ES256 needs a P-256 public key, not a private one")
    return public
