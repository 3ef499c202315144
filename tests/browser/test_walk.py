"""The whole walk with real pages on the real product, which is killed in the middle.

A signed-in customer asks, the bot hands over, the agent with the right skills gets the record,
they talk, the hub dies and comes back, a colleague takes over, wraps up, the customer rates, and
the wallboard shows it. Once in Chinese and light, once in English and dark.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import BrowserContext, Page, expect

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
    ask="我想问点事", missed="没有理解", customer="林薇", skilled="liuxin", unskilled="ben",
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
    unskilled="huzhen", presence=re.compile("Break|Available"), available="Available",
    accept=re.compile("^Accept"), reply=re.compile("Reply to"), send=re.compile("^Send"),
    note_tab="Internal note", note=re.compile("Internal note about"),
    add_note=re.compile("Add note"), transfer=re.compile("^Transfer"),
    transfer_now="Transfer now", queue=re.compile("Cards"), end=re.compile("End chat"),
    finish=re.compile("Finish"), message="Write a message", attach="Send a file",
    typing=re.compile("is typing"), stars="5 stars", submit="Send rating",
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


@pytest.mark.parametrize("tongue", [ZH, EN], ids=["zh-light", "en-dark"])
@pytest.mark.timeout(240)
async def test_the_whole_walk(
    hub_server: HubServer, pages: Pages, tongue: Tongue, tmp_path: Path
) -> None:
    hub = hub_server
    hub.start()
    expect.set_options(timeout=15_000)

    async def somebody() -> BrowserContext:
        return await pages.person(language=tongue.locale, colours=tongue.colours)

    other = await sign_in(hub, pages, await somebody(), tongue.unskilled)
    await be_available(other, tongue)
    desk = await sign_in(hub, pages, await somebody(), tongue.skilled)
    await be_available(desk, tongue)

    # The customer asks the bot, then for a person.
    bank = await pages.open(
        f"{hub.origin}/bank?as={LIN_WEI}&lang={tongue.code}", person=await somebody()
    )
    await bank.get_by_role("button", name=tongue.chat).click()
    chat = bank.get_by_role("log", name=tongue.log)
    await expect(bank.get_by_role("button", name=tongue.person)).to_be_visible()
    assert await serious_faults(bank) == []
    await bank.get_by_role("textbox", name=tongue.message).fill(tongue.ask)
    await bank.keyboard.press("Enter")
    await expect(chat).to_contain_text(tongue.ask)
    await expect(chat).to_contain_text(tongue.missed)
    await bank.get_by_role("button", name=tongue.person).last.click()

    # The agent with the skills gets the Offer with the record; nobody else does.
    offer = desk.get_by_role("alertdialog")
    await expect(offer).to_contain_text(tongue.customer)
    await expect(desk.get_by_text("Luma Electronics").first).to_be_visible()
    assert await other.get_by_role("alertdialog").count() == 0
    await other.close()
    assert await serious_faults(desk) == []
    await desk.keyboard.press("Alt+KeyA")
    reply = desk.get_by_role("textbox", name=tongue.reply)
    await expect(reply).to_be_focused()

    # Words, typing, a file and a note.
    await reply.press_sequentially("Hello, I can see it")
    await expect(bank.get_by_text(tongue.typing).first).to_be_attached()
    await desk.keyboard.press("Control+Enter")
    await expect(chat).to_contain_text("Hello, I can see it")
    await bank.get_by_role("textbox", name=tongue.message).press_sequentially("Thank")
    await expect(desk.get_by_text(tongue.typing).first).to_be_attached()
    await bank.keyboard.type(" you")
    await bank.keyboard.press("Enter")
    talk = desk.get_by_role("log")
    await expect(talk).to_contain_text("Thank you")
    picture = tmp_path / "alert.png"
    picture.write_bytes(PNG)
    await bank.locator("input[type=file]").set_input_files(picture)
    await expect(talk).to_contain_text("alert.png")
    await desk.keyboard.press("Alt+KeyN")
    await desk.get_by_role("textbox", name=tongue.note).fill("Card still in the wallet")
    await desk.keyboard.press("Control+Enter")
    await expect(talk).to_contain_text("Card still in the wallet")
    await expect(chat).not_to_contain_text("Card still in the wallet")
    await desk.keyboard.press("Alt+KeyN")

    # The hub dies and comes back: both pages go on, nothing is lost or doubled.
    hub.kill()
    await bank.get_by_role("textbox", name=tongue.message).fill("Sent while it was down")
    await bank.keyboard.press("Enter")
    await reply.fill("Written while it was down")
    await desk.keyboard.press("Control+Enter")
    hub.start()
    await expect(talk.get_by_text("Sent while it was down")).to_have_count(1, timeout=40_000)
    await expect(chat.get_by_text("Written while it was down")).to_have_count(1, timeout=40_000)
    await expect(talk.get_by_text("Thank you")).to_have_count(1)
    await expect(chat.get_by_text("Hello, I can see it")).to_have_count(1)

    # On to another queue: a colleague who knows cards takes it, with the note.
    colleague = await sign_in(hub, pages, await somebody(), "wujia" if tongue is ZH else "tom")
    await be_available(colleague, tongue)
    await desk.keyboard.press("Alt+KeyT")
    dialog = desk.get_by_role("dialog")
    await (
        dialog.get_by_role("option", name=tongue.queue)
        .or_(dialog.get_by_role("radio", name=tongue.queue))
        .first.click()
    )
    await dialog.get_by_role("textbox").last.fill("Please look at the payment")
    await dialog.get_by_role("button", name=tongue.transfer_now).click()
    await expect(colleague.get_by_role("alertdialog")).to_contain_text(tongue.customer)
    await colleague.keyboard.press("Alt+KeyA")
    await expect(colleague.get_by_role("log")).to_contain_text("Please look at the payment")
    second = colleague.get_by_role("textbox", name=tongue.reply)
    await second.fill("I have blocked the payment")
    await colleague.keyboard.press("Control+Enter")
    await expect(chat).to_contain_text("I have blocked the payment")

    # The end, the wrap-up with its outcome, the rating, the wallboard.
    await colleague.keyboard.press("Alt+Shift+KeyE")
    await colleague.get_by_role("alertdialog").get_by_role("button", name=tongue.end).click()
    await colleague.get_by_role("option").first.click()
    await colleague.keyboard.press("Control+Enter")
    await expect(colleague.get_by_role("button", name=tongue.finish)).to_have_count(0)
    await bank.get_by_role("radio", name=tongue.stars).click(force=True)
    await bank.get_by_role("button", name=tongue.submit).click()
    await expect(bank.get_by_text(tongue.thanks).first).to_be_visible()
    assert await serious_faults(bank) == []

    wall = await sign_in(hub, pages, await somebody(), "rosa")
    await expect(wall.get_by_text("5.0").first).to_be_visible(timeout=20_000)
    await expect(wall.get_by_text("100%").first).to_be_visible()
    assert await serious_faults(wall) == [], "wallboard"
    assert [line for line in pages.console if "Content Security Policy" in line] == []
