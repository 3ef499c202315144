"""Calls with real pages and microphones that are tones: who hears whom, and what is recorded.

A customer calls from the browser, walks through the menu and talks to an agent, is held, asked
about with a colleague, talks with both, is handed over, and a supervisor whispers and joins.
"""

import asyncio
import re
from typing import Any

import numpy as np
import pytest
from playwright.async_api import BrowserContext, Page, expect

from channels.phone.media.tape import HEADER_BYTES
from channels.phone.media.ulaw import encode
from tests.browser.test_walk import EN, be_available, sign_in
from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.desk_client import DeskClient, desk_of
from tests.support.ears import give_voice, hears
from tests.support.headset import headset_of
from tests.support.http_client import call
from tests.support.hub_server import HubServer
from tests.support.tones import heard
from tests.support.waiting import until

CALLER, FIRST, SECOND, BOSS = VOICES = (1400, 1750, 2150, 2600)


class Line:
    """The people of one call."""

    def __init__(self, hub: HubServer, pages: Pages) -> None:
        self.hub, self.pages = hub, pages
        self.caller: Page
        self.first: Page
        self.second: Page

    async def somebody(self, hz: int, **screen: Any) -> BrowserContext:
        person = await self.pages.person(**screen)
        await give_voice(person, hz)
        return person

    async def come_to_work(self, login: str, hz: int) -> Page:
        desk = await sign_in(self.hub, self.pages, await self.somebody(hz), login)
        await be_available(desk, EN)
        await expect(desk.locator(".phone-menu .pr-available")).to_be_visible()
        return desk

    async def customer_calls(self) -> None:
        person = await self.somebody(CALLER, width=390, height=844)
        self.caller = page = await self.pages.open(f"{self.hub.origin}/call?lang=en", person=person)
        await expect(page.get_by_text("9510 0018")).to_be_visible()
        assert await serious_faults(page) == []
        await page.get_by_role("button", name="Call now").click()
        await page.get_by_role("button", name="English").click()
        menu = page.get_by_role("group", name="Menu choices")
        await expect(menu.get_by_text("Lost or stolen card")).to_be_visible()
        assert await serious_faults(page) == []
        await page.keyboard.press("0")

    async def accept(self, desk: Page) -> None:
        await expect(desk.get_by_role("alertdialog")).to_be_visible(timeout=20_000)
        await desk.keyboard.press("Alt+KeyA")
        await expect(desk.get_by_role("toolbar", name="Call controls")).to_be_visible()

    async def record(self, item: str, state: str) -> None:
        """The owner changes the recording."""
        await self.second.locator(".rec-menu").click()
        await self.second.get_by_role("menuitem", name=item).click()
        await expect(self.second.locator(".rec-menu")).to_contain_text(state)

    async def hear(self, caller: set[int], first: set[int], second: set[int] | None = None) -> None:
        both = [hears(self.caller, caller, VOICES), hears(self.first, first, VOICES)]
        if second is not None:
            both.append(hears(self.second, second, VOICES))
        await asyncio.gather(*both)


@pytest.mark.timeout(500)
async def test_who_hears_whom_in_a_call(hub_server: HubServer, pages: Pages) -> None:
    expect.set_options(timeout=15_000)
    hub_server.start()
    await until(lambda: "media_connected" in hub_server.words(), seconds=60)
    line = Line(hub_server, pages)
    line.first = await line.come_to_work("amara", FIRST)
    await line.customer_calls()
    await line.accept(line.first)
    await line.hear({FIRST}, {CALLER})
    assert await serious_faults(line.caller) == []

    await line.first.keyboard.press("Alt+KeyH")
    await hears(line.caller, set(), VOICES, music=True)
    await hears(line.first, set(), VOICES)
    await line.first.keyboard.press("Alt+KeyH")
    await line.hear({FIRST}, {CALLER})

    line.second = await line.come_to_work("liuxin", SECOND)
    await line.first.keyboard.press("Alt+KeyC")
    dialog = line.first.get_by_role("dialog")
    await dialog.get_by_role("option", name=re.compile("Liu Xin")).click()
    await dialog.get_by_role("button", name="Call", exact=True).click()
    await expect(line.second.get_by_role("toolbar", name="Call controls")).to_be_visible()
    await hears(line.caller, set(), VOICES, music=True)
    await asyncio.gather(hears(line.first, {SECOND}, VOICES), hears(line.second, {FIRST}, VOICES))
    await line.first.get_by_role("button", name="Talk together").click()
    await line.hear({FIRST, SECOND}, {CALLER, SECOND}, {CALLER, FIRST})
    await line.first.get_by_role("button", name="Hand over").click()
    await line.hear({SECOND}, set(), {CALLER})

    async with desk_of(hub_server, "rosa", available=False) as boss:
        contact_id = await line.second.locator("#call-mute").get_attribute("data-for") or ""
        async with headset_of(hub_server, boss.held, BOSS) as ear:
            await boss.must("monitor_call", contact_id=contact_id, mode="coach")
            await ear.hears({CALLER, SECOND}, *VOICES)
            await asyncio.gather(
                hears(line.second, {CALLER, BOSS}, VOICES), hears(line.caller, {SECOND}, VOICES)
            )
            await line.record("Pause for card or secret data", "Recording paused")
            await boss.must("monitor_call", contact_id=contact_id, mode="talk")
            await hears(line.caller, {SECOND, BOSS}, VOICES)
            await boss.must("leave_call", contact_id=contact_id)
            await hears(line.caller, {SECOND}, VOICES)
            await line.record("Go on recording", "Recording")
            await hears(line.caller, {SECOND}, VOICES)

        await line.caller.get_by_role("button", name="End").click()
        await expect(line.caller.get_by_text("Call ended")).to_be_visible()
        assert await serious_faults(line.caller) == []
        left, right = await recording(hub_server, boss, contact_id)
        assert heard(left, *VOICES) == {CALLER}
        assert heard(right, *VOICES) == {FIRST, SECOND}


async def recording(hub: HubServer, boss: DeskClient, contact_id: str) -> tuple[bytes, bytes]:
    """What was recorded of the customer, and of the bank."""
    path = f"/api/recordings?contact_id={contact_id}"
    async with asyncio.timeout(30):
        while True:
            reply = await asyncio.to_thread(call, hub, "GET", path, held=boss.held)
            found = reply.json["recordings"]
            if found and found[0]["href"]:
                break
            await asyncio.sleep(0.2)
    (one,) = found
    assert len(one["paused"]) == 1
    sound = await asyncio.to_thread(call, hub, "GET", one["href"], held=boss.held)
    sides = np.frombuffer(sound.body[HEADER_BYTES:], "<i2").reshape(-1, 2)
    left, right = (encode(np.ascontiguousarray(sides[:, side])) for side in (0, 1))
    return left, right
