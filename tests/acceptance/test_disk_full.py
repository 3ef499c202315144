"""The disk is full under the running hub: no write is taken, reads go on, room brings it back."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.chat_client import ChatClient, fresh_id, page_of
from tests.support.desk_client import desk_of
from tests.support.full_disk import Disk, SizeLimit, SmallDisk, mounted
from tests.support.http_client import acall
from tests.support.hub_server import HubServer, copy_seed
from tests.support.uploads import PNG, post_file

SMALL_MIB = 96
CODES = {"tmpfs": {"disk_full"}, "file_size": {"disk_full", "disk_error"}}
"""SQLite calls a write beyond the size limit an error, not a full disk."""
PATIENCE_SECONDS = 15.0


@pytest.fixture(params=("tmpfs", "file_size"))
def full_disk(
    request: pytest.FixtureRequest, tmp_path: Path, demo_seed: Path
) -> Iterator[tuple[HubServer, Disk, set[str]]]:
    """A demo bank whose disk the test fills."""
    hub = HubServer(tmp_path)
    kind: str = request.param
    if kind == "file_size":
        copy_seed(demo_seed, hub.data)
        hub.start()
        yield hub, SizeLimit(hub), CODES[kind]
        hub.stop()
        return
    with mounted(tmp_path / "disk", SMALL_MIB) as is_mounted:
        if not is_mounted:
            pytest.skip("mounting a small disk needs root; the size limit shows the same")
        hub.data = tmp_path / "disk" / "data"
        copy_seed(demo_seed, hub.data)
        hub.start()
        yield hub, SmallDisk(tmp_path / "disk"), CODES[kind]
        hub.stop()


async def test_a_full_disk_refuses_writes_and_loses_nothing(
    full_disk: tuple[HubServer, Disk, set[str]],
) -> None:
    hub, disk, codes = full_disk
    async with page_of(hub) as page, desk_of(hub, "ben") as desk:
        welcome = await page.hello()
        await page.ask_for_a_person()
        contact = (await desk.accept_next())["id"]
        acked = {(await page.say(f"before {n}"))["seq"]: f"before {n}" for n in range(10)}

        disk.fill()
        key, text = await _say_until_refused(page, acked, codes)

        refused = await desk.do("say", contact_id=contact, key="agent-key-1", text="from the agent")
        assert (refused["ok"], refused["code"] in codes) == (False, True), refused
        reply = await post_file(hub, page, PNG + b"\0" * 500_000, "a.png")
        assert (reply.status, reply.code in codes) == (503, True)
        signing = {"login": "sara", "password": "northmere-demo"}
        reply = await acall(hub, "POST", "/api/sign-in", data=signing)
        assert (reply.status, reply.code in codes) == (503, True)
        async with page_of(hub) as stranger:
            assert (await stranger.hello())["code"] in codes

        said = await page.all_messages()
        assert {seq: said[seq]["text"] for seq in acked} == acked, "reads go on"
        assert text not in {one["text"] for one in said.values()}
        assert (await acall(hub, "GET", "/api/me", held=desk.held)).status == 200
        assert (await acall(hub, "GET", "/healthz")).status == 200

        disk.free()
        answer = await _say_until_taken(page, key, text)
        acked[answer["seq"]] = text
        posted = await desk.must(
            "say", contact_id=contact, key="agent-key-1", text="from the agent"
        )
        acked[posted["seq"]] = "from the agent"
        reply = await post_file(hub, page, PNG, "b.png")
        assert reply.status == 201
        acked[(await page.say("after"))["seq"]] = "after"
    await asyncio.to_thread(hub.kill)
    await asyncio.to_thread(hub.start)
    async with page_of(hub) as page:
        await page.hello(resume=welcome["resume"])
        said = await page.all_messages()
        assert {seq: said[seq]["text"] for seq in acked} == acked
        texts = [one["text"] for one in said.values()]
        assert all(texts.count(text) == 1 for text in acked.values()), "and nothing twice"


async def _say_until_refused(
    page: ChatClient, acked: dict[int, str], codes: set[str]
) -> tuple[str, str]:
    """Say on until the disk says no (its last log has a little room); returns what was refused."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            key = fresh_id()
            text = f"under way {key} " + "x" * 4_000
            answer = await page.say(text, key=key)
            if answer["type"] == "ack":
                acked[answer["seq"]] = text
            elif answer["code"] != "busy":
                assert answer["code"] in codes
                return key, text


async def _say_until_taken(page: ChatClient, key: str, text: str) -> dict[str, int]:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            answer = await page.say(text, key=key)
            if answer["type"] == "ack":
                return answer
            await asyncio.sleep(0.1)
