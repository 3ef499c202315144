"""The bank's word for who is signed in on its site: what its own server would sign."""

import base64
from typing import Final

from joserfc import jwt
from joserfc.jwk import OctKey

from hub.journey.context import Hub
from hub.journey.widget_keys import newest_secret

WIDGET: Final = "demo"
TOKEN_SECONDS: Final = 120


class BankWord:
    """Signs short-lived tokens with the demo widget's newest key.

    This bank has the key as soon as an administrator made it; `first` is the one it began with.
    """

    def __init__(self, hub: Hub, first: str) -> None:
        self._hub, self._first = hub, first

    async def sign(self, number: str) -> str:
        """Return a token that is good for one hello of this customer."""
        secret = await newest_secret(self._hub, WIDGET) or self._first
        now = int(self._hub.clock.now())
        claims = {
            "aud": WIDGET,
            "sub": number,
            "iat": now,
            "exp": now + TOKEN_SECONDS,
            "jti": self._hub.new_id("jti"),
        }
        return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(base64.b64decode(secret)))
