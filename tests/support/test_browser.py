from pathlib import Path

import pytest

from tests.support.browser import Pages
from tests.support.browser_count import Count, count, main

PAGE = """data:text/html,<meta charset=utf-8><title>t</title><button onclick="
document.title = navigator.language + ' ' + matchMedia('(prefers-color-scheme: dark)').matches
">press</button>"""


async def test_a_person_has_language_and_colours(pages: Pages) -> None:
    person = await pages.person(language="zh-CN", colours="dark")
    page = await pages.open(PAGE, person=person)
    await page.get_by_role("button", name="press").click()
    assert await page.title() == "zh-CN true"


async def test_an_uncaught_exception_of_a_page_is_noticed(pages: Pages) -> None:
    page = await pages.open("data:text/html,<script>throw new Error('broken page')</script>")
    await page.wait_for_load_state()
    assert len(pages.uncaught) == 1
    assert "broken page" in pages.uncaught.pop()


def _case(name: str, *, inside: str = "", marked: bool = True) -> str:
    marker = '<property name="browser" value="yes"/>' if marked else ""
    return (
        f'<testcase classname="{name}" name="t"><properties>{marker}</properties>'
        f"{inside}</testcase>"
    )


@pytest.mark.parametrize(
    ("cases", "expected", "enough"),
    [
        (_case("tests.browser.test_walk"), Count(ran=1, skipped=0), True),
        (_case("tests.browser.test_walk", inside="<skipped/>"), Count(ran=0, skipped=1), False),
        (_case("tests.unit.test_words", marked=False), Count(ran=0, skipped=0), False),
        (_case("tests.support.test_browser"), Count(ran=0, skipped=0), False),
        ("", Count(ran=0, skipped=0), False),
    ],
)
def test_the_gate_wants_browser_tests_that_ran(cases: str, expected: Count, enough: bool) -> None:
    found = count(f"<testsuites><testsuite>{cases}</testsuite></testsuites>")
    assert found == expected
    assert found.is_enough is enough


def test_a_missing_report_is_not_enough(tmp_path: Path) -> None:
    assert main(str(tmp_path / "none.xml")) == 1
