"""The picture of a flow as an SVG file: light and dark by classes, read out by its titles."""

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from ivr.draw.layout import HEIGHT, PORT, ROW_HEIGHT, WIDTH, Line, Picture, Place, lay_out
from ivr.flow.exits import Exit
from ivr.flow.known import Known
from ivr.flow.nodes import Flow
from ivr.naming import LINE_NAMES, summary

ROOM: Final = {"name": 23, "small": 28, "key": 2}
"""Widths of Latin letters that a step has room for; a Han character is two of them."""
STYLE: Final = """
.sheet{fill:#f7f8fa}.box{fill:#fff;stroke:#c3c9d4}.line{fill:none;stroke:#6b7485;stroke-width:1.5}
.name{font:600 13px system-ui,sans-serif;fill:#1b2230}
.small{font:11px system-ui,sans-serif;fill:#5b6475}
.port{fill:#fff;stroke:#6b7485}.key{font:650 11px system-ui,sans-serif;fill:#1b2230}
.bad{stroke:#a2560a;stroke-dasharray:3 3}.lost .box{stroke:#a2560a;stroke-dasharray:3 3}
.asks .box{stroke:#2a64c0}.ends .box{stroke:#1f7a5c}
@media (prefers-color-scheme:dark){.sheet{fill:#12161d}.box,.port{fill:#1b212b;stroke:#475064}
.line{stroke:#8b95a7}.name,.key{fill:#e8ecf3}.small{fill:#a5afc0}
.asks .box{stroke:#6ea3f5}.ends .box{stroke:#57c49d}.bad,.lost .box{stroke:#f0a65a}}
"""


def draw(flow: Flow, known: Known, language: str = "en") -> str:
    """Return the SVG of a flow."""
    picture = lay_out(flow)
    title = flow.name.get(language, "") or flow.id
    return "\n".join(_parts(flow, known, language, picture, title)) + "\n"


def _parts(flow: Flow, known: Known, language: str, picture: Picture, title: str) -> Iterator[str]:
    size = f'width="{picture.width}" height="{picture.height}"'
    box = f'viewBox="0 0 {picture.width} {picture.height}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} role="img"'
    yield f' lang="{"zh-Hans" if language == "zh" else "en"}" aria-labelledby="title desc">'
    yield f'<title id="title">{escape(title)}</title>'
    yield f'<desc id="desc">{escape(_told(flow, picture, language))}</desc>'
    yield f"<style>{STYLE}</style>"
    yield '<rect class="sheet" width="100%" height="100%"/>'
    yield '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7"'
    yield ' markerHeight="7" orient="auto"><path class="line" d="M1 1l6 3-6 3"/></marker></defs>'
    for line in picture.lines:
        yield _line(line)
    for place in picture.places:
        yield from _step(flow, known, language, place)
    for line in picture.lines:
        yield from _port(line, language)
    yield "</svg>"


def _line(line: Line) -> str:
    tip = ' marker-end="url(#tip)"' if line.way.target else ""
    look = "line" if line.way.target else "line bad"
    return f'<path class="{look}" d="{line.path}"{tip}/>'


def _step(flow: Flow, known: Known, language: str, place: Place) -> Iterator[str]:
    node = flow.nodes[place.id]
    look = "asks" if node.asks else "ends" if node.ends else "does"
    look += "" if place.is_reached else " lost"
    name = node.name.get(language, "") or node.id
    about = summary(node, known).get(language, "")
    yield f'<g class="{look}" role="group" aria-label={quoteattr(f"{name}: {about}")}>'
    yield f'<rect class="box" x="{place.x}" y="{place.y}" width="{WIDTH}"'
    yield f' height="{place.height}" rx="10"/>'
    yield _text("name", place.x + 12, place.y + 25, name)
    yield _text("small", place.x + 12, place.y + 43, about)
    for number, way in enumerate(place.rows):
        y = place.y + HEIGHT + ROW_HEIGHT * number + 6
        yield _text("small", place.x + 12, y, _jump(flow, way, language))
    yield "</g>"


def _port(line: Line, language: str) -> Iterator[str]:
    label = "" if line.is_told else word_of(line.way, language)
    if line.way.key:
        yield f'<circle class="port" cx="{line.port_x}" cy="{line.port_y}" r="{PORT}"/>'
        yield _text("key", line.port_x - 3, line.port_y + 4, line.way.key)
    elif label:
        yield _text("small", line.port_x + 5, line.port_y + 14, label)


def word_of(way: Exit, language: str) -> str:
    """Return the word on a line; empty where none is needed."""
    if way.field in LINE_NAMES:
        return LINE_NAMES[way.field][language]
    return "" if way.key else str(way.label)


def _jump(flow: Flow, way: Exit, language: str) -> str:
    target = flow.nodes[way.target].name.get(language, "") or way.target
    mark = way.key or word_of(way, language)
    return f"{mark} → {target}".strip()


def _text(look: str, x: int, y: int, words: str) -> str:
    return f'<text class="{look}" x="{x}" y="{y}">{escape(_cut(words, ROOM[look]))}</text>'


def _cut(words: str, room: int) -> str:
    """Cut what has no room."""
    used = 0
    for place, letter in enumerate(words):
        used += 2 if ord(letter) > 0x2E7F else 1
        if used > room:
            return f"{words[:place]}…"
    return words


def _told(flow: Flow, picture: Picture, language: str) -> str:
    """The picture in words, for who cannot see it."""

    def name(one: str) -> str:
        return flow.nodes[one].name.get(language, "") or one

    said = []
    for place in picture.places:
        lines = [line.way for line in picture.lines if line.way.source == place.id]
        ways = [*lines, *(way for way in place.rows if way not in lines)]
        led = [f"{way.key} {name(way.target)}".strip() for way in ways if way.target in flow.nodes]
        said.append(f"{name(place.id)}: {', '.join(led)}" if led else name(place.id))
    return ". ".join(said) + "."
