"""What passes between the rooms: raw workbooks, and the typed dataset made from them.

All of it is frozen.  Rows and columns are numbered from 1, as Excel shows them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import pandas as pd

Made = TypeVar("Made")

Value = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
"""What a cell can hold once read; nothing is interpreted yet."""

Row = Mapping[str, object]
"""Typed values by the names of their columns."""
Records = Sequence[Row]

Spot = tuple[int, int]
"""Row and column of a cell."""

MARK_SHEET = "_标识"
"""The veryHidden sheet of our forms: rows (表种, name), (版本, number), (部门, owner).

Also one row (``BEGUN``, sheet, column, text, column, text …) for each row that the office has begun,
and in marked copies one (``SENT``, contents), see ``validation.generations``.
"""

BEGUN, SENT = "预填", "退改"

OWNER = "〈填报者〉"
"""The column of a return's tables that holds the owner; no heading is called so."""

Rows = Mapping[str, Sequence[Mapping[str, object]]]
"""What to write into a workbook: by sheet, records by column name."""

GUIDE_SHEET = "填写说明"
"""The sheet of our forms that says how they are filled in; it is read by people only."""
ISSUE_SHEET = "核查意见"
"""The sheet that our marked copies of workbooks have: what to correct."""


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


class Until(dt.date):
    """The last day of a period that was named without a day (2026年底), kept as ``written``."""

    written: str

    @classmethod
    def of(cls, day: dt.date, written: str) -> Until:
        """That day, under those words."""
        until = cls(day.year, day.month, day.day)
        until.written = written
        return until


def day_in_words(day: dt.date) -> str:
    """``2024年5月6日``, or what was written in its place: ``2026年底``."""
    return day.written if isinstance(day, Until) else parts_in_words(day.year, day.month, day.day)


def parts_in_words(year: int, month: int, day: int) -> str:
    """The same of three numbers, which need not be a day of the calendar."""
    return f"{year}年{month}月{day}日"


def list_begun_rows(begun: Mapping[str, Records]) -> list[Sequence[Any]]:
    """The rows of the mark for the rows, by sheet, that the office has begun."""
    return [
        (BEGUN, sheet, *(each for pair in row.items() for each in pair))
        for sheet, rows in begun.items()
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
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
    odd: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: Sequence[tuple[int, int, int, int]] = ()
    shown: Mapping[tuple[int, int], str] = field(default_factory=dict)
    struck: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    unseen: frozenset[tuple[int, int]] = frozenset()

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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True)
class Dataset:
    """What was filled in, cleaned and typed.

    ``tables``: by sheet name, one DataFrame with the declared columns (blank → None) and an index
    of places (file, sheet, row); every column is of dtype object.  Sheets of departments'
    workbooks are concatenated (with the office's sheet of the same name, if there is one) and
    carry one column more, ``OWNER`` (the owner's full name; None for the office).
    ``settings``: the 项目–内容 pairs of all such sheets.
    ``letters``: by (file, sheet) of every sheet read, the register first, the Excel letter of each
    declared column found there; for a sheet of pairs, the address of each item's 内容.
    ``tabs``: by (file, sheet), what a sheet is called in the file if not by its declared name.
    ``returned``: departments (full names) of which at least one workbook was read, with its files;
    whether anything is filled in there ``begun`` tells.
    ``unread``: departments that are named by files of which nothing could be read, with these.
    ``set_aside``: departments of which an older version of a workbook was left out, with its files.
    ``open``: by (file, sheet), rows that the office has begun for a department and that were left
    alone, each as what stands in it by column; they are in no table.
    ``blank``: files of departments that have filled in nothing: they stand as handed out.
    ``corrected``: files of departments that are marked copies of ours, sent back after correction.
    ``faulty``: (file, sheet, row, column) of cells in which an error was found, so that whoever
    compares cells need not report it again; what could not be read is None in the tables.
    """

    tables: Mapping[str, pd.DataFrame]
    settings: Mapping[str, object]
    letters: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    tabs: Mapping[tuple[str, str], str] = field(default_factory=dict)
    returned: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unread: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    set_aside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open: Mapping[tuple[str, str], Sequence[tuple[int, Mapping[str, str]]]] = field(
        default_factory=dict
    )
    blank: frozenset[str] = frozenset()
    corrected: frozenset[str] = frozenset()
    faulty: frozenset[tuple[str, str, int, str]] = frozenset()
    _derived: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def derive(self, make: Callable[[Dataset], Made]) -> Made:
        """What this makes of the dataset, made once: checks and report count the same things."""
        if make not in self._derived:
            self._derived[make] = make(self)
        made: Made = self._derived[make]
        return made

    @property
    def begun(self) -> Mapping[str, tuple[str, ...]]:
        """The departments that have filled in something: of ``returned``, with their files."""
        return {
            department: files
            for department, files in self.returned.items()
            if self.blank.isdisjoint(files)
        }
