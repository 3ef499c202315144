"""Reading a flow from plain values: whatever is right is taken, every mistake is told.

A draft with mistakes is still a flow that can be drawn and mended; only one without is published.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ivr.flow.fields import LANGUAGES, Is, Spec, Texts, specs_of
from ivr.flow.known import Known
from ivr.flow.nodes import KINDS, Flow, Node
from ivr.flow.problem import At, Problem

TEXT_MOST: Final = 600
LABEL_MOST: Final = 40
NODES_MOST: Final = 300
RECORDS_MOST: Final = 30
VALUE_MOST: Final = 200
NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
WORD: Final = re.compile(r"[^\x00-\x1f]{1,40}")
_EN: Final = {"en": "English", "zh": "Chinese"}
_ZH: Final = {"en": "英文", "zh": "中文"}


@dataclass(frozen=True, slots=True)
class Read:
    """A flow as far as it could be read, and what is wrong with its document."""

    flow: Flow
    problems: tuple[Problem, ...]


def read_flow(flow_id: str, document: Any, known: Known) -> Read:
    """Return the flow of a document of plain values; never raises."""
    reader = _Reader(known)
    raw = reader.mapping(document, ())
    nodes = reader.nodes(raw.get("nodes"))
    kept = {name: value for name, value in raw.items() if name != "nodes"}
    flow = reader.record(Flow, kept, (), id=flow_id, nodes=nodes)
    return Read(flow, tuple(reader.problems))


class _Reader:
    """Builds the values and notes what is wrong on the way."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self.problems: list[Problem] = []

    def note(self, code: str, at: At, **values: object) -> None:
        self.problems.append(Problem(code, at, {k: str(v)[:200] for k, v in values.items()}))

    def mapping(self, raw: Any, at: At) -> Mapping[str, Any]:
        if isinstance(raw, Mapping) and all(isinstance(key, str) for key in raw):
            return raw
        self.note("bad_shape", at, wanted="a table", wanted_zh="字段表", example="key: value")
        return {}

    def nodes(self, raw: Any) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for node_id, one in list(self.mapping(raw or {}, ("nodes",)).items())[:NODES_MOST]:
            at = ("nodes", node_id)
            if not NAME.fullmatch(node_id):
                self.note("bad_name", at, value=node_id)
                continue
            values = dict(self.mapping(one, at))
            kind = values.pop("kind", "")
            if not isinstance(kind, str) or kind not in KINDS:
                self.note("no_kind", (*at, "kind"), value=kind, known=", ".join(KINDS))
                continue
            found[node_id] = self.record(KINDS[kind], values, at, id=node_id)
        return found

    def record(self, of: type[Any], raw: Mapping[str, Any], at: At, **given: Any) -> Any:
        specs = specs_of(of)
        known = [spec.name for spec in specs]
        for key in raw:
            if key not in known:
                self.note("unknown_key", (*at, key), key=key, known=", ".join(known))
        return of(**given, **{spec.name: self._field(spec, raw, at) for spec in specs})

    def _field(self, spec: Spec, raw: Mapping[str, Any], at: At) -> Any:
        at = (*at, spec.name)
        value = raw.get(spec.name)
        if value is None or value in ("", {}, []):
            if spec.must:
                code = "not_linked" if spec.holds is Is.NEXT else "needed"
                self.note(code, at, field=spec.name)
            return spec.default
        return self._taker(spec)(value, spec, at)

    def _taker(self, spec: Spec) -> Callable[[Any, Spec, At], Any]:
        """Return what reads a field of this kind."""
        takers: dict[Is, Callable[[Any, Spec, At], Any]] = {
            Is.TEXTS: self._texts,
            Is.LABEL: self._texts,
            Is.NUMBER: self._number,
            Is.FLAG: self._flag,
            Is.WORDS: self._words,
            Is.NAMES: self._words,
            Is.VALUES: self._values,
            Is.RECORDS: self._records,
        }
        return takers.get(spec.holds, self._word)

    def _texts(self, raw: Any, spec: Spec, at: At) -> Texts:
        most = LABEL_MOST if spec.holds is Is.LABEL else TEXT_MOST
        found = dict(self.mapping(raw, at))
        if not found:
            return dict.fromkeys(LANGUAGES, "")
        for key in [key for key in found if key not in LANGUAGES]:
            self.note("unknown_key", (*at, key), key=key, known=", ".join(LANGUAGES))
            del found[key]
        for language in LANGUAGES:
            text = found.get(language)
            if not isinstance(text, str) or not text.strip():
                names = {"language": _EN[language], "language_zh": _ZH[language]}
                self.note("no_language", (*at, language), **names)
                found[language] = ""
            elif len(text) > most:
                self.note("too_long", (*at, language), most=most)
        return found

    def _number(self, raw: Any, spec: Spec, at: At) -> int:
        if type(raw) is int and spec.least <= raw <= spec.most:
            return raw
        self.note("bad_number", at, value=raw, least=spec.least, most=spec.most)
        return int(spec.default)

    def _flag(self, raw: Any, spec: Spec, at: At) -> bool:
        if isinstance(raw, bool):
            return raw
        self.note("bad_shape", at, wanted="a switch", wanted_zh="开关", example="true")
        return bool(spec.default)

    def _words(self, raw: Any, spec: Spec, at: At) -> tuple[str, ...]:
        form = NAME if spec.holds is Is.NAMES else WORD
        if not isinstance(raw, list) or len(raw) > RECORDS_MOST:
            self.note(
                "bad_shape", at, wanted="a short list", wanted_zh="简短列表", example="[a, b]"
            )
            return ()
        found = [_plain(word) for word in raw]
        for n, word in enumerate(found):
            if not isinstance(word, str) or not form.fullmatch(word):
                self.note("bad_name", (*at, str(n)), value=word)
        return tuple(w for w in found if isinstance(w, str) and form.fullmatch(w))

    def _values(self, raw: Any, _spec: Spec, at: At) -> Mapping[str, str]:
        found = {}
        for name, given in self.mapping(raw, at).items():
            value = _plain(given)
            if not NAME.fullmatch(name):
                self.note("bad_name", (*at, name), value=name)
            elif not isinstance(value, str) or len(value) > VALUE_MOST:
                self.note("bad_shape", (*at, name), wanted="a text", wanted_zh="文本",
                          example='"text"')  # fmt: skip
            else:
                found[name] = value
        return found

    def _records(self, raw: Any, spec: Spec, at: At) -> tuple[Any, ...]:
        if not isinstance(raw, list) or len(raw) > RECORDS_MOST or spec.record is None:
            self.note(
                "bad_shape", at, wanted="a short list", wanted_zh="简短列表", example="- key: 1"
            )
            return ()
        places = [(*at, str(n)) for n in range(len(raw))]
        made = [self.record(spec.record, self.mapping(one, place), place)
                for one, place in zip(raw, places, strict=True)]  # fmt: skip
        return tuple(made)

    def _word(self, raw: Any, spec: Spec, at: At) -> str:
        """Read a text that names something: a step, a queue, a key."""
        raw = _plain(raw)
        if not isinstance(raw, str) or not WORD.fullmatch(raw):
            self.note("bad_shape", at, wanted="a short text", wanted_zh="简短文本", example="name")
            return str(spec.default)
        places: dict[Is, tuple[str, Iterable[str]]] = {
            Is.QUEUE: ("no_queue", self._known.queues),
            Is.FLOW: ("no_flow", self._known.flows),
            Is.ERRAND: ("no_errand", self._known.errands),
            Is.RECORDING: ("no_recording", self._known.recordings),
            Is.ONE_OF: ("bad_option", spec.options),
        }
        if spec.holds in places:
            code, known = places[spec.holds]
            if raw not in known:
                self.note(code, at, value=raw, known=", ".join(sorted(known)))
        elif spec.holds not in (Is.KEY, Is.TEXT) and not NAME.fullmatch(raw):
            self.note("bad_name", at, value=raw)
        return raw


def _plain(raw: Any) -> Any:
    """YAML makes switches and numbers of `yes` and `1`, which here are texts."""
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    return str(raw) if type(raw) is int else raw
