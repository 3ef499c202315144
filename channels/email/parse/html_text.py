"""Text of cleaned HTML, with `> ` before what its sender quoted."""

import re
from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = frozenset(
    ("p", "div", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dl",
     "dt", "dd", "section", "article", "header", "footer", "center", "blockquote", "includetail")
)  # fmt: skip
_APART: Final = frozenset(("p", "h1", "h2", "h3", "h4", "table", "ul", "ol", "pre", "blockquote"))
_QUOTING: Final = re.compile(
    r"gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra|isreplycontent"
    r"|oriContent|origbody|ntes-mailmaster-quote|foxmail_quote|wps_quote|mail_quote|OutlookMessageHeader",
    re.IGNORECASE,
)
_REST_QUOTED: Final = re.compile(
    r"divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|mail-editor-reference-message-container"
    r"|stopSpelling|reply-intro",
    re.IGNORECASE,
)
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_SIGNED: Final = re.compile(
    r"gmail_signature(?!_prefix)|moz-signature|mobile_signature|foxmail_sign|ntes-mailmaster-sign",
    re.IGNORECASE,
)
REST_MARK: Final = "-----Original Message-----"
"""Put where a program says by its markup alone that the rest is quoted."""


def text_of(html: str, *, marks_quotes: bool = False) -> str:
    """Return the text of well-formed HTML, a line for each block.

    With `marks_quotes` lines inside a quotation begin with `> `, and a line like those of Outlook
    stands where its markup begins one: for `split_reply`, not for reading.
    """
    reader = _Reader(marks_quotes=marks_quotes)
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self, *, marks_quotes: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._marks_quotes = marks_quotes
        self._lines: list[str] = []
        self._line: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._depth = 0
        self._pre = 0
        self._rest_marked = False

    def text(self) -> str:
        self._end_line()
        lines = "\n".join(self._lines)
        return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._end_line(apart=tag in _APART)
        self._note(tag, attrs)
        if tag == "br":
            self._end_line(is_break=True)
        elif tag == "hr":
            self._end_line()
            self._line.append("---")
            self._end_line()
        elif tag == "li":
            self._line.append("- ")
        elif tag in ("td", "th") and self._line:
            self._line.append(" ")
        elif tag == "img":
            said = dict(attrs).get("alt") or ""
            self._line.append(f"[{said}]" if said and not self._marks_quotes else "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_line(apart=tag in _APART)
        if self._open and self._open[-1][0] == tag:
            self._depth -= self._open.pop()[1]
            self._pre -= tag == "pre"

    def handle_data(self, data: str) -> None:
        if self._pre:
            first, *more = data.split("\n")
            self._line.append(first)
            for line in more:
                self._end_line(is_break=True)
                self._line.append(line)
            return
        data = _BLANKS.sub(" ", data)
        if data != " " or self._line:
            self._line.append(data)

    def _note(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = " ".join(f"{value}" for name, value in attrs if name in ("class", "id") and value)
        if said and self._marks_quotes and not self._rest_marked and _REST_QUOTED.search(said):
            self._end_line()
            self._lines += ["", REST_MARK, ""]
            self._rest_marked = True
        if tag in _VOID:
            return
        if said and self._marks_quotes and not self._depth and _SIGNED.search(said):
            self._end_line()
            self._lines += [] if self._lines[-1:] == ["--"] else ["", "--"]
        quotes = tag in ("blockquote", "includetail") or bool(said and _QUOTING.search(said))
        self._depth += quotes
        self._pre += tag == "pre"
        self._open.append((tag, quotes))

    def _end_line(self, *, apart: bool = False, is_break: bool = False) -> None:
        line = "".join(self._line).replace("\xa0", " ").rstrip()
        line = line if self._pre else line.strip()
        if line or is_break:
            self._lines.append(f"> {line}".rstrip() if self._depth and self._marks_quotes else line)
        self._line.clear()
        if apart and self._lines and self._lines[-1]:
            self._lines.append("")


_VOID: Final = frozenset(("br", "hr", "img", "col", "wbr"))
