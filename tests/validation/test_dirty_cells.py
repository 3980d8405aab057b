"""Dirty cells, one a row, given in .xlsx, .xls (which is what .et holds), .ods and .csv: one outcome.

Each stands in a row of its own of one workbook, beside sound cells; the workbook is made once by
openpyxl and turned into the other containers by LibreOffice.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.utils import get_column_letter

from reportgen.excel.read import foreign_files, reader
from reportgen.ledger.model import Matter
from reportgen.raw import RawSheet, RawWorkbook, Value
from reportgen.schema.amounts import Amount, Quantity
from reportgen.schema.columns import Choice, Code, Day, FreeText, Name, WholeNumber
from reportgen.schema.model import Column, Sheet, Workbook
from reportgen.validation import validate_workbooks
from tests.support.ledgers import imported, remarks, rows

COLUMNS = (
    Column("序号", Code()),
    Column("编号", Code()),
    Column("文号", Code()),
    Column("姓名", Name()),
    Column("答复日期", Day()),
    Column("数值", Quantity()),
    Column("件数", WholeNumber()),
    Column("满意度", Choice(("满意", "基本满意", "不满意"))),
    Column("说明", FreeText()),
)
NAMES = [column.name for column in COLUMNS]
FORM = Workbook("登记表", 1, (Sheet("登记", COLUMNS, ""),))


@dataclass(frozen=True)
class Dirty:
    """``stored`` under a number format or look in a column → ``value``, and what is told of it."""

    column: str
    stored: Any
    look: str
    value: object
    told: str = ""

    def __str__(self) -> str:
        return f"{self.column} {self.stored!r} {self.look}".strip()


def number(text: str, value: str | None = None, unit: str = "") -> Amount:
    return Amount(text, Decimal(value or text), unit)


FONTS = {
    "struck": Font(strike=True),
    "white": Font(color=Color(theme=0)),
    "white on yellow": Font(color="FFFFFFFF"),
    "white on blue": Font(color="FFFFFFFF"),
    "tiny": Font(sz=1),
    "grey": Font(color="FFBFBFBF"),
}
_CODE = "unseen-row"
UNSEEN = f"{_CODE} 这一行有看不见的字（{{cell}}，白色或极小），已照常读取"
DAY = dt.date(2024, 5, 28)
TABLE = [
    # number formats
    Dirty("数值", 0.95, "0%", number("95", unit="%")),
    Dirty("数值", 47 / 3, "0.0", number("15.7"), "shown-otherwise 这一格显示为“15.7”，实际存的数是15.6666666666667，已按显示的填"),
    Dirty("数值", 15.6, "0", number("16"), "shown-otherwise 这一格显示为“16”，实际存的数是15.6，已按显示的填"),
    Dirty("数值", 1234.5, "#,##0.00", number("1234.5")),
    Dirty("数值", 1234.567, "#,##0.00", number("1234.57"), "shown-otherwise 这一格显示为“1,234.57”，实际存的数是1234.567，已按显示的填"),
    Dirty("数值", 15000, '0\\.0,"万"', number("1.5万", "15000")),
    Dirty("数值", 15400, '0\\.0,"万"', number("1.5万", "15000"), "shown-otherwise 这一格显示为“1.5万”，实际存的数是15400，已按显示的填"),
    Dirty("数值", 15, '0"家"', number("15", unit="家")),
    Dirty("数值", 15, "General", number("15")),
    Dirty("件数", 7.4, "0", 7, "shown-otherwise 这一格显示为“7”，实际存的数是7.4，已按显示的填"),
    Dirty("件数", 7, '0"件"', 7),
    Dirty("编号", 1, '"2024"000', "2024001"),
    Dirty("编号", 7, "000", "007"),
    Dirty("文号", 11, '"某函〔2024〕"0"号"', "某函〔2024〕11号"),
    Dirty("说明", 0.85, "0%", "85%"),
    Dirty("满意度", 1, '"满意";;"不满意"', "满意"),
    Dirty("满意度", 0, '"满意";;"不满意"', "不满意"),
    # dates
    Dirty("答复日期", DAY, "yyyy-m-d", DAY),
    Dirty("答复日期", DAY, 'yyyy"年"m"月"d"日"', DAY),
    Dirty("答复日期", DAY, 'm"月"d"日"', DAY),
    Dirty("答复日期", dt.date(2024, 5, 1), 'yyyy"年"m"月"', dt.date(2024, 5, 1),
          "day-not-shown 这一格显示为“2024年5月”，没有写明是哪一日；实际存的日期是2024-5-1，已按这一天读取"),
    Dirty("答复日期", 45440, "General", DAY),
    Dirty("答复日期", 20240528, '0000"年"00"月"00"日"', DAY),
    Dirty("说明", DAY, "yyyy-m-d", "2024-5-28"),
    Dirty("说明", DAY, 'yyyy"年"m"月"d"日"', "2024-5-28"),
    Dirty("说明", DAY, 'm"月"d"日"', "5月28日"),
    # marks that mean “void”, and what nobody sees
    Dirty("说明", "作废", "struck", "作废", "struck-row 这一行有划了删除线的内容（{cell}），已照常读取"),
    Dirty("件数", 7, "struck", 7, "struck-row 这一行有划了删除线的内容（{cell}），已照常读取"),
    Dirty("说明", "部分作废", "partly struck", "部分作废", "struck-row 这一行有划了删除线的内容（{cell}），已照常读取"),
    Dirty("说明", "白字", "white", "白字", UNSEEN),
    Dirty("件数", 7, "white on yellow", 7, UNSEEN),
    Dirty("说明", "极小", "tiny", "极小", UNSEEN),
    Dirty("说明", "部分白字", "partly white", "部分白字", UNSEEN),
    Dirty("说明", "看得见", "white on blue", "看得见"),
    Dirty("说明", "灰", "grey", "灰"),
    Dirty("说明", "藏", "hidden row", "藏", "hidden-rows 第{row}行是隐藏的，里面有内容，已照常读取"),
    # formulas and pictures as content
    Dirty("说明", '=DISPIMG("ID_0123456789ABCDEF",1)', "", None, "picture 这一格是图片，读不出里面的文字"),
    Dirty("说明", '=_xlfn.DISPIMG("ID_0123456789ABCDEF",1)', "", None, "picture 这一格是图片，读不出里面的文字"),
    Dirty("说明", "=SUM(A1:A3)", "", None, "formula 这一格是公式（=SUM(A1:A3)），没有算出的结果可读"),
    Dirty("说明", "==以下空白==", "", "==以下空白=="),
    # what looks the same
    Dirty("姓名", "张\u200b鹤斌", "", "张鹤斌"),
    Dirty("姓名", "⻢⼩明\ufe0f", "", "马小明"),
    Dirty("满意度", "满意\u200e", "", "满意"),
    Dirty("答复日期", "2024\u20115\u201128", "", DAY),
    Dirty("编号", "2024\u2013001\u00ad", "", "2024-001"),
    Dirty("满意度", "满\ue123意", "", None, "not-in-list “满\ue123意”不在可选范围内（是不是“满意”？）（里面有自造字U+E123）"),
]  # fmt: skip


def workbook() -> bytes:
    """Every dirty cell in a row of its own, 序号 and the other cells of the row sound."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "登记"
    sheet.append(NAMES)
    for row, dirty in enumerate(TABLE, 2):
        sheet.cell(row, 1, f"第{row}行")
        cell = sheet.cell(row, NAMES.index(dirty.column) + 1)
        if dirty.look.startswith("partly "):
            looks = {"struck": InlineFont(strike=True), "white": InlineFont(color="FFFFFFFF")}
            half = TextBlock(looks[dirty.look.split()[1]], str(dirty.stored)[:2])
            cell.value = CellRichText(half, str(dirty.stored)[2:])
            continue
        cell.value = dirty.stored
        if isinstance(dirty.stored, str):
            cell.data_type = "s"
        if dirty.look in FONTS:
            cell.font = FONTS[dirty.look]
            if " on " in dirty.look:
                ground = {"yellow": "FFFFFF99", "blue": "FF2B4C77"}[dirty.look.split()[-1]]
                cell.fill = PatternFill("solid", fgColor=ground)
        elif dirty.look == "hidden row":
            sheet.row_dimensions[row].hidden = True
        elif dirty.look:
            cell.number_format = dirty.look
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


