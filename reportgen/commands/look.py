"""What stands in the workbooks and in a report, to be looked at beside what is said of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.data import RawSheet, column_letter, make_address, parse_address
from reportgen.facts.model import Cells, Fact
from reportgen.schema.columns import to_plain_text

if TYPE_CHECKING:
    from reportgen.commands.check import CheckedFolder
    from reportgen.issues import Issue
    from reportgen.reports.check_result import CheckOutcome
    from reportgen.word.document.reader import ReportReading

MOST_ROWS = 40
"""So many rows are shown of the cells behind a figure."""
_WIDEST = 30
"""So many columns of a row."""


@dataclass(frozen=True)
class ShownCell:
    """One cell as filled in: its column's heading, its address, its text; ``marked``: it is meant."""

    heading: str
    address: str
    text: str
    marked: bool = False


ShownRow = Sequence[ShownCell]


@dataclass(frozen=True)
class ShownRows:
    """Rows of one sheet, with the headings they share."""

    file: str
    sheet: str
    rows: Sequence[ShownRow]
    left_out: int = 0

    @property
    def headings(self) -> Sequence[str]:
        """Those of the first row."""
        return [cell.heading for cell in self.rows[0]] if self.rows else []


def show_row(checked: CheckedFolder, file: str, sheet: str, cell: str) -> ShownRow:
    """The row in which a cell stands, as filled in; empty where there is none to show.

    ``sheet``: as it is called in the file.
    """
    found = _find_sheet(checked, file, sheet)
    if found is None or not cell:
        return ()
    row, column = parse_address(cell)
    return list(_iter_cells(found, row, _name_columns(checked, file, sheet, row), {column}))


def show_issues(
    checked: CheckedFolder, outcome: CheckOutcome, most: int
) -> Mapping[str, Sequence[tuple[Issue, ShownRow]]]:
    """By department, so many of its issues, each with the row in which it stands; first those of none."""
    return {
        department: [
            (issue, show_row(checked, issue.file, issue.sheet, issue.cell))
            for issue in issues[:most]
        ]
        for department, issues in outcome.by_department.items()
        if issues
    }


def show_cells(checked: CheckedFolder, fact: Fact) -> list[ShownRows]:
    """The rows in which the cells behind a figure stand, by file and sheet, its own cells marked."""
    return [shown for cells in fact.source.cells if (shown := _show_span(checked, cells)).rows]


def _show_span(checked: CheckedFolder, cells: Cells) -> ShownRows:
    tab = checked.dataset.tabs.get((cells.file, cells.sheet), cells.sheet)
    sheet = _find_sheet(checked, cells.file, tab)
    rows = [row for first, last in cells.rows for row in range(first, last + 1)]
    if sheet is None:
        return ShownRows(cells.file, tab, ())
    _, column = parse_address(f"{cells.column}1")
    shown = [
        list(_iter_cells(sheet, row, _name_columns(checked, cells.file, tab, row), {column}))
        for row in rows[:MOST_ROWS]
    ]
    return ShownRows(cells.file, tab, shown, max(0, len(rows) - MOST_ROWS))


def _find_sheet(checked: CheckedFolder, file: str, tab: str) -> RawSheet | None:
    book = next((book for book in checked.workbooks if book.file == file), None)
    return book.sheet(tab) if book else None


def _name_columns(checked: CheckedFolder, file: str, tab: str, row: int) -> Mapping[int, str]:
    """The declared columns of a sheet by number; of a sheet of pairs the one 内容 of that row."""
    data = checked.dataset
    declared = next((name for (f, name), t in data.tabs.items() if (f, t) == (file, tab)), tab)
    letters = data.letters.get((file, declared), {})
    found: dict[int, str] = {}
    for name, place in letters.items():
        if place[-1:].isdecimal():
            at, column = parse_address(place)
            found |= {column: name} if at == row else {}
        else:
            found[parse_address(f"{place}1")[1]] = name
    return found


def _iter_cells(
    sheet: RawSheet, row: int, names: Mapping[int, str], marked: Collection[int]
) -> Iterator[ShownCell]:
    """The declared columns, and those that are meant if they are no declared ones."""
    for column in sorted({*names, *marked})[:_WIDEST]:
        yield ShownCell(
            names.get(column, column_letter(column)),
            make_address(row, column),
            _show_value(sheet, row, column),
            column in marked,
        )


def _show_value(sheet: RawSheet, row: int, column: int) -> str:
    """What one sees in a cell; of a formula without a result the formula."""
    seen = sheet.shown.get((row, column)) or sheet.odd.get((row, column))
    value = sheet.at(row, column)
    return seen or ("" if value is None else to_plain_text(value))


# a report


@dataclass(frozen=True)
class ShownReport:
    """A report to be looked at: what it shows, and its figures by key."""

    reading: ReportReading
    facts: Mapping[str, Fact]

    @property
    def pictures(self) -> Mapping[int, int]:
        """By number of the body's paragraph it stands in, which picture it is."""
        body = {paragraph.part for paragraph in self.reading.content.paragraphs}
        return {
            picture.number: index
            for index, picture in enumerate(self.reading.content.pictures)
            if picture.part in body
        }


def look_at(path: Path) -> ShownReport:
    """A report as it stands now, edited or not; works on the .docx alone.

    Raises:
        ReportError: it cannot be read, or is no report of ours.
    """
    from reportgen.facts.model import from_json  # noqa: PLC0415
    from reportgen.word.document.reader import read_report  # noqa: PLC0415

    reading = read_report(workspace.read_document(path))
    return ShownReport(reading, from_json(reading.record["facts"]))
