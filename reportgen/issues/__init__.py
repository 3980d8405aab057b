"""The catalogue of everything that can be wrong in a filled workbook, and ``Issue``.

What only one kind of report knows stands with the kind, which declares it here when it is loaded.

An ``Issue`` is a value: it is collected, shown, written into marked copies, never raised.  Its
text is made here and only here: where · what · what to do.  ``{value}`` is the cell's content as
typed, other names are the issue's details.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from reportgen.glyphs import name_strange_signs
from reportgen.issues.about_cells import CELLS_AND_ROWS
from reportgen.issues.about_files import FILES_AND_SHEETS
from reportgen.issues.about_units import UNITS
from reportgen.issues.issue_kind import IssueKind, Severity
from reportgen.raw import parse_address

__all__ = [
    "CATALOGUE", "NOT_YET_DUE", "Issue", "IssueKind", "Severity", "arrange_issues", "declare",
    "name_sheets_as_in_files",
]  # fmt: skip

CATALOGUE: dict[str, IssueKind] = FILES_AND_SHEETS | CELLS_AND_ROWS | UNITS

_LONGEST = 60
"""So many characters of a cell are quoted in a message."""


def declare(codes: Mapping[str, IssueKind], kind: str) -> None:
    """Add the issues of a ``kind`` of report to the catalogue.

    Raises:
        ValueError: a code stands for something else already, in the core or in another kind.
    """
    taken = [code for code, said in codes.items() if CATALOGUE.get(code, said) != said]
    if taken:
        raise ValueError(
            f"{kind}: these issue codes stand for something else already, choose others: {', '.join(taken)}"
        )
    CATALOGUE.update(codes)


NOT_YET_DUE = ("required-later", "empty-later")
"""What is missing, but needed only at a later stage of the year."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong, at one place.  ``cell`` is empty where a whole sheet or file is meant.

    ``given``: a column of the same row on which the judgement rests.  ``outward``: it is said to the
    one who filled in the workbook, not to the office.
    """

    code: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    column: str = ""
    value: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    given: str = ""
    outward: bool = False

    @property
    def row(self) -> int:
        """Excel's row number, 0 without a cell."""
        return parse_address(self.cell)[0] if self.cell else 0

    @property
    def severity(self) -> Severity:
        """错误 or 提醒, from the catalogue."""
        return CATALOGUE[self.code].severity

    @property
    def message(self) -> str:
        """What is wrong, in one Chinese clause; signs that do not look like what they are, named."""
        signs = name_strange_signs(self.value + self.details.get("name", ""))
        hint = f"（里面有{signs}）" if signs and self.severity is Severity.ERROR else ""
        kind = CATALOGUE[self.code]
        return self._filled((self.outward and kind.told) or kind.message) + hint

    @property
    def remedy(self) -> str:
        """What to do about it."""
        kind = CATALOGUE[self.code]
        return self._filled((self.outward and kind.asked) or kind.remedy)

    @property
    def place(self) -> str:
        """Sheet and cell, as one would look for them: ``“办理情况”表 I6``."""
        return f"“{self.sheet}”表 {self.cell}".rstrip() if self.sheet else ""

    def _filled(self, pattern: str) -> str:
        return pattern.format_map(
            _Words({"column": self.column, "value": _quote_value(self.value), **self.details})
        )


class _Words(dict[str, str]):
    """A detail that was not given leaves no trace in the sentence."""

    def __missing__(self, key: str) -> str:
        return ""


def _quote_value(value: str) -> str:
    """A cell's content on one line, cut where it would drown the message."""
    text = " ".join(value.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def arrange_issues(issues: Iterable[Issue], sheets: Iterable[tuple[str, str]]) -> tuple[Issue, ...]:
    """In the order in which one goes through the files: file, sheet, row, column.

    What rests on a cell that is itself found wrong is left out: one fault is one issue.
    ``sheets``: (file, sheet) in that order, as in ``Dataset.letters``; other files come last.
    """
    ranks = {place: rank for rank, place in enumerate(sheets, 1)}
    files: dict[str, int] = {}
    for (file, _), rank in ranks.items():
        files.setdefault(file, rank)

    def key(issue: Issue) -> tuple[object, ...]:
        file = files.get(issue.file, len(ranks) + 1)
        sheet = ranks.get((issue.file, issue.sheet), 0)
        return (
            file,
            issue.file,
            sheet,
            issue.sheet,
            parse_address(issue.cell) if issue.cell else (0, 0),
        )

    return tuple(sorted(_drop_dependent(list(issues)), key=key))


def _drop_dependent(issues: Iterable[Issue]) -> Iterator[Issue]:
    wrong = {
        (issue.file, issue.sheet, issue.row, issue.column)
        for issue in issues
        if issue.severity is Severity.ERROR
    }
    for issue in issues:
        if (issue.file, issue.sheet, issue.row, issue.given) not in wrong or not issue.given:
            yield issue


def name_sheets_as_in_files(
    issues: Iterable[Issue], tabs: Mapping[tuple[str, str], str]
) -> tuple[Issue, ...]:
    """The issues with each sheet called as it is in its file (``Dataset.tabs``)."""
    return tuple(
        replace(issue, sheet=tabs.get((issue.file, issue.sheet), issue.sheet)) for issue in issues
    )
