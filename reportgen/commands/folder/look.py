"""What stands in the workbooks, to be looked at beside what is said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reportgen.facts.model import Fact
from reportgen.raw import RawSheet, Spot, column_letter, parse_address
from reportgen.schema.columns import to_plain_text

if TYPE_CHECKING:
    from reportgen.commands.check import CheckedFolder
    from reportgen.issues import Issue
    from reportgen.reports.check_result import CheckOutcome

MOST_ROWS = 40
"""So many rows are shown of the cells behind a figure."""
_WIDEST = 30
"""So many columns of a row."""
_END = "。； "
_SHORT = 4
"""Texts of so many signs stand in many rows."""


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
    return _show_place(_find_sheet(checked, file, sheet), cell)


def show_issues(
    checked: CheckedFolder, outcome: CheckOutcome, most: int
) -> Mapping[str, Sequence[tuple[Issue, ShownRow]]]:
    """By department, so many of its issues, each with the row in which it stands; first those of none."""
    shown = {department: issues[:most] for department, issues in outcome.by_department.items()}
    places = {(issue.file, issue.sheet) for issues in shown.values() for issue in issues}
    sheets = {place: _find_sheet(checked, *place) for place in places}
    return {
        department: [
            (issue, _show_place(sheets[issue.file, issue.sheet], issue.cell)) for issue in issues
        ]
        for department, issues in shown.items()
        if issues
    }


def show_cells(checked: CheckedFolder, facts: Iterable[Fact]) -> list[ShownRows]:
    """The rows in which the cells behind figures stand, by file and sheet, these cells marked."""
    marked: _Marked = {}
    for cells in (cells for fact in facts for cells in fact.source.cells):
        tab = checked.dataset.tabs.get((cells.file, cells.sheet), cells.sheet)
        _, column = parse_address(f"{cells.column}1")
        for row in (row for first, last in cells.rows for row in range(first, last + 1)):
            _mark(marked, cells.file, tab, row, column)
    return _show_marked(checked, marked)


def show_quoted(checked: CheckedFolder, texts: Iterable[Sequence[str]]) -> list[ShownRows]:
    """The rows in which texts stand that a table quotes, by file and sheet, as they are but for a full stop.

    ``texts``: of the cells of each of its rows.  A row is meant where the longest of them stands,
    or two of them.
    """
    rows = [[text.rstrip(_END) for text in row if len(text) > _SHORT] for row in texts]
    places = _place_texts(checked, {text for row in rows for text in row})
    marked: _Marked = {}
    for row in rows:
        found = [place for text in set(row) for place in places.get(text, ())]
        longest = max((text for text in row if text in places), key=len, default="")
        meant = {place[:3] for place in places.get(longest, ())}
        meant |= {at for at, count in Counter(place[:3] for place in found).items() if count > 1}
        for place in found:
            if place[:3] in meant:
                _mark(marked, *place)
    return _show_marked(checked, marked)


_Marked = dict[tuple[str, str], dict[int, set[int]]]
"""By file and sheet, the columns that are meant by row."""


def _mark(marked: _Marked, file: str, tab: str, row: int, column: int) -> None:
    marked.setdefault((file, tab), {}).setdefault(row, set()).add(column)


def _show_marked(checked: CheckedFolder, marked: _Marked) -> list[ShownRows]:
    found = []
    for (file, tab), rows in marked.items():
        sheet = _find_sheet(checked, file, tab)
        if sheet is not None:
            shown = [list(sheet.show_row(row, rows[row])) for row in sorted(rows)[:MOST_ROWS]]
            found.append(ShownRows(file, tab, shown, max(0, len(rows) - MOST_ROWS)))
    return found


def _place_texts(
    checked: CheckedFolder, texts: Collection[str]
) -> Mapping[str, Sequence[tuple[str, str, int, int]]]:
    """Where each of these texts stands among the data: file, sheet, row, column."""
    found: dict[str, list[tuple[str, str, int, int]]] = {}
    for (file, name), rows in _group_rows(checked).items():
        tab = checked.dataset.tabs.get((file, name), name)
        sheet = _find_sheet(checked, file, tab)
        if sheet is None:
            continue
        for row in rows:
            for column in sheet.columns(row):
                text = sheet.show_value(row, column).rstrip(_END)
                if text in texts:
                    found.setdefault(text, []).append((file, tab, row, column))
    return found


def _group_rows(checked: CheckedFolder) -> Mapping[tuple[str, str], Sequence[int]]:
    """The rows of all records by file and declared sheet."""
    found: dict[tuple[str, str], list[int]] = {}
    for table in checked.dataset.tables.values():
        for file, name, row in table.index:
            found.setdefault((file, name), []).append(row)
    return found


def _show_place(sheet: _SeenSheet | None, cell: str) -> ShownRow:
    if sheet is None or not cell:
        return ()
    row, column = parse_address(cell)
    return list(sheet.show_row(row, {column}))


def _find_sheet(checked: CheckedFolder, file: str, tab: str) -> _SeenSheet | None:
    book = next((book for book in checked.workbooks if book.file == file), None)
    raw = book.sheet(tab) if book else None
    data = checked.dataset
    declared = next((name for (f, name), t in data.tabs.items() if (f, t) == (file, tab)), tab)
    return _SeenSheet(raw, data.letters.get((file, declared), {})) if raw else None


@dataclass(frozen=True)
class _SeenSheet:
    """A sheet as filled in; ``letters``: of its declared columns, as of ``Dataset``."""

    raw: RawSheet
    letters: Mapping[str, str]

    def columns(self, row: int) -> Mapping[int, tuple[str, str]]:
        """The declared columns by number, heading and letter; of a sheet of pairs the one 内容 of that row."""
        if self._items:
            return {
                column: (name, column_letter(column))
                for (at, column), name in self._items.items()
                if at == row
            }
        return self._columns

    def show_row(self, row: int, marked: Collection[int]) -> Iterator[ShownCell]:
        """The declared columns, and those that are meant if they are no declared ones."""
        declared = self.columns(row)
        for column in sorted({*declared, *marked})[:_WIDEST]:
            heading, letter = declared.get(column) or (column_letter(column),) * 2
            text = self.show_value(row, column)
            yield ShownCell(heading, f"{letter}{row}", text, column in marked)

    def show_value(self, row: int, column: int) -> str:
        """What one sees in a cell; of a formula without a result the formula."""
        seen = self.raw.shown.get((row, column)) or self.raw.odd.get((row, column))
        value = self.raw.at(row, column)
        return seen or ("" if value is None else to_plain_text(value))

    @cached_property
    def _columns(self) -> Mapping[int, tuple[str, str]]:
        return {
            parse_address(f"{letter}1")[1]: (name, letter) for name, letter in self.letters.items()
        }

    @cached_property
    def _items(self) -> Mapping[Spot, str]:
        """Of a sheet of pairs, where the 内容 of each stands."""
        return {
            parse_address(place): name
            for name, place in self.letters.items()
            if place[-1:].isdecimal()
        }
