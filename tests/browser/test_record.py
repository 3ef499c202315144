"""The record in the agent's hands, with real pages on the real product and its demo core bank.

A guest who asks for her balance is found, linked and proved by a code that she types in the chat;
her card is blocked exactly once although the bank's core is slow and dies in between. Of a joint
account's two holders only the one who speaks is shown her accounts.
"""

import asyncio
import json
import re
import urllib.request
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.test_walk import EN, be_available, sign_in
from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.hub_server import HubServer

BALANCE = "¥48,216.05"
WANG_LI = "20418841"
SLOW_SECONDS = 5
SLOW = {"delay_seconds": SLOW_SECONDS, "fail_every": 0, "drop_after_applying": 0}


def core(hub: HubServer, path: str, said: dict[str, Any] | None = None) -> Any:
    """Ask the demo's page of the core, or pull one of its levers."""
    request = urllib.request.Request(
        f"{hub.origin}/demo/core/{path}",
        data=None if said is None else json.dumps(said).encode(),
        headers={"Content-Type": "application/json", "Origin": hub.origin},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


class Talk:
    """One agent, one customer and what both see."""

    def __init__(self, hub: HubServer, pages: Pages) -> None:
        self.hub, self.pages = hub, pages
        self.desk: Page
        self.bank: Page

    async def begin(self, query: str) -> None:
        """The agent comes to work, the customer asks for a person, and they are together."""
        self.desk = await sign_in(self.hub, self.pages, await self.pages.person(), "amara")
        await be_available(self.desk, EN)
        self.bank = await self.pages.open(f"{self.hub.origin}/bank?{query}")
        await self.bank.get_by_role("button", name="Chat with us").click()
        await self.bank.get_by_role("button", name="Talk to a person").last.click()
        await expect(self.desk.get_by_role("alertdialog")).to_be_visible()
        await self.desk.keyboard.press("Alt+KeyA")
        await expect(self.desk.get_by_role("textbox", name=re.compile("Reply to"))).to_be_focused()

    async def write(self, text: str) -> None:
        """The customer writes."""
        await self.bank.get_by_role("textbox", name="Write a message").fill(text)
        await self.bank.keyboard.press("Enter")

    @property
    def record(self) -> Any:
        """The customer record on the desk."""
        return self.desk.get_by_role("complementary", name="Customer record")

    async def link_to_lin_wei(self) -> None:
        """Found by pinyin; of two with the name the agent chooses, and says how she knows."""
        desk = self.desk
        await self.record.get_by_text("Find the customer").click()
        search = desk.get_by_role("searchbox").or_(desk.get_by_role("combobox")).first
        await search.fill("linwei")
        found = desk.get_by_role("region", name="Customers")
        await expect(found).to_contain_text("2 matches")
        await found.get_by_text("8807").click()
        await desk.get_by_role("button", name=re.compile("^Link to")).click()
        dialog = desk.get_by_role("dialog")
        await dialog.get_by_text("Gave the customer number").click()
        await dialog.get_by_role("button", name="Link", exact=True).click()
        await expect(self.record).to_contain_text("Identity level 1")
        await expect(self.record).not_to_contain_text(BALANCE)

    async def prove_by_code(self) -> None:
        """The code goes to the phone of the record; typed in the chat it is hidden, and counts."""
        await self.desk.keyboard.press("Alt+KeyI")
        assert await serious_faults(self.desk) == []
        await self.record.get_by_role("button", name="Send code").click()
        await expect(self.record).to_contain_text("Sent by text message")
        phone = await self.pages.open(f"{self.hub.origin}/demo/outbox?lang=en")
        text = phone.get_by_text("is your one-time code")
        await expect(text).to_be_visible()
        code = re.findall(r"\b\d{6}\b", await text.inner_text())[0]
        await phone.close()
        await self.write(f"My code is {code}")
        await expect(self.record).to_contain_text("Identity verified, level 2")
        await expect(self.record).to_contain_text(BALANCE)
        assert code not in await self.desk.get_by_role("log").inner_text()

    async def block_the_card(self) -> None:
        """Says first what will happen."""
        await self.record.get_by_role("button", name=re.compile("Actions for Debit card")).click()
        await self.desk.get_by_role("menuitem", name="Block card").click()
        dialog = self.desk.get_by_role("dialog")
        await expect(dialog).to_contain_text("4417")
        await dialog.get_by_role("button", name="Block card").click()
        await expect(dialog).to_have_count(0)


@pytest.mark.timeout(240)
async def test_a_guest_is_proved_and_her_card_is_blocked_once(
    hub_server: HubServer, pages: Pages
) -> None:
    expect.set_options(timeout=15_000)
    hub_server.start()
    talk = Talk(hub_server, pages)
    await talk.begin("lang=en")
    await talk.write("What is my balance?")
    await talk.link_to_lin_wei()
    await talk.prove_by_code()

    await asyncio.to_thread(core, hub_server, "faults", SLOW)
    await talk.block_the_card()
    await asyncio.sleep(SLOW_SECONDS / 2)  # in the middle of what the core is slow at
    await asyncio.to_thread(core, hub_server, "run", {"on": False})
    await expect(talk.record).to_contain_text(re.compile("Sent|Waits for the bank"))
    await asyncio.to_thread(core, hub_server, "run", {"on": True})
    receipts = talk.bank.get_by_role("log").get_by_text(re.compile("4417 is blocked"))
    await expect(receipts).to_have_count(1, timeout=60_000)
    await expect(talk.record).to_contain_text("Blocked")
    state = await asyncio.to_thread(core, hub_server, "state")
    (applied,) = re.findall(r"<td>(\d+) ×</td></tr>", state["orders"])
    assert applied == "1"


@pytest.mark.timeout(180)
async def test_only_the_accounts_of_who_speaks_are_open(
    hub_server: HubServer, pages: Pages
) -> None:
    expect.set_options(timeout=15_000)
    hub_server.start()
    talk = Talk(hub_server, pages)
    await talk.begin(f"as={WANG_LI}&lang=en")
    await expect(talk.record).to_contain_text("Wang Li")
    own, shared = "8802", "2219"
    await expect(talk.record).to_contain_text(own)
    await expect(talk.record).to_contain_text(shared)
    await talk.desk.keyboard.press("Alt+KeyW")
    await (
        talk.desk.get_by_role("radio", name=re.compile("Zhou Hao"))
        .or_(talk.desk.get_by_role("option", name=re.compile("Zhou Hao")))
        .or_(talk.desk.get_by_role("menuitemradio", name=re.compile("Zhou Hao")))
        .first.click()
    )
    await expect(talk.record).not_to_contain_text(own)
    await expect(talk.record).to_contain_text(shared)
    assert await serious_faults(talk.desk) == []
