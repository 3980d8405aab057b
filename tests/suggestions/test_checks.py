"""Register against returns, measures against texts: every issue at the exact cell, each fault once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.data import MARK_SHEET
from reportgen.issues import Issue
from reportgen.raw import RawSheet, RawWorkbook, Value
from reportgen.reports.suggestions.figures.achievements import Achievements
from reportgen.reports.suggestions.figures.catalogue import count_facts
from reportgen.reports.suggestions.figures.scope import Scope
from tests.support.sheets import changed
from tests.support.small_case import BOOK, CASE, ECONOMY, FARMING, faults, found

OFFICE, FARM, ECON = BOOK.file, FARMING.file, ECONOMY.file
Change = tuple[str, str, str, Value]


def _with(*changes: Change) -> list[RawWorkbook]:
    books = list(CASE)
    for file, name, cell, value in changes:
        books = [changed(book, name, cell, value) if book.file == file else book for book in books]
    return books


def _issues(*changes: Change) -> list[str]:
    return faults(*_with(*changes))


def _only(books: list[RawWorkbook]) -> Issue:
    _, issues = found(*books)
    assert len(issues) == 1, issues
    return issues[0]


# register against returns


def test_an_item_that_was_not_given_to_the_department() -> None:
    issue = _only(
        _with(
            (FARM, "办理情况", "A4", 2),
            (FARM, "办理情况", "B4", "关于乙的议案"),
            (FARM, "办理情况", "D4", "协办"),
        )
    )
    assert (issue.code, issue.file, issue.cell) == ("not-assigned", FARM, "A4")
    assert issue.message == "第2号没有交给农业农村办公室办理"


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("B2", "关于甲乙的建议", "locked-changed 办理情况!B2"),
        ("C2", "赵乙", "locked-changed 办理情况!C2"),
        ("D3", "主办", "locked-changed 办理情况!D3"),
        ("D2", "协办", "locked-changed 办理情况!D2"),
    ],
)
def test_prefilled_cells_must_not_be_changed(cell: str, value: str, expected: str) -> None:
    assert _issues((FARM, "办理情况", cell, value)) == [expected]


def test_spaces_widths_and_emptied_titles_are_no_change() -> None:
    assert (
        _issues((FARM, "办理情况", "B2", "关于甲 的建议\n"), (FARM, "办理情况", "C2", "赵　甲"))
        == []
    )
    assert _issues((FARM, "办理情况", "B2", None), (FARM, "办理情况", "C2", None)) == []


@pytest.mark.parametrize("typed", [2, 3])
def test_a_wrong_number_beside_the_right_title_is_that_items_number(typed: int) -> None:
    """Neither not-assigned (2) nor item-repeated (3), and item 1 does not count as missing."""
    issue = _only(_with((FARM, "办理情况", "A2", typed), (FARM, "办理情况", "E2", "2024-4-1"),
                        (FARM, "办理情况", "H2", "2024-4-1"), (FARM, "办理情况", "M2", "2024-4-1")))  # fmt: skip
    assert (issue.code, issue.cell, issue.column) == ("locked-changed", "A2", "编号")
    assert issue.message == f"“编号”由交办机关填写，现为“{typed}”，台账为“1”"


def test_an_item_may_stand_only_once_in_a_departments_workbooks() -> None:
    again = replace(ECONOMY, file="填报/经济发展办公室（补1）.xlsx")
    again = replace(again, sheets=[_rows(again.sheets[0], 2, 3), *_emptied(again)])
    first = replace(ECONOMY, sheets=[_rows(ECONOMY.sheets[0], 1, 2), *ECONOMY.sheets[1:]])
    issue = _only([BOOK, FARMING, first, again])
    assert (issue.code, issue.file, issue.cell) == ("item-repeated", again.file, "A2")
    assert f"（另见{ECON} “办理情况”表 A3）" in issue.message


def test_items_that_did_not_come_back() -> None:
    """At the register's cell that names the department; nothing else is said of them."""
    short = _cut(ECONOMY, "办理情况", 2)
    _, issues = found(BOOK, FARMING, short)
    assert [(issue.code, issue.file, issue.cell) for issue in issues] == [
        ("item-not-returned", OFFICE, "K3"),
        ("item-not-returned", OFFICE, "K4"),
    ]
    assert issues[0].message == "第2号（经济发展办公室主办）没有报回"
    assert issues[1].message == "第3号（经济发展办公室分办）没有报回"
    assert faults(BOOK, FARMING, changed(ECONOMY, "办理情况", "A2", "#N/A")) == [
        "error-value 办理情况!A2"
    ]


