"""How our forms look (``looks``), told to openpyxl: named styles, widths and heights, page set-up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.excel.cell_text import write_cell
from reportgen.excel.write import looks
from reportgen.excel.write.looks import LOOKS, CellLook

REQUIRED_FILL = PatternFill("solid", start_color="FFF6D6", end_color="FFF6D6")
"""For required cells still empty."""
_PAGE_NUMBER = _HeaderFooterPart(looks.PAGE_NUMBER)


def add_styles(book: openpyxl.Workbook) -> None:
    """Give the workbook every named style that is used here."""
    for name, look in LOOKS.items():
        book.add_named_style(_make_style(name, look))


def styles_of(sheet: Worksheet) -> dict[str, StyleArray]:
    """The workbook's named styles as cells hold them: openpyxl takes long to find one by name."""
    book: Any = sheet.parent
    return {style.name: style.as_tuple() for style in book._named_styles}  # noqa: SLF001


def fit_row(sheet: Worksheet, row: int, lines: int) -> None:
    """Room for so many lines, in a row that still grows with what is typed into it."""
    sheet.row_dimensions[row] = _GrowingRow(sheet, index=row, ht=looks.row_height_for(lines))


def set_widths(sheet: Worksheet, widths: Iterable[float]) -> None:
    """Column widths from column A on."""
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def write_top_line(sheet: Worksheet, row: int, text: str, style: str, columns: int) -> None:
    """A line of text across the table, in as many lines as it needs."""
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    write_cell(sheet, row, 1, text, style)
    letters = (get_column_letter(number) for number in range(1, columns + 1))
    width = sum(sheet.column_dimensions[letter].width for letter in letters)
    sheet.row_dimensions[row].height = looks.top_line_height(text, width, style)


def set_page(sheet: Worksheet, pages: int = 1) -> None:
    """Landscape, so many pages wide (one on A4, several on A3), page numbers below."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = looks.A3 if pages > 1 else looks.A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = looks.SIDES
    margins.top, margins.bottom = looks.TOP, looks.BOTTOM
    margins.header = margins.footer = looks.EDGE
    sheet.print_options.horizontalCentered = True
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_PAGE_NUMBER)


class _GrowingRow(RowDimension):
    """A row with a height that Excel may change; openpyxl would fix it."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 (openpyxl's name)
        return False


def _make_style(name: str, look: CellLook) -> NamedStyle:
    line = Side(style="thin", color=looks.LINES) if look.boxed else Side()
    return NamedStyle(
        name,
        font=_Font(look.font, look.size, b=look.bold or None, color=look.ink or None),
        fill=PatternFill("solid", start_color=look.paper, end_color=look.paper)
        if look.paper
        else PatternFill(),
        border=Border(line, line, line, line),
        alignment=Alignment(
            horizontal=look.side, vertical="center", wrap_text=True, indent=look.indent
        ),
        number_format=look.number_format,
        protection=Protection(locked=look.locked),
    )


class _Font(Font):
    """A font whose parts are written in the order of the standard; openpyxl's is another."""

    tagname = "font"
    __elements__ = (
        "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign",
        "sz", "color", "name", "family", "charset", "scheme",
    )  # fmt: skip


_Font.__nested__ = Font.__nested__  # a subclass loses it
