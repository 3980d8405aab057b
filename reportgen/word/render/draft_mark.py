"""The visible mark of a draft: a red line in every header, and a first page of what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.blkcntnr import BlockItemContainer
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.parts.hdrftr import HeaderPart
from docx.section import Section, _Header
from docx.shared import Pt, RGBColor, Twips
from docx.table import Table
from docx.text.paragraph import Paragraph

from reportgen.word.xml.assembly import make_element
from reportgen.word.xml.wml import drop_unwritable

NOTHING = "核查没有发现问题，本稿供审阅。"
HEADING = "草稿：以下问题尚未解决"
LISTED = 22
"""So many sentences of two lines fit on the page."""

_MARK = "草稿"
_RED, _GREY = RGBColor(0xFF, 0, 0), "808080"
_WIDTHS = (Twips(500), Twips(8300))
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def mark_draft(document: Document, missing: Sequence[str]) -> None:
    """Mark every page of a document as a draft that lacks what these sentences say."""
    parts = [each.target_part for each in document.part.rels.values() if not each.is_external]
    for part in parts:
        if isinstance(part, HeaderPart):
            _write_mark(_add_first_paragraph(part.element, BlockItemContainer(part.element, part)))
    for header in _find_lacking_headers(document):
        header.is_linked_to_previous = False
        _write_mark(header.paragraphs[0])
    _add_front_page(document, missing)


def _find_lacking_headers(document: Document) -> list[_Header]:
    """The headers (of all, first, even pages) that pages show and the first section has not.

    The following sections take over what they have none of themselves.
    """
    document.element.body.get_or_add_sectPr()
    sections = [Section(each, document.part) for each in document.element.iter(qn("w:sectPr"))]
    first = any(section.different_first_page_header_footer for section in sections)
    known = any(each.reltype == RELATIONSHIP_TYPE.SETTINGS for each in document.part.rels.values())
    even = known and document.settings.odd_and_even_pages_header_footer
    shown = [
        sections[0].header,
        *[sections[0].first_page_header] * first,
        *[sections[0].even_page_header] * even,
    ]
    return [header for header in shown if header.is_linked_to_previous]


def _add_front_page(document: Document, missing: Sequence[str]) -> None:
    """Put a page before all others that lists the sentences; what it has no room for is counted."""
    body = document.element.body
    begun = len(body)
    _write_mark(document.add_paragraph(), HEADING if missing else _MARK)
    if missing:
        _list_missing(BlockItemContainer(body, document), missing)
    else:
        _write_plain(document.add_paragraph(), NOTHING)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    for each in reversed(body[begun - 1 : -1]):  # added before the last section's set-up
        body.insert(0, each)


def _list_missing(page: BlockItemContainer, missing: Sequence[str]) -> None:
    sentences = list(missing[:LISTED])
    if len(missing) > LISTED:
        sentences.append(f"另有{len(missing) - LISTED}处没有列出，全部问题见“核查”的结果。")
    table = page.add_table(len(sentences), len(_WIDTHS), Twips(sum(_WIDTHS)))
    _draw_lines(table)
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    for number, (row, sentence) in enumerate(zip(table.rows, sentences, strict=True), 1):
        row._tr.get_or_add_trPr().append(make_element("w:cantSplit"))
        texts = (str(number) if number <= LISTED else "", sentence)
        for cell, text, width in zip(row.cells, texts, _WIDTHS, strict=True):
            cell.width = width
            _write_plain(cell.paragraphs[0], text, Pt(9))


def _draw_lines(table: Table) -> None:
    """The template need not have a style for tables."""
    borders = make_element("w:tblBorders")
    for edge in _EDGES:
        borders.append(make_element(f"w:{edge}", val="single", sz="4", space="0", color=_GREY))
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblLook")


def _add_first_paragraph(element: Any, container: BlockItemContainer) -> Paragraph:  # noqa: ANN401
    """A new paragraph before all that a header holds."""
    paragraph = container.add_paragraph()
    element.insert(0, paragraph._p)
    return paragraph


def _write_mark(paragraph: Paragraph, text: str = _MARK) -> None:
    _space_singly(paragraph)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    font = paragraph.add_run(text).font
    font.bold, font.color.rgb = True, _RED


def _write_plain(paragraph: Paragraph, text: str, size: Pt | None = None) -> None:
    paragraph._p.get_or_add_pPr().append(make_element("w:snapToGrid", val="0"))
    _space_singly(paragraph)
    paragraph.paragraph_format.first_line_indent = Twips(0)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.add_run(drop_unwritable(text)).font.size = size


def _space_singly(paragraph: Paragraph) -> None:
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Twips(0)
    layout.line_spacing = 1.0
