r"""An official document (公文) after GB/T 9704-2012: an outline text becomes a styled .docx.

The result is the default report template: users edit it in Word, so the tags in the outline stay
typed text, in grey.  The looks are styles of ``base/``, the base document
with its parts unzipped; this module only says which line has which style (style ids in brackets).

=====================  ===========================================================================
line                   becomes
=====================  ===========================================================================
``# 甲\乙``              公文标题 [DocumentTitle]; ``\`` breaks a line, in every kind of line
``#- text``            题下说明 [TitleLine]: date, meeting or speaker below the title
``#~ text``            the first line of a letter (信函格式): 发文机关标志 and red lines on the first page
``>. text``            版头一行 [HeadLine]: flush right, above the title: class mark, 文号, 签发人
``: text``             称谓 [Addressee]
``## text``            一级标题 [Heading1], numbered by Word 一、
``### text``           二级标题 [Heading2], numbered （一） anew under each 一级标题
``### lead。|rest``     the same number, then the lead in 楷体 [Lead] and the rest as body text, in
                       one body paragraph (so the navigation pane does not show a whole paragraph)
``#### text``          三级标题 [Heading3], numbered 1.
``##### text``         四级标题 [Heading4], numbered （1）
other text             正文 [Normal]
``{% … %}``            alone on a line: 模板标记 [Control], gone when the template is filled
``{{ 图.x }}``          alone on a line: 图 [Figure]; its caption 图题 is [FigureCaption]
``^^ text``            表题 [TableCaption], above a table
``>> text``            注 [Note], under a table or figure
``:. text``            结语 [Closing]: the last paragraph, on the page of what follows it
``=. text``            附件说明: the first line [AnnexList], the next ones [AnnexListNext]
``-- text``            署名 [IssuedBy], the next line 成文日期 [IssuedOn]
``(. text``            附注 [Remark]: in brackets below the date: whom to ask
``~~ text``            版记 [CopiesTo]: who else gets it
``=== 横排``            a new section on a new page, landscape; ``=== 竖排``: portrait.  Never
                       alone in a condition: the paper of what stands before it would go with
                       it; all sections after the first may be, if the last lies as the first
``#@ 附件1``            附件标识 [AnnexLabel], always on a new page
``#= text``            附件标题 [AnnexTitle]
``| a | b |``          a row of a table; rows above the line of widths repeat on each page
                       [TableHead], those below are [TableText].  One cell alone spans the row;
                       a cell that holds only ``<`` is part of the one on its left;
                       a ``|`` inside a tag does not part cells; ``¶`` begins a new paragraph
``|6|10|:40~|``        the line of widths: a number per column, relative; ``:`` aligns left; with a
                       ``~`` the rows may be split over pages, for long texts
``|*|*|:*|``           columns as wide as what they hold when filled, in small print [FittedTable,
                       ListHead, ListText].  A row that begins with 合计 is set apart [TableTotal]
``%% text``            nothing: a comment
blank line             nothing
=====================  ===========================================================================
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import groupby

from docx.document import Document

from reportgen.word.template.gongwen.letterhead import LETTERHEAD, make_first_page_of_letter
from reportgen.word.template.gongwen.looks import LEAD_ID, add_gongwen_styles, number_by_list
from reportgen.word.template.gongwen.pages import measure_text_width, number_pages, set_paper
from reportgen.word.template.gongwen.tables import add_table
from reportgen.word.template.gongwen.text import BAR, CONTROL, add_text, give_style
from reportgen.word.xml.assembly import as_document, put_document_back
from reportgen.word.xml.package import WordPackage, parse_xml_part

_STYLES = {
    "#": "DocumentTitle",
    "#-": "TitleLine",
    ">.": "HeadLine",
    ":": "Addressee",
    "##": "Heading1",
    "###": "Heading2",
    "####": "Heading3",
    "#####": "Heading4",
    "": "Normal",
    "control": "Control",
    "figure": "Figure",
    "^^": "TableCaption",
    ">>": "Note",
    ":.": "Closing",
    "=.": "AnnexList",
    "--": "IssuedBy",
    "(.": "Remark",
    "~~": "CopiesTo",
    "#@": "AnnexLabel",
    "#=": "AnnexTitle",
}
_OF_LETTERS = (LETTERHEAD, ">.", "(.", "~~")
_NEXT = {"=.": "AnnexListNext", "--": "IssuedOn"}  # of lines that follow one with their marker
_SECTION_END = "SectionEnd"
_MARKED = re.compile(r"(#{1,5}|#[-@=~]|:\.|:|\^\^|>>|>\.|=\.|--|\(\.|~~|===|%%)(?: +|$)")
_FIGURE = re.compile(r"\{\{\s*图\.[^{}]*\}\}")
_TYPES = "[Content_Types].xml"


@lru_cache(maxsize=4)
def build_template(outline: str, *, date: dt.date) -> bytes:
    """The .docx that ``outline`` describes; ``date`` dates the package, inside and out.

    Same outline and date, same bytes.  Raises ``ValueError``, with the line, if a table has no line
    of widths, a row has another number of cells, or a section is neither 横排 nor 竖排.
    """
    parts = dict(_iter_base_parts(files(__name__) / "base"))
    package = WordPackage(parts, parse_xml_part(parts.pop(_TYPES)))
    document = as_document(package)
    sections = _split_sections(outline)
    used = {marker for _, lines in sections for marker, _ in lines}
    add_gongwen_styles(document.styles, letter=not used.isdisjoint(_OF_LETTERS))
    _write_sections(document, sections)
    number_pages(document)
    for mark in (text for marker, text in sections[0][1] if marker == LETTERHEAD):
        make_first_page_of_letter(document, mark)
    put_document_back(document, package)
    package.describe("", "", date)
    return package.to_bytes(date)


def _iter_base_parts(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    """Name and content of every part below ``folder``, in a fixed order."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _iter_base_parts(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry.read_bytes()


