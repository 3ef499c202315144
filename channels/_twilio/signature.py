"""Whether a request is Twilio's: `X-Twilio-Signature` over the address it called and the form.

Signed is the full URL, and for forms each name and value after it, names sorted, values of one name
sorted and once each. Any other body is bound by its hash in the query (`bodySHA256`), which the
official validator does not insist on; we do. A request that names a shared key and HMAC-SHA256 in
`X-Twilio-Webhooks-Signature-Settings` is signed with that key instead of the account's token.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, parse_qs, urlsplit

SIGNATURE: Final = "X-Twilio-Signature"
SETTINGS: Final = "X-Twilio-Webhooks-Signature-Settings"
SHA1: Final = "HMAC_SHA1"
SHA256: Final = "HMAC_SHA256"
BODY_HASH: Final = "bodySHA256"
PORTS: Final = {"https": 443, "http": 80}

Form = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What a request may be signed with."""

    tokens: tuple[str, ...] = field(repr=False)
    """The account's token; during a rotation the one before too."""
    shared_keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Secret by the identifier that the settings header names."""


def signature_of(secret: str, url: str, form: Form = (), algorithm: str = SHA1) -> str:
    """Return the signature of a request; `form` is empty for a body that is no form."""
    values: dict[str, set[str]] = {}
    for name, value in form:
        values.setdefault(name, set()).add(value)
    said = url + "".join(name + one for name in sorted(values) for one in sorted(values[name]))
    digest = hashlib.sha256 if algorithm == SHA256 else hashlib.sha1
    mac = hmac.digest(secret.encode(), said.encode("utf-8", "surrogatepass"), digest)
    return base64.b64encode(mac).decode()


def holds(
    secrets: Secrets,
    url: str,
    signature: str,
    *,
    form: Form | None,
    body: bytes = b"",
    settings: str = "",
) -> bool:
    """Tell whether the request is Twilio's, in a time that does not depend on the signature.

    `url` is the address as Twilio called it, which we know from our own settings and never from the
    request; `form` is None when the body is none; `settings` is the settings header.
    """
    algorithm, key = _named(settings)
    if algorithm == SHA1:
        candidates = secrets.tokens
    elif algorithm == SHA256 and key in secrets.shared_keys:
        candidates = (secrets.shared_keys[key],)
    else:
        candidates = ()
    given = signature.encode("utf-8", "surrogatepass")
    is_signed = False
    for secret in candidates:
        for spelling in _spellings(url):
            wanted = signature_of(secret, spelling, form or (), algorithm).encode()
            is_signed |= hmac.compare_digest(wanted, given)
    return is_signed & (form is not None or _binds(url, body))


def _binds(url: str, body: bytes) -> bool:
    hashes = parse_qs(urlsplit(url).query).get(BODY_HASH, [])
    wanted = hashlib.sha256(body).hexdigest().encode()
    given = hashes[0].encode("utf-8", "surrogatepass") if len(hashes) == 1 else b""
    return hmac.compare_digest(wanted, given)


def _named(settings: str) -> tuple[str, str]:
    """Return algorithm and key of the settings header; without one it is the account's token."""
    parts = (part.partition("=") for part in settings.split(","))
    said = {name.strip(): value.strip() for name, _, value in parts}
    return (said.get("algorithm") or SHA1).upper(), said.get("key", "")


def _spellings(url: str) -> Iterator[str]:
    """Twilio signs some URLs with their port and some without: both are the same address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return
    bare = parts.netloc.removesuffix(f":{port}") if port else parts.netloc
    port = port or PORTS.get(parts.scheme)
    yield _at(parts, bare, url)
    yield _at(parts, f"{bare}:{port}", url)


def _at(parts: SplitResult, netloc: str, url: str) -> str:
    # Only the host's part is exchanged: putting the URL together anew would change its spelling.
    head, _, tail = url.partition(parts.netloc)
    return head + netloc + tail
