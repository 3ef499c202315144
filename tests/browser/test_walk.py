"""The whole walk with real pages on the real product, which is killed in the middle.

A signed-in customer asks, the bot hands over, the agent with the right skills gets the record,
they talk, the hub dies and comes back, a colleague takes over, wraps up, the customer rates, and
the wallboard shows it. Once in Chinese and light, once in English and dark.
"""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.hub_server import HubServer

LIN_WEI = "20418807"
PASSWORD = "northmere-demo"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6300010000"
    "0500010d0a2db40000000049454e44ae426082"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """What people read and press in one language."""

    code: Literal["en", "zh"]
    locale: str
    colours: Literal["light", "dark"]
    chat: str
    person: str
    ask: str
    missed: str
    customer: str
    skilled: str
    unskilled: str
    colleague: str
    presence: re.Pattern[str]
    available: str
    accept: re.Pattern[str]
    reply: re.Pattern[str]
    send: re.Pattern[str]
    note_tab: str
    note: re.Pattern[str]
    add_note: re.Pattern[str]
    transfer: re.Pattern[str]
    transfer_now: str
    queue: re.Pattern[str]
    end: re.Pattern[str]
    finish: re.Pattern[str]
    message: str
    attach: str
    typing: re.Pattern[str]
    stars: str
    submit: str
    thanks: re.Pattern[str]
    log: str


ZH = Tongue(
    code="zh", locale="zh-CN", colours="light", chat="在线客服", person="转人工",
    ask="我想问点事", missed="没有理解", customer="林薇", skilled="liuxin",
    unskilled="ben", colleague="wujia",
    presence=re.compile("小休|空闲"), available="空闲", accept=re.compile("^接听|^接受"),
    reply=re.compile("回复"), send=re.compile("^发送"), note_tab="内部备注",
    note=re.compile("备注"), add_note=re.compile("备注"), transfer=re.compile("^转接"),
    transfer_now="立即转接", queue=re.compile("银行卡"), end=re.compile("结束"),
    finish=re.compile("完成"), message="输入消息", attach="发送文件", typing=re.compile("正在输入"),
    stars="5 星", submit="提交", thanks=re.compile("谢谢|感谢"), log="聊天记录",
)  # fmt: skip
EN = Tongue(
    code="en", locale="en-GB", colours="dark", chat="Chat with us", person="Talk to a person",
    ask="I need some advice", missed="did not understand", customer="Lin Wei", skilled="amara",
    unskilled="huzhen", colleague="tom",
    presence=re.compile("Break|Available"), available="Available",
    accept=re.compile("^Accept"), reply=re.compile("Reply to"), send=re.compile("^Send"),
    note_tab="Internal note", note=re.compile("Internal note about"),
    add_note=re.compile("Add note"), transfer=re.compile("^Transfer"),
    transfer_now="Transfer now", queue=re.compile("Cards"), end=re.compile("End chat"),
    finish=re.compile("Finish"), message="Write a message", attach="Send a file",
    typing=re.compile("is typing"), stars="5 of 5", submit="Send",
    thanks=re.compile("Thank you"), log="Messages",
)  # fmt: skip


async def sign_in(hub: HubServer, pages: Pages, person: BrowserContext, login: str) -> Page:
    page = await pages.open(f"{hub.origin}/sign-in", person=person)
    await page.locator("input[autocomplete=username]").fill(login)
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url(re.compile("/console"))
    return page


async def be_available(page: Page, tongue: Tongue) -> None:
    await page.get_by_role("button", name=tongue.presence).first.click()
    await page.get_by_role("menuitemradio", name=tongue.available).first.click()
    button = page.get_by_role("button", name=tongue.presence).first
    await expect(button).to_contain_text(tongue.available)


