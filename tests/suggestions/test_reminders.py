"""Local rules: what is late, due soon or missing is said at its cell; what keeps them is not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from reportgen.issues import Issue, Severity, arrange_issues
from reportgen.raw import RawWorkbook, Value
from reportgen.reports.suggestions import SUGGESTIONS
from reportgen.reports.suggestions.sheets.review_record import RECORD
from reportgen.reports.suggestions.sheets.workbooks import REGISTER, RETURN
from reportgen.validation import validate_workbooks
from tests.support.sheets import changed, sheet
from tests.support.small_case import BOOK, CASE, ECONOMY, FARMING

OFFICE, FARM, ECON = BOOK.file, FARMING.file, ECONOMY.file
RULES = """
| 项目        | 内容     |
|------------|---------|
| 答复期限     | 3个月    |
| 延长期限     | 6个月    |
| 起算点       | 交办之日  |
| 大会闭会日期  |         |
| 会办期限     | 1个月    |
| 重新办理期限  | 1个月    |
| 退回期限     |         |
| 提前提醒天数  | 10      |
| 答复须有文号  | 否      |
"""
Change = tuple[str, str, str, Value]
ADDED: tuple[Change, ...] = (
    *((OFFICE, "建议台账", cell, name) for cell, name in (
        ("O1", "签收日期"), ("P1", "延期答复"), ("Q1", "并案主件"), ("R1", "转建议"),
    )),
    *((file, "办理情况", cell, name) for file in (FARM, ECON) for cell, name in (
        ("T1", "重办答复日期"), ("U1", "重办满意度"),
    )),
)  # fmt: skip
"""The small case is in forms of the first edition; these columns came later."""
OPEN: tuple[Change, ...] = tuple((ECON, "办理情况", f"{column}3", None) for column in "IMPQR")
"""The second suggestion (handed over on 20 March) is still being handled."""
UNSATISFIED: Change = (FARM, "办理情况", "P2", "不满意")
"""With the first suggestion, not solved; feedback on 1 April."""


def said(*changes: Change, today: dt.date | None = None) -> list[Issue]:
    """What is found in the small case, with its rules written out, after these changes."""
    books: list[RawWorkbook] = [replace(BOOK, sheets=[*BOOK.sheets, sheet("办理规则", RULES)])]
    books += CASE[1:]
    for file, name, cell, value in (*ADDED, *changes):
        books = [changed(book, name, cell, value) if book.file == file else book for book in books]
    dataset, issues = validate_workbooks(books, (REGISTER, RETURN, RECORD))
    told = [issue for issue in SUGGESTIONS.check(dataset, today) if issue.code != "measure-unused"]
    return list(arrange_issues([*issues, *told], dataset.letters))


def codes(*changes: Change, today: dt.date | None = None) -> list[str]:
    return [f"{issue.code} {issue.cell}" for issue in said(*changes, today=today)]


def test_nothing_is_said_of_what_keeps_the_rules() -> None:
    assert codes() == []
    assert codes(today=dt.date(2025, 6, 30)) == []


def test_the_last_day_is_in_time_and_the_next_is_late() -> None:
    assert codes((FARM, "办理情况", "M2", "2024-4-1"), (FARM, "办理情况", "M3", "2024-4-1")) == []
    assert codes((ECON, "办理情况", "M3", "2024-6-1")) == []
    (issue,) = said((ECON, "办理情况", "M3", "2024-6-21"), (ECON, "办理情况", "R3", "2024-6-22"))
    assert (issue.code, issue.cell, issue.severity) == ("late-reply", "M3", Severity.REMINDER)
    assert issue.message == "逾期1天答复：答复期限为2024年6月20日，2024年6月21日才答复"


@pytest.mark.parametrize(
    ("rules", "late"),
    [
        ({}, False),
        ({"B2": "42日"}, False),
        ({"B2": "41日"}, True),
        ({"B2": "30个工作日"}, False),  # until 6 May: 1–5 May are off
        ({"B2": "29个工作日"}, True),
        ({"B2": "1个月"}, True),
        ({"B2": "1个月", "P3": "是"}, False),
        ({"B2": "1个月", "P3": "是", "B3": "41日"}, True),
        ({"B2": "30日", "B4": "收到之日"}, True),
        ({"B2": "30日", "B4": "收到之日", "O3": "2024-4-1"}, False),
        ({"B2": "2个月", "B4": "大会闭会之日", "B5": "2024-1-12"}, False),  # raised out of session
        ({"B2": "2个月", "B4": "大会闭会之日", "B5": "2024-1-12", "G3": "大会"}, True),
    ],
)
def test_the_rules_decide(rules: dict[str, str], late: bool) -> None:
    """The second suggestion: handed over on 20 March, answered on 1 May."""
    changes: list[Change] = [
        (OFFICE, "建议台账" if cell[0] in "GOP" else "办理规则", cell, value)
        for cell, value in rules.items()
    ]
    found = [issue for issue in said(*changes) if issue.file == ECON and issue.row == 3]
    assert [issue.code for issue in found] == ["late-reply"] * late


def test_an_open_item_is_overdue_due_soon_or_neither_as_of_the_day() -> None:
    """The last day is 20 June; one is reminded ten days before."""
    assert codes(*OPEN, today=dt.date(2024, 6, 9)) == ["in-progress I3"]
    assert codes(*OPEN, today=dt.date(2024, 6, 10)) == ["in-progress I3", "reply-due-soon M3"]
    assert codes(*OPEN, today=dt.date(2024, 6, 20)) == ["in-progress I3", "reply-due-soon M3"]
    assert codes(*OPEN, today=dt.date(2024, 6, 21)) == ["in-progress I3", "reply-overdue M3"]
    assert codes(*OPEN) == ["in-progress I3", "reply-overdue M3"]  # as of 统计截止日期
    _, issue = said(*OPEN, today=dt.date(2024, 6, 25))
    assert issue.message == "还没有答复，答复期限为2024年6月20日，已超过5天"
    later = (OFFICE, "办理规则", "B9", 0)
    assert codes(*OPEN, later, today=dt.date(2024, 6, 19)) == ["in-progress I3"]


def test_without_a_day_nobody_is_reminded_of_what_ends_soon() -> None:
    cutoff = (OFFICE, "基本信息", "B15", "2024-6-15")
    assert "reply-due-soon" not in str(codes(*OPEN, cutoff))


def test_an_opinion_has_its_own_limit_while_the_item_is_open() -> None:
    late = (ECON, "办理情况", "M2", "2024-2-21")
    (issue,) = said(late)
    assert (issue.code, issue.cell) == ("late-opinion", "M2")
    assert issue.message == "会办意见逾期1天：会办期限为2024年2月20日，2024年2月21日才送主办部门"
    assert codes((ECON, "办理情况", "M2", "2024-2-20")) == []
    still = [(FARM, "办理情况", f"{column}2", None) for column in "IKLMPQR"]
    assert codes(*still, today=dt.date(2024, 2, 20)) == ["in-progress I2"]
    assert codes(*still, today=dt.date(2024, 2, 21)) == ["in-progress I2", "opinion-overdue M2"]


@pytest.mark.parametrize(
    ("rules", "last"),
    [
        ({"B4": "大会闭会之日", "B5": "2024-1-12"}, 20),  # of answers alone
        ({"B4": "收到之日"}, 20),
        ({"B4": "收到之日", "O2": "2024-1-25"}, 25),
        ({"O2": "2024-1-25"}, 20),
    ],
)
def test_the_time_for_an_opinion_runs_from_the_handing_over_or_the_receipt(
    rules: dict[str, str], last: int
) -> None:
    """The first suggestion, raised in session: handed over on 20 January, a month."""
    changes: list[Change] = [
        (OFFICE, "建议台账" if cell[0] == "O" else "办理规则", cell, value)
        for cell, value in rules.items()
    ]
    sent = [(ECON, "办理情况", "M2", f"2024-2-{day}") for day in (last, last + 1)]
    assert codes(*changes, sent[0]) == []
    assert codes(*changes, sent[1]) == ["late-opinion M2"]


def test_letters_need_a_number_only_where_the_rules_say_so() -> None:
    without = (FARM, "办理情况", "N2", None)
    assert codes(without) == []
    assert codes(without, (OFFICE, "办理规则", "B10", "是")) == ["no-letter-number N2"]
    assert codes((OFFICE, "办理规则", "B10", "是")) == []


def test_an_unsatisfied_deputy_gets_another_answer() -> None:
    assert codes(UNSATISFIED, today=dt.date(2024, 5, 1)) == [
        "not-rehandled T2", "not-rated P3",
    ]  # fmt: skip
    assert codes(UNSATISFIED, today=dt.date(2024, 6, 1)) == ["rehandling-overdue T2"]
    again = (FARM, "办理情况", "T2", "2024-5-1")
    assert codes(UNSATISFIED, again) == []
    assert codes(UNSATISFIED, again, (FARM, "办理情况", "U2", "满意")) == []
    assert codes(UNSATISFIED, (FARM, "办理情况", "T2", "2024-5-2")) == ["late-rehandling T2"]
    assert codes(again) == ["needless-rehandling T2"]
    issue, *_ = said(UNSATISFIED, today=dt.date(2024, 5, 1))
    assert issue.remedy == "请重新研究办理，2024年5月1日前再次答复，并补填重办答复日期和重办满意度"


def test_solved_and_unsatisfied_do_not_go_together() -> None:
    """The second suggestion is of class A."""
    bad = (ECON, "办理情况", "P3", "不满意")
    again = (ECON, "办理情况", "T3", "2024-6-10")
    assert codes(bad, again) == ["solved-unsatisfied I3"]
    assert codes(bad, again, (ECON, "办理情况", "U3", "基本满意")) == []


def test_a_promise_is_over_when_its_day_has_passed() -> None:
    """Of the first suggestion: 30 June 2025; of the third 31 July 2025."""
    assert codes(today=dt.date(2025, 6, 30)) == []
    (issue,) = said(today=dt.date(2025, 7, 1))
    assert (issue.code, issue.file, issue.cell) == ("promise-overdue", FARM, "L2")
    assert issue.message == "承诺的完成时限2025年6月30日已过1天，办理结果仍为“B”"
    assert codes(today=dt.date(2025, 8, 1)) == ["promise-overdue L2", "promise-overdue L3"]


def test_a_fault_in_the_dates_is_said_once() -> None:
    assert codes((OFFICE, "建议台账", "I3", "#REF!"), *OPEN) == ["error-value I3", "in-progress I3"]
    assert codes((ECON, "办理情况", "M3", "#REF!")) == ["error-value M3"]
    assert codes((ECON, "办理情况", "M3", "2024-2-30")) == ["impossible-date M3"]
    assert codes((FARM, "办理情况", "D2", "协办")) == ["locked-changed D2"]


def test_a_year_whose_working_days_are_not_known_is_a_reminder() -> None:
    old = ((OFFICE, "建议台账", "H3", "2003-1-2"), (OFFICE, "建议台账", "I3", "2003-3-5"))
    rule = (OFFICE, "办理规则", "B3", "66个工作日")
    found = said(*old, rule, (OFFICE, "建议台账", "P3", "是"))
    assert [issue.code for issue in found] == ["unknown-calendar", "late-reply"]
    assert (found[0].sheet, found[0].cell) == ("办理规则", "B3")
    assert found[0].message == "2003年的节假日安排还不知道，“延长期限”中的工作日按周一至周五推算"
    assert "unknown-calendar" not in str(codes(*old, rule))
    closed = [(OFFICE, "办理规则", "B4", "大会闭会之日"), (OFFICE, "办理规则", "B5", "2024-1-12")]
    first = ((OFFICE, "建议台账", "H2", "2003-1-2"), (OFFICE, "建议台账", "I2", "2003-3-5"))
    opinion = (OFFICE, "办理规则", "B6", "15个工作日")
    assert "unknown-calendar B6" in codes(*first, *closed, opinion)


def test_a_motion_that_became_a_suggestion_is_not_counted_as_a_motion() -> None:
    assert codes((OFFICE, "建议台账", "R3", "是")) == ["converted-motion R3"]
    assert codes((OFFICE, "建议台账", "R3", "否")) == codes((OFFICE, "建议台账", "R2", "是")) == []


def test_merged_suggestions_have_one_main_item_the_same_departments_and_result() -> None:
    assert codes((OFFICE, "建议台账", "Q2", "1")) == ["merged-chain Q2"]
    issue = said((OFFICE, "建议台账", "Q2", "2"))
    assert [one.code for one in issue] == ["merged-differs", "merged-differs"]
    assert issue[0].message == (
        "与并案主件第2号的主办部门不同（主件为“经济发展办公室”，本件为“农业农村办公室”）"
    )
    assert issue[1].message == "与并案主件第2号的办理结果不同（主件为“A”，本件为“B”）"
    chain = (OFFICE, "建议台账", "Q2", "2"), (OFFICE, "建议台账", "Q3", "3")
    assert codes(*chain)[:1] == ["merged-chain Q2"]
    assert codes((OFFICE, "建议台账", "Q2", "9")) == ["unknown-number Q2"]


def test_words_of_the_other_trade_are_noticed() -> None:
    (issue,) = said((OFFICE, "专题", "B2", "向委员说明情况。"))
    assert (issue.code, issue.cell) == ("mixed-terms", "B2")
    assert codes((OFFICE, "专题", "B2", "会同村民委员会办理。")) == []


def test_an_old_form_has_no_cell_for_handling_anew_so_the_rating_is_pointed_at() -> None:
    farming = changed(FARMING, *UNSATISFIED[1:])
    dataset, _ = validate_workbooks((BOOK, farming, ECONOMY), (REGISTER, RETURN, RECORD))
    (issue,) = [one for one in SUGGESTIONS.check(dataset) if one.code != "measure-unused"]
    assert (issue.code, issue.cell) == ("rehandling-overdue", "P2")
