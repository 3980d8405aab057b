"""The workbook inside a chart, foreign bytes as any other once somebody has edited it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.excel.read.reader import read_workbook
from reportgen.facts.report import ChartTable
from reportgen.raw import RawSheet, Value, parse_address

MOST_ROWS = 10_000
_BIG = 1e15


@dataclass(frozen=True)
class _Column:
    """Where the numbers of a series stand; their names on top of them and in the first column."""

    sheet: str
    column: int
    first: int
    last: int


def read_chart_sheet(content: bytes, cells: Sequence[str]) -> ChartTable | None:
    """The table in a chart's workbook; ``cells``: of each series (``数据!$B$2:$B$5``).

    None if the workbook cannot be read or has no such cells.
    """
    workbook, _ = read_workbook(content, "")
    columns = [_parse_range(each) for each in cells]
    if workbook is None or not columns:
        return None
    found = [workbook.sheet(each.sheet) if each else None for each in columns]
    pairs = [(each, sheet) for each, sheet in zip(columns, found, strict=True) if each and sheet]
    if len(pairs) < len(columns):
        return None
    series = [
        (_read_text(sheet.at(at.first - 1, at.column)), _read_numbers(at, sheet))
        for at, sheet in pairs
    ]
    first, sheet = pairs[0]
    names = sheet.down(1, range(first.first, first.last + 1))
    return ChartTable(tuple(map(_read_text, names)), tuple(series))


def _parse_range(cells: str) -> _Column | None:
    found = _RANGE.fullmatch(cells.replace("$", ""))
    if found is None:
        return None
    sheet, first, last = found.groups()
    (top, column), (bottom, other) = parse_address(first), parse_address(last or first)
    if column != other or not 1 < top <= bottom < top + MOST_ROWS:
        return None
    return _Column(sheet.strip("'").replace("''", "'"), column, top, bottom)


_RANGE = re.compile(r"(.+)!([A-Z]{1,3}[0-9]{1,7})(?::([A-Z]{1,3}[0-9]{1,7}))?")


def _read_numbers(at: _Column, sheet: RawSheet) -> tuple[str, ...]:
    return tuple(map(_read_text, sheet.down(at.column, range(at.first, at.last + 1))))


def _read_text(value: Value) -> str:
    if isinstance(value, float) and abs(value) < _BIG:  # also false of what is no number
        return f"{Decimal(repr(value)).normalize():f}" if value else "0"
    return "" if value is None else str(value)
