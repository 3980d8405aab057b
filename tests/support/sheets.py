"""Workbooks written as Markdown tables, so that a test's input can be read beside its outcome.

A sheet is ``## name`` and a table; the first row of the table is row 1 of the sheet, the cell
under the first heading is in column A.  ``12`` is a number, ``'12`` a text that looks like one,
``2024-05-06`` stays text as people type it; ``=…`` is a formula without a result, ``#…!`` an error
value.  ``\\n`` in a cell is a line break.
"""

from __future__ import annotations

import re

from reportgen.data import MARK_SHEET
from reportgen.raw import RawSheet, RawWorkbook, Value, parse_address


def workbook(file: str, text: str, *, mark: dict[str, Value] | None = None) -> RawWorkbook:
    """``file`` with the sheets in ``text``, and our hidden mark if one is given."""
    parts = re.split(r"^## *(.+?) *$", text, flags=re.MULTILINE)
    sheets = [sheet(name, body) for name, body in zip(parts[1::2], parts[2::2], strict=True)]
    if mark is not None:
        sheets.append(RawSheet(MARK_SHEET, list(mark.items())))
    return RawWorkbook(file, sheets)


def sheet(name: str, table: str, *, first_row: int = 1) -> RawSheet:
    """One sheet; the line under the heading (``|---|``) is not a row."""
    lines = [line.strip() for line in table.splitlines() if line.strip().startswith("|")]
    cells = [[part.strip() for part in line[1:].rstrip("|").split("|")] for line in lines]
    grid = [row for row in cells if not all(re.fullmatch(":?-{2,}:?", cell) for cell in row)]
    odd = {
        (first_row + r, 1 + c): cell
        for r, row in enumerate(grid)
        for c, cell in enumerate(row)
        if cell.startswith(("=", "#"))
    }
    return RawSheet(name, [[_value(cell) for cell in row] for row in grid], first_row, 1, odd)


def changed(book: RawWorkbook, name: str, cell: str, value: Value) -> RawWorkbook:
    """The workbook with one cell of one sheet replaced."""
    row, column = parse_address(cell)
    sheets = [_changed(s, row, column, value) if s.name == name else s for s in book.sheets]
    return RawWorkbook(book.file, sheets)


def _changed(raw: RawSheet, row: int, column: int, value: Value) -> RawSheet:
    width = max(column, *(len(cells) for cells in raw.rows))
    rows = [[*cells, *[None] * (width - len(cells))] for cells in raw.rows]
    rows += [[None] * width for _ in range(row - len(rows))]
    odd = {spot: text for spot, text in raw.odd.items() if spot != (row, column)}
    if isinstance(value, str) and value.startswith(("=", "#")):
        odd[row, column] = value
        value = None
    rows[row - raw.first_row][column - raw.first_column] = value
    return RawSheet(raw.name, rows, raw.first_row, raw.first_column, odd)


def _value(cell: str) -> Value:
    if not cell or cell.startswith(("=", "#")):
        return None
    if re.fullmatch(r"-?\d+(\.\d+)?", cell):
        return float(cell)
    return cell.removeprefix("'").replace("\\n", "\n")
