"""The urgent step, such as the lost card: first, and round the clock."""

from collections.abc import Iterator

from ivr.check.graph import reached
from ivr.flow import nodes as n
from ivr.flow.exits import targets
from ivr.flow.known import Known
from ivr.flow.nodes import Flow, Node
from ivr.flow.problem import Problem


def urgent_problems(flow: Flow, known: Known) -> Iterator[Problem]:
    """Yield what stands between a caller in need and the urgent step."""
    if flow.urgent not in flow.nodes or flow.start not in flow.nodes:
        return
    graph = {name: _when_closed(flow, node, known) for name, node in flow.nodes.items()}
    if flow.urgent not in reached(graph, [flow.start]):
        hours = [one for one in flow.nodes.values() if isinstance(one, n.Hours)]
        queue = next((one.queue for one in hours if one.queue not in known.always_open), "-")
        yield Problem("urgent_closed", ("urgent",), {"queue": queue})
    elif not _is_behind_key_one(flow):
        yield Problem("urgent_late", ("urgent",))


def _when_closed(flow: Flow, node: Node, known: Known) -> list[str]:
    """The ways on in the night."""
    if isinstance(node, n.Hours) and node.queue not in known.always_open:
        return [node.closed]
    return targets(flow, node)


def _is_behind_key_one(flow: Flow) -> bool:
    """Whether key 1 of the first menu, for a caller of whom nothing is known, is the urgent step.

    A case of a branch is for who chose something before.
    """
    graph = {name: _first_ways(flow, node) for name, node in flow.nodes.items()}
    found = [flow.nodes[name] for name in reached(graph, [flow.start])]
    menus = [node for node in found if isinstance(node, n.Menu)]
    return all(any(c.key == "1" and c.next == flow.urgent for c in menu.choices) for menu in menus)


def _first_ways(flow: Flow, node: Node) -> list[str]:
    if isinstance(node, n.Branch):
        return [node.otherwise]
    return [] if isinstance(node, n.Menu) else targets(flow, node)
