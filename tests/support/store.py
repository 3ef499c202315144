"""An open, empty store for a test, once on SQLite and once on PostgreSQL.

Ask for `store` to run a test on both, for `sqlite_store` or `postgres_store` when it is about one.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from hub.store.engine import Store, open_store
from hub.store.migrations import migrate
from tests.support.clock import ManualClock
from tests.support.postgres import PostgresServer


@pytest.fixture(scope="session")
def empty_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables, made once: copying it takes no time."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(empty_sqlite_file: Path, tmp_path: Path) -> str:
    """URL of an SQLite database with all tables and no row."""
    return f"sqlite:///{shutil.copy(empty_sqlite_file, tmp_path / 'hub.db')}"


@pytest.fixture
def postgres_store_url(postgres_server: PostgresServer) -> Iterator[str]:
    """URL of a PostgreSQL database with all tables and no row."""
    url = postgres_server.from_template("store", lambda url: asyncio.run(migrate(url)))
    yield url
    postgres_server.drop_database(url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    """URL of a database with all tables, on each kind of store in turn."""
    fixtures = {"sqlite": "sqlite_url", "postgres": "postgres_store_url"}
    url: str = request.getfixturevalue(fixtures[request.param])
    return url


@pytest_asyncio.fixture
async def sqlite_store(sqlite_url: str, clock: ManualClock) -> AsyncIterator[Store]:
    """An empty store on SQLite."""
    store = await open_store(sqlite_url, clock=clock)
    yield store
    await store.close()


@pytest_asyncio.fixture
async def postgres_store(postgres_store_url: str, clock: ManualClock) -> AsyncIterator[Store]:
    """An empty store on PostgreSQL."""
    store = await open_store(postgres_store_url, clock=clock)
    yield store
    await store.close()


@pytest_asyncio.fixture
async def store(store_url: str, clock: ManualClock) -> AsyncIterator[Store]:
    """An empty store, once on SQLite and once on PostgreSQL."""
    store = await open_store(store_url, clock=clock)
    yield store
    await store.close()