class Walk:
    """The people of one walk and their pages."""

    def __init__(self, hub: HubServer, pages: Pages, tongue: Tongue) -> None:
        self.hub, self.pages, self.tongue = hub, pages, tongue
        self.other: Page
        self.desk: Page
        self.colleague: Page
        self.bank: Page

    async def somebody(self) -> BrowserContext:
        """A person at a screen of their own."""
        tongue = self.tongue
        return await self.pages.person(language=tongue.locale, colours=tongue.colours)

    async def come_to_work(self, login: str) -> Page:
        """An agent signs in and is available."""
        page = await sign_in(self.hub, self.pages, await self.somebody(), login)
        await be_available(page, self.tongue)
        return page

    @property
    def chat(self) -> Locator:
        """What the customer reads."""
        return self.bank.get_by_role("log", name=self.tongue.log)

    async def write(self, text: str) -> None:
        """The customer writes."""
        await self.bank.get_by_role("textbox", name=self.tongue.message).fill(text)
        await self.bank.keyboard.press("Enter")

    async def answer(self, page: Page, text: str) -> None:
        """An agent answers."""
        await page.get_by_role("textbox", name=self.tongue.reply).fill(text)
        await page.keyboard.press("Control+Enter")

    async def customer_asks(self) -> None:
        """Signed in at the bank: the bot does not understand, so a person is asked for."""
        tongue = self.tongue
        url = f"{self.hub.origin}/bank?as={LIN_WEI}&lang={tongue.code}"
        self.bank = await self.pages.open(url, person=await self.somebody())
        await self.bank.get_by_role("button", name=tongue.chat).click()
        await expect(self.bank.get_by_role("button", name=tongue.person)).to_be_visible()
        assert await serious_faults(self.bank) == []
        await self.write(tongue.ask)
        await expect(self.chat).to_contain_text(tongue.missed)
        await self.bank.get_by_role("button", name=tongue.person).last.click()

    async def skilled_agent_accepts(self) -> None:
        """The record is there with the Offer, and with nobody else."""
        desk = self.desk
        await expect(desk.get_by_role("alertdialog")).to_contain_text(self.tongue.customer)
        await expect(desk.get_by_text("Luma Electronics").first).to_be_visible()
        assert await self.other.get_by_role("alertdialog").count() == 0
        await self.other.close()
        assert await serious_faults(desk) == []
        await desk.keyboard.press("Alt+KeyA")
        await expect(desk.get_by_role("textbox", name=self.tongue.reply)).to_be_focused()

    async def they_talk(self, picture: Path) -> None:
        """Words and typing both ways, a file, and a note the customer never sees."""
        bank, desk, tongue, talk = self.bank, self.desk, self.tongue, self.desk.get_by_role("log")
        await desk.get_by_role("textbox", name=tongue.reply).press_sequentially("Hello, I see it")
        await expect(bank.get_by_text(tongue.typing).first).to_be_attached()
        await desk.keyboard.press("Control+Enter")
        await expect(self.chat).to_contain_text("Hello, I see it")
        await bank.get_by_role("textbox", name=tongue.message).press_sequentially("Thank")
        await expect(desk.get_by_text(tongue.typing).first).to_be_attached()
        await bank.keyboard.type(" you")
        await bank.keyboard.press("Enter")
        await expect(talk).to_contain_text("Thank you")
        await bank.locator("input[type=file]").set_input_files(picture)
        await expect(talk).to_contain_text(picture.name)
        await desk.keyboard.press("Alt+KeyN")
        await desk.get_by_role("textbox", name=tongue.note).fill("Card still in the wallet")
        await desk.keyboard.press("Control+Enter")
        await expect(talk).to_contain_text("Card still in the wallet")
        await expect(self.chat).not_to_contain_text("Card still in the wallet")
        await desk.keyboard.press("Alt+KeyN")

    async def hub_dies_and_comes_back(self) -> None:
        """Both write while it is dead; nothing is lost and nothing doubled."""
        self.hub.kill()
        await self.write("Sent while it was down")
        await self.answer(self.desk, "Written while it was down")
        await asyncio.to_thread(self.hub.start)
        talk = self.desk.get_by_role("log")
        for log, text in (
            (talk, "Sent while it was down"),
            (self.chat, "Written while it was down"),
            (talk, "Thank you"),
            (self.chat, "Hello, I see it"),
        ):
            await expect(log.get_by_text(text)).to_have_count(1, timeout=40_000)

    async def colleague_takes_over(self) -> None:
        """Through another queue, with the note."""
        tongue, colleague, dialog = self.tongue, self.colleague, self.desk.get_by_role("dialog")
        await self.desk.keyboard.press("Alt+KeyT")
        await dialog.get_by_role("option", name=tongue.queue).first.click()
        await dialog.get_by_role("textbox").last.fill("Please look at the payment")
        await dialog.get_by_role("button", name=tongue.transfer_now).click()
        await expect(colleague.get_by_role("alertdialog")).to_contain_text(tongue.customer)
        await colleague.get_by_role("button", name=tongue.accept).click()
        await expect(colleague.get_by_role("log")).to_contain_text("Please look at the payment")
        await self.answer(colleague, "I have blocked the payment")
        await expect(self.chat).to_contain_text("I have blocked the payment")

    async def it_ends_and_is_rated(self) -> None:
        """End, outcome, stars."""
        tongue, colleague, bank = self.tongue, self.colleague, self.bank
        await colleague.keyboard.press("Alt+Shift+KeyE")
        confirm = colleague.get_by_role("alertdialog")
        await confirm.get_by_role("button", name=tongue.end).click()
        await colleague.get_by_role("option").first.click()
        await colleague.keyboard.press("Control+Enter")
        await expect(colleague.get_by_role("button", name=tongue.finish)).to_have_count(0)
        star = bank.get_by_role("radio", name=tongue.stars)
        await bank.locator("label").filter(has=star).click()  # the star is its label
        await bank.get_by_role("button", name=tongue.submit, exact=True).last.click()
        await expect(bank.get_by_text(tongue.thanks).first).to_be_visible()
        assert await serious_faults(bank) == []


@pytest.mark.parametrize(
    "tongue",
    [
        pytest.param(ZH, id="zh-light"),
        pytest.param(EN, id="en-dark", marks=pytest.mark.servers),  # `make test` has ten minutes
    ],
)
@pytest.mark.timeout(240)
async def test_the_whole_walk(
    hub_server: HubServer, pages: Pages, tongue: Tongue, tmp_path: Path
) -> None:
    expect.set_options(timeout=15_000)
    picture = tmp_path / "alert.png"
    picture.write_bytes(PNG)
    hub_server.start()
    walk = Walk(hub_server, pages, tongue)
    walk.other = await walk.come_to_work(tongue.unskilled)
    walk.desk = await walk.come_to_work(tongue.skilled)
    await walk.customer_asks()
    await walk.skilled_agent_accepts()
    await walk.they_talk(picture)
    await walk.hub_dies_and_comes_back()
    walk.colleague = await walk.come_to_work(tongue.colleague)
    await walk.colleague_takes_over()
    await walk.it_ends_and_is_rated()

    wall = await sign_in(hub_server, pages, await walk.somebody(), "rosa")
    await expect(wall.get_by_text("5.0").first).to_be_visible(timeout=20_000)
    await expect(wall.get_by_text("100%").first).to_be_visible()
    assert await serious_faults(wall) == []
    assert [line for line in pages.console if "Content Security Policy" in line] == []
