"""`hub keys rotate-search`: the word index of customers anew under a new key, in chunks.

The index of what was said is emptied; the hub fills it again beside its work.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, func, select

from config.foundation import master_key
from config.maintenance import Told, opened
from config.settings import Settings
from hub.customers.profile import numbers_of, open_profile
from hub.customers.search.forms import findable
from hub.customers.search.index import index_customer
from hub.security.key_store import add_data_key, retire_data_key
from hub.security.keyring import DataKey, Purpose
from hub.security.lookup import LookupKey
from hub.security.search_key import tokens_of_key
from hub.security.vault import Vault
from hub.store.rows import remove, table_of
from hub.store.tables import Customer, SearchToken, WordIndex, WordOwner, WordToken
from hub.store.unit import Prepared, Unit

CUSTOMERS_AT_ONCE = 200
SLICES = 4_096
"""Old tokens are deleted in so many parts: some thousand rows each in a bank of a million."""
_c, _t, _w = (table_of(one).c for one in (Customer, SearchToken, WordToken))
_count = Prepared(select(func.count()).select_from(table_of(Customer)))
_page = Prepared(
    select(_c.id, _c.number, _c.profile_sealed, _c.merged_into)
    .where(_c.id > bindparam("after"))
    .order_by(_c.id)
    .limit(CUSTOMERS_AT_ONCE)
)
_forget = Prepared(
    delete(table_of(SearchToken)).where(
        _t.token >= bindparam("least"), _t.token < bindparam("below")
    )
)
_forget_said = Prepared(
    delete(table_of(WordToken)).where(_w.token >= bindparam("least"), _w.token < bindparam("below"))
)


async def index_anew(settings: Settings, told: Told) -> tuple[str, int]:
    """Make a new search key and index every customer under it; returns its id and the count."""
    async with opened(settings) as on:
        journal, ring, reader = on.store.journal, on.ring, on.store.reader
        master, at = master_key(settings, may_create=False), on.clock.now()
        older = [key for key in ring.all(Purpose.SEARCH) if not key.retired]
        key = await journal.run(add_data_key(ring, Purpose.SEARCH, master, at))
        ring.add(key)
        on.lookup.words.use_current_key()
        await journal.run(_forget_owners())
        whole = (await reader.heavy(_count()))[0][0]
        after, count = "", 0
        while rows := await reader.rows(_page(after=after)):
            await journal.run(_index(on.vault, on.lookup, rows))
            after, count = rows[-1][0], count + len(rows)
            told(count, whole)
        for old in older:
            await journal.run(retire_data_key(ring, old, at))
            await _forget_tokens(journal, old)
        return key.id, count


def _index(vault: Vault, lookup: LookupKey, rows: Sequence[tuple[Any, ...]]) -> Unit[None]:
    for customer_id, number, sealed, merged_into in rows:
        if merged_into is None:
            numbers = yield from numbers_of(customer_id, number)
            profile = open_profile(vault, sealed, customer_id)
            yield from index_customer(lookup.words, customer_id, findable(numbers, profile))


def _forget_owners() -> Unit[None]:
    """Begin the index of what was said anew; numbers of Contacts are given again, in order."""
    yield remove(WordIndex)
    yield remove(WordOwner)


async def _forget_tokens(journal: Any, key: DataKey) -> None:
    least, below = tokens_of_key(key.number)
    step = (below - least) // SLICES

    def part(begin: int) -> Unit[None]:
        yield _forget(least=begin, below=begin + step)
        yield _forget_said(least=begin, below=begin + step)

    for begin in range(least, below, step):
        await journal.run(part(begin))
