"""A balance must not go by mail: it goes behind a link, and the customer reads it with a code."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.test_walk import EN, PNG, be_available, sign_in
from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.hub_server import CUSTOMER, HubServer

pytestmark = [pytest.mark.servers, pytest.mark.timeout(240)]

WAIT_MS = 40_000
BALANCE = "Your balance is £1,204.50."
LINK = re.compile(r"https?://\S+/secure/\S+")


async def _link_customer(desk: Page) -> None:
    await desk.get_by_role("button", name="Find the customer").click()
    await desk.get_by_role("searchbox", name="Find a customer").fill("lin wei")
    row = desk.get_by_role("button", name=re.compile("8807"))
    await expect(row).to_be_visible()
    await row.click()
    await desk.get_by_role("button", name=re.compile("^Link to ")).click()
    await desk.get_by_role("radio", name="Gave the customer number").check()
    await desk.get_by_role("dialog").get_by_role("button", name="Link", exact=True).click()
    record = desk.get_by_role("complementary", name="Customer record")
    await expect(record).to_contain_text("Lin Wei")


async def _opened(hub: HubServer, pages: Pages, link: str, *, nth: int) -> Page:
    """The customer opens a link on a small dark phone; the newest code is the nth that was sent."""
    phone = await pages.person(language="en-GB", colours="dark", width=320, height=640)
    page = await pages.open(link, person=phone)
    await page.get_by_role("button", name="Send me the code").click()
    code = page.get_by_label("Code", exact=True)
    await expect(code).to_be_focused()
    outbox = await pages.open(f"{hub.origin}/demo/outbox?lang=en")
    notices = outbox.locator("li").filter(has_text="opens your secure message")
    await expect(notices).to_have_count(nth)
    found = re.search(r"\b\d{6}\b", await notices.first.inner_text())
    assert found is not None
    if nth == 1:
        await code.fill(f"{(int(found.group()) + 1) % 1_000_000:06}")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert")).to_contain_text("4 tries left")
        assert await serious_faults(page) == []
    await code.fill(found.group())
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Your answer")).to_be_visible()
    return page


async def _link_in(mailbox: Page, words: str) -> str:
    mail = mailbox.locator("#mails li").filter(has_text=words)
    await expect(mail).to_be_visible()
    await expect(mail).not_to_contain_text("1,204.50")
    found = LINK.search(await mail.inner_text())
    assert found is not None
    return found.group()


async def test_a_balance_is_read_behind_a_code_and_answered(
    hub_server: HubServer, pages: Pages
) -> None:
    expect.set_options(timeout=20_000)
    hub_server.start()
    person = await pages.person(language="en-GB", colours="light")
    desk = await sign_in(hub_server, pages, person, EN.skilled)
    await be_available(desk, EN)
    mailbox = await pages.open(f"{hub_server.origin}/demo/mailbox?as={CUSTOMER}&lang=en")
    await mailbox.locator("[name=subject]").fill("My balance")
    await mailbox.locator("[name=text]").fill("Hello, what is my balance?")
    await mailbox.locator("[type=submit]").click()
    await desk.get_by_role("button", name=EN.accept).first.click(timeout=WAIT_MS)
    await expect(desk.locator("#composer")).to_be_visible()
    await _link_customer(desk)

    await desk.locator("#composer").fill(BALANCE)
    await desk.keyboard.press("Control+Enter")
    await expect(desk.get_by_role("alert").filter(has_text="a balance")).to_be_visible()
    assert await serious_faults(desk) == []
    await desk.get_by_role("button", name="Send as secure message").click()
    ours = desk.get_by_role("article").filter(has_text="secure message")
    await expect(ours).to_contain_text(BALANCE)

    link = await _link_in(mailbox, "sent you a secure message")
    page = await _opened(hub_server, pages, link, nth=1)
    await expect(page.get_by_text(BALANCE)).to_be_visible()
    assert await serious_faults(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_label("Your answer").fill("Thank you, that is right.")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_text("Your answer has been sent.")).to_be_visible()
    log = desk.get_by_role("log")
    await expect(log).to_contain_text("The customer has opened the secure message")
    await expect(log).to_contain_text("Thank you, that is right.")

    await desk.get_by_role("button", name="Secure", exact=True).click()
    await desk.get_by_role("menuitem", name=re.compile("Ask for documents")).click()
    asked = await _link_in(mailbox, "We need documents")
    page = await _opened(hub_server, pages, asked, nth=2)
    await page.locator("input[type=file]").set_input_files(
        {"name": "passport.png", "mimeType": "image/png", "buffer": PNG}
    )
    await expect(page.get_by_text("passport.png: sent")).to_be_visible()
    await expect(log).to_contain_text("passport.png")
    assert pages.uncaught == []
