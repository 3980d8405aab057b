"""A chart in the document: its paragraph, the picture in the text line, and the caption below."""

from __future__ import annotations

import copy
import io
from typing import Any

from docx.document import Document
from docx.shared import Mm
from docx.text.run import Run
from lxml import etree

from reportgen.facts.report import Drawing
from reportgen.word.xml.wml import (
    W,
    drop_unwritable,
    escape,
    make_field,
    make_run,
    remove_element,
    w,
)

PICTURE = "rg-picture"
"""The instruction ``<?rg-picture N?>`` in a run stands for the Nth picture."""

UNDRAWN = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
"""A PNG of one pixel, in place of a chart that need not be drawn."""

_ORDER = """
    pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers
    pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE
    autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents
    suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle
    rPr sectPr
"""  # the order the format asks for
_PICTURE_LINE = {
    "keepNext": {},
    "snapToGrid": {"val": "0"},
    "spacing": {"line": "240", "lineRule": "auto"},
    "ind": {"left": "0", "right": "0", "firstLine": "0", "firstLineChars": "0"},
    "jc": {"val": "center"},
}


def make_picture_properties(properties: etree._Element | None) -> etree._Element:
    """The properties of a tag's paragraph, changed so that a picture fits in.

    Centred, single spaced (an exact line height would cut it off), kept with its caption.
    """
    made = etree.Element(w("pPr"), nsmap={"w": W})
    if properties is not None:
        made = copy.deepcopy(properties)
    for name, attributes in _PICTURE_LINE.items():
        for old in made.findall(w(name)):
            made.remove(old)
        etree.SubElement(made, w(name), {w(key): value for key, value in attributes.items()})
    order = _ORDER.split()
    made[:] = sorted(made, key=lambda each: order.index(etree.QName(each).localname))
    return made


def insert_picture(document: Document, note: Any, drawing: Drawing, image: bytes) -> None:  # noqa: ANN401
    """Put a picture into the run in which this instruction stands."""
    width, height = map(Mm, drawing.size)
    shape = Run(note.getparent(), document).add_picture(io.BytesIO(image), width, height)
    remove_element(note)
    inline: Any = shape._inline
    for about in (inline.docPr, inline.graphic.graphicData.pic.nvPicPr.cNvPr):
        about.name = drop_unwritable(drawing.key)
    inline.docPr.set("descr", drop_unwritable(drawing.alt))


def make_caption(drawing: Drawing, number: int) -> str:
    """The content of the caption's paragraph: 图, a number that counts itself, the title."""
    counted = make_field("", r"SEQ 图 \* ARABIC", str(number))
    return f"{make_run('', '图')}{counted}{make_run('', f' {drawing.title}')}"


def find_caption_style(styles: etree._Element | None) -> str:
    """A caption's paragraph properties.

    The style FigureCaption, or else Word's own caption style (whose id differs by language), or
    else none.
    """
    known = {} if styles is None else _find_paragraph_styles(styles)
    chosen = known.get("FigureCaption") or known.get("caption")
    return f'<w:pPr><w:pStyle w:val="{escape(chosen)}"/></w:pPr>' if chosen else ""


def _find_paragraph_styles(styles: etree._Element) -> dict[str, str]:
    found = {}
    for style in styles.iter(w("style")):
        name = style.find(w("name"))
        identity = style.get(w("styleId"), "")
        found[identity] = identity
        if name is not None:
            found[name.get(w("val"), "").lower()] = identity
    return found
