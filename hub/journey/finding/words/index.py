"""Keeping the word index of closed Contacts, behind the talks and never in their way.

A Contact is indexed once, after its end, when all that was said in it is there: a talk itself
pays nothing. What was closed but is not indexed yet is found by reading it (`closed.py`).
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import bindparam, exists, func, insert, select

from hub.domain.events import ContactClosed, Logged
from hub.domain.states import ContactState
from hub.journey.context import Hub
from hub.journey.finding.words.forms import forms_of
from hub.journey.messages import message_columns, open_message
from hub.store.rows import find, table_of
from hub.store.tables import Contact, Message, WordIndex, WordOwner, WordToken
from hub.store.unit import Many, Prepared, Unit
from hub.store.upsert import upsert
from hub.store.wake import Wake

NAME: Final = "messages"
OVERLAP_SECONDS: Final = 60.0
"""So much later than its time a closing may be committed, by another node."""
AT_ONCE: Final = 10
PAUSE_SECONDS: Final = 0.02
"""Between two batches: what waits for the writer goes first."""
ROUND_SECONDS: Final = 60.0
_c, _m = table_of(Contact).c, table_of(Message).c
_owner, _token, _index = (table_of(one) for one in (WordOwner, WordToken, WordIndex))
is_indexed = exists().where(_owner.c.contact_id == _c.id)
_unindexed = Prepared(
    select(_c.id, _c.conversation_id, _c.closed_at)
    .where(_c.state == ContactState.CLOSED.value, _c.closed_at >= bindparam("since"))
    .where(~is_indexed)
    .order_by(_c.closed_at)
    .limit(AT_ONCE)
)
_said = Prepared(
    select(*message_columns)
    .where(_m.conversation_id == bindparam("thread"), _m.contact_id == bindparam("of"))
    .order_by(_m.seq)
)
_own = Prepared(
    upsert(_owner).values(contact_id=bindparam("of")).on_conflict_do_nothing().returning(_owner.c.n)
)
_remember = Prepared(insert(_token).values(token=bindparam("t"), owner=bindparam("of")))
_fresh = upsert(_index).values(name=NAME, closed_until_at=bindparam("at"))
_reached = Prepared(
    _fresh.on_conflict_do_update(
        index_elements=["name"],
        set_={"closed_until_at": _fresh.excluded.closed_until_at},
        where=_index.c.closed_until_at < _fresh.excluded.closed_until_at,
    )
)
_behind = Prepared(
    select(func.count())
    .select_from(table_of(Contact))
    .where(_c.state == ContactState.CLOSED.value, _c.closed_at >= bindparam("since"))
    .where(~is_indexed)
)


class WordKeeper:
    """Indexes what is closed; what it misses in a crash, its next round finds."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._wake = Wake(hub.clock)

    def follow(self, batch: Sequence[Logged]) -> None:
        """Take the events of a commit."""
        if any(isinstance(logged.event, ContactClosed) for logged in batch):
            self._wake.ring()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            while await self.index_some():
                await self._hub.clock.sleep(PAUSE_SECONDS)
            await self._wake.sleep(ROUND_SECONDS)

    async def index_some(self) -> int:
        """Index the next few, the oldest first; returns how many there were."""
        hub = self._hub
        since = await begins_at(hub)
        rows = await hub.reader.heavy(_unindexed(since=since))
        if not rows:
            return 0
        cut = [(row[0], await self._tokens(*row[:2])) for row in rows]
        await hub.journal.run(lambda: _index_unit(cut, rows[-1][2]))
        return len(rows)

    async def _tokens(self, contact_id: str, conversation_id: str) -> list[int]:
        hub = self._hub
        said = await hub.reader.heavy(_said(thread=conversation_id, of=contact_id))
        return await asyncio.to_thread(_cut, hub, said)


async def begins_at(hub: Hub) -> float:
    """Return from which closing on there may be Contacts that are not in the index."""
    rows = await hub.reader.rows(find(WordIndex, "closed_until_at", name=NAME))
    return rows[0][0] - OVERLAP_SECONDS if rows else 0.0


async def contacts_behind(hub: Hub) -> int:
    """Return how many closed Contacts wait to be indexed."""
    rows = await hub.reader.heavy(_behind(since=await begins_at(hub)))
    return int(rows[0][0])


def _cut(hub: Hub, said: Sequence[Sequence[Any]]) -> list[int]:
    """Open and hash in a thread: a long letter takes longer than a talk may wait."""
    texts = (str(open_message(hub, row).body.get("text", "")) for row in said)
    return sorted(hub.lookup.words.of(forms_of(texts)))


def _index_unit(cut: Sequence[tuple[str, list[int]]], closed_at: float) -> Unit[None]:
    for contact_id, tokens in cut:
        made = yield _own(of=contact_id)
        if made and tokens:  # else another node was first
            yield Many(_remember, [{"t": token, "of": made[0][0]} for token in tokens])
    yield _reached(at=closed_at)
