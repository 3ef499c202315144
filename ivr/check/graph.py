"""Questions about a flow as a graph: who is reached, what goes round, how far it is to an end."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence

Graph = Mapping[str, Sequence[str]]


def reached(graph: Graph, starts: Sequence[str]) -> set[str]:
    """Return all that can be reached from the starts, themselves included."""
    found = {start for start in starts if start in graph}
    waiting = deque(found)
    while waiting:
        for target in graph[waiting.popleft()]:
            if target in graph and target not in found:
                found.add(target)
                waiting.append(target)
    return found


def reaching(graph: Graph, ends: Sequence[str]) -> set[str]:
    """Return all from which one of the ends can be reached."""
    back: dict[str, list[str]] = {name: [] for name in graph}
    for source, targets in graph.items():
        for target in targets:
            if target in back:
                back[target].append(source)
    return reached(back, ends)


def rounds(graph: Graph, may_pass: Callable[[str], bool]) -> Iterator[tuple[str, ...]]:
    """Yield one round of each knot of nodes that may be passed without stopping."""
    inner = {
        name: [target for target in targets if target in graph and may_pass(target)]
        for name, targets in graph.items()
        if may_pass(name)
    }
    seen: set[str] = set()
    for start in inner:
        if start not in seen and (found := _round_at(inner, start)):
            seen.update(found)
            yield found


def _round_at(graph: Graph, start: str) -> tuple[str, ...]:
    """Return the shortest round through a node; empty when there is none."""
    before: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        name = waiting.popleft()
        for target in graph[name]:
            if target == start:
                way = [name]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return tuple(reversed(way))
            if target not in before:
                before[target] = name
                waiting.append(target)
    return ()


def most_on_a_way(graph: Graph, weight: Callable[[str], int]) -> dict[str, int]:
    """Return the heaviest way on from each node of a graph without rounds."""
    heaviest: dict[str, int] = {}

    def visit(name: str) -> int:
        if name not in heaviest:
            heaviest[name] = 0
            ways = [visit(target) for target in graph[name] if target in graph]
            heaviest[name] = weight(name) + max(ways, default=0)
        return heaviest[name]

    for name in graph:
        visit(name)
    return heaviest
