"""An article's Markdown shows what it says and can do nothing."""

import re

import pytest

from knowledge_base.render import to_html


def test_what_editors_write_is_shown() -> None:
    html = to_html(
        "# Fees\n\n1. **Open** it\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[help](/help/fees)"
    )
    for part in ("<h2>Fees</h2>", "<strong>Open</strong>", "<td>2</td>", 'href="/help/fees"'):
        assert part in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://example.org/pixel.png)",
        '<a href="https://example.org" style="position:fixed" onclick="x()">x</a>',
        "<iframe src='https://example.org'></iframe>",
        "[x](//example.org 'a\" onmouseover=\"x')",
    ],
)
def test_what_would_act_is_gone(text: str) -> None:
    html = to_html(text)
    assert not re.search(r"<(?!/?(?:p|a)\b)", html), "only a paragraph and perhaps a link is left"
    assert not re.search(r"<[^>]*(?:\s(?:style|on\w+)=\"|javascript:|data:)", html)
