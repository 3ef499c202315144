"""Markdown to HTML that may be shown on any page: no scripts, styles, frames or foreign images."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_TAGS: Final = frozenset(
    {
        "p", "br", "hr", "h2", "h3", "h4", "strong", "em", "s", "code", "pre", "blockquote", "ul",
        "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td",
    }
)  # fmt: skip
_ATTRIBUTES: Final = {"a": {"href"}, "ol": {"start"}}
_SCHEMES: Final = frozenset({"https", "mailto", "tel"})
KEPT: Final = 500
"""Rendered articles; of a help page some are read again and again."""
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table").enable("strikethrough")


@lru_cache(maxsize=KEPT)
def to_html(markdown: str) -> str:
    """Return clean HTML; a heading of the first level becomes one of the second, as on a page."""
    html = _markdown.render(markdown)
    html = html.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={name: set(values) for name, values in _ATTRIBUTES.items()},
        url_schemes=set(_SCHEMES),
        link_rel="noopener noreferrer",
    )


def to_blocks(markdown: str) -> list[Any]:
    """Return the text as plain values: words, and `[tag, parts]` or `["a", parts, href]`.

    For pages that may make no HTML of words; only tags and links that `to_html` would leave.
    """
    return _parts(SyntaxTreeNode(_markdown.parse(markdown)))


def _parts(node: SyntaxTreeNode) -> list[Any]:
    return [part for child in node.children for part in _part(child)]


def _part(node: SyntaxTreeNode) -> list[Any]:
    if node.type in ("text", "image"):
        return [node.content]
    if node.type == "link":
        href, parts = str(node.attrs.get("href", "")), _parts(node)
        return [["a", parts, href]] if urlsplit(href).scheme in _SCHEMES else parts
    if node.type in _PLAIN:
        return [_PLAIN[node.type](node)]
    tag = "h2" if node.tag == "h1" else node.tag
    return [[tag, _parts(node)]] if tag in _TAGS else _parts(node)


_PLAIN: Final[dict[str, Callable[[SyntaxTreeNode], Any]]] = {
    "softbreak": lambda _: " ",
    "hardbreak": lambda _: ["br", []],
    "code_inline": lambda node: ["code", [node.content]],
    "code_block": lambda node: ["pre", [node.content]],
    "fence": lambda node: ["pre", [node.content]],
}
