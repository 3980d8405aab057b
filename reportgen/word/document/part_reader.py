"""One part of a report (body, header, notes) read into blocks, text boxes and pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from reportgen.word.document.chart_reader import digest_table, read_chart
from reportgen.word.document.headings import level_of
from reportgen.word.document.model import (
    Block,
    CellRow,
    DocumentTable,
    Figure,
    LineRow,
    NativeReading,
    Paragraph,
    Picture,
    Pieces,
    TableRow,
)
from reportgen.word.document.paragraph_reader import LiveField, ParagraphReader
from reportgen.word.document.text_rows import ASIDE, ROWS, TextRows
from reportgen.word.xml import stories
from reportgen.word.xml.package import WordPackage
from reportgen.word.xml.revisions import INSERTED
from reportgen.word.xml.wml import FRAMES, WP, A, C, R, parse_whole_number, w

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FRAMES = FRAMES | INSERTED
_MARKS = frozenset(map(w, ("bookmarkStart", "bookmarkEnd")))
_P, _TBL, _TR, _TC = w("p"), w("tbl"), w("tr"), w("tc")
_BOX = w("txbxContent")


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


class PartReader:
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
        """Paragraphs and tables, in the order of the document."""
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
        """Each drawing that is no deleted one, with the image it shows."""
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
            chart = _read_native_chart(package, images, drawing)
            yield Picture(
                self.label, self.name, numbering.of(p), about.get("name", ""),
                about.get("descr", ""), _read_size(drawing),
                digest_table(chart.table) if chart else hashlib.sha256(image).hexdigest(),
                cropped=_is_cropped(drawing), image=image, chart=chart,
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
            elif child.tag in _FRAMES or child.tag in {w("footnote"), w("endnote")}:
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
            elif child.tag in _FRAMES:
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
        elif child.tag in _FRAMES:
            yield from _iter_cells(child)


def _is_deleted(element: etree._Element) -> bool:
    return next(element.iterancestors(w("del"), w("moveFrom"), f"{_MC}Fallback"), None) is not None


def find_chart_part(parts: Mapping[str, str], drawing: etree._Element) -> str:
    """The part of the chart that a drawing shows, if it shows one; ``parts`` by relation."""
    chart = next(drawing.iter(f"{{{C}}}chart"), None)
    return parts.get(chart.get(f"{{{R}}}id", ""), "") if chart is not None else ""


def _read_native_chart(
    package: WordPackage, parts: Mapping[str, str], drawing: etree._Element
) -> NativeReading | None:
    part = find_chart_part(parts, drawing)
    return read_chart(package, part) if part else None


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
