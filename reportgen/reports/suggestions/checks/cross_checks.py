"""Cross-checks of this kind of report: time limits, measures, last year's figures.

Faults of single cells and rows are validation's.  A cell in which an error was found already
(``Dataset.faulty``) is not compared again: one fault is one issue.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from reportgen.data import Dataset
from reportgen.issues import Issue, Severity
from reportgen.reports.assignment.return_checks import NOT_RETURNED
from reportgen.reports.places import Place, issue_at, setting_issue
from reportgen.reports.suggestions.checks.achievement_checks import find_achievement_issues
from reportgen.reports.suggestions.checks.merged_items import find_merging_issues
from reportgen.reports.suggestions.checks.reminders import find_reminders, find_unknown_calendars
from reportgen.reports.suggestions.checks.unprinted import find_printed_twice, find_unprinted
from reportgen.reports.suggestions.figures.scope import Scope
from reportgen.reports.suggestions.sheets.vocabulary import NO_ITEMS


def own_checks(
    dataset: Dataset, found: Sequence[Issue], today: dt.date | None = None
) -> Iterator[Issue]:
    """Everything wrong between the sheets, besides what was ``found`` wrong with the returns.

    ``today``: as of when time limits are looked at, else 统计截止日期; only then one is reminded
    of those that end soon.
    """
    scope = Scope.of(dataset, today)
    yield from find_reminders(scope, _find_faulty_rows(found))
    yield from find_unknown_calendars(scope)
    yield from find_merging_issues(scope)
    complete = not any(issue.code in NOT_RETURNED for issue in found)
    yield from find_achievement_issues(dataset, complete=complete)
    yield from _check_last_year_total(dataset)
    yield from _find_last_year_zeros(dataset)
    yield from _check_satisfied_classes(dataset)
    yield from _check_promise_count(dataset)
    yield from _check_no_items(dataset)
    yield from find_unprinted(dataset)
    yield from find_printed_twice(dataset)


def _find_faulty_rows(issues: Sequence[Issue]) -> set[Place]:
    return {
        (issue.file, issue.sheet, issue.row)
        for issue in issues
        if issue.severity is Severity.ERROR and issue.cell
    }


def _check_promise_count(dataset: Dataset) -> Iterator[Issue]:
    """carry-over-differs: 上年数据 and 上年承诺 tell of different numbers of promises."""
    promised, rows = dataset.tables["上年承诺"], dataset.tables["上年数据"]
    for place, name, number in zip(rows.index, rows["指标"], rows["数值"], strict=True):
        if name == "承诺件数" and number is not None and len(promised) not in (0, number):
            details = {"count": str(len(promised))}
            yield issue_at(dataset, "carry-over-differs", place, "数值", str(number), **details)


def _check_no_items(dataset: Dataset) -> Iterator[Issue]:
    """not-none: a year said to be without suggestions has some."""
    count = len(dataset.tables["建议台账"])
    if dataset.settings.get(NO_ITEMS) == "是" and count:
        details = {"sheet_name": "建议台账", "count": str(count)}
        yield from setting_issue(dataset, "not-none", "基本信息", NO_ITEMS, **details)


def _check_satisfied_classes(dataset: Dataset) -> Iterator[Issue]:
    """none-satisfied, at the best class; unless a cell that decides it is at fault."""
    rows = dataset.tables["满意度分类"]
    unread = any(sheet == "满意度分类" for _, sheet, _, _ in dataset.faulty)
    if len(rows) and not unread and "是" not in set(rows["计入满意"]):
        yield issue_at(dataset, "none-satisfied", rows.index[0], "计入满意")


def _check_last_year_total(dataset: Dataset) -> Iterator[Issue]:
    """total-differs: 议案建议件数 is not 议案件数 and 建议件数 together."""
    rows = dataset.tables["上年数据"]
    found = {
        name: (place, number)
        for place, name, number in zip(rows.index, rows["指标"], rows["数值"], strict=True)
        if number is not None
    }
    if {"议案建议件数", "议案件数", "建议件数"} <= set(found):
        place, whole = found["议案建议件数"]
        right = found["议案件数"][1] + found["建议件数"][1]
        if whole != right:
            yield issue_at(dataset, "total-differs", place, "数值", str(whole), sum=str(right))


def _find_last_year_zeros(dataset: Dataset) -> Iterator[Issue]:
    rows = dataset.tables["上年数据"]
    for place, name, number in zip(rows.index, rows["指标"], rows["数值"], strict=True):
        if number == 0 and name is not None:
            yield issue_at(dataset, "last-year-zero", place, "数值", name)
