"""Read-only SQLModel sessions, on an engine that is made at the first use."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession


class Sessions:
    """Gives sessions whose models stay usable after the session is closed."""

    def __init__(self, url: str | URL, **options: object) -> None:
        self._url = url
        self._options = options
        self._engine: AsyncEngine | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[AsyncSession]:
        """Open a session; a write in it fails in the database."""
        if self._engine is None:
            self._engine = create_async_engine(self._url, **self._options)
        sessions = async_sessionmaker(self._engine, class_=AsyncSession, expire_on_commit=False)
        async with sessions() as session:
            yield session

    async def close(self) -> None:
        """Close the engine's connections."""
        if self._engine is not None:
            await self._engine.dispose()
