"""The lists of mail and messages on a real page: take next, many at once, laid aside, spam."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.test_walk import EN, sign_in
from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.hub_server import CUSTOMER, HubServer

pytestmark = [pytest.mark.long, pytest.mark.timeout(240)]

OTHER = "20418811"
LURE = "Click here http://10.0.0.1/ to verify your account"


async def _mails(hub: HubServer, pages: Pages, who: str, subject: str, text: str) -> None:
    mailbox = await pages.open(f"{hub.origin}/demo/mailbox?as={who}&lang=en")
    await mailbox.locator("[name=subject]").fill(subject)
    await mailbox.locator("[name=text]").fill(text)
    async with mailbox.expect_response(re.compile("/demo/mailbox/send")):
        await mailbox.locator("[type=submit]").click()


async def _list(desk: Page, name: str) -> None:
    await desk.get_by_role("tab", name=re.compile(f"^{name}")).click()


async def test_lists_are_worked_by_hand_and_key(hub_server: HubServer, pages: Pages) -> None:
    expect.set_options(timeout=30_000)
    hub_server.start()
    await _mails(hub_server, pages, CUSTOMER, "A fee in March", "I did not agree to it.")
    await _mails(hub_server, pages, OTHER, "I have moved", "What do you need from me?")
    person = await pages.person(language=EN.locale, colours="light")
    desk = await sign_in(hub_server, pages, person, EN.skilled)
    await expect(desk.get_by_role("link", name=re.compile("Mail and messages"))).to_be_visible()
    await desk.keyboard.press("Alt+l")
    lines = desk.locator(".letter-line")
    await expect(lines).to_have_count(2)
    await expect(lines.first).to_contain_text("A fee in March")
    assert await serious_faults(desk) == []
    await lines.first.locator(".letter-main").focus()
    await desk.keyboard.press("ArrowDown")
    await desk.keyboard.press("Space")
    await expect(lines.nth(1).get_by_role("checkbox")).to_be_checked()
    await desk.get_by_role("button", name="Tag", exact=True).click()
    dialog = desk.get_by_role("dialog")
    await dialog.get_by_role("radiogroup", name="Documents").get_by_text("Put on").click()
    await dialog.get_by_role("button", name="Tag", exact=True).click()
    await expect(lines.nth(1)).to_contain_text("Documents")
    await desk.get_by_role("button", name="Undo").click()
    await expect(lines.nth(1)).not_to_contain_text("Documents")
    await desk.keyboard.press("Alt+g")
    await expect(desk.get_by_label("Subject")).to_have_value("Re: A fee in March")
    await desk.keyboard.press("Alt+Shift+w")
    await dialog.get_by_role("button", name="Lay aside").click()
    await desk.keyboard.press("Alt+l")
    await _list(desk, "Waiting")
    await expect(lines).to_have_count(1)
    await _mails(hub_server, pages, CUSTOMER, "Re: A fee in March", "It was 12 pounds.")
    await _list(desk, "Unassigned")
    await expect(lines.filter(has_text="It was 12 pounds")).to_be_visible()
    await _spam_is_released(hub_server, pages, desk)


async def _spam_is_released(hub: HubServer, pages: Pages, desk: Page) -> None:
    words = f"{LURE}. You have won. Act now."
    await _mails(hub, pages, OTHER, "Your account has been suspended", words)
    await _list(desk, "Spam")
    held = desk.locator(".held-line")
    await expect(held).to_contain_text("a link to a bare number")
    assert await held.locator("a").count() == 0
    assert await serious_faults(desk) == []
    await held.get_by_role("button", name="Not spam").click()
    await expect(desk.get_by_text("Nothing is held back")).to_be_visible()
    await _list(desk, "Unassigned")
    suspended = desk.locator(".letter-line").filter(has_text="Your account has been suspended")
    await expect(suspended).to_be_visible()
