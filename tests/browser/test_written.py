"""A mail and an SMS on real pages: the customer writes, an agent answers, the customer reads it.

The mail goes both ways by SMTP, its reply from another client than the first one, the SMS through
the carrier of this folder.
"""

import asyncio
import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.test_walk import EN, PASSWORD, PNG, ZH, Tongue, be_available, sign_in
from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.hub_server import CUSTOMER, HubServer
from tests.support.outlook import leave_by_smtp, outlook_reply

pytestmark = [pytest.mark.servers, pytest.mark.timeout(240)]

WAIT_MS = 40_000
ASKS = "my March statement shows a fee I did not agree to"
PASSES_ON = "Please look at this fee."
ANSWER = "We have taken the fee back."
THANKS = "Thank you, all is well now."
SERVICE = "service@northmere.example"


async def _desk(hub: HubServer, pages: Pages, tongue: Tongue) -> Page:
    person = await pages.person(language=tongue.locale, colours=tongue.colours)
    desk = await sign_in(hub, pages, person, tongue.skilled)
    await be_available(desk, tongue)
    return desk


async def _accept(desk: Page, tongue: Tongue) -> None:
    await desk.get_by_role("button", name=tongue.accept).first.click(timeout=WAIT_MS)
    await expect(desk.locator("#composer")).to_be_visible()


async def _answer(desk: Page, words: str) -> None:
    await desk.locator("#composer").fill(words)
    await desk.keyboard.press("Control+Enter")


async def test_from_a_mail_with_a_file_to_the_survey(hub_server: HubServer, pages: Pages) -> None:
    expect.set_options(timeout=20_000)
    hub_server.start()
    desk = await _desk(hub_server, pages, EN)
    mailbox = await pages.open(f"{hub_server.origin}/demo/mailbox?as={CUSTOMER}&lang=en")
    await mailbox.locator("[name=subject]").fill("Fee on my statement")
    await mailbox.locator("[name=text]").fill(f"Hello,\n\n{ASKS}.")
    await mailbox.locator("[name=file]").set_input_files(
        {"name": "page.png", "mimeType": "image/png", "buffer": PNG}
    )
    await mailbox.locator("[type=submit]").click()
    await _accept(desk, EN)
    letter = desk.get_by_role("article").filter(has_text=ASKS)
    await expect(letter).to_contain_text("Sender not checked")
    await expect(desk.get_by_role("log")).to_contain_text("page.png")
    await expect(desk.get_by_label("Subject")).to_have_value("Re: Fee on my statement")

    await _answer(desk, ANSWER)
    waiting = desk.locator("[data-outgoing=waiting]")
    await expect(waiting).to_contain_text(ANSWER)
    await desk.keyboard.press("Alt+z")
    await expect(waiting).to_have_count(0)
    await expect(desk.locator("#composer")).to_have_value(ANSWER)
    await desk.keyboard.press("Control+Enter")
    await waiting.get_by_role("button", name="Send now").click()
    ours = desk.get_by_role("article").filter(has_text=ANSWER)
    await expect(ours.locator("[data-delivery=sent]")).to_be_visible()
    received = mailbox.locator("#mails li").filter(has_text=ANSWER)
    await expect(received).to_contain_text("Re: Fee on my statement")

    answered = received.get_by_role("button", name="Answer")
    mail = outlook_reply(
        sender=await mailbox.locator("[name=as] option[selected]").inner_text(),
        to=SERVICE, subject="RE: Fee on my statement", words=THANKS, quoted=ANSWER,
        answers=str(await answered.get_attribute("data-answers")),
    )  # fmt: skip
    await asyncio.to_thread(leave_by_smtp, mail, await _door(hub_server, pages))
    reply = desk.get_by_role("article").filter(has_text=THANKS)
    await expect(reply).to_be_visible()
    for old in (ANSWER, "Sent:", SERVICE):
        await expect(reply.locator(".letter-t")).not_to_contain_text(old)
    await expect(letter).to_be_visible()
    await expect(desk.locator(".work .lr")).to_have_count(1)
    await reply.get_by_role("button", name="Show quoted text").click()
    await expect(reply.get_by_role("blockquote")).to_contain_text(ANSWER)
    assert await serious_faults(desk) == []
    await _split_and_taken_back(desk)
    await _passed_on(desk, reply)
    await _rated(desk, mailbox, pages)


