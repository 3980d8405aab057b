"""What comes back from departments: editions and versions of a form, other file formats, messages.

The damaged and untidy workbooks themselves are in ``returned_forms``, tried by ``test_mutations``.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import reportgen
from reportgen.data import MARK_SHEET
from reportgen.issues import Issue, name_sheets_as_in_files
from reportgen.nearest_name import find_closest
from reportgen.raw import RawSheet, RawWorkbook, Value
from reportgen.reports.suggestions.sheets.workbooks import REGISTER, RETURN
from reportgen.schema.columns import FreeText
from reportgen.schema.model import Column, Workbook
from reportgen.validation import validate_workbooks
from tests.conftest import Convert, Lay
from tests.support.sheets import changed
from tests.support.small_case import BOOK, CASE, ECONOMY, FARMING, found

FARM, ECON = FARMING.file, ECONOMY.file
NEWER = "填报/农业农村办公室（改）.xlsx"


def later_edition(**more: bool) -> Workbook:
    """部门填报表 as a later edition might be, with one column more in 办理情况."""
    handling, *others = RETURN.sheets
    column = Column("回访日期", FreeText(), **more)
    longer = replace(handling, columns=(*handling.columns, column))
    return replace(RETURN, version=RETURN.version + 1, sheets=(longer, *others))


def codes(issues: tuple[Issue, ...]) -> list[tuple[str, str]]:
    return [(issue.code, issue.severity.value) for issue in issues]


# editions


def test_the_forms_of_an_earlier_edition_are_read_like_our_own() -> None:
    dataset, issues = validate_workbooks(CASE, (REGISTER, later_edition(added=True)))
    assert codes(issues) == [("old-form", "提醒")] * 2
    assert issues[0].message == (
        "这是第1版的“部门填报表”，现在用第2版；已照常读取，后来增加的栏目按没有填处理"
    )
    rows = dataset.tables["办理情况"]
    assert len(rows) == 5
    assert list(rows["回访日期"]) == [None] * 5
    assert list(rows["办理结果"])[:2] == ["B", "C"]


def test_what_an_earlier_edition_may_not_lack_is_missed_in_it() -> None:
    _, issues = validate_workbooks(CASE, (REGISTER, later_edition()))
    assert codes(issues) == [("old-form", "提醒"), ("missing-column", "错误")] * 2


def test_only_the_forms_of_an_earlier_edition_are_named_so() -> None:
    newer = changed(ECONOMY, MARK_SHEET, "B2", float(RETURN.version + 1))
    _, issues = validate_workbooks((BOOK, FARMING, newer), (REGISTER, later_edition(added=True)))
    assert [(issue.code, issue.file) for issue in issues] == [("old-form", FARM)]


# versions


def newer(**cells: object) -> RawWorkbook:
    """A second return of FARMING with other contents in cells of 办理情况."""
    book = replace(FARMING, file=NEWER)
    for cell, value in cells.items():
        book = changed(book, "办理情况", cell, value)
    return book


def test_the_fuller_version_is_read_and_the_other_named() -> None:
    dataset, (issue,) = found(BOOK, newer(F2=None, S3=None), FARMING, ECONOMY)
    assert (issue.code, issue.file, issue.severity.value) == ("older-version", NEWER, "提醒")
    assert issue.message == f"这一份没有读取：“{FARM}”是同一部门的，内容相同或更全"
    assert dataset.returned["农业农村办公室"] == (FARM,)
    assert len(dataset.tables["办理情况"]) == 5
    assert all(file != NEWER for file, _ in dataset.letters)


def test_two_versions_that_differ_are_one_issue_that_names_the_cells() -> None:
    dataset, (issue,) = found(BOOK, FARMING, newer(P2="不满意", R3="2024-4-9", F3=None), ECONOMY)
    assert (issue.code, issue.file, issue.severity.value) == ("versions-differ", NEWER, "错误")
    assert issue.message == (
        f"这一份没有读取：“{FARM}”也是这个部门填的，填的件相同，内容却有不同："
        "“办理情况”表 P2（“不满意”，另一份为“满意”）、"
        "“办理情况”表 R3（“2024-4-9”，另一份为“2024-4-2”）"
    )
    assert next(iter(dataset.tables["办理情况"]["满意度"])) == "满意"


def test_of_many_differences_the_first_are_named() -> None:
    cells = {f"{column}{row}": "不同" for row in (2, 3) for column in "FJKNOS"}
    _, issues = found(BOOK, FARMING, newer(**cells), ECONOMY)
    assert [issue.code for issue in issues] == ["versions-differ"]
    assert issues[0].message.count("另一份为") == 5
    assert issues[0].message.endswith("等12处")
    _, (issue,) = found(BOOK, FARMING, newer(**dict(list(cells.items())[:5])), ECONOMY)
    assert issue.message.count("另一份为") == 5
    assert "等" not in issue.message.partition("内容却有不同")[2]


def test_a_row_that_only_the_other_version_has_is_named() -> None:
    extra = newer(A2=1.0)
    extra = changed(changed(extra, "典型事例", "A3", "孙丙"), "典型事例", "B3", "水渠")
    thinner = changed(FARMING, "典型事例", "C2", "早已修好")
    _, issues = found(BOOK, thinner, extra, ECONOMY)
    assert [(issue.code, issue.file) for issue in issues] == [("versions-differ", FARM)]
    longer = changed(extra, "办理情况", "F2", None)
    for column in "EFGHJN":
        longer = changed(longer, "办理情况", f"{column}3", None)
    _, issues = found(BOOK, FARMING, longer, ECONOMY)
    assert "“典型事例”表 A3（另一份没有这一行）" in issues[0].message


def test_what_was_wrong_in_the_other_version_does_not_count() -> None:
    wrong = changed(changed(FARMING, "办理情况", "G2", "托梦"), "办理情况", "M3", "#REF!")
    dataset, (issue,) = found(BOOK, wrong, newer(), ECONOMY)
    assert (issue.code, issue.file) == ("older-version", FARM)
    assert dataset.returned["农业农村办公室"] == (NEWER,)


def test_a_column_that_the_fuller_version_lacks_is_a_difference() -> None:
    shorter = changed(newer(F2="王小二", F3="王小二", K2=None, N2="#REF!"), "办理情况", "S1", None)
    full = changed(FARMING, "办理情况", "F2", None)
    for column in "EGHJ":
        full = changed(full, "办理情况", f"{column}3", None)
    _, issues = found(BOOK, shorter, full, ECONOMY)
    told = next(issue for issue in issues if issue.code == "versions-differ")
    assert "“办理情况”表 S2（“甲”，另一份没有填）" in told.message


def test_a_wrong_cell_that_another_version_leaves_blank_is_still_told() -> None:
    wrong = changed(FARMING, "办理情况", "S2", "#REF!")
    _, issues = found(BOOK, wrong, newer(S2=None), ECONOMY)
    assert [(issue.code, issue.file) for issue in issues] == [
        ("error-value", FARM),
        ("older-version", NEWER),
    ]


# tabs


def renamed(book: RawWorkbook, name: str, tab: str) -> RawWorkbook:
    sheets = [replace(raw, name=tab) if raw.name == name else raw for raw in book.sheets]
    return replace(book, sheets=sheets)


@pytest.mark.parametrize(
    "tab", ["办理情况 ", " 办理 情况", "办理情况 (2)", "办理情况（3）", "办理情况副本"]
)
def test_a_tab_that_was_copied_or_misspelt_is_known(tab: str) -> None:
    dataset, issues = found(BOOK, renamed(FARMING, "办理情况", tab), ECONOMY)
    assert issues == ()
    assert dataset.tabs == {(FARM, "办理情况"): tab}
    assert len(dataset.tables["办理情况"]) == 5


def test_a_tab_of_another_name_is_known_by_its_columns() -> None:
    dataset, (issue,) = found(BOOK, renamed(FARMING, "工作成效", "Sheet2"), ECONOMY)
    assert (issue.code, issue.severity.value) == ("renamed-sheet", "提醒")
    assert issue.message == (
        "没有名为“工作成效”的工作表；“Sheet2”的栏目与它相同，已按“工作成效”读取"
    )
    (seen,) = name_sheets_as_in_files([issue], dataset.tabs)
    assert (seen.sheet, seen.place) == ("Sheet2", "“Sheet2”表")
    assert len(dataset.tables["工作成效"]) == 5


def test_of_two_tabs_with_the_same_columns_none_is_chosen() -> None:
    twice = renamed(FARMING, "工作成效", "甲")
    extra = next(raw for raw in twice.sheets if raw.name == "甲")
    _, issues = found(
        BOOK, replace(twice, sheets=[*twice.sheets, replace(extra, name="乙")]), ECONOMY
    )
    assert "sheet-copy" not in {issue.code for issue in issues}
    assert issues[0].code == "missing-sheet"


def test_a_second_tab_with_other_contents_is_not_passed_over() -> None:
    original = FARMING.sheets[0]
    same = replace(original, name="办理情况 (2)")
    more = replace(same, rows=[*same.rows, [None, "关于丁的建议"]])
    less = replace(same, rows=same.rows[:2])
    for second, expected in ((same, []), (less, []), (more, ["sheet-copy"])):
        book = replace(FARMING, sheets=[*FARMING.sheets, second])
        assert [issue.code for issue in found(BOOK, book, ECONOMY)[1]] == expected


# merged cells


def with_merged(*ranges: tuple[int, int, int, int]) -> RawWorkbook:
    sheets = [replace(s, merged=ranges) if s.name == "办理情况" else s for s in ECONOMY.sheets]
    return replace(ECONOMY, sheets=sheets)


def test_a_merged_block_is_read_for_each_of_its_rows() -> None:
    book = with_merged((2, 6, 4, 6))
    for row in (3, 4):
        book = changed_in_place(book, row, 6, None)
    dataset, issues = found(BOOK, FARMING, book)
    assert issues == ()
    assert list(dataset.tables["办理情况"]["承办人"])[-3:] == ["李二"] * 3


def test_a_block_across_columns_is_reported_and_not_read_as_blank() -> None:
    book = changed_in_place(with_merged((3, 13, 3, 14)), 3, 14, None)
    dataset, (issue,) = found(BOOK, FARMING, book)
    assert (issue.code, issue.sheet, issue.cell) == ("merged-cells", "办理情况", "M3")
    assert issue.message == "M3:N3合并成了一格，分不清里面的内容是哪一栏的"
    assert (ECON, "办理情况", 3, "答复日期") in dataset.faulty
    assert (ECON, "办理情况", 3, "答复文号") in dataset.faulty


def changed_in_place(book: RawWorkbook, row: int, column: int, value: Value) -> RawWorkbook:
    """As ``sheets.changed``, merged cells kept."""

    def change(raw: RawSheet) -> RawSheet:
        rows = [list(cells) for cells in raw.rows]
        rows[row - 1][column - 1] = value
        return replace(raw, rows=rows)

    sheets = [change(raw) if raw.name == "办理情况" else raw for raw in book.sheets]
    return replace(book, sheets=sheets)


# files


@pytest.mark.parametrize("name", ["农业农村办公室.xls", "农业农村办公室.et"])
def test_a_return_saved_by_another_program_as_old_excel_is_read(
    name: str, convert: Convert, lay_sample: Lay, tmp_path: Path
) -> None:
    lay_sample(tmp_path)
    before = reportgen.check(tmp_path)
    path = tmp_path / FARM
    saved = convert(path.read_bytes(), "xlsx", "xls")
    path.unlink()
    (path.parent / name).write_bytes(saved)
    after = reportgen.check(tmp_path)
    assert list(after.issues) == []
    assert after.dataset.returned["农业农村办公室"] == (f"填报/{name}",)
    for sheet, rows in before.dataset.tables.items():
        assert sorted(map(repr, rows.to_numpy().tolist())) == sorted(
            map(repr, after.dataset.tables[sheet].to_numpy().tolist())
        )


# the nearest name


@pytest.mark.parametrize(
    ("typed", "allowed", "hint"),
    [
        ("提案", ["议案", "建议"], None),
        ("刘压", ["刘亚", "张曼曼"], None),
        ("满义", ["满意", "不满意"], None),
        ("刘亚亚", ["刘亚", "张曼曼"], "刘亚"),
        ("张鹤兵", ["张鹤斌", "张曼曼"], "张鹤斌"),
        ("大会", ["大会期间", "闭会"], "大会期间"),
    ],
)
def test_of_two_characters_one_alone_does_not_make_a_hint(
    typed: str, allowed: list[str], hint: str | None
) -> None:
    assert find_closest(typed, allowed) == hint
