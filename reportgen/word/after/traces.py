"""What editing leaves in the parts that people write in, and how it is taken out.

Fields other than those that belong to the document itself become what they show; content controls
lose what they are called and bound to; permissions, bookmarks that nothing refers to, names of
picture files, notes of programs go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from reportgen.word.document.text_rows import is_row_note
from reportgen.word.xml.runs import (
    FIELD_KIND,
    FIELD_MARK,
    INSTRUCTION,
    LOOKS,
    RUN,
    SIMPLE,
)
from reportgen.word.xml.wml import PIC, WP, A, R, remove_element, remove_with_run, unwrap_element, w

_LIVE = re.compile(
    r"\s*(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES|PAGEREF|REF|NOTEREF|STYLEREF|TOC"
    r"|EQ|SYMBOL|ADVANCE|LISTNUM|AUTONUM\w*|FORMCHECKBOX)\b|\s*HYPERLINK\b",
    re.IGNORECASE,
)
"""Fields that are kept: page numbers, references inside the document, what is drawn from its code.

Links are kept here; those that lead outside are told of in ``carried_along``.
"""
_GONE = [
    w(name)
    for name in (
        "permStart", "permEnd", "fldData", "ffData", "printerSettings", "smartTagPr", "customXmlPr",
        "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart",
        "customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd",
        "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd", "proofErr",
    )
]  # fmt: skip
_CONTROL_KEPT = frozenset(
    ["rPr", "lock", "text", "richText", "picture", "date", "dropDownList", "comboBox", "checkbox"]
)
"""What of a content control is kept: what kind it is and how it looks."""
_SEEN_OF_A_PICTURE = f"{{{WP}}}docPr"
_BOOKMARK = re.compile(r"[\w.]+")


@dataclass
class _OpenField:
    """A field that has begun: its instruction so far and the elements that frame its result."""

    frame: list[etree._Element] = field(default_factory=list)
    code: str = ""
    is_showing: bool = False


def clear_traces(root: etree._Element, *, keep_rows: bool = False) -> None:
    """Take them out of one part, in place; what a reader sees stays.

    ``keep_rows``: so do the notes that stand for rows set aside.
    """
    flatten_fields(root)
    for element in list(root.iter(*_GONE)):
        remove_element(element)
    for element in list(root.iter(w("customXml"), w("smartTag"))):
        unwrap_element(element)
    for properties in list(root.iter(w("sdtPr"))):
        _clear_control(properties)
    _drop_bookmarks(root)
    _rename_pictures(root)
    for note in list(root.iter(etree.ProcessingInstruction, etree.Comment)):
        if not (keep_rows and is_row_note(note)):
            _drop_note(note)


def flatten_fields(root: etree._Element) -> None:
    """Fields that are not kept give way to their results; halves of fields go."""
    begun: list[_OpenField] = []
    gone: list[etree._Element] = []
    in_runs = (each for run in root.iter(RUN) for each in run if each.tag != LOOKS)
    for element in in_runs:
        kind = element.get(FIELD_KIND, "") if element.tag == FIELD_MARK else ""
        if kind == "begin":
            begun.append(_OpenField())
        elif not begun and element.tag in (FIELD_MARK, INSTRUCTION):
            gone.append(element)
        for each in begun:  # what stands in a field's code, results of inner fields too
            if not each.is_showing or (each is begun[-1] and kind):
                each.frame.append(element)
        if begun and element.tag == INSTRUCTION:
            begun[-1].code += element.text or ""
        if begun and kind == "separate":
            begun[-1].is_showing = True
        elif begun and kind == "end":
            ended = begun.pop()
            gone += [] if _LIVE.match(ended.code) else ended.frame
    gone += [e for each in begun for e in each.frame if e.tag in (FIELD_MARK, INSTRUCTION)]
    for element in gone:
        remove_with_run(element)
    for simple in [e for e in root.iter(SIMPLE) if not _LIVE.match(e.get(w("instr"), ""))]:
        unwrap_element(simple)


def _clear_control(properties: etree._Element) -> None:
    for child in list(properties):
        if etree.QName(child).localname not in _CONTROL_KEPT:
            properties.remove(child)
        else:
            for each in child.iter():
                for name in (w("fullDate"), w("lastValue")):
                    each.attrib.pop(name, "")


def _drop_bookmarks(root: etree._Element) -> None:
    """Those that no reference inside the part names; the place edited last is one of them."""
    named = set(_iter_referred_names(root))
    starts = [e for e in root.iter(w("bookmarkStart")) if e.get(w("name")) not in named]
    numbers = {start.get(w("id")) for start in starts}
    ends = [e for e in root.iter(w("bookmarkEnd")) if e.get(w("id")) in numbers]
    for each in (*starts, *ends):
        remove_element(each)


def _iter_referred_names(root: etree._Element) -> Iterable[str]:
    for link in root.iter(w("hyperlink")):
        yield link.get(w("anchor"), "")
    for code in (*root.iter(INSTRUCTION), *root.iter(SIMPLE)):
        yield from _BOOKMARK.findall(code.text or code.get(w("instr")) or "")


def _rename_pictures(root: etree._Element) -> None:
    """The words for those who cannot see it stay; names of files and titles of programs go."""
    for element in root.iter(_SEEN_OF_A_PICTURE, f"{{{PIC}}}cNvPr"):
        element.set("name", f"图{element.get('id', '')}")
        element.attrib.pop("title", "")
        if element.tag != _SEEN_OF_A_PICTURE:
            element.attrib.pop("descr", "")
    for link in root.iter(f"{{{A}}}hlinkClick", f"{{{A}}}hlinkHover"):
        link.attrib.pop("tooltip", "")
    for picture in root.iter(f"{{{A}}}blip"):
        if picture.get(f"{{{R}}}embed"):  # where the embedded picture once came from
            picture.attrib.pop(f"{{{R}}}link", "")


def _drop_note(note: etree._Element) -> None:
    """A comment or an instruction to a program, without the text behind it."""
    parent = note.getparent()
    if parent is None:
        return
    if note.tail:
        previous = note.getprevious()
        if previous is None:
            parent.text = (parent.text or "") + note.tail
        else:
            previous.tail = (previous.tail or "") + note.tail
    parent.remove(note)