def test_a_department_that_did_not_return_anything() -> None:
    """Its measures are not missed as well: they come with its workbook."""
    issue = _only([BOOK, ECONOMY])
    assert (issue.code, issue.file, issue.cell) == ("department-not-returned", OFFICE, "A2")
    assert issue.message == "农业农村办公室的填报表还没有交回（承办2件）"


def test_a_form_as_it_was_handed_out_is_not_returned() -> None:
    theirs = "EFGHIJKLMNOPQRS"
    blank = [(ECON, "办理情况", f"{c}{r}", None) for r in (2, 3, 4) for c in theirs]
    cases = [(ECON, "工作成效", f"{c}2", None) for c in "ABCDEF"]
    dataset, issues = found(*_with(*blank, *cases))
    assert dataset.blank == {ECON}
    assert dataset.begun.keys() == {"农业农村办公室"}
    assert ("form-still-blank", OFFICE, "A3") in {(i.code, i.file, i.cell) for i in issues}
    assert "in-progress" not in {issue.code for issue in issues}
    begun, _ = found(*_with(*blank))
    assert begun.begun.keys() == {"农业农村办公室", "经济发展办公室"}


def test_a_department_without_items_need_not_return() -> None:
    assert _issues((OFFICE, "承办部门", "A4", "社会事务办公室")) == []


def test_a_fault_in_the_register_is_not_repeated_for_the_returns() -> None:
    for cell in ("J2", "K2", "L2", "A2", "C2", "D2"):
        assert _issues((OFFICE, "建议台账", cell, "#REF!")) == [f"error-value 建议台账!{cell}"]
    assert _issues((OFFICE, "建议台账", "J4", "独办")) == ["one-name 建议台账!K4"]
    assert _issues((OFFICE, "建议台账", "J2", "独办")) == ["manner-mismatch 建议台账!L2"]


def test_an_answer_without_the_deputys_rating_is_a_reminder() -> None:
    issue = _only(_with((FARM, "办理情况", "P2", None)))
    assert (issue.code, issue.cell, issue.severity.value) == ("not-rated", "P2", "提醒")


def test_a_changed_role_is_one_issue_whatever_else_the_row_holds() -> None:
    assert _issues((ECON, "办理情况", "D2", "主办")) == ["locked-changed 办理情况!D2"]


# measures


def test_equal_measures_need_equal_units() -> None:
    issue = _only(_with((ECON, "工作成效", "E2", "场")))
    assert (issue.code, issue.file, issue.cell) == ("unit-mismatch", ECON, "E2")
    assert issue.message == (f"指标“检查”的单位“场”与{FARM} “工作成效”表 E4的“次”不同，不能相加")


def test_the_unit_that_most_rows_have_is_the_right_one() -> None:
    more = [(FARM, "工作成效", f"{c}6", v) for c, v in zip("ABCDE", ("民生服务", "建议办理", "检查", 1, "次"), strict=True)]  # fmt: skip
    assert _issues(*more, (FARM, "工作成效", "E4", "场")) == ["unit-mismatch 工作成效!E4"]


def test_an_approximate_amount_cannot_be_added() -> None:
    issue = _only(_with((ECON, "工作成效", "D2", "近200")))
    assert (issue.code, issue.file, issue.cell) == ("unit-needed", ECON, "D2")
    assert _issues((FARM, "工作成效", "D2", "100余")) == []


def _measure(file: str, row: int, *cells: Value) -> list[Change]:
    """A row of 工作成效: 专题, 归属, 指标, 数值, 单位."""
    letters = "ABCDE"[: len(cells)]
    return [(file, "工作成效", f"{c}{row}", v) for c, v in zip(letters, cells, strict=True)]


RATED = ("民生服务", "建议办理")


