"""Two hubs on one PostgreSQL: the one that routes is killed, the other goes on within seconds."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hub.adapters.clock import SystemClock
from hub.store.engine import Store, open_store
from hub.store.node_beat import BEAT_SECONDS, GONE_SECONDS
from hub.store.rows import find, table_of
from hub.store.tables import AgentPresence, Lease, NodeSeen, Reservation, User
from hub.store.unit import Prepared
from tests.support.chat_client import page_of
from tests.support.desk_client import desk_of
from tests.support.hub_server import HubServer

pytestmark = [pytest.mark.servers, pytest.mark.postgres]
TAKE_OVER_SECONDS = 5.0
NOTICED_SECONDS = 20.0
MASTER_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="

_r = table_of(Reservation).c
_LIVE = Prepared(
    select(_r.contact_id, func.count())
    .where(_r.state.in_(["pending", "accepted"]))
    .group_by(_r.contact_id)
)


@pytest.fixture
def nodes(tmp_path: Path, postgres_store_url: str) -> Iterator[tuple[HubServer, HubServer]]:
    """Two nodes of one hub, the first of which fills the demo bank and leads."""
    found = []
    for name in ("node-a", "node-b"):
        folder = tmp_path / name
        folder.mkdir()
        node = HubServer(folder)
        node.environment = {
            "HUB_DATABASE_URL": postgres_store_url,
            "HUB_MASTER_KEY": MASTER_KEY,
            "HUB_NODE": name,
        }
        found.append(node)
    first, second = found
    first.start()
    key = first.data / "demo-widget.key"
    second.data.mkdir(parents=True)
    (second.data / key.name).write_bytes(key.read_bytes())
    second.start()
    yield first, second
    for node in found:
        node.stop()


async def test_a_killed_leader_is_followed_within_seconds(
    nodes: tuple[HubServer, HubServer], postgres_store_url: str
) -> None:
    leader, follower = nodes
    store = await open_store(postgres_store_url, clock=SystemClock())
    before = await store.reader.rows(find(Lease, "holder", "fence", name="routing"))
    async with AsyncExitStack() as open_pages:
        enter = open_pages.enter_async_context
        desks = [await enter(desk_of(follower, name, available=False)) for name in ("ben", "tom")]
        for _ in range(3):
            page = await enter(page_of(follower))
            await page.hello()
            await page.ask_for_a_person()
        leader.kill()
        killed_at = time.monotonic()
        for desk in desks:
            await desk.available()
        offers = [asyncio.ensure_future(desk.offer()) for desk in desks]
        await asyncio.wait(offers, return_when=asyncio.FIRST_COMPLETED)
        assert time.monotonic() - killed_at < TAKE_OVER_SECONDS
        await asyncio.gather(*offers)
        live = await store.reader.rows(_LIVE())
        assert len(live) >= len(desks)
        assert all(count == 1 for _, count in live), "one contact, one reservation"
    after = await store.reader.rows(find(Lease, "holder", "fence", name="routing"))
    assert after[0][0] != before[0][0]
    assert after[0][1] == before[0][1] + 1
    await store.close()


async def test_a_node_leaves_the_pages_of_another_alone_until_that_one_dies(
    nodes: tuple[HubServer, HubServer], postgres_store_url: str
) -> None:
    first, second = nodes
    store = await open_store(postgres_store_url, clock=SystemClock())
    async with AsyncExitStack() as open_pages:
        enter = open_pages.enter_async_context
        ben = await enter(desk_of(second, "ben", available=False))
        await ben.available()
        page = await enter(page_of(second))
        await page.hello()
        first.kill()
        first.start()
        assert await _presence_of(store, "ben") == "available", "the other node's agent is there"
        second.kill()
        killed_at = time.monotonic()
        while await _presence_of(store, "ben") != "reconnecting":
            assert time.monotonic() - killed_at < NOTICED_SECONDS, "nobody stands in"
            await asyncio.sleep(0.5)
        assert time.monotonic() - killed_at > GONE_SECONDS - BEAT_SECONDS
    rows = await store.reader.rows(find(NodeSeen, "node"))
    assert {row[0] for row in rows} <= {"node-a", "node-b"}
    await store.close()


async def _presence_of(store: Store, login: str) -> str:
    users = await store.reader.rows(find(User, "id", login=login))
    rows = await store.reader.rows(find(AgentPresence, "presence", agent_id=users[0][0]))
    return str(rows[0][0])
