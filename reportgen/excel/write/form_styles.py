"""How our workbooks look: named styles, widths and heights, page set-up."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from math import ceil
from typing import Any, Literal

import openpyxl
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.excel.cell_text import write_cell
from reportgen.schema.columns import Code, ColumnType, Day, WholeNumber
from reportgen.schema.periods import Deadline

TITLE, LINE, LABEL, NOTE, SECTION = "表样标题", "表样说明", "表样项目", "表样备注", "表样节名"
HEADER, HEADER_REQUIRED, HEADER_LOCKED = "表样表头", "表样必填表头", "表样锁定表头"
LABEL_REQUIRED = "表样必填项目"

REQUIRED_FILL = PatternFill("solid", start_color="FFF6D6", end_color="FFF6D6")
"""For required cells still empty."""
HIGHEST = 409
"""No row can be higher than this."""

_INK, _FAINT, _RED, _LINE = "1F2D3D", "5A6672", "B3261E", "9AA5B1"
_PAPER, _GREY, _DARK_GREY = "DCE6F0", "EDEDED", "D0D0D0"
_PAGE_NUMBER = _HeaderFooterPart("第 &P 页，共 &N 页")
_FORMATS = {"文字": "General", "编号": "@", "日期": "yyyy-m-d", "整数": "0"}


def add_styles(book: openpyxl.Workbook) -> None:
    """Give the workbook every named style that is used here."""
    for style in (*_iter_page_styles(), *_iter_cell_styles()):
        book.add_named_style(style)


def styles_of(sheet: Worksheet) -> dict[str, StyleArray]:
    """The workbook's named styles as cells hold them: openpyxl takes long to find one by name."""
    book: Any = sheet.parent
    return {style.name: style.as_tuple() for style in book._named_styles}  # noqa: SLF001


def name_cell_style(column_type: ColumnType, *, locked: bool, grey: bool) -> str:
    """The style's name of a cell to be filled in, or of one that may not be changed."""
    kinds = {Code: "编号", Day: "日期", Deadline: "日期", WholeNumber: "整数"}
    return (
        f"表样{kinds.get(type(column_type), '文字')}{'灰' if grey else ''}{'锁' if locked else ''}"
    )


def name_header_style(*, required: bool, locked: bool) -> str:
    """The style's name of a column's header."""
    if locked:
        return HEADER_LOCKED
    return HEADER_REQUIRED if required else HEADER


def measure_columns(text: str) -> int:
    """How many Latin characters wide a line is."""
    return sum(map(_WIDTHS.__getitem__, text))


def count_lines_needed(text: str, width: float) -> int:
    """How many lines a text takes in a cell of that width."""
    return sum(max(1, ceil(measure_columns(line) / max(width - 3, 1))) for line in text.split("\n"))


def row_height_for(lines: int) -> float:
    """The height of a row with room for so many lines."""
    return min(max(20.0, lines * 15.0 + 4), HIGHEST)


def fit_row(sheet: Worksheet, row: int, lines: int) -> None:
    """Room for so many lines, in a row that still grows with what is typed into it."""
    sheet.row_dimensions[row] = _GrowingRow(sheet, index=row, ht=row_height_for(lines))


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
    size = sheet.cell(row, 1).font.size or 11
    lines = count_lines_needed(text, width * 11 / size)
    sheet.row_dimensions[row].height = lines * size * 1.4 + 6


def set_page(sheet: Worksheet, pages: int = 1, *, large: bool = False) -> None:
    """A4 (``large``: A3) landscape, so many pages wide, page numbers below."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8 if large else 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    sheet.print_options.horizontalCentered = True
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_PAGE_NUMBER)


class _Widths(dict[str, int]):
    """The width of each character met so far."""

    def __missing__(self, char: str) -> int:
        self[char] = 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        return self[char]


_WIDTHS = _Widths()


class _GrowingRow(RowDimension):
    """A row with a height that Excel may change; openpyxl would fix it."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 (openpyxl's name)
        return False


def _iter_page_styles() -> Iterable[NamedStyle]:
    yield _make_style(TITLE, _Font("黑体", 16, b=True, color=_INK))
    yield _make_style(LINE, _Font("宋体", 11, color=_INK))
    yield _make_style(SECTION, _Font("黑体", 13, b=True, color=_INK))
    yield _make_style(NOTE, _Font("宋体", 11, color=_FAINT), boxed=True)
    plain, red = _Font("黑体", 11, color=_INK), _Font("黑体", 11, color=_RED)
    for name, font, paper in (
        (HEADER, plain, _PAPER),
        (HEADER_REQUIRED, red, _PAPER),
        (HEADER_LOCKED, plain, _DARK_GREY),
    ):
        yield _make_style(name, font, paper, boxed=True, horizontal="center")
    for name, font in ((LABEL, plain), (LABEL_REQUIRED, red)):
        yield _make_style(name, font, _PAPER, boxed=True)


def _iter_cell_styles() -> Iterable[NamedStyle]:
    for kind, number_format in _FORMATS.items():
        for grey in ("", "灰"):
            for lock in ("", "锁"):
                font, paper = _Font("宋体", 11), _GREY if grey else None
                side: Literal["left", "right"] = "right" if kind == "整数" else "left"
                style = _make_style(
                    f"表样{kind}{grey}{lock}", font, paper, boxed=True, horizontal=side
                )
                style.number_format = number_format
                style.protection = Protection(locked=bool(lock))
                yield style


def _make_style(
    name: str,
    font: Font,
    paper: str | None = None,
    *,
    boxed: bool = False,
    horizontal: Literal["left", "center", "right"] = "left",
) -> NamedStyle:
    line = Side(style="thin", color=_LINE) if boxed else Side()
    return NamedStyle(
        name,
        font=font,
        fill=PatternFill("solid", start_color=paper, end_color=paper) if paper else PatternFill(),
        border=Border(line, line, line, line),
        alignment=Alignment(
            horizontal=horizontal,
            vertical="center",
            wrap_text=True,
            indent=1 if boxed and horizontal != "center" else 0,
        ),
    )


class _Font(Font):
    """A font whose parts are written in the order of the standard; openpyxl's is another."""

    tagname = "font"
    __elements__ = (
        "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign",
        "sz", "color", "name", "family", "charset", "scheme",
    )  # fmt: skip


_Font.__nested__ = Font.__nested__  # a subclass loses it
