"""Values that a flow uses: each must be kept somewhere before."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ivr.flow import nodes as n
from ivr.flow.fields import Is, specs_of
from ivr.flow.known import Known
from ivr.flow.nodes import Flow, Node
from ivr.flow.problem import At, Problem
from ivr.walk.turn import PLACE

ALWAYS: Final = frozenset({"wants"})
"""What the channel may bring: the topic picked on the bank's page."""


def value_problems(flow: Flow, _known: Known) -> Iterator[Problem]:
    """Yield uses of values that no step keeps."""
    kept = ALWAYS | {name for node in flow.nodes.values() for name in _kept_by(node)}
    for node in flow.nodes.values():
        for at, name in _used_by(node):
            if name not in kept:
                yield Problem("no_value", at, {"value": name})


def _kept_by(node: Node) -> Iterator[str]:
    match node:
        case n.Errand():
            yield from node.keep
        case n.Ask():
            yield node.into
        case n.Set():
            yield from node.values
        case n.Menu():
            for one in node.choices:
                yield from one.set


def _used_by(node: Node) -> Iterator[tuple[At, str]]:
    yield from _in_record(node, ("nodes", node.id))
    if isinstance(node, n.Branch):
        for index, case in enumerate(node.cases):
            yield ("nodes", node.id, "cases", str(index), "of"), case.of


def _in_record(record: Any, at: At) -> Iterator[tuple[At, str]]:
    for spec in specs_of(type(record)):
        value, place = getattr(record, spec.name), (*at, spec.name)
        if spec.holds in (Is.TEXTS, Is.LABEL, Is.VALUES):
            yield from _in_texts(value, place)
        elif spec.holds is Is.RECORDS:
            for index, one in enumerate(value):
                yield from _in_record(one, (*place, str(index)))
        elif spec.name == "only_if" and value:
            yield place, value


def _in_texts(texts: Mapping[str, str], at: At) -> Iterator[tuple[At, str]]:
    for key, text in texts.items():
        for found in PLACE.finditer(text):
            yield (*at, key), found.group(1)
