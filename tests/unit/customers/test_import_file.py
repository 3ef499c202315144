import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.customers.import_.columns import FIELDS, columns_of
from hub.customers.import_.judge import judge
from hub.customers.import_.read import BadRow, Row, encoding_of, rows_of
from hub.domain.errors import Invalid
from tests.support.naughty import naughty_strings

TEXT = "客户号,姓名,手机号\n10001,林薇,+8613800002716\n10002,欧阳娜娜,+8613800002717\n"
ALL = {"number": 0, "name": 1, "phone": 2}


def read(path: Path) -> list[Row | BadRow]:
    return list(rows_of(path, encoding_of(path)))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
def test_each_usual_encoding_reads_the_same(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT.encode(encoding))
    assert [row.cells for row in read(path) if isinstance(row, Row)] == [
        line.split(",") for line in TEXT.splitlines()
    ]


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"number,name\n1,\xff\xff\xff\n")
    with pytest.raises(Invalid, match="encoding"):
        encoding_of(path)
    path.write_bytes(TEXT.encode("utf-8-sig") + b"\xff")
    with pytest.raises(Invalid, match="encoding"):
        encoding_of(path)


@pytest.mark.parametrize("end", ["\n", '",\n'])
def test_a_cell_of_ten_million_characters_is_one_bad_row(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.csv"
    quote = '"' if end.startswith('"') else ""
    with path.open("w") as file:
        file.write("number,name\n10001,Ann\n10002," + quote)
        for _ in range(1000):
            file.write("x" * 10_000)
        file.write(end + "10003,Bob\n")
    tracemalloc.start()
    found = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found[1:] == [
        Row(2, ["10001", "Ann"]), BadRow(3, "cell_too_long"), Row(4, ["10003", "Bob"]),
    ]  # fmt: skip
    assert peak < 8_000_000


def test_an_open_quotation_does_not_swallow_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    body = "".join(f"{n},Name {n}\n" for n in range(10_000, 11_000))
    path.write_text(f'number,name\n10001,"Ann\n{body}')
    found = read(path)
    assert any(isinstance(row, BadRow) for row in found)
    assert Row(1002, ["10999", "Name 10999"]) in found


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_quotes_and_line_breaks_in_cells(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(separator.join(["number", "name"]) + f'\r\n1{separator}"A ""B""\r\nC"\r\n')
    assert read(path)[1].cells == ["1", 'A "B"\r\nC']  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (["Customer No", "Full Name", "Mobile"], {"number", "name", "phone"}),
        (["客户号", "姓名", "手机号码", "电子邮箱"], {"number", "name_zh", "phone", "email"}),
        (["ＮＵＭＢＥＲ", "name_zh", "Date-of-Birth"], {"number", "name_zh", "birth_date"}),
    ],
)
def test_headers_are_guessed(header: Sequence[str], fields: set[str]) -> None:
    assert set(columns_of(header)) == fields


@pytest.mark.parametrize(
    "header", [["name"], ["number"], [], ["number", "name", "phone", "mobile"], ["x", "y"]]
)
def test_missing_or_doubled_columns_are_refused(header: Sequence[str]) -> None:
    with pytest.raises(Invalid, match="columns"):
        columns_of(header)


def test_a_mapping_decides_alone() -> None:
    mapping = {"number": "Kd-Nr", "name": "Wer"}
    assert columns_of(["Wer", "phone", "Kd Nr"], mapping) == {"number": 2, "name": 0}
    for broken in ({"number": "none", "name": "Wer"}, {"colour": "Wer"}):
        with pytest.raises(Invalid):
            columns_of(["Wer", "phone", "Kd Nr"], broken)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["", "Ann", ""], "bad_number"), (["12", "Ann", ""], "bad_number"),
        (["10001", "", ""], "no_name"), (["10001", "=1+1", ""], "formula"),
        (["10001", "@SUM(A1)", ""], "formula"), (["10001", "-2+3", ""], "formula"),
        (["10001", "+1", ""], "formula"), (["10001", "a\0b", ""], "control_character"),
        (["10001", "Ann", "123"], "bad_phone"), (["10001", "x" * 3_000, ""], "cell_too_long"),
    ],
)  # fmt: skip
def test_refused_with_a_reason_and_never_the_value(cells: list[str], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        judge(cells, ALL)
    assert refused.value.code == code
    assert refused.value.detail in FIELDS


def test_names_find_their_field_and_empty_cells_take_nothing_away() -> None:
    assert judge(["10001", "林薇", ""], ALL).profile == {"name_zh": "林薇"}
    columns = {"number": 0, "name_zh": 1}
    assert judge(["1-0001", "Ann Lee"], columns).profile == {"name": "Ann Lee"}
    assert judge(["1-0001", "Ann Lee"], columns).number == "10001"


def refusal_of(cells: list[str]) -> Invalid | None:
    try:
        judge(cells, ALL)
    except Invalid as refused:
        return refused
    return None


def test_every_naughty_string_is_taken_or_refused() -> None:
    for text in naughty_strings():
        for cells in ([text, "Ann", ""], ["10001", text, ""], ["10001", "Ann", text]):
            refused = refusal_of(cells)
            assert refused is None or refused.detail in FIELDS


@given(st.lists(st.text(max_size=30), max_size=12))
def test_any_cells_are_taken_or_refused(cells: list[str]) -> None:
    columns = {field: place for place, field in enumerate(FIELDS)}
    try:
        found = judge(cells, columns)
    except Invalid:
        return
    assert found.profile.get("name") or found.profile.get("name_zh")
