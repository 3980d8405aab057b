"""The visible mark of a draft: a red line in every header, and a first page of what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from reportgen.word.ooxml import R, W, elements, run, w
from reportgen.word.package import OFFICE, Package, to_xml

NOTHING = "核查没有发现问题，本稿供审阅。"
HEADING = "草稿：以下问题尚未解决"
LISTED = 22
"""So many sentences of two lines fit on the page."""

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_RED = '<w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr>'
_SPACING = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
_LEFT = f'<w:pPr><w:snapToGrid w:val="0"/>{_SPACING}<w:ind w:firstLine="0"/><w:jc w:val="left"/></w:pPr>'
_SMALL = '<w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>'
_WIDTHS = (500, 8300)
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_TABLE = (
    f'<w:tblPr><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>'
    + "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="808080"/>' for edge in _EDGES
    )
    + '</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
    + "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    + "</w:tblGrid>"
)
_LINE = f'<w:p><w:pPr>{_SPACING}<w:jc w:val="center"/></w:pPr>{run(_RED, "草稿")}</w:p>'


def front_page(document: etree._Element, missing: Sequence[str]) -> None:
    """Put a page before all others that lists the sentences; what it has no room for is counted."""
    body = document.find(w("body"))
    assert body is not None
    shown = list(missing[:LISTED]) or [NOTHING]
    if len(missing) > LISTED:
        shown.append(f"另有{len(missing) - LISTED}处没有列出，全部问题见“核查”的结果。")
    heading = run(_RED, HEADING if missing else "草稿")
    centred = f'<w:pPr>{_SPACING}<w:jc w:val="center"/></w:pPr>'
    rows = "".join(_row(number, sentence) for number, sentence in enumerate(shown, 1))
    table = f"<w:tbl>{_TABLE}{rows}</w:tbl>" if missing else f"<w:p>{_LEFT}{run('', NOTHING)}</w:p>"
    page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    body[:0] = elements(f"<w:p>{centred}{heading}</w:p>{table}{page}")


def _row(number: int, sentence: str) -> str:
    cells = ((_WIDTHS[0], str(number) if number <= LISTED else ""), (_WIDTHS[1], sentence))
    return "".join(
        [
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>",
            *(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
                f"<w:p>{_LEFT}{run(_SMALL, text)}</w:p></w:tc>"
                for width, text in cells
            ),
            "</w:tr>",
        ]
    )


def mark_header(header: etree._Element) -> None:
    """Put the red line first in a header."""
    header[:0] = elements(_LINE)


def add_headers(package: Package, document: etree._Element, kinds: Iterable[str]) -> None:
    """Give the first section a marked header of each kind (default, first, even) it lacks.

    The following sections take over what they have none of themselves.
    """
    section = next(document.iter(w("sectPr")), None)
    if section is None:
        body = document.find(w("body"))
        assert body is not None
        section = etree.SubElement(body, w("sectPr"))
    references = section.findall(w("headerReference"))
    present = {reference.get(w("type")) for reference in references}
    for kind in kinds:
        if kind not in present:
            _add_header(package, section, kind)


def kinds(document: etree._Element, settings: etree._Element | None) -> list[str]:
    """The kinds of header that pages of this document show."""
    first = next(document.iter(w("titlePg")), None) is not None
    even = settings is not None and settings.find(w("evenAndOddHeaders")) is not None
    return ["default", *["first"] * first, *["even"] * even]


def _add_header(package: Package, section: etree._Element, kind: str) -> None:
    name = package.free_name("word/header{}.xml")
    root = etree.Element(w("hdr"), nsmap={"w": W, "r": R})
    mark_header(root)
    package.put(name, to_xml(root), _TYPE)
    reference = etree.Element(w("headerReference"))
    reference.set(w("type"), kind)
    reference.set(f"{{{R}}}id", package.link(package.document, name, f"{OFFICE}/header"))
    section.insert(0, reference)
