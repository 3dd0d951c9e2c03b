"""What is exported: texts that no spreadsheet takes for a formula, telephones with their zeros, times of Beijing."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.domain.workday import BEIJING
from app.services.tables.writing import RISKY, Sheet, csv_file, neutral, plain, xlsx
from tests.domain.factories import PATIENT
from tests.services.tables import cells

TEXTS = st.text(st.sampled_from("=+-@\t\r\n'＝＠a中 \"，,;") | st.characters(exclude_categories=["Cs"]), max_size=8)


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_could_run_gets_an_apostrophe(first: str) -> None:
    assert neutral(f"{first}1+1") == f"'{first}1+1"
    assert neutral(f"a{first}") == f"a{first}"


@PATIENT
@given(TEXTS)
def test_neutral_texts_are_harmless_and_come_back(text: str) -> None:
    assert not neutral(text).startswith(RISKY)
    assert plain(neutral(text)) == text


def test_a_workbook_holds_what_it_was_given_and_no_formula() -> None:
    moment = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    rows: list[list[Any]] = [
        ['=HYPERLINK("http://x","y")', "0558-1", 12, 1.5, True, date(2026, 3, 2), moment, None],
        ["\x01+8615400000000", "\x1f@sum", "a\x00b\ud800", "#REF!", False, None, None, "多\n行"],
    ]
    data = xlsx([Sheet("名册", list("abcdefgh"), rows)])
    header, first, second = cells(data)
    assert header == list("abcdefgh")
    assert first[:2] == ['\'=HYPERLINK("http://x","y")', "0558-1"]
    assert first[2:6] == [12, 1.5, True, datetime(2026, 3, 2)]  # noqa: DTZ001 - a workbook knows no zones
    assert first[6] == moment.astimezone(BEIJING).replace(tzinfo=None)
    assert second[:3] == ["'+8615400000000", "'@sum", "ab"]
    assert second[7] == "多\n行"
    page = load_workbook(io.BytesIO(data)).active
    assert all(cell.data_type not in {"f", "e"} for row in page.iter_rows() for cell in row)
    assert page["B2"].number_format == "@", "a telephone stays text when it is edited"
    assert page.freeze_panes == "A2"


def test_titles_and_widths_and_choices_suit_excel() -> None:
    long = Sheet(
        "名册/[2026]:*?" + "长" * 40, ["分组", "说明"], [], [10], [(0, ["一", "二"]), (1, ["长" * 200, "b" * 100])]
    )
    book = load_workbook(io.BytesIO(xlsx([long, Sheet("", ["a"], [["x" * 40_000]])])))
    page, other = book.worksheets
    assert (len(page.title), page.title[:2], other.title) == (31, "名册", "表")
    assert page.column_dimensions["A"].width == 10
    assert [str(choice.sqref) for choice in page.data_validations.dataValidation] == ["A2:A2001"]
    assert len(other["A2"].value) == 32_000


def test_a_csv_is_known_by_excel_and_says_the_same() -> None:
    moment = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    data = csv_file(["姓名", "=x"], [["=1", True, None, 3, date(2026, 3, 2), moment], ['引"号', "a,b\nc"]])
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [
        ["姓名", "'=x"],
        ["'=1", "是", "", "3", "2026-03-02", "2026-03-02 10:00:00"],
        ['引"号', "a,b\nc"],
    ]
