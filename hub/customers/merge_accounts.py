"""The core knows nothing of our merges: an account stays the other number's there."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import bindparam, select, update

from hub.store.reader import Reader
from hub.store.rows import find, table_of
from hub.store.tables import Account, Customer
from hub.store.unit import Prepared, Unit

_KEYS_AT_ONCE: Final = 500
_a = table_of(Account).c
_name_holder = Prepared(
    update(table_of(Account))
    .where(_a.held_by.is_(None), _a.id.in_(bindparam("keys", expanding=True)))
    .values(held_by=bindparam("holder"))
)
_give_back = Prepared(
    update(table_of(Account))
    .where(_a.customer_id == bindparam("giver"), _a.held_by == bindparam("holder"))
    .values(customer_id=bindparam("taker"), held_by=None)
)
_holder = Prepared(select(_a.held_by).where(_a.id == bindparam("of"), _a.held_by.is_not(None)))


def name_holder(merged_id: str, account_ids: Sequence[Any]) -> Unit[None]:
    """Remember of accounts that went over whose they are in the core."""
    for at in range(0, len(account_ids), _KEYS_AT_ONCE):
        yield _name_holder(holder=merged_id, keys=account_ids[at : at + _KEYS_AT_ONCE])


def give_back_accounts(kept_id: str, merged_id: str) -> Unit[None]:
    """Undo it; an account that was opened in between goes where the core has it."""
    yield _give_back(giver=kept_id, holder=merged_id, taker=merged_id)


async def number_in_core(reader: Reader, customer_id: str, account_id: str | None) -> str:
    """Return the number under which the core knows the account's holder, or the Customer."""
    held = await reader.rows(_holder(of=account_id)) if account_id else []
    rows = await reader.rows(find(Customer, "number", id=held[0][0] if held else customer_id))
    return str(rows[0][0])
