"""Requests that Twilio's own description of its REST API would refuse are refused here.

`openapi.json` is the part of that description (twilio-oai, MIT) that the carrier serves, without
its prose: for each operation the parameters of path, query and form.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

FILE: Final = Path(__file__).with_name("openapi.json")
_WHOLE: Final = re.compile(r"-?[0-9]{1,18}")
_ENDPOINT: Final = re.compile(r"(\+?[0-9]{3,16}|client:[^\s<>]{1,200}|sips?:[^\s<>]{1,250})")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+(Z|[+-][0-9:]+)?)?")

Pairs = Sequence[tuple[str, str]]


class Forbidden(Exception):
    """The request is not one of the API; the text says why."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What was asked for: its name, such as `POST Calls/{Sid}`, and the values of its path."""

    name: str
    path: Mapping[str, str]


class Contract:
    """The operations of the description."""

    def __init__(self, file: Path = FILE) -> None:
        described: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8"))
        self._operations = [(*_pattern(name), one) for name, one in described.items()]

    def check(self, method: str, path: str, query: Pairs, form: Pairs) -> Operation:
        """Return the operation; raise `Forbidden`, with a `LookupError` inside if there is none."""
        for name, wanted, pattern, described in self._operations:
            match = pattern.fullmatch(path) if wanted == method else None
            if match is None:
                continue
            said = {key: unquote(value) for key, value in match.groupdict().items()}
            for key, value in said.items():
                _value(f"path {key}", value, described["path"][key])
            _fields("query", query, described["query"])
            _fields("form", form, described["body"])
            given = {key for key, _ in form}
            if missing := sorted(set(described["required"]) - given):
                raise Forbidden(f"{name}: {missing} required")
            return Operation(name, said)
        raise Forbidden(f"{method} {path} is not served") from LookupError(path)


def _pattern(described: str) -> tuple[str, str, re.Pattern[str]]:
    method, _, path = described.partition(" ")
    regex = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+?)", re.escape(path))
    short = path.removeprefix("/2010-04-01/").removeprefix("Accounts/{AccountSid}/")
    return f"{method} {short.removesuffix('.json')}", method, re.compile(regex)


def _fields(place: str, given: Pairs, described: Mapping[str, Any]) -> None:
    seen: set[str] = set()
    for key, value in given:
        schema = described.get(key)
        if schema is None:
            raise Forbidden(f"{place}: there is no {key}")
        if key in seen and schema["type"] != "array":
            raise Forbidden(f"{place}: {key} is given twice")
        seen.add(key)
        _value(f"{place} {key}", value, schema.get("items", schema))


def _value(place: str, value: str, schema: Mapping[str, Any]) -> None:
    is_well = len(value) >= schema.get("minLength", 0)
    is_well &= len(value) <= schema.get("maxLength", 20_000)
    if pattern := schema.get("pattern"):
        is_well &= re.search(pattern, value) is not None
    if values := schema.get("enum"):
        is_well &= value in values
    match schema.get("type"):
        case "integer":
            is_well &= _WHOLE.fullmatch(value) is not None and _within(int(value), schema)
        case "boolean":
            is_well &= value.lower() in ("true", "false")
    match schema.get("format"):
        case "uri":
            parts = urlsplit(value)
            is_well &= parts.scheme in ("http", "https") and bool(parts.hostname)
        case "endpoint":
            is_well &= _ENDPOINT.fullmatch(value) is not None
        case "date" | "date-time":
            is_well &= _DATE.fullmatch(value) is not None
    if not is_well:
        raise Forbidden(f"{place} is not as described")


def _within(number: int, schema: Mapping[str, Any]) -> bool:
    return bool(schema.get("minimum", number) <= number <= schema.get("maximum", number))
