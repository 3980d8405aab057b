"""The parts of an .ods → its sheets (OpenDocument 1.3, part 3, chapter 9).

An .ods stores beside each value the text that one sees.  Rows and cells that repeat are counted
before they are made.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from reportgen.excel.read.colours import Look, is_dark, is_tiny, is_white
from reportgen.excel.read.raw_sheets import (
    MAX_CELLS,
    CellDetails,
    describe_formula,
    make_raw_sheet,
    mark_formulas_odd,
)
from reportgen.excel.read.refusal import too_full, too_wide
from reportgen.excel.read.sheet_scan import local_name, make_parser
from reportgen.raw import RawSheet, Spot, Value


def read_ods_sheets(parts: Mapping[str, bytes]) -> Iterator[RawSheet]:
    """Every sheet, hidden ones too; ``parts`` by path in lower case."""
    found = _Content()
    for name in ("styles.xml", "content.xml"):
        reader = make_parser()
        reader.StartElementHandler = found.open
        reader.EndElementHandler = found.close
        reader.CharacterDataHandler = found.text
        reader.Parse(parts.get(name, b"") or b"<none/>", True)
    return (table.sheet() for table in found.tables)


_Attributes = Mapping[str, str]
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


@dataclass
class _Table:
    """A sheet being read: ``row`` is the current one, ``column`` the next one, from 1."""

    name: str
    cells: dict[Spot, Value] = field(default_factory=dict)
    odd: dict[Spot, str] = field(default_factory=dict)
    shown: dict[Spot, str] = field(default_factory=dict)
    struck: set[Spot] = field(default_factory=set)
    unseen: set[Spot] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)
    row: int = 1
    column: int = 1
    columns: int = 1

    def copy(self, spot: Spot, to: Spot) -> None:
        """The same cell again elsewhere."""
        if spot in self.cells:
            self.cells[to] = self.cells[spot]
        if spot in self.odd:
            self.odd[to] = self.odd[spot]
        if spot in self.shown:
            self.shown[to] = self.shown[spot]
        if spot in self.struck:
            self.struck.add(to)
        if spot in self.unseen:
            self.unseen.add(to)

    def sheet(self) -> RawSheet:
        """All its cells in the rectangle that they span."""
        spots = self.cells
        if not spots:
            told = CellDetails(self.odd, shown=self.shown, struck=self.struck)
            return make_raw_sheet(self.name, [], told=told)
        top, left = min(row for row, _ in spots), min(column for _, column in spots)
        bottom, right = max(row for row, _ in spots), max(column for _, column in spots)
        if (bottom - top + 1) * (right - left + 1) > MAX_CELLS:
            raise too_wide(self.name)
        told = CellDetails(
            self.odd, shown=self.shown, struck=self.struck, unseen=self.unseen,
            hidden_rows=_clip_ranges(self.hidden_rows, top, bottom),
            hidden_columns=_clip_ranges(self.hidden_columns, left, right),
        )  # fmt: skip
        rows = [
            [spots.get((row, column)) for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]
        return mark_formulas_odd(make_raw_sheet(self.name, rows, (top, left), told, self.merged))


@dataclass
class _Cell:
    """A cell being read: its attributes, its paragraphs, how it and its runs look."""

    attributes: _Attributes
    look: Look
    lines: list[list[str]] = field(default_factory=list)
    runs: list[Look] = field(default_factory=list)

    @cached_property
    def shown(self) -> str:
        """Its text; asked for once all of it is read."""
        return "\n".join(map("".join, self.lines))

    def value(self) -> Value:
        """What is stored; None for nothing, for an error and for a formula without a result."""
        kind = self.attributes.get("value-type", "")
        if self.odd():
            return None
        if kind in ("float", "percentage", "currency"):
            number = float(self.attributes["value"])
            return self.shown == "TRUE" if self.shown in ("TRUE", "FALSE") else number
        if kind == "date":
            return _parse_moment(self.attributes["date-value"])
        if kind == "time":
            return _parse_clock(self.attributes["time-value"]) or self.shown
        if kind == "boolean":
            return self.attributes.get("boolean-value") == "true"
        return self.shown or self.attributes.get("string-value") or None

    def odd(self) -> str:
        """An error's name, or a formula that has no result."""
        formula = self.attributes.get("formula", "")
        if self.attributes.get("error"):
            return self.shown if self.shown.startswith("#") else "#VALUE!"
        if formula and not self.attributes.get("value-type") and not self.shown:
            return describe_formula("=" + formula.partition("=")[2])
        return ""


