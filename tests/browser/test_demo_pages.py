"""Pages on which visitors of the demo play customers: small, dark, Chinese, and readable by all."""

import pytest
from playwright.async_api import expect

from tests.support.axe import serious_faults
from tests.support.browser import Pages
from tests.support.hub_server import HubServer

FITS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.mark.parametrize(
    ("path", "head", "empty"),
    [
        ("/handset", "客户的手机", "还没有短信。请发送第一条。"),
        ("/carrier", "运营商模拟器", "还没有通话"),
        ("/demo/mailbox", "客户邮箱", "还没有邮件。请写第一封。"),
    ],
)
async def test_a_small_dark_chinese_page_says_that_it_is_empty(
    demo_bank: HubServer, pages: Pages, path: str, head: str, empty: str
) -> None:
    person = await pages.person(language="zh-CN", colours="dark", width=320)
    page = await pages.open(f"{demo_bank.origin}{path}?lang=zh", person=person)
    await expect(page.get_by_role("heading", level=1)).to_have_text(head)
    await expect(page.get_by_text(empty)).to_be_visible()
    assert await page.evaluate(FITS)
    assert await serious_faults(page) == []
