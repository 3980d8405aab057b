r"""An official document (公文) after GB/T 9704-2012: an outline text becomes a styled .docx.

The result is the default report template: users edit it in Word, so the tags in the outline stay
typed text, each paragraph's text in one run.  The looks are styles of ``base/``, the base document
with its parts unzipped; this module only says which line has which style (style ids in brackets).

=====================  ===========================================================================
line                   becomes
=====================  ===========================================================================
``# 甲\乙``              公文标题 [DocumentTitle]; ``\`` breaks a line, in every kind of line
``#- text``            题下说明 [TitleLine]: date, meeting or speaker below the title
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
``=== 横排``            a new section on a new page, landscape; ``=== 竖排``: portrait.  Never
                       alone in a condition: the paper of what stands before it would go with
                       it; all sections after the first may be, if the last lies as the first
``#@ 附件1``            附件标识 [AnnexLabel], always on a new page
``#= text``            附件标题 [AnnexTitle]
``| a | b |``          a row of a table; rows above the line of widths repeat on each page
                       [TableHead], those below are [TableText].  One cell alone spans the row;
                       a ``|`` inside a tag does not part cells
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
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import accumulate, groupby, pairwise
from xml.sax.saxutils import escape

_STYLES = {
    "#": "DocumentTitle",
    "#-": "TitleLine",
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
    "#@": "AnnexLabel",
    "#=": "AnnexTitle",
}
_NEXT = {"=.": "AnnexListNext", "--": "IssuedOn"}  # of lines that follow one with their marker
_MARKED = re.compile(r"(#{1,5}|#[-@=]|:\.|:|\^\^|>>|=\.|--|===|%%)(?: +|$)")
_CONTROL = re.compile(r"\{%[^{}]*%\}")
_FIGURE = re.compile(r"\{\{\s*图\.[^{}]*\}\}")
_BAR = re.compile(r"\|(?![^{}]*\})")  # not inside a tag
_WIDTH = re.compile(r":?(?:\d+(?:\.\d+)?|\*)~?")

# Twentieths of a point.  Margins 37, 28, 26 and 35 mm around 156 × 225 mm of text; landscape is the
# same sheet turned, so the text keeps its place on the paper.  The footer stands such that the
# dashes of the page number are 7 mm below the text in both.  22 lines of 579 leave 22: room for
# the paragraph that ends a section, or a full page would be followed by a blank one.
_PAPER = {"竖排": (11906, 16838), "横排": (16838, 11906)}
_MARGINS = {
    "竖排": {"top": 2098, "right": 1474, "bottom": 1980, "left": 1587, "footer": 1419},
    "横排": {"top": 1587, "right": 2098, "bottom": 1474, "left": 1984, "footer": 909},
}
_TOTAL_BORDER = (
    '<w:tcBorders><w:top w:val="single" w:sz="12" w:space="0" w:color="auto"/></w:tcBorders>'
)
_PAGE_PARTS = "".join(
    f'<w:{part}Reference w:type="{pages}" r:id="{relation}"/>'
    for part, pages, relation in (
        ("header", "default", "rId6"),
        ("header", "even", "rId7"),
        ("footer", "default", "rId8"),
        ("footer", "even", "rId9"),
    )
)


def template(outline: str, *, date: dt.date) -> bytes:
    """The .docx that ``outline`` describes; ``date`` dates the package, inside and out.

    Same outline and date, same bytes.  Raises ``ValueError``, with the line, if a table has no line
    of widths, a row has another number of cells, or a section is neither 横排 nor 竖排.
    """
    stamp = f"{date:%Y-%m-%d}T00:00:00Z"
    parts = dict(_parts(files("reportgen.word") / "base"))
    core = parts["docProps/core.xml"].replace("1980-01-01T00:00:00Z", stamp)
    document = parts["word/document.xml"].replace("<!--body-->", _body(outline))
    parts |= {"docProps/core.xml": core, "word/document.xml": document}
    return _zipped(parts, date)


def _parts(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Name and text of every part below ``folder``, in a fixed order, the content types first."""
    for entry in sorted(folder.iterdir(), key=lambda entry: (entry.name[0] != "[", entry.name)):
        if entry.is_dir():
            yield from _parts(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry.read_text(encoding="utf-8")


def _zipped(parts: dict[str, str], date: dt.date) -> bytes:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (date.year, date.month, date.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else the bytes tell on which system they were written
            archive.writestr(entry, text)
    return package.getvalue()


def _body(outline: str) -> str:
    """The content of ``w:body``: each section's blocks, closed by its page set-up."""
    *sections, (paper, lines) = _sections(outline)
    text = "".join(
        _blocks(lines, paper) + _section_end(_page(paper, first=not number))
        for number, (paper, lines) in enumerate(sections)
    )
    # Word wants a paragraph after a table, also where only a control paragraph stood behind it.
    bare = not lines or lines[-1][0] in ("|", "control")
    closing = _section_end("") if bare else ""
    # Pages headers and footers stand in the last section as well: the first may go with a condition.
    return text + _blocks(lines, paper) + closing + _page(paper, first=True)


def _sections(outline: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Of each section the lie of its paper, and its lines as marker and text."""
    sections: list[tuple[str, list[tuple[str, str]]]] = [("竖排", [])]
    for line in outline.splitlines():
        marker, text = _split(line.strip())
        if marker == "===":
            sections.append((text, []))
        elif line.strip() and marker != "%%":
            sections[-1][1].append((marker, text))
    return sections


def _split(line: str) -> tuple[str, str]:
    """The marker of a line and the text behind it; some lines are their own marker."""
    if line.startswith("|"):
        return "|", line
    if _CONTROL.fullmatch(line):
        return "control", line
    if _FIGURE.fullmatch(line):
        return "figure", line
    marked = _MARKED.match(line)
    return (marked[1], line[marked.end() :]) if marked else ("", line)


def _section_end(page: str) -> str:
    # A paragraph of its own, too low to need a line: one that holds a tag may vanish when filled.
    return f'<w:p><w:pPr><w:pStyle w:val="SectionEnd"/>{page}</w:pPr></w:p>'


def _page(paper: str, *, first: bool) -> str:
    """The set-up of a section's pages; headers and footers pass from the first section to all."""
    if paper not in _PAPER:
        raise ValueError(f"=== {paper}: 横排 or 竖排？")
    width, height = _PAPER[paper]
    turned = ' w:orient="landscape"' if paper == "横排" else ""
    margins = " ".join(f'w:{side}="{length}"' for side, length in _MARGINS[paper].items())
    return (
        f'<w:sectPr>{_PAGE_PARTS if first else ""}<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar {margins} w:header="851" w:gutter="0"/>'
        '<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
    )


def _blocks(lines: Sequence[tuple[str, str]], paper: str) -> str:
    """The paragraphs and tables of one section."""
    blocks: list[str] = []
    before = ""
    for marker, group in groupby(lines, key=lambda line: line[0]):
        texts = [text for _, text in group]
        if marker == "|":
            width, margins = _PAPER[paper][0], _MARGINS[paper]
            blocks.append(_table(texts, width - margins["left"] - margins["right"]))
        else:
            blocks += _paragraphs(marker, texts, first=marker != before)
        before = before if marker == "control" else marker
    return "".join(blocks)


def _paragraphs(marker: str, texts: Sequence[str], *, first: bool) -> Iterator[str]:
    for text in texts:
        lead, *rest = _BAR.split(text, maxsplit=1) if marker == "###" else [text]
        style = _STYLES[marker] if first else _NEXT.get(marker, _STYLES[marker])
        yield _run_in(lead, rest[0]) if rest else _paragraph(style, text)
        first = False


def _paragraph(style: str, text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{_run(text)}</w:p>'


def _run_in(lead: str, rest: str) -> str:
    # The number is given to the paragraph itself: Word ignores the level in a style's numbering.
    number = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    runs = _run(lead, '<w:rStyle w:val="Lead"/>') + _run(rest)
    return f'<w:p><w:pPr><w:pStyle w:val="Normal"/>{number}</w:pPr>{runs}</w:p>'


def _run(text: str, properties: str = "") -> str:
    r"""One run; its ``\`` are line breaks.  The hint makes “ ” and … as wide as the characters."""
    pieces = (f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in text.split("\\"))
    hint = '<w:rFonts w:hint="eastAsia"/>'
    return f"<w:r><w:rPr>{properties}{hint}</w:rPr>{'<w:br/>'.join(pieces)}</w:r>"


def _cells(row: str) -> list[str]:
    """The texts between the ``|`` of a row; those inside tags do not part."""
    return [cell.strip() for cell in _BAR.split(row.removeprefix("|").removesuffix("|"))]


def _table(rows: Sequence[str], width: int) -> str:
    """A table over the whole ``width``; rows above the line of widths are its header."""
    cells = [_cells(row) for row in rows]
    ruler = next((n for n, row in enumerate(cells) if all(map(_WIDTH.fullmatch, row))), None)
    if ruler is None:
        raise ValueError(f"a table without a line of widths: {rows[0]}")
    parts = [cell.strip(":~") for cell in cells[ruler]]
    kind, style = ("List", "FittedTable") if "*" in parts else ("Table", "TableGrid")
    widths = _shared([1.0 if part == "*" else float(part) for part in parts], width)
    whole = not any(cell.endswith("~") for cell in cells[ruler])
    sides = ["left" if cell.startswith(":") else "center" for cell in cells[ruler]]
    middle = ["center"] * len(widths)
    head = [_row(row, widths, middle, f"{kind}Head") for row in cells[:ruler]]
    body = [_row(row, widths, sides, f"{kind}Text", whole=whole) for row in cells[ruler + 1 :]]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{width}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(head)}{''.join(body)}</w:tbl>"
    )


def _shared(parts: Sequence[float], whole: int) -> list[int]:
    """``whole`` shared out in proportion to ``parts``, nothing lost to rounding."""
    edges = [round(whole * edge / sum(parts)) for edge in accumulate(parts, initial=0)]
    return [right - left for left, right in pairwise(edges)]


def _row(
    cells: Sequence[str], widths: list[int], sides: list[str], style: str, *, whole: bool = True
) -> str:
    """One row, if ``whole`` never split over pages; a single cell spans all columns."""
    span = ""
    if len(cells) == 1 < len(widths):
        span = f'<w:gridSpan w:val="{len(widths)}"/>'
        widths, sides = [sum(widths)], ["center"]
    if len(cells) != len(widths):
        raise ValueError(f"{len(cells)} cells in a table of {len(widths)} columns: {cells}")
    repeated = "<w:tblHeader/>" if style.endswith("Head") else ""
    style = "TableTotal" if cells[0] == "合计" else style
    border = _TOTAL_BORDER if style == "TableTotal" else ""
    text = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{border}'
        f'<w:vAlign w:val="center"/></w:tcPr>{_cell(cell, side, style)}</w:tc>'
        for cell, width, side in zip(cells, widths, sides, strict=True)
    )
    least = 340 if style.startswith("List") else 400
    height = f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>'
    unsplit = "<w:cantSplit/>" if whole else ""
    return f"<w:tr><w:trPr>{unsplit}{height}{repeated}</w:trPr>{text}</w:tr>"


def _cell(text: str, side: str, style: str) -> str:
    style = "Control" if _CONTROL.fullmatch(text) else style
    return _paragraph(style, text, '<w:jc w:val="left"/>' if side == "left" else "")
