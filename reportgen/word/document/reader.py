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

import hashlib
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from reportgen.errors import ReportError, TemplateError
from reportgen.word.document import fields
from reportgen.word.document.headings import find_style_levels, level_of
from reportgen.word.document.model import (
    Block,
    CellRow,
    Content,
    DocumentTable,
    Figure,
    LineRow,
    Paragraph,
    Picture,
    Pieces,
    TableRow,
    iter_block_paragraphs,
)
from reportgen.word.document.paragraph_reader import LiveField, ParagraphReader
from reportgen.word.document.record import DamagedRecordError, ReportRecord
from reportgen.word.document.text_rows import ASIDE, ROWS, TextRows
from reportgen.word.xml import package as packages
from reportgen.word.xml import stories
from reportgen.word.xml.package import WordPackage, parse_xml_part
from reportgen.word.xml.wml import WP, A, R, parse_whole_number, w

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BLOCKS = frozenset(map(w, ("sdt", "sdtContent", "customXml", "ins", "moveTo")))
_MARKS = frozenset(map(w, ("bookmarkStart", "bookmarkEnd")))
_P, _TBL, _TR, _TC = w("p"), w("tbl"), w("tr"), w("tc")
_BOX = w("txbxContent")
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
    except TemplateError as error:
        raise ReportError(f"{error.mistakes[0].text}。") from error


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
    aside: TextRows | None = None, foreign: Container[str] = (),
) -> Content:  # fmt: skip
    """What the parts show.

    ``labels`` as from ``stories.label_parts``; ``aside``: the body's rows there; ``foreign``: the document
    properties that are no figures of ours.
    """
    kept = aside or TextRows()
    styles = find_style_levels(package)
    whole = [
        _PartReader(name, labels[name], tree, kept, styles, foreign) for name, tree in trees.items()
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


def freeze_pieces(shown: Iterable[object]) -> Pieces:
    """Frozen pieces: neighbouring words joined."""
    found: list[str | Figure] = []
    for piece in shown:
        if isinstance(piece, LiveField):
            found.append(Figure(piece.key, piece.text))
            continue
        text: str = piece.text  # type: ignore[attr-defined]
        if found and isinstance(found[-1], str):
            found[-1] += text
        else:
            found.append(text)
    return tuple(found)


class _PartReader:
    """One part while it is read."""

    def __init__(
        self, name: str, label: str, root: etree._Element, aside: TextRows, styles: Mapping[str, int],
        foreign: Container[str],
    ) -> None:  # fmt: skip
        self.name, self.label, self.root = name, label, root
        self._styles = styles
        self.in_body = label == stories.BODY
        self._aside = aside
        self._numbering = _ParagraphCounter(root, aside)
        self._reader = ParagraphReader(foreign)
        self._counted = self._tables = 0

    def read(self) -> list[Block]:
        top = self.root.find(w("body")) if self.in_body else self.root
        return list(self._blocks(top if top is not None else []))

    def boxes(self) -> Iterator[Paragraph]:
        """Paragraphs in text boxes; the second copy that Word keeps for old versions is left out."""
        self._numbering = _ParagraphCounter(self.root, self._aside)
        for box in self.root.iter(_BOX):
            if next(box.iterancestors(f"{_MC}Fallback"), None) is None:
                for p in box.iter(_P):
                    yield self._paragraph(p, f"{self.label}的文本框")

    def pictures(self, package: WordPackage) -> Iterator[Picture]:
        numbering = _ParagraphCounter(self.root, self._aside)
        images = {link.id: link.part for link in package.linked(self.name)}
        for drawing in self.root.iter(w("drawing")):
            about = next(drawing.iter(f"{{{WP}}}docPr"), None)
            blip = next(drawing.iter(f"{{{A}}}blip"), None)
            p = next(drawing.iterancestors(_P), None)
            if about is None or p is None or _is_deleted(drawing):
                continue
            name = images.get(blip.get(f"{{{R}}}embed", ""), "") if blip is not None else ""
            image = package.parts.get(name, b"")
            yield Picture(
                self.label, self.name, numbering.of(p), about.get("name", ""),
                about.get("descr", ""), _read_size(drawing), hashlib.sha256(image).hexdigest(),
                cropped=_is_cropped(drawing), image=image,
            )  # fmt: skip

    def _blocks(self, parent: Iterable[etree._Element]) -> Iterator[Block]:
        for child in parent:
            if child.tag == _P:
                self._counted += 1
                place = f"{self.label}第{self._counted}段" if self.in_body else self.label
                paragraph = self._paragraph(child, place)
                level = level_of(child, paragraph.text, self._styles)
                yield replace(paragraph, level=level) if level else paragraph
            elif child.tag == _TBL:
                yield self._table(child)
            elif child.tag in _MARKS:
                self._reader.mark(child)
            elif child.tag in _BLOCKS or child.tag in {w("footnote"), w("endnote")}:
                yield from self._blocks(child)

    def _table(self, table: etree._Element) -> DocumentTable:
        self._tables += 1
        place = f"第{self._tables}张表" if self.in_body else f"{self.label}的表"
        return DocumentTable(place, tuple(self._rows(table, place)))

    def _rows(self, parent: Iterable[Any], place: str, number: int = 0) -> Iterator[TableRow]:
        for child in parent:
            if child.tag == _TR:
                if child.find(f"{w('trPr')}/{w('del')}") is not None:
                    continue
                number += 1
                cells = enumerate(_iter_cells(child), 1)
                yield CellRow(
                    tuple(self._cell(cell, f"{place}第{number}行第{at}列") for at, cell in cells)
                )
            elif child.tag is etree.ProcessingInstruction and child.target == ROWS:
                yield CellRow((), int(child.text))
            elif child.tag is etree.ProcessingInstruction and child.target == ASIDE:
                number += 1
                yield self._line_row(child, f"{place}第{number}")
            elif child.tag in _MARKS:
                self._reader.mark(child)
            elif child.tag in _BLOCKS:
                for row in self._rows(child, place, number):
                    number += 1
                    yield row

    def _line_row(self, note: Any, place: str) -> LineRow:  # noqa: ANN401 - lxml's instructions
        number = int(note.text)
        mark, lines = self._aside.lines(number)
        counts = self._aside.shapes[number].counts
        first = self._numbering.of(note)
        return LineRow(mark, lines, place, {}, self.name, first, counts, number)

    def _cell(self, cell: etree._Element, place: str) -> tuple[Paragraph, ...]:
        inside = cell.findall(_P)
        about = len(cell) > 0 and cell[0].tag == w("tcPr")
        if len(inside) + about < len(cell):  # something besides its properties and paragraphs
            inside = [p for p in cell.iter(_P) if next(p.iterancestors(_BOX), None) is None]
        return tuple(self._paragraph(p, place) for p in inside)

    def _paragraph(self, p: etree._Element, place: str) -> Paragraph:
        plain = self._reader.plain(p)
        if plain is not None:
            return Paragraph(place, self.name, self._numbering.of(p), (plain,) if plain else ())
        shown = self._reader.paragraph(p)
        return Paragraph(
            place, self.name, self._numbering.of(p), freeze_pieces(shown.pieces), tuple(shown.marks)
        )


class _ParagraphCounter:
    """Numbers paragraphs that are asked for in the order of the document."""

    def __init__(self, root: etree._Element, aside: TextRows) -> None:
        self._following = iter_numbered_paragraphs(root, aside)
        self._here: tuple[int, etree._Element | None] = (-1, None)

    def of(self, p: etree._Element) -> int:
        """The number of ``p``, or of the first in a row set aside; asked for in order."""
        while self._here[1] is not p:
            self._here = next(self._following)
        return self._here[0]


def iter_numbered_paragraphs(
    root: etree._Element, aside: TextRows
) -> Iterator[tuple[int, etree._Element]]:
    """The paragraphs of a part with their numbers, a row set aside with its first one's."""
    number = 0
    for each in root.iter(_P, etree.ProcessingInstruction):
        if each.tag == _P:
            yield number, each
            number += 1
        elif getattr(each, "target", "") == ASIDE:
            yield number, each
            number += sum(aside.shapes[int(each.text or 0)].counts)


def _iter_cells(row: Iterable[etree._Element]) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == _TC:
            yield child
        elif child.tag in _BLOCKS:
            yield from _iter_cells(child)


def _is_deleted(element: etree._Element) -> bool:
    return next(element.iterancestors(w("del"), w("moveFrom"), f"{_MC}Fallback"), None) is not None


def _is_cropped(drawing: etree._Element) -> bool:
    """Whether a side of the image is cut away (``a:srcRect``, in thousandths of a percent)."""
    sides = next(drawing.iter(f"{{{A}}}srcRect"), None)
    return sides is not None and any(parse_whole_number(sides.get(side)) > 0 for side in "ltrb")


def _read_size(drawing: etree._Element) -> tuple[int, int]:
    extent = next(drawing.iter(f"{{{WP}}}extent"), None)
    return (
        (0, 0)
        if extent is None
        else (parse_whole_number(extent.get("cx")), parse_whole_number(extent.get("cy")))
    )
