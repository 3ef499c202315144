"""Phone flows for the set-up page: documents in, judgements, pictures and transcripts out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from hub.domain.errors import Invalid
from ivr.check.check import check_document
from ivr.compare import differences
from ivr.draw.layout import WIDTH, Line, Place, lay_out
from ivr.draw.svg import word_of
from ivr.flow.exits import Exit
from ivr.flow.fields import LANGUAGES, Is, Spec, specs_of
from ivr.flow.known import Known
from ivr.flow.nodes import KINDS, Flow
from ivr.flow.problem import Problem
from ivr.flow.source import FlowFile, Source, dump
from ivr.naming import FIELD_NAMES, KIND_NAMES, OPTION_NAMES, summary
from ivr.rehearse import Script, rehearse
from ivr.shelf import KIND, Shelf

SHOWN_MOST: Final = 100
FROM_PERSON: Final = Path("file")
"""What a file is called that somebody brings; its own name is theirs."""
OpenQueues = Callable[[], frozenset[str]]


class PhoneFlows:
    """`hub.ports.FlowEditor` over the shelf."""

    kind = KIND

    def __init__(self, shelf: Shelf, open_queues: OpenQueues) -> None:
        self._shelf, self._open_queues = shelf, open_queues

    @property
    def names(self) -> Sequence[str]:
        """Every flow."""
        return self._shelf.names

    @property
    def _known(self) -> Known:
        return self._shelf.known

    def vocabulary(self) -> Mapping[str, Any]:
        """Return what forms need: kinds of steps with their fields, queues, flows, errands."""
        return {
            "flow": _form(Flow),
            "kinds": [
                {"kind": kind, "name": KIND_NAMES[kind], "fields": _form(of),
                 "asks": of.asks, "ends": of.ends}
                for kind, of in KINDS.items()
            ],
            "queues": [{"id": key, "name": dict(v)} for key, v in self._known.queues.items()],
            "flows": sorted(self._known.flows),
            "recordings": sorted(self._known.recordings),
            "errands": [
                {"id": one.name, "name": one.label, "takes": list(one.takes),
                 "answers": list(one.answers), "is_secret": one.is_secret}
                for one in self._known.errands.values()
            ],
        }  # fmt: skip

    def look(self, name: str, document: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the problems of a document and its picture."""
        flow, problems = check_document(name, document, self._known)
        picture = lay_out(flow)
        return {
            "problems": [_problem(one) for one in problems[:SHOWN_MOST]],
            "picture": {
                "width": picture.width,
                "height": picture.height,
                "step_width": WIDTH,
                "steps": [self._step(flow, place) for place in picture.places],
                "lines": [_line(one) for one in picture.lines],
            },
        }

    def require_sound(self, name: str, document: Mapping[str, Any]) -> None:
        """Raise `Invalid("flow_problems")` for a document that callers must not hear."""
        _, problems = check_document(name, document, self._known)
        if problems:
            raise Invalid("flow_problems", f"{len(problems)} problems; mend them first")

    def read(self, text: str) -> Mapping[str, Any]:
        """Return the document of a file; raises `Invalid("flow_file")` with line and remedy."""
        document = Source(FROM_PERSON, text).document
        if not isinstance(document, Mapping):
            raise FlowFile("flow_file", f"{FROM_PERSON}:1: holds no flow; begin with `start:`")
        return document

    def write(self, document: Mapping[str, Any]) -> str:
        """Return a document as the text of a file."""
        return dump(document)

    def compare(self, before: Any, after: Any) -> Sequence[Mapping[str, Any]]:
        """Return what changes from one document to another."""
        return [asdict(one) | {"at": list(one.at)} for one in differences(before, after)]

    def call(
        self, name: str, document: Mapping[str, Any], script: Mapping[str, Any]
    ) -> Sequence[Mapping[str, str]]:
        """Return the transcript of a test call through a document, mistakes and all."""
        flow, _ = check_document(name, document, self._known)
        is_closed = script.get("closed", False)
        lines = rehearse(
            flow,
            Script(
                caller=script.get("caller", ""),
                keys=script.get("keys", ()),
                language=script.get("language", "en"),
                open_queues=self._known.always_open if is_closed else self._open_queues(),
                answers=script.get("answers", {}),
            ),
        )
        return [asdict(line) for line in lines]

    def _step(self, flow: Flow, place: Place) -> Mapping[str, Any]:
        node = flow.nodes[place.id]
        return {
            "id": place.id,
            "kind": node.kind,
            "name": dict(node.name),
            "about": dict(summary(node, self._known)),
            "x": place.x,
            "y": place.y,
            "height": place.height,
            "is_reached": place.is_reached,
            "asks": node.asks,
            "ends": node.ends,
            "rows": [_way(one) for one in place.rows],
        }


def _form(record: type[Any]) -> list[Mapping[str, Any]]:
    return [_field(spec) for spec in specs_of(record)]


def _field(spec: Spec) -> Mapping[str, Any]:
    return {
        "field": spec.name,
        "name": FIELD_NAMES[spec.name],
        "holds": spec.holds,
        "must": spec.must,
        "default": spec.default if isinstance(spec.default, str | int | bool) else None,
        "least": spec.least,
        "most": spec.most,
        "options": [{"id": one, "name": OPTION_NAMES[one]} for one in spec.options],
        "fields": _form(spec.record) if spec.holds is Is.RECORDS and spec.record else [],
    }


def _problem(one: Problem) -> Mapping[str, Any]:
    return {
        "code": one.code, "node": one.node, "at": list(one.at), "what": dict(one.what),
        "remedy": dict(one.remedy),
    }  # fmt: skip


def _line(line: Line) -> Mapping[str, Any]:
    return {
        **_way(line.way), "source": line.way.source, "path": line.path, "x": line.port_x,
        "y": line.port_y, "is_told": line.is_told,
    }  # fmt: skip


def _way(way: Exit) -> Mapping[str, Any]:
    words = {language: word_of(way, language) for language in LANGUAGES}
    return {"target": way.target, "key": way.key, "word": words, "field": way.field}
