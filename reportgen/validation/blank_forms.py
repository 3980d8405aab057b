"""Which departments' workbooks stand as they were handed out: nothing is filled in yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reportgen.issues import Issue, Severity
from reportgen.validation.typed_table import UNREAD, Table

_Cell = tuple[str, str, str]
"""File, sheet and column."""


def find_blank_files(
    tables: Sequence[Table], owners: Mapping[str, str | None], issues: Iterable[Issue]
) -> frozenset[str]:
    """The workbooks of departments of which every cell that is theirs to fill is empty.

    Not where an error was found, other than that such a cell is empty: there may be something that
    could not be read.
    """
    theirs = _cells_to_fill(tables)
    faulty = {
        issue.file
        for issue in issues
        if issue.severity is Severity.ERROR and not _is_gap(issue, theirs)
    }
    begun = faulty | {table.file for table in tables if _is_filled(table)}
    departments = {owners.get(file) for file in begun}
    return frozenset(
        file for file, owner in owners.items() if owner is not None and owner not in departments
    )


def without_gaps(
    issues: Iterable[Issue], tables: Sequence[Table], blank: frozenset[str]
) -> list[Issue]:
    """The issues, but not cell by cell what a workbook lacks of which nothing is filled in."""
    theirs = _cells_to_fill(tables)
    return [one for one in issues if one.file not in blank or not _is_gap(one, theirs)]


def _is_gap(issue: Issue, theirs: set[_Cell]) -> bool:
    return issue.code == "required" and (issue.file, issue.sheet, issue.column) in theirs


def _cells_to_fill(tables: Sequence[Table]) -> set[_Cell]:
    return {
        (table.file, table.sheet.name, column.name)
        for table in tables
        for column in table.sheet.columns
        if not column.locked
    }


def _is_filled(table: Table) -> bool:
    theirs = (table.values[c.name] for c in table.sheet.columns if not c.locked)
    return any(value is not None and value is not UNREAD for values in theirs for value in values)
