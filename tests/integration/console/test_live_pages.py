"""Wallboard and survey as people see them: the built pages in a real browser, on the real hub."""

import pytest
from playwright.async_api import BrowserContext, Page, expect

from agent_console.settings import STATIC_FOLDER
from hub.journey.survey import survey_of_contact
from hub.store.rows import find
from hub.store.tables import Survey
from tests.integration.console.served import PASSWORD, Person, Served
from tests.support.browser import Pages

pytestmark = pytest.mark.skipif(
    not (STATIC_FOLDER / "wallboard.html").is_file(), reason="the pages are not built: make web"
)
WORDS = "My transfer has not arrived"


async def talking(served: Served) -> tuple[Person, str]:
    """An agent in a talk with a customer, and the contact."""
    agent = await served.signed_in("amara")
    await agent.connect()
    await agent.hello()
    await served.console.desk_pages.settled()
    await agent.do("set_presence", presence="available", reason="")
    await served.world.customer_says(None)
    posted = await served.world.customer_says("an agent please")
    await agent.until(lambda: agent.state["offers"])
    offer = next(iter(agent.state["offers"].values()))
    await agent.do("accept", reservation_id=offer["reservation_id"])
    await served.world.customer_says(WORDS)
    return agent, posted.contact_id


async def wallboard(served: Served, pages: Pages, *, person: BrowserContext | None = None) -> Page:
    """A supervisor signs in on the page and is led to the wallboard."""
    await served.hire("rosa", "supervisor")
    page = await pages.open(f"{served.origin}/sign-in", person=person)
    await page.get_by_label("Staff ID").fill("rosa")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Sign in", exact=True).click()
    await page.wait_for_url("**/console/wallboard")
    await expect(page.get_by_role("heading", name="Contacts in progress")).to_be_visible()
    return page


async def second(served: Served) -> None:
    """The wallboard renews itself once a second."""
    await served.world.clock.advance(1)


async def test_a_supervisor_reads_writes_and_steps_in(served: Served, pages: Pages) -> None:
    agent, contact_id = await talking(served)
    page = await wallboard(served, pages)
    row = page.locator(f'[data-contact="{contact_id}"]')
    await expect(row).to_contain_text("amara")

    await row.get_by_role("button", name="Read the chat").click()
    talk = page.get_by_role("log", name="Conversation")
    await expect(talk).to_contain_text(WORDS)
    await expect(page.get_by_text("Nobody can see you · this is logged")).to_be_visible()

    await page.get_by_role("textbox", name="Write a note").fill("Offer to trace it")
    await page.keyboard.press("Control+Enter")
    await expect(talk.get_by_role("note")).to_contain_text("Offer to trace it")
    conversation = agent.state["contacts"][contact_id]["conversation_id"]
    await agent.until(
        lambda: agent.state["messages"][conversation][-1]["text"] == "Offer to trace it"
    )
    assert agent.state["messages"][conversation][-1]["audience"] == "staff"

    monitor = page.get_by_role("complementary", name="Conversation you are reading")
    await monitor.get_by_role("button", name="Join").click()
    await expect(page.get_by_text("You are in the chat with")).to_be_visible()
    await monitor.get_by_role("radio", name="To ").click()
    await page.get_by_role("textbox", name="Write to the customer").fill("Rosa here")
    await page.keyboard.press("Control+Enter")
    await agent.until(lambda: agent.state["messages"][conversation][-1]["text"] == "Rosa here")
    assert agent.state["messages"][conversation][-1]["audience"] == "everyone"

    await monitor.get_by_role("button", name="Take over").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Take over").click()
    await expect(page.get_by_role("button", name="Open My work")).to_be_visible()
    await agent.until(lambda: agent.state["contacts"][contact_id]["my_role"] == "wrap_up")
    await second(served)
    await expect(row).to_contain_text("rosa")
    assert [line for line in pages.console if "Content Security Policy" in line] == []


async def test_figures_that_stop_are_said_to_be_old(served: Served, pages: Pages) -> None:
    person = await pages.person()
    await person.clock.install()
    page = await wallboard(served, pages, person=person)
    await expect(page.get_by_text("Live, ")).to_be_visible()
    await page.clock.fast_forward(12_000)
    await expect(page.get_by_text("Figures are 0:1")).to_be_visible()
    await served.world.clock.advance(12)
    await expect(page.get_by_text("Live, ")).to_be_visible()


async def test_a_customer_rates_and_the_wallboard_shows_it(served: Served, pages: Pages) -> None:
    agent, contact_id = await talking(served)
    page = await wallboard(served, pages)
    await agent.do("end", contact_id=contact_id)
    hub = served.world.hub
    survey = await survey_of_contact(hub, contact_id)
    assert survey is not None
    link = served.console.tickets.survey_link(survey.id, survey.expires_at)
    customer = await pages.open(served.origin + link)
    await customer.get_by_role("radio", name="4 stars").click()
    await customer.get_by_role("button", name="Short wait").click()
    await customer.get_by_role("textbox").fill("Very quick")
    await customer.get_by_role("button", name="Send").click()
    await expect(customer.get_by_role("heading", name="Thank you")).to_be_focused()
    assert await hub.reader.rows(find(Survey, "score", "tags", id=survey.id)) == [(4, '["fast"]')]
    await customer.reload()
    await expect(customer.get_by_role("heading", name="You have answered already")).to_be_visible()

    await served.console.hub.journal.caught_up()
    await second(served)
    await expect(page.locator("q")).to_have_text("Very quick")


async def test_a_link_that_nobody_signed_opens_nothing(served: Served, pages: Pages) -> None:
    page = await pages.open(f"{served.origin}/survey/made-up")
    await expect(page.get_by_role("heading", name="This link does not work")).to_be_visible()
