"""The whole review: papers read, held against the register and each other, and put into rows and rounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from reportgen.data import Dataset, Row, day_in_words
from reportgen.reports.review import Paper, Remark, Reviewed
from reportgen.reports.suggestions.letters import result as sheets
from reportgen.reports.suggestions.letters.case import Found
from reportgen.reports.suggestions.letters.readings import Reading, make_remark, read_letters
from reportgen.reports.suggestions.letters.review_rows import (
    list_departments,
    list_faults,
    list_letters,
    list_promises,
    read_standing,
    tell_overlap,
)
from reportgen.reports.suggestions.letters.rounds import next_round
from reportgen.reports.suggestions.letters.tasks import OfficeRecords, read_office


def review_letters(
    dataset: Dataset, papers: Sequence[Paper], past: Sequence[Row], today: dt.date
) -> Reviewed:
    """Review all letters of a year, all that is wrong at once."""
    office = read_office(dataset)
    readings, overlaps = read_letters(office, papers)
    remarks = [remark for paper in papers for remark in _remarks_on(paper, readings)]
    remarks += list(_lacking(readings, office))
    rounds = list(_new_rounds(readings, past, today))
    known = [*past, *rounds]
    rows = {
        sheets.SUMMARY.name: list(list_departments(readings, office, known)),
        sheets.LETTERS.name: list(list_letters(readings, remarks, office, known)),
        sheets.FAULTS.name: list(list_faults(remarks, readings)),
        sheets.COPIES.name: [tell_overlap(each, readings) for each in overlaps],
        sheets.PROMISES.name: [row for each in readings for row in list_promises(each)],
    }
    return Reviewed(remarks, rows, rounds, _summary(readings, papers, remarks, known))


def _remarks_on(paper: Paper, readings: Sequence[Reading]) -> Sequence[Remark]:
    if paper.problem:
        return [
            make_remark(Found("letter-unreadable", details={"reason": paper.problem}), paper.name)
        ]
    return next(reading.remarks for reading in readings if reading.paper is paper)


def _lacking(readings: Sequence[Reading], office: OfficeRecords) -> Iterator[Remark]:
    """letter-missing, letter-per-item: tasks that were answered and of which no letter came."""
    brought = {(each.task.number, each.task.department) for each in readings if each.task}
    numbers = {number for number, _ in brought}
    for task in office.tasks:
        if (task.number, task.department) in brought:
            continue
        answered = task.day("答复日期")
        if task.merged in numbers:
            yield make_remark(Found("letter-per-item", details={"number": task.number}), "")
        elif answered:
            details = {
                "number": task.number,
                "department": task.department,
                "date": day_in_words(answered),
            }
            yield make_remark(Found("letter-missing", details=details), "")


def _new_rounds(readings: Sequence[Reading], past: Sequence[Row], today: dt.date) -> Iterator[Row]:
    added: list[Row] = []
    for each in readings:
        if each.task:
            row = next_round([*past, *added], each.task.number, each.task.department,
                             each.paper.name, each.paper.sha256, each.errors, today)  # fmt: skip
            if row:
                added.append(row)
                yield row


def _summary(
    readings: Sequence[Reading],
    papers: Sequence[Paper],
    remarks: Sequence[Remark],
    known: Sequence[Row],
) -> Sequence[tuple[str, int]]:
    states = [read_standing(each, known) for each in readings]
    return [
        ("答复函", len(papers)),
        ("通过", sum(state.endswith("通过") for state in states)),
        ("退回整改", states.count("退回整改中")),
        ("认不出是哪一件的", states.count("认不出")),
        ("读不出来的", len(papers) - len(readings)),
        ("没有交来的", sum(not remark.file for remark in remarks)),
    ]
