"""The disk is full under the running hub: no write is taken, reads go on, room brings it back."""

import asyncio
from collections.abc import Iterator
from functools import partial
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
        use_up = partial(_say_until_refused, page, acked, codes)
        key, text = await use_up()

        async def agent_says() -> str | None:
            said = {"contact_id": contact, "key": fresh_id(), "text": f"agent {fresh_id()}"}
            answer = await desk.do("say", **said)
            if not answer["ok"]:
                return str(answer["code"])
            acked[answer["result"]["seq"]] = said["text"]
            return None

        async def file_comes() -> str | None:
            reply = await post_file(hub, page, PNG + b"\0" * 500_000, "a.png")
            return reply.code if reply.status == 503 else None

        async def agent_signs_in() -> str | None:
            signing = {"login": "sara", "password": "northmere-demo"}
            reply = await acall(hub, "POST", "/api/sign-in", data=signing)
            return reply.code if reply.status == 503 else None

        async def stranger_comes() -> str | None:
            async with page_of(hub) as stranger:
                code: str | None = (await stranger.hello()).get("code")
                return code

        for attempt in (agent_says, file_comes, agent_signs_in, stranger_comes):
            while (refusal := await attempt()) is None or refusal == "busy":
                key, text = await use_up()
            assert refusal in codes

        said = await page.all_messages()
        assert {seq: said[seq]["text"] for seq in acked} == acked, "reads go on"
        assert text not in {one["text"] for one in said.values()}
        assert (await acall(hub, "GET", "/api/me", held=desk.held)).status == 200
        assert (await acall(hub, "GET", "/healthz")).status == 200

        disk.free()
        answer = await _say_until_taken(page, key, text)
        acked[answer["seq"]] = text
        assert await agent_says() is None
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
    """Say on until the disk says no; returns what was refused.

    A full disk has a little room now and then: the log of the database begins anew in its old
    place, and small writes are taken until it is used up again.
    """
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
