"""The audit trail: one chain of entries per node, each bound to the one before by a keyed hash.

Whoever changes, cuts out, adds or reorders entries without the key breaks the chain; whoever cuts
its tail off contradicts the anchor that was signed and exported that day (`audit_anchor`).
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from sqlalchemy import bindparam, insert, select

from hub.security.redaction import redact_cards
from hub.store import tables
from hub.store.unit import Prepared, Unit

BEFORE_THE_FIRST: Final = "0" * 64

_E = tables.AuditEntry.__table__  # type: ignore[attr-defined]
_mine = _E.c.node == bindparam("of_node")
# On PostgreSQL the units of a node run side by side: the first entry is what they queue up at.
_queue_up = Prepared(select(_E.c.n).where(_mine, _E.c.n == 1).with_for_update())
_last = Prepared(select(_E.c.n, _E.c.hash).where(_mine).order_by(_E.c.n.desc()).limit(1))
_add = Prepared(insert(_E))

entries_of_node = Prepared(
    select(
        _E.c.node, _E.c.n, _E.c.at, _E.c.actor, _E.c.action, _E.c.subject, _E.c.reason,
        _E.c.details, _E.c.hash,
    )
    .where(_mine, _E.c.n > bindparam("after_n"))
    .order_by(_E.c.n)
    .limit(bindparam("most"))
)  # fmt: skip
"""Rows for `verify`, a chunk at a time: `of_node`, `after_n`, `most`."""


class Entry(NamedTuple):
    """A row of the chain."""

    node: str
    n: int
    at: float
    actor: str
    action: str
    subject: str
    reason: str
    details: str
    hash: str


class Verdict(NamedTuple):
    """What `verify` found. `fault` is None, changed, missing, inserted or tail_cut."""

    entries: int
    """How many hold, from the first on."""
    last_hash: str
    fault: str | None = None
    at_n: int | None = None
    """Number of the first entry that does not hold."""

    @property
    def holds(self) -> bool:
        """Whether the whole chain is as it was written."""
        return self.fault is None


def record(
    key: bytes,
    node: str,
    *,
    at: float,
    actor: str,
    action: str,
    subject: str,
    reason: str = "",
    details: Mapping[str, object] | None = None,
) -> Unit[int]:
    """Add an entry in the unit that does the deed, and return its number.

        yield from audit.record(key, node, at=now, actor=user_id, action="field_revealed", ...)

    `actor` and `subject` are identifiers. What a person typed belongs in `reason`, where card
    numbers are taken out; `details` names fields and counts, never their contents.
    """
    yield _queue_up(of_node=node)
    rows = yield _last(of_node=node)
    n, former = rows[0] if rows else (0, BEFORE_THE_FIRST)
    text = json.dumps(details or {}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    entry = Entry(node, n + 1, at, actor, action, subject, redact_cards(reason)[0], text, "")
    yield _add(**entry._replace(hash=link(key, former, entry))._asdict())
    return entry.n


def link(key: bytes, former_hash: str, entry: Entry) -> str:
    """Return the entry's hash: HMAC-SHA256 of the hash before it and its own fields, as hex."""
    fields = entry[:-1]
    said = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return hmac.digest(key, former_hash.encode() + said, hashlib.sha256).hex()


def verify(
    rows: Iterable[tuple[object, ...]],
    key: bytes,
    *,
    anchors: Mapping[int, str] | None = None,
    after: Verdict | None = None,
) -> Verdict:
    """Check entries of one node in the order of `n`; `after` goes on from an earlier chunk.

    `anchors` are hashes by number, from anchors whose signature was checked: they find a chain
    that was written anew with the key. Whether the tail is there, `check_tail` says at the end.
    """
    done, former = (after.entries, after.last_hash) if after else (0, BEFORE_THE_FIRST)
    for row in rows:
        entry = Entry(*row)  # type: ignore[arg-type]
        if entry.n != done + 1:
            fault = "missing" if entry.n > done + 1 else "inserted"
            return Verdict(done, former, fault, done + 1)
        expected = link(key, former, entry)
        anchored = (anchors or {}).get(entry.n, expected)
        if not hmac.compare_digest(expected, entry.hash) or anchored != expected:
            return Verdict(done, former, "changed", entry.n)
        done, former = entry.n, expected
    return Verdict(done, former)


def check_tail(verdict: Verdict, anchors: Mapping[int, str]) -> Verdict:
    """Return the verdict, or `tail_cut` when an anchor knows of entries that are gone."""
    newest = max(anchors, default=0)
    if verdict.holds and newest > verdict.entries:
        return verdict._replace(fault="tail_cut", at_n=verdict.entries + 1)
    return verdict
