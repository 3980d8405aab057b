"""The first page of a letter (信函格式, GB/T 9704-2012, 10): who sends it, red lines, no page number.

发文机关标志 begins 30 mm below the edge of the paper; 4 mm below it a red double line, thick over thin;
20 mm above the lower edge another, thin over thick; both 170 mm wide, in the middle of the paper.
They stand in the first page's own header and footer, so that what people write cannot push them.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from reportgen.word.template.gongwen.text import add_text
from reportgen.word.xml.assembly import make_element

LETTERHEAD = "#~"
"""Marks the line of an outline that names the sender."""

_TOP, _BOTTOM, _PAPER = Mm(30), Mm(20), Mm(297)
_LINE = 9638
"""170 mm, in twentieths of a point."""
_LEFT = 1134
"""20 mm: where the lines begin, from the paper's left edge."""
_TO_LINE = 11
"""4 mm in points."""


def make_first_page_of_letter(document: Document, sender: str) -> None:
    """Give the first page of the first section the looks of a letter's."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance = _TOP
    head, foot = section.first_page_header, section.first_page_footer
    head.is_linked_to_previous = foot.is_linked_to_previous = False
    mark = head.paragraphs[0]
    mark.style = "发文机关标志"
    add_text(mark, sender)
    _widen(mark, int(section.left_margin or 0) // 635, int(section.right_margin or 0) // 635)
    _draw_line(mark, "bottom", "thickThinSmallGap", _TO_LINE)
    edge = foot.paragraphs[0]
    edge.style = "信函版尾线"
    _fix_on_paper(edge)
    _draw_line(edge, "top", "thinThickSmallGap", 0)
    foot.add_paragraph(style="Footer")


def _widen(paragraph: Paragraph, left: int, right: int) -> None:
    """Over the margins, as wide as the line."""
    properties = paragraph._p.get_or_add_pPr()
    indent = properties.get_or_add_ind()
    indent.set(qn("w:left"), str(_LEFT - left))
    indent.set(qn("w:right"), str(11906 - _LEFT - _LINE - right))


def _draw_line(paragraph: Paragraph, side: str, kind: str, space: int) -> None:
    borders = make_element("w:pBdr")
    borders.append(make_element(f"w:{side}", val=kind, sz="24", space=str(space), color="FF0000"))
    _insert(
        paragraph, borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )


def _fix_on_paper(paragraph: Paragraph) -> None:
    """At its place on the paper, whatever the footer holds."""
    frame = make_element(
        "w:framePr", w=str(_LINE), hRule="exact", h="240", wrap="around", hAnchor="page",
        x=str(_LEFT), vAnchor="page", y=str((_PAPER - _BOTTOM) // 635),
    )  # fmt: skip
    _insert(
        paragraph,
        frame,
        "w:widowControl",
        "w:numPr",
        "w:pBdr",
        "w:shd",
        "w:spacing",
        "w:ind",
        "w:jc",
    )


def _insert(paragraph: Paragraph, element: Any, *followers: str) -> None:  # noqa: ANN401 - python-docx's elements
    """Among a paragraph's properties, before those that the format wants behind it."""
    paragraph._p.get_or_add_pPr().insert_element_before(element, *followers)
