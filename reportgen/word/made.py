"""What a report showed when it was made, as the record inside it keeps it.

``{"body": [paragraph or table …], "edges": [line …], "pictures": {name: …}}``; a paragraph is
``[mark, line]`` or, of a heading, ``[mark, line, level]``, a table ``{"rows": [[mark, line, line …] …]}`` with a line for each cell, a line
is a text or, if it holds live fields, ``[text, key, text, key, text]``.  What a key shows is said
once, in the record's facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from reportgen.word.contents import (
    Block,
    Content,
    Figure,
    Line,
    LineRow,
    Paragraph,
    Picture,
    Pieces,
    Row,
    Table,
    pieces_of,
)  # fmt: skip
from reportgen.word.parts import BODY

AsideRow: TypeAlias = "list[str | list[str]]"
"""A mark and the lines of a row's cells."""

EDGE = "页眉页脚"


def to_record(content: Content, aside: Sequence[Sequence[AsideRow]]) -> dict[str, Any]:
    """The content as plain values; ``aside``: the rows that were kept out of the trees."""
    return {
        "body": [_block(block, aside) for block in content.body],
        "edges": [line(paragraph.pieces) for paragraph in content.edges],
        "pictures": {
            picture.name: {
                "alt": picture.alt,
                "size": list(picture.size),
                "sha256": picture.sha256,
                "captions": list(picture.captions),
            }
            for picture in content.pictures
        },
    }


def from_record(record: Mapping[str, Any]) -> Content:
    """What the record's report showed when it was made."""
    made, facts = record["made"], record["facts"]
    texts = {key: fact["text"] for key, fact in facts.items()}
    reader = _Reader(texts)
    return Content(
        [reader.block(block) for block in made["body"]],
        [reader.paragraph(EDGE, "", each) for each in made["edges"]],
        [
            Picture(
                BODY,
                "",
                0,
                name,
                each["alt"],
                tuple(each["size"]),
                each["sha256"],
                tuple(each.get("captions", ("", ""))),
            )
            for name, each in made["pictures"].items()
        ],
    )


def line(pieces: Iterable[str | Figure]) -> Line:
    """Pieces as a line."""
    found = [""]
    for piece in pieces:
        if isinstance(piece, Figure):
            found += [piece.key, ""]
        else:
            found[-1] += piece
    return found if len(found) > 1 else found[0]


def _block(block: Block, aside: Sequence[Sequence[AsideRow]]) -> object:
    if isinstance(block, Paragraph):
        about = [next(iter(block.marks), ""), line(block.pieces)]
        return [*about, block.level] if block.level else about
    rows: list[AsideRow] = []
    for row in block.rows:
        rows += aside[row.aside] if row.aside >= 0 else [_row(row)]
    return {"rows": rows}


def _row(row: Row) -> AsideRow:
    return [next(iter(row.marks), ""), *(line(joined(cell)) for cell in row.cells)]


def joined(cell: Iterable[Paragraph]) -> Pieces:
    """A cell's paragraphs as one, a line break between them."""
    found: list[str | Figure] = []
    for paragraph in cell:
        found += ["\n"] if found else []
        found += paragraph.pieces
    return tuple(found)


class _Reader:
    """Turns plain values back into what was shown, and numbers the places."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._paragraphs = self._tables = 0

    def block(self, block: Any) -> Block:  # noqa: ANN401 - from JSON
        if isinstance(block, dict):
            return self._table(block["rows"])
        self._paragraphs += 1
        mark, text, *level = block
        return self.paragraph(f"{BODY}第{self._paragraphs}段", mark, text, *level)

    def paragraph(self, place: str, mark: str, text: Line, level: int = 0) -> Paragraph:
        marks = (mark,) if mark else ()
        return Paragraph(place, "", 0, pieces_of(text, self._texts), marks, level)

    def _table(self, rows: Iterable[AsideRow]) -> Table:
        self._tables += 1
        place = f"第{self._tables}张表"
        return Table(place, tuple(self._row(place, at, row) for at, row in enumerate(rows, 1)))

    def _row(self, table: str, number: int, row: AsideRow) -> Row:
        mark, *lines = row
        assert isinstance(mark, str)
        return LineRow(mark, lines, f"{table}第{number}", self._texts)
