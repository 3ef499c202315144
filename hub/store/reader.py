"""Reading: rows by prepared statements, the log by position, models by session."""

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from hub.domain.events import Logged
from hub.store.unit import Call

Rows = list[tuple[Any, ...]]
Position = tuple[int, int]

START: Position = (0, 0)
"""The position before the first event."""


class Reader(Protocol):
    """Reads what has been committed; it can write nothing."""

    async def rows(self, call: Call) -> Rows:
        """Return the rows of a short statement: by key or by index, some hundred at most."""

    async def gather(self, calls: Sequence[Call]) -> list[Rows]:
        """Return the rows of several short statements, all of one moment."""

    async def heavy(self, call: Call) -> Rows:
        """Return the rows of a statement that may take long, such as a report."""

    def session(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a read-only session for SQLModel classes; they stay usable after it."""

    async def log_from(
        self,
        position: Position,
        limit: int = 1000,
        *,
        kinds: Collection[str] | None = None,
        aside: bool = False,
    ) -> list[Logged]:
        """Return the events after a position, in order; none is ever skipped.

        `kinds`: only events of these classes; most of the log is messages. `aside`: read and
        decode in a thread, for who reads much of the log.
        """

    async def events_of_contact(self, contact_id: str) -> list[Logged]:
        """Return a Contact's events in order, without `MessageAdded`: messages have rows."""

    async def head(self) -> Position:
        """Return the position of the newest event that followers may know."""

    async def close(self) -> None:
        """Close the connections."""