class _Content:
    """The elements of content.xml (or of styles.xml) as they come."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self._styles: dict[str, Look] = {}
        self._style = ""
        self._table: _Table | None = None
        self._cell: _Cell | None = None
        self._skipped = 0
        self._row_values: _Attributes = {}
        self._filled: list[int] = []
        self._cells_left, self._letters_left = MAX_FILLED, MAX_LETTERS

    def open(self, tag: str, attributes: _Attributes) -> None:
        """An element begins; notes, drawings and deleted cells are passed over."""
        name = local_name(tag)
        if self._skipped or name in _PASSED_OVER or tag.startswith("draw:"):
            self._skipped += 1
            return
        values = {local_name(key): value for key, value in attributes.items()}
        if "error" in (attributes.get("calcext:value-type"), attributes.get("value-type")):
            values["error"] = "1"
        handler = getattr(self, f"_open_{name.replace('-', '_')}", None)
        if handler is not None:
            handler(values)

    def close(self, tag: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
            return
        handler = getattr(self, f"_close_{local_name(tag).replace('-', '_')}", None)
        if handler is not None:
            handler()

    def text(self, text: str) -> None:
        """Text counts only in a cell's paragraphs."""
        if self._cell is not None and self._cell.lines and not self._skipped:
            self._spend(letters=len(text))
            self._cell.lines[-1].append(text)

    def _spend(self, cells: int = 0, letters: int = 0) -> None:
        """So many cells and letters more."""
        self._cells_left -= cells
        self._letters_left -= letters
        if min(self._cells_left, self._letters_left) < 0:
            raise too_full(self._table.name if self._table else "")

    # styles

    def _open_style(self, values: _Attributes) -> None:
        self._style = values.get("name", "")
        self._styles[self._style] = self._styles.get(values.get("parent-style-name", ""), Look())

    def _open_text_properties(self, values: _Attributes) -> None:
        line = values.get("text-line-through-style") or values.get("text-line-through-type")
        look = self._styles.get(self._style, Look())
        if line is not None:
            look = replace(look, struck=line != "none")
        if "color" in values or "font-size" in values:
            size = values.get("font-size", "").removesuffix("pt")
            faint = is_white(values.get("color", "").removeprefix("#")) or is_tiny(size)
            look = replace(look, faint=faint)
        self._styles[self._style] = look

    def _open_table_cell_properties(self, values: _Attributes) -> None:
        if "background-color" in values:
            dark = is_dark(values["background-color"].removeprefix("#"))
            look = self._styles.get(self._style, Look())
            self._styles[self._style] = replace(look, dark=dark)

    # tables

    def _open_table(self, values: _Attributes) -> None:
        if len(self.tables) >= MAX_SHEETS:
            raise too_full()
        self._table = _Table(values.get("name", ""))
        self.tables.append(self._table)

    def _close_table(self) -> None:
        self._table = None

    def _open_table_column(self, values: _Attributes) -> None:
        if self._table is None:
            return
        first, count = (
            self._table.columns,
            _read_count(values, "number-columns-repeated", _LAST_COLUMN),
        )
        self._table.columns += count
        if values.get("visibility") in _HIDDEN:
            self._table.hidden_columns.append(range(first, first + count))

    def _open_table_row(self, values: _Attributes) -> None:
        self._row_values = values
        if self._table is not None:
            self._table.column = 1

    def _close_table_row(self) -> None:
        if self._table is not None:
            self._repeat_row(
                self._table, _read_count(self._row_values, "number-rows-repeated", _LAST_ROW)
            )

    def _repeat_row(self, table: _Table, count: int) -> None:
        first = table.row
        table.row += count
        filled, self._filled = self._filled, []
        rows = range(first, first + count)
        if self._row_values.get("visibility") in _HIDDEN:
            table.hidden_rows.append(rows)
        texts = (table.cells.get((first, column)) for column in filled)
        letters = sum(len(text) for text in texts if isinstance(text, str))
        self._spend((count - 1) * len(filled), (count - 1) * letters)
        for row in rows[1:] if filled else ():
            for column in filled:
                table.copy((first, column), (row, column))

    # cells

    def _open_table_cell(self, values: _Attributes) -> None:
        self._cell = _Cell(values, look=self._styles.get(values.get("style-name", ""), Look()))

    _open_covered_table_cell = _open_table_cell

    def _open_p(self, _: _Attributes) -> None:
        if self._cell is not None:
            self._cell.lines.append([])

    def _open_span(self, values: _Attributes) -> None:
        if self._cell is not None:
            self._cell.runs.append(self._styles.get(values.get("style-name", ""), Look()))

    def _open_s(self, values: _Attributes) -> None:
        self.text(" " * min(_read_count(values, "c", 1000), 1000))

    def _open_tab(self, _: _Attributes) -> None:
        self.text("\t")

    def _open_line_break(self, _: _Attributes) -> None:
        self.text("\n")

    def _close_table_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is not None and self._table is not None:
            self._put(self._table, cell)

    _close_covered_table_cell = _close_table_cell

    def _put(self, table: _Table, cell: _Cell) -> None:
        value, odd = cell.value(), cell.odd()
        count = _read_count(cell.attributes, "number-columns-repeated", _LAST_COLUMN)
        first, table.column = table.column, table.column + count
        down, across = (
            _read_count(cell.attributes, f"number-{what}-spanned", _LAST_ROW)
            for what in ("rows", "columns")
        )
        if down > 1 or across > 1:
            table.merged.append((table.row, first, table.row + down - 1, first + across - 1))
        if value is None and not odd:
            return
        self._spend(count, (count - 1) * len(cell.shown))
        self._filled += range(first, first + count)
        for column in range(first, first + count):
            spot = table.row, column
            if value is not None:
                table.cells[spot] = value
            if odd:
                table.odd[spot] = odd
            if cell.shown and _is_shown_otherwise(value, cell.shown):
                table.shown[spot] = cell.shown.strip()
            looks = (cell.look, *cell.runs)
            if any(look.struck for look in looks):
                table.struck.add(spot)
            if any(Look(faint=one.faint, dark=cell.look.dark).unseen for one in looks):
                table.unseen.add(spot)


