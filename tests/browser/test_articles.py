"""Articles in the pages: a customer looks something up, an agent puts an answer into the reply."""

import pytest
from playwright.async_api import expect

from tests.browser.test_shift import offer_on
from tests.browser.test_walk import EN, Walk
from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.hub_server import HubServer

pytestmark = [pytest.mark.servers, pytest.mark.timeout(240)]


async def test_a_customer_looks_up_and_an_agent_answers_with_an_article(
    hub_server: HubServer, pages: Pages
) -> None:
    expect.set_options(timeout=20_000)
    hub_server.start()
    customer = await pages.person(language="zh-CN", colours="dark", width=320)
    front = await pages.open(f"{hub_server.origin}/help?language=zh", person=customer)
    await front.get_by_role("searchbox").fill("掛失")
    await front.get_by_role("searchbox").press("Enter")
    first = front.locator(".hits a").first
    await expect(first).to_contain_text("挂失")
    assert await serious_faults(front) == []
    await first.click()
    await expect(front.locator(".ha h1")).to_contain_text("挂失")
    assert await serious_faults(front) == []
    assert await front.evaluate("document.documentElement.scrollWidth") == 320
    await front.get_by_role("button", name="有帮助", exact=True).click()
    await expect(front.get_by_role("status")).to_contain_text("谢谢")

    walk = Walk(hub_server, pages, EN)
    walk.desk = amara = await walk.come_to_work("amara")
    await walk.customer_asks()
    await expect(offer_on(amara)).to_contain_text(EN.customer)
    await amara.keyboard.press("Alt+KeyA")
    reply = amara.get_by_role("textbox", name=EN.reply)
    await expect(reply).to_be_visible()
    await amara.keyboard.press("Alt+KeyB")
    search = amara.get_by_role("searchbox", name="Search articles")
    async with amara.expect_response(lambda one: "lost card" in (one.request.post_data or "")):
        await search.fill("lost card")
    await expect(amara.locator(".articles [aria-busy=false]")).to_be_visible()
    await expect(amara.locator(".article-list > li").first).to_contain_text("card")
    assert await serious_faults(amara) == []
    await amara.keyboard.press("Alt+KeyJ")
    await expect(reply).not_to_have_value("")

    bank = walk.bank.locator("bank-chat")
    await bank.get_by_role("button", name="Help articles").click()
    looked_for = bank.get_by_role("searchbox")
    await looked_for.fill("lost card")
    await looked_for.press("Enter")
    await bank.locator(".hit").first.click()
    await expect(bank.get_by_role("heading", level=3)).to_contain_text("card")
    assert await serious_faults(walk.bank) == []
    await bank.get_by_role("button", name="Yes", exact=True).click()
    await expect(bank.get_by_text("Good to hear")).to_be_visible()
    await bank.get_by_role("button", name="Talk to us").click()
    await expect(walk.chat).to_be_visible()
    await expect(amara.get_by_role("log")).to_contain_text("Read before: ")

    await search.fill("fraud in progress")
    await amara.get_by_role("button", name="Desk: fraud", exact=False).first.click()
    step = amara.locator(".article-steps input").first
    await step.check()
    await expect(amara.locator(".article-steps h3")).to_contain_text("1 of")
    await amara.get_by_role("button", name="Something is wrong").click()
    await amara.get_by_label("What is wrong?").fill("The second step is old")
    await amara.get_by_role("button", name="Tell the authors").click()
    await expect(amara.locator(".article-wrong li")).to_contain_text("Waits")
    assert await serious_faults(amara) == []
