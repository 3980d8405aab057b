"""Any Word document as running text, to be proofread: its paragraphs and cells with their places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reportgen.proofread.model import TextBlock
from reportgen.word.document import fields
from reportgen.word.document.model import Content, DocumentTable, Paragraph
from reportgen.word.document.reader import open_trees, read_content
from reportgen.word.document.record import DamagedRecordError


@dataclass(frozen=True)
class RunningText:
    """A document's text, block by block, and the paragraph that each block begins with.

    ``text``: all blocks, a line end after each; ``document``: the name of the body's part;
    ``bound``: where live figures stand that show what the record of a report of ours says.
    """

    text: str
    blocks: tuple[TextBlock, ...]
    paragraphs: tuple[Paragraph, ...]
    document: str
    bound: tuple[tuple[int, int], ...] = ()

    def paragraph_at(self, offset: int) -> Paragraph:
        """The paragraph in which a place of the text stands."""
        behind = bisect_right(self.blocks, offset, key=lambda block: block.start)
        return self.paragraphs[max(0, behind - 1)]


def read_running_text(docx: bytes) -> RunningText:
    """Return the text of body, tables, notes, headers, footers and text boxes.

    Raises:
        ReportError: it is no Word document that can be read.
    """
    package, trees, labels = open_trees(docx)
    try:
        record = fields.read_report_record(package)
    except DamagedRecordError:
        record = None
    texts = {key: fact["text"] for key, fact in record["facts"].items()} if record else {}
    foreign = frozenset(fields.read_custom_properties(package)) - texts.keys()
    found = read_content(package, trees, labels, foreign=foreign)
    return _gather_text(_iter_places(found), package.document, texts)


def _iter_places(found: Content) -> Iterator[tuple[tuple[int, int, int], Paragraph, str]]:
    """Table, row and column (-1 outside), the first paragraph there, and the text."""
    tables = 0
    for block in found.body:
        if isinstance(block, Paragraph):
            yield (-1, -1, -1), block, block.text
        elif isinstance(block, DocumentTable):
            yield from _iter_cells(block, tables)
            tables += 1
    for paragraph in found.edges:
        yield (-1, -1, -1), paragraph, paragraph.text


def _iter_cells(
    table: DocumentTable, number: int
) -> Iterator[tuple[tuple[int, int, int], Paragraph, str]]:
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            if cell:
                text = "\n".join(paragraph.text for paragraph in cell)
                yield (number, at, column), cell[0], text


def _gather_text(
    places: Iterable[tuple[tuple[int, int, int], Paragraph, str]], document: str,
    texts: Mapping[str, str],
) -> RunningText:  # fmt: skip
    blocks, paragraphs, bound, at = [], [], [], 0
    for place, paragraph, text in places:
        blocks.append(TextBlock(at, text, *place))
        paragraphs.append(paragraph)
        bound += [
            (at + start, at + start + len(figure.text))
            for start, figure in paragraph.spots
            if texts.get(figure.key) == figure.text
        ]
        at += len(text) + 1
    text = "".join(f"{block.text}\n" for block in blocks)
    return RunningText(text, tuple(blocks), tuple(paragraphs), document, tuple(bound))
