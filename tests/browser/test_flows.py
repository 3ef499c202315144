"""The page of phone flows: a draft that is judged while it is typed, rehearsed and published."""

from pathlib import Path

from playwright.async_api import Page, expect

from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.hub_server import HubServer

PASSWORD = "northmere-demo"


async def opened(page: Page, login: str = "ines", home: str = "users") -> None:
    await page.locator("input[name=login]").fill(login)
    await page.locator("input[name=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/console/{home}")
    await page.goto(page.url.replace(home, "flows"))
    await expect(page.locator(".flow-step, .flow-row").first).to_be_visible()


async def with_reason(page: Page, act: str, why: str) -> None:
    """Do what a dialog asks, having seen what changes."""
    dialog = page.get_by_role("dialog", name=act, exact=True)
    await expect(dialog.get_by_role("listitem")).to_contain_text("welcome text › en")
    await dialog.get_by_label("Reason").fill(why)
    await page.keyboard.press("Enter")
    await expect(dialog).to_be_hidden()


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
    hand_in = page.get_by_role("button", name="Hand in", exact=True)
    await expect(hand_in).to_have_attribute("aria-disabled", "true")
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

    await expect(hand_in).to_have_attribute("aria-disabled", "false")
    await hand_in.click()
    await with_reason(page, "Hand in", "A warmer welcome")
    await expect(page.get_by_role("button", name="Waits for a second person")).to_be_visible()

    other = await pages.open(f"{demo_bank.origin}/sign-in", person=await pages.person())
    await opened(other, "rosa", "wallboard")
    await expect(other.get_by_text("Handed in by Ines Varga: A warmer welcome")).to_be_visible()
    await other.locator("[data-step=welcome]").click()
    theirs = other.get_by_role("complementary", name="Welcome")
    await expect(theirs.get_by_label("What callers hear (English)")).to_be_disabled()
    assert await serious_faults(other) == []
    await other.get_by_role("button", name="Publish", exact=True).click()
    await with_reason(other, "Publish", "Read and heard")
    await expect(other.get_by_text("Live, version 2")).to_be_visible()

    await page.reload()
    await expect(page.get_by_text("Live, version 2")).to_be_visible()

    await page.get_by_role("button", name="More", exact=True).click()
    await page.get_by_role("menuitem", name="Versions").click()
    dialog = page.get_by_role("dialog", name="Versions")
    await expect(dialog.get_by_role("row").nth(1)).to_contain_text("Read and heard")
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


async def test_a_flow_is_begun_by_keyboard_kept_as_a_file_brought_back_and_deleted(
    demo_bank: HubServer, pages: Pages, tmp_path: Path
) -> None:
    page = await pages.open(f"{demo_bank.origin}/sign-in")
    await opened(page)

    async def pick(item: str) -> None:
        await page.get_by_role("button", name="More", exact=True).press("Enter")
        await page.get_by_role("menuitem", name=item).press("Enter")

    await pick("New flow")
    await page.keyboard.type("Fraud line")
    await page.keyboard.press("Tab")
    await page.keyboard.type("反诈专线")
    await page.keyboard.press("Tab")
    await page.keyboard.type("fraud_line")
    await page.get_by_label("Begin with").select_option("pin")
    await page.keyboard.press("Enter")
    which = page.get_by_label("Flow", exact=True)
    await expect(which).to_have_value("fraud_line")
    await expect(page.get_by_text("Draft", exact=True)).to_be_visible()

    await pick("Rename")
    await page.get_by_label("Identifier").fill("fraud")
    await page.keyboard.press("Enter")
    await expect(which).to_have_value("fraud")

    async with page.expect_download() as kept:
        await pick("Save as a file")
    await (await kept.value).save_as(tmp_path / "fraud.yaml")

    await pick("Delete the flow")
    await page.get_by_role("alertdialog").get_by_role("button", name="Delete the flow").click()
    await expect(which).not_to_have_value("fraud")

    await pick("Bring in a file")
    dialog = page.get_by_role("dialog", name="Bring in a file")
    (tmp_path / "bad.yaml").write_text("a: 1\na: 2\n")
    await dialog.get_by_label("File").set_input_files(tmp_path / "bad.yaml")
    await expect(dialog).to_contain_text("Line 2: a is there twice")
    assert await serious_faults(page) == []
    await dialog.get_by_label("File").set_input_files(tmp_path / "fraud.yaml")
    await expect(dialog).to_contain_text("A new flow begins")
    await dialog.get_by_role("button", name="Bring in a file").click()
    await expect(which).to_have_value("fraud")
    await expect(which.locator("option:checked")).to_have_text("Fraud line")
