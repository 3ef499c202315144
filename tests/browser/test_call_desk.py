"""A call as agent and supervisor have it on their pages, from the check before the shift to the
recording in the history. Who hears whom is shown by `test_calls.py`."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.test_walk import EN, be_available, sign_in
from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.ears import give_voice
from tests.support.hub_server import HubServer
from tests.support.waiting import until

NOTES = "Lost card in Lisbon, no roaming"


class Call:
    """A caller, the agent who answers and the supervisor who listens."""

    def __init__(self, hub: HubServer, pages: Pages) -> None:
        self.hub, self.pages = hub, pages
        self.desk: Page

    async def agent_is_ready(self) -> None:
        """The check before the shift: one is heard, and the phone is up with the desk."""
        dark = await self.pages.person(colours="dark")
        await give_voice(dark, 1400)
        self.desk = page = await sign_in(self.hub, self.pages, dark, "amara")
        await page.goto(f"{self.hub.origin}/console/ready")
        await expect(page.get_by_text("You can be heard")).to_be_visible()
        await expect(page.get_by_text("Delay")).to_be_visible()
        assert await serious_faults(page) == []
        await page.get_by_role("button", name="Start shift").click()
        await expect(page.locator(".phone-menu .pr-available")).to_be_visible()
        await be_available(page, EN)

    async def customer_calls(self) -> None:
        person = await self.pages.person(width=390, height=844)
        page = await self.pages.open(f"{self.hub.origin}/call?lang=en", person=person)
        await page.get_by_role("button", name="Call now").click()
        await page.get_by_role("button", name="English").click()
        menu = page.get_by_role("group", name="Menu choices")
        await expect(menu.get_by_text("Lost or stolen card")).to_be_visible()
        await page.keyboard.press("0")

    def bar(self) -> Locator:
        return self.desk.get_by_role("toolbar", name="Call controls")

    async def agent_accepts(self) -> None:
        desk = self.desk
        await expect(desk.get_by_role("alertdialog")).to_be_visible(timeout=20_000)
        await desk.keyboard.press("Alt+KeyA")
        await expect(self.bar().get_by_role("button", name="Mute")).to_be_focused()
        await expect(self.bar().get_by_role("button", name="Hold")).to_be_visible()
        path = desk.get_by_role("list", name="Path through the phone menu")
        await expect(path).to_contain_text("You")
        assert await serious_faults(desk) == []

    async def agent_steers(self) -> None:
        desk = self.desk
        await desk.keyboard.press("Alt+KeyM")
        muted = self.bar().get_by_role("button", name="Unmute")
        await expect(muted).to_have_attribute("aria-pressed", "true")
        await desk.keyboard.press("Alt+KeyM")
        await desk.keyboard.press("Alt+KeyH")
        await expect(self.bar()).to_contain_text("the customer hears music")
        await desk.keyboard.press("Alt+KeyH")
        await expect(self.bar()).not_to_contain_text("the customer hears music")
        for keys, title in (("Alt+KeyK", "Keypad"), ("Alt+KeyT", "Transfer Guest")):
            await desk.keyboard.press(keys)
            dialog = desk.get_by_role("dialog", name=title)
            await expect(dialog).to_be_visible()
            assert await serious_faults(desk) == []
            await desk.keyboard.press("Escape")
            await expect(dialog).to_be_hidden()
        await desk.get_by_role("textbox", name="Call notes about").fill(NOTES)
        await expect(desk.get_by_text("Saved")).to_be_visible()

    async def supervisor_listens(self) -> None:
        wall = await sign_in(self.hub, self.pages, await self.pages.person(), "rosa")
        await wall.get_by_role("button", name="Listen to Amara").click()
        bar = wall.get_by_role("group", name="Monitor the call")
        await expect(bar).to_contain_text("Nobody can hear you", timeout=20_000)
        assert await serious_faults(wall) == []
        await bar.get_by_role("button", name="Whisper").click()
        await expect(bar).to_contain_text("Only Amara Osei hears you")
        await bar.get_by_role("button", name="Stop").click()
        await expect(bar).to_be_hidden()
        await wall.close()

    async def agent_wraps_up(self) -> None:
        desk = self.desk
        await desk.keyboard.press("Alt+Shift+KeyE")
        notes = desk.get_by_role("textbox", name="Notes for the next colleague")
        await expect(notes).to_have_value(NOTES)
        await desk.get_by_role("option").first.click()
        await desk.get_by_role("button", name="Finish").click()
        await expect(desk.get_by_text("No contacts right now")).to_be_visible()

    async def recording_is_in_the_history(self) -> None:
        desk = self.desk
        await desk.goto(f"{self.hub.origin}/console#contacts")
        found = desk.get_by_role("button", name="Guest").first
        await found.click()
        sound = desk.locator(".rec audio")
        await expect(sound).to_be_visible()
        assert await serious_faults(desk) == []
        await sound.evaluate("sound => sound.play()")
        await expect(sound).not_to_have_js_property("currentTime", 0)


@pytest.mark.timeout(240)
async def test_a_call_on_the_pages_of_agent_and_supervisor(
    hub_server: HubServer, pages: Pages
) -> None:
    expect.set_options(timeout=15_000)
    hub_server.start()
    await until(lambda: "media_connected" in hub_server.words(), seconds=60)
    call = Call(hub_server, pages)
    await call.agent_is_ready()
    await call.customer_calls()
    await call.agent_accepts()
    await call.agent_steers()
    await call.supervisor_listens()
    await call.agent_wraps_up()
    await call.recording_is_in_the_history()
