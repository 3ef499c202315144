"""The whole demo on a free port, in this process, with a small bank."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest_asyncio
from pydantic import SecretStr

from config import server, wiring
from config.demo.bank_word import BankWord
from config.demo.run import add_demo, bank_of, demo_carrier, demo_settings, prepare_demo
from config.demo.seed import Size
from config.settings import Settings
from config.wiring import Application
from tests.support.child import free_port

SIZE = Size(customers=30, payments=6, contacts=1)
MASTER_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


@dataclass(frozen=True)
class Running:
    """A demo that serves."""

    application: Application
    origin: str
    bank: BankWord


class Hurried:
    """A clock for robots: they think and type fifty times faster than people."""

    def __init__(self, application: Application) -> None:
        self._clock = application.hub.clock

    def now(self) -> float:
        """The hub's time."""
        return self._clock.now()

    def monotonic(self) -> float:
        """The hub's seconds."""
        return self._clock.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait a fiftieth."""
        await self._clock.sleep(seconds / 50)


@asynccontextmanager
async def running(store_url: str, folder: Path) -> AsyncIterator[Running]:
    """Start a demo, wait until it is ready, stop it in order."""
    settings = demo_settings(
        Settings(
            port=free_port(),
            data_dir=folder / "data",
            database_url=SecretStr(store_url),
            master_key=SecretStr(MASTER_KEY),
            channels={"phone": {"embedded": {"starts_media": False}}},
        )
    )
    ready: asyncio.Future[Application] = asyncio.get_running_loop().create_future()

    async def make() -> Application:
        prepare = prepare_demo(size=SIZE)
        return add_demo(await wiring.build(settings, prepare=prepare, carrier=demo_carrier))

    task = asyncio.create_task(server.serve(settings, make, ready=ready.set_result))
    task.add_done_callback(lambda ended: ready.cancel())
    try:
        application = await ready
    except asyncio.CancelledError:
        await task  # tells why it could not start
        raise
    yield Running(application, settings.origins[0], bank_of(application))
    application.request_stop()
    await asyncio.wait_for(task, 20)


@pytest_asyncio.fixture
async def demo(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Running]:
    """A demo that serves, on SQLite."""
    async with running(sqlite_url, tmp_path) as found:
        yield found


@pytest_asyncio.fixture
async def demo_anywhere(store_url: str, tmp_path: Path) -> AsyncIterator[Running]:
    """A demo that serves, on each kind of store."""
    async with running(store_url, tmp_path) as found:
        yield found
