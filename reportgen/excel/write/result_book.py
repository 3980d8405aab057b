"""Workbooks that are only read: results, lists, explanations; made from their declaration in one go.

The sheets look as those of forms do (``looks``), and the mark stands beside them; there is nothing to
fill in, so neither guide nor drop-downs.  XlsxWriter writes what is new in a fifth of the time that
openpyxl takes to be loaded; openpyxl is for what is filled in, and for what is there already.
"""

from __future__ import annotations

import datetime as dt
import io

from xlsxwriter import Workbook as Book
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reportgen.data import MARK_SHEET, Records, Rows
from reportgen.excel.cell_text import Plain, needs_quote_prefix, to_cell_value
from reportgen.excel.read.raw_sheets import MAX_LETTERS
from reportgen.excel.write import looks
from reportgen.excel.write.looks import HEADER_ROW, LOOKS, CellLook, TableLayout
from reportgen.schema.model import Sheet, Workbook


def write_result_book(
    workbook: Workbook, rows: Rows, *, created: dt.datetime, title: str = ""
) -> bytes:
    """The workbook as .xlsx; ``rows``: records by column name, by sheet, values as of ``write_form``.

    A sheet with rows is protected, without a password.  ``title`` stands above every sheet.
    ``created`` is when it says it was made.
    """
    made = io.BytesIO()
    book = Book(made, {"in_memory": True})
    book.set_properties({"author": "reportgen", "created": created})
    styles = _Styles(book)
    for sheet in workbook.sheets:
        heading = f"{title}：{sheet.name}" if title else sheet.name
        target = _ResultSheet(book.add_worksheet(sheet.name), sheet, styles)
        target.write_head(heading)
        target.write_rows(rows.get(sheet.name, ()))
    _write_mark(book.add_worksheet(MARK_SHEET), workbook)
    book.close()
    return made.getvalue()


class _Styles(dict[tuple[str, bool], Format]):
    """The formats of a workbook, by name and whether for text that looks like a formula."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._book = book

    def __missing__(self, key: tuple[str, bool]) -> Format:
        name, quoted = key
        self[key] = self._book.add_format({**_describe(LOOKS[name]), "quote_prefix": quoted})
        return self[key]


def _describe(look: CellLook) -> dict[str, object]:
    """A look as XlsxWriter calls its properties."""
    described: dict[str, object] = {
        "font_name": look.font, "font_size": look.size, "bold": look.bold, "align": look.side,
        "valign": "vcenter", "text_wrap": True, "indent": look.indent, "locked": look.locked,
        "num_format": look.number_format,
    }  # fmt: skip
    described |= {"font_color": f"#{look.ink}"} if look.ink else {}
    described |= {"bg_color": f"#{look.paper}"} if look.paper else {}
    return described | ({"border": 1, "border_color": f"#{looks.LINES}"} if look.boxed else {})


class _ResultSheet:
    """One sheet while it is written; XlsxWriter counts rows and columns from 0."""

    def __init__(self, target: Worksheet, sheet: Sheet, styles: _Styles) -> None:
        self._target, self._sheet, self._styles = target, sheet, styles
        self._layout = TableLayout.of(sheet)

    def write_head(self, heading: str) -> None:
        """Widths, title, instruction and header."""
        for number, width in enumerate(self._layout.widths):
            self._target.set_column_pixels(number, number, width * _PIXELS)
        self._write_top_line(0, heading, looks.TITLE)
        self._write_top_line(1, self._sheet.instruction, looks.LINE)
        self._target.set_row(HEADER_ROW - 1, looks.HEADER_HEIGHT)
        for number, column in enumerate(self._sheet.columns):
            style = looks.name_header_style(required=column.required, locked=False)
            self._write_value(HEADER_ROW - 1, number, column.name, style)

    def write_rows(self, records: Records) -> None:
        """The records, what stays in view of them, and how they are printed."""
        columns = self._sheet.columns
        styles = [looks.name_cell_style(each.type, grey=False, locked=True) for each in columns]
        for row, record in enumerate(records, HEADER_ROW):
            values = [to_cell_value(record.get(column.name)) for column in columns]
            lines = max(map(looks.count_lines_needed, map(str, values), self._layout.widths))
            self._target.set_row(row, looks.row_height_for(lines))
            for number, (value, style) in enumerate(zip(values, styles, strict=True)):
                self._write_value(row, number, value, style)
        if records:
            self._target.protect("", _ALLOWED)
        self._keep_in_view(HEADER_ROW + len(records))
        self._set_page()

    def _write_top_line(self, row: int, text: str, style: str) -> None:
        """A line of text across the table."""
        across = self._layout.across
        width = sum(self._layout.widths[:across])
        self._target.set_row(row, looks.top_line_height(text, width, style))
        if across > 1:
            self._target.merge_range(row, 0, row, across - 1, "", self._styles[style, False])
        self._write_value(row, 0, text, style)

    def _write_value(self, row: int, column: int, value: Plain, style: str) -> None:
        if isinstance(value, str):
            text = value[:MAX_LETTERS]
            if text:
                quoted = self._styles[style, needs_quote_prefix(text)]
                self._target.write_string(row, column, text, quoted)
            else:
                self._target.write_blank(row, column, None, self._styles[style, False])
        elif isinstance(value, dt.date):
            self._target.write_datetime(row, column, value, self._styles[style, False])
        else:
            self._target.write_number(row, column, value, self._styles[style, False])

    def _keep_in_view(self, last_row: int) -> None:
        layout = self._layout
        self._target.freeze_panes(HEADER_ROW, layout.kept)
        if layout.kept:
            last = len(layout.widths) - 1
            self._target.autofilter(HEADER_ROW - 1, 0, last_row - 1, last)
        # numbers that name something are text on purpose
        self._target.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _set_page(self) -> None:
        target, pages = self._target, self._layout.pages
        target.set_landscape()
        target.set_paper(looks.A3 if pages > 1 else looks.A4)
        target.fit_to_pages(pages, 0)
        target.set_margins(looks.SIDES, looks.SIDES, looks.TOP, looks.BOTTOM)
        target.set_header("", {"margin": looks.EDGE})
        target.set_footer(f"&C{looks.PAGE_NUMBER}", {"margin": looks.EDGE})
        target.center_horizontally()
        target.repeat_rows(HEADER_ROW - 1)
        if pages > 1:
            target.repeat_columns(0, self._layout.kept - 1)


_PIXELS = 7
"""Of a character's width as files have it; XlsxWriter's own widths leave out what is beside the text."""
_ALLOWED = dict.fromkeys(
    (
        "format_cells", "format_columns", "format_rows", "insert_rows", "sort", "autofilter",
        "objects", "scenarios",
    ),
    True,
)  # fmt: skip
"""What a protected sheet lets one do; comments are objects."""


def _write_mark(target: Worksheet, workbook: Workbook) -> None:
    """By this the workbook is recognised, whatever its file is called."""
    target.write_string(0, 0, "表种")
    target.write_string(0, 1, workbook.name)
    target.write_string(1, 0, "版本")
    target.write_number(1, 1, workbook.version)
    target.write_string(2, 0, "部门")
    target.very_hidden()
