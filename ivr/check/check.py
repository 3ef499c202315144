"""All problems of a flow: those of reading and those of walking it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ivr.check.graph import most_on_a_way, reached, reaching, rounds
from ivr.check.urgent import urgent_problems
from ivr.check.values import value_problems
from ivr.flow import nodes as n
from ivr.flow.exits import exits_of, targets
from ivr.flow.fields import LANGUAGES
from ivr.flow.known import Known
from ivr.flow.nodes import Flow, Node
from ivr.flow.problem import At, Problem
from ivr.flow.read import read_flow
from ivr.walk.words import BACK, PERSON, REPEAT

CHOICES_MOST: Final = 9
ERRANDS_MOST: Final = 4
"""The hub runs five in one turn; one is kept for who calls anew."""
KEYS: Final = "123456789"


def check_document(flow_id: str, document: Any, known: Known) -> tuple[Flow, tuple[Problem, ...]]:
    """Return the flow of a document and everything that is wrong with it."""
    read = read_flow(flow_id, document, known)
    return read.flow, (*read.problems, *problems_of(read.flow, known))


def problems_of(flow: Flow, known: Known) -> Iterator[Problem]:
    """Yield what is wrong with a flow that could be read."""
    yield from _links(flow)
    for node in flow.nodes.values():
        yield from _keys(node)
        yield from _errand(node, known)
    yield from value_problems(flow, known)
    yield from _ways(flow)
    yield from urgent_problems(flow, known)


def _links(flow: Flow) -> Iterator[Problem]:
    for name in ("start", "person", "urgent"):
        target = getattr(flow, name)
        if target and target not in flow.nodes:
            yield Problem("no_node", (name,), {"value": target})
    for node in flow.nodes.values():
        for way in exits_of(node):
            if way.target and way.target not in flow.nodes:
                yield Problem("no_node", way.at, {"value": way.target})


def _keys(node: Node) -> Iterator[Problem]:
    if not isinstance(node, n.Menu | n.Language):
        return
    at = ("nodes", node.id, "choices")
    keys = [one.key for one in node.choices]
    for index, key in enumerate(keys):
        if key and (code := _wrong_with(key, keys[:index])):
            yield Problem(code, (*at, str(index), "key"), {"value": key})
    if len(keys) > CHOICES_MOST:
        yield Problem("too_many_choices", at, {"count": str(len(keys)), "most": str(CHOICES_MOST)})
    if isinstance(node, n.Language):
        tongues = [one.language for one in node.choices]
        for language in LANGUAGES:
            if tongues.count(language) > 1:
                yield Problem("language_twice", at, {"value": language})


def _wrong_with(key: str, before: list[str]) -> str:
    if key in (PERSON, BACK, REPEAT):
        return "kept_key"
    if len(key) != 1 or key not in KEYS:
        return "bad_key"
    return "key_twice" if key in before else ""


def _errand(node: Node, known: Known) -> Iterator[Problem]:
    if not isinstance(node, n.Errand) or (kind := known.errands.get(node.errand)) is None:
        return
    at = ("nodes", node.id)
    if kind.is_secret:
        yield Problem("secret_errand", (*at, "errand"), {"value": node.errand})
    elif set(node.arguments) != set(kind.takes):
        values = {"errand": node.errand, "wanted": ", ".join(kind.takes) or "-"}
        yield Problem("bad_argument", (*at, "arguments"), values)
    answers = {"ok", "code", *kind.answers}
    asked: list[tuple[At, str]] = [(("keep", str(i)), name) for i, name in enumerate(node.keep)]
    asked += [(("cases", str(i), "of"), case.of) for i, case in enumerate(node.cases)]
    for place, name in asked:
        if name and name not in answers:
            names = ", ".join(sorted(answers))
            values = {"errand": node.errand, "value": name, "known": names}
            yield Problem("bad_keep", (*at, *place), values)


def _ways(flow: Flow) -> Iterator[Problem]:
    graph = {name: targets(flow, node) for name, node in flow.nodes.items()}
    seen = reached(graph, [flow.start, flow.person])
    for name in graph:
        if name not in seen:
            yield Problem("unreachable", ("nodes", name))
    ends = [name for name, node in flow.nodes.items() if node.ends]
    for name in sorted(seen - reaching(graph, ends)):
        if flow.nodes[name].asks and graph[name]:
            yield Problem("no_exit", ("nodes", name))
    yield from _silent(flow, graph)
    if flow.person in flow.nodes and not _leads_to_person(flow, graph):
        yield Problem("person_far", ("person",))


def _silent(flow: Flow, graph: Mapping[str, list[str]]) -> Iterator[Problem]:
    """What happens between two questions: it must end, and soon."""

    def is_silent(name: str) -> bool:
        node = flow.nodes[name]
        # Who is proved, or has chosen a language before, is not asked again.
        return isinstance(node, n.Identify | n.Language) or not node.asks

    is_round = False
    for found in rounds(graph, is_silent):
        is_round = True
        way = " > ".join((*found, found[0]))
        yield Problem("endless", ("nodes", found[0]), {"round": way})
    if is_round:
        return
    after = {name: ways if is_silent(name) else [] for name, ways in graph.items()}
    heaviest = most_on_a_way(after, lambda name: _errands_in(flow.nodes[name]))
    starts = [flow.start, *(t for name, ways in graph.items() if not is_silent(name) for t in ways)]
    for start in dict.fromkeys(starts):
        if heaviest.get(start, 0) > ERRANDS_MOST:
            values = {"most": str(ERRANDS_MOST), "round": start}
            yield Problem("many_errands", ("nodes", start), values)


def _errands_in(node: Node) -> int:
    return int(isinstance(node, n.Errand | n.Callback | n.Identify | n.Language))


def _leads_to_person(flow: Flow, graph: Mapping[str, list[str]]) -> bool:
    """Whether 0 comes to a queue, or to what stands for one, without another question."""
    quiet = {
        name: ways if not flow.nodes[name].asks or name == flow.person else []
        for name, ways in graph.items()
    }
    goals = n.ToQueue | n.Callback | n.Voicemail | n.GiveBack | n.Transfer
    return any(isinstance(flow.nodes[name], goals) for name in reached(quiet, [flow.person]))
