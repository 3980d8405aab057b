"""Numbers → claims of tables: totals of columns and rows, columns of shares and of growth.

Nothing is taken from the heads but which cells are rates and which rows are totals: what a row or
column is to another shows in what most of the cells do, and the reckoning counts the votes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

from reportgen.proofread.model import (
    Claim,
    ClaimReading,
    Formula,
    Number,
    NumberKind,
    Strength,
    TextBlock,
)

_TOTAL = re.compile(r"合\s*计|总\s*计|总\s*数|小\s*计|^\s*(?:全[国省市县区镇乡]|总量|总)")
_RATE = re.compile(r"%|％|‰|占比|比重|比例|率|增[长减幅速]|同比|[±]")
_PART = re.compile(r"^\s*(?:其中|内[:：]|#|　)|其中")
_LONG = 40
"""Rows; of a longer table only named totals are looked at."""
_WIDE = 12
"""Columns; in a wider one shares and growth are sought only among neighbours."""


@dataclass(frozen=True)
class NumberGrid:
    """A table's numbers and labels by row and column; ``turned``: rows stand for columns."""

    table: int
    cells: Mapping[tuple[int, int], Number]
    labels: Mapping[tuple[int, int], str]
    turned: bool = False

    @cached_property
    def rows(self) -> list[int]:
        """The rows that hold numbers."""
        return sorted({row for row, _ in self.cells})

    @cached_property
    def columns(self) -> list[int]:
        """The columns that hold numbers."""
        return sorted({column for _, column in self.cells})

    @cached_property
    def totals(self) -> list[int]:
        """The rows that are called totals."""
        return [row for row in self.rows if _TOTAL.search(self.row_label(row))]

    @cached_property
    def at_times_nothing(self) -> frozenset[int]:
        """The rows with a 0 in them: where it is one, a sum says nothing of whether they belong to it."""
        return frozenset(row for (row, _), each in self.cells.items() if not each.value)

    def turn(self) -> NumberGrid:
        """Return it with rows and columns exchanged."""
        cells = {(column, row): each for (row, column), each in self.cells.items()}
        labels = {(column, row): each for (row, column), each in self.labels.items()}
        return NumberGrid(self.table, cells, labels, turned=True)

    def pattern(self, name: str, *places: int) -> tuple[object, ...]:
        """What readings of this table by the same rows or columns share."""
        return (name, self.table, self.turned, *places)

    def row_label(self, row: int) -> str:
        """The words that a row begins with."""
        return "".join(
            self.labels.get((row, column), "")
            for column in (0, 1)
            if (row, column) not in self.cells
        )

    def head(self, column: int) -> str:
        """The words above a column."""
        return "".join(
            self.labels.get((row, column), "") for row in (0, 1) if (row, column) not in self.cells
        )

    def is_rate(self, row: int, column: int) -> bool:
        """Whether a cell is a share or a change, by its sign or by the words of its row and column."""
        heads = ((0, column), (1, column), (row, 0), (row, 1))
        words = (self.labels.get(place, "") for place in heads if place not in self.cells)
        return self.cells[row, column].kind is not NumberKind.COUNT or any(map(_RATE.search, words))


def find_in_tables(grids: Mapping[int, NumberGrid]) -> Iterator[Claim]:
    """Yield the claims of every table, read down and across."""
    for grid in grids.values():
        for view in (grid, grid.turn()):
            yield from _find_totals(view)
            yield from _find_rate_claims(view)


def read_grids(blocks: Sequence[TextBlock], numbers: Sequence[Number]) -> dict[int, NumberGrid]:
    """Return each table's cells that are just a number, and the words of the others."""
    cells: defaultdict[int, dict[tuple[int, int], Number]] = defaultdict(dict)
    labels: defaultdict[int, dict[tuple[int, int], str]] = defaultdict(dict)
    for block in blocks:
        if block.table >= 0:
            labels[block.table][block.row, block.column] = block.text
    for number in numbers:
        block = blocks[number.block]
        if block.table >= 0 and len(block.text.strip()) <= len(number.text) + 3:
            cells[block.table].setdefault((block.row, block.column), number)
    return {table: NumberGrid(table, found, labels[table]) for table, found in cells.items()}


