"""How far each department has come with what was handed out to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from reportgen.data import OWNER, Dataset
from reportgen.reports.assignment.hand_out import Assignment
from reportgen.reports.assignment.progress import ReturnProgress, contacts
from reportgen.reports.assignment.return_state import return_state
from reportgen.reports.suggestions.figures.events import rewind_dataset
from reportgen.reports.suggestions.handing_out.assignments import HANDLING
from reportgen.reports.suggestions.sheets.vocabulary import DEPARTMENT, LEADING_ROLES

COUNTED = ("承办件数", "主办件数", "已答复")
"""Items in a department's hands, of these led by it, of those answered."""


def find_progress(dataset: Dataset, today: dt.date | None = None) -> Sequence[ReturnProgress]:
    """Every department with items, in the order in which 承办部门 lists them.

    ``today``: what is later has not happened yet.
    """
    dataset = rewind_dataset(dataset, today) if today else dataset
    handed: dict[str, list[Assignment]] = {}
    for assignment in HANDLING.assignments(dataset):
        handed.setdefault(assignment.owner, []).append(assignment)
    answered = _find_answered(dataset)
    return [
        _progress(dataset, name, contact, phone, handed[name], answered)
        for name, contact, phone in contacts(dataset, DEPARTMENT)
        if name in handed
    ]


def _progress(
    dataset: Dataset, name: str, contact: str, phone: str, handed: Sequence[Assignment],
    answered: set[tuple[str, str]],
) -> ReturnProgress:  # fmt: skip
    led = sum(one.part in LEADING_ROLES for one in handed)
    done = sum(_make_answer_key(one) in answered for one in handed)
    counts = dict(zip(COUNTED, (len(handed), led, done), strict=True))
    state = return_state(dataset, name, complete=done == led)
    return ReturnProgress(name, contact, phone, counts, state)


def _make_answer_key(assignment: Assignment) -> tuple[str, str]:
    """Who answers which item; nobody answers what he only helps with."""
    leads = assignment.part in LEADING_ROLES
    return (assignment.owner, assignment.key) if leads else ("", "")


def _find_answered(dataset: Dataset) -> set[tuple[str, str]]:
    rows = dataset.tables["办理情况"]
    done = rows["办理结果"].notna() & rows["答复日期"].notna()
    return set(zip(rows[done][OWNER], rows[done]["编号"], strict=True))
