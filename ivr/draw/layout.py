"""Where each step of a flow stands: layers by distance from the start, so lines only go down.

By breadth first a line spans one layer at most. What leads back, aside or far is written into the
step as a jump, not drawn as a line: a phone menu has more ways back than a picture can hold.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ivr.flow.exits import Exit, exits_of, targets
from ivr.flow.nodes import Flow

WIDTH: Final = 190
HEIGHT: Final = 58
ROW_HEIGHT: Final = 20
GAP: Final = 22
LAYER_GAP: Final = 64
MARGIN: Final = 24
PORT: Final = 10
LANE: Final = 6
LANES: Final = 5
WORDS_MOST: Final = 2
"""So many words have room side by side below a step."""


@dataclass(frozen=True, slots=True)
class Place:
    """A step in the picture."""

    id: str
    x: int
    y: int
    height: int
    rows: tuple[Exit, ...]
    """Ways on that are written into the step: jumps, and words that lines have no room for."""
    is_reached: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A way on that is drawn; without a target it ends in the air."""

    way: Exit
    path: str
    port_x: int
    port_y: int
    is_told: bool
    """Its word is written into the step."""


@dataclass(frozen=True, slots=True)
class Picture:
    """All of a flow."""

    width: int
    height: int
    places: tuple[Place, ...]
    lines: tuple[Line, ...]


def lay_out(flow: Flow) -> Picture:
    """Return the picture of a flow; the same flow gives the same picture."""
    layers = _layers(flow)
    depth = {name: number for number, layer in enumerate(layers) for name in layer}
    reached = _distances(flow)
    lines_of = {name: _drawn(flow, name, depth) for name in depth}
    rows_of = {name: _rows(flow, name, lines_of[name]) for name in depth}
    xs = _columns(layers, lines_of)
    places, y = [], MARGIN
    for layer in layers:
        heights = [_height(rows_of[name]) for name in layer]
        places += [
            Place(name, xs[name], y, height, rows_of[name], name in reached)
            for name, height in zip(layer, heights, strict=True)
        ]
        y += max(heights, default=0) + LAYER_GAP
    at = {place.id: place for place in places}
    lines = [line for name in depth for line in _lines(lines_of[name], at, name)]
    width = max((place.x + WIDTH for place in places), default=0) + MARGIN
    return Picture(width, max(y - LAYER_GAP, 0) + MARGIN, tuple(places), tuple(lines))


def _height(rows: tuple[Exit, ...]) -> int:
    return HEIGHT + ROW_HEIGHT * len(rows) + (PORT if rows else 0)


def _distances(flow: Flow) -> dict[str, int]:
    """How many steps each is from the start; who only 0 leads to is one below the start."""
    found = {name: 0 for name in (flow.start,) if name in flow.nodes}
    waiting = deque(found)
    while waiting:
        name = waiting.popleft()
        for target in targets(flow, flow.nodes[name]):
            if target not in found:
                found[target] = found[name] + 1
                waiting.append(target)
        if not waiting and flow.person in flow.nodes and flow.person not in found:
            found[flow.person] = 1
            waiting.append(flow.person)
    return found


def _layers(flow: Flow) -> list[list[str]]:
    distances = _distances(flow)
    layers: list[list[str]] = [[] for _ in range(max(distances.values(), default=-1) + 1)]
    for name, distance in distances.items():
        layers[distance].append(name)
    lost = [name for name in flow.nodes if name not in distances]
    return [*layers, lost] if lost else layers


def _drawn(flow: Flow, name: str, depth: Mapping[str, int]) -> list[Exit]:
    """The ways that are lines: one layer down, or not linked; to one step only the first."""
    drawn, seen = [], set()
    for way in exits_of(flow.nodes[name]):
        is_down = depth.get(way.target) == depth[name] + 1 and way.target not in seen
        if is_down or way.target not in flow.nodes:
            drawn.append(way)
            seen.add(way.target)
    return drawn


def _rows(flow: Flow, name: str, drawn: list[Exit]) -> tuple[Exit, ...]:
    is_crowded = len(drawn) > WORDS_MOST
    return tuple(
        way
        for way in exits_of(flow.nodes[name])
        if way not in drawn or (is_crowded and way.target and not way.key)
    )


def _columns(layers: list[list[str]], lines_of: Mapping[str, list[Exit]]) -> dict[str, int]:
    """Put each step below those that lead to it, as far as there is room."""
    xs: dict[str, float] = {}
    for layer in layers:
        wanted = {name: _wanted(name, xs, lines_of) for name in layer}
        layer.sort(key=lambda name: wanted[name])
        right = float("-inf")
        for name in layer:
            xs[name] = max(wanted[name], right + WIDTH + GAP)
            right = xs[name]
        drift = sum(xs[name] - wanted[name] for name in layer) / max(len(layer), 1)
        for name in layer:
            xs[name] -= drift
    left = min(xs.values(), default=0.0)
    return {name: round(x - left) + MARGIN for name, x in xs.items()}


def _wanted(name: str, xs: Mapping[str, float], lines_of: Mapping[str, list[Exit]]) -> float:
    above = []
    for source, x in xs.items():
        ways = [way.target for way in lines_of[source]]
        if name in ways:
            share = (ways.index(name) + 1) / (len(ways) + 1) - 0.5
            above.append(x + share * len(ways) * WIDTH)
    return sum(above) / len(above) if above else 0.0


def _lines(ways: list[Exit], at: Mapping[str, Place], name: str) -> list[Line]:
    place, made = at[name], []
    for number, way in enumerate(ways):
        x = place.x + round(WIDTH * (number + 1) / (len(ways) + 1))
        y = place.y + place.height
        path = _path(x, y, number, at.get(way.target))
        made.append(Line(way, path, x, y, way in place.rows))
    return made


def _path(x: int, y: int, number: int, target: Place | None) -> str:
    if target is None:
        return f"M{x} {y}v{LAYER_GAP // 2}"
    to_x, lane = target.x + WIDTH // 2, target.y - LAYER_GAP // 2 + LANE * (number % LANES)
    if abs(to_x - x) < 3:
        return f"M{x} {y}V{target.y}"
    return f"M{x} {y}V{lane}H{to_x}V{target.y}"
