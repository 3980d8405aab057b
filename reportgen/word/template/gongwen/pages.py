"""The pages of an official document: paper, margins, page numbers (GB/T 9704-2012, 5 and 7.5)."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Twips
from docx.text.paragraph import Paragraph

from reportgen.word.xml.wml import make_field, parse_elements

# Twentieths of a point.  Margins 37, 28, 26 and 35 mm around 156 × 225 mm of text; landscape is the
# same sheet turned, so the text keeps its place on the paper.  The footer stands such that the
# dashes of the page number are 7 mm below the text in both.  22 lines of 579 leave 22: room for
# the paragraph that ends a section, or a full page would be followed by a blank one.
_PAPER = {"竖排": (11906, 16838), "横排": (16838, 11906)}
_MARGINS: Mapping[str, Mapping[str, int]] = {
    "竖排": {"top": 2098, "right": 1474, "bottom": 1980, "left": 1587},
    "横排": {"top": 1587, "right": 2098, "bottom": 1474, "left": 1984},
}
_FOOTER = {"竖排": 1419, "横排": 909}
_HEADER = 851
_DASHES_FROM_EDGE = 280  # one character of the page number


def set_paper(section: Section, paper: str) -> None:
    """Lay the paper of a section ``竖排`` or ``横排``.

    Raises:
        ValueError: it is to lie in neither way.
    """
    if paper not in _PAPER:
        raise ValueError(f"=== {paper}: 横排 or 竖排？")
    turned = paper == "横排"
    section.orientation = WD_ORIENTATION.LANDSCAPE if turned else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = map(Twips, _PAPER[paper])
    for side, length in _MARGINS[paper].items():
        setattr(section, f"{side}_margin", Twips(length))
    section.header_distance, section.footer_distance = Twips(_HEADER), Twips(_FOOTER[paper])
    section.gutter = Twips(0)


def measure_text_width(section: Section) -> int:
    """How wide the text is, in twentieths of a point."""
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    return round(room / Twips(1))


def number_pages(document: Document) -> None:
    """Give the first section page numbers, outside on odd and even pages, and empty headers.

    The sections behind take them over.  They stand in the last section as well: the first may go
    with a condition.
    """
    document.settings.odd_and_even_pages_header_footer = True
    first, last = document.sections[0], document.sections[-1]
    for header in (first.header, first.even_page_header):
        header.is_linked_to_previous = False
    odd, even = first.footer, first.even_page_footer
    for footer, side in ((odd, WD_ALIGN_PARAGRAPH.RIGHT), (even, WD_ALIGN_PARAGRAPH.LEFT)):
        footer.is_linked_to_previous = False
        _write_page_number(footer.paragraphs[0], side)
    if len(document.sections) > 1:
        shared = first._sectPr.xpath("w:headerReference | w:footerReference")
        last._sectPr[:0] = copy.deepcopy(shared)


def _write_page_number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    layout = paragraph.paragraph_format
    layout.alignment = side
    if side == WD_ALIGN_PARAGRAPH.RIGHT:
        layout.right_indent = Twips(_DASHES_FROM_EDGE)
    else:
        layout.left_indent = Twips(_DASHES_FROM_EDGE)
    paragraph.add_run("— ")
    paragraph._p.extend(parse_elements(make_field("", "PAGE", "1")))
    paragraph.add_run(" —")
