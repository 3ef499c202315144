"""Writing rows into a file, row after row, in the memory of one row."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from agent_console.reports.sheets import Cell

if TYPE_CHECKING:
    import xlsxwriter

LAST_ROW: Final = 1_048_576
"""Of a sheet; what is more goes on in another."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_FORBIDDEN_IN_TITLES: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class SheetFile(Protocol):
    """A file with one or more sheets."""

    def begin(self, sheet: str, title: str, columns: Sequence[str]) -> None:
        """Open a sheet."""

    def write(self, sheet: str, rows: Iterable[Sequence[Cell]]) -> int:
        """Add rows; returns how many."""

    def end(self) -> None:
        """Finish the file."""


class CsvFile:
    """One sheet as UTF-8 with a mark at its beginning, by which spreadsheets know it."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)

    def begin(self, sheet: str, title: str, columns: Sequence[str]) -> None:
        """Write the head."""
        self._writer.writerow(columns)

    def write(self, sheet: str, rows: Iterable[Sequence[Cell]]) -> int:
        """Add rows. A text that a spreadsheet would compute gets an apostrophe before it."""
        count = 0
        for row in rows:
            self._writer.writerow([harmless(cell) for cell in row])
            count += 1
        return count

    def end(self) -> None:
        """Close the file."""
        self._file.close()


def harmless(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


class XlsxFile:
    """Sheets of a workbook; texts are typed as texts, so that none is computed."""

    def __init__(self, path: Path, *, last_row: int = LAST_ROW) -> None:
        import xlsxwriter  # noqa: PLC0415  forty modules, for who exports and not for every start

        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        self._last_row = last_row
        self._sheets: dict[str, _Sheet] = {}

    def begin(self, sheet: str, title: str, columns: Sequence[str]) -> None:
        """Open a sheet with its head."""
        self._sheets[sheet] = _Sheet(self._book, title, columns, self._last_row)

    def write(self, sheet: str, rows: Iterable[Sequence[Cell]]) -> int:
        """Add rows."""
        count = 0
        for row in rows:
            self._sheets[sheet].add(row)
            count += 1
        return count

    def end(self) -> None:
        """Put the workbook together."""
        self._book.close()


class _Sheet:
    def __init__(
        self, book: "xlsxwriter.Workbook", title: str, columns: Sequence[str], last_row: int
    ) -> None:
        self._book, self._title, self._columns = book, title, columns
        self._last_row, self._number = last_row, 0
        self._open()

    def _open(self) -> None:
        self._number += 1
        more = f" {self._number}" if self._number > 1 else ""
        clean = self._title.translate(_FORBIDDEN_IN_TITLES)[: 31 - len(more)]
        self._page = self._book.add_worksheet(f"{clean}{more}")
        self._page.freeze_panes(1, 0)
        self._at = 0
        self._put(self._columns)

    def add(self, row: Sequence[Cell]) -> None:
        if self._at >= self._last_row:
            self._open()
        self._put(row)

    def _put(self, row: Sequence[Cell]) -> None:
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                self._page.write_string(self._at, column, cell)
            elif cell is not None:
                self._page.write_number(self._at, column, cell)
        self._at += 1
