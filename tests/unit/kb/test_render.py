"""An article's Markdown shows what it says and can do nothing."""

import re

import pytest

from knowledge_base.render import to_html
from tests.support.naughty import naughty_strings

ACTS = re.compile(r"\s(?:style|on\w+)=|(?:href|src)=\"\s*(?:javascript|vbscript|data):", re.I)
SHOWN = re.compile(
    r"</?(?:p|a|h[1-6]|strong|em|code|pre|ul|ol|li|table|thead|tbody|tr|t[hd]|blockquote|hr|br|del|s"
    r"|img)\b"
)


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


def test_no_string_that_breaks_programs_acts_as_a_title_a_passage_or_a_link() -> None:
    for text in naughty_strings():
        for written in (text, f"# {text}", f"- {text}", f"[{text}]({text})", f"![{text}]({text})"):
            html = to_html(written)
            tags = re.findall(r"</?[a-zA-Z][^>]*>", html)
            assert [tag for tag in tags if not SHOWN.match(tag)] == [], written
            acts = [tag for tag in tags if ACTS.search(tag)]
            assert acts == [], written
