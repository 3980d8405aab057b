"""会办意见函底稿: what a helping department tells the leading one, which answers the deputy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from reportgen.data import day_in_words
from reportgen.facts.report import Node
from reportgen.reports.papers import SLOT, PaperDraft, PaperSource
from reportgen.reports.suggestions.context.leaves import add_stop
from reportgen.reports.suggestions.letters.tasks import OfficeRecords, Task, read_office
from reportgen.reports.suggestions.papers.phrases import (
    make_doc_number,
    name_meeting,
    name_proposers,
    paragraphs,
)


def draft_opinions(source: PaperSource) -> Iterator[PaperDraft]:
    """One for each item and each department that helps with it, to all that lead it."""
    office = read_office(source.dataset)
    tasks = {task.number: task for task in reversed(office.tasks)}
    for task in reversed(tasks.values()):
        leading = [each.department for each in office.tasks if each.number == task.number]
        for helper in task.helpers:
            names = _name_opinion(office, task, helper, leading)
            yield PaperDraft(f"{task.number}（{helper}）", names, helper)


def _name_opinion(
    office: OfficeRecords, task: Task, helper: str, leading: list[str]
) -> Mapping[str, Node]:
    row = office.returned.get((task.number, helper), {})
    department = office.departments.get(helper)
    given = row.get("答复日期")
    day = given if isinstance(given, dt.date) else None
    code = department.code if department else ""
    return {
        "部门": helper,
        "文号": str(row.get("答复文号") or (make_doc_number(code, day, office) if code else "")),
        "会议": name_meeting(office, task),
        "编号": task.number,
        "类别": task.kind,
        "主办部门": "、".join(leading),
        "提出人": name_proposers(task.signers),
        "标题": task.title,
        "会办意见": paragraphs(add_stop(row.get("办理措施及成效")) or SLOT),
        "成文日期": day_in_words(day) if day else SLOT,
        "联系人": str(row.get("承办人") or "")
        or (department.contact if department else "")
        or SLOT,
        "联系电话": (department.phone if department else "") or SLOT,
    }
