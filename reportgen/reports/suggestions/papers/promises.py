"""承诺事项台账: every promise with a day, kept up until it is fulfilled; next year's 上年承诺."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from reportgen.data import Rows
from reportgen.reports.papers import PaperSource
from reportgen.reports.suggestions.letters.tasks import OfficeRecords, Task, read_office
from reportgen.reports.suggestions.sheets.workbooks import REGISTER
from reportgen.schema.columns import Code, Day, FreeText, Name, Title, WholeNumber
from reportgen.schema.model import Column, Sheet, Workbook
from reportgen.schema.periods import Deadline

_NEXT = REGISTER.sheet("上年承诺")
"""Whose columns are named the same here, so that its rows can be copied there next year."""

PROMISES = Sheet(
    "承诺事项",
    (
        Column("编号", Code(), width=8),
        Column("标题", Title(), width=36),
        Column("主办部门", Name(), width=18),
        Column("承诺完成时限", Deadline(), width=14),
        Column("现办理结果", Name(), _NEXT.column("现办理结果").note, width=12),
        Column("办理进展", FreeText(), "办到哪一步", width=36),
        Column("领衔代表", Name()),
        Column("责任人", Name()),
        Column("完成日期", Day(), "办成的日期"),
        Column("再次答复日期", Day(), "办成后再次答复代表的日期", width=14),
        Column("代表评价", Name(), "代表对办成结果的评价"),
        Column("逾期天数", WholeNumber(), "到台账生成之日超过承诺时限几天"),
    ),
    "已经答复、承诺了完成时限的各件，逐件跟踪，办成一件销号一件。前六栏与下一年台账的“上年承诺”相同，可以照抄过去。",
    blank_rows=20,
)
LEDGER = Workbook("承诺事项台账", 1, (PROMISES,), purpose="承诺事项的台账。")


def list_promises(source: PaperSource) -> Rows:
    """A row for each leading department's promise."""
    office = read_office(source.dataset)
    return {PROMISES.name: list(_promised(office, source.today))}


def _promised(office: OfficeRecords, today: dt.date) -> Iterator[Mapping[str, object]]:
    for task in office.tasks:
        day = task.reply.get("承诺完成时限")
        if isinstance(day, dt.date):
            yield _row(office, task, day, today)


def _row(office: OfficeRecords, task: Task, day: dt.date, today: dt.date) -> Mapping[str, object]:
    result = office.classes.get(task.text("办理结果"))
    late = (today - day).days if not (result and result.solved) else 0
    return {
        "编号": task.number,
        "标题": task.title,
        "主办部门": task.department,
        "承诺完成时限": day,
        "现办理结果": task.text("办理结果") or None,
        "办理进展": task.text("办理措施及成效") or None,
        "领衔代表": task.lead or None,
        "责任人": task.text("承办人") or None,
        "再次答复日期": task.day("重办答复日期"),
        "代表评价": task.text("重办满意度") or None,
        "逾期天数": late if late > 0 else None,
    }
