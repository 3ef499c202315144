"""Files of every wrong size and kind, to the customer's door and to the agent's."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.support.chat_client import fresh_id, page_of
from tests.support.desk_client import desk_of
from tests.support.http_client import acall
from tests.support.hub_server import HubServer
from tests.support.uploads import PNG, png, post_file, upload

MIB = 1024 * 1024
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
WRONG: Mapping[str, tuple[bytes, str, int, str]] = {
    "eleven megabytes": (PNG + b"\0" * 11 * MIB, "big.png", 413, "file_too_large"),
    "a byte too many": (PNG + b"\0" * (10 * MIB + 1 - len(PNG)), "b.png", 413, "file_too_large"),
    "empty": (b"", "empty.txt", 413, "file_too_large"),
    "html as png": (HTML, "photo.png", 415, "file_type"),
    "html": (HTML, "page.html", 415, "file_type"),
    "html after a blank": (b"\xef\xbb\xbf \n" + HTML, "page.txt", 415, "file_type"),
    "svg": (SVG, "drawing.svg", 415, "file_type"),
    "svg as png": (SVG, "drawing.png", 415, "file_type"),
    "text named as script": (b"alert(1)", "a.js", 415, "file_type"),
    "a program": (b"MZ\x90\x00" + b"\0" * 100, "a.txt", 415, "file_type"),
    "an archive": (b"PK\x03\x04" + b"\0" * 100, "a.pdf", 415, "file_type"),
    "pixel flood": (png(64_000, 64_000), "flood.png", 415, "file_type"),
    "half a png": (PNG[:12], "half.png", 415, "file_type"),
    "utf-16": ("<script>".encode("utf-16"), "a.txt", 415, "file_type"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_a_wrong_file_is_refused_and_nothing_is_kept(demo_bank: HubServer, name: str) -> None:
    data, file_name, status, code = WRONG[name]
    before = _kept(demo_bank)
    async with page_of(demo_bank) as page:
        await page.hello()
        reply = await post_file(demo_bank, page, data, file_name)
        assert (reply.status, reply.code) == (status, code)
        assert (await page.say("still here"))["type"] == "ack"
        await page.leave()
    assert _kept(demo_bank) == before


async def test_the_largest_file_comes_back_whole(demo_bank: HubServer) -> None:
    data = PNG + b"\0" * (10 * MIB - len(PNG))
    async with page_of(demo_bank) as page:
        await page.hello()
        file_id = await upload(demo_bank, page, data, "largest.png")
        link = await page.ask("link", type="open", id=fresh_id(), file_id=file_id)
        assert (await acall(demo_bank, "GET", link["href"])).body == data


async def test_a_ticket_is_for_one_talk_and_our_sites(demo_bank: HubServer) -> None:
    async with page_of(demo_bank) as page:
        await page.hello()
        ticket = (await page.ask("ticket", type="upload", id=fresh_id()))["ticket"]
        good = {"X-Chat-Ticket": ticket, "X-File-Name": "a.png"}
        for changed, status, code in (
            ({"Origin": "https://evil.example"}, 403, "origin_not_allowed"),
            ({"Origin": None}, 403, "origin_not_allowed"),
            ({"X-Chat-Ticket": None}, 403, "bad_ticket"),
            ({"X-Chat-Ticket": ticket[:-3] + "AAA"}, 403, "bad_ticket"),
            ({"X-Chat-Ticket": "x" * 4_000}, 403, "bad_ticket"),
        ):
            headers: dict[str, str | None] = {**good, **changed}
            reply = await acall(demo_bank, "POST", "/chat/files", raw=PNG, headers=headers)
            assert (reply.status, reply.code) == (status, code)
            may_read = reply.headers.get("access-control-allow-origin") == demo_bank.origin
            assert may_read == (code == "bad_ticket"), "no other site reads our answers"
        long = {**good, "Content-Length": "11000000"}
        reply = await acall(demo_bank, "POST", "/chat/files", raw=b"", headers=long)
        assert (reply.status, reply.code) == (413, "file_too_large"), "before a byte of it is taken"


async def test_an_agents_file_passes_the_same_gate(demo_bank: HubServer) -> None:
    """A12: active files are refused; the others are attachments in a sandbox."""
    async with AsyncExitStack() as pages:
        desk = await pages.enter_async_context(desk_of(demo_bank, "sara"))
        page = await pages.enter_async_context(page_of(demo_bank))
        await page.hello()
        await page.ask_for_a_person()
        contact = (await desk.accept_next())["id"]

        async def send(data: bytes, announced: int, name: str) -> Any:
            ticket = {"contact_id": contact, "name": name, "size_bytes": announced}
            told = await desk.do("file_ticket", **ticket)
            if not told["ok"]:
                return told["code"]
            url = told["result"]["upload_url"]
            reply = await acall(
                demo_bank, "POST", url, raw=data, held=desk.held,
                headers={"Content-Type": "application/octet-stream"},
            )  # fmt: skip
            return reply.json["file_id"] if reply.status == 200 else (reply.status, reply.code)

        assert await send(PNG, 11 * MIB, "big.png") == "file_too_large"
        assert await send(PNG + b"\0" * 99, len(PNG), "a.png") == (413, "too_large")
        assert await send(PNG[:-9], len(PNG), "a.png") == (422, "file_cut")
        assert await send(SVG, len(SVG), "a.png") == (422, "file_type")
        assert await send(HTML, len(HTML), "a.png") == (422, "file_type")
        file_id = await send(PNG, len(PNG), "../../etc/passwd\u202egnp.exe")
        say = {"contact_id": contact, "key": "with-a-file", "text": "", "file_id": file_id}
        await desk.must("say", **say)
        shown = await page.next("msg")
        while "file" not in shown:
            shown = await page.next("msg")
        assert shown["file"]["name"] == "passwdgnp.exe.png"
        href = await desk.until(lambda state: _href(state, file_id))
        for view, how in (("", "attachment"), ("&view=1", "inline")):
            reply = await acall(demo_bank, "GET", href + view, held=desk.held)
            assert reply.status == 200
            assert reply.headers["content-disposition"].startswith(how)
            assert reply.headers["content-security-policy"].startswith("sandbox; default-src")
        await desk.must("end", contact_id=contact)


def _href(state: Any, file_id: str) -> str | None:
    found = [one for talk in state["messages"].values() for one in talk if one.get("file")]
    return next((one["file"]["href"] for one in found if one["file"]["id"] == file_id), None)


def _kept(hub: HubServer) -> set[str]:
    return {path.name for path in (hub.data / "files").rglob("*") if path.is_file()}
