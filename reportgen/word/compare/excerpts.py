"""Tables and columns that people added: excerpts of our tables are held against them row by row.

A row is an excerpt if it agrees with a row as made in most cells, and in one that holds words and
stands in no other row.  Columns are known by their heads; where there are none, by their place, and
then all cells but one have to agree.  All else in them is people's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reportgen.word.compare.findings import Finding, make_finding
from reportgen.word.compare.quantities import find_quantities
from reportgen.word.compare.table_diff import Places, can_be_head, iter_added_cells, text_of_cell
from reportgen.word.document.model import (
    CellParagraphs,
    DocumentTable,
    Paragraph,
    TableRow,
    drop_spaces,
)

COUNTING = frozenset({"序号", "序", "顺序号"})
"""Heads of columns that count the rows of their own table."""
_ENOUGH = 0.5
_LEAST = 3


def compare_excerpts(
    made: Sequence[DocumentTable], now: Sequence[DocumentTable], found: Places
) -> Iterator[Finding]:
    """Cells of excerpts that say something else than the table they were taken from.

    ``found``: where the tables as made stand, as of ``table_diff.locate_all_rows``.
    """
    sources = [_Source(table) for table in made if table.rows]
    head: TableRow | None = None
    for table in (each for each in _find_added_tables(now, found) if each.rows):
        first = table.rows[0]
        if head is None or can_be_head(first) or first.width != head.width:
            head = first  # else it goes on from the table before
        for excerpt in _find_excerpts(sources, head, table.rows):
            yield from excerpt.differing


def find_typed_in_tables(
    made: Sequence[DocumentTable], now: Sequence[DocumentTable], found: Places
) -> Iterator[Finding]:
    """The numbers that stand as plain text in tables and columns that people added."""
    for table in _find_added_tables(now, found):
        for row in table.rows:
            for paragraph in row.paragraphs:
                yield from _find_typed_numbers(paragraph)
    for cell in iter_added_cells(made, found):
        for paragraph in cell:
            yield from _find_typed_numbers(paragraph)


def _find_added_tables(now: Sequence[DocumentTable], found: Places) -> list[DocumentTable]:
    """The tables that hold no row of ours; ``found``: where those of ours stand."""
    ours = {number for parts in found.values() for number in parts}
    return [table for number, table in enumerate(now) if number not in ours]


def _find_typed_numbers(paragraph: Paragraph) -> Iterator[Finding]:
    start = 0
    for piece in paragraph.pieces:
        text = piece if isinstance(piece, str) else piece.text
        for number in find_quantities(text) if isinstance(piece, str) else ():
            yield make_finding(
                "number-typed", paragraph, number.text, "", start=start + number.start
            )
        start += len(text)


@dataclass(frozen=True)
class _Excerpt:
    """A row of an added table, the row as made it was taken from, and which cells are which."""

    made: TableRow
    now: TableRow
    columns: Mapping[int, int]

    @property
    def differing(self) -> Iterator[Finding]:
        """The cells that do not say the same."""
        for other, one in self.columns.items():
            made, now = self.made.cells[one], self.now.cells[other]
            if (
                now
                and _read_tight_text(made) != _read_tight_text(now)
                and not _has_same_figures(made, now)
            ):
                where = next((each for each in now if each.text), now[0])
                yield make_finding("excerpt-changed", where, text_of_cell(now), text_of_cell(made))


@dataclass(frozen=True)
class _Columns:
    """Which column of an added table is which of ours; ``named``: by their heads."""

    ours: Mapping[int, int]
    named: bool

    def enough(self, agreed: int, of: int) -> bool:
        """Whether a row with so many equal cells is an excerpt."""
        return of > 1 and agreed >= (of * _ENOUGH if self.named else max(of - 1, _LEAST))


def _find_excerpts(
    sources: Sequence[_Source], head: TableRow, rows: Iterable[TableRow]
) -> Iterator[_Excerpt]:
    """Each row with the row as made that it agrees with most."""
    columns = [source.columns(head) for source in sources]
    for row in rows:
        if any(source.holds(row, known) for source, known in zip(sources, columns, strict=True)):
            continue
        found = [
            candidate
            for source, known in zip(sources, columns, strict=True)
            for candidate in source.candidates(row, known)
        ]
        if found:
            yield max(found, key=lambda each: each[0])[1]


class _Source:
    """A table as made: its columns by their heads, its rows by what stands in no other."""

    def __init__(self, table: DocumentTable) -> None:
        self._table = table
        self._heads = [_read_tight_text(cell) for cell in table.rows[0].cells]
        self._said: dict[tuple[int, ...], set[tuple[str, ...]]] = {}

    def columns(self, head: TableRow) -> _Columns:
        """Which column of the added table is which of ours; counting columns are nobody's."""
        here = [_read_tight_text(cell) for cell in head.cells]
        named = can_be_head(head) and not set(here).isdisjoint(self._heads)
        if named:
            found = {other: self._heads.index(name) for other, name in enumerate(here)
                     if name in self._heads}  # fmt: skip
        else:
            whole = head.width == len(self._heads)
            found = {place: place for place in range(head.width if whole else 0)}
        ours = {other: one for other, one in found.items() if self._heads[one] not in COUNTING}
        return _Columns(ours, named)

    def holds(self, row: TableRow, columns: _Columns) -> bool:
        """Whether some row as made says just the same."""
        here = self._within(row, columns)
        place = tuple(here.values())
        if place not in self._said:
            self._said[place] = {
                tuple(_read_tight_text(made.cells[one]) for one in place)
                for made in self._table.rows
                if made.width > max(place, default=0)
            }
        return (
            bool(here)
            and tuple(_read_tight_text(row.cells[at]) for at in here) in self._said[place]
        )

    def candidates(self, row: TableRow, columns: _Columns) -> Iterator[tuple[int, _Excerpt]]:
        """The rows as made that it agrees with well enough, each with in how many cells."""
        here = self._within(row, columns)
        for number in self._known(row, here):
            made = self._table.rows[number]
            both = {other: one for other, one in here.items() if one < made.width}
            agreed = sum(
                _read_tight_text(made.cells[one]) == _read_tight_text(row.cells[i])
                for i, one in both.items()
            )
            if columns.enough(agreed, len(both)):
                yield agreed, _Excerpt(made, row, both)

    def _within(self, row: TableRow, columns: _Columns) -> Mapping[int, int]:
        if not columns.named and row.width != len(self._heads):
            return {}
        return {other: one for other, one in columns.ours.items() if other < row.width}

    def _known(self, row: TableRow, columns: Mapping[int, int]) -> set[int]:
        cells = ((one, _read_tight_text(row.cells[other])) for other, one in columns.items())
        return {self._alone[cell] for cell in cells if cell in self._alone}

    @cached_property
    def _alone(self) -> Mapping[tuple[int, str], int]:
        """The row by a column and words that stand in no other row of it."""
        cells = list(self._cells())
        count = Counter(cell for cell, _ in cells)
        return {cell: number for cell, number in cells if count[cell] == 1 and _has_words(cell[1])}

    def _cells(self) -> Iterator[tuple[tuple[int, str], int]]:
        for number, row in enumerate(self._table.rows[1:], 1):
            for column, text in enumerate(row.texts):
                yield (column, drop_spaces(text) if text is not None else ""), number


def _has_words(text: str) -> bool:
    """Whether a text says what a row is about: it is no number and no single sign."""
    return len(text) > 1 and any(sign.isalpha() for sign in text) and not _is_number(text)


def _is_number(text: str) -> bool:
    return any(found.text == text for found in find_quantities(text))


def _has_same_figures(made: CellParagraphs, now: CellParagraphs) -> bool:
    """Whether a cell still holds the same live figures, which are looked at for themselves."""
    return bool(_list_figure_keys(made)) and _list_figure_keys(made) == _list_figure_keys(now)


def _list_figure_keys(cell: CellParagraphs) -> list[str]:
    return [figure.key for paragraph in cell for figure in paragraph.figures]


def _read_tight_text(cell: Iterable[Paragraph]) -> str:
    return drop_spaces(text_of_cell(cell))
