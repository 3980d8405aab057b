"""How far each department has come with what was handed out to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from reportgen.data import Dataset
from reportgen.reports.kind import Progress
from reportgen.reports.return_state import return_state
from reportgen.reports.suggestions.figures.events import happened
from reportgen.reports.suggestions.handing_out.assignments import Assignment, assignments
from reportgen.reports.suggestions.sheets.vocabulary import LEADING_ROLES


def progress(dataset: Dataset, today: dt.date | None = None) -> Sequence[Progress]:
    """Every department with items, in the order in which 承办部门 lists them.

    ``today``: what is later has not happened yet.
    """
    dataset = happened(dataset, today) if today else dataset
    handed: dict[str, list[Assignment]] = {}
    for assignment in assignments(dataset):
        handed.setdefault(assignment.department, []).append(assignment)
    answered = _answered(dataset)
    contacts = dataset.tables["承办部门"][["全称", "联系人", "电话"]]
    return [
        _with_state(
            dataset,
            Progress(
                department=name,
                contact=contact or "",
                phone=phone or "",
                assigned=len(handed[name]),
                led=sum(one.role in LEADING_ROLES for one in handed[name]),
                answered=sum(_key(one) in answered for one in handed[name]),
            ),
        )
        for name, contact, phone in contacts.drop_duplicates("全称").itertuples(index=False)
        if name in handed
    ]


def _with_state(dataset: Dataset, one: Progress) -> Progress:
    state = return_state(dataset, one.department, complete=one.answered == one.led)
    return replace(one, state=state)


def _key(assignment: Assignment) -> tuple[str, str]:
    """Who answers which item; nobody answers what he only helps with."""
    leads = assignment.role in LEADING_ROLES
    return (assignment.department, assignment.number) if leads else ("", "")


def _answered(dataset: Dataset) -> set[tuple[str, str]]:
    rows = dataset.tables["办理情况"]
    done = rows["办理结果"].notna() & rows["答复日期"].notna()
    return set(zip(rows[done]["部门"], rows[done]["编号"], strict=True))
