"""How columns make a sheet and sheets a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from reportgen.schema.columns import ColumnType, Ref
from reportgen.schema.rules import Rule


@dataclass(frozen=True)
class Column:
    """One column of a table, or one 项目 of a sheet of pairs.

    ``note`` says what to fill in (input message and 填写说明); ``locked`` cells are prefilled by
    the office and may not be changed; ``once`` values may not repeat in the sheet;
    ``default`` stands where a pair is left empty.  ``added``: since the first edition, so that a
    workbook may lack it; it is then read as empty.
    """

    name: str
    type: ColumnType
    note: str = ""
    required: bool = False
    locked: bool = False
    once: bool = False
    width: int = 12
    default: object = None
    added: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet: a table with a header row, or ``pairs`` of 项目 and 内容.

    ``blank_rows``: how many rows the blank form prepares.  ``required``: must hold a row.
    ``added``: as of a column.  ``usual``: the rows that hold where none is filled in.
    """

    name: str
    columns: tuple[Column, ...]
    instruction: str
    rules: tuple[Rule, ...] = ()
    layout: Literal["table", "pairs"] = "table"
    blank_rows: int = 60
    required: bool = False
    added: bool = False
    usual: tuple[Mapping[str, str], ...] = ()

    def column(self, name: str) -> Column:
        """The declared column of that name; KeyError if there is none."""
        return next(column for column in self.columns if column.name == name)

    @property
    def optional(self) -> bool:
        """Whether a workbook may lack it: nothing is handed out in it and nobody must fill it."""
        return not self.required and not any(column.locked for column in self.columns)

    @property
    def key(self) -> Column | None:
        """The column whose values may not repeat, if one is declared."""
        return next((column for column in self.columns if column.once), None)


@dataclass(frozen=True)
class Workbook:
    """A standard workbook: ``name`` is its kind and its file's stem, ``version`` its edition.

    ``owner``: where the names stand of those who each fill one (the departments); such a workbook
    is marked with its owner's name.
    """

    name: str
    version: int
    sheets: tuple[Sheet, ...]
    owner: Ref | None = None
    purpose: str = ""

    @property
    def owned(self) -> bool:
        """Whether there is one per department, not one for all."""
        return self.owner is not None

    def sheet(self, name: str) -> Sheet:
        """The declared sheet of that name; StopIteration if there is none."""
        return next(sheet for sheet in self.sheets if sheet.name == name)
