"""HTML of strangers: cleaned on the server, nothing loaded from elsewhere.

What is cleaned here is shown in a sandboxed frame besides; either alone would have to hold.
"""

import re
from typing import Final, NamedTuple

import nh3

from channels.email.parse import limits
from channels.email.parse.flags import Flags
from channels.email.parse.html_text import text_of
from channels.email.parse.reply import Split, split_reply
from hub.domain.letter import ASLEEP

_TAGS: Final = {
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup",
    "dd", "del", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i",
    "img", "ins", "kbd", "li", "ol", "p", "pre", "q", "s", "small", "span", "strike", "strong",
    "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
}  # fmt: skip
_GONE_WHOLE: Final = {
    "script", "style", "title", "head", "noscript", "template", "iframe", "object", "embed", "svg",
    "math", "select", "textarea", "xml", "noembed", "noframes", "plaintext", "xmp", "audio",
    "video", "canvas", "applet", "frameset", "option",
}  # fmt: skip
_CELL: Final = {"colspan", "rowspan", "align", "valign", "width", "bgcolor"}
_ATTRIBUTES: Final = {
    "*": {"dir", "lang", "style"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": _CELL,
    "th": _CELL,
    "table": {"width", "border", "cellpadding", "cellspacing", "align", "bgcolor"},
    "font": {"color", "size"},
    "ol": {"start", "type"},
    "col": {"span", "width"},
}
_STYLES: Final = {
    "color", "background-color", "font-weight", "font-style", "font-size", "text-align",
    "text-decoration", "padding-left", "margin-left", "border-left", "white-space",
}  # fmt: skip
_SCHEMES: Final = {"http", "https", "mailto", "tel", "cid"}
_MARKING: Final = {"*": {"class", "id"}, "img": {"alt"}}
_REMOTE_STYLE: Final = re.compile(r"url\s*\(|@import", re.IGNORECASE)
_REMOTE: Final = re.compile(r"\s*(?:https?:)?(?:\\|/){2}|\s*https?:", re.IGNORECASE)
_ELSEWHERE: Final = re.compile(
    r"<(?:link|iframe|frame|embed|object|video|audio|source|track|script|image|use)\b[^>]{0,160}?"
    r"\b(?:src|href|data|poster|xlink:href)\s*=\s*[\"']?\s*(?:https?:)?//"
    r"|<img\b[^>]{0,160}?\bsrc\s*=\s*[\"']?\s*//|\bsrcset\s*=\s*[\"']?\s*(?:https?:)?//"
    r"|@import\b|url\s*\(\s*[\"']?\s*(?:https?:)?//|\bbackground\s*=\s*[\"']?\s*(?:https?:)?//",
    re.IGNORECASE,
)


class Cleaned(NamedTuple):
    """HTML that is safe to show, and how much of it came from elsewhere."""

    html: str
    remote_count: int


def is_too_large(html: str) -> bool:
    """Tell whether the HTML is beyond what is shown: it becomes text only."""
    if len(html) > limits.HTML_CHARS_MOST or html.count("<") > limits.HTML_TAGS_MOST:
        return True
    return _is_too_deep(html)


def clean_html(html: str, flags: Flags) -> Cleaned:
    """Return the HTML without scripts, forms, styles that position, and remote content.

    Pictures of the mail itself stay as `cid:` links. Those from https addresses stay asleep: under
    a scheme that no browser fetches (`hub.domain.letter.ASLEEP`), until an agent asks for them.
    """
    remote = len(_ELSEWHERE.findall(html))

    def kept(tag: str, attribute: str, value: str) -> str | None:
        nonlocal remote
        if attribute == "style" and _REMOTE_STYLE.search(value):
            return None
        if tag == "img" and attribute == "src":
            if value.lower().startswith("cid:"):
                return value
            if _REMOTE.match(value):
                remote += 1
                return ASLEEP + value if value.lower().startswith("https://") else None
            flags.add("image_embedded")
            return None
        return value

    shown = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_GONE_WHOLE,
        attributes=_ATTRIBUTES,
        attribute_filter=kept,
        url_schemes=_SCHEMES,
        filter_style_properties=_STYLES,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        url_relative="deny",
    )
    if remote:
        flags.add("remote_content")
    return Cleaned(shown.strip(), remote)


def html_text(html: str) -> str:
    """Return the text of HTML from anywhere."""
    return text_of(_well_formed(html))


def split_html(html: str) -> Split:
    """Return new text, quoted and signature of an HTML body, each as text."""
    safe = _well_formed(html)
    split = split_reply(text_of(safe, marks_quotes=True))
    if not split.quoted and split.visible.startswith(">"):
        return Split(text_of(safe), "", "")
    return split


def _well_formed(html: str) -> str:
    """Return the HTML without what nobody reads, its tags in order, classes kept."""
    html = _begin(html)
    if _is_too_deep(html):
        html = _ANY_TAG.sub("<br>", html)
    return nh3.clean(
        html,
        tags=_TAGS | {"includetail", "section", "article", "header", "footer"},
        clean_content_tags=_GONE_WHOLE,
        attributes=_MARKING,
        link_rel=None,
        url_schemes=set(),
    )


def _is_too_deep(html: str) -> bool:
    """Tell whether elements are open that no writer meant: each costs as much as all around it."""
    depth = 0
    for found in _TAG.finditer(html):
        if found.group(2).lower() not in _CLOSED_BY_OTHERS:
            depth += -1 if found.group(1) else 1
            if depth > limits.HTML_DEPTH_MOST:
                return True
    return False


_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_ANY_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_CLOSED_BY_OTHERS: Final = frozenset(
    ("p", "li", "td", "th", "tr", "dd", "dt", "tbody", "thead", "option", "br", "hr", "img", "col",
     "meta", "link", "input", "base", "area", "wbr", "source")
)  # fmt: skip


def _begin(html: str) -> str:
    """Return as much of the HTML as is read for its text."""
    html = html[: limits.HTML_CHARS_MOST]
    if html.count("<") <= limits.HTML_TAGS_MOST:
        return html
    return "<".join(html.split("<", limits.HTML_TAGS_MOST)[:-1])
