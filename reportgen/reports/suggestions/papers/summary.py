"""办理工作总结 of a department: the report's own figures about it, and what it wrote of each item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from reportgen.data import OWNER, Row, day_in_words
from reportgen.facts.report import Item, Items
from reportgen.reports.papers import SLOT, PaperDraft, PaperSource
from reportgen.reports.suggestions.context.leaves import add_stop, to_short_text
from reportgen.reports.suggestions.context.lists import list_departments
from reportgen.reports.suggestions.figures.catalogue import count_facts
from reportgen.reports.suggestions.figures.list_items import DEPARTMENT_RESULT
from reportgen.reports.suggestions.figures.scope import Scope
from reportgen.reports.suggestions.letters.tasks import read_rows
from reportgen.reports.suggestions.papers.office import full_name
from reportgen.reports.suggestions.sheets.vocabulary import LEADING_ROLES

HANDLED = {
    "编号": "建议编号", "标题": "建议标题", "办理角色": "主办、协办或分办",
    "办理措施及成效": "部门填报的，没有的为【待填】",
}  # fmt: skip
UNSOLVED = {
    "编号": "建议编号", "标题": "建议标题", "未解决原因": "部门填报的，没有的为【待填】",
    "承诺完成时限": "承诺的时限，没有的为空",
}  # fmt: skip


def draft_summaries(source: PaperSource) -> Iterator[PaperDraft]:
    """One for each department that has filled in anything."""
    scope = Scope.of(source.dataset)
    settings = source.dataset.settings
    day = settings.get("统计截止日期")
    rows = read_rows(source.dataset, "办理情况")
    for department in list_departments(scope, count_facts(scope)):
        own = [row for row in rows if row[OWNER] == department.key and row["编号"]]
        told = [row for row in own if row["答复日期"] or row["办理结果"] or row["办理措施及成效"]]
        if told:
            yield PaperDraft(department.key, {
                **department.names,
                "部门": department.key,
                "年度": str(settings.get("年度") or SLOT),
                "发文机关": full_name(source.dataset),
                "成文日期": day_in_words(day) if isinstance(day, dt.date) else SLOT,
                "有主办": "是" if any(row["办理角色"] in LEADING_ROLES for row in own) else "",
                "结果列表": _results(department),
                "沟通件数": _count(row["沟通日期"] for row in own),
                "办理列表": Items([_handled(row) for row in own], HANDLED),
                "未解决列表": Items([_unsolved(row) for row in own if _is_unsolved(scope, row)], UNSOLVED),
            }, department.key)  # fmt: skip


def _results(department: Item) -> Items:
    """The classes that the department has items in."""
    found = department.names["结果列表"]
    assert isinstance(found, Items)
    shown = [item for item in found.items if str(item.names["件数"]) != "0"]
    return Items(shown, DEPARTMENT_RESULT)


def _count(values: Iterator[object]) -> str:
    count = sum(value is not None for value in values)
    return str(count) if count else ""


def _is_unsolved(scope: Scope, row: Row) -> bool:
    return row["办理结果"] is not None and row["办理结果"] not in scope.solved


def _handled(row: Row) -> Item:
    names = {name: to_short_text(row[name]) for name in ("编号", "标题", "办理角色")}
    return Item(names["编号"], {**names, "办理措施及成效": add_stop(row["办理措施及成效"]) or SLOT})


def _unsolved(row: Row) -> Item:
    names = {name: to_short_text(row[name]) for name in ("编号", "标题")}
    day = row["承诺完成时限"]
    return Item(names["编号"], {
        **names,
        "未解决原因": add_stop(row["未解决原因"]) or ("" if day else SLOT),
        "承诺完成时限": day_in_words(day) if isinstance(day, dt.date) else "",
    })  # fmt: skip
