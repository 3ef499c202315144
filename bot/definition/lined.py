"""YAML whose mappings and lists know their lines, so that a mistake can say where it is."""

from pathlib import Path
from typing import Any

import yaml

from hub.text.yaml_loader import SAFE_LOADER


class Lined(dict[str, Any]):
    """A mapping with the line of each key, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}

    def at(self, key: str) -> int:
        """Return the line of a key; that of the mapping where the key is missing."""
        return self.lines.get(key, self.line)


class LinedList(list[Any]):
    """A list with the line of each entry."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


class NotYaml(Exception):
    """The file cannot be read; the text says where and why."""


def read(path: Path) -> Lined:
    """Return the document of a file; raise `NotYaml`."""
    try:
        node = yaml.compose(path.read_text("utf-8"), SAFE_LOADER)
    except OSError as error:
        raise NotYaml(f"{path}:1: {error.strerror}; put the file there") from None
    except UnicodeDecodeError:
        raise NotYaml(f"{path}:1: not in UTF-8; save it so") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = getattr(error, "problem", None) or "not YAML"
        raise NotYaml(f"{path}:{line}: {what}; mend the YAML of this line") from None
    try:
        found = _value(node, set())
    except _Alias as error:
        raise NotYaml(f"{path}:{error.line}: an alias; write it out") from None
    if not isinstance(found, Lined):
        raise NotYaml(f'{path}:1: no mapping; begin with version: "3.1"')
    return found


class _Alias(Exception):
    """The same part stands twice: it may hold itself, or grow beyond all bounds."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


def _value(node: yaml.Node | None, seen: set[int]) -> Any:
    if isinstance(node, yaml.CollectionNode):
        if id(node) in seen:
            raise _Alias(node.start_mark.line + 1)
        seen.add(id(node))
    match node:
        case yaml.MappingNode():
            found = Lined(node.start_mark.line + 1)
            for key, value in node.value:
                name = str(key.value)
                found[name] = _value(value, seen)
                found.lines[name] = key.start_mark.line + 1
            return found
        case yaml.SequenceNode():
            entries = LinedList()
            for one in node.value:
                entries.append(_value(one, seen))
                entries.lines.append(one.start_mark.line + 1)
            return entries
        case yaml.ScalarNode():
            return _scalar(node)
    return None


def _scalar(node: yaml.ScalarNode) -> Any:
    if node.tag == "tag:yaml.org,2002:bool":
        return str(node.value).lower() in ("true", "yes", "on")
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if node.tag == "tag:yaml.org,2002:int":
        try:
            return int(node.value)
        except ValueError:
            return node.value
    return node.value
