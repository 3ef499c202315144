"""Read-only SQLModel sessions, on an engine that is made at the first use."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession


class Sessions:
    """Gives sessions whose models stay usable after the session is closed."""

    def __init__(self, url: str, on_connect: Sequence[str], **options: Any) -> None:
        self._url = url
        self._on_connect = on_connect
        self._options = options
        self._engine: AsyncEngine | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[AsyncSession]:
        """Open a session; a write in it fails in the database."""
        if self._engine is None:
            self._engine = self._make()
        sessions = async_sessionmaker(self._engine, class_=AsyncSession, expire_on_commit=False)
        async with sessions() as session:
            yield session

    async def close(self) -> None:
        """Close the engine's connections."""
        if self._engine is not None:
            await self._engine.dispose()

    def _make(self) -> AsyncEngine:
        engine = create_async_engine(self._url, **self._options)

        @event.listens_for(engine.sync_engine, "connect")
        def prepare(connection: Any, _record: Any) -> None:
            cursor = connection.cursor()
            for command in self._on_connect:
                cursor.execute(command)
            cursor.close()

        return engine
