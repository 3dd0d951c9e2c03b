"""Tables as offices send them, and files that are none: read as shown, or refused in a sentence."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from app.services.tables import reading as sheet_reading
from app.services.tables.reading import Cell, UnreadableTable, read_table
from tests.domain.factories import PATIENT
from tests.services.tables import a_csv, a_workbook, repacked

HEADER = ["编号", "姓名"]
SHEET1 = "xl/worksheets/sheet1.xml"
NINE = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 - a workbook knows no zones
WHOLE = a_workbook(HEADER, ["1", "甲"])


def texts(data: bytes, filename: str = "名册.xlsx") -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in read_table(data, filename)]


def refusal(data: bytes, filename: str = "名册.xlsx") -> str:
    with pytest.raises(UnreadableTable) as caught:
        read_table(data, filename)
    return caught.value.words


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_every_encoding_and_division_of_an_office(code: str, delimiter: str) -> None:
    data = a_csv(HEADER, ["bz-1", "解㐀正阳，\n二行"], code=code, delimiter=delimiter)
    assert texts(data, "a.csv") == [HEADER, ["bz-1", "解㐀正阳，\n二行"]]


def test_cells_are_taken_as_they_are_shown() -> None:
    def shape(page: Any) -> None:
        page["C2"].number_format = "00000000000"
        page["D2"].number_format = "0"

    row = ["text ", 15432672225, 5580000101, 7, 1.5, True, NINE, date(2026, 3, 2), "'=1+1", None]
    _, found = read_table(a_workbook(["编号"], row, shape=shape), "a.xlsx")
    assert found.cells[:9] == (
        Cell("text"),
        Cell("15432672225", is_number=True),
        Cell("05580000101"),
        Cell("7", is_number=True),
        Cell("1.5", is_number=True),
        Cell("是"),
        Cell("2026-03-02"),
        Cell("2026-03-02"),
        Cell("=1+1"),
    )
    assert found.at(9) == found.at(99) == Cell()


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("x")', "=A1"])
def test_formulas_are_refused_in_their_cells(formula: str) -> None:
    for data in (a_workbook(HEADER, ["1", formula]), a_csv(HEADER, ["1", formula])):
        _, row = read_table(data, "a")
        assert row.cells[0] == Cell("1")
        assert row.cells[1].fault == "不能用公式，请改成文字"
        assert row.cells[1].text == ""


def test_a_formula_over_several_cells_is_one_too() -> None:
    def shape(page: Any) -> None:
        page["B2"].value = ArrayFormula("B2:B3", "=SUM(A1:A2)")

    _, row = read_table(a_workbook(HEADER, ["1", ""], shape=shape), "a.xlsx")
    assert row.cells[1].fault == "不能用公式，请改成文字"


def test_error_values_and_times_of_day_are_refused_in_their_cells() -> None:
    def shape(page: Any) -> None:
        page["A2"].value = "#REF!"
        page["A2"].data_type = "e"
        page["B2"].value = NINE.time()

    _, row = read_table(a_workbook(HEADER, ["", ""], shape=shape), "a.xlsx")
    assert [bool(cell.fault) for cell in row.cells] == [True, True]
    assert read_table(a_csv(HEADER, ["x" * 5001, ""]), "a.csv")[1].cells[0].fault == "内容太长，最多 5000 个字"


def test_lines_are_numbered_as_the_spreadsheet_does_and_empty_ones_left_out() -> None:
    rows = (["标题"], [], HEADER, ["", " "], ["1", "甲"])
    for data in (a_workbook(*rows), a_csv(*[[str(cell) for cell in row] for row in rows])):
        assert [row.number for row in read_table(data, "a")] == [1, 3, 5]


def test_the_sheet_of_the_roster_is_read_and_else_the_first() -> None:
    def more(page: Any) -> None:
        page.parent.create_sheet("说明", 0).append(["别的"])

    assert texts(a_workbook(["甲"], shape=more)) == [["甲"]]
    assert texts(a_workbook(["甲"], title="Sheet1", shape=more)) == [["别的"]]


def test_files_that_are_no_tables_are_refused_in_a_sentence() -> None:
    assert refusal(b"") == "文件是空的"
    assert "2MB" in refusal(b"a" * (sheet_reading.LARGEST_FILE + 1))
    assert ".xlsx" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1", "a.xlsx")
    assert ".xls" in refusal(b"x", "a.XLS")
    assert "打不开" in refusal(b"PK\x03\x04 and nothing else")
    assert "打不开" in refusal(a_workbook(HEADER)[:-40])
    assert "不是 Excel 或 CSV" in refusal(b"a,b\n\x00", "a.csv")
    assert "编码" in refusal(b"\x81\x20\xff", "a.csv")
    assert "CSV" in refusal(b'"a', "a.csv")
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "打不开" in refusal(other.getvalue())


def test_too_many_rows_are_refused_not_cut() -> None:
    many = [["1", "甲"]] * sheet_reading.MOST_ROWS
    assert len(read_table(a_csv(*many), "a.csv")) == sheet_reading.MOST_ROWS
    assert "2000" in refusal(a_csv(*many, ["1", "甲"]), "a.csv")
    far = repacked(a_workbook(HEADER, ["1", "甲"]), SHEET1, lambda xml: xml.replace(b'r="2"', b'r="999999999"'))
    assert "2000" in refusal(far)


def test_bombs_are_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (sheet_reading.LARGEST_UNPACKED + 1))
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))
    assert "太大" in refusal(bomb.getvalue())
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(400):
            archive.writestr(f"{number}.xml", b"")
    assert "太大" in refusal(many.getvalue())


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_declared_entities_are_refused(code: str) -> None:
    def poisoned(xml: bytes) -> bytes:
        declared = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        return (f'<?xml version="1.0" encoding="{code}"?>{declared}' + xml.decode().split("?>", 1)[-1]).encode(code)

    assert "不允许" in refusal(repacked(a_workbook(HEADER), SHEET1, poisoned))


@PATIENT
@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.xlsx", "a"]), st.booleans())
def test_whatever_is_sent_is_read_or_refused(data: bytes, filename: str, zipped: bool) -> None:
    try:
        read_table(b"PK" + data if zipped else data, filename)
    except UnreadableTable as error:
        assert error.words


@PATIENT
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_table(bytes(whole), "a.xlsx")
    except UnreadableTable as error:
        assert error.words


def test_what_a_sheet_says_of_its_own_size_is_not_believed() -> None:
    smaller = repacked(WHOLE, SHEET1, lambda xml: xml.replace(b'ref="A1:B2"', b'ref="A1"'))
    assert smaller != WHOLE
    assert texts(smaller) == [HEADER, ["1", "甲"]]
