"""What a document shows, as plain frozen values: paragraphs, tables, pictures, live figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from reportgen.facts.report import ChartTable

_UNSEEN = dict.fromkeys(map(ord, "\u200b\ufeff"))
"""Spaces of no width."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A live field: the key it names and the text it shows."""

    key: str
    text: str


Pieces: TypeAlias = tuple["str | Figure", ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it would stand with all tracked changes accepted.

    ``place``: for the user.  ``part`` and ``number``: which ``w:p`` of which part, counting all
    of them from 0.  ``marks``: our bookmarks that cover some of it.  ``level``: of a heading, 0 of
    anything else.
    """

    place: str
    part: str
    number: int
    pieces: Pieces
    marks: tuple[str, ...] = ()
    level: int = 0

    @property
    def text(self) -> str:
        """What a reader sees."""
        return text_of_pieces(self.pieces)

    @property
    def signature(self) -> str:
        """Its words and the keys of its figures, spaces apart."""
        return drop_spaces(
            "".join(
                piece if isinstance(piece, str) else f"\0{piece.key}\1" for piece in self.pieces
            )
        )

    @property
    def spots(self) -> Iterator[tuple[int, Figure]]:
        """Its live fields, each with where in the text it starts."""
        start = 0
        for piece in self.pieces:
            if isinstance(piece, Figure):
                yield start, piece
            start += len(piece if isinstance(piece, str) else piece.text)

    @property
    def figures(self) -> list[Figure]:
        """Its live fields, in order."""
        return [piece for piece in self.pieces if isinstance(piece, Figure)]


StoredLine: TypeAlias = "str | list[str]"
"""What a cell shows: a text or, if it holds live fields, ``[text, key, text, key, text]``."""


class TableRow:
    """A table row: its cells, each of one or more paragraphs.

    ``aside``: its number if it was set aside as text; in the report just filled such rows are many
    at once and have no cells here.
    """

    cells: tuple[tuple[Paragraph, ...], ...]
    aside: int = -1

    @property
    def width(self) -> int:
        """How many cells it has."""
        return len(self.cells)

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """Those of all its cells."""
        return (paragraph for cell in self.cells for paragraph in cell)

    @property
    def figured(self) -> Iterator[Paragraph]:
        """Those that hold live fields."""
        return (paragraph for paragraph in self.paragraphs if paragraph.figures)

    @property
    def texts(self) -> Sequence[str | None]:
        """What each cell shows, None for one that holds live fields."""
        return [
            None if any(p.figures for p in cell) else "\n".join(p.text for p in cell)
            for cell in self.cells
        ]

    @cached_property
    def signature(self) -> str:
        """Those of its cells, told apart."""
        return "\2".join("".join(p.signature for p in cell) for cell in self.cells)

    @property
    def marks(self) -> tuple[str, ...]:
        """Our bookmarks in its first cell."""
        return tuple(mark for paragraph in self.cells[:1] for p in paragraph for mark in p.marks)


@dataclass(frozen=True)
class CellRow(TableRow):
    """A row of which all is at hand."""

    cells: tuple[tuple[Paragraph, ...], ...]
    aside: int = -1


@dataclass(frozen=True, eq=False)
class LineRow(TableRow):
    """A row by what its cells show; its paragraphs are made only when asked for.

    ``figures``: what each key shows.  ``part`` and ``number``: of its first paragraph, as in
    ``Paragraph``; ``counts``: how many paragraphs each cell has, a line for each.
    """

    mark: str
    lines: Sequence[StoredLine]
    place: str
    figures: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    number: int = 0
    counts: Sequence[int] = ()
    aside: int = -1

    @cached_property
    def cells(self) -> tuple[tuple[Paragraph, ...], ...]:  # type: ignore[override]
        """Made from the lines."""
        return tuple(self._cells())

    @property
    def width(self) -> int:
        """How many cells it has."""
        return len(self.lines)

    @property
    def figured(self) -> Iterator[Paragraph]:
        """Those that hold live fields."""
        if any(not isinstance(line, str) for line in self.lines):
            yield from super().figured

    @property
    def texts(self) -> Sequence[str | None]:
        """What each cell shows, None for one that holds live fields."""
        return [line if isinstance(line, str) else None for line in self.lines]

    @cached_property
    def signature(self) -> str:
        """As it would be of the paragraphs."""
        return drop_spaces("\2".join(map(_make_line_signature, self.lines)))

    @property
    def marks(self) -> tuple[str, ...]:
        """Our first bookmark in its first cell."""
        return (self.mark,) if self.mark else ()

    def _cells(self) -> Iterator[tuple[Paragraph, ...]]:
        number = self.number
        for at, line in enumerate(self.lines, 1):
            count = self.counts[at - 1] if self.counts else 1
            texts = line.split("\n") if count > 1 and isinstance(line, str) else [line]
            marks = self.marks if at == 1 else ()
            yield tuple(
                Paragraph(f"{self.place}行第{at}列", self.part, number + step,
                          split_line_to_pieces(text, self.figures), marks if step == 0 else ())
                for step, text in enumerate(texts)
            )  # fmt: skip
            number += count


def text_of_pieces(pieces: Iterable[str | Figure]) -> str:
    """What a reader sees of pieces."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)


def split_line_to_pieces(line: StoredLine, figures: Mapping[str, str]) -> Pieces:
    """A line as pieces; ``figures``: what each key shows."""
    if isinstance(line, str):
        return (line,) if line else ()
    return tuple(
        Figure(part, figures.get(part, "")) if at % 2 else part
        for at, part in enumerate(line)
        if at % 2 or part
    )


def _make_line_signature(line: StoredLine) -> str:
    if isinstance(line, str):
        return line
    return "".join(f"\0{part}\1" if at % 2 else part for at, part in enumerate(line))


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table; one that stands in a cell of another counts among that cell's paragraphs."""

    place: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class NativeReading:
    """What a chart that Word draws itself shows.

    ``table``: from what Word keeps of its data; ``workbook``: the file that opens for editing, if
    it has one, and ``digest`` its SHA-256; ``labels``: what is written over the numbers, if not these
    (texts, formats with digits of their own, percentages that Word works out); ``texts``: typed
    elsewhere in the chart; ``cells``: where in the workbook the numbers of each series stand.
    """

    table: ChartTable
    digest: str = ""
    workbook: bytes = field(default=b"", repr=False, compare=False)
    labels: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    cells: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text: its name, words and size (EMU), its image and the SHA-256 of that.

    ``number``: the paragraph it stands in, as in ``Paragraph``.  ``captions``: the lines with text
    before and after it.  ``cropped``: not all of the image is shown.  Of a chart as made ``image``
    is its print (``charts.likeness``).  ``chart``: of a chart that Word draws itself; the SHA-256
    is then that of its table.
    """

    place: str
    part: str
    number: int
    name: str
    alt: str
    size: tuple[int, int]
    sha256: str
    captions: tuple[str, str] = ("", "")
    cropped: bool = False
    image: bytes = field(default=b"", repr=False)
    chart: NativeReading | None = None


Block: TypeAlias = Paragraph | DocumentTable
CellParagraphs: TypeAlias = tuple[Paragraph, ...]


@dataclass(frozen=True)
class Content:
    """What a document shows.

    ``body``: paragraphs and tables in order; ``edges``: the paragraphs with text in headers,
    footers, notes and text boxes.
    """

    body: Sequence[Block] = ()
    edges: Sequence[Paragraph] = ()
    pictures: Sequence[Picture] = ()

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Those of the body outside tables."""
        return [block for block in self.body if isinstance(block, Paragraph)]

    @property
    def tables(self) -> list[DocumentTable]:
        """The body's tables."""
        return [block for block in self.body if isinstance(block, DocumentTable)]

    @property
    def everything(self) -> Iterator[Paragraph]:
        """All paragraphs, those in tables and at the edges included."""
        yield from iter_block_paragraphs(self.body)
        yield from self.edges

    @property
    def figured(self) -> Iterator[Paragraph]:
        """All paragraphs that hold live fields."""
        for block in self.body:
            if isinstance(block, DocumentTable):
                for row in block.rows:
                    yield from row.figured
            elif block.figures:
                yield block
        yield from (paragraph for paragraph in self.edges if paragraph.figures)


def iter_block_paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """The paragraphs, those in tables included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from (paragraph for row in block.rows for paragraph in row.paragraphs)


def drop_spaces(text: str) -> str:
    """A text without its spaces and line breaks, which restyling changes."""
    text = "".join(text.split())
    return text.translate(_UNSEEN) if "\u200b" in text or "\ufeff" in text else text