MAX_FILLED = 1_000_000
"""Cells with content of a workbook, each as often as it is repeated."""
MAX_LETTERS = 60_000_000
"""Letters of all its cells, each as often as it is repeated."""
MAX_SHEETS = 1_000
"""Tables of a workbook."""
_PASSED_OVER = (
    "annotation", "tracked-changes", "shapes", "forms", "dde-links", "note", "ruby-text",
)  # fmt: skip
_HIDDEN = ("collapse", "filter")
_DIGITS = 9
"""Of a number of rows or columns; more are cut off, what is left is more than any sheet has."""


def _clip_ranges(ranges: Iterable[range], first: int, last: int) -> set[int]:
    """The numbers between these two; often everything behind the content is hidden."""
    within = (range(max(one.start, first), min(one.stop, last + 1)) for one in ranges)
    return {number for one in within for number in one}


def _read_count(values: _Attributes, name: str, most: int) -> int:
    text = values.get(name, "1")
    if not (text.isascii() and text.isdecimal()):
        return 1
    return min(max(int(text[:_DIGITS]), 1), most)


def _is_shown_otherwise(value: Value, shown: str) -> bool:
    """Whether a number, date or time shows otherwise than as it is stored."""
    if isinstance(value, dt.date):  # also a datetime
        numbers = Counter(map(int, re.findall(r"\d{1,9}", shown)))
        return not Counter((value.year, value.month, value.day)) <= numbers
    if isinstance(value, int | float) and not isinstance(value, bool):
        return shown.strip() != f"{value:.15g}"
    return isinstance(value, dt.time)


def _parse_moment(text: str) -> Value:
    """``2024-05-06`` or ``2024-05-06T07:08:00``; a date that is none stays text."""
    try:
        found = dt.datetime.fromisoformat(text[:19])
    except ValueError:
        return text
    return found.date() if found.time() == dt.time() else found


def _parse_clock(text: str) -> dt.time | None:
    found = re.fullmatch(r"PT(\d{1,2})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S", text)
    hours, minutes, seconds = map(int, found.groups()) if found else (24, 0, 0)
    return (
        dt.time(hours, minutes, seconds)
        if max(hours - 23, minutes - 59, seconds - 59) <= 0
        else None
    )
