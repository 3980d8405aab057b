"""Random cases: a valid one gives no 错误; one damaged cell gives one issue, at that cell.

Damage that cannot be seen from the cell itself is not tried here: a name of the register that is
still a name says nothing of itself, and what it should have been is missed where it is used.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.issues import Issue, Severity, arrange_issues
from reportgen.raw import RawWorkbook, Value, make_address
from reportgen.reports import KINDS
from reportgen.schema.amounts import Quantity
from reportgen.schema.columns import Choice, Day, Ref, WholeNumber
from reportgen.schema.model import Column, Sheet, Workbook
from reportgen.validation import validate_workbooks
from tests.support.generate import case, raw_workbooks
from tests.support.sheets import changed

KIND = KINDS[0]
SEEDS = range(8)

NOT_A_DAY: tuple[Value, ...] = ("待定", "2023年9月31日", "23.5.6", "5月6日", 7, True, "2023-5-6前")
NOT_A_COUNT: tuple[Value, ...] = ("若干", "约30", "七八件", 7.5, "98%", -3, dt.date(2023, 1, 1))
NOT_A_QUANTITY: tuple[Value, ...] = ("若干", "1.2万元", "85%", -3, "余", dt.date(2023, 1, 1))
ERRORS: tuple[Value, ...] = ("#REF!", "#N/A", "=A1+1")


@dataclass(frozen=True)
class Cell:
    """A cell of a record: where it stands, and what is declared for it."""

    file: str
    sheet: Sheet
    column: Column
    name: str
    filled: bool

    def damages(self) -> tuple[Value, ...]:
        """Contents that are wrong whatever else the workbooks hold."""
        required = self.filled and self.column.required and self.column.default is None
        blank = (None, "　 ") if required else ()
        return (*ERRORS, *blank, *self._of_another_kind())

    def _of_another_kind(self) -> tuple[Value, ...]:
        match self.column.type:
            case Day():
                return NOT_A_DAY
            case WholeNumber():
                return NOT_A_COUNT
            case Quantity():
                return NOT_A_QUANTITY
            case Choice():
                return ("不在列表里的", 7)
            case Ref(sheet=sheet) if sheet != self.sheet.name:
                return ("查无此名", 999999)
        return ()


@cache
def books(seed: int) -> tuple[RawWorkbook, ...]:
    """A random case of a few suggestions."""
    sizes = random.Random(seed)
    sample = case(sizes.randint(1, 9), sizes.randint(1, 5), seed, rare=seed % 2 == 0)
    return tuple(raw_workbooks(sample))


@cache
def cells(seed: int) -> tuple[Cell, ...]:
    """Every cell of a record."""
    return tuple(cell for book in books(seed) for cell in _cells(book, _declared(book)))


def _declared(book: RawWorkbook) -> Workbook:
    return KIND.returned if book.file.startswith("填报/") else KIND.register


def _cells(book: RawWorkbook, declared: Workbook) -> Iterator[Cell]:
    for sheet in declared.sheets:
        raw = book.sheet(sheet.name)
        assert raw is not None or sheet.optional
        for row, values in enumerate(raw.rows[1:] if raw else (), 2):
            for number, value in enumerate(values, 1):
                pairs = sheet.layout == "pairs"
                if not (pairs and number == 1):
                    column = sheet.columns[row - 2 if pairs else number - 1]
                    yield Cell(
                        book.file, sheet, column, make_address(row, number), value is not None
                    )


def issues(given: tuple[RawWorkbook, ...]) -> list[Issue]:
    """What checking finds."""
    dataset, found = validate_workbooks(given, tuple(KIND.workbooks))
    return list(arrange_issues([*found, *KIND.check(dataset)], dataset.letters))


@cache
def reminders(seed: int) -> frozenset[tuple[str, str, str, str]]:
    """What is still open in a valid case."""
    return frozenset(map(_place, issues(books(seed))))


def _place(issue: Issue) -> tuple[str, str, str, str]:
    return issue.code, issue.file, issue.sheet, issue.cell


@pytest.mark.parametrize("seed", SEEDS)
def test_a_valid_case_gives_no_error(seed: int) -> None:
    found = issues(books(seed))
    assert [issue for issue in found if issue.severity is Severity.ERROR] == []


@settings(max_examples=80)
@given(st.sampled_from(SEEDS), st.data())
def test_a_damaged_cell_is_one_issue_at_that_cell(seed: int, data: st.DataObject) -> None:
    cell = data.draw(st.sampled_from(cells(seed)))
    content = data.draw(st.sampled_from(cell.damages()))
    found = issues(
        tuple(
            changed(book, cell.sheet.name, cell.name, content) if book.file == cell.file else book
            for book in books(seed)
        )
    )
    new = [issue for issue in found if _place(issue) not in reminders(seed)]
    assert [(issue.file, issue.sheet, issue.cell) for issue in new] == [
        (cell.file, cell.sheet.name, cell.name)
    ], (cell, content)
    assert new[0].severity is Severity.ERROR
