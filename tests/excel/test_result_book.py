"""Workbooks that are only read: what stands in them, that any program can read it, how they look."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from reportgen.data import MARK_SHEET, Rows
from reportgen.excel.read import reader
from reportgen.excel.read.raw_sheets import MAX_LETTERS
from reportgen.excel.write.result_book import write_result_book
from reportgen.schema.columns import Code, Day, FreeText, Title, WholeNumber
from reportgen.schema.model import Column, Sheet, Workbook

CREATED = dt.datetime(2024, 12, 31, 8, 30)
SMALL = Workbook(
    "清单",
    2,
    (
        Sheet(
            "清单",
            (
                Column("内容", FreeText(), locked=True),
                Column("日期", Day(), locked=True),
                Column("件数", WholeNumber(), locked=True),
            ),
            "只供查阅。",
        ),
        Sheet("空表", (Column("编号", Code(), locked=True),), "没有内容。"),
    ),
)
WIDE = Workbook(
    "台账",
    1,
    (
        Sheet(
            "台账",
            (
                Column("编号", Code(), locked=True),
                Column("标题", Title(), locked=True, width=40),
                *(Column(f"情况{n}", FreeText(), locked=True, width=80) for n in range(3)),
            ),
            "很宽。",
        ),
    ),
)


def written(workbook: Workbook = SMALL, rows: Rows | None = None, title: str = "") -> bytes:
    return write_result_book(workbook, rows or {}, created=CREATED, title=title)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def listed(*texts: object) -> bytes:
    return written(rows={"清单": [{"内容": each, "日期": dt.date(2024, 5, 6)} for each in texts]})


def test_values_are_read_back_as_they_are_and_texts_are_never_formulas() -> None:
    texts = (
        "=1+1",
        "两\n行",
        " 空格 ",
        "<&>",
        "_x0041_",
        "\x01控制",
        "",
        None,
        12,
        dt.date(2024, 5, 6),
    )
    content = listed(*texts)
    found, issues = reader.read_workbook(content, "x.xlsx")
    assert issues == ()
    sheet = found.sheet("清单") if found else None
    assert sheet is not None
    read = sheet.down(1, range(4, 14))
    assert read[:5] == ["=1+1", "两\n行", " 空格 ", "<&>", "_x0041_"]
    assert read[5:] == ["控制", None, None, 12, 45418]  # in a column of texts a day is a number
    assert set(sheet.down(2, range(4, 14))) == {dt.date(2024, 5, 6)}
    assert sheet.odd == {}
    there = opened(content)["清单"]
    assert (there["A4"].data_type, there["A4"].quotePrefix) == ("s", True)
    assert not there["A5"].quotePrefix
    assert there.dimensions == "A1:C13"


def test_a_text_longer_than_a_cell_may_hold_is_cut_and_not_lost() -> None:
    assert opened(listed("长" * (MAX_LETTERS + 1)))["清单"]["A4"].value == "长" * MAX_LETTERS


def test_there_is_neither_guide_nor_list_and_the_mark_stays_out_of_sight() -> None:
    book = opened(listed("一"))
    assert {sheet.title: sheet.sheet_state for sheet in book} == {
        "清单": "visible", "空表": "visible", MARK_SHEET: "veryHidden",
    }  # fmt: skip
    mark = [tuple(cell.value for cell in row) for row in book[MARK_SHEET].iter_rows()]
    assert mark == [("表种", "清单"), ("版本", 2), ("部门", None)]
    assert book.active is book["清单"]


def test_a_sheet_with_rows_is_protected_without_a_password_and_may_be_sorted_and_remarked_on() -> (
    None
):
    book = opened(listed("一"))
    protection = book["清单"].protection
    assert protection.sheet
    assert protection.password is None
    forbidden = (protection.sort, protection.formatColumns, protection.objects)
    assert not any(forbidden)
    assert not book["空表"].protection.sheet


def test_it_looks_as_a_form_does() -> None:
    sheet = opened(written(rows={"清单": [{"内容": "办" * 30, "件数": 3}]}, title="结果"))["清单"]
    assert sheet["A1"].value == "结果：清单"
    assert sheet["A2"].value == "只供查阅。"
    assert (sheet["A1"].font.name, sheet["A1"].font.sz) == ("黑体", 16)
    assert sheet["A3"].fill.start_color.rgb == "FFDCE6F0"
    assert sheet["A4"].fill.fill_type is None
    assert (sheet["A4"].border.left.style, sheet["A4"].alignment.wrap_text) == ("thin", True)
    assert (sheet["B4"].number_format, sheet["C4"].alignment.horizontal) == ("yyyy-m-d", "right")
    assert sheet.column_dimensions["A"].width == 12
    assert sheet.row_dimensions[4].height == pytest.approx(7 * 15 + 4, abs=0.5)  # 60 wide, in 9
    assert sheet.freeze_panes == "A4"
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:C1", "A2:C2"}


def test_it_prints_on_landscape_pages_under_its_header() -> None:
    for sheet in opened(listed("一")).worksheets[:-1]:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


def test_a_wide_table_keeps_its_number_and_title_in_view_and_on_every_page() -> None:
    sheet = opened(written(WIDE, {"台账": [{"编号": "1"}]}))["台账"]
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == "A3:E4"
    assert sheet.print_title_cols == "$A:$B"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.paperSize) == (2, 8)
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:B1", "A2:B2"}


def test_the_same_rows_are_the_same_bytes_and_only_the_given_date() -> None:
    content = listed("一")
    assert content == listed("一")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        core = package.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2024-12-31T08:30:00Z"}


@pytest.mark.parametrize("workbook", [SMALL, WIDE])
def test_an_independent_validator_finds_nothing(workbook: Workbook, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(written(workbook, {workbook.sheets[0].name: [{"编号": "1", "内容": "=1"}]}))
    result: Any = OpenXmlValidator().validate(path)
    assert [remark.description for remark in result.errors] == []
