"""A text in Chinese with real pages: handset, bot, the agent of that language, answer, "5", score.

The carrier is the demo's own process, which speaks Twilio to the hub.
"""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.test_walk import ZH, be_available, sign_in
from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.hub_server import HubServer

pytestmark = pytest.mark.servers
NOTHING = "目前没有会话"
SURVEY_MS = 60_000
"""The demo asks half a minute after the end."""


async def write(handset: Page, text: str) -> None:
    """The customer writes, and the bank has it."""
    box = handset.get_by_label("您的短信")
    await box.fill(text)
    await box.press("Enter")
    mine = handset.locator("li.mine").filter(has_text=text).last
    await expect(mine).to_contain_text("银行已收到")


@pytest.mark.timeout(240)
async def test_from_a_text_in_chinese_to_the_score(hub_server: HubServer, pages: Pages) -> None:
    expect.set_options(timeout=20_000)
    hub_server.start()
    other = await sign_in(hub_server, pages, await pages.person(language="zh-CN"), "ben")
    await be_available(other, ZH)
    person = await pages.person(language="zh-CN")
    desk = await sign_in(hub_server, pages, person, "liuxin")
    await be_available(desk, ZH)
    holder = await pages.person(language="zh-CN", width=390, height=844)
    handset = await pages.open(f"{hub_server.origin}/handset?lang=zh", person=holder)
    talk = handset.get_by_role("log")
    await write(handset, "你好，我想问点事")
    await expect(talk).to_contain_text(re.compile(r"\d 转人工"))
    assert await serious_faults(handset) == []
    shown = await talk.inner_text()
    await write(handset, next(iter(re.findall(r"(\d+) 转人工", shown))))
    await expect(desk.get_by_role("alertdialog")).to_be_visible()
    # Ben has been free for longer and serves this queue, but does not speak Chinese.
    await expect(other.get_by_text(NOTHING)).to_be_visible()
    await desk.keyboard.press("Alt+KeyA")
    reply = desk.get_by_role("textbox", name=ZH.reply)
    await expect(reply).to_be_focused()
    await reply.fill("您好，我是刘欣，请讲。")
    await desk.keyboard.press("Control+Enter")
    await expect(talk).to_contain_text("我是刘欣")
    await desk.keyboard.press("Alt+Shift+KeyE")
    await desk.get_by_role("alertdialog").locator("button[type=submit]").click()
    await desk.get_by_role("option").first.click()
    await desk.keyboard.press("Control+Enter")
    await expect(talk).to_contain_text(re.compile("1.*5"), timeout=SURVEY_MS)
    await write(handset, "5")
    await expect(talk.locator("li").last).to_contain_text(ZH.thanks)
    boss = await pages.person(language="zh-CN")
    wall = await sign_in(hub_server, pages, boss, "rosa")
    await expect(wall.get_by_text("5.0").first).to_be_visible()
