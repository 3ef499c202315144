"""The bank's word for who is signed in on its site: what its own server would sign."""

from typing import Final

from joserfc import jwt
from joserfc.jwk import OctKey

from hub.ports import Clock, NewId

WIDGET: Final = "demo"
TOKEN_SECONDS: Final = 120


class BankWord:
    """Signs short-lived tokens with the demo widget's key."""

    def __init__(self, key: OctKey, clock: Clock, new_id: NewId) -> None:
        self._key, self._clock, self._new_id = key, clock, new_id

    def sign(self, number: str) -> str:
        """Return a token that is good for one hello of this customer."""
        now = int(self._clock.now())
        claims = {
            "aud": WIDGET,
            "sub": number,
            "iat": now,
            "exp": now + TOKEN_SECONDS,
            "jti": self._new_id("jti"),
        }
        return jwt.encode({"alg": "HS256"}, claims, self._key)
