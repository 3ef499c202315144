"""PostgreSQL stops under the running hub: clear refusals, no lost word, and back by itself."""

import asyncio
import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.chat_client import ChatClient, fresh_id, page_of
from tests.support.http_client import acall, call
from tests.support.hub_server import HubServer
from tests.support.postgres_switch import PostgresSwitch, postgres_switch

__all__ = ["postgres_switch"]

REFUSALS = {"database_away", "outcome_unknown"}
PATIENCE_SECONDS = 75.0
KEY = base64.b64encode(b"a master key of thirty-two bytes").decode()


@pytest.fixture
def bank(tmp_path: Path, postgres_switch: PostgresSwitch) -> Iterator[HubServer]:
    """`hub serve` on PostgreSQL with one widget, without staff."""
    hub = HubServer(tmp_path, command="serve")
    hub.environment = {
        "HUB_DATABASE_URL": postgres_switch.url,
        "HUB_MASTER_KEY": KEY,
        "HUB_WIDGETS__DEMO__ORIGINS": json.dumps([hub.origin]),
    }
    hub.start()
    yield hub
    hub.stop()


@pytest.mark.postgres
async def test_a_database_that_goes_and_comes_back(
    bank: HubServer, postgres_switch: PostgresSwitch
) -> None:
    async with page_of(bank) as page:
        welcome = await page.hello()
        acked = {(await page.say(f"before {n}"))["seq"]: f"before {n}" for n in range(5)}
        await asyncio.to_thread(postgres_switch.off)

        key = fresh_id()
        refused = await page.say("while it was away", key=key)
        assert (refused["type"], refused["code"] in REFUSALS) == ("refused", True), refused
        assert (await page.ask("pong", "refused", type="ping"))["type"] == "pong"
        async with page_of(bank) as stranger:
            assert (await stranger.hello())["code"] in REFUSALS
        reply = await acall(bank, "POST", "/api/sign-in", data={"login": "a", "password": "b"})
        assert (reply.status, reply.code in REFUSALS) == (503, True)
        cookie = {"Cookie": "hub-session=" + "A" * 43}
        reply = await acall(bank, "GET", "/api/me", headers=cookie)
        assert (reply.status, reply.code in REFUSALS) == (503, True)
        ready = await acall(bank, "GET", "/readyz")
        assert (ready.status, ready.json["checks"]["store"]) == (503, "away")
        assert (await acall(bank, "GET", "/healthz")).status == 200

        await asyncio.to_thread(postgres_switch.on)
        back = time.monotonic()
        answer = await _until_taken(page, key, "while it was away")
        acked[answer["seq"]] = "while it was away"
        await asyncio.to_thread(_until_ready, bank)
        assert time.monotonic() - back < PATIENCE_SECONDS
        # Followers of the log, timers and routing work again, not the writer alone.
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert (await page.ask_for_a_person())["position"] == 1
    async with page_of(bank) as page:
        await page.hello(resume=welcome["resume"])
        said = await page.all_messages()
    assert {seq: said[seq]["text"] for seq in acked} == acked
    texts = [one["text"] for one in said.values()]
    assert all(texts.count(text) == 1 for text in acked.values())


async def _until_taken(page: ChatClient, key: str, text: str) -> Any:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (answer := await page.say(text, key=key))["type"] != "ack":
            assert answer["code"] in REFUSALS, answer
            await asyncio.sleep(0.1)
    return answer


def _until_ready(hub: HubServer) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while call(hub, "GET", "/readyz").status != 200:
        assert time.monotonic() < deadline
        time.sleep(0.1)
