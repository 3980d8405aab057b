"""What a person's editing leaves in a template and a finished report must not show.

Tracked changes are taken as accepted, comments are notes to the template's author, and the
marks of editing sessions would repeat where paragraphs do.
"""

from __future__ import annotations

import copy

from lxml import etree

from reportgen.word.xml.wml import remove_element, unwrap_element, w

COMMENT_PARTS = frozenset(["comments", "commentsExtended", "commentsIds", "commentsExtensible"])
"""Relationship types of the parts that hold comments."""

MARK = "rg_"
"""How the names of our own bookmarks begin."""

CONTENT_CHANGES = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")
"""The elements of tracked changes of what stands there, not of how it looks."""

INSERTED = frozenset(map(w, ("ins", "moveTo")))
"""What stands around things that came in by a tracked change."""

_LOOKS_CHANGES = [*map(w, ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange"))]
_DROPPED = [
    w(name)
    for name in (
        "del", "moveFrom", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
        "moveToRangeEnd", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange",
        "tcPrChange", "tblGridChange", "tblPrExChange", "numberingChange", "commentRangeStart",
        "commentRangeEnd", "commentReference", "annotationRef", "proofErr",
        "lastRenderedPageBreak", "cellIns", "cellDel", "cellMerge",
    )
]  # fmt: skip
_UNWRAPPED = [*INSERTED, w("smartTag")]
_ENDED = ("del", "moveFrom")
_SESSION = ("rsidR", "rsidRPr", "rsidP", "rsidRDefault", "rsidTr", "rsidDel", "rsidSect")
_SESSION_ATTRIBUTES = [w(name) for name in _SESSION] + [
    f"{{http://schemas.microsoft.com/office/word/2010/wordml}}{name}"
    for name in ("paraId", "textId")
]


def accept_revisions(root: etree._Element) -> None:
    """Accept all changes and remove comments and session marks, in place."""
    _join_paragraphs(root)
    for row in [
        row for row in root.iter(w("tr")) if row.find(f"{w('trPr')}/{w('del')}") is not None
    ]:
        remove_element(row)
    for element in list(root.iter(*_DROPPED)):
        remove_element(element)
    for element in list(root.iter(*_UNWRAPPED)):
        unwrap_element(element)
    for control in list(root.iter(w("sdtPr"))):
        for identity in control.findall(w("id")):
            control.remove(identity)
    _drop_own_marks(root)
    for element in root.iter(w("p"), w("r"), w("tr"), w("sectPr")):
        for name in _SESSION_ATTRIBUTES:
            if name in element.attrib:
                del element.attrib[name]


def copy_settled_looks(looks: etree._Element) -> etree._Element:
    """The looks of a run or paragraph without what was tracked in them."""
    new = copy.deepcopy(looks)
    for tracked in list(new.iter(*_LOOKS_CHANGES)):
        remove_element(tracked)
    return new


def _join_paragraphs(root: etree._Element) -> None:
    """A paragraph whose end is deleted goes on in the next one."""
    ended = f"{w('pPr')}/{w('rPr')}"
    for p in list(root.iter(w("p"))):
        marks = p.find(ended)
        following = p.getnext()
        gone = marks is not None and any(marks.find(w(name)) is not None for name in _ENDED)
        if gone and following is not None and following.tag == w("p"):
            begin = 1 if following.find(w("pPr")) is not None else 0
            following[begin:begin] = [child for child in p if child.tag != w("pPr")]
            remove_element(p)


def _drop_own_marks(root: etree._Element) -> None:
    starts = root.iter(w("bookmarkStart"))
    ours = [start for start in starts if start.get(w("name"), "").startswith(MARK)]
    ids = {start.get(w("id")) for start in ours}
    ends = [end for end in root.iter(w("bookmarkEnd")) if end.get(w("id")) in ids]
    for mark in [*ours, *ends]:
        remove_element(mark)
