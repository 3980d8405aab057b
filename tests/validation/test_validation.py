"""What validation finds, and what it reads: every issue of its catalogue at the exact cell."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import tests
from reportgen.data import MARK_SHEET, OWNER, Dataset
from reportgen.issues import CATALOGUE, Severity
from reportgen.raw import RawSheet, RawWorkbook, Value, make_address
from reportgen.reports.suggestions.sheets.workbooks import REGISTER, RETURN
from reportgen.schema.amounts import Amount
from reportgen.validation import validate_workbooks
from tests.support.sheets import changed, sheet
from tests.support.small_case import BOOK, CASE, ECONOMY, FARMING, FOUND_BY_READER, faults, found
from tests.support.tiny_kind import LAMPS

OFFICE, FARM, ECON = BOOK.file, FARMING.file, ECONOMY.file

# file, sheet, cell, new content, what is found
ONE_CELL: list[tuple[str, str, str, Value, list[str]]] = [
    # what a cell may hold
    (OFFICE, "建议台账", "C2", "　 ", ["required 建议台账!C2"]),
    (OFFICE, "建议台账", "H2", "一月", ["wrong-type 建议台账!H2"]),
    (OFFICE, "民生行动", "B2", "几十", ["wrong-type 民生行动!B2"]),
    (FARM, "工作成效", "D2", "若干", ["wrong-type 工作成效!D2"]),
    (OFFICE, "建议台账", "I2", "2024.2.30", ["impossible-date 建议台账!I2"]),
    (OFFICE, "建议台账", "H2", "2024" + " " * 32_000 + "年", ["too-long 建议台账!H2"]),
    (FARM, "办理情况", "M2", "3月1日", ["incomplete-date 办理情况!M2"]),
    (FARM, "办理情况", "G2", "托梦", ["not-in-list 办理情况!G2"]),
    (FARM, "办理情况", "L2", "2204-6-30", ["date-out-of-range 办理情况!L2"]),
    (OFFICE, "基本信息", "B7", 24, ["out-of-range 基本信息!B7"]),
    (OFFICE, "民生行动", "C3", -1, ["out-of-range 民生行动!C3"]),
    (OFFICE, "建议台账", "C2", "=A1&B1", ["formula 建议台账!C2"]),
    (FARM, "办理情况", "M2", "#REF!", ["error-value 办理情况!M2"]),
    (OFFICE, "专题", "D2", "走访企业{走访企业。", ["bad-brace 专题!D2"]),
    (OFFICE, "专题", "D2", "走访{{走访企业}}。", ["bad-brace 专题!D2"]),
    (OFFICE, "基本信息", "B20", "清理路障}。", ["bad-brace 基本信息!B20"]),
    (FARM, "办理情况", "J2", "已修好｛％ 3处 ％｝", ["tag-in-cell 办理情况!J2"]),
    # names
    (OFFICE, "建议台账", "D2", "赵申", ["unknown-name 建议台账!D2"]),
    (OFFICE, "建议台账", "E2", "钱乙、孙丁、孙戊", ["unknown-name 建议台账!E2"] * 2),
    (FARM, "办理情况", "I2", "D", ["unknown-name 办理情况!I2"]),
    (FARM, "办理情况", "A2", 9, ["unknown-number 办理情况!A2"]),
    (OFFICE, "代表名册", "A3", "赵甲", ["duplicate-key 代表名册!A3"]),
    (OFFICE, "建议台账", "A4", "２", ["duplicate-key 建议台账!A4"]),
    # several cells of a row
    (OFFICE, "建议台账", "L2", None, ["required-when 建议台账!L2"]),
    (OFFICE, "建议台账", "L3", "农办", ["manner-mismatch 建议台账!L3"]),
    (OFFICE, "建议台账", "K3", "农办、经发办", ["one-name 建议台账!K3"]),
    (OFFICE, "建议台账", "K4", "农办", ["several-names 建议台账!K4"]),
    (OFFICE, "建议台账", "L2", "经发办、农办", ["named-twice 建议台账!L2"]),
    (OFFICE, "建议台账", "E3", "赵甲、钱乙", ["named-twice 建议台账!E3"]),
    (OFFICE, "建议台账", "I2", "2024-1-9", ["date-order 建议台账!I2"]),
    (OFFICE, "建议台账", "H2", "2024-3-10", ["date-order 建议台账!I2"]),  # 沟通 before it: H2 may be wrong
    (OFFICE, "建议台账", "H2", "2025-1-10", ["date-after 建议台账!H2"]),
    (OFFICE, "建议台账", "I2", "2025-1-20", ["date-after 建议台账!I2"]),
    (OFFICE, "基本信息", "B14", "2024-12-1", ["date-order 基本信息!B14"]),
    (OFFICE, "民生行动", "C2", 31, ["more-than 民生行动!C2"]),
    (OFFICE, "专题", "D2", "走访企业15家。", ["digits-in-text 专题!D2"]),
    (FARM, "办理情况", "E2", "2024-1-19", ["date-order 办理情况!E2"]),
    (FARM, "办理情况", "H2", "2024-1-9", ["date-order 办理情况!H2"]),
    (FARM, "办理情况", "M2", "2023-3-1", ["date-order 办理情况!M2"]),
    (FARM, "办理情况", "M2", "2025-3-1", ["date-after 办理情况!M2"]),
    (FARM, "办理情况", "R2", "2024-2-29", ["date-order 办理情况!R2"]),
    (FARM, "办理情况", "L2", "2023-6-30", ["date-order 办理情况!L2"]),
    (FARM, "办理情况", "M2", None, ["result-without-reply 办理情况!M2"]),
    (FARM, "办理情况", "I2", None, ["reply-without-result 办理情况!I2"]),
    (FARM, "办理情况", "K3", None, ["required-when 办理情况!K3"]),
    (FARM, "办理情况", "L2", None, ["required-when 办理情况!L2"]),
    (FARM, "办理情况", "G2", None, ["required-when 办理情况!G2"]),
    (FARM, "办理情况", "H2", None, ["required-when 办理情况!H2"]),
    (ECON, "办理情况", "I2", "A", ["not-for-role 办理情况!I2"]),
    (ECON, "办理情况", "P2", "满意", ["not-for-role 办理情况!P2"]),
    (FARM, "办理情况", "A5", "合计", ["lone-cell 办理情况!A5"]),
    (FARM, "工作成效", "A2", None, ["required-when 工作成效!A2"]),
    # the sheet
    (OFFICE, "建议台账", "A5", "合计", ["lone-cell 建议台账!A5"]),
    (OFFICE, "建议台账", "O2", "私下备注", ["extra-column 建议台账!O1"]),
    (OFFICE, "建议台账", "N1", "标题", ["missing-column 建议台账!N1"]),
    (OFFICE, "建议台账", "O1", "标题", ["duplicate-column 建议台账!O1"]),
    (OFFICE, "建议台账", "N1", "备注栏", ["missing-column 建议台账!N1"]),
    (FARM, "办理情况", "A1", "1、编 号：", []),  # as an online collection form writes it
    (FARM, "办理情况", "A1", "序码", ["missing-column 办理情况!A1"]),
    (OFFICE, "基本信息", "A7", "年份", ["missing-item 基本信息!A7"]),
    (OFFICE, "基本信息", "A7", None, ["missing-item 基本信息!A7"]),
    (OFFICE, "基本信息", "A21", "届次", ["duplicate-key 基本信息!A21"]),
]  # fmt: skip


def _with(file: str, name: str, cell: str, value: Value) -> list[RawWorkbook]:
    return [changed(book, name, cell, value) if book.file == file else book for book in CASE]


def test_a_sound_case_has_no_issue() -> None:
    assert faults(*CASE) == []


@pytest.mark.parametrize(("file", "name", "cell", "value", "expected"), ONE_CELL)
def test_one_changed_cell(
    file: str, name: str, cell: str, value: Value, expected: list[str]
) -> None:
    assert faults(*_with(file, name, cell, value)) == expected


def test_every_entry_of_the_catalogue_is_tried() -> None:
    """All but those that only the reader can find."""
    tried = {line.split()[0] for *_, expected in ONE_CELL for line in expected}
    text = "".join(
        path.read_text("utf-8")
        for room in (
            "validation/test_*",
            "suggestions/*",
            "reports/*",
            "schema/*",
            "support/mutations*",
            "commands/test_second_kind",
            "commands/test_rollup",
        )
        for path in Path(tests.__file__).parent.glob(f"{room}.py")
    )
    untried = {code for code in CATALOGUE if code not in tried and f'"{code}' not in text}
    assert untried - LAMPS.codes.keys() == FOUND_BY_READER


# the file


def test_a_workbook_is_recognised_by_its_mark_whatever_its_name() -> None:
    renamed = replace(FARMING, file="填报/新建 工作表(1).xlsx")
    dataset, issues = found(BOOK, renamed, ECONOMY)
    assert issues == ()
    assert dataset.returned == {
        "农业农村办公室": ("填报/新建 工作表(1).xlsx",),
        "经济发展办公室": (ECON,),
    }


@pytest.mark.parametrize(
    "name", ["农业农村办公室", "农办（最终版）", "2024 三农办 报", "农业农村办公室（补1）"]
)
def test_without_a_mark_sheets_and_file_name_tell(name: str) -> None:
    unmarked = RawWorkbook(f"填报/{name}.xlsx", FARMING.sheets[:-1])
    dataset, issues = found(BOOK, unmarked, ECONOMY)
    assert issues == ()
    assert dataset.returned["农业农村办公室"] == (unmarked.file,)


@pytest.mark.parametrize("name", ["汇总", "农办、经发办"])
def test_an_owner_that_cannot_be_told_is_one_issue(name: str) -> None:
    unmarked = RawWorkbook(f"填报/{name}.xlsx", FARMING.sheets[:-1])
    assert faults(BOOK, unmarked, ECONOMY) == ["unknown-owner !"]
    dataset, _ = found(BOOK, unmarked, ECONOMY)
    assert set(dataset.tables["办理情况"][OWNER]) == {"经济发展办公室"}


def test_a_marked_owner_who_is_not_in_the_register() -> None:
    marked = changed(replace(FARMING, file="填报/x.xlsx"), MARK_SHEET, "B3", "渔业办公室")
    _, issues = found(BOOK, marked, ECONOMY)
    assert [issue.message for issue in issues] == [
        "看不出这张表是哪个部门的（表内标识为“渔业办公室”）"
    ]


def test_foreign_and_surplus_workbooks() -> None:
    foreign = RawWorkbook("填报/通讯录.xlsx", [sheet("Sheet1", "| 姓名 | 电话 |")])
    other = changed(replace(FARMING, file="填报/其他.xlsx"), MARK_SHEET, "B1", "财务报表")
    copy = replace(BOOK, file="填报/建议台账.xlsx")
    assert faults(*CASE, foreign) == ["unknown-workbook !"]
    assert faults(*CASE, other) == ["unknown-workbook !"]
    assert faults(*CASE, copy) == ["repeated-workbook !"]


def test_a_form_of_a_later_edition_is_one_issue_and_read_as_far_as_it_goes() -> None:
    newer = changed(changed(FARMING, MARK_SHEET, "B2", 7), "工作成效", "F1", None)
    dataset, issues = found(BOOK, newer, ECONOMY)
    assert [issue.code for issue in issues] == ["newer-form"]
    assert [issue.message for issue in issues] == ["这是第7版的“部门填报表”，本软件只认得第1版"]
    assert len(dataset.tables["办理情况"]) == 5


def test_several_workbooks_of_one_department_are_read_together() -> None:
    first, second = (_without_rows(FARMING, "办理情况", rows) for rows in ({3}, {2}))
    second = replace(second, file="填报/农业农村办公室（补1）.xlsx", sheets=second.sheets)
    second = _without_rows(second, "工作成效", {2, 3, 4, 5})
    second = _without_rows(second, "典型事例", {2})
    dataset, issues = found(BOOK, first, second, ECONOMY)
    assert issues == ()
    assert dataset.returned["农业农村办公室"] == (first.file, second.file)


# the sheet and its header


def test_a_missing_sheet_names_the_one_that_looks_like_it() -> None:
    renamed = _without_rows(_renamed(FARMING, "工作成效", "工作成效表"), "工作成效表", {1})
    _, issues = found(BOOK, renamed, ECONOMY)
    assert [issue.code for issue in issues] == ["missing-sheet"]
    assert issues[0].message == "缺少工作表“工作成效”（是不是“工作成效表”？）"
    headless = _without_rows(_renamed(FARMING, "办理情况", "Sheet1"), "Sheet1", {1})
    assert faults(BOOK, headless, ECONOMY) == ["missing-sheet !"]


@pytest.mark.parametrize("name", ["办理结果分类", "承办部门", "代表名册", "专题", "建议台账"])
def test_a_sheet_that_others_refer_to_is_missed_once(name: str) -> None:
    sheets = [raw for raw in BOOK.sheets if raw.name != name]
    assert faults(replace(BOOK, sheets=sheets), FARMING, ECONOMY) == ["missing-sheet !"]
    empty = _without_rows(BOOK, name, set(range(2, 9)))
    assert faults(empty, FARMING, ECONOMY) == [f"empty-table {name}!"]


def test_a_sheet_without_header() -> None:
    headless = _without_rows(BOOK, "代表名册", {1})
    assert faults(headless, FARMING, ECONOMY) == ["missing-header 代表名册!"]
    headless = _without_rows(FARMING, "办理情况", {1})
    assert faults(BOOK, headless, ECONOMY) == ["missing-header 办理情况!"]


def test_titles_above_the_header_and_other_orders_do_not_matter() -> None:
    table = """
        | 2024年代表名册 | | | |
        | 请逐行填写，姓名不要重复。 | | | |
        | 电话 | 代表团（选区） | *层 级 | 姓　名＊ |
        | 1 | 第一 | 县 | 赵甲 |
        | | | | |
        | 2 | 第一 | 镇 | 钱乙 |
        | 3 | 第二 | 乡镇 | 孙 丙 |
    """.replace("代表团（选区）", "代表团")
    moved = _swapped(BOOK, sheet("代表名册", table, first_row=3))
    dataset, issues = found(moved, FARMING, ECONOMY)
    assert issues == ()
    people = dataset.tables["代表名册"]
    assert list(people["姓名"]) == ["赵甲", "钱乙", "孙丙"]
    assert list(people.index) == [(OFFICE, "代表名册", row) for row in (6, 8, 9)]
    assert dataset.letters[OFFICE, "代表名册"] == {
        "姓名": "D", "层级": "C", "代表团": "B", "电话": "A",
    }  # fmt: skip


def test_an_item_that_is_not_standard_is_not_dropped_silently() -> None:
    more = changed(changed(BOOK, "基本信息", "A21", "联系电话"), "基本信息", "B21", "12345")
    assert faults(more, FARMING, ECONOMY) == ["extra-item 基本信息!A21"]


def test_defaults_stand_where_pairs_are_empty() -> None:
    rows = {12, 16, 17, 18}
    empty = BOOK
    for row in rows:
        empty = changed(empty, "基本信息", f"B{row}", None)
    for book in (empty, _without_rows(BOOK, "基本信息", rows)):
        dataset, issues = found(book, FARMING, ECONOMY)
        assert issues == ()
        assert dataset.settings["称谓"] == "各位代表"
        assert dataset.settings["占比小数位数"] == 0
        assert dataset.settings["占比取整方式"] == "合计为100"
        assert dataset.settings["满意率口径"] == "全部"


# what is read


def test_the_dataset_is_typed_and_knows_where_it_came_from() -> None:
    dataset, _ = found(*CASE)
    assert _row(dataset, OFFICE, "建议台账", 2) == {
        "编号": "1", "类别": "建议", "标题": "关于甲的建议", "领衔代表": "赵甲",
        "联名代表": ("钱乙", "孙丙"), "专题": "经济发展", "来源": "大会",
        "提出日期": dt.date(2024, 1, 10), "交办日期": dt.date(2024, 1, 20),
        "办理方式": "主办协办", "主办部门": ("农业农村办公室",), "协办部门": ("经济发展办公室",),
        "重点督办": "是", "签收日期": None, "延期答复": None, "并案主件": None, "转建议": None,
        "主要诉求": None, "公开属性": None, "备注": "甲",
    }  # fmt: skip
    assert _row(dataset, OFFICE, "建议台账", 3)["协办部门"] is None
    assert all(kind.kind == "O" for frame in dataset.tables.values() for kind in frame.dtypes)
    assert list(dataset.tables["工作成效"]["数值"])[:2] == [
        Amount("15", Decimal(15)),
        Amount("3.5", Decimal("3.5")),
    ]
    assert list(dataset.tables["典型事例"][OWNER]) == [None, "农业农村办公室"]
    assert dataset.settings["统计截止日期"] == dt.date(2024, 12, 10)
    assert dataset.letters[OFFICE, "基本信息"]["行动综述"] == "B20"
    assert next(iter(dataset.letters)) == (OFFICE, "基本信息")


def test_no_workbook_at_all_gives_empty_tables() -> None:
    dataset, issues = validate_workbooks((), (REGISTER, RETURN))
    assert issues == ()
    assert all(frame.empty for frame in dataset.tables.values())
    assert list(dataset.tables["办理情况"].columns)[-1] == OWNER


@pytest.mark.parametrize(
    "typed",
    [
        "A",
        "A类",
        "Ａ",
        "a",
        "A 已解决",
        "A、已解决或基本解决",
        "A．已解决",
        "已解决",
        " A类：已解决 ",
    ],
)
def test_a_result_class_is_understood_with_its_label(typed: str) -> None:
    dataset, issues = found(*_with(ECON, "办理情况", "I3", typed))
    assert issues == ()
    assert _row(dataset, ECON, "办理情况", 3)["办理结果"] == "A"


@pytest.mark.parametrize("typed", ["AB", "A或B", "A1", "D类", "解决"])
def test_a_result_class_is_never_guessed(typed: str) -> None:
    assert faults(*_with(ECON, "办理情况", "I3", typed)) == ["unknown-name 办理情况!I3"]


@pytest.mark.parametrize(
    ("key", "typed"), [("甲", "甲类"), ("甲类", "甲"), ("甲类", "甲类"), ("1", "1、已办")]
)
def test_result_classes_by_other_names(key: str, typed: str) -> None:
    book = changed(BOOK, "办理结果分类", "A2", key)
    economy = changed(changed(ECONOMY, "办理情况", "I3", typed), "办理情况", "I4", typed)
    dataset, issues = found(book, FARMING, economy)
    assert issues == ()
    assert _row(dataset, ECON, "办理情况", 3)["办理结果"] == key


@pytest.mark.parametrize(
    "typed", ["农办", "三农办，经发办", "农业 农村办公室；经济办", "农业办/经发办\n"]
)
def test_departments_are_understood_by_any_of_their_names(typed: str) -> None:
    dataset, issues = found(*_with(OFFICE, "建议台账", "K4", f"{typed}、经发办"))
    assert issues == ()
    names = _row(dataset, OFFICE, "建议台账", 4)["主办部门"]
    assert names == ("农业农村办公室", "经济发展办公室")


def test_a_short_name_of_two_departments_is_ambiguous() -> None:
    book = changed(changed(BOOK, "承办部门", "C3", "三农办"), "建议台账", "K3", "三农办")
    _, issues = found(book, FARMING, ECONOMY)
    assert [f"{issue.code} {issue.sheet}!{issue.cell}" for issue in issues] == [
        "ambiguous-name 建议台账!K3"
    ]
    assert issues[0].remedy == "请填写全称，或改正“承办部门”表中重复的简称、别名"


def test_an_item_in_progress_is_a_reminder() -> None:
    economy = changed(changed(ECONOMY, "办理情况", "I3", None), "办理情况", "M3", None)
    economy = changed(changed(economy, "办理情况", "P3", None), "办理情况", "R3", None)
    _, issues = found(BOOK, FARMING, economy)
    assert [(issue.code, issue.cell, issue.severity) for issue in issues] == [
        ("in-progress", "I3", Severity.REMINDER),
        ("reply-overdue", "M3", Severity.REMINDER),
    ]


def test_rows_with_only_the_locked_cells_are_items_in_progress() -> None:
    economy = ECONOMY
    for column in "EFGHIJKLMNOPQRS":
        economy = changed(economy, "办理情况", f"{column}3", None)
    assert faults(BOOK, FARMING, economy) == [
        "in-progress 办理情况!I3",
        "reply-overdue 办理情况!M3",
    ]


def test_issues_are_ordered_as_one_goes_through_the_files() -> None:
    economy = changed(changed(ECONOMY, "办理情况", "G3", "？"), "办理情况", "F2", "#N/A")
    book = changed(changed(BOOK, "专题", "A2", "#N/A"), "建议台账", "B10", "？")
    economy = changed(economy, "工作成效", "E2", None)
    assert faults(economy, book, FARMING) == [
        "error-value 专题!A2",
        "lone-cell 建议台账!B10",
        "error-value 办理情况!F2",
        "not-in-list 办理情况!G3",
        "required 工作成效!E2",
    ]


# one fault, one issue


def _cells(book: RawWorkbook) -> list[tuple[str, str]]:
    """Every filled cell that holds data, not a heading or an item's name."""
    return [
        (raw.name, make_address(row, column))
        for raw in book.sheets[:-1]
        for row, cells in enumerate(raw.rows[1:], 2)
        for column, value in enumerate(cells, 1)
        if value is not None and (raw.name, column) != ("基本信息", 1)
    ]


