"""The tables of an official document: a row a line, the cells parted by ``|``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Twips
from docx.table import Table, _Cell, _Row

from reportgen.word.template.gongwen.text import BAR, CONTROL, PARAGRAPH, add_text, give_style
from reportgen.word.xml.assembly import make_element

_WIDTH = re.compile(r":?(?:\d+(?:\.\d+)?|\*)~?")
_SPANNED = "<"
_TOTAL, _CONTROL = "合计", "Control"
_NORMAL, _FITTED = "Table Grid", "按内容分列宽"
_HEAD, _TEXT = (
    {_NORMAL: "TableHead", _FITTED: "ListHead"},
    {_NORMAL: "TableText", _FITTED: "ListText"},
)
_TOTAL_STYLE = {"TableText": "TableTotal", "ListText": "ListTotal"}
_LOWEST = {_NORMAL: Twips(400), _FITTED: Twips(340)}


def add_table(document: Document, lines: Sequence[str], width: int) -> None:
    """A table over the whole ``width``; rows above the line of widths are its header.

    Raises:
        ValueError: there is no line of widths, or a row has another number of cells.
    """
    texts = [_split_cells(line) for line in lines]
    ruler = next((n for n, row in enumerate(texts) if all(map(_WIDTH.fullmatch, row))), None)
    if ruler is None:
        raise ValueError(f"a table without a line of widths: {lines[0]}")
    rule = texts.pop(ruler)
    kind = _FITTED if any("*" in cell for cell in rule) else _NORMAL
    table = document.add_table(len(texts), len(rule), kind)
    widths = _share_width(rule, width)
    _set_widths(table, widths)
    for number, (row, cells) in enumerate(zip(table.rows, texts, strict=True)):
        head = number < ruler
        _set_row(row, _LOWEST[kind], head=head, whole=head or not any("~" in each for each in rule))
        _write_row(
            _lay_out_cells(row, cells, widths), cells, rule, _HEAD[kind] if head else _TEXT[kind]
        )


def _split_cells(row: str) -> list[str]:
    """The texts between the ``|`` of a row; those inside tags do not part."""
    return [cell.strip() for cell in BAR.split(row.removeprefix("|").removesuffix("|"))]


def _share_width(rule: Sequence[str], whole: int) -> list[int]:
    """``whole`` shared out in proportion to the line of widths, nothing lost to rounding."""
    bare = [cell.strip(":~") for cell in rule]
    parts = [1.0 if part == "*" else float(part) for part in bare]
    edges = [round(whole * edge / sum(parts)) for edge in accumulate(parts, initial=0)]
    return [right - left for left, right in pairwise(edges)]


def _set_widths(table: Table, widths: Sequence[int]) -> None:
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    (whole,) = table._tbl.tblPr.xpath("w:tblW")
    whole.set(qn("w:type"), "dxa")
    whole.set(qn("w:w"), str(sum(widths)))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Twips(width)


def _set_row(row: _Row, lowest: Twips, *, head: bool, whole: bool) -> None:
    """``head``: repeated on each page; ``whole``: never split over pages."""
    properties = row._tr.get_or_add_trPr()
    if whole:
        properties.append(make_element("w:cantSplit"))
    row.height, row.height_rule = lowest, WD_ROW_HEIGHT_RULE.AT_LEAST
    if head:
        properties.append(make_element("w:tblHeader"))


def _lay_out_cells(row: _Row, texts: Sequence[str], widths: Sequence[int]) -> Sequence[_Cell]:
    """The row's cells; a single text has one that spans all columns, ``<`` lets one span on."""
    cells = row.cells
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Twips(width)
    if len(texts) == 1 < len(cells):
        return [cells[0].merge(cells[-1])]
    if len(texts) != len(cells):
        raise ValueError(f"{len(texts)} cells in a table of {len(cells)} columns: {texts}")
    own = [number for number, text in enumerate(texts) if text != _SPANNED]
    for first, after in pairwise([*own, len(texts)]):
        if after > first + 1:
            cells[first].merge(cells[after - 1])
    return row.cells


def _write_row(
    cells: Sequence[_Cell], texts: Sequence[str], rule: Sequence[str], style: str
) -> None:
    """``style``: of its paragraphs; a row of totals has its own, and a line above."""
    total, body = texts[0] == _TOTAL, style in _TEXT.values()
    for cell, text, width in zip(cells, texts, rule, strict=False):
        if text == _SPANNED:
            continue
        for number, line in enumerate(text.split(PARAGRAPH)):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            is_control = CONTROL.fullmatch(line)
            shown = _TOTAL_STYLE.get(style, style) if total else style
            give_style(paragraph, _CONTROL if is_control else shown)
            if body and width.startswith(":") and len(cells) == len(rule):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
            add_text(paragraph, line)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        if total:
            _draw_line_above(cell)


def _draw_line_above(cell: _Cell) -> None:
    borders = make_element("w:tcBorders")
    borders.append(make_element("w:top", val="single", sz="12", space="0", color="auto"))
    cell._tc.get_or_add_tcPr().insert_element_before(borders, "w:vAlign")
