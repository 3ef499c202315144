"""Markdown to HTML that may be shown on any page: no scripts, styles, frames or foreign images."""

from functools import lru_cache
from typing import Final

import nh3
from markdown_it import MarkdownIt

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
