"""Small flows for tests, as documents; and the demo bank's own."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from hub.domain.steps import Heard, Step
from ivr.check.check import check_document
from ivr.flow.known import Known
from ivr.flow.nodes import Flow
from ivr.flow.source import Source
from ivr.walk.state import Scene, Walk
from ivr.walk.step import step

FOLDER: Final = Path(__file__).parents[2] / "config/ivr"
QUEUES: Final = ("cards", "payments", "loans", "premier", "messages", "complaints")
KNOWN: Final = Known(
    queues={queue: {"en": queue, "zh": queue} for queue in QUEUES},
    always_open=frozenset({"cards", "payments", "premier", "messages"}),
    flows=frozenset({"main", "pin"}),
)
OPEN: Final = Scene(open_queues=frozenset(QUEUES))
START: Final = Heard(start=True)


def both(text: str) -> dict[str, str]:
    """The same text in both languages."""
    return {"en": text, "zh": text}


def node(kind: str, **fields: Any) -> dict[str, Any]:
    """A node with a name; `text` may be a plain text."""
    if isinstance(fields.get("text"), str):
        fields["text"] = both(fields["text"])
    return {"kind": kind, "name": both(kind), **fields}


def queue(to: str = "cards") -> dict[str, Any]:
    """A node that hands over."""
    return node("queue", queue=to, wants=both("help"))


def menu(*ways: str, text: str = "Choose.", **fields: Any) -> dict[str, Any]:
    """A menu whose keys 1, 2, 3 lead these ways."""
    choices = [
        {"key": str(n), "label": both(f"Way {n}"), "next": way} for n, way in enumerate(ways, 1)
    ]
    return node("menu", text=text, choices=choices, **fields)


def document(nodes: Mapping[str, Any], start: str = "a", **fields: Any) -> dict[str, Any]:
    """A flow that begins at `a` and has a person at `p`."""
    return {
        "name": both("Test"), "start": start, "person": "p", **fields,
        "nodes": {**nodes, "p": queue("messages")},
    }  # fmt: skip


def flow_of(nodes: Mapping[str, Any], **fields: Any) -> Flow:
    """A flow that has nothing to mend."""
    flow, problems = check_document("test", document(nodes, **fields), KNOWN)
    assert not problems, [one.what["en"] for one in problems]
    return flow


@cache
def bank_flow(name: str = "main") -> Flow:
    """The demo bank's flow, without a problem."""
    source = Source(FOLDER / f"{name}.yaml")
    flow, problems = check_document(name, source.document, KNOWN)
    assert not problems, [source.told(one) for one in problems]
    return flow


class Caller:
    """Walks through a flow; `heard` are the steps of the last turn."""

    def __init__(self, flow: Flow, scene: Scene = OPEN, choice: str | None = None) -> None:
        self.flow, self.scene = flow, scene
        self.walk = Walk()
        self.heard: list[Step] = []
        self.hears(Heard(start=True, language=scene.language, choice=choice))

    def hears(self, heard: Heard) -> list[Step]:
        """Give the flow something to hear; its state goes through JSON as in the hub."""
        walk, self.heard = step(self.flow, Walk.from_state(self.walk.to_state()), heard, self.scene)
        self.walk = walk
        return self.heard

    def presses(self, *keys: str) -> list[Step]:
        """Press keys, one question after the other."""
        for one in keys:
            self.hears(Heard(keys=one))
        return self.heard

    def says(self, words: str) -> list[Step]:
        """Say something."""
        return self.hears(Heard(keys="", text=words))

    def gets(self, **result: str) -> list[Step]:
        """Have an errand answered."""
        return self.hears(Heard(result=result))
