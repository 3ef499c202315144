"""Where in a TOML file a value stands, for errors that name the line."""

import tomllib
from typing import Any

Path = tuple[str | int, ...]


def lines_of(text: str) -> dict[Path, int]:
    """Return the line (from 1) of every table header and key in `text`."""
    found: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line.startswith("[["):
            array = _path_of(line)
            counts[array] = counts.get(array, -1) + 1
            table = (*array, counts[array])
            found[table] = number
        elif line.startswith("["):
            table = _path_of(line)
            found.setdefault(table, number)
        elif "=" in line and not line.startswith("#"):
            key = _path_of(line.split("=", 1)[0] + "= 0")
            if key:
                found.setdefault((*table, *key), number)
    return found


def line_of(lines: dict[Path, int], path: Path) -> int:
    """Return the line of `path`, or of the nearest thing around it that has one."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _path_of(line: str) -> Path:
    """Read the dotted name of a header or key; () for a line inside a longer value."""
    try:
        value: Any = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return ()
    path: Path = ()
    while value and isinstance(value, dict | list):
        if isinstance(value, list):
            value = value[0]
        else:
            name, value = next(iter(value.items()))
            path = (*path, name)
    return path
