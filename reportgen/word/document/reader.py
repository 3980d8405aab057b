r"""A finished report read back, after people have edited it, into plain frozen values.

How the programs treat what we write.  LibreOffice 7.4 was watched, opening and saving as .docx
(``tests/word/document/test_reader.py`` does it again).  Word was not at hand: what its format allows and its
documentation says.  Nor was WPS: it keeps to Word's format; nothing more is known or relied on.

====================  ======================================  ====================================
what we write         Word                                    LibreOffice
====================  ======================================  ====================================
DOCPROPERTY field     kept; “update field” (F9, printing)     kept in body, cells and headers; the
                      puts the custom property over the       instruction loses ``\* MERGEFORMAT``;
                      result; typing in it changes the        an overtyped result stays as it is
                      result only
the same, fldSimple   may stand instead                       becomes a complex field
instruction, result   splits them where looks or checking     joins them; the looks of a part of a
over several runs     marks differ                            result are lost
tracked change in a   kept                                    deleted and inserted text both become
result                                                        the result, the change is forgotten
deleted paragraph     kept as a change                        the end stays, the change is forgotten
end
bookmarks ``rg_``     move with what is cut, do not come      kept, ids numbered anew
                      along with a copy; Enter behind one: it
                      stays with the first paragraph
custom properties     kept                                    kept, in another order
record (custom XML)   kept, the part may be renamed           kept, attributes would be dropped
picture               kept; “compress pictures” changes the   name, words and image kept, the image
                      image                                   byte by byte; size by 40 EMU
headers, footers      kept                                    one copy for each section
SEQ in captions       kept, counted anew                      kept, counted anew
section break in an   kept                                    the paragraph goes, its section stays
empty paragraph
====================  ======================================  ====================================

So of an instruction only the key is read, of a field only its text and not its runs; the record
is found by its namespace, a picture by what it shows or else by its name; and headers and footers are
one heap of paragraphs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from reportgen.errors import DocumentError, ReportError
from reportgen.word.document import fields
from reportgen.word.document.headings import find_style_levels
from reportgen.word.document.model import (
    Block,
    Content,
    Paragraph,
    Picture,
    iter_block_paragraphs,
)
from reportgen.word.document.part_reader import PartReader
from reportgen.word.document.record import DamagedRecordError, ReportRecord
from reportgen.word.document.text_rows import TextRows
from reportgen.word.xml import package as packages
from reportgen.word.xml import stories
from reportgen.word.xml.package import WordPackage, parse_xml_part

DAMAGED_RECORD = "报告里的数据来源已损坏，不能核对；请换用没有损坏的那一份，或重新生成报告，再把修改过的文字复制过去"
NOT_OURS = "这份文档不是本工具生成的报告，或其中的数据来源已被清除，不能核对"


@dataclass(frozen=True)
class ReportReading:
    """An edited report: what it shows, its custom properties, and the record it carries.

    ``foreign``: the document properties that are shown but no figures of ours.
    """

    content: Content
    properties: Mapping[str, str] = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict)
    foreign: frozenset[str] = frozenset()


@dataclass(frozen=True)
class OpenedReport:
    """An edited report as it is read, and its parts as trees, by name.

    ``aside``: rows of the body that stand in its tree as instructions only.
    """

    package: WordPackage
    trees: Mapping[str, etree._Element]
    reading: ReportReading
    aside: TextRows


def read_report(docx: bytes) -> ReportReading:
    """An edited report.

    Raises:
        ReportError: it cannot be read, or is no report of ours with all it needs.
    """
    return open_report(docx).reading


def open_report(docx: bytes) -> OpenedReport:
    """As ``read_report``, with what it was read from."""
    package = open_package(docx)
    known = require_record(package)
    aside = TextRows()
    with raise_as_damage():
        trees, labels = parse_trees(package, aside.split(package.parts[package.document]))
        properties = fields.read_custom_properties(package)
    foreign = frozenset({*known.get("own", []), *properties} - known["facts"].keys())
    shown = read_content(package, trees, labels, aside, foreign)
    reading = ReportReading(shown, properties, known, foreign)
    return OpenedReport(package, trees, reading, aside)


def open_trees(
    docx: bytes,
) -> tuple[WordPackage, dict[str, etree._Element], Mapping[str, str]]:
    """Any Word document's package, and its parts as ``parse_trees`` gives them.

    Raises:
        ReportError: it is no Word document that can be read.
    """
    package = open_package(docx)
    with raise_as_damage():
        return package, *parse_trees(package, package.parts[package.document])


def parse_trees(
    package: WordPackage, body: bytes
) -> tuple[dict[str, etree._Element], Mapping[str, str]]:
    """The body and every other part that readers see as trees, and what users call these parts."""
    trees = {package.document: parse_xml_part(body)}
    labels = stories.label_parts(package, trees[package.document])
    return trees | {n: parse_xml_part(package.parts[n]) for n in labels if n not in trees}, labels


@contextmanager
def raise_as_damage() -> Iterator[None]:
    """Raise a ReportError for what parsing a damaged document's parts raises."""
    try:
        yield
    except (KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise ReportError("这份文档已损坏，请在 Word 中打开并另存一份。") from error


def open_package(docx: bytes) -> WordPackage:
    """The package of a report; ReportError if it cannot be read."""
    try:
        return packages.read_word_package(docx)
    except DocumentError as error:
        raise ReportError(str(error)) from error


def require_record(package: WordPackage) -> ReportRecord:
    """The record that a report of ours carries.

    Raises:
        ReportError: there is none, or it cannot be relied on.
    """
    try:
        found = fields.read_report_record(package)
    except DamagedRecordError as error:
        raise ReportError(f"{DAMAGED_RECORD}。") from error
    if found is None:
        raise ReportError(f"{NOT_OURS}。")
    return found


def read_content(
    package: WordPackage, trees: Mapping[str, etree._Element], labels: Mapping[str, str],
    aside: TextRows | None = None, foreign: Container[str] = (), *, headings: bool = True,
) -> Content:  # fmt: skip
    """What the parts show.

    ``labels`` as from ``stories.label_parts``; ``aside``: the body's rows there; ``foreign``: the document
    properties that are no figures of ours.  ``headings``: whether to look in the styles for them.
    """
    kept = aside or TextRows()
    styles = find_style_levels(package) if headings else {}
    whole = [
        PartReader(name, labels[name], tree, kept, styles, foreign) for name, tree in trees.items()
    ]
    read = [part.read() for part in whole]
    body = next((blocks for part, blocks in zip(whole, read, strict=True) if part.in_body), [])
    edges = [
        paragraph
        for part, blocks in zip(whole, read, strict=True)
        for paragraph in (*iter_block_paragraphs([] if part.in_body else blocks), *part.boxes())
        if paragraph.text.strip()
    ]
    pictures = [picture for part in whole for picture in part.pictures(package)]
    return Content(body, edges, list(_add_captions(pictures, body)))


def _add_captions(pictures: Iterable[Picture], body: Iterable[Block]) -> Iterator[Picture]:
    """Each with the lines before and after it."""
    lines = [
        (each.number, each.text)
        for each in body
        if isinstance(each, Paragraph) and each.text.strip()
    ]
    for picture in pictures:
        at_ = bisect_left(lines, (picture.number, ""))
        before, here = lines[at_ - 1 : at_], lines[at_ : at_ + 1]
        texts = before[0][1] if before else "", here[0][1] if here else ""
        yield replace(picture, captions=texts)
