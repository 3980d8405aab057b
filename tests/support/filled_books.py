"""A working folder's workbooks filled in further, as an office would in Excel."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

HEADER = 3


def enter(path: Path, sheet: str, values: Mapping[str, Any], key: str = "") -> None:
    """Values by heading in the row whose first cell is ``key``; of a sheet of pairs, by 项目."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    for name, value in values.items():
        if key:
            page.cell(_row(page, key), _column(page, name)).value = value
        else:
            page.cell(_row(page, name), 2).value = value
    book.save(path)


def _row(page: Worksheet, key: str) -> int:
    return next(
        row[0].row or 0 for row in page.iter_rows(min_row=HEADER) if str(row[0].value) == key
    )


def _column(page: Worksheet, name: str) -> int:
    return next(int(cell.column or 0) for cell in page[HEADER] if cell.value == name)
