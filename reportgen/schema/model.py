"""How columns make a sheet and sheets a workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from reportgen.schema.amounts import Quantity
from reportgen.schema.columns import ColumnType, Ref, WholeNumber
from reportgen.schema.rules import Rule


class Stage(IntEnum):
    """How far the year has come; what is required may be due at a later stage only."""

    HAND_OUT = 1
    """交办"""
    CHECK = 2
    """核查"""
    REPORT = 3
    """报告"""


@dataclass(frozen=True)
class Column:
    """One column of a table, or one 项目 of a sheet of pairs.

    ``note`` says what to fill in (input message and 填写说明); ``locked`` cells are prefilled by
    the office and may not be changed; ``due``: from which stage on a ``required`` one is missed;
    ``once`` values may not repeat in the sheet;
    ``default`` stands where a pair is left empty.  ``added``: since the first edition, so that a
    workbook may lack it; it is then read as empty.
    """

    name: str
    type: ColumnType
    note: str = ""
    required: bool = False
    due: Stage = Stage.HAND_OUT
    locked: bool = False
    once: bool = False
    width: int = 12
    default: object = None
    added: bool = False

    def __post_init__(self) -> None:
        """``金额（万元）`` must say so to its type: else 2.5万 would count as 25000 of 万元.

        Raises:
            ValueError: the type counts in another unit than the heading names.
        """
        stated = _LARGE_UNIT.search(self.name)
        units = (
            (self.type.unit,) if isinstance(self.type, Quantity)
            else self.type.units if isinstance(self.type, WholeNumber) else None
        )  # fmt: skip
        if stated and units is not None and stated[1] not in units:
            raise ValueError(f"column {self.name}: its type must count in {stated[1]}")


_LARGE_UNIT = re.compile(r"[（(]([万亿][^（）()]+)[）)]$")
"""A unit of tens of thousands or more behind a heading."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: a table with a header row, or ``pairs`` of 项目 and 内容.

    ``blank_rows``: how many rows the blank form prepares.  ``required``: must hold a row, from the
    stage ``due`` on.  ``added``: as of a column.  ``usual``: the rows that hold where none is filled in.
    ``unless``: a setting that, answered 是, says that there is nothing to fill in after all.
    ``added_up``: columns of which rows may be the parts of a total (合计) in the same sheet; ``whole``:
    what the first column calls such a total.
    """

    name: str
    columns: tuple[Column, ...]
    instruction: str
    rules: tuple[Rule, ...] = ()
    layout: Literal["table", "pairs"] = "table"
    blank_rows: int = 60
    required: bool = False
    due: Stage = Stage.HAND_OUT
    unless: str = ""
    added: bool = False
    usual: tuple[Mapping[str, str], ...] = ()
    added_up: tuple[str, ...] = ()
    whole: str = ""

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
