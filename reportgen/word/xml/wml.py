"""The few words of WordprocessingML that the other modules share, as strings and as trees."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
PREFIXES = {"w": W, "r": R, "wp": WP, "a": A, "pic": PIC}
"""Prefixes that what we write relies on."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("([\n\t])")
_SPECIAL = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')


def w(name: str) -> str:
    """``p`` → the qualified name of ``w:p``."""
    return f"{{{W}}}{name}"


FRAMES = frozenset(map(w, ("sdt", "sdtContent", "customXml")))
"""What may stand around blocks, rows, cells or runs without being one (ECMA-376 part 1, 17.5)."""
FRAME_PROPERTIES = frozenset(map(w, ("sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr")))


def remove_element(element: etree._Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def remove_with_run(element: etree._Element) -> None:
    """Take an element out, and its run with it if that then holds nothing but its looks."""
    parent = element.getparent()
    remove_element(element)
    if parent is not None and parent.tag == w("r") and all(c.tag == w("rPr") for c in parent):
        remove_element(parent)


def unwrap_element(element: etree._Element) -> None:
    """Let only what an element holds stay, without what tells of it."""
    for child in list(element):
        if child.tag not in FRAME_PROPERTIES:
            element.addprevious(child)
    remove_element(element)


def parse_elements(xml: str) -> list[etree._Element]:
    """The elements that a piece of XML of ours is, in order."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in PREFIXES.items())
    return list(etree.fromstring(f"<all {declared}>{xml}</all>"))


def drop_unwritable(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _UNWRITABLE.sub("", text)


def escape(text: str) -> str:
    """Text as it stands in XML, in an element or in a quoted attribute.

    Characters that XML cannot hold are dropped.
    """
    text = drop_unwritable(text).replace("&", "&amp;")
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def make_run(properties: str, text: str) -> str:
    """A run with these properties (``<w:rPr>…``); line ends and tabs are kept."""
    if not _SPECIAL.search(text):  # nearly always, and many times in a long table
        return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'
    marks = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    content = "".join(
        marks.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in _BREAKS.split(text.replace("\r\n", "\n").replace("\r", "\n"))
        if piece
    )
    return f"<w:r>{properties}{content}</w:r>"


def keep_numbers_whole(properties: str) -> str:
    """A run's properties such that LibreOffice breaks no line within a number.

    It does so where the language of Latin letters is Chinese; Word then marks nothing as misspelt.
    """
    if properties and not properties.startswith("<w:rPr>"):
        return properties
    bare = _LANGUAGE.sub("", properties.removeprefix("<w:rPr>").removesuffix("</w:rPr>"))
    proof, end = (match.start() if (match := each.search(bare)) else len(bare) for each in _AFTER)
    return f"<w:rPr>{bare[:proof]}<w:noProof/>{bare[proof:end]}{_ENGLISH}{bare[end:]}</w:rPr>"


_ENGLISH = '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
_LANGUAGE = re.compile("<w:(lang|noProof)\\b[^>]*/>")
_AFTER = (
    re.compile(
        "<(w:(snapToGrid|vanish|webHidden|color|spacing|w|kern|position|szC?s?|highlight|u|effect|bdr|"
        "shd|fitText|vertAlign|rtl|cs|em|eastAsianLayout|specVanish|oMath)\\b|(?!w:))"
    ),
    re.compile("<(w:(eastAsianLayout|specVanish|oMath)\\b|(?!w:|/))"),
)
"""What follows ``noProof`` and ``lang`` in the order that the format asks for."""


def make_field(properties: str, instruction: str, shown: str) -> str:
    """A complex field: five runs of equal looks, its result included."""
    mark = f'<w:r>{properties}<w:fldChar w:fldCharType="'
    return (
        f'{mark}begin"/></w:r>'
        f'<w:r>{properties}<w:instrText xml:space="preserve"> {escape(instruction)} '
        f'</w:instrText></w:r>{mark}separate"/></w:r>{make_run(properties, shown)}{mark}end"/></w:r>'
    )


def parse_whole_number(text: str | None, default: int = 0) -> int:
    """A whole number from an attribute; what is none counts as not given."""
    return int(text) if text and re.fullmatch("-?[0-9]{1,9}", text) else default


class ElementWriter:
    """Writes elements of one part as strings without repeating what its root declares."""

    def __init__(self, root: etree._Element) -> None:
        own: dict[Any, str] = dict(root.nsmap)  # lxml's stubs know no default namespace
        names: dict[Any, str] = PREFIXES | own
        if any(names[prefix] != uri for prefix, uri in PREFIXES.items()):
            raise ValueError("prefixes with another meaning")
        declared = "|".join(
            re.escape(f' xmlns{f":{prefix}" if prefix else ""}="{uri}"')
            for prefix, uri in own.items()
        )
        self._declared = re.compile(declared)
        self._element = root
        bare = etree.Element(root.tag, _copy_attributes(root), nsmap=names)
        self.root = _to_start_tag(etree.tostring(bare, encoding="unicode"))

    def xml(self, element: etree._Element) -> str:
        """The element with all it holds."""
        text = etree.tostring(element, encoding="unicode", with_tail=False)
        head, end, rest = text.partition(">")
        return f"{self._declared.sub('', head)}{end}{rest}"

    def opening(self, element: etree._Element) -> str:
        """Its start tag."""
        scope: Any = element.nsmap
        bare = etree.Element(element.tag, _copy_attributes(element), nsmap=scope)
        return _to_start_tag(self.xml(bare))

    def closing(self, element: etree._Element) -> str:
        """Its end tag."""
        begun = self.root if element is self._element else self.opening(element)
        return f"</{re.split('[ >]', begun[1:], maxsplit=1)[0]}>"


def _copy_attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _to_start_tag(empty: str) -> str:
    return f"{empty.removesuffix('/>')}>"
