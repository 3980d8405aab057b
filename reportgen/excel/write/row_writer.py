"""The rows of a table that is only for reading, written as text into the sheet's XML.

A list of issues may be long, and openpyxl takes ten times as long for every cell.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from copy import copy
from typing import Any

from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.excel.cell_text import Plain, escape_x_codes, needs_quote_prefix
from reportgen.xml_text import escape


class LongTable:
    """Rows below row ``header``, in columns of these styles; ``sheet`` holds all above them."""

    def __init__(self, sheet: Worksheet, styles: Sequence[StyleArray], header: int) -> None:
        self._sheet: Any = sheet
        self._letters = [get_column_letter(number) for number in range(1, len(styles) + 1)]
        self._styles = [self._numbers(style) for style in styles]
        self._last = header
        self._rows: list[str] = []

    def add(self, values: Sequence[Plain], height: float) -> None:
        """One more row; empty text is an empty cell."""
        self._last += 1
        cells = "".join(map(self._cell, self._letters, values, self._styles))
        self._rows.append(f'<row r="{self._last}" ht="{height}">{cells}</row>')

    @property
    def path(self) -> str:
        """The name of the sheet's part, once openpyxl has written it."""
        return str(self._sheet.path)[1:]

    def inserted(self, part: bytes) -> bytes:
        """That part with these rows."""
        span = f'<dimension ref="A1:{self._letters[-1]}{self._last}"/>'.encode()
        end = f"{''.join(self._rows)}</sheetData>".encode()
        return _DIMENSION.sub(span, part, count=1).replace(b"</sheetData>", end, 1)

    def _numbers(self, style: StyleArray) -> tuple[int, int]:
        """The workbook's numbers of a style, and of the same one for text that looks like a formula."""
        quoted = copy(style)
        quoted.quotePrefix = 1
        known = self._sheet.parent._cell_styles  # noqa: SLF001
        return known.add(style), known.add(quoted)

    def _cell(self, letter: str, value: Plain, style: tuple[int, int]) -> str:
        head = f'<c r="{letter}{self._last}" s="{style[0]}"'
        if isinstance(value, dt.date):
            value = to_excel(value)  # type: ignore[no-untyped-call]
        if not isinstance(value, str):
            return f"{head}><v>{value}</v></c>"
        if not value:
            return f"{head}/>"
        if needs_quote_prefix(value):
            head = f'<c r="{letter}{self._last}" s="{style[1]}"'
        kept = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
        return f'{head} t="inlineStr"><is><t{kept}>{escape(escape_x_codes(value))}</t></is></c>'


_DIMENSION = re.compile(rb"<dimension [^>]*>")
