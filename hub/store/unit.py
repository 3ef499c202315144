"""A unit of work: a generator that yields statements and events and is sent results.

One form serves both databases. The SQLite journal drives a unit in its writer thread inside a
SAVEPOINT of a group commit; the PostgreSQL journal drives it inside a transaction of its own.
A unit decides and writes; it never awaits, and raises `Refused` to roll itself back.

    def close(contact_id: str) -> Unit[None]:
        row = yield find_contact(id=contact_id)          # list of tuples
        changed = yield close_contact(id=contact_id)     # number of rows
        yield Append(ContactClosed(...))                 # to the log
"""

from collections.abc import Callable, Generator, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy.sql.expression import Executable

from hub.domain.events import Event

T = TypeVar("T")


class Prepared:
    """A Core statement, compiled once per dialect by the journal or reader that runs it.

    Values reach the driver as they are (str, int, float, bool, bytes, None): no type of the
    table layer runs on this path. Called with its bind values it gives a `Call`.
    """

    __slots__ = ("compiled", "core", "returns_rows")

    def __init__(self, core: Executable, *, returns_rows: bool | None = None) -> None:
        self.core = core
        self.returns_rows = _returns_rows(core) if returns_rows is None else returns_rows
        self.compiled: dict[str, Any] = {}
        """Per dialect name: whatever the driver of that dialect caches here."""

    def __call__(self, **values: Any) -> "Call":
        """Bind values by name."""
        return Call(self, values)


class Call(NamedTuple):
    """A statement with its values; yields rows (`list[tuple]`) or the number of rows changed."""

    prepared: Prepared
    values: dict[str, Any]


class Many(NamedTuple):
    """A statement that is run for each of many values and answers nothing."""

    prepared: Prepared
    rows: Sequence[dict[str, Any]]


def calls_of(op: Call | Many) -> list[Call]:
    """Return the calls that a watcher of the statement is told of."""
    return [op] if isinstance(op, Call) else [Call(op.prepared, row) for row in op.rows]


class Append(NamedTuple):
    """Put an event at the end of the log; `carried` stays in memory for this node's followers."""

    event: Event
    carried: object | None = None


Op = Call | Many | Append
Unit = Generator[Op, Any, T]
Together = Callable[[Sequence[Any]], Unit[Sequence[Any]]]


class Alike(Generic[T]):
    """One of many small units of a kind; a journal may run those that wait side by side as one.

    `together` is given their items and returns an outcome for each, in the same order: a result,
    or the exception of an item for which nothing was written. Should it raise, all is rolled back
    and each item is run alone: it must be safe to run again.
    """

    __slots__ = ("item", "together")

    def __init__(self, together: Together, item: object) -> None:
        self.together = together
        self.item = item

    def __call__(self) -> Unit[T]:
        """Make the unit of this item alone."""
        (outcome,) = yield from self.together((self.item,))
        if isinstance(outcome, Exception):
            raise outcome
        result: T = outcome
        return result


def _returns_rows(core: Executable) -> bool:
    if getattr(core, "is_select", False):
        return True
    return bool(getattr(core, "_returning", ()))
