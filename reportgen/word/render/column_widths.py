"""Tables whose columns are as wide as what they hold: the style 按内容分列宽 asks for it.

A column in which no row has anything is left out, also of the rows of long tables (``rows_aside``).
Lengths are twentieths of a point.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from lxml import etree

from reportgen.word.document.snapshot import AsideRow
from reportgen.word.document.text_rows import ROWS
from reportgen.word.render.rows_aside import RowsAside
from reportgen.word.xml.wml import parse_whole_number, remove_element, w

STYLE = "FittedTable"

_EM, _PADDING = 180, 170  # text of 9 pt; the margins of a cell, and its edges
_NARROW = 8  # em: what is not wider than this is never broken
_LEAST = 5  # em: no narrower than this for what is broken
_LOOKED_AT, _AHEAD = 60, 8  # rows, and em, that are tried


def fit_tables(
    root: etree._Element,
    rows: Sequence[RowsAside],
    lines: Sequence[list[AsideRow]],
    figures: Mapping[str, str],
) -> None:
    """Fit the tables of a finished part, in place.

    ``rows`` and ``lines``: the rows of long tables, and what their cells show; ``figures``: what the
    keys in them show.
    """
    for table in list(root.iter(w("tbl"))):
        style = table.find(f"{w('tblPr')}/{w('tblStyle')}")
        if style is not None and style.get(w("val")) == STYLE:
            _fit_table(table, rows, lines, figures)


def _fit_table(
    table: etree._Element,
    rows: Sequence[RowsAside],
    lines: Sequence[list[AsideRow]],
    figures: Mapping[str, str],
) -> None:
    grid = table.find(w("tblGrid"))
    own = [row.findall(w("tc")) for row in table.findall(w("tr"))]
    aside = [int(note.text or 0) for note in _iter_row_notes(table)]
    size = 0 if grid is None else len(grid)
    shown = [
        [line if isinstance(line, str) else _show_figures(line, figures) for line in row[1:]]
        for each in aside
        for row in lines[each]
    ]
    if grid is None or {*map(len, own), *map(len, shown)} != {size}:
        return
    texts = [["".join(map(str, cell.itertext(w("t")))) for cell in row] for row in own]
    columns = list(zip(*texts, *shown, strict=True))
    kept = [at for at in range(size) if at == 0 or not shown or any(columns[at][len(own) :])]
    room = sum(parse_whole_number(column.get(w("w"))) for column in grid)
    found = _choose_widths([columns[at] for at in kept], room)
    widths = dict(zip(kept, found, strict=True))
    _write_widths(grid, own, widths)
    for each in aside:
        rows[each].fit(size, widths)
        lines[each][:] = [[row[0], *[row[at + 1] for at in kept]] for row in lines[each]]


def _iter_row_notes(table: etree._Element) -> Iterator[etree._Element]:
    for note in table.iterchildren(etree.ProcessingInstruction):
        if getattr(note, "target", "") == ROWS:
            yield note


def _show_figures(line: Sequence[str], figures: Mapping[str, str]) -> str:
    """What a cell shows that holds figures: ``[text, key, text …]``."""
    return "".join(figures.get(part, "") if at % 2 else part for at, part in enumerate(line))


def _choose_widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """How wide each column is to be: what is short stays whole, the long ones share the rest."""
    needed = [_measure_widest(column) for column in columns]
    free = room / _EM - len(columns) * _PADDING / _EM
    least = [need if need <= _NARROW else min(need, _LEAST) for need in needed]
    if sum(needed) <= free or sum(least) >= free:
        parts = needed if sum(needed) <= free else least
        return _share_room([part + _PADDING / _EM for part in parts], room)
    return _share_room(
        [part + _PADDING / _EM for part in _fit_fewest_lines(columns, needed, least, free)], room
    )


def _fit_fewest_lines(
    columns: Sequence[Sequence[str]], needed: Sequence[float], least: Sequence[float], free: float
) -> list[float]:
    """Widths in em, from the least ones on: each em goes where it saves most lines."""
    widths = list(least)
    step = max(1, len(columns[0]) // _LOOKED_AT)
    ems = [[*map(_measure_ems, column[::step])] for column in columns]
    left = int(free - sum(least))
    while left > 0:
        lines = [*map(_wrap, ems, widths)]
        now = _count_lines(lines)
        best = max(
            (
                ((now - _count_lines([*lines[:at], wider, *lines[at + 1 :]])) / more, -more, at)
                for at, need in enumerate(needed)
                if widths[at] < need
                for more in range(1, min(left, _AHEAD) + 1)
                for wider in [_wrap(ems[at], widths[at] + more)]
            ),
            default=(0.0, 0, 0),
        )
        if best[0] <= 0:
            break
        widths[best[2]] -= best[1]
        left += best[1]
    return widths


def _wrap(column: Sequence[float], width: float) -> list[int]:
    """How many lines each of these texts takes in so wide a column; one of no width holds nothing."""
    return [math.ceil(each / width) for each in column] if width else [0] * len(column)


def _count_lines(columns: Iterable[Sequence[int]]) -> int:
    """How many lines the rows take."""
    return sum(map(max, zip(*columns, strict=True)))


def _share_room(parts: Sequence[float], room: int) -> list[int]:
    """The room in proportion, nothing lost to rounding."""
    edges = [0.0]
    for part in parts:
        edges.append(edges[-1] + part)
    whole_ = edges[-1] or 1.0
    return [right - left for left, right in pairwise(round(room * edge / whole_) for edge in edges)]


def _measure_widest(column: Iterable[str]) -> float:
    """The width of the widest text; none is wider than it has characters."""
    widest = 0.0
    for text in set(column):
        if len(text) > widest:
            widest = max(widest, _measure_ems(text))
    return widest


def _measure_ems(text: str) -> float:
    """The width of the widest line of a text; a Chinese character is one em wide."""
    return max(
        (sum(map(_EMS.__getitem__, line)) for line in text.split("\n")),
        default=0.0,
    )


class _Ems(dict[str, float]):
    """The width of each sign met so far."""

    def __missing__(self, sign: str) -> float:
        self[sign] = 1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.58
        return self[sign]


_EMS = _Ems()


def _write_widths(
    grid: etree._Element, rows: Iterable[Sequence[etree._Element]], widths: Mapping[int, int]
) -> None:
    for at, column in enumerate(list(grid)):
        if at in widths:
            column.set(w("w"), str(widths[at]))
        else:
            remove_element(column)
    for row in rows:
        for at, cell in enumerate(row):
            width = cell.find(f"{w('tcPr')}/{w('tcW')}")
            if at not in widths:
                remove_element(cell)
            elif width is not None:
                width.set(w("w"), str(widths[at]))
