"""What passes between the rooms: the typed dataset, days in words, what our forms are marked with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import pandas as pd

Made = TypeVar("Made")

Row = Mapping[str, object]
"""Typed values by the names of their columns."""
Records = Sequence[Row]

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
