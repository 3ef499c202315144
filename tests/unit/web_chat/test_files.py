"""Files and the script over HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import httpx2 as httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from channels.web_chat.script import Script
from hub.journey import converse
from hub.store.rows import find
from hub.store.tables import AuditEntry
from tests.support.world import World
from tests.unit.web_chat.page import (
    ORIGIN,
    Page,
    Site,
    agent_says,
    settings,
    site,
    with_agent,
)

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """What is tested here is the same on every store."""
    return sqlite_url


@asynccontextmanager
async def browser(opened: Site) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=list(opened.adapter.routes()))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://hub.example") as client:
        yield client


async def ticket_of(page: Page) -> str:
    page.send(type="upload", id="u1")
    return str((await page.next("ticket", id="u1"))["ticket"])


def headers(ticket: str, *, name: str = "receipt.png", origin: str = ORIGIN) -> dict[str, str]:
    return {"Origin": origin, "X-Chat-Ticket": ticket, "X-File-Name": quote(name)}


async def test_a_file_goes_up_becomes_a_message_and_comes_down(world: World) -> None:
    async with site(world) as opened, browser(opened) as client:
        page, _ = await opened.greeted()
        ticket = await ticket_of(page)
        sent = await client.post(
            "/chat/files", content=PNG, headers=headers(ticket, name="消费短信截图.png")
        )
        assert sent.status_code == 201
        assert sent.headers["access-control-allow-origin"] == ORIGIN
        file_id = sent.json()["file_id"]
        page.send(type="file", id="f1", file_id=file_id)
        await page.next("ack", id="f1")
        page.send(type="open", id="o1", file_id=file_id)
        link = await page.next("link", id="o1")
        got = await client.get(link["href"])
        assert got.content == PNG
        assert got.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E6")
        assert got.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in got.headers["content-security-policy"]
        assert "no-store" in got.headers["cache-control"]
        other = opened.open()
        await other.hello()
        other.send(type="open", id="o2", file_id=file_id)
        assert await other.next("refused", id="o2", code="no_file")
        other.send(type="file", id="f2", file_id=file_id)
        assert await other.next("refused", id="f2", code="no_file")
        world.clock.jump(61)
        assert (await client.get(link["href"])).status_code == 404


async def test_what_is_not_allowed_is_refused(world: World) -> None:
    async with site(world, file_max_bytes=2000) as opened, browser(opened) as client:
        page, _ = await opened.greeted()
        ticket = await ticket_of(page)

        async def code(data: bytes, sent: dict[str, str]) -> tuple[int, str]:
            answer = await client.post("/chat/files", content=data, headers=sent)
            assert answer.headers["content-type"] == "application/problem+json"
            return answer.status_code, answer.json()["code"]

        foreign = headers(ticket, origin="https://evil.example")
        assert await code(PNG, foreign) == (403, "origin_not_allowed")
        assert await code(PNG, headers(ticket[:-2])) == (403, "bad_ticket")
        assert await code(PNG, headers("")) == (403, "bad_ticket")
        assert await code(b"x" * 2001, headers(ticket)) == (413, "file_too_large")
        assert await code(b"MZ\x90\x00\x03", headers(ticket)) == (415, "file_type")
        assert await code(b"<svg onload=alert(1)>", headers(ticket)) == (415, "file_type")
        world.clock.jump(200)
        assert await code(PNG, headers(ticket)) == (403, "bad_ticket")
        link = opened.adapter.links.file_link("fil_1")[0]
        assert (await client.get(link.replace("fil_1", "fil_2"))).status_code == 404
        assert (await client.get("/chat/files/fil_1")).status_code == 404


async def test_the_customer_takes_the_transcript_of_what_has_ended(world: World) -> None:
    async with site(world) as opened, browser(opened) as client:
        page, _ = await opened.greeted()
        page.send(type="open", id="o1", file_id="transcript")
        assert (await page.next("refused", id="o1"))["code"] == "no_transcript"
        contact_id = await with_agent(opened, page)
        await agent_says(world, contact_id, "Call 13812345678 or write to lin@mail.example")
        await converse.note(world.hub, "amara", contact_id=contact_id, key="n1", text="a hard one")
        page.send(type="leave", id="l1")
        await page.next("done", id="l1")
        page.send(type="open", id="o2", file_id="transcript")
        link = (await page.next("link", id="o2"))["href"]
        got = await client.get(link)
        assert got.headers["content-disposition"].startswith("attachment; filename*=UTF-8''chat-")
        assert "an agent please" in got.text
        assert "Call ••••••••••• or write to •••@•••" in got.text
        assert "a hard one" not in got.text, "notes are for staff"
        rows = await world.hub.reader.rows(
            find(AuditEntry, "actor", "subject", action="transcript_taken")
        )
        assert rows == [("customer", contact_id)]
        assert (await client.get("/chat/transcript")).status_code == 404
        world.clock.jump(61)
        assert (await client.get(link)).status_code == 404, "a link lives a minute"


async def test_uploads_of_one_conversation_are_limited(world: World) -> None:
    async with site(world) as opened, browser(opened) as client:
        page, _ = await opened.greeted()
        ticket = await ticket_of(page)
        codes = [
            (await client.post("/chat/files", content=PNG, headers=headers(ticket))).status_code
            for _ in range(12)
        ]
        assert codes == [201] * 10 + [429] * 2


async def test_browsers_may_ask_first(world: World) -> None:
    async with site(world) as opened, browser(opened) as client:
        asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
        allowed = await client.options("/chat/files", headers=asked)
        assert allowed.status_code == 204
        assert "x-chat-ticket" in allowed.headers["access-control-allow-headers"]
        asked["Origin"] = "https://evil.example"
        assert (await client.options("/chat/files", headers=asked)).status_code == 403


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"Referer": f"{ORIGIN}/cards?x=1"}, 200),
        ({"Origin": ORIGIN}, 200),
        ({}, 200),
        ({"Referer": "https://evil.example/"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
async def test_the_script_is_for_configured_sites(
    tmp_path: Path, sent: dict[str, str], status: int
) -> None:
    path = tmp_path / "widget.js"
    path.write_text("1;")
    script = Script(settings(), path)
    app = Starlette(
        routes=[
            Route("/chat/widget.js", script.newest),
            Route("/chat/widget.{version}.js", script.versioned),
        ]
    )
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://hub.example") as client:
        got = await client.get("/chat/widget.js", headers=sent)
        assert got.status_code == status
        if status == 200:
            pinned = await client.get(f"/chat/widget.{script.version}.js", headers=sent)
            assert "immutable" in pinned.headers["cache-control"]
            again = await client.get(
                "/chat/widget.js", headers={**sent, "If-None-Match": got.headers["etag"]}
            )
            assert again.status_code == 304
            assert (await client.get("/chat/widget.000000000000.js")).status_code == 404


async def test_health_says_when_the_widget_is_missing(world: World, tmp_path: Path) -> None:
    async with site(world) as opened:
        opened.adapter.script = Script(settings(), tmp_path / "nothing.js")
        assert not (await opened.adapter.check()).ok
        (tmp_path / "widget.js").write_text("1;")
        opened.adapter.script = Script(settings(), tmp_path / "widget.js")
        assert (await opened.adapter.check()).ok
