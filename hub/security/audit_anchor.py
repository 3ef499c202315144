"""The daily anchor: the end of a node's chain, signed, to be kept outside the database.

Signed with Ed25519, so that an auditor checks it with the public key alone and cannot forge it.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import bindparam, insert, select

from hub.store import tables
from hub.store.unit import Prepared, Unit

_A = tables.AuditAnchor.__table__  # type: ignore[attr-defined]
_E = tables.AuditEntry.__table__  # type: ignore[attr-defined]
_last = Prepared(
    select(_E.c.n, _E.c.hash)
    .where(_E.c.node == bindparam("of_node"))
    .order_by(_E.c.n.desc())
    .limit(1)
)
_of_day = Prepared(
    select(_A.c.n).where(_A.c.node == bindparam("of_node"), _A.c.day == bindparam("of_day"))
)
_add = Prepared(insert(_A))

anchors_of_node = Prepared(
    select(_A.c.node, _A.c.day, _A.c.n, _A.c.hash, _A.c.signature)
    .where(_A.c.node == bindparam("of_node"))
    .order_by(_A.c.day)
)


class Anchor(NamedTuple):
    """A signed statement: at the end of `day` (UTC) entry `n` of `node` had this hash."""

    node: str
    day: str
    n: int
    hash: str
    signature: str

    def said(self) -> bytes:
        """Return what is signed."""
        return f"hub audit anchor\n{self.node}\n{self.day}\n{self.n}\n{self.hash}".encode()


def signing_key(audit_key: bytes) -> Ed25519PrivateKey:
    """Return the signing key, derived from the audit key so that there is one less to keep."""
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"audit anchor").derive(audit_key)
    return Ed25519PrivateKey.from_private_bytes(seed)


def set_anchor(key: bytes, node: str, *, at: float) -> Unit[Anchor | None]:
    """Sign the chain as it stands now, once per UTC day; None if there is nothing new to sign."""
    day = datetime.fromtimestamp(at, UTC).date().isoformat()
    known = yield _of_day(of_node=node, of_day=day)
    last = yield _last(of_node=node)
    if known or not last:
        return None
    unsigned = Anchor(node, day, last[0][0], last[0][1], "")
    anchor = unsigned._replace(signature=signing_key(key).sign(unsigned.said()).hex())
    yield _add(**anchor._asdict())
    return anchor


def trusted_hashes(anchors: Iterable[Anchor], public: Ed25519PublicKey) -> dict[int, str]:
    """Return hash by number for `audit.verify`; raise `ValueError` for a forged anchor."""
    trusted = {}
    for anchor in anchors:
        try:
            public.verify(bytes.fromhex(anchor.signature), anchor.said())
        except InvalidSignature:
            raise ValueError(f"the anchor of {anchor.node} on {anchor.day} is forged") from None
        trusted[anchor.n] = anchor.hash
    return trusted
