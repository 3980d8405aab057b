"""Where the declared columns and the filled rows stand in a sheet.

People insert title rows, move columns and blank out rows; only the words of the header are relied
on.  All numbers are Excel's (from 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from reportgen.data import RawSheet, Value, address
from reportgen.issues import Issue, closest, did_you_mean
from reportgen.schema.columns import half_width, is_blank, plain_text
from reportgen.schema.model import Column, Sheet

_HEADER_ROWS = 20
"""The header stands among the first so many rows."""

_MANY_REQUIRED = 4
"""Where so many cells of a row are required, a row with a single filled cell is no record."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns (by declared name) and the records stand.

    In a sheet of pairs every item is in the column of 内容, and ``item_rows`` has its row.
    """

    columns: Mapping[str, int]
    rows: Sequence[int]
    item_rows: Mapping[str, int] = field(default_factory=dict)


def lay_out(file: str, raw: RawSheet, sheet: Sheet) -> tuple[Layout | None, list[Issue]]:
    """The layout, or None if not even a header is there; and what is wrong with the header."""
    blank = Issue("", file, raw.name)
    heads = _items(raw, sheet) if sheet.layout == "pairs" else _header(raw, sheet)
    match = _match(sheet.columns, heads)
    if not match.found:
        names = "、".join(column.name for column in sheet.columns[:4])
        return None, [replace(blank, code="missing-header", details={"names": names})]
    if sheet.layout == "pairs":
        return _pairs(match), list(_item_issues(raw, match, blank))
    columns = {name: head.column for name, head in match.found.items()}
    body = range(heads[0].row + 1, raw.first_row + len(raw.rows))
    cells = {row: _filled_cells(raw, sorted(columns.values()), row) for row in body}
    lone = _lone_cells(cells, sheet)
    issues = list(_column_issues(raw, match, body, blank))
    issues += [
        replace(blank, code="lone-cell", cell=address(*spot), value=_text(raw.at(*spot)))
        for spot in lone.items()
    ]
    return Layout(columns, [row for row in body if cells[row] and row not in lone]), issues


@dataclass(frozen=True, slots=True)
class _Head:
    """A cell where the name of a column or an item may stand."""

    row: int
    column: int
    text: str

    @property
    def word(self) -> str:
        return _word(self.text)

    @property
    def cell(self) -> str:
        return address(self.row, self.column)


@dataclass(frozen=True, slots=True)
class _Match:
    """Declared columns against heads: found, found again, missed (with a look-alike), left over."""

    found: Mapping[str, _Head]
    again: Sequence[tuple[str, _Head]]
    missed: Sequence[tuple[Column, _Head | None]]
    extra: Sequence[_Head]


def _word(text: str) -> str:
    """What must agree of a heading: no spaces, no ``*``, half-width brackets."""
    return "".join(half_width(text).replace("*", "").split())


def _text(value: Value) -> str:
    return "" if value is None else plain_text(value)


def _header(raw: RawSheet, sheet: Sheet) -> list[_Head]:
    """The row in which most of the column names stand."""
    wanted = {_word(column.name) for column in sheet.columns}
    rows = raw.rows[:_HEADER_ROWS]
    scores = [len(wanted & {_word(_text(value)) for value in row}) for row in rows]
    best = scores.index(max(scores)) if scores else 0
    row = raw.first_row + best
    width = max((len(cells) for cells in raw.rows), default=0)
    columns = range(raw.first_column, raw.first_column + width)
    return [_Head(row, column, _text(raw.at(row, column))) for column in columns]


def _items(raw: RawSheet, sheet: Sheet) -> list[_Head]:
    """The column in which most of the item names stand."""
    wanted = {_word(column.name) for column in sheet.columns}
    width = max((len(cells) for cells in raw.rows), default=0)
    rows = range(raw.first_row, raw.first_row + len(raw.rows))
    columns = [
        [_Head(row, column, _text(raw.at(row, column))) for row in rows]
        for column in range(raw.first_column, raw.first_column + width)
    ]
    return max(columns, key=lambda heads: len(wanted & {h.word for h in heads}), default=[])


def _match(columns: Iterable[Column], heads: Iterable[_Head]) -> _Match:
    wanted = {_word(column.name): column for column in columns}
    found: dict[str, _Head] = {}
    again: list[tuple[str, _Head]] = []
    extra: list[_Head] = []
    for head in heads:
        name = wanted[head.word].name if head.word in wanted else None
        if name is None:
            extra.append(head)
        elif found.setdefault(name, head) != head:
            again.append((name, head))
    missed: list[tuple[Column, _Head | None]] = []
    for column in wanted.values():
        if column.name not in found:
            text = closest(column.name, [head.text for head in extra if head.text])
            missed.append((column, next((head for head in extra if head.text == text), None)))
    taken = [like for _, like in missed]
    return _Match(found, again, missed, [head for head in extra if head not in taken])


def _column_issues(
    raw: RawSheet, match: _Match, body: Sequence[int], blank: Issue
) -> Iterator[Issue]:
    for name, head in match.again:
        yield replace(blank, code="duplicate-column", cell=head.cell, details={"name": name})
    for column, like in match.missed:
        yield _missing(blank, "missing-column", column, like)
    for head in match.extra:
        if any(not is_blank(raw.at(row, head.column)) for row in body):
            shown = head.text or "（空白）"
            yield replace(blank, code="extra-column", cell=head.cell, value=shown)


def _item_issues(raw: RawSheet, match: _Match, blank: Issue) -> Iterator[Issue]:
    for name, head in match.again:
        first = str(match.found[name].row)
        repeated = replace(blank, code="duplicate-key", cell=head.cell, column="项目")
        yield replace(repeated, value=name, details={"other": first})
    for column, like in match.missed:
        if like is not None or (column.required and column.default is None):
            yield _missing(blank, "missing-item", column, like)
    start = min(head.row for head in match.found.values())
    for head in match.extra:
        if head.row > start and head.text and not is_blank(raw.at(head.row, head.column + 1)):
            yield replace(blank, code="extra-item", cell=head.cell, value=head.text)


def _missing(blank: Issue, code: str, column: Column, like: _Head | None) -> Issue:
    details = {"name": column.name, "nearest": did_you_mean(like.text if like else None)}
    return replace(blank, code=code, cell=like.cell if like else "", details=details)


def _pairs(match: _Match) -> Layout:
    """内容 stands in the column right of 项目; the sheet counts as one record."""
    rows = {name: head.row for name, head in match.found.items()}
    columns = {name: head.column + 1 for name, head in match.found.items()}
    return Layout(columns, [min(rows.values())], rows)


def _filled_cells(raw: RawSheet, columns: Sequence[int], row: int) -> list[int]:
    """The first two columns with anything in this row, readable or not."""
    filled = (
        column
        for column in columns
        if not is_blank(raw.at(row, column)) or (row, column) in raw.odd
    )
    return list(islice(filled, 2))


def _lone_cells(filled: Mapping[int, Sequence[int]], sheet: Sheet) -> dict[int, int]:
    """Rows of which only one cell is filled though many must be: a stray note, a 合计."""
    if sum(column.required for column in sheet.columns) < _MANY_REQUIRED:
        return {}
    return {row: columns[0] for row, columns in filled.items() if len(columns) == 1}
