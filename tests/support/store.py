"""An open, empty store for a test, once on SQLite and once on PostgreSQL.

Ask for `store` to run a test on both, for `sqlite_store` when one is enough.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from hub.store.engine import Store, open_store


@pytest_asyncio.fixture
async def sqlite_store(tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store on SQLite."""
    store = await open_store(f"sqlite:///{tmp_path / 'hub.db'}")
    yield store
    await store.close()


@pytest_asyncio.fixture
async def store(sqlite_store: Store) -> AsyncIterator[Store]:
    """An empty store."""
    yield sqlite_store
