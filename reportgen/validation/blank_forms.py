"""Which departments' workbooks stand as they were handed out: nothing is filled in yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reportgen.issues import Issue, Severity
from reportgen.validation.typed_table import Table


def blank_files(
    tables: Sequence[Table], owners: Mapping[str, str | None], issues: Iterable[Issue]
) -> frozenset[str]:
    """The workbooks of departments of which every cell that is theirs to fill is empty.

    Not where an error was found: there may be something that could not be read.
    """
    faulty = {issue.file for issue in issues if issue.severity is Severity.ERROR}
    begun = faulty | {table.file for table in tables if _is_filled(table)}
    departments = {owners.get(file) for file in begun}
    return frozenset(
        file for file, owner in owners.items() if owner is not None and owner not in departments
    )


def _is_filled(table: Table) -> bool:
    theirs = (table.values[c.name] for c in table.sheet.columns if not c.locked)
    return any(value is not None for values in theirs for value in values)
