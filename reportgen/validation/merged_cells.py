"""Merged cells among the records: the value stands in the first cell, but is meant for them all.

A block within one column holds for each of its rows.  Of a block across several columns nobody can
tell to which of them its content belongs: that is an issue, and none of its cells is read.
Where only the looks of merged cells were copied, the covered cells keep their contents: such a
block is no block here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from reportgen.raw import RawSheet, Spot, make_address
from reportgen.schema.columns import is_blank

MAX_CELLS = 1_000_000
"""Cells of a sheet's merged ranges that are looked at."""


@dataclass(frozen=True, slots=True)
class MergedBlock:
    """A merged range with content: its first cell, its rows, and the declared columns in it."""

    first: Spot
    last: Spot
    rows: Sequence[int]
    columns: Sequence[int]

    @property
    def spots(self) -> Iterator[Spot]:
        """Its cells in declared columns."""
        return ((row, column) for row in self.rows for column in self.columns)

    @property
    def covered(self) -> Iterator[Spot]:
        """All of these but the first cell of the range."""
        return (spot for spot in self.spots if spot != self.first)

    @property
    def mixed(self) -> bool:
        """Whether it lies across several declared columns."""
        return len(self.columns) > 1

    @property
    def range(self) -> str:
        """``C4:D5``."""
        return f"{make_address(*self.first)}:{make_address(*self.last)}"


def find_merged_blocks(
    raw: RawSheet, columns: Collection[int], rows: Sequence[int]
) -> list[MergedBlock]:
    """The merged ranges with content that touch these columns and (ascending) rows."""
    return [
        block
        for block in _iter_ranges(raw, columns, rows)
        if not any(_has_content(raw, spot) for spot in block.covered) and any(block.covered)
    ]


def find_covered_cells(
    raw: RawSheet, columns: Collection[int], rows: Sequence[int]
) -> Iterator[tuple[Spot, MergedBlock]]:
    """Cells under a merged one that nobody sees, though they hold something else than it."""
    for block in _iter_ranges(raw, columns, rows):
        first = raw.at(*block.first)
        for spot in block.covered:
            if not is_blank(raw.at(*spot)) and raw.at(*spot) != first:
                yield spot, block


def spread_merged(raw: RawSheet, merged: Sequence[MergedBlock]) -> RawSheet:
    """The sheet with the content of each block in all its cells."""
    if not merged:
        return raw
    lowest = max(block.rows[-1] for block in merged)
    missing = max(0, lowest - raw.first_row - len(raw.rows) + 1)
    rows = [*raw.rows, *[()] * missing]  # there an odd cell makes a record, not a value
    odd, shown = dict(raw.odd), dict(raw.shown)
    for block in merged:
        value = raw.at(*block.first)
        for row, column in block.spots:
            cells = list(rows[row - raw.first_row])
            cells += [None] * (column - raw.first_column + 1 - len(cells))
            cells[column - raw.first_column] = value
            rows[row - raw.first_row] = cells
            if block.first in raw.odd:
                odd[row, column] = raw.odd[block.first]
            if block.first in raw.shown:
                shown[row, column] = raw.shown[block.first]
    return replace(raw, rows=rows, odd=odd, shown=shown)


def _iter_ranges(
    raw: RawSheet, columns: Collection[int], rows: Sequence[int]
) -> Iterator[MergedBlock]:
    """Merged ranges of which the first cell holds something, as far as they touch these cells."""
    room = MAX_CELLS
    for top, left, bottom, right in raw.merged:
        start, stop = bisect_left(rows, top), bisect_right(rows, bottom)
        across = sorted(column for column in columns if left <= column <= right)
        room -= (stop - start) * len(across)
        if room < 0:  # nobody merges so much: ranges lie over each other in a broken file
            break
        block = MergedBlock((top, left), (bottom, right), rows[start:stop], across)
        if _has_content(raw, block.first):
            yield block


def _has_content(raw: RawSheet, spot: Spot) -> bool:
    return not is_blank(raw.at(*spot)) or spot in raw.odd
