"""The revisions make exactly the tables the classes describe, on both databases."""

import asyncio
import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from hub.domain.errors import Invalid, Unavailable
from hub.store.engine import open_store
from hub.store.migrations import migrate, newest_revision
from hub.store.migrations.comparison import options
from hub.store.migrations.upgrade import DRIVERS, config
from tests.support import child
from tests.support.clock import ManualClock


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("postgres_url"))


async def on(url: str, work: Callable[[Connection], Any]) -> Any:
    named = make_url(url)
    engine = create_async_engine(named.set(drivername=DRIVERS[named.get_backend_name()]))
    async with engine.begin() as connection:
        result = await connection.run_sync(work)
    await engine.dispose()
    return result


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts=options(connection))
    return list(compare_metadata(context, SQLModel.metadata))


async def test_up_from_empty_equals_the_classes(empty_url: str) -> None:
    assert await on(empty_url, differences) != []
    await migrate(empty_url)
    assert await on(empty_url, differences) == []
    await migrate(empty_url)  # nothing to do


async def test_down_leaves_nothing_and_up_works_again(empty_url: str) -> None:
    await migrate(empty_url)
    await on(empty_url, lambda connection: command.downgrade(config(connection), "base"))
    tables = await on(empty_url, lambda connection: inspect(connection).get_table_names())
    assert tables == ["alembic_version"]
    await migrate(empty_url)
    assert await on(empty_url, differences) == []


async def test_a_newer_schema_is_refused(store_url: str) -> None:
    newer = text("UPDATE alembic_version SET version_num = '9999'")
    await on(store_url, lambda connection: connection.execute(newer))
    with pytest.raises(Invalid, match=r"schema_newer.*9999"):
        await open_store(store_url, clock=ManualClock())
    back = text("UPDATE alembic_version SET version_num = '0001'")
    await on(store_url, lambda connection: connection.execute(back))
    await (await open_store(store_url, clock=ManualClock())).close()  # the lock was released


def test_the_newest_revision_is_known_without_alembic() -> None:
    assert ScriptDirectory.from_config(config()).get_heads() == [newest_revision()]


async def test_without_the_driver_sqlite_opens_and_postgresql_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    monkeypatch.delitem(sys.modules, "hub.store.postgres_open", raising=False)
    monkeypatch.delitem(sys.modules, "hub.store.engine")
    opened = importlib.import_module("hub.store.engine").open_store
    await (await opened(f"sqlite:///{tmp_path / 'hub.db'}", clock=ManualClock())).close()
    with pytest.raises(Invalid, match=r"asyncpg.*contact-hub\[postgres\]"):
        await opened("postgresql://u@127.0.0.1/hub", clock=ManualClock())


async def test_nodes_that_start_together_migrate_once(postgres_url: str) -> None:
    await asyncio.gather(*(migrate(postgres_url) for _ in range(3)))
    assert await on(postgres_url, differences) == []


@pytest.mark.parametrize("url", ["mysql://host/name", "hub.db", "sqlite://", ""])
async def test_a_url_that_is_no_store_is_refused(url: str) -> None:
    with pytest.raises(Invalid, match=r"store_url.*sqlite:///path"):
        await open_store(url, clock=ManualClock())


async def test_a_server_that_is_away_is_named_without_its_password() -> None:
    port = child.free_port()
    with pytest.raises(Unavailable, match=f"127.0.0.1:{port}, database bank") as caught:
        await open_store(f"postgresql://hub:secret@127.0.0.1:{port}/bank", clock=ManualClock())
    assert "secret" not in str(caught.value)
