"""Tables whose cells were repeated: the new columns share the width of those they came from.

A cell keeps its left and right edge on paper; the edges of all rows together are the new grid.
So a row that merges the repeated columns, or does not repeat any, fits whatever their number.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from reportgen.word.xml.wml import parse_whole_number, remove_element, w


@dataclass(slots=True)
class _Cell:
    """A cell between two edges, in twips from the table's left."""

    element: etree._Element
    left: int
    right: int


@dataclass(slots=True)
class _Row:
    element: etree._Element
    left: int
    cells: list[_Cell]


def share_columns(notes: Iterable[etree._Element]) -> None:
    """Set grid, widths and spans anew in every table with such a note (``stream.COLUMNS``)."""
    tables: dict[etree._Element, None] = {}
    for note in notes:
        tables[next(note.iterancestors(w("tbl")))] = None
    for table in tables:
        _share_table_columns(table)


def _share_table_columns(table: etree._Element) -> None:
    grid = table.find(w("tblGrid"))
    widths = [] if grid is None else [max(parse_whole_number(each.get(w("w"))), 1) for each in grid]
    edges = [0, *itertools.accumulate(widths)]
    rows = [
        _read_row(row, edges) for row in table.iter(w("tr")) if _find_owner(row, "tbl") is table
    ]
    placed = [row for row in rows if row.cells]
    new = sorted({edge for row in placed for edge in _iter_edges(row)} | {0, edges[-1]})
    for row in rows:
        if not row.cells:
            remove_element(row.element)
            continue
        _write_row(row, new)
    if grid is not None:
        grid[:] = [
            _make_sized(w("gridCol"), right - left) for left, right in itertools.pairwise(new)
        ]


def _read_row(element: etree._Element, edges: list[int]) -> _Row:
    """The row's cells with their edges on the old grid, repeated ones side by side."""
    position = _read_number(element.find(f"{w('trPr')}/{w('gridBefore')}"), 0)
    row = _Row(element, _find_edge(edges, position), [])
    repeated: list[etree._Element] | None = None
    for each in _iter_cells_and_notes(element):
        if each.tag == w("tc"):
            if repeated is not None:
                repeated.append(each)
                continue
            begin, position = position, position + _read_span(each)
            row.cells.append(_Cell(each, _find_edge(edges, begin), _find_edge(edges, position)))
        elif repeated is None:
            repeated = []
        else:
            end = int(str(each.text))
            _place_cells(row, repeated, _find_edge(edges, position), _find_edge(edges, end))
            position, repeated = end, None
    return row


def _place_cells(row: _Row, repeated: list[etree._Element], left: int, right: int) -> None:
    """Divide the width among the repeated cells; without any, the cell before takes it."""
    if not repeated and row.cells:
        row.cells[-1].right = right
    elif not repeated:
        row.left = right
    spans = [0, *itertools.accumulate(map(_read_span, repeated))]
    for cell, (begin, end) in zip(repeated, itertools.pairwise(spans), strict=True):
        first, last = ((right - left) * span // spans[-1] for span in (begin, end))
        row.cells.append(_Cell(cell, left + first, left + last))


def _write_row(row: _Row, edges: list[int]) -> None:
    place = {edge: number for number, edge in enumerate(edges)}
    _write_gap(row.element, "gridBefore", place[row.left])
    _write_gap(row.element, "gridAfter", len(edges) - 1 - place[row.cells[-1].right])
    for cell in row.cells:
        _write_cell(cell, place[cell.right] - place[cell.left])


def _write_gap(row: etree._Element, name: str, count: int) -> None:
    properties = row.find(w("trPr"))
    for old in [] if properties is None else properties.findall(w(name)):
        remove_element(old)
    if not count:
        return
    if properties is None:
        properties = etree.Element(w("trPr"))
        row.insert(1 if len(row) and row[0].tag == w("tblPrEx") else 0, properties)
    gap = etree.Element(w(name))
    gap.set(w("val"), str(count))
    properties.insert(0, gap)


def _write_cell(cell: _Cell, span: int) -> None:
    properties = cell.element.find(w("tcPr"))
    if properties is None:
        properties = etree.Element(w("tcPr"))
        cell.element.insert(0, properties)
    for old in properties.findall(w("tcW")) + properties.findall(w("gridSpan")):
        properties.remove(old)
    width = _make_sized(w("tcW"), cell.right - cell.left)
    width.set(w("type"), "dxa")
    at = 1 if len(properties) and properties[0].tag == w("cnfStyle") else 0
    properties.insert(at, width)
    if span > 1:
        spanned = etree.Element(w("gridSpan"))
        spanned.set(w("val"), str(span))
        properties.insert(at + 1, spanned)


def _iter_cells_and_notes(row: etree._Element) -> Iterator[etree._Element]:
    for each in row.iter(w("tc"), etree.ProcessingInstruction):
        if _find_owner(each, "tr") is row and (each.tag == w("tc") or each.getparent() is row):
            yield each


def _iter_edges(row: _Row) -> Iterator[int]:
    yield row.left
    for cell in row.cells:
        yield from (cell.left, cell.right)


def _find_edge(edges: list[int], column: int) -> int:
    while len(edges) <= column:  # a row wider than the table's grid
        edges.append(edges[-1] + 1000)
    return edges[column]


def _read_span(cell: etree._Element) -> int:
    return _read_number(cell.find(f"{w('tcPr')}/{w('gridSpan')}"), 1)


def _read_number(element: etree._Element | None, default: int) -> int:
    return default if element is None else parse_whole_number(element.get(w("val")), default)


def _make_sized(name: str, width: int) -> etree._Element:
    made = etree.Element(name)
    made.set(w("w"), str(width))
    return made


def _find_owner(element: etree._Element, name: str) -> etree._Element | None:
    return next(element.iterancestors(w(name)), None)
