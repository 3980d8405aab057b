"""A row for each of many working folders (批量结果, 汇总结果), with a link to its report."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

from xlsxwriter import Workbook

_CREATED = dt.datetime(1980, 1, 1)
_LONGEST_LINK = 1000
"""Excel takes no much longer ones; the path stands there as text then."""


def write_folder_sheet(
    title: str, widths: Mapping[str, int], rows: Sequence[Mapping[str, object]]
) -> bytes:
    """The rows as .xlsx; ``widths``: of the columns, in their order.

    ``报告`` is a path relative to where the workbook will be.
    """
    made = io.BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(title)
    looks = {"font_name": "宋体", "font_size": 11, "valign": "top", "border": 1}
    head = book.add_format({**looks, "bold": True, "bg_color": "#D9E2EC", "text_wrap": True})
    plain = book.add_format({**looks, "text_wrap": True})
    link = book.add_format({**looks, "text_wrap": True, "font_color": "#0563C1", "underline": 1})
    for column, (name, width) in enumerate(widths.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
        for number, row in enumerate(rows, 1):
            value = row[name]
            if isinstance(value, int | float):
                sheet.write_number(number, column, value, plain)
            elif name == "报告" and value and _can_be_link(str(value)):
                sheet.write_url(number, column, f"external:{value}", link, str(value))
            else:
                sheet.write_string(number, column, str(value)[:30_000], plain)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(widths) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return made.getvalue()


def _can_be_link(path: str) -> bool:
    """Whether Excel finds it: ``#`` and ``%`` mean something else in a link."""
    return len(path) <= _LONGEST_LINK and not set("#%") & set(path)
