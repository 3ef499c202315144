"""Key rotation while the hub runs: chunk by chunk, each a short unit, resumable at any point.

    ring.add(key := journal.run(add_data_key(ring, Purpose.SEAL, master, at)))
    vault.use_current_key()                       # new values take the new key at once
    for sealed in sealed_columns():
        step = Step(after=None, resealed=0)
        while step := journal.run(reseal_chunk(vault, sealed, step.after)): ...

A killed rotation is begun again from the start: what is done is passed over by its first bytes.
"""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import LargeBinary, bindparam, func, select, tuple_, update

from hub.domain.errors import Refused
from hub.security.keyring import DataKey
from hub.security.sealed_columns import SealedColumn, row_id, sealed_columns
from hub.security.vault import HEADER_BYTES, Vault, header_of
from hub.store.unit import Prepared, Unit

CHUNK_ROWS = 500
"""About 20 ms of the writer: live messages wait no longer than that."""


class Step(NamedTuple):
    """`after` is the last key of the chunk, to go on from; `resealed` counts its rows."""

    after: tuple[Any, ...]
    resealed: int


class _Statements(NamedTuple):
    first: Prepared
    next: Prepared
    write: Prepared
    holds: Prepared


def reseal_chunk(
    vault: Vault,
    sealed: SealedColumn,
    after: tuple[Any, ...] | None,
    *,
    limit: int = CHUNK_ROWS,
) -> Unit[Step | None]:
    """Seal the next rows of a column under the current key; None when none is left.

    A row changed meanwhile is left as it is: its writer used the current key already.
    """
    statements = _statements(sealed)
    if after is None:
        rows = yield statements.first(header=vault.header, most=limit)
    else:
        start = {f"after_{name}": v for name, v in zip(sealed.key_columns, after, strict=True)}
        rows = yield statements.next(header=vault.header, most=limit, **start)
    keys = len(sealed.key_columns)
    resealed = 0
    for row in rows:
        place = (sealed.table.name, sealed.name, row_id(*row[keys:-1]))
        was = bytes(row[-1])
        new = vault.seal_bytes(vault.open_bytes(was, *place), *place)
        key = {f"key_{name}": v for name, v in zip(sealed.key_columns, row[:keys], strict=True)}
        resealed += yield statements.write(was=was, new_sealed=new, **key)
    return Step(tuple(rows[-1][:keys]), resealed) if rows else None


def refuse_if_held(key: DataKey) -> Unit[None]:
    """Raise `Refused` while any value is sealed under the key; run before retiring it."""
    for sealed in sealed_columns():
        if (yield _statements(sealed).holds(header=header_of(key))):
            place = f"{sealed.table.name}.{sealed.column}"
            raise Refused("key_in_use", f"{place} still holds values of {key.id}; rotate first")


@cache
def _statements(sealed: SealedColumn) -> _Statements:
    table, column = sealed.table, sealed.table.c[sealed.column]
    keys = [table.c[name] for name in sealed.key_columns]
    shown = [*keys, *(table.c[name] for name in sealed.row_columns), column]
    start = func.substr(column, 1, HEADER_BYTES, type_=LargeBinary)
    due = (
        select(*shown)
        .where(column.is_not(None), start != bindparam("header", type_=LargeBinary))
        .order_by(*keys)
        .limit(bindparam("most"))
    )
    after = tuple_(*(bindparam(f"after_{key.name}", type_=key.type) for key in keys))
    write = (
        update(table)
        .where(*(key == bindparam(f"key_{key.name}") for key in keys), column == bindparam("was"))
        .values({column: bindparam("new_sealed")})
    )
    held = select(keys[0]).where(start == bindparam("header", type_=LargeBinary)).limit(1)
    return _Statements(
        first=Prepared(due),
        next=Prepared(due.where(tuple_(*keys) > after)),
        write=Prepared(write),
        holds=Prepared(held),
    )