@pytest.mark.parametrize("book", CASE, ids=lambda book: book.file)
def test_a_damaged_cell_is_exactly_one_issue(book: RawWorkbook) -> None:
    for name, cell in _cells(book):
        assert faults(*_with(book.file, name, cell, "#REF!")) == [f"error-value {name}!{cell}"]


@pytest.mark.parametrize("book", CASE, ids=lambda book: book.file)
def test_an_emptied_cell_is_at_most_one_issue(book: RawWorkbook) -> None:
    for name, cell in _cells(book):
        assert len(faults(*_with(book.file, name, cell, None))) <= 1, (name, cell)


@pytest.mark.parametrize("book", [FARMING, ECONOMY], ids=lambda book: book.file)
def test_nonsense_in_a_return_is_at_most_one_issue(book: RawWorkbook) -> None:
    """In the register a changed name is missed wherever it is used."""
    for name, cell in _cells(book):
        assert len(faults(*_with(book.file, name, cell, "？？"))) <= 1, (name, cell)


def _row(dataset: Dataset, file: str, name: str, row: int) -> dict[str, object]:
    table = dataset.tables[name]
    rows: dict[tuple[str, str, int], dict[str, object]]
    rows = dict(zip(table.index, table.to_dict("records"), strict=True))
    return rows[file, name, row]


def _without_rows(book: RawWorkbook, name: str, rows: set[int]) -> RawWorkbook:
    raw = next(s for s in book.sheets if s.name == name)
    kept = [cells for row, cells in enumerate(raw.rows, 1) if row not in rows]
    return _swapped(book, replace(raw, rows=kept))


def _renamed(book: RawWorkbook, name: str, new: str) -> RawWorkbook:
    return replace(
        book, sheets=[replace(s, name=new) if s.name == name else s for s in book.sheets]
    )


def _swapped(book: RawWorkbook, new: RawSheet) -> RawWorkbook:
    return replace(book, sheets=[new if s.name == new.name else s for s in book.sheets])
