"""The copy of a report that leaves the house: only what is to be read stays in it.

Figures become plain text, and so do the numbers of captions; page numbers, cross-references and
tables of contents stay live, as they belong to the document itself.  Tracked changes are accepted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from reportgen.word import fields
from reportgen.word.contents import Content
from reportgen.word.ooxml import remove, remove_with_run, w
from reportgen.word.package import Package, parse, to_xml
from reportgen.word.parts import labels
from reportgen.word.reading import content, opened
from reportgen.word.revisions import COMMENT_PARTS, settle

_PLAIN = re.compile(r"\s*(DOCPROPERTY|SEQ)\b", re.IGNORECASE)
_FIELD, _CODE, _SIMPLE = w("fldChar"), w("instrText"), w("fldSimple")
_PACKAGE = frozenset(["custom-properties", "thumbnail", "extended-properties"])
_DOCUMENT = frozenset([*COMMENT_PARTS, "people", "customXml"])
_SETTINGS = (
    "rsids", "docVars", "attachedTemplate", "trackRevisions", "proofState", "docId", "mailMerge",
)  # fmt: skip


@dataclass
class _Field:
    """A field that has begun: its instruction so far and the elements that frame its result."""

    frame: list[etree._Element]
    code: str = ""
    showing: bool = False


def finalize(docx: bytes) -> bytes:
    """The finished report without its ties, comments and traces of editing.

    Raises:
        ReportError: it cannot be read.
    """
    package = opened(docx)
    record = fields.record_in(package)
    trees = {package.document: parse(package.parts[package.document])}
    named = labels(package, trees[package.document])
    trees |= {name: parse(package.parts[name]) for name in named if name not in trees}
    before = _text(content(package, trees, named))
    for name, tree in trees.items():
        settle(tree)
        _unlink(tree)
        _drop_return_mark(tree)
        package.parts[name] = to_xml(tree)
    if _text(content(package, trees, named)) != before:
        raise AssertionError("the text a reader sees must not change")
    _strip(package)
    date = dt.date.fromisoformat(record.get("date", "1980-01-01"))
    package.describe(record.get("title", ""), "", date)
    return package.to_bytes(date)


def _text(shown: Content) -> str:
    """All that is read; an accepted deletion may have joined paragraphs."""
    return "".join(paragraph.text for paragraph in shown.everything)


def _unlink(root: etree._Element) -> None:
    """Our fields give way to their results; halves of fields go."""
    begun: list[_Field] = []
    gone: list[etree._Element] = []
    for element in root.iter(_FIELD, _CODE):
        kind = element.get(w("fldCharType"), "")
        if kind == "begin":
            begun.append(_Field([element]))
        elif not begun:
            gone.append(element)
        else:
            begun[-1].frame.append(element)
            begun[-1].showing |= kind == "separate"
            begun[-1].code += (element.text or "") if element.tag == _CODE else ""
            if kind == "end":
                ended = begun.pop()
                gone += ended.frame if _PLAIN.match(ended.code) else []
    gone += [element for each in begun for element in each.frame]
    for element in gone:
        remove_with_run(element)
    for simple in [each for each in root.iter(_SIMPLE) if _PLAIN.match(each.get(w("instr"), ""))]:
        for child in simple:
            simple.addprevious(child)
        remove(simple)


def _drop_return_mark(root: etree._Element) -> None:
    """Word's own bookmark of the place edited last."""
    starts = [each for each in root.iter(w("bookmarkStart")) if each.get(w("name")) == "_GoBack"]
    ids = {each.get(w("id")) for each in starts}
    ends = [each for each in root.iter(w("bookmarkEnd")) if each.get(w("id")) in ids]
    for each in (*starts, *ends):
        remove(each)


def _strip(package: Package) -> None:
    for link in package.linked(package.document):
        if link.type == "customXml":
            package.unlink(link.part, frozenset(["customXmlProps"]))
    package.unlink(package.document, _DOCUMENT)
    package.unlink("", _PACKAGE)
    for name in _linked(package, ("settings",)):
        root = parse(package.parts[name])
        _drop(root, _SETTINGS)
        package.unlink(name, frozenset(["attachedTemplate", "mailMergeSource"]))
        package.parts[name] = to_xml(root)
    for name in _linked(package, ("styles", "numbering")):
        root = parse(package.parts[name])
        _drop(root, ("rsid",))
        package.parts[name] = to_xml(root)


def _linked(package: Package, types: Iterable[str]) -> Iterator[str]:
    return (link.part for link in package.linked(package.document) if link.type in types)


def _drop(root: etree._Element, names: Iterable[str]) -> None:
    wanted = set(names)
    for element in list(root.iter()):
        if isinstance(element.tag, str) and etree.QName(element).localname in wanted:
            remove(element)
