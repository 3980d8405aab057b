"""What stands in the workbooks, to be looked at beside what is said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.data import RawSheet, column_letter, make_address, parse_address
from reportgen.facts.model import Fact
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
            shown = [
                list(_iter_cells(sheet, row, _name_columns(checked, file, tab, row), rows[row]))
                for row in sorted(rows)[:MOST_ROWS]
            ]
            found.append(ShownRows(file, tab, shown, max(0, len(rows) - MOST_ROWS)))
    return found


def _place_texts(
    checked: CheckedFolder, texts: Collection[str]
) -> Mapping[str, Sequence[tuple[str, str, int, int]]]:
    """Where each of these texts stands among the data: file, sheet, row, column."""
    found: dict[str, list[tuple[str, str, int, int]]] = {}
    for table in checked.dataset.tables.values():
        for file, name, row in table.index:
            tab = checked.dataset.tabs.get((file, name), name)
            sheet = _find_sheet(checked, file, tab)
            if sheet is None:
                continue
            for column in _name_columns(checked, file, tab, row):
                text = _show_value(sheet, row, column).rstrip(_END)
                if text in texts:
                    found.setdefault(text, []).append((file, tab, row, column))
    return found


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
