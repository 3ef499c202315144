"""Requests that another site makes in our user's name are told from our own pages'.

Three walls: the session cookie is `SameSite`, the `Origin` must be ours, and a state-changing
request carries a token that only a page of the session can know.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Collection
from typing import Final

_HOST: Final = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")


def csrf_token(session_token: str) -> str:
    """Return the token of a session: derived, so that a reloaded page can be given it again."""
    digest = hmac.digest(session_token.encode("utf-8", "replace"), b"csrf", hashlib.sha256)
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def csrf_matches(session_token: str, given: str | None) -> bool:
    """Tell, in constant time, whether a request carries its session's token."""
    if not session_token or not given:
        return False
    return hmac.compare_digest(csrf_token(session_token).encode(), given.encode("utf-8", "replace"))


def origin_allowed(origin: str | None, allowed: Collection[str]) -> bool:
    """Tell whether an `Origin` header is one of ours, such as `https://hub.example`.

    None (no header) and `null` (sandboxed or file pages) are not: every browser sends the header
    with what can change state, and with each WebSocket.
    """
    return origin is not None and origin.lower().rstrip("/") in allowed


def host_allowed(host: str | None, allowed: Collection[str]) -> bool:
    """Tell whether a `Host` header is well formed and one of ours, such as `hub.example:8000`."""
    return host is not None and bool(_HOST.fullmatch(host)) and host.lower() in allowed


def fetch_site_allowed(fetch_site: str | None) -> bool:
    """Tell whether `Sec-Fetch-Site` says our own page or the address bar; absent is old."""
    return fetch_site in (None, "same-origin", "none")