@pytest.mark.parametrize(
    ("name", "unit", "why"),
    [
        ("合格率", "%", "单位为“%”"), ("检查覆盖", "％", "单位为“％”"), ("办理用时", "天", "单位为“天”"),
        ("列全县", "名次", "单位为“名次”"), ("亩产", "公斤/亩", "单位为“公斤/亩”"), ("产值增长", "倍", "单位为“倍”"),
        ("群众满意率", "百分点", "单位为“百分点”"), ("人均增收", "元", "名称中有“人均”"), ("户均增收", "元", "名称中有“户均”"),
        ("全县排名", "名", "名称中有“排名”"), ("列第3名", "名", "名称中有“第3”"), ("平均等候", "人", "名称中有“平均”"),
        ("绿化占比", "个", "名称中有“占比”"), ("就业率", "个", "名称中有“率”"),
        ("水稻亩产", "公斤", "名称中有“亩产”"), ("检测水温", "度", "名称中有“水温”"), ("每万人床位", "张", "名称中有“每万人”"),
        ("产值提高", "个点", "单位为“个点”"),
    ],
)  # fmt: skip
def test_rates_ranks_and_averages_are_never_added(name: str, unit: str, why: str) -> None:
    """Two departments give one: an error at both, and no such figure even in a draft."""
    books = _with(
        *_measure(FARM, 6, *RATED, name, 98, unit), *_measure(ECON, 3, *RATED, name, 97, unit)
    )
    dataset, issues = found(*books)
    assert [(issue.code, issue.file, issue.cell) for issue in issues] == [
        ("never-added", FARM, "C6"), ("never-added", ECON, "C3"),
    ]  # fmt: skip
    assert issues[0].message == f"指标“{name}”有2个数，{why}的不能相加"
    assert f"成效.民生服务.{name}" not in count_facts(Scope.of(dataset))


@pytest.mark.parametrize(
    ("name", "unit"),
    [("率先示范", "个"), ("义务教育均衡检查", "次"), ("修路", "公里"), ("分发", "份")],
)
def test_what_only_looks_like_a_rate_is_added(name: str, unit: str) -> None:
    books = _with(
        *_measure(FARM, 6, *RATED, name, 98, unit), *_measure(ECON, 3, *RATED, name, 97, unit)
    )
    dataset, issues = found(*books)
    assert [issue.code for issue in issues if issue.cell == "C6"] in ([], ["measure-aside"])
    if name != "修路":
        fact = count_facts(Scope.of(dataset))[f"成效.民生服务.{name}"]
        assert (fact.text, fact.source.rule) == (
            "195", f"农业农村办公室、经济发展办公室填报的“{name}”之和",
        )  # fmt: skip


def test_a_rate_of_one_department_is_shown_with_its_sign() -> None:
    dataset, _ = found(*_with(*_measure(FARM, 6, *RATED, "合格率", "98.5％", "％")))
    fact = count_facts(Scope.of(dataset))["成效.民生服务.合格率"]
    assert (str(fact.value), fact.text, fact.unit) == ("98.5", "98.5%", "%")


def test_a_sum_in_a_text_is_told_there() -> None:
    issue = _only(_with((OFFICE, "专题", "D3", "检查{检查}。")))
    assert (issue.code, issue.severity.value, issue.file, issue.cell) == (
        "measure-summed", "提醒", OFFICE, "D3",
    )  # fmt: skip
    assert issue.message == (
        "“{检查}”在报告中是几个数相加得到的10次（农业农村办公室4、经济发展办公室6）"
    )


@pytest.mark.parametrize(
    ("cells", "own", "other"),
    [
        (("民生服务", "建议办理", "铺路"), None, ""),
        (("民生服务", "建议办理", "修路长"), "专题“民生服务”", "专题“民生服务”的“修路”"),
        (("民生服务", "建议办理", "走访工企业"), "专题“民生服务”", "专题“经济发展”的“走访企业"),
        (("民生服务", "建议办理", "回访企业"), "专题“民生服务”", "专题“经济发展”的“走访企业"),
        (("民生服务", "民生行动", "走访企业"), "民生行动", "专题“经济发展”的“走访企业"),
        (("经济发展", "建议办理", "清理路障"), "专题“经济发展”", "民生行动的“清理路障"),
        (("民生服务", "建议办理", "走访农户"), None, ""),
    ],
)
def test_a_number_beside_one_in_use_and_called_nearly_the_same_is_told(
    cells: tuple[str, str, str], own: str | None, other: str
) -> None:
    _, issues = found(*_with(*_measure(ECON, 3, *cells, 9, "公里")))
    if own is None:
        assert not issues
        return
    (issue,) = issues
    assert (issue.code, issue.file, issue.cell) == ("measure-aside", ECON, "C3")
    assert issue.message.startswith(f"{own}的指标“{cells[2]}”没有写进报告")
    assert f"引用的是{other}" in issue.message


