"""Exports: what spreadsheets make of our cells, and how much a sheet holds."""

import csv
import zipfile
from pathlib import Path

import pytest

from agent_console.reports.files import CsvFile, XlsxFile, harmless
from agent_console.reports.sheets import COLUMNS, SHEETS, sheet_title, title

EVIL = ["=1+1", "+49", "-cmd", "@SUM(A1)", "\tx", "\rx"]


@pytest.mark.parametrize("text", EVIL)
def test_a_text_is_never_a_formula_in_a_csv(tmp_path: Path, text: str) -> None:
    file = CsvFile(tmp_path / "a.csv")
    file.begin("days", "Days", ["Name"])
    assert file.write("days", [[text, -5, None]]) == 1
    file.end()
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as lines:
        [_, row] = csv.reader(lines)
    assert row == [f"'{text}", "-5", ""]


def test_numbers_and_ordinary_words_stay_as_they_are() -> None:
    assert [harmless(cell) for cell in (-5, 0.5, None, "Lin = Wei", "林")] == [
        -5, 0.5, None, "Lin = Wei", "林",
    ]  # fmt: skip


def sheet_of(path: Path, number: int) -> str:
    with zipfile.ZipFile(path) as book:
        return book.read(f"xl/worksheets/sheet{number}.xml").decode()


def test_texts_of_a_workbook_are_typed_as_texts(tmp_path: Path) -> None:
    file = XlsxFile(tmp_path / "a.xlsx")
    file.begin("days", "Days", ["Name"])
    file.write("days", [[text] for text in EVIL])
    file.end()
    written = sheet_of(tmp_path / "a.xlsx", 1)
    assert "<f>" not in written
    assert "=1+1" in written
    assert 't="inlineStr"' in written


def test_a_full_sheet_goes_on_in_another_with_its_head(tmp_path: Path) -> None:
    file = XlsxFile(tmp_path / "a.xlsx", last_row=3)
    file.begin("days", "Queues: by [half] hour, a very long name", ["Day"])
    assert file.write("days", [[n] for n in range(5)]) == 5
    file.end()
    second, third = (sheet_of(tmp_path / "a.xlsx", n) for n in (2, 3))
    assert "Day" in second
    assert "<v>2</v>" in second
    assert "<v>4</v>" in third


def test_every_column_has_a_title_in_both_languages() -> None:
    for sheet in SHEETS:
        assert sheet_title(sheet, "en") != sheet_title(sheet, "zh")
        for code in COLUMNS[sheet]:
            assert title(code, "en").strip() != title(code, "zh").strip()
