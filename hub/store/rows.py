"""Ready-made statements on one row of one table, compiled once per set of columns."""

from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlmodel import SQLModel

from hub.store.unit import Call, Prepared


def table_of(model: type[SQLModel]) -> Table:
    """The Core table of a record, for statements that these helpers do not cover."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def put(model: type[SQLModel], **values: Any) -> Call:
    """Insert one row; columns that are not named take the model's default."""
    prepared, defaults = _insert(model)
    return prepared(**(defaults | values))


def change(model: type[SQLModel], row_id: str, **values: Any) -> Call:
    """Update the row with this `id`; answers the number of rows changed (0 or 1)."""
    return _change(model, tuple(values), ())(id=row_id, **values)


def change_if(model: type[SQLModel], row_id: str, expected: dict[str, Any], **values: Any) -> Call:
    """Update the row only while its columns still hold what is expected: a claim."""
    wanted = {f"was_{name}": value for name, value in expected.items()}
    return _change(model, tuple(values), tuple(expected))(id=row_id, **values, **wanted)


def find(model: type[SQLModel], *columns: str, lock: bool = False, **where: Any) -> Call:
    """Select columns of the rows that equal `where`; `lock` holds them to the end of the unit."""
    return _find(model, columns, tuple(where), lock=lock)(**where)


def remove(model: type[SQLModel], **where: Any) -> Call:
    """Delete the rows that equal `where`; answers how many there were."""
    return _remove(model, tuple(where))(**where)


@cache
def _insert(model: type[SQLModel]) -> tuple[Prepared, dict[str, Any]]:
    table = table_of(model)
    names = [c.name for c in table.columns if c.autoincrement is not True]
    defaults = {
        name: field.default if not field.is_required() else None
        for name, field in model.model_fields.items()
        if name in names
    }
    return Prepared(insert(table).values({n: bindparam(n) for n in names})), defaults


@cache
def _change(model: type[SQLModel], columns: tuple[str, ...], expected: tuple[str, ...]) -> Prepared:
    table = table_of(model)
    guards = [table.c[name] == bindparam(f"was_{name}") for name in expected]
    statement = update(table).where(table.c.id == bindparam("id"), *guards)
    return Prepared(statement.values({n: bindparam(n) for n in columns}))


@cache
def _find(
    model: type[SQLModel], columns: tuple[str, ...], where: tuple[str, ...], *, lock: bool
) -> Prepared:
    table = table_of(model)
    statement = select(*(table.c[n] for n in columns))
    statement = statement.where(*(table.c[n] == bindparam(n) for n in where))
    return Prepared(statement.with_for_update() if lock else statement)


@cache
def _remove(model: type[SQLModel], where: tuple[str, ...]) -> Prepared:
    table = table_of(model)
    return Prepared(delete(table).where(*(table.c[n] == bindparam(n) for n in where)))
