"""How values are put into the cells of workbooks we write: texts stay texts, whatever they say.

The one way for every cell, those of hidden sheets included: a name that begins with ``=`` must not
become a formula, here or when somebody edits the cell later.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from reportgen.data import Until
from reportgen.schema.amounts import Amount

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Plain = str | int | Decimal | dt.date
"""What a cell can hold."""


def write_cell(
    target: Worksheet, row: int, column: int, value: object, style: object = None
) -> str:
    """Write a value as what it is; the text that it shows.

    ``style``: a named style, or one as cells hold them.
    """
    cell: Any = target.cell(row, column)
    if isinstance(style, str):
        cell.style = style
    elif style is not None:  # before the value: openpyxl changes a date's format
        cell._style = style.__copy__()  # type: ignore[attr-defined] # noqa: SLF001
    value = to_cell_value(value)
    if not isinstance(value, str):
        cell.value = value
        return str(value)
    if value:
        cell._value, cell.data_type = escape_x_codes(value), "s"  # noqa: SLF001 (no guessing what it is)
        if needs_quote_prefix(value):
            cell.quotePrefix = True
    return value


def to_cell_value(value: object) -> Plain:
    """A value as a cell can hold it; no value is empty text."""
    if isinstance(value, Until):
        return value.written
    if isinstance(value, int | Decimal | dt.date):
        return value
    if isinstance(value, tuple):
        value = "、".join(map(str, value))
    text = value.text if isinstance(value, Amount) else str(value)
    return drop_controls("" if value is None else text)


def needs_quote_prefix(text: str) -> bool:
    """Whether Excel would take a text for a formula when its cell is edited, or a CSV made of it."""
    return text.startswith(("=", "+", "-", "@", "\t"))


def drop_controls(text: str) -> str:
    """Without the characters that no XML may hold."""
    return _NOT_IN_XML.sub("", text)


def escape_x_codes(text: str) -> str:
    """So that Excel reads back what was written: it takes ``_x0041_`` for A."""
    return _ESCAPED.sub("_x005F_", text)


_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