def test_units_that_are_one_by_definition_are_added() -> None:
    more = _measure(ECON, 3, *RATED, "修路", 2, "千米")
    dataset, issues = found(*_with(*more))
    assert [issue.code for issue in issues] == ["measure-summed"]
    assert count_facts(Scope.of(dataset))["成效.民生服务.修路"].text == "5.5"


@pytest.mark.parametrize("word", ["合计", "总 计", "不分层级", "合计：", "共计"])
def test_a_total_beside_its_parts_is_compared_and_never_added(word: str) -> None:
    """30 and 50 were raised, 20 and 50 are done."""
    right = [(OFFICE, "民生行动", f"{c}4", v) for c, v in zip("ABC", (word, 80, 70), strict=True)]
    dataset, issues = found(*_with(*right))
    figures = count_facts(Scope.of(dataset))
    assert not issues
    assert (figures["行动.提出条数"].value, figures["行动.办结条数"].value) == (80, 70)
    dataset, issues = found(*_with(*right, (OFFICE, "民生行动", "C4", 71)))
    assert [(issue.code, issue.cell) for issue in issues] == [("total-differs", "C4")]
    assert issues[0].message == "这一行是合计，写的是71，各行之和却是70；合计行不重复计入"
    assert count_facts(Scope.of(dataset))["行动.办结条数"].value == 70


@pytest.mark.parametrize(
    ("row", "last", "expected"),
    [
        (("合计", 80, "约70"), (), ["total-row 民生行动!A4"]),
        (("全镇合计", 80, 71), (), ["total-differs 民生行动!C4"]),
        (("合计80条", 80, 70), (), ["total-row 民生行动!A4"]),
        (
            ("合计", 80, 70),
            ("国家", 1, 1),
            ["total-differs 民生行动!B4", "total-differs 民生行动!C4"],
        ),
    ],
)
def test_every_number_of_a_total_is_compared_or_told(
    row: tuple[Value, ...], last: tuple[Value, ...], expected: list[str]
) -> None:
    """30 and 50 were raised, 20 and 50 are done; whoever adds a row below the total must mend it."""
    rows = {4: row, 5: last}
    cells = [(OFFICE, "民生行动", f"{c}{n}", value) for n, values in rows.items()
             for c, value in zip("ABC", values, strict=False)]  # fmt: skip
    assert _issues(*cells) == expected


def test_a_total_alone_is_what_there_is() -> None:
    books = _with(
        (OFFICE, "民生行动", "A2", "合计"),
        *((OFFICE, "民生行动", f"{c}3", None) for c in "ABC"),
    )
    dataset, issues = found(*books)
    assert not issues
    assert count_facts(Scope.of(dataset))["行动.提出条数"].value == 30


def test_subtotals_are_of_the_rows_since_the_last() -> None:
    rows = [("县", 30, 20), ("小计", 30, 20), ("乡镇", 50, 50), ("小计", 50, 49), ("总计", 80, 70)]
    books = _with(*((OFFICE, "民生行动", f"{c}{n}", v) for n, row in enumerate(rows, 2)
                    for c, v in zip("ABC", row, strict=True)))  # fmt: skip
    assert faults(*books) == ["total-differs 民生行动!C5"]