async def _passed_on(desk: Page, letter: Locator) -> None:
    """A colleague gets the letter with a note, another one a copy that nobody sees."""
    await letter.get_by_role("button", name="Forward").click()
    dialog = desk.get_by_role("dialog", name="Forward this mail")
    await dialog.get_by_label("To", exact=True).fill("fees@northmere.example")
    await dialog.get_by_label("Bcc", exact=True).fill("head@northmere.example")
    await dialog.get_by_label("Note above it").fill(PASSES_ON)
    assert await serious_faults(desk) == []
    await dialog.get_by_role("button", name="Forward", exact=True).click()
    await expect(dialog).to_have_count(0)
    waiting = desk.locator("[data-outgoing=waiting]")
    await waiting.get_by_role("button", name="Send now").click()
    passed_on = desk.get_by_role("article").filter(has_text=PASSES_ON)
    await expect(passed_on.locator("[data-delivery=sent]")).to_be_visible()


async def _split_and_taken_back(desk: Page) -> None:
    """What the customer wrote last becomes a contact of its own, and comes back."""
    await desk.keyboard.press("Alt+Shift+KeyG")
    dialog = desk.get_by_role("dialog")
    await dialog.get_by_text("Split", exact=True).click()
    await dialog.get_by_role("radio", name=re.compile(THANKS)).check()
    assert await serious_faults(desk) == []
    await dialog.get_by_role("button", name="Split off").click()
    await expect(dialog).to_have_count(0)
    work = desk.locator(".work .lr")
    await expect(work).to_have_count(2)
    joined = desk.locator("[data-join=split]")
    await joined.get_by_role("button", name="Undo").first.click()
    await expect(joined).to_have_count(0)
    await expect(work).to_have_count(1)


async def _door(hub: HubServer, pages: Pages) -> str:
    """Where the bank takes mail, as its administrator sees it."""
    ines = await pages.person()
    headers, account = {"Origin": hub.origin}, {"login": "ines", "password": PASSWORD}
    await ines.request.post(f"{hub.origin}/api/sign-in", data=account, headers=headers)
    listed = await (await ines.request.get(f"{hub.origin}/api/accounts")).json()
    return next(str(one["comes"]["place"]) for one in listed["accounts"] if one["comes"])


async def _rated(desk: Page, mailbox: Page, pages: Pages) -> None:
    """The agent closes; the customer follows the link of the mail that asks, and rates."""
    await desk.keyboard.press("Alt+Shift+KeyE")
    await desk.get_by_role("alertdialog").locator("button[type=submit]").click()
    await desk.get_by_role("option").first.click()
    await desk.keyboard.press("Control+Enter")
    asking = mailbox.locator("#mails li").filter(has_text="/survey/")
    await expect(asking).to_be_visible(timeout=WAIT_MS)
    link = re.findall(r"http\S+/survey/\S+", await asking.inner_text())
    survey = await pages.open(link[0])
    await survey.get_by_role("radio").last.click()
    await survey.locator("button[type=submit]").click()
    await expect(survey.get_by_text(EN.thanks).first).to_be_visible()


async def test_a_chinese_sms_is_answered_and_its_receipt_is_seen(
    hub_server: HubServer, pages: Pages
) -> None:
    expect.set_options(timeout=20_000)
    hub_server.start()
    desk = await _desk(hub_server, pages, ZH)
    handset = await pages.open(f"{hub_server.origin}/handset?lang=zh")
    await expect(handset.locator("[name=bank] option")).not_to_have_count(0)
    words = handset.locator("[name=words]")
    await words.fill("您好，我想查一笔扣款")
    await words.press("Enter")
    await words.fill("转人工")
    await words.press("Enter")
    await _accept(desk, ZH)
    await expect(desk.get_by_role("log")).to_contain_text("我想查一笔扣款")
    await desk.locator("#composer").fill("您好")
    await expect(desk.locator(".segments")).to_contain_text("UCS-2")
    await _answer(desk, "您好，我来为您查询。")
    await expect(handset.locator("#talk")).to_contain_text("我来为您查询")
    ours = desk.locator(".msg-a").filter(has_text="我来为您查询")
    await expect(ours.locator("[data-delivery=delivered]")).to_have_text(re.compile("已送达"))
    assert await serious_faults(desk) == []
