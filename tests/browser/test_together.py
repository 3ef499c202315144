"""Two colleagues in one conversation: drafts that are read, taken over and kept; small windows."""

import re

import pytest
from playwright.async_api import Page, ViewportSize, expect

from tests.browser.test_shift import offer_on
from tests.browser.test_walk import EN, Walk
from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.hub_server import HubServer

WORDS = "We have refunded the payment"
AT_400_PERCENT = ViewportSize(width=320, height=256)
"""A window of 1280 by 1024 whose reader has made everything four times as large."""


async def consult(desk: Page, colleague: str) -> None:
    """Bring a colleague into the conversation."""
    await desk.get_by_role("button", name="Consult a colleague").click()
    dialog = desk.get_by_role("dialog")
    await dialog.get_by_role("combobox").fill(colleague)
    await desk.keyboard.press("Enter")
    await dialog.get_by_role("textbox", name="What do you want to ask?").fill("Please look")
    await dialog.get_by_role("button", name="Invite").click()
    await expect(dialog).to_have_count(0)


@pytest.mark.timeout(240)
async def test_a_draft_is_read_taken_over_and_kept(hub_server: HubServer, pages: Pages) -> None:
    expect.set_options(timeout=15_000)
    hub_server.start()
    walk = Walk(hub_server, pages, EN)
    walk.desk = amara = await walk.come_to_work("amara")
    await walk.customer_asks()
    await expect(offer_on(amara)).to_contain_text(EN.customer)
    await amara.keyboard.press("Alt+KeyA")
    await expect(amara.get_by_role("textbox", name=EN.reply)).to_be_visible()
    tom = await walk.come_to_work("tom")
    await consult(amara, "Tom Reyes")
    await expect(tom.get_by_role("textbox", name=EN.reply)).to_be_visible()

    await amara.get_by_role("textbox", name=EN.reply).fill(WORDS)
    draft = tom.get_by_role("region", name=re.compile("writes a reply"))
    await expect(draft).to_contain_text(WORDS)
    assert await serious_faults(tom) == []
    await tom.get_by_role("textbox", name=EN.reply).focus()
    await tom.keyboard.press("Alt+Shift+KeyD")
    await expect(tom.get_by_role("textbox", name=EN.reply)).to_have_value(WORDS)
    await expect(amara.get_by_role("textbox", name=EN.reply)).to_have_value("")
    await expect(amara.get_by_role("status").filter(has_text="took your draft")).to_be_visible()

    await tom.reload()
    await expect(tom.get_by_role("textbox", name=EN.reply)).to_have_value(WORDS)
    await expect(walk.chat).not_to_contain_text(WORDS)

    await tom.set_viewport_size(AT_400_PERCENT)
    await tom.get_by_role("listitem").get_by_text(EN.customer).click()
    reply = tom.get_by_role("textbox", name=EN.reply)
    await reply.scroll_into_view_if_needed()
    await expect(reply).to_be_in_viewport(ratio=0.9)
    assert await tom.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await tom.get_by_role("button", name="Send", exact=False).first.click()
    await expect(walk.chat).to_contain_text(WORDS)
