"""Authentication-Results (RFC 8601): believed only from the relay that the operator named."""

import re
from collections.abc import Collection
from typing import Final

from channels.email.parse.flags import Flags
from channels.email.parse.headers import Head, raw_text
from channels.email.parse.mail import AuthResult

_COMMENT: Final = re.compile(r"\([^()]{0,400}\)")
_PAIR: Final = re.compile(r"([a-z][a-z0-9_.-]{0,40})\s*=\s*\"?([^\s;\"]{1,255})", re.IGNORECASE)
_HEADERS_MOST: Final = 10


def read_auth(head: Head, relays: Collection[str], flags: Flags) -> tuple[AuthResult, ...]:
    """Return the results in their order; only the topmost of a named relay is trusted.

    The relay must strip such headers of strangers: one more under its name is flagged.
    """
    found: list[AuthResult] = []
    was_trusted = False
    for value in head.all("authentication-results")[:_HEADERS_MOST]:
        server, _, rest = raw_text(value, flags).partition(";")
        server = (_COMMENT.sub(" ", server).split() or [""])[0].lower()[:253]
        is_ours = server in relays
        if relays and (not is_ours or was_trusted):
            flags.add("auth_forged")
        found.append(
            AuthResult(server=server, is_trusted=is_ours and not was_trusted, results=_pairs(rest))
        )
        was_trusted = was_trusted or is_ours
    return tuple(found)


def is_verified(results: tuple[AuthResult, ...], sender: str) -> bool:
    """Tell whether a trusted result proves the domain of the sender, by DMARC or aligned DKIM."""
    domain = sender.rpartition("@")[2].lower()
    for one in results:
        if one.is_trusted and domain:
            return _proves(one.results, domain)
    return False


def _proves(pairs: tuple[tuple[str, str], ...], domain: str) -> bool:
    method, proved_from, dmarc = "", domain, ""
    dkim: list[tuple[str, str]] = []
    for name, value in pairs:
        if name in _METHODS:
            method = name
            if name == "dmarc":
                dmarc = value
            elif name == "dkim":
                dkim.append((value, ""))
        elif method == "dmarc" and name == "header.from":
            proved_from = value.rpartition("@")[2]
        elif method == "dkim" and dkim and name in ("header.d", "header.i"):
            dkim[-1] = (dkim[-1][0], value.rpartition("@")[2])
    if dmarc:
        return dmarc == "pass" and proved_from == domain
    return any(result == "pass" and signer == domain for result, signer in dkim)


_METHODS: Final = frozenset(("dmarc", "dkim", "spf", "arc", "auth", "iprev", "compauth"))


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    plain = _COMMENT.sub(" ", text[:4_000])
    return tuple((name.lower(), value.lower()) for name, value in _PAIR.findall(plain)[:40])
