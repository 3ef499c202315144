"""CSV from strangers: any usual encoding, and no line that could take all memory.

Rows come one by one with their number; what cannot be taken comes as a `BadRow` with a code.
"""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from hub.domain.errors import Invalid

CELL_MOST: Final = 2_000
"""Characters of one cell; a longer one is no name and no address."""
LINE_MOST: Final = 100_000
"""Characters of one line; the rest of a longer one is passed over without keeping it."""
_BLOCK: Final = 1 << 20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Row(NamedTuple):
    """A row that can be judged; `number` counts lines from 1, the header is one."""

    number: int
    cells: list[str]


class BadRow(NamedTuple):
    """A row that cannot be read."""

    number: int
    code: str


def encoding_of(path: Path) -> str:
    """Tell a file's encoding: its mark, else UTF-16 by its zeros, UTF-8, GB18030.

    The whole file is tried, since one wrong byte at its end would break the import in its middle.
    Raises `Invalid("encoding")`.
    """
    with path.open("rb") as file:
        start = file.read(4_096)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return _require(path, name)
    if start.count(0) > len(start) // 5:
        low = start[1::2].count(0) >= start[::2].count(0)
        return _require(path, "utf-16-le" if low else "utf-16-be")
    for name in ("utf-8", "gb18030"):
        if _decodes(path, name):
            return name
    raise Invalid("encoding", "save the file as UTF-8, UTF-16 or GB18030")


def _require(path: Path, name: str) -> str:
    if not _decodes(path, name):
        raise Invalid("encoding", f"the file begins as {name} and then breaks")
    return name


def _decodes(path: Path, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def separator_of(header: str) -> str:
    """Tell the separator from the header: comma, semicolon or tab, whichever it has most of."""
    return max(",;\t", key=header.count)


def rows_of(path: Path, encoding: str) -> Iterator[Row | BadRow]:
    """Yield header and rows; a broken or oversized one is a `BadRow`, and the next one goes on."""
    lines = _Lines(path, encoding)
    first = next(iter(lines), "")
    reader = csv.reader(_chain(first, lines), delimiter=separator_of(first), strict=True)
    csv.field_size_limit(CELL_MOST)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            too_long = "field larger" in str(error) or lines.cut
            yield BadRow(lines.number, "cell_too_long" if too_long else "not_csv")
        else:
            if lines.cut:
                yield BadRow(lines.number, "cell_too_long")
            elif any(cell.strip() for cell in cells):
                yield Row(lines.number, cells)
        lines.cut = False


def _chain(first: str, rest: "_Lines") -> Iterator[str]:
    if first:
        yield first
    yield from rest


class _Lines:
    """The lines of a file, each at most `LINE_MOST` long; `cut` tells that one was longer."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._path, self._encoding = path, encoding
        self.number = 0
        self.cut = False
        self._walk = self._lines()

    def __iter__(self) -> Iterator[str]:
        return self._walk

    def _lines(self) -> Iterator[str]:
        with self._path.open(encoding=self._encoding, newline="") as file:
            while line := file.readline(LINE_MOST):
                self.number += 1
                if not line.endswith(("\n", "\r")) and len(line) == LINE_MOST:
                    self.cut = True
                    while (rest := file.readline(LINE_MOST)) and not rest.endswith("\n"):
                        pass
                    # Closed, so that the reader is not left inside a quotation.
                    line = line[:CELL_MOST].replace('"', "") + "\n"
                yield line
