"""What a form lets one type: drop-downs, checks of dates and numbers, input messages."""

from __future__ import annotations

import datetime as dt

import openpyxl
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from reportgen.excel.cell_text import drop_controls, write_cell
from reportgen.schema.columns import Choice, Day, Ref, WholeNumber
from reportgen.schema.model import Column

OPTIONS_SHEET = "_列表"
"""The veryHidden sheet that holds the lists of the drop-downs, one in each column."""


class DropdownLists:
    """The lists of one workbook's drop-downs; equal lists are kept once."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, ...], str] = {}

    def range_of(self, name: str, options: tuple[str, ...]) -> str | None:
        """Where the list will stand (``name`` heads it); None if it is empty."""
        if not options:
            return None
        self._names.setdefault(options, name)
        letter = get_column_letter(1 + list(self._names).index(options))
        return name_column_range(OPTIONS_SHEET, letter, 2, len(options) + 1)

    def write(self, book: openpyxl.Workbook) -> None:
        """Add the sheet with all lists asked for."""
        sheet = book.create_sheet(OPTIONS_SHEET)
        sheet.sheet_state = "veryHidden"
        for number, (options, name) in enumerate(self._names.items(), 1):
            for row, text in enumerate((name, *options), 1):
                write_cell(sheet, row, number, text)
                sheet.cell(row, number).number_format = "@"


def name_column_range(sheet: str, letter: str, first: int, last: int) -> str:
    """A range of one column as formulas name it: ``'承办部门'!$A$4:$A$63``."""
    return f"{quote_sheetname(sheet)}!${letter}${first}:${letter}${last}"


def make_validation(column: Column, note: str, source: str | None) -> DataValidation | None:
    """What Excel checks and says at the cells of a column, or None if there is nothing to say.

    What the reader understands is never refused (``2024.5.6``, ``7件``, 简称, ``A类``): there Excel
    only asks back.  A cell for several names does not even ask.
    """
    rule = _make_check(column, source)
    if rule.type is None and not note:
        return None
    rule.allow_blank = True
    many = isinstance(column.type, Ref) and column.type.many
    if rule.type is not None and not many:
        rule.showErrorMessage = True
        rule.errorStyle = "stop" if _is_closed_list(column) else "warning"
        rule.errorTitle, rule.error = column.name[:32], _word_error(column, source)[:255]
    if note:
        rule.showInputMessage = True
        rule.promptTitle, rule.prompt = column.name[:32], drop_controls(note)[:255]
    return rule


def _make_check(column: Column, source: str | None) -> DataValidation:
    if source:
        return DataValidation("list", formula1=source)
    match column.type:
        case Day(first=first, last=last):
            low, high = ((day - _DAY_ZERO).days for day in (first, last))
            return DataValidation("date", str(low), str(high), operator="between")
        case WholeNumber(minimum=low, maximum=high):
            return DataValidation("whole", str(low), str(high), operator="between")
    return DataValidation()


def _is_closed_list(column: Column) -> bool:
    """Whether nothing but what the list holds can be understood."""
    match column.type:
        case Choice(aliases=aliases):
            return not aliases
        case Ref(also=also, labelled=labelled):
            return not also and not labelled
    return False


def _word_error(column: Column, source: str | None) -> str:
    if source and _is_closed_list(column):
        return "请从下拉列表中选择。"
    if source:
        return "列表中没有这一项。请核对后再填，最好从下拉列表中选择。"
    match column.type:
        case Day(first=first, last=last):
            return f"请填写{first.year}年至{last.year}年之间的日期，如：{column.type.example}。"
        case WholeNumber(minimum=low, maximum=high):
            return f"请填写{low}至{high}之间的整数。"
    return ""


_DAY_ZERO = dt.date(1899, 12, 30)
"""Day 0 of Excel's calendar."""
