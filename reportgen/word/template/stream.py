"""A Word template as a stream: XML text, and between it tags and places for bookmarks, in order.

Control tags that govern whole paragraphs, rows or cells take their own paragraph, row or cell
with them, so that the XML between the tags of a block is always complete.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree

from reportgen.word.template import hidden_content, paragraph_tags, sentences
from reportgen.word.template import picture as pictures
from reportgen.word.template.paragraph_tags import TaggedParagraph
from reportgen.word.template.sentences import Sentences
from reportgen.word.template.tags import Governs, Tag
from reportgen.word.xml import revisions
from reportgen.word.xml.package import OutsideLink
from reportgen.word.xml.wml import (
    FRAMES,
    ElementWriter,
    keep_numbers_whole,
    make_run,
    parse_whole_number,
    remove_element,
    w,
)


@dataclass(frozen=True, slots=True)
class BookmarkPlace:
    """The start of a paragraph's content, where a bookmark may begin.

    ``heads_row``: the first paragraph in a row's first cell.  ``depth``: the tables around it.
    """

    heads_row: bool
    depth: int


@dataclass(frozen=True, slots=True)
class TagSlot:
    """A print tag, with the properties of the run in which it begins.

    ``paragraph``: for a tag alone in its paragraph, that paragraph's properties (may be empty);
    the slot then writes whole paragraphs.  ``picture``: the properties for a picture there.
    """

    tag: Tag
    properties: str
    paragraph: str | None = None
    picture: str = ""
    place: BookmarkPlace | None = None


Event: TypeAlias = str | TagSlot | Tag | BookmarkPlace

COLUMNS, COLUMNS_END, NEEDS_PARAGRAPH = "rg-columns", "rg-columns-end", "rg-paragraph"
"""Processing instructions left for ``postprocess``: grid columns that the cells between share, and
the end of a container that may have lost the last paragraph it needs.  The second names the
grid column after the shared ones."""

_COLLECTIONS = frozenset(map(w, ("document", "footnotes", "endnotes")))
_CONTAINERS = frozenset(map(w, ("body", "footnote", "endnote")))
_IMPORTED = Tag(
    "faulty", "", fault="这里插入了另一个文件（altChunk），请在 Word 中打开模板、另存一次再用"
)


def read_part(
    root: etree._Element,
    label: str,
    links: Mapping[str, OutsideLink] | None = None,
    known: Sentences | None = None,
) -> list[Event]:
    """The stream of one part; ``label`` names it to the user (正文, 页眉).

    ``links``: what in it leads outside the file, by relationship id; ``known``: the sentences that
    it may use.

    Raises:
        ValueError: the part binds the usual prefixes to other namespaces.
    """
    revisions.accept_revisions(root)
    hidden_content.unbind_controls(root)
    reader = _PartReader(ElementWriter(root), label, links or {}, known or {})
    if root.tag not in _COLLECTIONS:
        reader.container(root, reader.writer.root)
        return reader.stream
    reader.stream.append(reader.writer.root)
    for child in root:
        if child.tag in _CONTAINERS:
            reader.container(child, reader.writer.opening(child))
        else:
            reader.stream.append(reader.writer.xml(child))
    reader.stream.append(reader.writer.closing(root))
    return reader.stream


class _PartReader:
    """Walks one part and counts its paragraphs and tables as the user would."""

    def __init__(
        self, writer: ElementWriter, label: str, links: Mapping[str, OutsideLink], known: Sentences
    ) -> None:
        self.writer = writer
        self._links = links
        self._sentences = known
        self.stream: list[Event] = []
        self._label = label
        self._in_body = label == "正文"
        self._levels = itertools.count(1)
        self._paragraphs = itertools.count(1)
        self._tables = itertools.count(1)
        self._governed: set[int] = set()  # levels at which control tags stand
        self._head: etree._Element | None = None

    def container(self, holder: etree._Element, opening: str) -> None:
        """The body, a header or a note: paragraphs and tables, and the last section's layout."""
        section = [child for child in holder if child.tag == w("sectPr")]
        self.stream.append(opening)
        self._blocks([child for child in holder if child not in section], "", 0)
        self.stream += map(self.writer.xml, section)
        self.stream.append(self.writer.closing(holder))

    def _blocks(self, children: Iterable[etree._Element], cell: str, depth: int) -> None:
        """Siblings at paragraph level; ``cell``: the place of the table cell around them."""
        level = next(self._levels)
        for child in children:
            if child.tag == w("p"):
                self._paragraph(child, cell, level, depth)
            elif child.tag == w("tbl"):
                self._table(child, cell, depth + 1)
            else:
                self._other(child, lambda inner: self._blocks(inner, cell, depth))
        if level in self._governed:
            self.stream.append(f"<?{NEEDS_PARAGRAPH}?>")

    def _paragraph(self, p: etree._Element, cell: str, level: int, depth: int) -> None:
        place = cell or self._paragraph_place()
        content = paragraph_tags.read_tagged_paragraph(p, self.writer, self._levels)
        inside = [*hidden_content.find_hidden_faults(p, self._links), *content.singles]
        inside += sentences.find_singles_in_sentences(content, self._sentences)
        self.stream += [self._placed(tag, place) for tag in inside]
        content = sentences.fault_unknown_sentences(content, self._sentences)
        sentence = sentences.find_lone_sentence(content, self._sentences)
        if sentence is None:
            whole = sentences.inline_sentences(content, self._sentences)
            self._content(p, whole, place, level, depth)
            return
        section = self._parted_section(p)
        self._governed.add(level)
        self.stream += [*content.marks, self._placed(sentences.make_begin_tag(sentence), place)]
        for each in sentences.make_sentence_paragraphs(content, sentence, joined=bool(cell)):
            self._content(p, each, place, level, depth)
        self.stream += [self._placed(sentences.make_end_tag(sentence), place), section]

    def _content(
        self, p: etree._Element, content: TaggedParagraph, place: str, level: int, depth: int
    ) -> None:
        """A paragraph with the looks of ``p`` and this content."""
        if content.controls:
            self._govern(content.controls, "paragraphs", place, level, depth)
            self.stream += [*content.marks, self._section_break(p)]
            return
        where = BookmarkPlace(p is self._head, depth)
        if content.lone_print:
            self._lone_slot(p, content, place, where)
            return
        self.stream += [f"{self.writer.opening(p)}{self._properties(p)}", where]
        self._inline(content, place, depth)
        self.stream.append(self.writer.closing(p))

    def _lone_slot(
        self, p: etree._Element, content: TaggedParagraph, place: str, where: BookmarkPlace
    ) -> None:
        """A tag that may become several paragraphs; a section's end stays behind them."""
        section = self._parted_section(p)
        start, tag = content.first_print
        unseen = [self._placed(tag, place) for tag in content.unseen]
        picture = self.writer.xml(pictures.make_picture_properties(p.find(w("pPr"))))
        tag = self._placed(tag, place, alone=True)
        slot = TagSlot(
            tag, keep_numbers_whole(start.properties), self._properties(p), picture, where
        )
        self.stream += [*content.marks, *unseen, slot, section]

    def _properties(self, p: etree._Element) -> str:
        properties = p.find(w("pPr"))
        return "" if properties is None else self.writer.xml(properties)

    def _inline(self, content: TaggedParagraph, place: str, depth: int) -> None:
        for piece, part in sentences.iter_seamless_content(content.content()):
            if isinstance(part, str):
                self.stream.append(piece.xml or make_run(piece.properties, part))
                continue
            tag = self._placed(part, place, level=piece.level, depth=depth)
            looks = keep_numbers_whole(piece.properties)
            self.stream.append(TagSlot(tag, looks) if tag.kind == "print" else tag)

    def _table(self, table: etree._Element, cell: str, depth: int) -> None:
        if cell:
            name = f"{cell}内的表"
        else:
            number = next(self._tables)
            name = f"第{number}张表" if self._in_body else f"{self._label}的表"
        self.stream.append(self.writer.opening(table))
        self._rows(table, name, itertools.count(1), depth)
        self.stream.append(self.writer.closing(table))

    def _rows(
        self, children: Iterable[etree._Element], name: str, numbers: Iterator[int], depth: int
    ) -> None:
        """Siblings at row level."""
        level = next(self._levels)
        for child in children:
            if child.tag == w("tr"):
                self._row(child, f"{name}第{next(numbers)}行", level, depth)
            else:
                self._other(child, lambda inner: self._rows(inner, name, numbers, depth))

    def _row(self, row: etree._Element, place: str, level: int, depth: int) -> None:
        cells = row.findall(w("tc"))
        controls = {cell: tags for cell in cells if (tags := self._controls(cell))}
        blank = sum(self._is_blank(cell) for cell in cells)
        if len(controls) == 1 and blank == len(cells) - 1:
            [(cell, here)] = controls.items()
            column = cells.index(cell) + 1
            self._govern(here, "rows", f"{place}第{column}列", level, depth)
            return
        outer, self._head = self._head, self._first_paragraph(cells, controls)
        self.stream.append(self.writer.opening(row))
        self._cells(row, controls, place, depth)
        self.stream.append(self.writer.closing(row))
        self._head = outer

    def _cells(
        self, row: etree._Element, controls: dict[etree._Element, list[Tag]], place: str, depth: int
    ) -> None:
        """Siblings at cell level.  The grid columns of an outermost block are marked as shared."""
        level = next(self._levels)
        grid = _read_number(row.find(f"{w('trPr')}/{w('gridBefore')}"), 0)
        numbers = itertools.count(1)
        opened = 0
        for child in row:
            if child.tag != w("tc"):
                self._other(child, lambda inner: self._odd_cells(inner, place, depth))
                continue
            where = f"{place}第{next(numbers)}列"
            grid += _read_number(child.find(f"{w('tcPr')}/{w('gridSpan')}"), 1)
            if child not in controls:
                self._cell(child, where, depth)
                continue
            self.stream += [] if opened else [f"<?{COLUMNS}?>"]
            self._govern(controls[child], "cells", where, level, depth)
            opened += sum(_count_nesting(tag) for tag in controls[child])
            self.stream += [] if opened else [f"<?{COLUMNS_END} {grid}?>"]

    def _cell(self, cell: etree._Element, place: str, depth: int) -> None:
        self.stream.append(self.writer.opening(cell))
        self._blocks(cell, place, depth)
        self.stream.append(self.writer.closing(cell))

    def _odd_cells(self, children: Iterable[etree._Element], place: str, depth: int) -> None:
        for child in children:
            if child.tag == w("tc"):
                self._cell(child, place, depth)
            else:
                self.stream.append(self.writer.xml(child))

    def _other(
        self, child: etree._Element, read: Callable[[Iterable[etree._Element]], None]
    ) -> None:
        """A content control: its frame as it is, its content read; anything else as it is."""
        if child.tag not in FRAMES:
            self.stream.append(self.writer.xml(child))
            self.stream += [self._placed(_IMPORTED, self._label)] * (child.tag == w("altChunk"))
            return
        opening, content, closing = paragraph_tags.open_frame(child, self.writer)
        self.stream.append(opening)
        read(content)
        self.stream.append(closing)

    def _govern(
        self, here: Iterable[Tag], governs: Governs, place: str, level: int, depth: int
    ) -> None:
        self._governed.add(level)
        self.stream += [
            self._placed(tag, place, governs=governs, level=level, depth=depth) for tag in here
        ]

    def _placed(self, tag: Tag, place: str, **more: Any) -> Tag:  # noqa: ANN401 - fields of a tag
        place = f"{place}的{tag.within}" if tag.within else place
        return dataclasses.replace(tag, place=place, pictures=self._in_body, **more)

    def _paragraph_place(self) -> str:
        number = next(self._paragraphs)
        return f"正文第{number}段" if self._in_body else self._label

    def _parted_section(self, p: etree._Element) -> str:
        """What ends the section, taken out of a paragraph that may become several."""
        section = self._section_break(p)
        for each in p.findall(f"{w('pPr')}/{w('sectPr')}"):
            remove_element(each)
        return section

    def _section_break(self, p: etree._Element) -> str:
        section = p.find(f"{w('pPr')}/{w('sectPr')}")
        if section is None:
            return ""
        return f"<w:p><w:pPr>{self.writer.xml(section)}</w:pPr></w:p>"

    def _controls(self, cell: etree._Element) -> list[Tag]:
        """The control tags in a cell that holds nothing else."""
        contents = self._contents(cell)
        if not all(content.controls or content.blank for content in contents):
            return []
        here = [tag for content in contents for tag in content.controls]
        return here if any(tag.kind != "remark" for tag in here) else []

    def _is_blank(self, cell: etree._Element) -> bool:
        return all(content.blank for content in self._contents(cell))

    def _contents(self, cell: etree._Element) -> Sequence[TaggedParagraph]:
        """A cell's paragraphs, those of tables within it included."""
        unused = itertools.repeat(0)
        return [
            paragraph_tags.read_tagged_paragraph(p, self.writer, unused) for p in cell.iter(w("p"))
        ]

    def _first_paragraph(
        self, cells: Iterable[etree._Element], controls: Iterable[etree._Element]
    ) -> etree._Element | None:
        contents = (cell for cell in cells if cell not in controls)
        first = next(contents, None)
        inside = [] if first is None else first.findall(w("p"))
        unused = itertools.repeat(0)
        return next(
            (
                p
                for p in inside
                if not paragraph_tags.read_tagged_paragraph(p, self.writer, unused).controls
            ),
            None,
        )


def _read_number(element: etree._Element | None, default: int) -> int:
    return default if element is None else parse_whole_number(element.get(w("val")), default)


def _count_nesting(tag: Tag) -> int:
    return {"for": 1, "if": 1, "endfor": -1, "endif": -1}.get(tag.kind, 0)
