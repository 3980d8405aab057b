"""The paragraphs and rows of an opened report as elements, whatever is done to it meanwhile."""

from __future__ import annotations

from bisect import bisect_right

from lxml import etree

from reportgen.errors import ReportError
from reportgen.word.document.model import Paragraph, TableRow
from reportgen.word.document.part_reader import iter_numbered_paragraphs
from reportgen.word.document.reader import OpenedReport
from reportgen.word.document.text_rows import TextRows, iter_row_notes
from reportgen.word.xml.wml import w

_P, _TR = w("p"), w("tr")
_EMPTY_ROW = (
    "报告里有一张表格不完整，有一行连一个段落也没有。"
    "请在 Word 或 WPS 中打开，找到这张表，删去空的行，另存一份后再更新。"
)


class ElementIndex:
    """Found by what ``reader`` calls them; rows set aside are taken out only where they must be."""

    def __init__(self, opened: OpenedReport) -> None:
        self._aside: TextRows = opened.aside
        self._body = opened.trees[opened.package.document]
        self._paragraphs: dict[str, dict[int, etree._Element]] = {}
        self._notes: dict[int, etree._Element] = {}  # by the number of the row
        self._starts: list[tuple[int, int]] = []  # first paragraph and row, of rows set aside
        for name, tree in opened.trees.items():
            here = self._paragraphs[name] = {}
            for number, each in iter_numbered_paragraphs(tree, opened.aside):
                if each.tag == _P:
                    here[number] = each
                else:
                    row = int(each.text or 0)
                    self._notes[row] = each
                    self._starts.append((number, row))

    def paragraph(self, paragraph: Paragraph) -> etree._Element:
        """A paragraph, even if it has been changed or moved since."""
        here = self._paragraphs[paragraph.part]
        if paragraph.number not in here:
            at = bisect_right(self._starts, (paragraph.number, len(self._notes)))
            first, row = self._starts[at - 1]
            element = self._out(row)
            here.update(enumerate(element.iter(_P), first))
        return here[paragraph.number]

    def _out(self, row: int) -> etree._Element:
        """A row set aside, in its place if it still has one."""
        note = self._notes[row]
        if note.getparent() is None:
            return self._aside.element(row, self._body)
        return self._aside.taken_out(note)

    def row(self, row: TableRow) -> etree._Element:
        """A row, or the instruction that stands for it."""
        note: etree._Element | None = self._notes.get(row.aside)
        if note is not None and note.getparent() is not None:
            return note
        return self.row_element(row)

    def row_element(self, row: TableRow) -> etree._Element:
        """A row, taken out if it is set aside.

        Raises:
            ReportError: it holds no paragraph, as each cell must (ECMA-376 part 1, 17.4.65).
        """
        first = next(row.paragraphs, None)
        if first is None:
            raise ReportError(_EMPTY_ROW)
        return find_outermost(self.paragraph(first), _TR)

    def take_out(self, element: etree._Element) -> None:
        """All rows that stand set aside in an element."""
        for note in list(iter_row_notes(element)):
            self._aside.taken_out(note)


def find_outermost(element: etree._Element, tag: str) -> etree._Element:
    """The outermost element of this kind around another."""
    *_, found = element.iterancestors(tag)
    return found
