"""How far each owner has come with what was handed out to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.data import OWNER, Dataset
from reportgen.reports.assignment.hand_out import HandOut
from reportgen.reports.assignment.return_state import ReturnState, return_state
from reportgen.schema.columns import Ref
from reportgen.schema.model import Sheet


@dataclass(frozen=True)
class ReturnProgress:
    """One owner: whom to ask, what is counted of it, by its name, and how its return stands."""

    department: str
    contact: str
    phone: str
    counts: Mapping[str, int]
    state: ReturnState = ReturnState.MISSING


ASKED, DONE = "应填", "已填"
COUNTED = (ASKED, DONE)
"""What is counted where the kind counts nothing of its own."""


def filled_in(dataset: Dataset, given: Sequence[HandOut], owner: Ref) -> Sequence[ReturnProgress]:
    """Every owner that has something in hand, in their order, by the rows with all that is obligatory.

    Where nothing is handed out by item, every owner, whose return is complete once it is begun.
    """
    asked, done = _count_asked(dataset, given), _count_done(dataset, given)
    return [
        ReturnProgress(
            name,
            contact,
            phone,
            {ASKED: asked.get(name, 0), DONE: done.get(name, 0)} if given else {},
            return_state(dataset, name, complete=done.get(name, 0) >= asked.get(name, 0)),
        )
        for name, contact, phone in contacts(dataset, owner)
        if not given or name in asked
    ]


def contacts(dataset: Dataset, owner: Ref) -> list[tuple[str, str, str]]:
    """Each owner, whom to ask there, and the phone, where the sheet of owners has 联系人 and 电话."""
    rows = dataset.tables[owner.sheet].drop_duplicates(owner.column).to_dict("records")
    return [
        (row[owner.column], row.get("联系人") or "", row.get("电话") or "")
        for row in rows
        if row[owner.column] is not None
    ]


def _count_asked(dataset: Dataset, given: Sequence[HandOut]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for each in given:
        for assignment in each.assignments(dataset):
            counts[assignment.owner] = counts.get(assignment.owner, 0) + 1
    return counts


def _count_done(dataset: Dataset, given: Sequence[HandOut]) -> dict[str, int]:
    """By owner, in how many of its rows it has filled in what is its own to fill."""
    counts: dict[str, int] = {}
    for each in given:
        rows = dataset.tables[each.answers.name]
        wanted = _to_fill(each.answers)
        filled = rows[wanted].notna().all(axis=1) if wanted else rows[each.key].notna()
        for owner, count in rows[filled].groupby(OWNER).size().items():
            counts[str(owner)] = counts.get(str(owner), 0) + int(count)
    return counts


def _to_fill(answers: Sheet) -> list[str]:
    return [column.name for column in answers.columns if column.required and not column.locked]
