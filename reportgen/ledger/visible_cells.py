"""A ledger's cells as one sees them, and what one is not meant to see or to count."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from reportgen.glyphs import half_width
from reportgen.raw import RawSheet, Value
from reportgen.schema.numerals import find_missing_of_day


def to_seen_sheet(raw: RawSheet) -> RawSheet:
    """The sheet with the text that one sees in place of what is stored.

    A date stays one, unless its day is not shown: that nobody wrote.
    """
    if not raw.shown:
        return raw
    rows = [list(line) for line in raw.rows]
    for (row, column), shown in raw.shown.items():
        line, place = rows[row - raw.first_row], column - raw.first_column
        if shown and not _is_whole_day(line[place], shown):
            line[place] = shown
    return replace(raw, rows=rows)


def explain_doubt(raw: RawSheet, row: int, column: int, *, essential: bool) -> str:
    """Why it is doubtful that a cell counts; of a hidden row its essential cell tells."""
    if (row, column) in raw.struck:
        return "有删除线，仍照常导入"
    if (row, column) in raw.unseen:
        return "字是白色或极小的，看不见，仍照常导入"
    if raw.shown.get((row, column)) == "":
        return "单元格格式设成了不显示，仍照常导入"
    return "这一行是隐藏的，仍照常导入" if essential and row in raw.hidden_rows else ""


def _is_whole_day(stored: Value, shown: str) -> bool:
    is_date = isinstance(stored, dt.date)
    return is_date and find_missing_of_day(half_width(shown)) != "没有写哪一日"
