"""The words of an office document (Office Open XML), without its looks; pure.

Raises `Unreadable` for what is no such document, or unfolds to more than a document has.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

PART_MOST_BYTES: Final = 32 * 1024 * 1024
WORDS_MOST: Final = 200_000
SHEETS_MOST: Final = 50
SLIDES_MOST: Final = 500
_SHEET: Final = re.compile(r"xl/worksheets/sheet(\d{1,4})\.xml")
_SLIDE: Final = re.compile(r"ppt/slides/slide(\d{1,4})\.xml")


class Unreadable(Exception):
    """It is broken, or made to be costly."""


def words_of(data: bytes) -> str:
    """Return the words: a line per paragraph, cells of a row with tabs between them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "\n".join(_all(parts)).strip()[:WORDS_MOST]
    except (zipfile.BadZipFile, expat.ExpatError, KeyError, ValueError, OSError, EOFError,
            NotImplementedError, RuntimeError) as error:  # fmt: skip
        raise Unreadable(type(error).__name__) from error


def _all(parts: zipfile.ZipFile) -> Iterator[str]:
    names = set(parts.namelist())
    if "word/document.xml" in names:
        yield from _lines(parts, "word/document.xml")
    elif "xl/workbook.xml" in names:
        shared = list(_strings(parts)) if "xl/sharedStrings.xml" in names else []
        for number, name in _numbered(names, _SHEET, SHEETS_MOST):
            yield f"[{number}]"
            yield from _rows(parts, name, shared)
    elif "ppt/presentation.xml" in names:
        for number, name in _numbered(names, _SLIDE, SLIDES_MOST):
            yield f"[{number}]"
            yield from _lines(parts, name)
    else:
        raise ValueError("no document")


def _numbered(names: set[str], form: re.Pattern[str], most: int) -> list[tuple[int, str]]:
    found = [(int(match[1]), name) for name in names if (match := form.fullmatch(name))]
    return sorted(found)[:most]


def _lines(parts: zipfile.ZipFile, name: str) -> Iterator[str]:
    """Text of a part, a line per paragraph; a break or tab stands for itself."""
    lines: list[str] = []
    now: list[str] = []
    is_text = False

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal is_text
        local = tag.rpartition(":")[2]
        is_text = local == "t"
        if local in ("tab", "br"):
            now.append("\t" if local == "tab" else "\n")

    def end(tag: str) -> None:
        nonlocal is_text
        is_text = False
        if tag.rpartition(":")[2] == "p":
            lines.append("".join(now))
            now.clear()

    _parse(_part(parts, name), start, end, lambda said: now.append(said) if is_text else None)
    yield from lines


def _strings(parts: zipfile.ZipFile) -> Iterator[str]:
    """The texts that cells of a workbook name by number."""
    found: list[str] = []
    now: list[str] = []
    is_text = False

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal is_text
        is_text = tag.rpartition(":")[2] == "t"

    def end(tag: str) -> None:
        nonlocal is_text
        is_text = False
        if tag.rpartition(":")[2] == "si":
            found.append("".join(now))
            now.clear()

    said = _part(parts, "xl/sharedStrings.xml")
    _parse(said, start, end, lambda text: now.append(text) if is_text else None)
    yield from found


def _rows(parts: zipfile.ZipFile, name: str, shared: list[str]) -> Iterator[str]:
    rows: list[str] = []
    cells: list[str] = []
    now: list[str] = []
    kind, is_value = "", False

    def start(tag: str, told: dict[str, str]) -> None:
        nonlocal kind, is_value
        local = tag.rpartition(":")[2]
        if local == "c":
            kind = told.get("t", "")
            now.clear()
        is_value = local in ("v", "t")

    def end(tag: str) -> None:
        nonlocal is_value
        local, is_value = tag.rpartition(":")[2], False
        if local == "c":
            cells.append(_cell("".join(now), kind, shared))
        elif local == "row":
            rows.append("\t".join(cells))
            cells.clear()

    _parse(_part(parts, name), start, end, lambda said: now.append(said) if is_value else None)
    yield from rows


def _cell(said: str, kind: str, shared: list[str]) -> str:
    if kind != "s":
        return said
    return shared[int(said)] if said.isdecimal() and int(said) < len(shared) else ""


def _part(parts: zipfile.ZipFile, name: str) -> bytes:
    """Return a part; a bomb is not unfolded."""
    with parts.open(name) as file:
        data = file.read(PART_MOST_BYTES + 1)
    if len(data) > PART_MOST_BYTES:
        raise ValueError("too large")
    return data


def _parse(data: bytes, start: object, end: object, said: object) -> None:
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise ValueError("a document declares nothing")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start  # type: ignore[assignment]  # three handlers of expat
    parser.EndElementHandler = end  # type: ignore[assignment]  # as above
    parser.CharacterDataHandler = said  # type: ignore[assignment]  # as above
    parser.Parse(data, True)
