"""Where the declared columns and the filled rows stand in a sheet.

People insert title rows, move columns and blank out rows; only the words of the header are relied
on.  All numbers are Excel's (from 1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import dropwhile

from reportgen.issues import Issue
from reportgen.nearest_name import did_you_mean, find_closest
from reportgen.raw import RawSheet, Value, make_address
from reportgen.schema.columns import is_blank, to_plain_text
from reportgen.schema.headings import normalise_heading
from reportgen.schema.model import Column, Sheet
from reportgen.validation.merged_cells import MergedBlock, find_merged_blocks

_HEADER_ROWS = 20
"""The header stands among the first so many rows."""

_TALL = 3
"""A header cell is merged over so many rows at most."""

_WIDE = 6
"""In a table of so many columns, a row with a single filled cell is no record."""


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """Where the columns (by declared name) and the records stand.

    In a sheet of pairs every item is in the column of 内容, and ``item_rows`` has its row.
    ``merged``: merged cells among the records.
    """

    columns: Mapping[str, int]
    rows: Sequence[int]
    item_rows: Mapping[str, int] = field(default_factory=dict)
    merged: Sequence[MergedBlock] = ()


def find_layout(file: str, raw: RawSheet, sheet: Sheet) -> tuple[SheetLayout | None, list[Issue]]:
    """The layout, or None if not even a header is there; and what is wrong with the header."""
    blank = Issue("", file, raw.name)
    layout, issues = (_lay_out_pairs if sheet.layout == "pairs" else _lay_out_table)(
        raw, sheet, blank
    )
    if layout.columns:
        return layout, issues
    names = "、".join(column.name for column in sheet.columns[:4])
    return None, [replace(blank, code="missing-header", details={"names": names})]


def match_declared_sheets(raw: RawSheet, sheets: Iterable[Sheet]) -> list[Sheet]:
    """The declared sheets of which it has the header (or the items), whatever it is called."""
    top = {
        normalise_heading(_text_of(value)) for row in raw.rows[: 2 * _HEADER_ROWS] for value in row
    }
    return [
        sheet for sheet in sheets if _has_enough_words(sheet, top) and _has_header_of(raw, sheet)
    ]


def _has_header_of(raw: RawSheet, sheet: Sheet) -> bool:
    """Not so the guide 填写说明, which lists the columns of every sheet in one of its own."""
    heads = (_find_items if sheet.layout == "pairs" else _read_header)(raw, sheet)
    words = {head.word for head in heads} - {""}
    own = words & {normalise_heading(column.name) for column in sheet.columns}
    return _has_enough_words(sheet, words) and len(own) * 2 >= len(words)


def _has_enough_words(sheet: Sheet, words: Collection[str]) -> bool:
    wanted = {normalise_heading(column.name) for column in sheet.columns if not column.added}
    return len(wanted.intersection(words)) >= max(3, len(wanted) * 3 // 4)


@dataclass(frozen=True, slots=True)
class _HeadCell:
    """A cell where the name of a column or an item may stand."""

    row: int
    column: int
    text: str

    @property
    def word(self) -> str:
        return normalise_heading(self.text)

    @property
    def cell(self) -> str:
        return make_address(self.row, self.column)


@dataclass(frozen=True, slots=True)
class _HeadMatch:
    """Declared columns against heads: found, found again, missed (with a look-alike), left over."""

    found: Mapping[str, _HeadCell]
    again: Sequence[_HeadCell]
    missed: Sequence[tuple[Column, _HeadCell | None]]
    extra: Sequence[_HeadCell]


def _lay_out_table(raw: RawSheet, sheet: Sheet, blank: Issue) -> tuple[SheetLayout, list[Issue]]:
    heads = _read_header(raw, sheet)
    body = _find_body_rows(raw, max((head.row for head in heads), default=0) + 1)

    def holds_something(head: _HeadCell) -> bool:
        return any(not is_blank(raw.at(row, head.column)) for row in body)

    match = _match_heads(sheet.columns, heads, holds_something)
    columns = {name: head.column for name, head in match.found.items()}
    order = sorted(columns.values())
    cells = {row: _find_filled_cells(raw, order, row) for row in body}
    rows = [row for row in body if cells[row]]
    merged = find_merged_blocks(raw, columns.values(), rows)
    shared = {row for block in merged for row in block.rows[1:]}
    lone = {row: cell for row, cell in _find_lone_cells(cells, sheet).items() if row not in shared}
    issues = list(_iter_header_issues(match, blank))
    issues += [
        replace(
            blank,
            code="lone-cell",
            cell=make_address(*spot),
            value=raw.odd.get(spot) or _text_of(raw.at(*spot)),
        )
        for spot in lone.items()
    ]
    merged = [block for block in merged if block.first[0] not in lone]
    return SheetLayout(columns, [row for row in rows if row not in lone], merged=merged), issues


def _find_body_rows(raw: RawSheet, first: int) -> list[int]:
    """The rows from ``first`` on; of those below the last value only the ones with odd cells."""
    stop = max(first, raw.first_row + len(raw.rows))
    return [*range(first, stop), *sorted({row for row, _ in raw.odd if row >= stop})]


def _lay_out_pairs(raw: RawSheet, sheet: Sheet, blank: Issue) -> tuple[SheetLayout, list[Issue]]:
    """内容 stands in the column right of 项目; the sheet counts as one record."""
    heads = _find_items(raw, sheet)

    def holds_something(head: _HeadCell) -> bool:
        return not is_blank(raw.at(head.row, head.column + 1))

    match = _match_heads(sheet.columns, heads, holds_something)
    rows = {name: head.row for name, head in match.found.items()}
    columns = {name: head.column + 1 for name, head in match.found.items()}
    return SheetLayout(columns, sorted(rows.values())[:1], rows), list(
        _iter_item_issues(match, blank)
    )


def _text_of(value: Value) -> str:
    return "" if value is None else to_plain_text(value)


def _read_header(raw: RawSheet, sheet: Sheet) -> list[_HeadCell]:
    """The row in which most of the column names stand; with merged cells, of two or three rows."""
    wanted = {normalise_heading(column.name) for column in sheet.columns}
    rows = raw.rows[:_HEADER_ROWS]
    scores = [len(wanted & {normalise_heading(_text_of(value)) for value in row}) for row in rows]
    best = scores.index(max(scores)) if scores else 0
    row = raw.first_row + best
    width = max((len(cells) for cells in raw.rows), default=0)
    columns = range(raw.first_column, raw.first_column + width)
    top, bottom = _find_header_rows(raw, row)
    return [_read_head(raw, range(bottom, top - 1, -1), column) for column in columns]


def _find_header_rows(raw: RawSheet, row: int) -> tuple[int, int]:
    """From where to where the header goes that has this row."""
    tall = [
        (top, bottom)
        for top, _, bottom, _ in raw.merged
        if top <= row <= bottom and top < bottom < top + _TALL
    ]
    return min((top for top, _ in tall), default=row), max((b for _, b in tall), default=row)


def _read_head(raw: RawSheet, rows: Sequence[int], column: int) -> _HeadCell:
    """The lowest filled cell of the header in this column; it names the column."""
    filled = (row for row in rows if not is_blank(raw.at(row, column)))
    row = next(filled, rows[0])
    return _HeadCell(row, column, _text_of(raw.at(row, column)))


def _find_items(raw: RawSheet, sheet: Sheet) -> list[_HeadCell]:
    """The column in which most of the item names stand, from the first of them on."""
    wanted = {normalise_heading(column.name) for column in sheet.columns}
    named: defaultdict[int, set[str]] = defaultdict(set)
    for line in raw.rows:
        for number, value in enumerate(line):
            if value is not None and (word := normalise_heading(_text_of(value))) in wanted:
                named[number].add(word)
    if not named:
        return []
    column = raw.first_column + max(named, key=lambda number: (len(named[number]), -number))
    rows = range(raw.first_row, raw.first_row + len(raw.rows))
    best = [_HeadCell(row, column, _text_of(raw.at(row, column))) for row in rows]
    return list(dropwhile(lambda head: head.word not in wanted, best))


def _match_heads(
    columns: Sequence[Column],
    heads: Sequence[_HeadCell],
    holds_something: Callable[[_HeadCell], bool],
) -> _HeadMatch:
    wanted = {normalise_heading(column.name): column.name for column in columns}
    found: dict[str, _HeadCell] = {}
    again: list[_HeadCell] = []
    others: list[_HeadCell] = []
    for head in heads:
        if head.word not in wanted:
            others.append(head)
        elif found.setdefault(wanted[head.word], head) != head:
            again.append(head)
    missed = [
        (column, _find_like(column.name, others))
        for column in columns
        if column.name not in found and not column.added
    ]
    taken = [like for _, like in missed]
    extra = [head for head in others if head not in taken and holds_something(head)]
    gaps = [place for place, (_, like) in enumerate(missed) if like is None]
    if len(gaps) == 1 and len(again) + len(extra) == 1:  # one gap, one too many: the same column
        missed[gaps[0]] = (missed[gaps[0]][0], (again + extra)[0])
        again, extra = [], []
    return _HeadMatch(found, again, missed, extra)


def _find_like(name: str, heads: Sequence[_HeadCell]) -> _HeadCell | None:
    text = find_closest(name, [head.text for head in heads if head.text])
    return next((head for head in heads if head.text == text), None)


def _iter_header_issues(match: _HeadMatch, blank: Issue) -> Iterator[Issue]:
    for head in match.again:
        yield replace(blank, code="duplicate-column", cell=head.cell, details={"name": head.word})
    for column, like in match.missed:
        yield _make_missing_issue(blank, "missing-column", column, like)
    for head in match.extra:
        shown = head.text or "（空白）"
        yield replace(blank, code="extra-column", cell=head.cell, value=shown)


def _iter_item_issues(match: _HeadMatch, blank: Issue) -> Iterator[Issue]:
    first = {head.word: str(head.row) for head in match.found.values()}
    for head in match.again:
        details = {"other": first[head.word]}
        repeated = replace(blank, code="duplicate-key", cell=head.cell, column="项目")
        yield replace(repeated, value=head.word, details=details)
    for column, like in match.missed:
        if like is not None or (column.required and column.default is None):
            yield _make_missing_issue(blank, "missing-item", column, like)
    for head in match.extra:
        shown = head.text or "（空白）"
        yield replace(blank, code="extra-item", cell=head.cell, value=shown)


def _make_missing_issue(blank: Issue, code: str, column: Column, like: _HeadCell | None) -> Issue:
    details = {"name": column.name, "nearest": did_you_mean(like.text if like else None)}
    return replace(blank, code=code, cell=like.cell if like else "", details=details)


def _find_filled_cells(raw: RawSheet, columns: Sequence[int], row: int) -> list[int]:
    """The first two columns with anything in this row, readable or not."""
    filled: list[int] = []
    for column in columns:
        if not is_blank(raw.at(row, column)) or (row, column) in raw.odd:
            filled.append(column)
            if len(filled) == 2:
                break
    return filled


def _find_lone_cells(filled: Mapping[int, Sequence[int]], sheet: Sheet) -> dict[int, int]:
    """Rows of which only one cell is filled though more must be: a stray note, a 合计."""
    if len(sheet.columns) < _WIDE or sum(column.required for column in sheet.columns) < 2:
        return {}
    return {row: columns[0] for row, columns in filled.items() if len(columns) == 1}
