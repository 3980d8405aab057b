"""What a document shows, as plain frozen values: paragraphs, tables, pictures, live figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

_SPACE = re.compile(r"[\s\u200b\ufeff]+")


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
    of them from 0.  ``marks``: our bookmarks that cover some of it.
    """

    place: str
    part: str
    number: int
    pieces: Pieces
    marks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What a reader sees."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    @property
    def signature(self) -> str:
        """Its words and the keys of its figures, spaces apart."""
        return tight(
            "".join(
                piece if isinstance(piece, str) else f"\0{piece.key}\1" for piece in self.pieces
            )
        )

    @property
    def figures(self) -> list[Figure]:
        """Its live fields, in order."""
        return [piece for piece in self.pieces if isinstance(piece, Figure)]


@dataclass(frozen=True)
class Row:
    """A table row: its cells, each of one or more paragraphs.

    ``aside``: its number if it was set aside when the report was made; it then has no cells.
    """

    cells: tuple[tuple[Paragraph, ...], ...]
    aside: int = -1

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """Those of all its cells."""
        return (paragraph for cell in self.cells for paragraph in cell)

    @cached_property
    def signature(self) -> str:
        """Those of its cells, told apart."""
        return "\2".join("".join(p.signature for p in cell) for cell in self.cells)

    @property
    def marks(self) -> tuple[str, ...]:
        """Our bookmarks in its first cell."""
        return tuple(mark for paragraph in self.cells[:1] for p in paragraph for mark in p.marks)


@dataclass(frozen=True, slots=True)
class Table:
    """A table; one that stands in a cell of another counts among that cell's paragraphs."""

    place: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text: its name, words and size (EMU), the SHA-256 of its image.

    ``number``: the paragraph it stands in, as in ``Paragraph``.
    """

    place: str
    part: str
    number: int
    name: str
    alt: str
    size: tuple[int, int]
    sha256: str


Block: TypeAlias = Paragraph | Table


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
    def tables(self) -> list[Table]:
        """The body's tables."""
        return [block for block in self.body if isinstance(block, Table)]

    @property
    def everything(self) -> Iterator[Paragraph]:
        """All paragraphs, those in tables and at the edges included."""
        yield from flat(self.body)
        yield from self.edges


def flat(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """The paragraphs, those in tables included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from (paragraph for row in block.rows for paragraph in row.paragraphs)


def tight(text: str) -> str:
    """A text without its spaces and line breaks, which restyling changes."""
    return _SPACE.sub("", text)
