"""The ways on from a node, as lines of the drawing and edges of the graph."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ivr.flow.fields import Is, Texts, specs_of
from ivr.flow.nodes import Flow, Node


@dataclass(frozen=True, slots=True)
class Exit:
    """One way on; an empty `target` is not linked."""

    source: str
    target: str
    field: str
    """Name of the field that holds the target: `next`, `failed`, `choices` ..."""
    index: int | None = None
    """Which of the choices or cases."""
    key: str = ""
    label: Texts | str = ""

    @property
    def at(self) -> tuple[str, ...]:
        """Where in the document the target stands."""
        place = ("nodes", self.source, self.field)
        return place if self.index is None else (*place, str(self.index), "next")


def exits_of(node: Node) -> Iterator[Exit]:
    """Yield the ways on from a node, in the order of its form; those that may be empty, too."""
    for spec in specs_of(type(node)):
        value = getattr(node, spec.name)
        if spec.holds is Is.NEXT and (value or spec.must):
            yield Exit(node.id, value, spec.name)
        elif spec.holds is Is.RECORDS:
            for index, one in enumerate(value):
                if hasattr(one, "next"):
                    yield Exit(node.id, one.next, spec.name, index, *_marks(one))


def _marks(one: Any) -> tuple[str, Texts | str]:
    if hasattr(one, "key"):
        return one.key, one.label
    return "", f"{one.of} = {one.equals}"


def targets(flow: Flow, node: Node) -> list[str]:
    """Return the nodes that can follow, each once."""
    found = dict.fromkeys(one.target for one in exits_of(node))
    return [target for target in found if target in flow.nodes]
