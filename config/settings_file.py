"""Reading settings strictly: an unknown key is answered with its place and the nearest one."""

import difflib
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel, SecretStr, ValidationError

from config.problems import CannotStart, ExitCode
from config.settings import NESTED, PREFIX, Settings

DEFAULT_FILE = Path("config/hub.toml")
FILE_VARIABLE = "HUB_CONFIG"
NOT_SETTINGS = frozenset({FILE_VARIABLE, "HUB_CRASH"})
"""`HUB_CRASH` is for tests; `HUB_TEST_...` belongs to them too."""
TESTS = "HUB_TEST_"

Keys = tuple[str, ...]


def load_settings(**overrides: Any) -> Settings:
    """Return the settings of this process; raise `CannotStart` naming file, key and remedy."""
    file = _file_named(os.environ)
    values = _read(file) if file else {}
    _refuse_unknown_variables(os.environ)
    try:
        return Settings(**{**values, **overrides})
    except ValidationError as error:
        raise _problem(_explain(error, file)) from None
    except ValueError as error:
        # pydantic-settings could not read a variable that should hold JSON.
        raise _problem(f"a {PREFIX} variable cannot be read: {error}") from None


def _problem(message: str) -> CannotStart:
    return CannotStart(ExitCode.SETTINGS, message)


def _file_named(environment: Mapping[str, str]) -> Path | None:
    if named := environment.get(FILE_VARIABLE):
        if not Path(named).is_file():
            raise _problem(f"{FILE_VARIABLE} names {named}, which is not there")
        return Path(named)
    return DEFAULT_FILE if DEFAULT_FILE.is_file() else None


def _read(file: Path) -> dict[str, Any]:
    text = file.read_text("utf-8")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _problem(f"{file}: not valid TOML: {error}") from None
    for keys, value in _leaves(values):
        place = f"{file}:{line_of(text, keys)}"
        _refuse_unknown(keys, place)
        if _is_secret(keys) and not str(value).startswith("sqlite:"):
            variable = variable_of(keys)
            raise _problem(
                f"{place}: {'.'.join(keys)} is a secret and may not lie in this file; "
                f"set {variable} or name a file with {'.'.join(keys)}_file"
            )
    return values


def _leaves(tree: Mapping[str, Any], above: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    for key, value in tree.items():
        if isinstance(value, dict) and value:
            yield from _leaves(value, (*above, key))
        else:
            yield (*above, key), value


def _refuse_unknown_variables(environment: Mapping[str, str]) -> None:
    for name in environment:
        if not name.startswith(PREFIX) or name in NOT_SETTINGS or name.startswith(TESTS):
            continue
        keys = tuple(name.removeprefix(PREFIX).lower().split(NESTED))
        _refuse_unknown(keys, f"environment: {name}")


def _refuse_unknown(keys: Keys, place: str) -> None:
    model: type[BaseModel] | None = Settings
    for depth, key in enumerate(keys):
        if model is None:
            raise _problem(f"{place}: {'.'.join(keys[:depth])} has no keys below it")
        if key not in model.model_fields:
            raise _problem(f"{place}: unknown key {key!r}; {_nearest(key, model)}")
        model, named = _below(model, key)
        if named and depth + 1 < len(keys):
            return _refuse_unknown_in(model, keys[depth + 2 :], place)
    return None


def _refuse_unknown_in(model: type[BaseModel] | None, keys: Keys, place: str) -> None:
    if model is not None and keys and keys[0] not in model.model_fields:
        raise _problem(f"{place}: unknown key {keys[0]!r}; {_nearest(keys[0], model)}")


def _below(model: type[BaseModel], key: str) -> tuple[type[BaseModel] | None, bool]:
    """Return the model under a key, and whether names of the operator's choice come between."""
    hint = model.model_fields[key].annotation
    named = get_origin(hint) is dict
    if named:
        hint = get_args(hint)[1]
    is_model = isinstance(hint, type) and issubclass(hint, BaseModel)
    return (hint if is_model else None), named  # type: ignore[return-value]


def _nearest(key: str, model: type[BaseModel]) -> str:
    close = difflib.get_close_matches(key, model.model_fields, n=1, cutoff=0.5)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"known keys are {', '.join(sorted(model.model_fields))}"


def _is_secret(keys: Keys) -> bool:
    field = Settings.model_fields.get(keys[0])
    if len(keys) > 2 and keys[0] == "widgets":
        return keys[2] == "key"
    if len(keys) > 1 and keys[0] == "core":
        return keys[1] in ("token", "change_key")
    return field is not None and SecretStr in get_args(field.annotation)


def variable_of(keys: Keys) -> str:
    """Return the environment variable of a key."""
    return PREFIX + NESTED.join(keys).upper()


def line_of(text: str, keys: Keys) -> int:
    """Return the line of a key in a TOML text: the last part, after its table if it has one."""
    lines = text.splitlines()
    start = 0
    if len(keys) > 1:
        table = re.compile(r"\s*\[\s*" + r"\s*\.\s*".join(map(_quoted, keys[:-1])) + r"\s*\]")
        start = next((n for n, line in enumerate(lines) if table.match(line)), 0)
    wanted = re.compile(r"\s*\[?\s*(.*\.)?" + _quoted(keys[-1]) + r"\s*[=\].]")
    return next((n for n, line in enumerate(lines[start:], start) if wanted.match(line)), start) + 1


def _quoted(key: str) -> str:
    return f"[\"']?{re.escape(key)}[\"']?"


def _explain(error: ValidationError, file: Path | None) -> str:
    """One line per wrong value; values are not quoted, for they may be secret."""
    text = file.read_text("utf-8") if file else ""
    lines = []
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        keys = tuple(str(part) for part in fault["loc"] if not isinstance(part, int))
        message = fault["msg"].removeprefix("Value error, ")
        if not keys:
            lines.append(f"settings: {message}")
            continue
        from_environment = any(variable_of(keys[:n]) in os.environ for n in range(1, len(keys) + 1))
        place = (
            "environment" if from_environment or file is None else f"{file}:{line_of(text, keys)}"
        )
        lines.append(f"{place}: {'.'.join(keys)} (or {variable_of(keys)}): {message}")
    return "\n".join(lines)