@pytest.mark.parametrize(
    ("file", "sheet", "cells", "expected"),
    [
        (OFFICE, "建议台账", {"A5": "合计", "C5": "3件"}, []),
        (OFFICE, "建议台账", {"A5": "合计", "C5": "共4件"}, ["total-differs 建议台账!C5"]),
        (OFFICE, "建议台账", {"A5": "合计", "C5": "略"}, ["total-row 建议台账!A5"]),
        (OFFICE, "建议台账", {"A5": "合计", "C5": 3}, []),
        (OFFICE, "建议台账", {"A5": "合计", "C5": 4}, ["total-differs 建议台账!C5"]),
        (OFFICE, "建议台账", {"A5": "合计", "C5": "４"}, ["total-differs 建议台账!C5"]),
        (OFFICE, "建议台账", {"A5": "合计3件", "C5": "略"}, []),
        (OFFICE, "建议台账", {"A5": "合计：四件", "C5": "略"}, ["total-differs 建议台账!A5"]),
        (OFFICE, "建议台账", {"A5": "全镇合计", "C5": 4}, ["total-differs 建议台账!C5"]),
        (OFFICE, "建议台账", {"A5": "共 3 件", "C5": 3}, []),
        (OFFICE, "建议台账", {"A5": "计", "C5": 4}, ["total-differs 建议台账!C5"]),
        (OFFICE, "建议台账", {"A5": "合计", "C5": 3, "M5": 1}, ["total-row 建议台账!A5"]),
        (OFFICE, "建议台账", {"A5": "合计", "C5": "议案1件，建议2件"}, ["total-row 建议台账!A5"]),
        (OFFICE, "建议台账", {"A5": "合计", "C5": 1, "D5": 2}, []),
        (OFFICE, "建议台账", {"A5": "合计", "C5": 4, "G5": 3}, ["total-differs 建议台账!C5"]),
        (OFFICE, "建议台账", {"A5": "合计", "C5": "约3件"}, ["total-row 建议台账!A5"]),
        (
            OFFICE,
            "建议台账",
            {"A5": "小计", "C5": 3, "A6": "总计", "C6": 5},
            ["total-differs 建议台账!C6"],
        ),
        (
            OFFICE,
            "建议台账",
            {"A5": "合计", "C5": 3, "A6": "其中：议案", "C6": 1},
            ["total-row 建议台账!A6"],
        ),
        (OFFICE, "代表名册", {"A10": "合计", "B10": "99人"}, ["total-row 代表名册!A10"]),
        (OFFICE, "代表名册", {"A10": "合计", "B10": 99}, ["total-differs 代表名册!B10"]),
        (FARM, "办理情况", {"A4": "合计", "B4": 2, "P4": "100%"}, ["total-row 办理情况!A4"]),
        (FARM, "办理情况", {"A4": "合计", "B4": 3, "P4": 2}, ["total-differs 办理情况!B4"]),
        (OFFICE, "建议台账", {"B5": "其中：议案", "C5": "1项"}, ["total-row 建议台账!B5"]),
        (FARM, "办理情况", {"A4": "小计", "B4": "2件"}, []),
        (FARM, "典型事例", {"A3": "合计", "B3": "2件"}, ["total-differs 典型事例!B3"]),
        (OFFICE, "上年数据", {"A3": "合计", "B3": 5}, ["total-row 上年数据!A3"]),
        (ECON, "工作成效", {"C3": "合计", "D3": 6, "E3": "次"}, []),
        (ECON, "工作成效", {"C3": "合计", "D3": "7次"}, ["total-differs 工作成效!D3"]),
        (FARM, "工作成效", {"C6": "合计", "D6": 34}, ["total-row 工作成效!C6"]),
        (ECON, "工作成效", {"C3": "合计", "D3": "约6"}, ["total-row 工作成效!C3"]),
        (ECON, "工作成效", {"C3": "合计", "D3": 6, "F3": "共3项"}, ["total-row 工作成效!C3"]),
        (ECON, "工作成效", {"C3": "全部合计", "D3": 7}, ["total-differs 工作成效!D3"]),
    ],
)
def test_a_row_of_totals_is_no_record_of_any_sheet(
    file: str, sheet: str, cells: dict[str, Value], expected: list[str]
) -> None:
    books = _with(*((file, sheet, cell, value) for cell, value in cells.items()))
    dataset, _ = found(*books)
    assert faults(*books) == expected
    assert len(dataset.tables[sheet]) == len(found(*CASE)[0].tables[sheet])


def test_last_years_total_is_that_of_its_parts() -> None:
    rows = [("建议件数", 5), ("议案件数", 2), ("议案建议件数", 8)]
    changes = [(OFFICE, "上年数据", f"{c}{n}", v) for n, row in enumerate(rows, 2)
               for c, v in zip("AB", row, strict=True)]  # fmt: skip
    assert _issues(*changes) == ["total-differs 上年数据!B4"]
    assert _issues(*changes, (OFFICE, "上年数据", "B4", 7)) == []


