"""The visible mark of a draft: a red line in every header, and a first page of what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from reportgen.word.ooxml import R, W, elements, run, w
from reportgen.word.package import OFFICE, Package, to_xml

NOTHING = "核查没有发现问题，本稿供审阅。"
HEADING = "草稿：以下问题尚未解决"

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_RED = '<w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr>'
_SPACING = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
_LINE = f'<w:p><w:pPr>{_SPACING}<w:jc w:val="center"/></w:pPr>{run(_RED, "草稿")}</w:p>'


def front_page(document: etree._Element, missing: Sequence[str]) -> None:
    """Put a page before all others that lists the sentences."""
    body = document.find(w("body"))
    assert body is not None
    left = f'<w:pPr>{_SPACING}<w:jc w:val="left"/></w:pPr>'
    page = [
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run(_RED, HEADING if missing else "草稿")}</w:p>'
    ]
    sentences = [f"{number}．{sentence}" for number, sentence in enumerate(missing, 1)]
    page += [f"<w:p>{left}{run('', sentence)}</w:p>" for sentence in sentences or [NOTHING]]
    page += ['<w:p><w:r><w:br w:type="page"/></w:r></w:p>']
    body[:0] = elements("".join(page))


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