Outcome = Mapping[int, tuple[Mapping[str, object], list[str]]]
"""By row, its values and what is told of it."""


@pytest.fixture(scope="module")
def outcomes(convert: Callable[[bytes, str, str], bytes]) -> Callable[[str], Outcome]:
    """``outcomes(container)``, each container made and read once."""
    found: dict[str, Outcome] = {}
    content = workbook()

    def run(container: str) -> Outcome:
        if container not in found:
            made = content if container == "xlsx" else convert(content, "xlsx", container)
            book, issues = reader.read_workbook(made, f"登记表.{container}")
            assert book is not None, issues
            found[container] = outcome(book)
        return found[container]

    return run


def outcome(book: RawWorkbook) -> Outcome:
    dataset, issues = validate_workbooks([book], [FORM])
    told: dict[int, list[str]] = {}
    for issue in issues:
        told.setdefault(issue.row, []).append(f"{issue.code} {issue.message}")
    rows = dataset.tables["登记"]
    records = zip(rows.index, rows.to_dict("records"), strict=True)
    return {row: (dict(record), told.get(row, [])) for (*_, row), record in records}


@pytest.mark.parametrize("container", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize(("row", "dirty"), list(enumerate(TABLE, 2)), ids=map(str, TABLE))
def test_a_dirty_cell_has_one_outcome_in_every_container(
    container: str, row: int, dirty: Dirty, outcomes: Callable[[str], Outcome]
) -> None:
    values, told = outcomes(container)[row]
    cell = f"{get_column_letter(NAMES.index(dirty.column) + 1)}{row}"
    assert values[dirty.column] == dirty.value
    assert told == ([dirty.told.format(cell=cell, row=row)] if dirty.told else [])


AS_TEXT = [dirty for dirty in TABLE if isinstance(dirty.stored, str) and not dirty.look]


@pytest.mark.parametrize("dirty", AS_TEXT, ids=map(str, AS_TEXT))
def test_a_dirty_cell_of_a_text_file_is_read_as_that_of_a_workbook(dirty: Dirty) -> None:
    cells = ["第2行", *["" for _ in NAMES[1:]]]
    cells[NAMES.index(dirty.column)] = '"' + str(dirty.stored).replace('"', '""') + '"'
    lines = [",".join(NAMES), ",".join(cells), ",".join(["第3行", "3", *["" for _ in NAMES[2:]]])]
    opened = foreign_files.read_foreign_file("\r\n".join(lines).encode("utf-8-sig"), "登记表.csv")
    assert opened.workbook is not None
    book = RawWorkbook("登记表.csv", [*opened.workbook.sheets])
    sheets = [type(s)("登记", s.rows, s.first_row, s.first_column, s.odd) for s in book.sheets]
    values, told = outcome(RawWorkbook("登记表.csv", sheets))[2]
    assert values[dirty.column] == dirty.value
    assert told == ([dirty.told] if dirty.told else [])


def hidden() -> bytes:
    """满意度 of row 3 lies under that of row 2, rows 4, 5 and 7 are hidden, and so is column I."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "登记"
    sheet.append(NAMES)
    for row in range(2, 8):
        sheet.append([f"第{row}行", None, None, None, None, None, row, "满意", "暗"])
    sheet["H3"] = "不满意"
    sheet.merged_cells.add("H2:H3")
    for row in (4, 5, 7):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["I"].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("container", ["xlsx", "xls", "ods"])
def test_what_nobody_sees_is_read_and_told(
    container: str, convert: Callable[[bytes, str, str], bytes]
) -> None:
    made = hidden() if container == "xlsx" else convert(hidden(), "xlsx", container)
    book, _ = reader.read_workbook(made, "登记表")
    assert book is not None
    dataset, issues = validate_workbooks([book], [FORM])
    assert list(dataset.tables["登记"]["满意度"]) == ["满意", "不满意", *["满意"] * 4]
    assert [f"{issue.code} {issue.cell} {issue.message}" for issue in issues] == [
        "hidden-column I2 “说明”一栏（I列）是隐藏的，里面有内容，已照常读取",
        "covered-cell H3 这一格被合并单元格H2:H3盖住，看不见；里面有“不满意”，已照常读取",
        "hidden-rows A4 第4—5、7行是隐藏的，里面有内容，已照常读取",
    ]


@pytest.mark.parametrize(("number", "more"), [(5, ""), (6, "等")])
def test_only_what_a_message_does_not_name_is_hinted_at(number: int, more: str) -> None:
    """So many cells struck through in row 2; so many rows hidden, each by itself."""
    lines: list[list[Value]] = [
        [str(n), str(n), "甲", "乙", None, None, None] for n in range(1, 14)
    ]
    lines[0] = ["1", "1", "甲", "乙", "2024-3-5", "7", "3"]
    seen = RawSheet(
        "登记",
        [[column.name for column in COLUMNS[:7]], *lines],
        struck=frozenset((2, column) for column in range(1, number + 1)),
        hidden_rows=frozenset(range(3, 3 + 2 * number, 2)),
    )
    _, issues = validate_workbooks([RawWorkbook("登记表", [seen])], [FORM])
    told = {issue.code: issue.message for issue in issues}
    assert f"（A2、B2、C2、D2、E2{more}）" in told["struck-row"]
    assert f"第3、5、7、9、11{more}行" in told["hidden-rows"]


LEDGER = [
    "编号",
    "建议标题",
    "领衔代表",
    "主办单位",
    "提出日期",
    "交办日期",
    "办理结果",
    "答复文号",
]


@pytest.mark.parametrize("container", ["xlsx", "xls", "ods"])
def test_a_ledger_holds_what_one_sees(
    container: str, convert: Callable[[bytes, str, str], bytes]
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(LEDGER)
    for n in (1, 2, 3):
        day = dt.date(2024, 1, n)
        sheet.append([n, f"关于第{n}件事项的建议", "王建国", "住建局", day, day, "A", n + 10])
    sheet["A2"].number_format, sheet["H2"].number_format = '"2024"000', '"某函〔2024〕"0"号"'
    sheet["E2"].number_format = 'yyyy"年"m"月"'
    sheet["B3"].font = Font(strike=True)
    sheet.row_dimensions[4].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    made = (
        buffer.getvalue() if container == "xlsx" else convert(buffer.getvalue(), "xlsx", container)
    )
    opened = foreign_files.read_foreign_file(made, "旧台账")
    assert opened.workbook is not None
    table, result = imported(opened.workbook)
    assert rows(result.register["建议台账"], "编号", "提出日期")[0] == "2024001|"
    assert [record.text("答复文号") for record in table.records] == ["某函〔2024〕11号", "12", "13"]
    said = remarks(result, Matter.GUESS) + remarks(result, Matter.UNREAD)
    assert "B3 关于第2件事项的建议 → 有删除线，仍照常导入" in said
    assert "B4 关于第3件事项的建议 → 这一行是隐藏的，仍照常导入" in said
    assert "E2 2024年1月 → 没有写哪一日，没有填入，原文记入备注" in said
