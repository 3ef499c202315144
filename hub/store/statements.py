"""From a `Prepared` statement to what a driver takes: SQL text and positional values.

Compiling a statement takes SQLAlchemy about 100 us, binding its values takes us less than one:
so each statement is compiled once per dialect, and kept on the `Prepared` itself.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import BindParameter, Insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import Executable

from hub.store.unit import Prepared

Values = Mapping[str, Any]
Pick = Callable[[Values], Sequence[Any]]
Spread = tuple[str, list[tuple[str, int | None]]]
"""SQL for lists of certain sizes, and where each of its parameters comes from."""
SPREADS_KEPT = 200


class _SqliteCompiler(SQLiteCompiler):
    """Writes a statement's own words out, such as `state = 'pending'`.

    SQLite plans without looking at parameters: behind a `?` it would not see that a partial index
    answers, and read the whole table. PostgreSQL looks at them.
    """

    def visit_bindparam(self, bindparam: BindParameter[Any], *args: Any, **kw: Any) -> Any:
        is_word = not bindparam.required and not bindparam.expanding
        if is_word and isinstance(bindparam.value, str):
            kw["literal_binds"] = True
        return super().visit_bindparam(bindparam, *args, **kw)  # type: ignore[no-untyped-call]


SQLITE: Dialect = sqlite.dialect(paramstyle="qmark")
SQLITE.statement_compiler = _SqliteCompiler
POSTGRES: Dialect = asyncpg.dialect()  # type: ignore[no-untyped-call]


class Statement:
    """A statement compiled for one dialect."""

    __slots__ = (
        "_compiled", "_count", "_defaults", "_lists", "_names", "_pick", "_spreads",
        "returns_rows", "sql", "writes",
    )  # fmt: skip

    def __init__(self, prepared: Prepared, dialect: Dialect) -> None:
        compiled = prepared.core.compile(dialect=dialect)  # type: ignore[attr-defined]
        self.sql: str = compiled.string
        self.returns_rows = prepared.returns_rows
        self.writes = not getattr(prepared.core, "is_select", False)
        names = list(compiled.positiontup or ())
        self._names = frozenset(names)
        self._count = len(self._names)
        self._defaults = _defaults(prepared.core, compiled, self._names)
        self._pick = _picker(names)
        self._compiled = compiled
        self._lists = tuple(n for n in names if compiled.binds[n].expanding)
        self._spreads: dict[tuple[int, ...], Spread] = {}

    def bind(self, values: Values) -> tuple[str, Sequence[Any]]:
        """Return SQL and positional values; a value that is not given takes its default.

        Raises `TypeError` for a value that is missing, or that the statement does not know.
        """
        if len(values) != self._count:
            values = {**self._defaults, **values}
            if len(values) > self._count:
                raise TypeError(f"{sorted(values.keys() - self._names)} unknown: {self.sql}")
        try:
            picked = self._pick(values)
        except KeyError as missing:
            raise TypeError(f"{sorted(values)} lacks {missing}: {self.sql}") from None
        return self._spread_out(values) if self._lists else (self.sql, picked)

    def _spread_out(self, values: Values) -> tuple[str, Sequence[Any]]:
        """Bind a statement with lists."""
        values = {**values, **{name: _padded(values[name]) for name in self._lists}}
        sizes = tuple([len(values[name]) for name in self._lists])
        sql, places = self._spreads.get(sizes) or self._spread(sizes, values)
        return sql, [
            values[name] if index is None else values[name][index] for name, index in places
        ]

    def _spread(self, sizes: tuple[int, ...], values: Values) -> "Spread":
        """Write out lists of these sizes: each becomes as many parameters as it has members."""
        state = self._compiled.construct_expanded_state(dict(values))
        members: dict[str, tuple[str, int | None]] = {
            member: (name, index)
            for name, spread in state.parameter_expansion.items()
            for index, member in enumerate(spread)
        }
        places = [members.get(name, (name, None)) for name in state.positiontup or ()]
        if len(self._spreads) == SPREADS_KEPT:
            self._spreads.clear()
        found = self._spreads[sizes] = (state.statement, places)
        return found


def statement(prepared: Prepared, dialect: Dialect) -> Statement:
    """Return the compiled form, compiling it at the first use."""
    found = prepared.compiled.get(dialect.name)
    if found is None:
        found = prepared.compiled[dialect.name] = Statement(prepared, dialect)
    return found


def _defaults(core: Executable, compiled: SQLCompiler, names: frozenset[str]) -> dict[str, Any]:
    """Literals of the statement, and for an INSERT what its table says of left-out columns."""
    literals = {n: compiled.binds[n] for n in names}
    found = {n: bind.effective_value for n, bind in literals.items() if not bind.required}
    if isinstance(core, Insert):
        for column in core.table.columns:
            given = found.get(column.name) is not None
            if column.name in names and not given and _can_be_left_out(column):
                found[column.name] = getattr(column.default, "arg", None)
    return found


def _can_be_left_out(column: Any) -> bool:
    return column.nullable or (column.default is not None and column.default.is_scalar)


def _padded(members: Collection[Any]) -> Sequence[Any]:
    """Repeat the last member up to a power of two: IN does not mind, and few sizes are compiled."""
    padded = list(members)
    size = len(padded)
    padded += padded[-1:] * ((1 << (size - 1).bit_length()) - size)
    return padded


def _picker(names: list[str]) -> Pick:
    if not names:
        return lambda values: ()
    if len(names) == 1:
        only = names[0]
        return lambda values: (values[only],)
    return itemgetter(*names)
