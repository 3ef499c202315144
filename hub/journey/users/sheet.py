"""A CSV file of Users, read into rows that can be judged one by one. Pure."""

import codecs
import csv
import io
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from hub.domain.errors import Invalid
from hub.journey.users.given import NewUser
from hub.security.roles import Role

ROWS_MOST: Final = 5_000
CELL_MOST: Final = 1_000
COLUMNS: Final = (
    "login", "name", "name_zh", "roles", "team", "skills", "queues", "capacity",
)  # fmt: skip
NEEDED: Final = ("login",)
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BEGIN_FORMULAS: Final = ("=", "+", "@", "\t")


class Line(NamedTuple):
    """One row: its line in the file and its cells by column."""

    number: int
    cells: Mapping[str, str]


def lines_of(data: bytes) -> list[Line]:
    """Return the rows; raise `Invalid` for a file that cannot be taken at all."""
    text = _text_of(data)
    separator = max(",;\t", key=text.partition("\n")[0].count)
    csv.field_size_limit(CELL_MOST * 20)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        header = [name.strip().casefold() for name in next(reader, [])]
        _require_columns(header)
        found = [
            Line(reader.line_num, dict(zip(header, map(str.strip, cells), strict=False)))
            for cells in reader
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error:
        raise Invalid("bad_csv", f"line {reader.line_num}") from None
    if len(found) > ROWS_MOST:
        raise Invalid("too_many_rows", f"at most {ROWS_MOST} at once")
    return found


def user_of(line: Line) -> NewUser:
    """Return what a row says; an empty cell says nothing. Raises `Invalid`."""
    cells = line.cells
    if any(len(cell) > CELL_MOST for cell in cells.values()):
        raise Invalid("long_cell", f"at most {CELL_MOST} characters")
    if any(cell.startswith(_BEGIN_FORMULAS) for cell in cells.values()):
        raise Invalid("formula", "a cell begins like a formula")
    return NewUser(
        login=cells.get("login", ""),
        name_en=cells.get("name") or None,
        name_zh=cells.get("name_zh") or None,
        team=cells.get("team") or None,
        roles=_roles(cells.get("roles", "")),
        skills=_skills(cells.get("skills", "")),
        queues=tuple(_words(cells.get("queues", ""))) or None,
        capacity_units=_capacity(cells.get("capacity", "")),
    )


def _text_of(data: bytes) -> str:
    names: Iterable[str] = ("utf-8", "gb18030")
    for mark, name in _MARKS:
        if data.startswith(mark):
            names = (name,)
    for name in names:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise Invalid("encoding", "save the file as UTF-8, UTF-16 or GB18030")


def _require_columns(header: list[str]) -> None:
    missing = set(NEEDED) - set(header)
    if missing:
        raise Invalid("missing_column", ", ".join(sorted(missing)))
    if unknown := set(header) - set(COLUMNS):
        raise Invalid("unknown_column", ", ".join(sorted(unknown))[:100])
    if len(set(header)) != len(header):
        raise Invalid("column_twice", "each column once")


def _words(cell: str) -> list[str]:
    return cell.replace(";", " ").replace(",", " ").split()


def _roles(cell: str) -> frozenset[Role] | None:
    words = _words(cell.casefold())
    unknown = set(words) - {role.value for role in Role}
    if unknown:
        raise Invalid("unknown_role", ", ".join(sorted(unknown))[:100])
    return frozenset(map(Role, words)) or None


def _skills(cell: str) -> tuple[tuple[str, int], ...] | None:
    found = []
    for word in _words(cell):
        name, _, level = word.rpartition(":")
        if not name or not level.isascii() or not level.isdigit():
            raise Invalid("bad_level", "write skill:level, such as cards:4")
        found.append((name, int(level)))
    return tuple(found) or None


def _capacity(cell: str) -> int | None:
    if not cell:
        return None
    if not cell.isascii() or not cell.isdigit() or len(cell) > 3:
        raise Invalid("bad_capacity", "a whole number")
    return int(cell)