def _find_totals(grid: NumberGrid) -> Iterator[Claim]:
    """Every row as the total of the rows before or behind it, in each of its columns."""
    rows, named = grid.rows, grid.totals
    short = len(rows) <= _LONG
    for total in rows if short else named:
        runs = list(_find_runs(grid, rows, total, every=short))
        for column in grid.columns:
            if (total, column) in grid.cells and not grid.is_rate(total, column):
                readings = list(_read_sums(grid, column, total, runs, named=total in named))
                if readings:
                    yield Claim(grid.cells[total, column], tuple(readings))


def _find_runs(
    grid: NumberGrid, rows: Sequence[int], total: int, *, every: bool
) -> Iterator[tuple[int, ...]]:
    """Rows that may make a total: all others, those without 其中, or some right beside it."""
    others = tuple(row for row in rows if row != total)
    plain = tuple(row for row in others if not _PART.search(grid.row_label(row)))
    whole = [plain] if plain else []
    first = tuple(row for row in plain if row not in grid.totals)
    at = rows.index(total)
    behind = [tuple(rows[at + 1 : stop]) for stop in range(at + 3, len(rows) + 1)]
    before = [tuple(rows[start:at]) for start in range(at - 1)]
    yield from dict.fromkeys([*whole, others, first, *(behind + before if every else [])])


def _read_sums(
    grid: NumberGrid, column: int, total: int, runs: Sequence[tuple[int, ...]], *, named: bool
) -> Iterator[ClaimReading]:
    printed = grid.cells[total, column]
    for run in runs:
        parts = tuple(grid.cells[row, column] for row in run if (row, column) in grid.cells)
        if len(parts) >= _PAIR and any(part.value for part in parts):
            strength = Strength.LIKELY if named else Strength.POSSIBLE
            yield ClaimReading(Formula.SUM, parts, strength, grid.pattern("rows", total, *run))
            for left_out in grid.at_times_nothing.intersection(run):
                one = grid.cells.get((left_out, column))
                if one is not None and len(parts) > _PAIR and _may_lack(parts, one, printed):
                    rest = tuple(part for part in parts if part is not one)
                    yield ClaimReading(Formula.SUM, rest)


_PAIR = 2


def _may_lack(parts: Sequence[Number], one: Number, printed: Number) -> bool:
    """Whether parts without one of them that is more than nothing may make a total, roughly."""
    low, high = (sum([part.rough[end] for part in parts]) for end in (0, 1))
    slack = 1e-9 * max(1.0, abs(low), abs(high))
    (least, most), (below, above) = one.rough, printed.rough
    fits = low - least <= above + slack and below - slack <= high - most
    return bool(one.value) and (fits or any(each.loose for each in (printed, *parts)))


def _find_rate_claims(grid: NumberGrid) -> Iterator[Claim]:
    """Columns of rates: shares of a total row, shares of or growth over another column."""
    for (row, column), number in grid.cells.items():
        if grid.is_rate(row, column):
            columns = [
                each
                for each in range(column - _WIDE, column + _WIDE + 1)
                if each != column and (row, each) in grid.cells
            ]
            readings = [
                *_read_shares(grid, row, column, columns),
                *_read_pairs(grid, row, column, columns),
            ]
            if readings:
                yield Claim(number, tuple(readings))


def _read_shares(
    grid: NumberGrid, row: int, column: int, columns: Sequence[int]
) -> Iterator[ClaimReading]:
    rows = grid.rows
    ends = {*rows[:2], *rows[-2:], *grid.totals}
    for other in columns:
        for base in ends - {row}:
            whole = grid.cells.get((base, other))
            if (
                whole is not None
                and whole.value > 0
                and whole.value >= grid.cells[row, other].value
            ):
                pair = (grid.cells[row, other], whole)
                pattern = grid.pattern("share", column, other, base)
                yield ClaimReading(Formula.RATIO, pair, pattern=pattern)


def _read_pairs(
    grid: NumberGrid, row: int, column: int, columns: Sequence[int]
) -> Iterator[ClaimReading]:
    for one, other in permutations(columns, 2):
        pair = (grid.cells[row, one], grid.cells[row, other])
        for formula in (Formula.RATIO, Formula.GROWTH):
            pattern = grid.pattern(formula.value, column, one, other)
            yield ClaimReading(formula, pair, pattern=pattern)
