"""What a report showed when it was made, as the record inside it keeps it.

``{"body": [paragraph or table …], "edges": [line …], "pictures": [chart …]}``; a paragraph is
``[mark, line]`` or, of a heading, ``[mark, line, level]``, a table ``{"rows": [[mark, line, line …] …]}`` with a line for each cell, a line
is a text or, if it holds live fields, ``[text, key, text, key, text]``.  What a key shows is said
once, in the record's facts.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from reportgen.facts.model import Fact
from reportgen.facts.report import ChartTable
from reportgen.word.document.model import (
    Block,
    Content,
    DocumentTable,
    Figure,
    LineRow,
    NativeReading,
    Paragraph,
    Picture,
    Pieces,
    StoredLine,
    TableRow,
    split_line_to_pieces,
)  # fmt: skip
from reportgen.word.xml.stories import BODY

AsideRow: TypeAlias = "list[str | list[str]]"
"""A mark and the lines of a row's cells."""

EDGE = "页眉页脚"


def to_record(
    content: Content,
    aside: Sequence[Sequence[AsideRow]],
    prints: Mapping[str, bytes],
    figures: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """The content as plain values.

    ``aside``: the rows that were kept out of the trees; ``prints``: those of the charts, by the
    SHA-256 of their images (``charts.likeness``); of those that Word draws itself by that of their
    tables, and empty.  Other pictures are the template's own.  ``figures``: the keys of those that a
    chart shows, by its name.
    """
    return {
        "body": [_dump_block(block, aside) for block in content.body],
        "edges": [join_pieces_to_line(paragraph.pieces) for paragraph in content.edges],
        "pictures": [
            {
                "name": picture.name,
                "alt": picture.alt,
                "size": list(picture.size),
                "sha256": picture.sha256,
                "captions": list(picture.captions),
                "print": b64encode(prints[picture.sha256]).decode(),
                "figures": list(figures.get(picture.name, ())),
                **({"chart": _dump_chart(picture.chart)} if picture.chart else {}),
            }
            for picture in content.pictures
            if picture.sha256 in prints
        ],
    }


def from_record(record: Mapping[str, Any], names: Mapping[str, str] | None = None) -> Content:
    """What the record's report showed when it was made; ``names``: other ones for its bookmarks."""
    made, facts = record["made"], record["facts"]
    texts = {key: fact["text"] for key, fact in facts.items()}
    reader = _RecordReader(texts, names or {})
    return Content(
        [reader.block(block) for block in made["body"]],
        [reader.paragraph(EDGE, "", each) for each in made["edges"]],
        read_pictures(record),
    )


def read_pictures(record: Mapping[str, Any]) -> list[Picture]:
    """The charts that the record's report showed when it was made."""
    return [_read_picture(each) for each in _list_charts(record["made"]["pictures"])]


def _list_charts(made: Any) -> Iterable[Mapping[str, Any]]:  # noqa: ANN401 - from JSON
    """As kept now, or by name and without prints, as once."""
    if isinstance(made, list):
        return made
    return [{**about, "name": name, "print": ""} for name, about in made.items()]


def _read_picture(about: Mapping[str, Any]) -> Picture:
    return Picture(
        BODY, "", 0, about["name"], about["alt"], tuple(about["size"]), about["sha256"],
        tuple(about.get("captions", ("", ""))), image=b64decode(about["print"]),
        chart=_restore_chart(about["chart"]) if "chart" in about else None,
    )  # fmt: skip


def _dump_chart(chart: NativeReading) -> Mapping[str, Any]:
    table = chart.table
    return {
        "categories": table.categories, "series": table.series,
        "digest": chart.digest, "labels": chart.labels,
    }  # fmt: skip


def _restore_chart(about: Mapping[str, Any]) -> NativeReading:
    series = tuple((name, tuple(values)) for name, values in about["series"])
    table = ChartTable(tuple(about["categories"]), series)
    return NativeReading(table, about["digest"], labels=tuple(about["labels"]))


def join_pieces_to_line(pieces: Iterable[str | Figure | Fact]) -> StoredLine:
    """Pieces as a line."""
    found = [""]
    for piece in pieces:
        if isinstance(piece, str):
            found[-1] += piece
        else:
            found += [piece.key, ""]
    return found if len(found) > 1 else found[0]


def _dump_block(block: Block, aside: Sequence[Sequence[AsideRow]]) -> object:
    if isinstance(block, Paragraph):
        about = [next(iter(block.marks), ""), join_pieces_to_line(block.pieces)]
        return [*about, block.level] if block.level else about
    rows: list[AsideRow] = []
    for row in block.rows:
        rows += aside[row.aside] if row.aside >= 0 else [_dump_row(row)]
    return {"rows": rows}


def _dump_row(row: TableRow) -> AsideRow:
    return [
        next(iter(row.marks), ""),
        *(join_pieces_to_line(join_cell_paragraphs(cell)) for cell in row.cells),
    ]


def join_cell_paragraphs(cell: Iterable[Paragraph]) -> Pieces:
    """A cell's paragraphs as one, a line break between them."""
    found: list[str | Figure] = []
    for paragraph in cell:
        found += ["\n"] if found else []
        found += paragraph.pieces
    return tuple(found)


class _RecordReader:
    """Turns plain values back into what was shown, and numbers the places."""

    def __init__(self, texts: Mapping[str, str], names: Mapping[str, str]) -> None:
        self._texts, self._names = texts, names
        self._paragraphs = self._tables = 0

    def block(self, block: Any) -> Block:  # noqa: ANN401 - from JSON
        if isinstance(block, dict):
            return self._table(block["rows"])
        self._paragraphs += 1
        mark, text, *level = block
        return self.paragraph(f"{BODY}第{self._paragraphs}段", mark, text, *level)

    def paragraph(self, place: str, mark: str, text: StoredLine, level: int = 0) -> Paragraph:
        marks = (self._names.get(mark, mark),) if mark else ()
        return Paragraph(place, "", 0, split_line_to_pieces(text, self._texts), marks, level)

    def _table(self, rows: Iterable[AsideRow]) -> DocumentTable:
        self._tables += 1
        place = f"第{self._tables}张表"
        return DocumentTable(
            place, tuple(self._row(place, at, row) for at, row in enumerate(rows, 1))
        )

    def _row(self, table: str, number: int, row: AsideRow) -> TableRow:
        mark, *lines = row
        assert isinstance(mark, str)
        return LineRow(self._names.get(mark, mark), lines, f"{table}第{number}", self._texts)
