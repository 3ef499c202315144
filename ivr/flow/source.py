"""A flow's file: YAML to plain values and back, with the line of every value."""

from pathlib import Path
from typing import Any, Final

import yaml
from yaml.constructor import SafeConstructor

from hub.domain.errors import Invalid
from hub.text.yaml_loader import SAFE_LOADER
from ivr.flow.problem import At, Problem

FILE_MOST_BYTES: Final = 512 * 1024
MOST_NUMBER: Final = 2**53
"""Larger ones, and what is no number at all, do not survive JSON."""
MOST_DEPTH: Final = 40
_OPENS: Final = (
    yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken, yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
)  # fmt: skip
_CLOSES: Final = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)
_PLAIN_TAGS: Final = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float")
)


class FlowFile(Invalid):
    """A flow's file is wrong; `detail` has a line `file:line: what; remedy` per mistake."""


class Source:
    """The plain values of one file and where each stands."""

    def __init__(self, path: Path, text: str | None = None) -> None:
        """Read the file, or its `text` where it came another way.

        Raises `FlowFile` when it is not YAML.
        """
        self.path = path
        self._lines: dict[At, int] = {}
        self.document: Any = self._read(text)

    def line_of(self, at: At) -> int:
        """Return the line of the longest part of the path that is in the file."""
        for length in range(len(at), 0, -1):
            if at[:length] in self._lines:
                return self._lines[at[:length]]
        return 1

    def told(self, problem: Problem) -> str:
        """Return a problem as a line for a terminal."""
        where = f"{'.'.join(problem.at)}: " if problem.at else ""
        what, remedy = problem.what["en"], problem.remedy["en"]
        return f"{self.path}:{self.line_of(problem.at)}: {where}{what}; {remedy}"

    def _read(self, text: str | None) -> Any:
        try:
            text = self.path.read_text("utf-8") if text is None else text
            if len(text) > FILE_MOST_BYTES:
                raise FlowFile("flow_file", f"{self.path}:1: too large; split the flow")
            self._require_plain(text)
            root = yaml.compose(text, Loader=SAFE_LOADER)
            return None if root is None else self._value(root, ())
        except OSError as error:
            detail = f"{self.path}: {error.strerror}; put the file there"
            raise FlowFile("flow_file", detail) from None
        except UnicodeDecodeError:
            raise FlowFile("flow_file", f"{self.path}:1: not UTF-8; save it as UTF-8") from None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            # What is missing at the end is told of the line behind it.
            line = min(mark.line, (text or "").count("\n")) + 1 if mark is not None else 1
            why = str(getattr(error, "problem", None) or "cannot be read")
            detail = f"{self.path}:{line}: not valid YAML: {why}; mend the line"
            raise FlowFile("flow_file", detail) from None

    def _require_plain(self, text: str) -> None:
        """Refuse what grows: aliases, and depth, for which the reader takes its square."""
        depth = 0
        for token in yaml.scan(text, Loader=SAFE_LOADER):
            depth += isinstance(token, _OPENS) - isinstance(token, _CLOSES)
            line = token.start_mark.line + 1
            if isinstance(token, yaml.AliasToken):
                raise FlowFile("flow_file", f"{self.path}:{line}: has an alias (*); write it out")
            if depth > MOST_DEPTH:
                raise FlowFile("flow_file", f"{self.path}:{line}: nested too deep; flatten it")

    def _value(self, node: yaml.Node, at: At) -> Any:
        if at:
            self._lines.setdefault(at, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(one, (*at, str(n))) for n, one in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, at: At) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            # A key is its text, as written: `1:` and `on:` are no number and no switch here.
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in found:
                detail = f"{self.path}:{line}: {key} is there twice; keep one"
                raise FlowFile("flow_file", detail)
            self._lines[(*at, key)] = line
            found[key] = self._value(value_node, (*at, key))
        return found


def _scalar(node: yaml.Node) -> Any:
    """Return a switch, a number or nothing; all else is the text as written, also a date."""
    if node.tag not in _PLAIN_TAGS:
        return str(node.value)
    try:
        value = SafeConstructor().construct_object(node)
    except ValueError:
        return str(node.value)
    is_safe = not isinstance(value, int | float) or abs(value) < MOST_NUMBER
    return value if is_safe else str(node.value)


def dump(document: Any) -> str:
    """Return the YAML of plain values, as it is exported."""
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100)
