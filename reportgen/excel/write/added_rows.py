"""Rows added below those of a workbook that people also write in; all that is there stays."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string

from reportgen.data import Records
from reportgen.excel.cell_text import write_cell
from reportgen.excel.write.save import pack_workbook


def add_rows(
    content: bytes, sheet: str, letters: Mapping[str, str], records: Records, created: dt.datetime
) -> bytes:
    """The workbook with these records behind the last row that holds anything.

    ``letters``: by column, its letter in the sheet; columns that are not there are left out.
    """
    book = openpyxl.load_workbook(io.BytesIO(content))
    target = book[sheet]
    last = max((row for row in range(1, target.max_row + 1)
                if any(cell.value not in (None, "") for cell in target[row])), default=1)  # fmt: skip
    for offset, record in enumerate(records, 1):
        for name, value in record.items():
            if name in letters and value is not None:
                column = column_index_from_string(letters[name])
                cell: Any = target.cell(last + offset, column)
                write_cell(
                    target,
                    last + offset,
                    column,
                    value,
                    cell._style if cell.has_style else None,  # noqa: SLF001
                )
    return pack_workbook(book, created)
