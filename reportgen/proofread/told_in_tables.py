"""Numbers → claims of prose against the tables near it: a total or a row's number told in a sentence.

A cell is meant only where the words beside the number name its row (or say that it is the total) and
its column, or the column is the only one that counts in the number's counter.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from reportgen.proofread.model import (
    Claim,
    ClaimReading,
    Formula,
    Number,
    NumberKind,
    Strength,
    TextBlock,
)
from reportgen.proofread.tables import NumberGrid
from reportgen.proofread.vocabulary import is_change, own_words, speaks_of_earlier, words_behind

_BEFORE, _BEHIND = 8, 3
"""So many paragraphs before a table and behind it may speak of it."""
_TOTAL = re.compile(r"共|总|合计|总计|全[国省市县区镇乡]")
_APART = re.compile(
    r"另|除|每|均|新增|不含|[上下去前]半?年|上月|\d月|[一二三四\d]季度|其中全|其中共"
)
_UNIT = re.compile(
    r"[（(]\s*(?:单位[:：])?\s*([\u4e00-\u9fff]{1,4})\s*[）)]|单位[:：]\s*([\u4e00-\u9fff]{1,4})"
)
_NUMBERED = re.compile(r"数量?|件数|小计|合计|[（(][^（）()]*[）)]|\s")
_NAME = 2
"""A label of fewer signs names nothing."""
_SCALES = {"万": 10**4, "亿": 10**8}


def find_told_in_tables(
    blocks: Sequence[TextBlock], numbers: Sequence[Number], grids: Mapping[int, NumberGrid]
) -> Iterator[Claim]:
    """Yield a claim for every count of prose that tells a cell of a table near it."""
    prose = [each for each in numbers if blocks[each.block].table < 0 and _is_told(each)]
    ends = _find_table_ends(blocks)
    for table, grid in grids.items():
        first, last = ends[table]
        caption = blocks[first - 1].text if first and blocks[first - 1].table < 0 else ""
        start = bisect_left(prose, first - _BEFORE, key=_block_of)
        for number in prose[start : bisect_right(prose, last + _BEHIND, key=_block_of)]:
            readings = list(_read_cells(number, grid, caption))
            if readings:
                yield Claim(number, tuple(readings))


def _find_table_ends(blocks: Sequence[TextBlock]) -> dict[int, tuple[int, int]]:
    """The numbers of each table's first and last block."""
    ends: dict[int, tuple[int, int]] = {}
    for at, block in enumerate(blocks):
        if block.table >= 0:
            ends[block.table] = ends.get(block.table, (at, at))[0], at
    return ends


def _block_of(number: Number) -> int:
    return number.block


def _is_told(number: Number) -> bool:
    words = own_words(number)
    return (
        number.kind is NumberKind.COUNT
        and not number.loose
        and bool(number.unit)
        and not (is_change(words) or speaks_of_earlier(words) or _APART.search(words))
    )


def _read_cells(number: Number, grid: NumberGrid, caption: str) -> Iterator[ClaimReading]:
    """The cell that the words name, and as mere explanations all others."""
    words = own_words(number) + words_behind(number)
    row, column = _find_row(words, grid), _find_column(words, number.unit, grid, caption)
    meant = grid.cells.get((row, column))
    if meant is None or grid.is_rate(row, column):
        return
    for place, cell in grid.cells.items():
        named = place == (row, column)
        scale = _scale_of(grid.head(place[1]) + grid.row_label(place[0]) or caption, caption)
        for each in {1, scale}:
            strength = Strength.LIKELY if named and each == scale else Strength.POSSIBLE
            yield ClaimReading(
                Formula.SAME, (_scaled(cell, each),), strength, ("table", grid.table)
            )


def _scaled(cell: Number, scale: int) -> Number:
    return (
        cell
        if scale == 1
        else replace(cell, value=cell.value * scale, half=(cell.half or Fraction(1, 2)) * scale)
    )


def _find_row(words: str, grid: NumberGrid) -> int:
    """The row that the words name, or the only total where they name none and speak of all; -1 if neither."""
    named = _find_named(words, {row: grid.row_label(row) for row in grid.rows})
    if named is not None:
        return named
    total = grid.totals if _TOTAL.search(words) else []
    return total[0] if len(total) == 1 else -1


def _find_column(words: str, unit: str, grid: NumberGrid, caption: str) -> int:
    """The column that the words name, or the only one of a counter; -1 if neither."""
    named = _find_named(words, {column: grid.head(column) for column in grid.columns})
    if named is not None:
        return named
    counted = [
        column for column in grid.columns
        if unit in _UNITS.get(_unit_of(grid.head(column), caption), (_unit_of(grid.head(column), caption),))
    ]  # fmt: skip
    return counted[0] if len(counted) == 1 else -1


def _find_named(words: str, labels: Mapping[int, str]) -> int | None:
    """The one of the longest name in the words; -1 if two have that name, None if none is named."""
    names = {number: _NUMBERED.sub("", label) for number, label in labels.items()}
    said = [name for name in names.values() if len(name) >= _NAME and name in words]
    if not said:
        return None
    longest = max(said, key=len)
    bearing = [number for number, name in names.items() if name == longest]
    return bearing[0] if len(bearing) == 1 else -1


_UNITS = {"万元": ("元",), "亿元": ("元",), "万人": ("人",), "万吨": ("吨",), "万人次": ("人次",)}
"""The counter that stands with 万 or 亿 in a head."""


def _unit_of(head: str, caption: str) -> str:
    found = _UNIT.search(head) or _UNIT.search(caption)
    return (found[1] or found[2]) if found else ""


def _scale_of(head: str, caption: str) -> int:
    return _SCALES.get(_unit_of(head, caption)[:1], 1)
