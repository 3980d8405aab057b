"""Cross-checks of this kind of report: register against returns, measures, last year's figures.

Faults of single cells and rows are validation's.  A cell in which an error was found already
(``Dataset.faulty``) is not compared again: one fault is one issue.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportgen.data import Dataset
from reportgen.issues import Issue, Severity, arranged, nearest
from reportgen.reports.suggestions.items import items
from reportgen.reports.suggestions.merging import merging_issues
from reportgen.reports.suggestions.outcomes import Outcome, Outcomes, Place
from reportgen.reports.suggestions.reminders import guessed_years, reminders
from reportgen.reports.suggestions.returns import issue_at, return_issues
from reportgen.reports.suggestions.scope import Scope
from reportgen.schema.columns import SLOT

OUTCOMES, SETTINGS = "工作成效", "基本信息"


def check(dataset: Dataset, today: dt.date | None = None) -> tuple[Issue, ...]:
    """Everything wrong between the sheets, ordered by file, sheet, row and column.

    ``today``: as of when time limits are looked at, else 统计截止日期; only then one is reminded
    of those that end soon.
    """
    outcomes = Outcomes.of(dataset)
    found = [*return_issues(dataset)]
    scope = Scope(dataset, items(dataset), today)
    found += [*reminders(scope, _rows_at_fault(found)), *guessed_years(scope)]
    found += merging_issues(scope)
    for _, rows in outcomes.groups():
        found += _not_addable(dataset, rows)
    found += [*_unknown_measures(dataset, outcomes, found), *_last_year_zero(dataset)]
    found += [*_none_satisfied(dataset), *_promises_missing(dataset)]
    return arranged(found, dataset.letters)


def _rows_at_fault(issues: Sequence[Issue]) -> set[Place]:
    return {
        (issue.file, issue.sheet, issue.row)
        for issue in issues
        if issue.severity is Severity.ERROR and issue.cell
    }


def _not_addable(dataset: Dataset, rows: Sequence[Outcome]) -> Iterator[Issue]:
    """unit-mismatch against the usual unit; unit-needed where an approximation would be added."""
    known = [row for row in rows if row.unit is not None and row.amount is not None]
    units = Counter(row.unit for row in known)
    usual = max(units, key=lambda unit: units[unit], default=None)
    same = [row for row in known if row.unit == usual]
    for row in known:
        if row.unit != usual:
            details = {"other": _where(dataset, same[0], "单位"), "other_unit": str(usual)}
            details["unit"] = str(row.unit)
            yield issue_at(dataset, "unit-mismatch", row.place, "单位", row.name, **details)
    for row in same:
        if len(same) > 1 and row.amount is not None and row.amount.approximate:
            other = _where(dataset, same[1] if row is same[0] else same[0], "数值")
            yield issue_at(dataset, "unit-needed", row.place, "数值", row.name, other=other)


def _where(dataset: Dataset, row: Outcome, column: str) -> str:
    place = issue_at(dataset, "unit-needed", row.place, column)
    return f"{place.file} {place.place}"


def _unknown_measures(
    dataset: Dataset, outcomes: Outcomes, found: Sequence[Issue]
) -> Iterator[Issue]:
    """unknown- and ambiguous-measure, unless something that is itself an issue may hide the measure."""
    if any(issue.code == "department-not-returned" for issue in found) or _hidden(dataset):
        return
    for blank, text, theme in _texts(dataset):
        for name in dict.fromkeys(SLOT.findall(text)):
            themes = "、".join(outcomes.themes(name))
            if outcomes.find(name, theme) is not None:
                continue
            if themes:
                details = {"name": name, "themes": themes}
                yield replace(blank, code="ambiguous-measure", details=details)
            else:
                details = {"name": name, "nearest": nearest(name, outcomes.names())}
                yield replace(blank, code="unknown-measure", details=details)


def _hidden(dataset: Dataset) -> bool:
    """Whether a row, a sheet or a workbook was left out, so that a name may be missing."""
    returned = {file for found in dataset.returned.values() for file in found}
    read = {file for file, sheet in dataset.letters if sheet == OUTCOMES}
    deciding = {"专题", "归属", "指标"}
    return (
        bool(dataset.unread)
        or returned != read
        or any(sheet == OUTCOMES and column in deciding for _, sheet, _, column in dataset.faulty)
    )


def _texts(dataset: Dataset) -> Iterator[tuple[Issue, str, str | None]]:
    """The texts that may hold ``{指标}``: an issue at their cell, the text, its theme."""
    rows = dataset.tables["专题"]
    for place, theme, text in zip(rows.index, rows["名称"], rows["办理综述"], strict=True):
        if text is not None:
            yield issue_at(dataset, "", place, "办理综述"), text, theme
    text = dataset.settings.get("行动综述")
    for (file, sheet), addresses in dataset.letters.items():
        if sheet == SETTINGS and isinstance(text, str):
            yield Issue("", file, sheet, addresses["行动综述"], "行动综述"), text, None


def _promises_missing(dataset: Dataset) -> Iterator[Issue]:
    """carry-over-differs: 上年数据 and 上年承诺 tell of different numbers of promises."""
    promised, rows = dataset.tables["上年承诺"], dataset.tables["上年数据"]
    for place, name, number in zip(rows.index, rows["指标"], rows["数值"], strict=True):
        if name == "承诺件数" and number is not None and len(promised) not in (0, number):
            details = {"count": str(len(promised))}
            yield issue_at(dataset, "carry-over-differs", place, "数值", str(number), **details)


def _none_satisfied(dataset: Dataset) -> Iterator[Issue]:
    """none-satisfied, at the best class; unless a cell that decides it is at fault."""
    rows = dataset.tables["满意度分类"]
    unread = any(sheet == "满意度分类" for _, sheet, _, _ in dataset.faulty)
    if len(rows) and not unread and "是" not in set(rows["计入满意"]):
        yield issue_at(dataset, "none-satisfied", rows.index[0], "计入满意")


def _last_year_zero(dataset: Dataset) -> Iterator[Issue]:
    rows = dataset.tables["上年数据"]
    for place, name, number in zip(rows.index, rows["指标"], rows["数值"], strict=True):
        if number == 0 and name is not None:
            yield issue_at(dataset, "last-year-zero", place, "数值", name)
