"""An old .xls → its sheets, by xlrd: values, number formats, what is struck through or hidden."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace

import xlrd
from xlrd.biffh import error_text_from_code

from reportgen.excel.read.colours import Look, is_dark, is_tiny, is_white
from reportgen.excel.read.number_format import BUILT_IN, is_plain_format
from reportgen.excel.read.raw_sheets import (
    MAX_CELLS,
    CellDetails,
    make_raw_sheet,
    mark_formulas_odd,
)
from reportgen.excel.read.refusal import too_wide
from reportgen.raw import RawSheet, Spot, Value


def is_encrypted(content: bytes) -> bool:
    """Whether it asks for a password, be it Excel's own; False if that cannot be told."""
    try:
        xlrd.open_workbook(file_contents=content, on_demand=True, logfile=io.StringIO())
    except Exception as error:  # noqa: BLE001 (whatever else is wrong is said on reading)
        return "encrypted" in str(error)
    return False


def read_xls_sheets(content: bytes) -> Iterator[RawSheet]:
    """Every worksheet, hidden ones too; raises whatever a damaged file makes xlrd raise."""
    try:
        book = _open_book(content, formats=True)
    except Exception:  # noqa: BLE001 (odd looks shall not keep the values from being read)
        book = _open_book(content, formats=False)
    for sheet in book.sheets():
        yield _read_sheet(book, sheet)


def _open_book(content: bytes, *, formats: bool) -> xlrd.Book:
    return xlrd.open_workbook(
        file_contents=content, formatting_info=formats, ragged_rows=True, logfile=io.StringIO()
    )


def _read_sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> RawSheet:
    rows = [
        [_read_value(book, cell) for cell in sheet.row(row)[: sheet.row_len(row)]]
        for row in range(sheet.nrows)
    ]
    top, left, rows = _trim_rows(rows)
    width = max(map(len, rows), default=0)
    if len(rows) * width > MAX_CELLS:
        raise too_wide(sheet.name)
    rows = [[*line, *[None] * (width - len(line))] for line in rows]
    merged = [(r1 + 1, c1 + 1, r2, c2) for r1, r2, c1, c2 in sheet.merged_cells]
    return mark_formulas_odd(
        make_raw_sheet(sheet.name, rows, (top, left), _read_details(book, sheet), merged)
    )


def _trim_rows(rows: list[list[Value]]) -> tuple[int, int, list[list[Value]]]:
    """Row and column of the first filled cell, and the rows from there to the last."""
    filled = [n for n, line in enumerate(rows) if any(cell is not None for cell in line)]
    if not filled:
        return 1, 1, []
    rows = rows[filled[0] : filled[-1] + 1]
    left = min(n for line in rows for n, cell in enumerate(line) if cell is not None)
    ends = (max((n + 1 for n, c in enumerate(line) if c is not None), default=0) for line in rows)
    return filled[0] + 1, left + 1, [line[left:end] for line, end in zip(rows, ends, strict=True)]


def _read_value(book: xlrd.Book, cell: xlrd.sheet.Cell) -> Value:
    """Errors are told apart; a date that is none is a number, as it is stored."""
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return None
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _read_moment(cell.value, book.datemode)
    return str(cell.value) or None if cell.ctype == xlrd.XL_CELL_TEXT else float(cell.value)


def _read_moment(serial: float, mode: int) -> Value:
    try:
        moment: dt.datetime = xlrd.xldate_as_datetime(serial, mode)
    except (xlrd.XLDateError, OverflowError, ValueError):
        return serial
    if 0 <= serial < 1:
        return moment.time()
    return moment.date() if moment.time() == dt.time() else moment


def _read_details(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> CellDetails:
    odd: dict[Spot, str] = {}
    formats: dict[Spot, str] = {}
    struck: set[Spot] = set()
    unseen: set[Spot] = set()
    looks = [_read_style(book, xf) for xf in book.xf_list] if book.formatting_info else []
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            spot = row + 1, column + 1
            if kind == xlrd.XL_CELL_ERROR:
                code = sheet.cell_value(row, column)
                odd[spot] = error_text_from_code.get(code, "#VALUE!")
            if looks:
                code, own = looks[sheet.cell_xf_index(row, column)]
                if not is_plain_format(code):
                    formats[spot] = code
                fonts = (own, *_iter_run_looks(book, sheet, row, column))
                if any(look.struck for look in fonts):
                    struck.add(spot)
                if any(Look(faint=look.faint, dark=own.dark).unseen for look in fonts):
                    unseen.add(spot)
    rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden}
    columns = {column + 1 for column, info in sheet.colinfo_map.items() if info.hidden}
    return CellDetails(
        odd, formats, struck=struck, hidden_rows=rows, hidden_columns=columns, unseen=unseen
    )


def _read_style(book: xlrd.Book, xf: xlrd.formatting.XF) -> tuple[str, Look]:
    """Number format of a cell style, and how its text looks."""
    format_ = book.format_map.get(xf.format_key)
    code = BUILT_IN.get(xf.format_key) or (format_.format_str if format_ else "")
    ground = xf.background
    dark = bool(ground.fill_pattern) and is_dark(_to_rgb(book, ground.pattern_colour_index))
    return code, replace(_read_font(book, xf.font_index), dark=dark)


def _read_font(book: xlrd.Book, number: int) -> Look:
    if number >= len(book.font_list):
        return Look()
    font = book.font_list[number]
    faint = is_white(_to_rgb(book, font.colour_index)) or is_tiny(str(font.height / _TWIPS))
    return Look(bool(font.struck_out), faint)


def _to_rgb(book: xlrd.Book, number: int) -> str:
    colour = book.colour_map.get(number)
    return bytes(colour).hex() if colour else ""


def _iter_run_looks(
    book: xlrd.Book, sheet: xlrd.sheet.Sheet, row: int, column: int
) -> Iterator[Look]:
    """How the parts of its text look that have a font of their own."""
    for _, font in sheet.rich_text_runlist_map.get((row, column), ()):
        yield _read_font(book, font)


_TWIPS = 20
"""Of a point."""
