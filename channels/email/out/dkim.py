"""Signs what leaves, so that others can tell it from forgeries (RFC 6376, RFC 8463); pure.

Optional: most banks let their relay sign. Headers and body are made relaxed, which is what
survives relays; From, Subject and what else a reader believes is signed once more than it is
there, so that nobody can add a second one.
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from hub.domain.errors import Invalid

SIGNED: Final = (
    "from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references",
    "mime-version", "content-type", "content-transfer-encoding", "auto-submitted",
)  # fmt: skip
GUARDED: Final = ("from", "to", "cc", "subject", "date")
"""Signed as absent where they end: a second one would break the signature."""
RSA_BITS_LEAST: Final = 2048
LINE: Final = 72
_LABEL: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?")
_BLANKS: Final = re.compile(rb"[ \t]+")
_FOLD: Final = re.compile(rb"\r\n(?=[ \t])")

Key = Ed25519PrivateKey | RSAPrivateKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Dkim:
    """Who signs: the domain, the name of the key in its DNS, the key itself."""

    domain: str
    selector: str
    key: Key = field(repr=False)

    @property
    def algorithm(self) -> str:
        """Return the algorithm by its name in the header."""
        return "ed25519-sha256" if isinstance(self.key, Ed25519PrivateKey) else "rsa-sha256"


def dkim_from(domain: str, selector: str, pem: bytes, place: str) -> Dkim:
    """Return a signer; raise `Invalid` for what cannot sign, without quoting the key."""
    if not _LABEL.fullmatch(domain) or not _LABEL.fullmatch(selector):
        raise Invalid("bad_setting", f"{place}: domain and selector are names as DNS has them")
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise Invalid("bad_setting", f"{place}: no private key in PEM without a password") from None
    if isinstance(key, RSAPrivateKey) and key.key_size < RSA_BITS_LEAST:
        raise Invalid("bad_setting", f"{place}: an RSA key has {RSA_BITS_LEAST} bits or more")
    if not isinstance(key, Ed25519PrivateKey | RSAPrivateKey):
        raise Invalid("bad_setting", f"{place}: the key is RSA or Ed25519")
    return Dkim(domain=domain, selector=selector, key=key)


def signed(mail: bytes, signer: Dkim, at: float) -> bytes:
    """Return the mail with a signature in front; its lines end in CRLF."""
    head, _, body = mail.partition(b"\r\n\r\n")
    headers = _headers(head)
    names = _names(headers)
    told = (
        f"v=1; a={signer.algorithm}; c=relaxed/relaxed; d={signer.domain}; s={signer.selector};"
        f"\r\n t={int(at)}; h={_folded(names)};\r\n bh={body_hash(body)};\r\n b="
    )
    seal = signature(signer.key, headers, names, told.encode())
    lines = [seal[at : at + LINE] for at in range(0, len(seal), LINE)]
    return b"DKIM-Signature: " + told.encode() + "\r\n ".join(lines).encode() + b"\r\n" + mail


def body_hash(body: bytes) -> str:
    """Return the hash of a body with its blanks made one and its empty end cut off."""
    lines = [_BLANKS.sub(b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    plain = b"".join(line + b"\r\n" for line in lines)
    return base64.b64encode(hashlib.sha256(plain).digest()).decode()


def signature(
    key: Key, headers: Sequence[tuple[str, bytes]], names: Sequence[str], told: bytes
) -> str:
    """Sign these headers, each name taking the last not taken yet, and the signature's own."""
    left: dict[str, list[bytes]] = {}
    for name, value in headers:
        left.setdefault(name, []).append(value)
    parts = [
        f"{name}:".encode() + _relaxed(left[name].pop()) + b"\r\n"
        for name in names
        if left.get(name)
    ]
    data = b"".join(parts) + b"dkim-signature:" + _relaxed(told)
    if isinstance(key, Ed25519PrivateKey):
        return base64.b64encode(key.sign(hashlib.sha256(data).digest())).decode()
    return base64.b64encode(key.sign(data, PKCS1v15(), SHA256())).decode()


def _headers(head: bytes) -> list[tuple[str, bytes]]:
    found = []
    for line in _FOLD.sub(b"", head).split(b"\r\n"):
        name, _, value = line.partition(b":")
        found.append((name.strip().lower().decode("ascii", "replace"), value))
    return found


def _names(headers: Sequence[tuple[str, bytes]]) -> list[str]:
    there = [name for name, _ in headers if name in SIGNED]
    return [*there, *GUARDED]


def _folded(names: Sequence[str]) -> str:
    return ":".join(names).replace(":message-id", ":\r\n message-id", 1)


def _relaxed(value: bytes) -> bytes:
    return _BLANKS.sub(b" ", _FOLD.sub(b"", value)).strip(b" ")
