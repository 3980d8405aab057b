"""Numbers → claims of tables: totals of columns and rows, columns of shares and of growth."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from reportgen.proofread.model import Block, Claim, Formula, Kind, Number, Reading, Strength

_TOTAL = re.compile(r"合\s*计|总\s*计|总\s*数|小\s*计|^\s*(?:全[国省市县区镇乡]|总量|总)")
_RATE = re.compile(r"%|％|占比|比重|比例|率|增[长减幅]|同比")
Grid = Mapping[tuple[int, int], Number]


def find_in_tables(blocks: Sequence[Block], numbers: Sequence[Number]) -> Iterator[Claim]:
    """Yield the claims of every table; patterns are voted on by its columns and rows."""
    grids: defaultdict[int, dict[tuple[int, int], Number]] = defaultdict(dict)
    for number in numbers:
        block = blocks[number.block]
        if (
            block.table >= 0
            and block.text.strip().rstrip("%").replace(" ", "")
            and _is_bare(block, number)
        ):
            grids[block.table].setdefault((block.row, block.column), number)
    labels = {(each.table, each.row, each.column): each.text for each in blocks if each.table >= 0}
    for table, grid in grids.items():
        own = {(row, column): text for (at, row, column), text in labels.items() if at == table}
        yield from _column_totals(table, grid, own)
        yield from _shares(table, grid, own)
        yield from _growths(table, grid, own)


def _is_bare(block: Block, number: Number) -> bool:
    """Whether a cell holds this number and little else."""
    return len(block.text.strip()) <= len(number.text) + 3


def _is_rate(grid: Grid, labels: Mapping[tuple[int, int], str], row: int, column: int) -> bool:
    return grid[row, column].kind is not Kind.COUNT or any(
        _RATE.search(labels.get(place, ""))
        for place in ((0, column), (row, 0), (row, 1), (1, column))
        if place not in grid
    )


def _column_totals(
    table: int, grid: Grid, labels: Mapping[tuple[int, int], str]
) -> Iterator[Claim]:
    """The row of totals, at the head or the foot, against all rows of its column."""
    rows = sorted({row for row, _ in grid})
    columns = sorted({column for _, column in grid})
    totals = [row for row in rows if any(_TOTAL.search(labels.get((row, at), "")) for at in (0, 1))]
    for total in dict.fromkeys([*totals, *rows[:1], *rows[-1:]]):
        named = total in totals
        for column in columns:
            if (total, column) not in grid or _is_rate(grid, labels, total, column):
                continue
            yield from _column(table, grid, rows, total, column, named=named)


def _column(
    table: int, grid: Grid, rows: Sequence[int], total: int, column: int, *, named: bool
) -> Iterator[Claim]:
    others = [row for row in rows if row != total]
    parts = [grid[row, column] for row in others if (row, column) in grid]
    if len(parts) < 2:
        return
    readings = [
        Reading(
            Formula.SUM,
            tuple(parts),
            Strength.LIKELY if named else Strength.POSSIBLE,
            ("rows", table, total),
        )
    ]
    readings += [
        Reading(Formula.SUM, tuple(parts[start:stop]))
        for start in range(len(parts) - 1)
        for stop in range(start + 2, len(parts) + 1)
        if stop - start < len(parts)
    ]
    yield Claim(grid[total, column], tuple(readings))


def _shares(table: int, grid: Grid, labels: Mapping[tuple[int, int], str]) -> Iterator[Claim]:
    """Columns of shares: of which column, and of the total in which row."""
    rows = sorted({row for row, _ in grid})
    columns = sorted({column for _, column in grid})
    for column in columns:
        for row in rows:
            if (row, column) not in grid or not _is_rate(grid, labels, row, column):
                continue
            readings = [
                Reading(
                    Formula.RATIO, (grid[row, other], grid[base, other]), Strength.POSSIBLE,
                    ("share", table, column, other, base),
                )
                for other in columns
                if other != column and (row, other) in grid
                for base in rows
                if base != row and (base, other) in grid
                and grid[base, other].value >= grid[row, other].value
            ]  # fmt: skip
            readings += [
                Reading(
                    Formula.RATIO, (grid[row, one], grid[row, other]), Strength.POSSIBLE,
                    ("ratio", table, column, one, other),
                )
                for one, other in permutations([c for c in columns if c != column and (row, c) in grid], 2)
            ]  # fmt: skip
            if readings:
                yield Claim(grid[row, column], tuple(readings))


def _growths(table: int, grid: Grid, labels: Mapping[tuple[int, int], str]) -> Iterator[Claim]:
    """Columns of growth: between which two columns."""
    columns = sorted({column for _, column in grid})
    for (row, column), number in grid.items():
        if not _is_rate(grid, labels, row, column):
            continue
        others = [each for each in columns if each != column and (row, each) in grid]
        readings = tuple(
            Reading(Formula.GROWTH, (grid[row, new], grid[row, old]), Strength.POSSIBLE, ("growth", table, column, new, old))
            for new, old in permutations(others, 2)
        )  # fmt: skip
        if readings:
            yield Claim(number, readings)
