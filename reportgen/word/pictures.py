"""A chart in the document: its paragraph, the picture in the text line, and the caption below."""

from __future__ import annotations

import copy

from lxml import etree

from reportgen.analysis.report import Drawing
from reportgen.word.ooxml import PIC, A, W, escape, field, run, w

_EMU = 36_000  # per millimetre
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


def paragraph_properties(properties: etree._Element | None) -> etree._Element:
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


def inline(drawing: Drawing, relation: str, number: int) -> str:
    """The run that shows the picture; ``relation``: id of its image part, ``number``: its own."""
    width, height = (round(side * _EMU) for side in drawing.size)
    name, words = escape(drawing.key), escape(drawing.alt)
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="{name}" descr="{words}"/>'
        f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{PIC}">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
        f"<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        f"</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def caption(drawing: Drawing, number: int) -> str:
    """The content of the caption's paragraph: 图, a number that counts itself, the title."""
    counted = field("", r"SEQ 图 \* ARABIC", str(number))
    return f"{run('', '图')}{counted}{run('', f' {drawing.title}')}"


def caption_style(styles: etree._Element | None) -> str:
    """A caption's paragraph properties.

    The style FigureCaption, or else Word's own caption style (whose id differs by language), or
    else none.
    """
    known = {} if styles is None else _paragraph_styles(styles)
    chosen = known.get("FigureCaption") or known.get("caption")
    return f'<w:pPr><w:pStyle w:val="{escape(chosen)}"/></w:pPr>' if chosen else ""


def _paragraph_styles(styles: etree._Element) -> dict[str, str]:
    found = {}
    for style in styles.iter(w("style")):
        name = style.find(w("name"))
        identity = style.get(w("styleId"), "")
        found[identity] = identity
        if name is not None:
            found[name.get(w("val"), "").lower()] = identity
    return found
