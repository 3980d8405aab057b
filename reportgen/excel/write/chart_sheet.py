"""The workbook inside a chart that Word draws itself: what opens at “编辑数据”."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

from xlsxwriter import Workbook

from reportgen.charts.native import SHEET
from reportgen.facts.report import ChartTable

_CREATED = dt.datetime(1980, 1, 1)
"""The same table is the same bytes whenever it is written."""


def write_chart_sheet(table: ChartTable) -> bytes:
    """The table as .xlsx: names below A1, a series in each column from B on, its name on top."""
    made = io.BytesIO()
    book = Workbook(made, {"in_memory": True})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, 0, 40)
    for row, name in enumerate(table.categories, 1):
        sheet.write_string(row, 0, name)
    for column, (name, values) in enumerate(table.series, 1):
        sheet.write_string(0, column, name)
        for row, value in enumerate(values, 1):
            if value:
                sheet.write_number(row, column, Decimal(value))
    book.close()
    return made.getvalue()
