"""Where the tables name a Customer, and what becomes of each place when two records become one.

Every such column is classed here; a test over the tables fails for one that is not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Table, bindparam, literal_column, select, update
from sqlmodel import SQLModel

from hub.store.unit import Prepared, Unit

MOVES: Final = frozenset({
    "account.customer_id",
    "address.customer_id",
    "bank_case.customer_id",
    "bank_order.customer_id",
    "card.customer_id",
    "consent.customer_id",
    "contact.customer_id",
    "conversation.customer_id",
    "customer.merged_into",
    "customer_link.customer_id",
    "customer_note.customer_id",
    "customer_number.customer_id",
    "customer_warning.customer_id",
    "party.customer_id",
    "party.holder_customer_id",
    "payment.customer_id",
    "payment_check.customer_id",
    "secure_message.customer_id",
    "standing_change.customer_id",
    "survey.customer_id",
    "task.customer_id",
    "verification.customer_id",
})  # fmt: skip
"""Rows that go over to the kept record. Where there can be one of its kind only, the kept record's
own stays and the other one lies under the shell; which *values* hold is said beside it."""
JOINED: Final = frozenset({"proof_lock.customer_id"})
"""One row of both, written by rules of its own (`hub.customers.merge`)."""
STAYS: Final[Mapping[str, str]] = {
    "account.held_by": "whose the account is in the core, which knows nothing of our merge",
    "bank_order.subject_id": "of an address order the number that the core was told",
    "core_sync.customer_id": "the core keeps both records, and each is read again for itself",
    "customer_merge.kept_id": "what was merged, for ever",
    "customer_merge.merged_id": "what was merged, for ever",
    "phone_pin.customer_id": "a PIN is bound to the record it was set for",
    "search_owner.customer_id": "the words of both records are indexed anew",
}
"""Columns that are left as they are, and why."""
_KEYS_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Place:
    """A column that names a Customer, whose rows go over."""

    table: Table
    column: Column[Any]

    @property
    def name(self) -> str:
        """The column as the undo remembers it."""
        return f"{self.table.name}.{self.column.name}"

    @property
    def is_key(self) -> bool:
        """Whether there can be one row of its kind per Customer only."""
        return self.column.primary_key

    @property
    def key(self) -> ColumnElement[Any]:
        """What tells a Customer's rows apart; a constant where there is one row at most."""
        rest = [one for one in self.table.primary_key.columns if one is not self.column]
        if len(rest) > 1:
            raise NotImplementedError(f"{self.name}: say how rows with several keys move")
        return rest[0] if rest else literal_column("1")


@cache
def places() -> tuple[Place, ...]:
    """Return the columns whose rows go over, in the order of the tables."""
    return tuple(
        Place(table, column)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if f"{table.name}.{column.name}" in MOVES
    )


def move(place: Place, merged_id: str, kept_id: str) -> Unit[list[Any]]:
    """Hand the rows of one record to the other; returns the keys of those that went."""
    keys = [row[0] for row in (yield _keys(place)(of=merged_id))]
    if place.is_key and keys:
        # What the kept record has of its own stays, and so does this one: under the shell.
        there = {row[0] for row in (yield _keys(place)(of=kept_id))}
        keys = [key for key in keys if key not in there]
    yield from give(place, keys, merged_id, kept_id)
    return keys


def give(place: Place, keys: Sequence[Any], giver: str, taker: str) -> Unit[None]:
    """Write the taker into the giver's rows with these keys."""
    for at in range(0, len(keys), _KEYS_AT_ONCE):
        yield _hand_over(place)(giver=giver, taker=taker, keys=keys[at : at + _KEYS_AT_ONCE])


@cache
def _keys(place: Place) -> Prepared:
    return Prepared(select(place.key).where(place.column == bindparam("of")).order_by(place.key))


@cache
def _hand_over(place: Place) -> Prepared:
    return Prepared(
        update(place.table)
        .where(
            place.column == bindparam("giver"),
            place.key.in_(bindparam("keys", expanding=True)),
        )
        .values({place.column.name: bindparam("taker")})
    )
