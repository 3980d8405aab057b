"""Any Word document line by line: paragraphs, rows of tables, text boxes; what was tracked is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from reportgen.word.document.model import Content, DocumentTable, Paragraph, TableRow
from reportgen.word.document.reader import open_trees, raise_as_damage, read_content
from reportgen.word.xml.revisions import CONTENT_CHANGES
from reportgen.word.xml.wml import w

_CHANGES = [w(name) for name in CONTENT_CHANGES]
_BESIDE = "　"
"""Between the cells of a row."""


@dataclass(frozen=True)
class PlainLines:
    """``lines``: text, number of the body's paragraph (-1 elsewhere), whether it stands at an edge.

    Tracked changes are taken as accepted; ``changes`` and ``comments`` count them.
    """

    lines: tuple[tuple[str, int, bool], ...]
    changes: int
    comments: int


def read_plain_lines(docx: bytes) -> PlainLines:
    """Return the lines of body, tables, headers, footers, notes and text boxes.

    Raises:
        ReportError: it is no Word document that can be read.
    """
    package, trees, labels = open_trees(docx)
    with raise_as_damage():
        found = read_content(package, trees, labels, headings=False)
    references = {
        each.get(w("id")) for tree in trees.values() for each in tree.iter(w("commentReference"))
    }
    changes = sum(count_changes(tree) for tree in trees.values())
    return PlainLines(tuple(_lines(found)), changes, len(references))


def count_changes(root: etree._Element) -> int:
    """How many tracked changes of content a part holds: of neighbours each its own."""
    return sum(1 for _ in root.iter(*_CHANGES))


def _lines(found: Content) -> Iterator[tuple[str, int, bool]]:
    for block in found.body:
        if isinstance(block, Paragraph):
            for text in block.text.split("\n"):
                yield text, block.number, False
        elif isinstance(block, DocumentTable):
            yield from filter(None, map(_row_line, block.rows))
    for paragraph in found.edges:
        yield paragraph.text, -1, True


def _row_line(row: TableRow) -> tuple[str, int, bool] | None:
    """The cells of a row side by side."""
    inside = [paragraph for paragraph in row.paragraphs if paragraph.text.strip()]
    if not inside:
        return None
    return _BESIDE.join(paragraph.text.strip() for paragraph in inside), inside[0].number, False
