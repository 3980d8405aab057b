"""What a form lets one type: drop-downs, checks of dates and numbers, input messages."""

from __future__ import annotations

import datetime as dt

import openpyxl
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from reportgen.excel.cell_text import put, without_controls
from reportgen.schema.columns import Choice, Day, Ref, Whole
from reportgen.schema.model import Column

OPTIONS_SHEET = "_列表"
"""The veryHidden sheet that holds the lists of the drop-downs, one in each column."""


class Options:
    """The lists of one workbook's drop-downs; equal lists are kept once."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, ...], str] = {}

    def range_of(self, name: str, options: tuple[str, ...]) -> str | None:
        """Where the list will stand (``name`` heads it); None if it is empty."""
        if not options:
            return None
        self._names.setdefault(options, name)
        letter = get_column_letter(1 + list(self._names).index(options))
        return block(OPTIONS_SHEET, letter, 2, len(options) + 1)

    def write(self, book: openpyxl.Workbook) -> None:
        """Add the sheet with all lists asked for."""
        sheet = book.create_sheet(OPTIONS_SHEET)
        sheet.sheet_state = "veryHidden"
        for number, (options, name) in enumerate(self._names.items(), 1):
            for row, text in enumerate((name, *options), 1):
                put(sheet, row, number, text)
                sheet.cell(row, number).number_format = "@"


def block(sheet: str, letter: str, first: int, last: int) -> str:
    """A range of one column as formulas name it: ``'承办部门'!$A$4:$A$63``."""
    return f"{quote_sheetname(sheet)}!${letter}${first}:${letter}${last}"


def validation(column: Column, note: str, source: str | None) -> DataValidation | None:
    """What Excel checks and says at the cells of a column, or None if there is nothing to say.

    What the reader understands is never refused (``2024.5.6``, ``7件``, 简称, ``A类``): there Excel
    only asks back.  A cell for several names does not even ask.
    """
    rule = _check(column, source)
    if rule.type is None and not note:
        return None
    rule.allow_blank = True
    many = isinstance(column.type, Ref) and column.type.many
    if rule.type is not None and not many:
        rule.showErrorMessage = True
        rule.errorStyle = "stop" if _closed(column) else "warning"
        rule.errorTitle, rule.error = column.name[:32], _error(column, source)[:255]
    if note:
        rule.showInputMessage = True
        rule.promptTitle, rule.prompt = column.name[:32], without_controls(note)[:255]
    return rule


def _check(column: Column, source: str | None) -> DataValidation:
    if source:
        return DataValidation("list", formula1=source)
    match column.type:
        case Day(first=first, last=last):
            low, high = ((day - _DAY_ZERO).days for day in (first, last))
            return DataValidation("date", str(low), str(high), operator="between")
        case Whole(minimum=low, maximum=high):
            return DataValidation("whole", str(low), str(high), operator="between")
    return DataValidation()


def _closed(column: Column) -> bool:
    """Whether nothing but what the list holds can be understood."""
    match column.type:
        case Choice(aliases=aliases):
            return not aliases
        case Ref(also=also, labelled=labelled):
            return not also and not labelled
    return False


def _error(column: Column, source: str | None) -> str:
    if source and _closed(column):
        return "请从下拉列表中选择。"
    if source:
        return "列表中没有这一项。请核对后再填，最好从下拉列表中选择。"
    match column.type:
        case Day(first=first, last=last):
            return f"请填写{first.year}年至{last.year}年之间的日期，如：{column.type.example}。"
        case Whole(minimum=low, maximum=high):
            return f"请填写{low}至{high}之间的整数。"
    return ""


_DAY_ZERO = dt.date(1899, 12, 30)
"""Day 0 of Excel's calendar."""
