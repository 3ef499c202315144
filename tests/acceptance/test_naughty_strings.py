"""Every naughty string as what a customer, an agent, a note or a file name says: back as sent.

Nothing is changed but what looks like a card number, which is masked before it is stored.
"""

import asyncio
from contextlib import AsyncExitStack, suppress
from urllib.parse import unquote

from tests.support.chat_client import ChatClient, Frame, fresh_id, page_of
from tests.support.desk_client import Answer, DeskClient, desk_of
from tests.support.http_client import acall
from tests.support.hub_server import HubServer
from tests.support.naughty import naughty_parts, naughty_strings
from tests.support.uploads import PNG, post_file

MASK = "•"
FRAMES_AT_ONCE = 50
"""Inside the burst that a page is allowed."""
UPLOADS_AT_ONCE = 10


async def test_as_words_of_a_customer(demo_bank: HubServer) -> None:
    for part in naughty_parts(FRAMES_AT_ONCE - 5):
        sent: dict[int, str] = {}
        async with page_of(demo_bank) as page:
            welcome = await page.hello()
            for text in part:
                answer = await page.say(text)
                if text.strip():
                    assert answer["type"] == "ack", repr(text)
                    sent[answer["seq"]] = text
                else:
                    assert answer["code"] == "bad_field"
        async with page_of(demo_bank) as page:
            await page.hello(resume=welcome["resume"])
            said = {seq: m["text"] for seq, m in (await page.all_messages()).items()}
            await page.leave()
        _same(sent, said)


async def test_as_words_and_notes_of_an_agent(demo_bank: HubServer) -> None:
    async with AsyncExitStack() as open_pages:
        enter = open_pages.enter_async_context
        desk = await enter(desk_of(demo_bank, "ben"))
        page = await enter(page_of(demo_bank))
        await page.hello()
        await page.ask_for_a_person()
        contact = await desk.accept_next()
        reading = asyncio.create_task(_read(page))
        sent: dict[str, dict[int, str]] = {"say": {}, "note": {}}
        for part in naughty_parts(FRAMES_AT_ONCE // 2):
            tab = await enter(desk_of(demo_bank, "ben", available=False, held=desk.held))
            for text in part:
                for command, kept in sent.items():
                    answer = await _write(tab, command, contact["id"], text)
                    if text.strip():
                        assert answer["ok"], (command, text, answer)
                        kept[answer["result"]["seq"]] = text
                    else:
                        assert not answer["ok"]
            await tab.close()
        last = max(max(one) for one in sent.values())
        conversation = contact["conversation_id"]
        await desk.until(lambda s: s["contacts"][contact["id"]]["last_seq"] >= last or None)
        shown = desk.texts(conversation)
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading
        said = {seq: m["text"] for seq, m in (await page.all_messages()).items()}
    _same(sent["say"], said)
    _same(sent["say"] | sent["note"], shown)
    assert not said.keys() & sent["note"].keys(), "notes are for staff"


async def test_as_names_of_files(demo_bank: HubServer) -> None:
    strings = naughty_strings()
    for start in range(0, len(strings), UPLOADS_AT_ONCE):
        async with page_of(demo_bank) as page:
            await page.hello()
            for name in strings[start : start + UPLOADS_AT_ONCE]:
                reply = await post_file(demo_bank, page, PNG, name)
                assert reply.status == 201, (name, reply)
                file_id = reply.json["file_id"]
                if start % 50 == 0:
                    await _comes_back_harmless(demo_bank, page, file_id)


async def _comes_back_harmless(hub: HubServer, page: ChatClient, file_id: str) -> None:
    link = await page.ask("link", "refused", type="open", id=fresh_id(), file_id=file_id)
    reply = await acall(hub, "GET", link["href"])
    assert (reply.status, reply.body, reply.headers["content-type"]) == (200, PNG, "image/png")
    kept, _, name = reply.headers["content-disposition"].partition("; filename*=UTF-8''")
    assert kept == "attachment"
    shown = unquote(name)
    assert 5 <= len(shown) <= 120
    assert shown.endswith(".png")
    assert not set('/\\<>:"|?*\0\r\n\u202e') & set(shown)


async def _write(tab: DeskClient, command: str, contact_id: str, text: str) -> Answer:
    return await tab.do(command, contact_id=contact_id, key=f"naughty-{fresh_id()}", text=text)


async def _read(page: ChatClient) -> Frame:
    """A page that keeps up."""
    return await page.next("bye")


def _same(sent: dict[int, str], found: dict[int, str]) -> None:
    changed = {seq: text for seq, text in sent.items() if found.get(seq) != text}
    assert all(MASK in found.get(seq, "") for seq in changed), changed
    assert len(changed) < 10, "masking is for card numbers"
