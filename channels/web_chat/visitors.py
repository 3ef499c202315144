"""What a browser proves itself with when it comes back: a rotating token, stored as a hash.

Token: `<visitor id>.<256 random bits>`. A hello answers with a fresh one; the one before stays
good until a fresh one is used, because a welcome can get lost on the way. A guest keeps a token
that is young and the only good one: then nothing changes, and nothing is written.
"""

import hmac
import json
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, delete, select

from channels.web_chat.settings import CHANNEL
from hub.journey.context import Hub
from hub.security.tokens import new_token, token_hash
from hub.store.reader import Rows
from hub.store.rows import find, remove, table_of
from hub.store.tables import ChannelState
from hub.store.unit import Prepared, Unit
from hub.store.upsert import upsert

OFFERED_MOST = 4
"""Fresh tokens that may be on their way at once: several tabs, lost welcomes."""
YOUNG_SECONDS = 3600.0
"""Age up to which a guest's token is kept. A signed-in page gets a fresh one at every hello."""
PRUNE_ROWS = 500

_table = table_of(ChannelState)
_new = upsert(_table).values({c.name: bindparam(c.name) for c in _table.columns})
_save = Prepared(
    _new.on_conflict_do_update(
        index_elements=["channel", "key"],
        set_={"value_sealed": _new.excluded.value_sealed, "expires_at": _new.excluded.expires_at},
    )
)
_COLUMNS = (ChannelState, "value_sealed", "expires_at")
_due = (
    select(_table.c.key)
    .where(_table.c.channel == bindparam("of"), _table.c.expires_at < bindparam("now"))
    .limit(PRUNE_ROWS)
)
_prune = Prepared(delete(_table).where(_table.c.channel == bindparam("of"), _table.c.key.in_(_due)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A browser we know again."""

    id: str
    widget: str
    address: str
    """The Address whose Conversation it may read."""
    customer_id: str | None = None
    """Set when the bank's page signed this browser in."""
    current: str = ""
    """Hash of the token that was used last."""
    offered: tuple[str, ...] = ()
    """Hashes of tokens that were sent since."""
    issued_at: float = 0.0
    """When the newest of them was made."""


def recognise(visitor: Visitor, token: str) -> Visitor | None:
    """Return the visitor after this token was used; None for a token that is not theirs."""
    used = token_hash(token)
    if visitor.current and hmac.compare_digest(visitor.current, used):
        return visitor
    if any(hmac.compare_digest(known, used) for known in visitor.offered):
        return replace(visitor, current=used, offered=())
    return None


def keeps(visitor: Visitor, token: str, now: float) -> bool:
    """Tell whether a guest goes on with this token, the only good one, not with a fresh one."""
    is_only = {visitor.current, *visitor.offered} - {""} == {token_hash(token)}
    return visitor.customer_id is None and is_only and now - visitor.issued_at < YOUNG_SECONDS


def offer_token(visitor: Visitor, now: float) -> tuple[Visitor, str]:
    """Return the visitor with one more good token, and that token."""
    token = f"{visitor.id}.{new_token()}"
    offered = (*visitor.offered, token_hash(token))[-OFFERED_MOST:]
    return replace(visitor, offered=offered, issued_at=now), token


async def read_visitor(hub: Hub, token: str) -> Visitor | None:
    """Read whom a token speaks of; the token itself is not yet checked."""
    key = _key(token.partition(".")[0])
    return _opened(hub, key, await hub.reader.rows(find(*_COLUMNS, channel=CHANNEL, key=key)))


def load_visitor(hub: Hub, token: str) -> Unit[Visitor | None]:
    """Do what `read_visitor` does in a unit, and hold the row."""
    key = _key(token.partition(".")[0])
    rows = yield find(*_COLUMNS, lock=True, channel=CHANNEL, key=key)
    return _opened(hub, key, rows)


def _opened(hub: Hub, key: str, rows: Rows) -> Visitor | None:
    if not rows or rows[0][1] <= hub.clock.now():
        return None
    kept: dict[str, Any] = hub.vault.open_json(
        rows[0][0], "channel_state", "value", f"{CHANNEL}/{key}"
    )
    return Visitor(**{**kept, "offered": tuple(kept["offered"])})


def save_visitor(hub: Hub, visitor: Visitor, expires_at: float) -> Unit[None]:
    """Store the visitor, replacing what was there."""
    key = _key(visitor.id)
    kept = {name: getattr(visitor, name) for name in Visitor.__slots__}
    sealed = hub.vault.seal(json.dumps(kept), "channel_state", "value", f"{CHANNEL}/{key}")
    yield _save(channel=CHANNEL, key=key, value_sealed=sealed, expires_at=expires_at)


def forget_visitor(visitor_id: str) -> Unit[None]:
    """Make all tokens of the browser worthless."""
    yield remove(ChannelState, channel=CHANNEL, key=_key(visitor_id))


def prune_visitors(now: float) -> Unit[int]:
    """Delete some of those whose time is over; returns how many."""
    count: int = yield _prune(of=CHANNEL, now=now)
    return count


def _key(visitor_id: str) -> str:
    return f"visitor:{visitor_id}"
