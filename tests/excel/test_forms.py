"""Standard workbooks: what is written, what it lets one type, and that any program can read it."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.datavalidation import DataValidation
from openxml_audit import OpenXmlValidator

from reportgen.data import MARK_SHEET
from reportgen.excel.read import reader
from reportgen.excel.write.forms import write_form
from reportgen.excel.write.looks import HEADER_ROW
from reportgen.raw import RawSheet, RawWorkbook
from reportgen.reports.suggestions.sheets.workbooks import REGISTER, RETURN
from reportgen.schema.amounts import Amount, Quantity
from reportgen.schema.columns import Choice, Code, Day, FreeText, Name, Ref, WholeNumber
from reportgen.schema.model import Column, Sheet, Workbook

CREATED = dt.datetime(2024, 12, 31, 8, 30)
FIRST = HEADER_ROW + 1

SMALL = Workbook(
    "登记表",
    3,
    (
        Sheet(
            "概况",
            (
                Column("单位", Name(), "单位全称", required=True, width=30),
                Column("年度", WholeNumber(1990, 2100), required=True, default=2024),
                Column("综述", FreeText(prose=True)),
            ),
            "逐项填写。",
            layout="pairs",
        ),
        Sheet(
            "部门",
            (Column("名称", Name(), required=True, once=True, width=20),),
            "每个部门一行。",
            blank_rows=5,
        ),
        Sheet(
            "事项",
            (
                Column("编号", Code(), "不要改动", required=True, locked=True),
                Column("部门", Ref("部门", "名称"), "从列表中选", required=True),
                Column("协办", Ref("部门", "名称", many=True)),
                Column("完成", Choice(("是", "否")), required=True),
                Column("结果", Ref("分类", "代码", labelled=True), "填代码"),
                Column("日期", Day(dt.date(2020, 1, 1), dt.date(2029, 12, 31))),
                Column("件数", WholeNumber(0, 99)),
                Column("数值", Quantity()),
                Column("说明", FreeText(), width=40),
            ),
            "灰底的不改动。",
            blank_rows=4,
        ),
    ),
    purpose="登记全部事项。",
)
CLASSES = {("分类", "代码"): ("A", "B")}


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def read(content: bytes) -> RawWorkbook:
    book, issues = reader.read_workbook(content, "甲.xlsx")
    assert not issues
    assert book is not None
    return book


def sheet_of(content: bytes, name: str) -> RawSheet:
    sheet = read(content).sheet(name)
    assert sheet is not None
    return sheet


def with_items(*records: Mapping[str, object]) -> bytes:
    return write_form(SMALL, created=CREATED, rows={"事项": records}, lists=CLASSES)


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def rule_at(book: openpyxl.Workbook, sheet: str, cell: str) -> DataValidation:
    """The one data validation that governs a cell."""
    rule: DataValidation
    (rule,) = [rule for rule in book[sheet].data_validations.dataValidation if cell in rule.sqref]
    return rule


def listed(book: openpyxl.Workbook, rule: DataValidation) -> list[object]:
    """What a drop-down offers, looked up where its range points."""
    found = re.fullmatch(r"'?([^'!]+)'?!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)", rule.formula1)
    assert found, rule.formula1
    name, left, top, right, bottom = found.groups()
    return [cell.value for (cell,) in book[name][f"{left}{top}:{right}{bottom}"]]


# What is written


def test_values_read_back_as_what_they_are_where_they_belong() -> None:
    record = {
        "编号": "007",
        "部门": "农业农村办公室",
        "协办": ("党政办", "财政所"),
        "完成": "是",
        "日期": dt.date(2024, 5, 6),
        "件数": 12,
        "数值": Amount("100余", None),
        "说明": None,
    }
    sheet = sheet_of(with_items(record, {"数值": Decimal("3.5")}), "事项")
    assert [sheet.at(HEADER_ROW, column) for column in range(1, 10)] == [
        *("编号", "部门", "协办", "完成", "结果", "日期", "件数", "数值", "说明"),
    ]
    assert [sheet.at(FIRST, column) for column in range(1, 10)] == [
        *("007", "农业农村办公室", "党政办、财政所", "是", None),
        *(dt.date(2024, 5, 6), 12, "100余", None),
    ]
    assert sheet.at(FIRST + 1, 8) == 3.5


def test_pairs_stand_beside_their_notes_and_show_their_defaults() -> None:
    content = write_form(SMALL, created=CREATED, rows={"概况": [{"单位": "永安镇"}]})
    sheet = sheet_of(content, "概况")
    assert sheet.rows[HEADER_ROW - 1 :] == [
        ["项目", "内容", "填写说明"],
        ["单位", "永安镇", "单位全称"],
        ["年度", 2024, None],
        ["综述", None, None],
    ]


@given(st.text(max_size=40))
def test_any_text_reads_back_but_for_characters_that_no_xml_may_hold(text: str) -> None:
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)
    sheet = sheet_of(with_items({"编号": "1", "说明": text}), "事项")
    assert sheet.at(FIRST, 9) == (kept or None)
    assert not sheet.odd


@pytest.mark.parametrize("text", ['=HYPERLINK("http://a")', "=1+1", "#REF!", "+1", "@x", "_x0041_"])
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    content = with_items({"编号": text, "说明": text})
    sheet = sheet_of(content, "事项")
    assert (sheet.at(FIRST, 1), sheet.at(FIRST, 9)) == (text, text)
    assert set(sheet.odd.values()) == ({text} if "(" in text else set())  # told, as no content
    is_prefixed = opened(content)["事项"].cell(FIRST, 9).quotePrefix
    assert is_prefixed == text.startswith(("=", "+", "@"))


@pytest.mark.parametrize("workbook", [SMALL, REGISTER, RETURN])
def test_no_form_holds_a_formula_in_a_cell(workbook: Workbook) -> None:
    content = write_form(workbook, created=CREATED, lists=CLASSES)
    assert not any("<f>" in part or "<f " in part for part in parts(content).values())


def test_title_instruction_and_owner_stand_above_the_table() -> None:
    content = write_form(SMALL, created=CREATED, owner="财政所", title="永安镇2024年度")
    sheet = sheet_of(content, "事项")
    assert sheet.at(1, 1) == "永安镇2024年度：事项（财政所）"
    assert sheet.at(2, 1) == "灰底的不改动。红字表头必填。"
    assert sheet_of(write_form(SMALL, created=CREATED), "部门").at(1, 1) == "部门"


def test_the_mark_tells_kind_version_and_owner_and_stays_out_of_sight() -> None:
    content = write_form(SMALL, created=CREATED, owner="财政所")
    assert sheet_of(content, MARK_SHEET).rows == [
        ["表种", "登记表"],
        ["版本", 3],
        ["部门", "财政所"],
    ]
    states = {sheet.title: sheet.sheet_state for sheet in opened(content)}
    assert states == {
        "填写说明": "visible",
        "概况": "visible",
        "部门": "visible",
        "事项": "visible",
        "_列表": "veryHidden",
        "_标识": "veryHidden",
    }


def test_the_workbook_opens_on_the_first_sheet_to_fill_in() -> None:
    book = opened(write_form(SMALL, created=CREATED))
    assert book.active is book["概况"]
    assert not any(sheet.sheet_view.tabSelected for sheet in book if sheet is not book.active)


def test_the_guide_names_every_column_and_what_goes_into_it() -> None:
    notes = {("事项", "结果"): "A：已解决；B：未解决"}
    guide = sheet_of(write_form(SMALL, created=CREATED, lists=CLASSES, notes=notes), "填写说明")
    rows = {row[0]: tuple(row[1:]) for row in guide.rows}
    assert rows["单位"] == ("必填", "文字", "单位全称")
    assert rows["编号"] == ("交办机关填", None, "不要改动")
    assert rows["结果"] == ("选填", "从列表中选择：A、B", "填代码\nA：已解决；B：未解决")
    assert rows["日期"] == ("选填", "日期，如：2024-5-6", None)
    assert rows["件数"] == ("选填", "0至99之间的整数", None)
    declared = {column.name for sheet in SMALL.sheets for column in sheet.columns}
    assert declared <= set(rows)


# What may be typed


def test_drop_downs_offer_the_list_of_a_choice_a_sheet_or_the_caller() -> None:
    content = write_form(SMALL, created=CREATED, rows={"部门": [{"名称": "甲办"}]}, lists=CLASSES)
    book = opened(content)
    assert listed(book, rule_at(book, "事项", "D4")) == ["是", "否"]
    assert listed(book, rule_at(book, "事项", "E4")) == ["A", "B"]
    assert listed(book, rule_at(book, "事项", "B4")) == ["甲办", None, None, None, None, None]
    assert rule_at(book, "事项", "B4").formula1 == "'部门'!$A$4:$A$9"


def test_without_a_list_a_reference_may_be_typed_freely() -> None:
    book = opened(write_form(SMALL, created=CREATED))
    assert rule_at(book, "事项", "E4").type is None


@pytest.mark.parametrize(
    ("cell", "refused"),
    [
        ("B4", "stop"),  # a name that stands nowhere
        ("C4", None),  # several names
        ("D4", "stop"),  # neither 是 nor 否
        ("E4", "warning"),  # A类 is understood
        ("F4", "warning"),  # 2024.5.6 is understood
        ("G4", "warning"),  # 7件 is understood
        ("H4", "nothing"),
    ],
)
def test_only_what_nobody_could_understand_is_refused(cell: str, refused: str | None) -> None:
    book = opened(write_form(SMALL, created=CREATED, lists=CLASSES))
    if refused == "nothing":
        assert not any(cell in r.sqref for r in book["事项"].data_validations.dataValidation)
        return
    rule = rule_at(book, "事项", cell)
    assert bool(rule.showErrorMessage) == (refused is not None)
    assert refused is None or rule.errorStyle == refused


def test_dates_and_numbers_are_checked_against_their_bounds() -> None:
    book = opened(write_form(SMALL, created=CREATED))
    date, number = rule_at(book, "事项", "F4"), rule_at(book, "事项", "G4")
    assert (date.type, date.formula1, date.formula2) == ("date", "43831", "47483")
    assert (number.type, number.formula1, number.formula2) == ("whole", "0", "99")
    assert date.error == "请填写2020年至2029年之间的日期，如：2024-5-6。"


def test_the_input_message_is_the_note_with_what_the_caller_adds() -> None:
    notes = {("事项", "结果"): "甲" * 300}
    rule = rule_at(opened(write_form(SMALL, created=CREATED, notes=notes)), "事项", "E4")
    assert rule.promptTitle == "结果"
    assert rule.prompt.startswith("填代码\n甲甲")
    assert len(rule.prompt) == 255


def test_rules_cover_the_records_and_the_prepared_blank_rows() -> None:
    content = write_form(SMALL, created=CREATED, rows={"部门": [{"名称": "甲"}, {"名称": "乙"}]})
    book = opened(content)
    assert book["部门"].max_row == HEADER_ROW + 2 + 5
    (tinted,) = book["部门"].conditional_formatting
    assert str(tinted.sqref) == "A4:A10"
    assert tinted.rules[0].formula == ["AND(LEN(TRIM(A4))=0,COUNTA($A4:$A4)>0)"]
    assert str(rule_at(book, "事项", "D4").sqref) == "D4:D7"


def test_required_pairs_are_tinted_from_the_start() -> None:
    formats = opened(write_form(SMALL, created=CREATED))["概况"].conditional_formatting
    assert {str(block.sqref): block.rules[0].formula for block in formats} == {
        "B4": ["AND(LEN(TRIM(B4))=0,TRUE)"],
        "B5": ["AND(LEN(TRIM(B5))=0,TRUE)"],
    }


def test_handed_out_cells_are_locked_and_everything_else_stays_open() -> None:
    sheet = opened(with_items({"编号": "1"}, {"编号": "2"}))["事项"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet.protection.formatColumns  # False: not forbidden
    assert not sheet.protection.sort
    assert sheet.max_row == HEADER_ROW + 2
    locked = {cell.column_letter for cell in sheet[FIRST] if cell.protection.locked}
    assert locked == {"A"}


def test_a_blank_form_is_open_everywhere() -> None:
    sheet = opened(write_form(SMALL, created=CREATED))["事项"]
    assert not sheet.protection.sheet
    assert sheet["A4"].fill.start_color.rgb.endswith("EDEDED")
    assert sheet["B4"].fill.fill_type is None


# How it looks


def test_numbers_that_name_something_are_text_and_dates_look_like_dates() -> None:
    sheet = opened(with_items({"编号": "1", "日期": dt.date(2024, 5, 6)}))["事项"]
    assert sheet["A4"].number_format == "@"
    assert sheet["F4"].number_format == "yyyy-m-d"


def test_a_row_is_as_high_as_its_longest_text_and_may_still_grow() -> None:
    content = with_items({"编号": "1"}, {"编号": "2", "说明": "办" * 100})
    sheet = opened(content)["事项"]
    assert sheet.row_dimensions[FIRST].height == 20
    assert sheet.row_dimensions[FIRST + 1].height == 6 * 15 + 4  # 200 wide, in 37 of column I
    row = re.search('<row r="5"[^>]*>', parts(content)["xl/worksheets/sheet4.xml"])
    assert row
    assert 'customHeight="1"' not in row[0]


def test_every_sheet_prints_on_landscape_pages_under_its_header() -> None:
    for sheet in opened(write_form(REGISTER, created=CREATED)).worksheets[1:-2]:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
        assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


def test_a_wide_table_keeps_its_number_and_title_in_view_and_on_every_page() -> None:
    sheet = opened(write_form(RETURN, created=CREATED))["办理情况"]
    assert sheet.freeze_panes == "C4"
    assert sheet.print_title_cols == "$A:$B"
    assert sheet.page_setup.fitToWidth == 2


# As a file


def test_the_same_input_gives_the_same_bytes_and_only_the_given_date() -> None:
    content = with_items({"编号": "1"})
    assert content == with_items({"编号": "1"})
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2024, 12, 31, 8, 30, 0)}
    core = parts(content)["docProps/core.xml"]
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2024-12-31T08:30:00Z"}


@pytest.mark.parametrize("workbook", [REGISTER, RETURN])
def test_an_independent_validator_finds_no_more_than_in_a_bare_workbook(
    workbook: Workbook, tmp_path: Path
) -> None:
    bare = openpyxl.Workbook()
    bare.create_sheet("甲")["A1"] = "乙"  # openpyxl writes texts inline, which is remarked on
    bare.save(tmp_path / "bare.xlsx")
    rows = {"办理情况": [{"编号": "1", "标题": "=1"}]} if workbook is RETURN else {}
    (tmp_path / "form.xlsx").write_bytes(write_form(workbook, created=CREATED, rows=rows))
    assert findings(tmp_path / "form.xlsx") <= findings(tmp_path / "bare.xlsx")


def findings(path: Path) -> set[str]:
    """What is remarked on, without the numbers and names in it."""
    result: Any = OpenXmlValidator().validate(path)
    remarks = [*result.errors, *getattr(result, "warnings", ())]
    return {re.sub(r"sheet\d+|\d+", "", remark.description) for remark in remarks}


LISTS = {
    ("办理结果分类", "代码"): ("A", "B", "C"),
    ("满意度分类", "名称"): ("满意", "一般", "不满意"),
    ("专题", "名称"): ("民生服务", "基础设施"),
    ("代表名册", "姓名"): ("王一", "李二"),
    ("建议台账", "编号"): ("1", "2"),
}


@pytest.mark.parametrize("workbook", [REGISTER, RETURN])
def test_every_list_column_offers_exactly_its_list_also_after_another_program_saved_it(
    workbook: Workbook, convert: Callable[[bytes, str, str], bytes]
) -> None:
    content = write_form(workbook, created=CREATED, lists=LISTS)
    for version in (content, convert(content, "xlsx", "xlsx")):
        book = opened(version)
        for sheet in workbook.sheets:
            for number, column in enumerate(sheet.columns):
                if isinstance(column.type, Choice | Ref):
                    cell = book[sheet.name].cell(FIRST, number + 1)
                    if sheet.layout == "pairs":
                        cell = book[sheet.name].cell(FIRST + number, 2)
                    rule = rule_at(book, sheet.name, cell.coordinate)
                    assert listed(book, rule) == expected_list(workbook, column.type)


def expected_list(workbook: Workbook, kind: Choice | Ref) -> list[object]:
    """A sheet of the same workbook offers its rows, all blank here."""
    if isinstance(kind, Choice):
        return list(kind.options)
    if (kind.sheet, kind.column) in LISTS and workbook is RETURN:
        return list(LISTS[kind.sheet, kind.column])
    return [None] * workbook.sheet(kind.sheet).blank_rows


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_form_saved_in_another_format_keeps_its_mark_and_content(
    kind: str, convert: Callable[[bytes, str, str], bytes]
) -> None:
    rows = {"办理情况": [{"编号": "7", "标题": "关于修路的建议", "答复日期": dt.date(2024, 5, 6)}]}
    content = write_form(RETURN, created=CREATED, rows=rows, lists=LISTS, owner="财政所")
    saved = convert(content, "xlsx", kind)
    assert sheet_of(saved, MARK_SHEET).rows == sheet_of(content, MARK_SHEET).rows
    handling = sheet_of(saved, "办理情况")
    assert [handling.at(FIRST, column) for column in (1, 2, 13)] == [
        "7",
        "关于修路的建议",
        dt.date(2024, 5, 6),
    ]


@pytest.mark.parametrize(("rows", "pages"), [(10, 0), (26, 1), (40, 0), (56, 2)])
def test_a_guide_begins_no_page_for_a_few_rows(rows: int, pages: int) -> None:
    columns = tuple(Column(f"栏{number}", FreeText()) for number in range(rows))
    content = write_form(
        Workbook("表", 1, (Sheet("栏目", columns, ""),)), created=dt.datetime(2024, 1, 1)
    )
    guide = openpyxl.load_workbook(io.BytesIO(content))["填写说明"]
    assert guide.page_setup.fitToHeight == pages