def test_equal_names_in_other_themes_are_other_measures() -> None:
    assert _issues((ECON, "工作成效", "A2", "经济发展"), (ECON, "工作成效", "E2", "场")) == []


def test_a_measure_that_nobody_reported() -> None:
    issue = _only(_with((OFFICE, "专题", "D2", "走访企业{走访企业数}，{走访企业数}。")))
    assert (issue.code, issue.sheet, issue.cell) == ("unknown-measure", "专题", "D2")
    assert issue.message == (
        "文字中的“{走访企业数}”在工作成效中没有对应的指标（是不是“走访企业”？）"
    )
    assert _issues((OFFICE, "基本信息", "B20", "清路{清路}。")) == ["unknown-measure 基本信息!B20"]


def test_where_a_measure_is_looked_for() -> None:
    """The theme's own first, then the only other theme that has it, then 民生行动."""
    outcomes = Achievements.of(found(*CASE)[0])
    assert _meant(outcomes, "检查", "民生服务") == ("民生服务", [(FARM, 4), (ECON, 2)])
    assert _meant(outcomes, "走访 企业", "民生服务") == ("经济发展", [(FARM, 2)])
    assert _meant(outcomes, "清理路障", "经济发展") == (None, [(FARM, 5)])
    assert _meant(outcomes, "清理路障", None) == (None, [(FARM, 5)])
    assert _meant(outcomes, "修路", None) == ("民生服务", [(FARM, 3)])
    assert outcomes.find("没有", "民生服务") is None


def test_of_equal_names_the_nearest_is_meant() -> None:
    """检查 in both themes and in 民生行动; 修路 in one theme and in 民生行动."""
    alike = _with((ECON, "工作成效", "A2", "经济发展"), (FARM, "工作成效", "C5", "检查"))
    outcomes = Achievements.of(found(*alike)[0])
    assert _meant(outcomes, "检查", "经济发展") == ("经济发展", [(ECON, 2)])
    assert _meant(outcomes, "检查", "民生服务") == ("民生服务", [(FARM, 4)])
    assert _meant(outcomes, "检查", None) == (None, [(FARM, 5)])
    outcomes = Achievements.of(found(*_with((FARM, "工作成效", "C5", "修路")))[0])
    assert _meant(outcomes, "修路", "经济发展") == ("民生服务", [(FARM, 3)])
    assert _meant(outcomes, "修路", None) == (None, [(FARM, 5)])


def test_a_measure_of_several_themes_is_not_guessed() -> None:
    issue = _only(
        _with(
            (ECON, "工作成效", "A2", "经济发展"),
            (OFFICE, "基本信息", "B20", "清理路障{清理路障}，检查{检查}。"),
        )
    )
    assert (issue.code, issue.cell) == ("ambiguous-measure", "B20")
    assert issue.message == "文字中的“{检查}”在几个专题中都有（经济发展、民生服务），不知取哪一个"


def test_a_damaged_measure_is_not_missed_as_well() -> None:
    for cell in ("A2", "B2", "C2", "D2", "E2"):
        assert _issues((FARM, "工作成效", cell, "#REF!")) == [f"error-value 工作成效!{cell}"]


def test_last_years_zero() -> None:
    issue = _only(_with((OFFICE, "上年数据", "B2", 0)))
    assert (issue.code, issue.cell, issue.severity.value) == ("last-year-zero", "B2", "提醒")


def _meant(
    outcomes: Achievements, name: str, theme: str | None
) -> tuple[str | None, list[tuple[str, int]]]:
    meant = outcomes.find(name, theme)
    assert meant is not None
    return meant[0], [(outcome.place[0], outcome.place[2]) for outcome in meant[1]]


def _cut(book: RawWorkbook, name: str, rows: int) -> RawWorkbook:
    return replace(
        book, sheets=[replace(s, rows=s.rows[:rows]) if s.name == name else s for s in book.sheets]
    )


def _rows(raw: RawSheet, *places: int) -> RawSheet:
    return replace(raw, rows=[raw.rows[0], *(raw.rows[place] for place in places)])


def _emptied(book: RawWorkbook) -> list[RawSheet]:
    """The other sheets with their headers only, and the mark."""
    return [s if s.name == MARK_SHEET else replace(s, rows=s.rows[:1]) for s in book.sheets[1:]]
