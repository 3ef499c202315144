"""Links that open one thing, for one viewer, for a while: surveys and files.

Token: key number, expiry and subject in the clear, then an HMAC over these, the purpose and the
viewer. The viewer is not in the link: whoever finds it in a log or a history cannot use it.
"""

import base64
import binascii
import hashlib
import hmac
import json
from typing import Final

from hub.domain.errors import HubError
from hub.security.errors import WrongKey
from hub.security.keyring import KeyRing, Purpose

ANYBODY: Final = ""
"""Viewer of a link that is itself the proof, such as a survey sent to the customer."""

MAX_CHARACTERS: Final = 1024


class BadLink(HubError):
    """Ask for a fresh link. `code`: forged or expired."""


class SignedLinks:
    """Makes and reads links under the ring's `link` keys."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys

    def sign(self, purpose: str, subject: str, *, viewer: str, expires_at: float) -> str:
        """Return a URL-safe token for one purpose, subject and viewer."""
        number = self._keys.current(Purpose.LINK).number
        said = json.dumps([number, int(expires_at), subject]).encode()
        return f"{_text(said)}.{_text(self._mac(number, said, purpose, viewer))}"

    def read(self, purpose: str, token: str, *, viewer: str, now: float) -> str:
        """Return the subject; raise `BadLink`."""
        body, _, given = token.partition(".")
        try:
            if len(token) > MAX_CHARACTERS:
                raise ValueError(token)
            said, mac = _bytes(body), _bytes(given)
            number, expires_at, subject = json.loads(said)
            expected = self._mac(int(number), said, purpose, viewer)
        except (ValueError, TypeError, RecursionError, OverflowError, WrongKey):
            raise BadLink("forged", "this link was not made here") from None
        if not hmac.compare_digest(expected, mac):
            raise BadLink("forged", "this link was not made here, or not for this viewer")
        if now >= expires_at:
            raise BadLink("expired", "this link is too old")
        return str(subject)

    def _mac(self, number: int, said: bytes, purpose: str, viewer: str) -> bytes:
        secret = self._keys.get(Purpose.LINK, number).secret
        bound = json.dumps([purpose, viewer]).encode()
        return hmac.digest(secret, said + b"\n" + bound, hashlib.sha256)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("not base64") from None
    if _text(data) != text:
        raise ValueError("not the one way to write it")
    return data