def _write_sections(
    document: Document, sections: Sequence[tuple[str, list[tuple[str, str]]]]
) -> None:
    """The blocks of each section, and the paragraph that ends it.

    A paragraph of its own, too low to need a line: one that holds a tag may vanish when filled.
    """
    for place, (paper, lines) in enumerate(sections):
        if place:
            document.add_section()
            give_style(document.paragraphs[-1], _SECTION_END)
        set_paper(document.sections[-1], paper)
        _write_blocks(document, lines)
    # Word wants a paragraph after a table, also where only a control paragraph stood behind it.
    _, last = sections[-1]
    if not last or last[-1][0] in ("|", "control"):
        give_style(document.add_paragraph(), _SECTION_END)


def _split_sections(outline: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Of each section the lie of its paper, and its lines as marker and text."""
    sections: list[tuple[str, list[tuple[str, str]]]] = [("竖排", [])]
    for line in outline.splitlines():
        marker, text = _split_marker(line.strip())
        if marker == "===":
            sections.append((text, []))
        elif line.strip() and marker != "%%":
            sections[-1][1].append((marker, text))
    return sections


def _split_marker(line: str) -> tuple[str, str]:
    """The marker of a line and the text behind it; some lines are their own marker."""
    if line.startswith("|"):
        return "|", line
    if CONTROL.fullmatch(line):
        return "control", line
    if _FIGURE.fullmatch(line):
        return "figure", line
    marked = _MARKED.match(line)
    return (marked[1], line[marked.end() :]) if marked else ("", line)


def _write_blocks(document: Document, lines: Sequence[tuple[str, str]]) -> None:
    """The paragraphs and tables of the section that is the last so far."""
    before = ""
    lines = [line for line in lines if line[0] != LETTERHEAD]
    for marker, group in groupby(lines, key=lambda line: line[0]):
        texts = [text for _, text in group]
        if marker == "|":
            add_table(document, texts, measure_text_width(document.sections[-1]))
        else:
            _write_paragraphs(document, marker, texts, first=marker != before)
        before = before if marker == "control" else marker


def _write_paragraphs(
    document: Document, marker: str, texts: Sequence[str], *, first: bool
) -> None:
    for text in texts:
        lead, *rest = BAR.split(text, maxsplit=1) if marker == "###" else [text]
        style = _STYLES[marker] if first else _NEXT.get(marker, _STYLES[marker])
        if rest:
            _write_run_in(document, lead, rest[0])
        else:
            add_text(give_style(document.add_paragraph(), style), text)
        first = False


def _write_run_in(document: Document, lead: str, rest: str) -> None:
    # The number is given to the paragraph itself: Word ignores the level in a style's numbering.
    paragraph = document.add_paragraph()
    number_by_list(paragraph._p, 1)
    add_text(paragraph, lead, LEAD_ID)
    add_text(paragraph, rest)
