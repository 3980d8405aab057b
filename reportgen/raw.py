"""Workbooks as they were read: cells of sheets, uninterpreted.

What the process that parses them needs to know.  Rows and columns are numbered from 1, as Excel shows
them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Value = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
"""What a cell can hold once read; nothing is interpreted yet."""

Spot = tuple[int, int]
"""Row and column of a cell."""

PICTURE = "=图片"
"""Stands in ``RawSheet.odd`` for a picture inside a cell."""


def column_letter(column: int) -> str:
    """``1 → A``, ``27 → AA``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def make_address(row: int, column: int) -> str:
    """The cell's name in Excel: ``make_address(7, 2) == "B7"``."""
    return f"{column_letter(column)}{row}"


def parse_address(cell: str) -> tuple[int, int]:
    """Row and column of a cell's name: ``parse_address("B7") == (7, 2)``."""
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(cell[len(letters) :]), column


@dataclass(frozen=True)
class RawSheet:
    """A sheet's cells as they stood: ``rows[0][0]`` is the cell (first_row, first_column).

    ``odd`` tells of cells whose value cannot be trusted, by (row, column): an error value such as
    ``#REF!``, or the text of a formula that has no stored result (begins with ``=``), or ``PICTURE``.
    ``merged``: (top, left, bottom, right) of merged cells; the value stands in the first of them.
    ``shown``: the text that one sees where it is not what is stored (15.7 for 15.666…); ``struck``:
    cells whose content is struck through, in part at least; ``unseen``: white or tiny, likewise.
    """

    name: str
    rows: Sequence[Sequence[Value]]
    first_row: int = 1
    first_column: int = 1
    odd: Mapping[Spot, str] = field(default_factory=dict)
    merged: Sequence[tuple[int, int, int, int]] = ()
    shown: Mapping[Spot, str] = field(default_factory=dict)
    struck: frozenset[Spot] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    unseen: frozenset[Spot] = frozenset()

    def at(self, row: int, column: int) -> Value:
        """The value of one cell; None outside the used range."""
        r, c = row - self.first_row, column - self.first_column
        if 0 <= r < len(self.rows) and 0 <= c < len(self.rows[r]):
            return self.rows[r][c]
        return None

    def down(self, column: int, rows: Sequence[int]) -> list[Value]:
        """The values of one column in these rows, which ascend."""
        c = column - self.first_column
        if c < 0:
            return [None] * len(rows)
        return [line[c] if c < len(line) else None for line in self._lines(rows)]

    def _lines(self, rows: Sequence[int]) -> Sequence[Sequence[Value]]:
        """Most tables have no gaps: then their lines are one slice."""
        first, last = self.first_row, self.first_row + len(self.rows)
        if rows and first <= rows[0] and rows[-1] - rows[0] == len(rows) - 1 < last - rows[0]:
            return self.rows[rows[0] - first : rows[-1] - first + 1]
        return [self.rows[row - first] if first <= row < last else () for row in rows]


@dataclass(frozen=True)
class RawWorkbook:
    """One workbook as read. ``file`` is its path relative to the working folder, with ``/``.

    ``active``: what in it acts by itself or fetches from elsewhere, in words: 宏, 外部链接.
    """

    file: str
    sheets: Sequence[RawSheet]
    active: tuple[str, ...] = ()

    def sheet(self, name: str) -> RawSheet | None:
        """The sheet of that name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)
