"""The page of phone flows: a draft that is judged while it is typed, rehearsed and published."""

from playwright.async_api import Page, expect

from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.hub_server import HubServer

PASSWORD = "northmere-demo"


async def opened(page: Page) -> None:
    await page.locator("input[name=login]").fill("ines")
    await page.locator("input[name=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/console/users")
    await page.goto(page.url.replace("users", "flows"))
    await expect(page.locator(".flow-step, .flow-row").first).to_be_visible()


async def test_a_flow_is_changed_judged_rehearsed_published_and_put_back(
    demo_bank: HubServer, pages: Pages
) -> None:
    page = await pages.open(f"{demo_bank.origin}/sign-in")
    await opened(page)
    step = page.locator("[data-step=welcome]")
    await step.focus()
    await page.keyboard.press("ArrowDown")
    await expect(page.locator("[data-step=tongue]")).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(step).to_be_focused()
    assert await serious_faults(page) == []

    form = page.get_by_role("complementary", name="Welcome")
    said = form.get_by_label("What callers hear (English)")
    await said.fill("")
    await expect(page.get_by_role("button", name="1 problem", exact=True)).to_be_visible()
    await expect(form).to_contain_text("no text in English")
    publish = page.get_by_role("button", name="Publish", exact=True)
    await expect(publish).to_have_attribute("aria-disabled", "true")
    await said.fill("Welcome to the bank by the lake.")
    await expect(page.get_by_role("button", name="0 problems", exact=True)).to_be_visible()

    await page.get_by_role("button", name="Test call", exact=True).click()
    dialog = page.get_by_role("dialog", name="Test call", exact=True)
    await dialog.get_by_label("Language of the caller").select_option("en")
    await dialog.get_by_role("button", name="Call", exact=True).click()
    await expect(dialog).to_contain_text("Welcome to the bank by the lake.")
    await dialog.get_by_role("button", name="0", exact=True).click()
    await expect(dialog).to_contain_text("queue messages")
    assert await serious_faults(page) == []
    await dialog.get_by_role("button", name="Close").last.click()

    await expect(publish).to_have_attribute("aria-disabled", "false")
    await publish.click()
    dialog = page.get_by_role("dialog", name="Publish")
    await expect(dialog.get_by_role("listitem")).to_contain_text("welcome text › en")
    await dialog.get_by_label("Reason").fill("A warmer welcome")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Live, version 2")).to_be_visible()

    await page.get_by_role("button", name="More", exact=True).click()
    await page.get_by_role("menuitem", name="Versions").click()
    dialog = page.get_by_role("dialog", name="Versions")
    await expect(dialog.get_by_role("row").nth(1)).to_contain_text("A warmer welcome")
    await dialog.get_by_role("button", name="Put back").click()
    await dialog.get_by_label("Reason").fill("The old one was shorter")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Live, version 3")).to_be_visible()
    # The test call led the choice along; the first step is looked at again.
    await step.click()
    await expect(said).to_have_value("Welcome to Northmere Bank. This call is recorded.")


async def test_a_small_dark_chinese_screen_has_the_list(demo_bank: HubServer, pages: Pages) -> None:
    person = await pages.person(language="zh-CN", colours="dark", width=420)
    page = await pages.open(f"{demo_bank.origin}/sign-in", person=person)
    await opened(page)
    row = page.get_by_role("button", name="主菜单 菜单，9 个选项")
    await expect(row).to_be_visible()
    await row.click()
    form = page.get_by_role("complementary", name="主菜单")
    await expect(form.get_by_label("播报内容 (中文)")).to_be_visible()
    await form.get_by_text("1 银行卡挂失").click()
    await expect(form.get_by_label("含义 (中文)").first).to_have_value("银行卡挂失")
    assert await serious_faults(page) == []
