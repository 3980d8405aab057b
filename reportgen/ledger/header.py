"""Where the headings of a ledger stand: under title rows, in one to three rows, merged or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from reportgen.ledger.heading_match import (
    HeadingMeaning,
    Path,
    find_automatic_columns,
    find_meanings,
    find_similar_field,
    find_tick_value,
    is_named_after,
    quote_heading,
    words_of_field,
)
from reportgen.ledger.model import LedgerField, MappedColumn, UnusedColumn
from reportgen.raw import RawSheet, column_letter
from reportgen.schema.columns import Flaw, is_blank, to_plain_text
from reportgen.schema.headings import normalise_heading

SEARCHED, DEEPEST, LOOKED_AT = 30, 3, 50
"""Rows in which a header may begin; rows it may take; rows of content looked at."""
_RECORDED = "在线收集表自动记录的栏，不是台账的内容"
_NOT_YET = re.compile("尚?未|暂无|无$|[-—/／]+$")
"""What stands in a cell that has nothing to say yet."""
_WIDEST, _MERGED = 150, 50_000
"""Columns among which headings are looked for; merged cells looked at."""


@dataclass(frozen=True)
class LedgerHeader:
    """A header found: its first and last row, and what its columns were taken for."""

    rows: tuple[int, int]
    paths: Mapping[int, Path]
    mapped: Sequence[MappedColumn]
    score: int

    def is_complete(self, fields: Iterable[LedgerField]) -> bool:
        """Whether every essential field is there, and something beside it."""
        found = {mapped.field for mapped in self.mapped}
        return len(found) > 1 and all(one.name in found for one in fields if one.essential)

    def unused(
        self, raw: RawSheet, fields: tuple[LedgerField, ...], last: int
    ) -> Iterator[UnusedColumn]:
        """The columns that hold something down to row ``last`` and were not taken."""
        taken = {mapped.column for mapped in self.mapped}
        automatic = find_automatic_columns(self.paths)
        for column in (c for c in _columns_of(raw, widest=None) if c not in taken):
            cells = dict(_iter_content(raw, column, self.rows[1] + 1, last))
            if cells:
                path = self.paths.get(column, ())
                title = quote_heading(path) if path else "（没有表头）"
                reason = _RECORDED if column in automatic else self._why_not(path, fields)
                yield UnusedColumn(column, title, reason, cells)

    def _why_not(self, path: Path, fields: tuple[LedgerField, ...]) -> str:
        taken = {mapped.field: mapped for mapped in reversed(self.mapped)}
        for meaning in find_meanings(path, fields) if path else ():
            if other := taken.get(meaning.field.name):
                letter = column_letter(other.column)
                return f"“{meaning.field.name}”已取自{letter}列“{other.title}”"
        like = find_similar_field(path, fields) if path else ""
        return f"标准表中没有这一栏（有些像“{like}”）" if like else "标准表中没有这一栏"


def find_header(raw: RawSheet, fields: tuple[LedgerField, ...]) -> LedgerHeader | None:
    """The rows in which most columns are recognised; None if hardly any is."""
    head = _take_head(raw)
    found: list[LedgerHeader] = []
    for row in range(raw.first_row, raw.first_row + min(SEARCHED, len(raw.rows))):
        found += _iter_headers_from(head, row, fields)
    best = max(found, key=_rank_header, default=None)
    return best if best and best.score > 1 else None


def find_header_at(raw: RawSheet, row: int, fields: tuple[LedgerField, ...]) -> LedgerHeader | None:
    """The header that begins at ``row``, somewhere in the sheet; None if no column is recognised."""
    start = row - raw.first_row
    below = raw.rows[start : start + DEEPEST + LOOKED_AT]
    merged = [one for one in islice(raw.merged, _MERGED) if row <= one[0] < row + DEEPEST]
    part = replace(raw, rows=below, first_row=row, merged=merged)
    return max(_iter_headers_from(part, row, fields), key=_rank_header, default=None)


def _iter_headers_from(
    head: RawSheet, row: int, fields: tuple[LedgerField, ...]
) -> Iterator[LedgerHeader]:
    """What a header of one to three rows that begins at ``row`` would be."""
    for depth in range(_find_least_depth(head, row), DEEPEST + 1):
        paths = _read_paths(head, row, depth)
        if len({path[-1] for path in paths.values()}) > 1:
            mapped = _assign_columns(head, paths, row + depth, fields)
            score = len({one.field for one in mapped})
            yield LedgerHeader((row, row + depth - 1), paths, mapped, score)


def _rank_header(header: LedgerHeader) -> tuple[int, int, int]:
    """More fields, then more columns, then fewer rows: a title row is no part of the header."""
    first, last = header.rows
    return header.score, len(header.mapped), first - last


def _take_head(raw: RawSheet) -> RawSheet:
    """The part of a sheet in which its header stands, and some of the content below it."""
    rows = raw.rows[: SEARCHED + DEEPEST + LOOKED_AT]
    last = raw.first_row + SEARCHED + DEEPEST
    merged = [one for one in islice(raw.merged, _MERGED) if one[0] <= last]
    return replace(raw, rows=rows, merged=merged)


# the words above each column


def _columns_of(raw: RawSheet, widest: int | None = _WIDEST) -> range:
    width = max((len(cells) for cells in raw.rows), default=0)
    return range(raw.first_column, raw.first_column + width)[:widest]


def _find_least_depth(raw: RawSheet, row: int) -> int:
    """As deep as the row's merged cells reach down at least."""
    reach = [bottom - top + 1 for top, _, bottom, _ in raw.merged if top == row]
    return min(max(reach, default=1), DEEPEST)


def _read_paths(raw: RawSheet, row: int, depth: int) -> dict[int, Path]:
    """For each column, the headings above its content from the outermost group on."""
    lines = [_read_header_line(raw, row + more, last=more == depth - 1) for more in range(depth)]
    paths = {}
    for column in _columns_of(raw):
        parts = [line[column] for line in lines if line.get(column)]
        if parts:
            paths[column] = tuple(dict.fromkeys(parts))
    return paths


def _read_header_line(raw: RawSheet, row: int, *, last: bool) -> dict[int, str]:
    """The texts of a header row; a group's heading counts for every column below it."""
    texts = {column: _read_text(raw, row, column) for column in _columns_of(raw)}
    if last:
        return texts
    merged = {
        column: _read_text(raw, row, left)
        for top, left, bottom, right in raw.merged
        if top <= row <= bottom and right > left
        for column in range(left, min(right, left + _WIDEST) + 1)
    }
    below = {column: _read_text(raw, row + 1, column) for column in _columns_of(raw)}
    group = ""
    for column in _columns_of(raw):
        if texts[column]:
            group = texts[column] if below[column] else ""
        elif not below[column]:
            group = ""
        else:
            texts[column] = merged.get(column, group)
    return texts


def _read_text(raw: RawSheet, row: int, column: int) -> str:
    value = raw.at(row, column)
    return "" if is_blank(value) else to_plain_text(value)


def _iter_content(
    raw: RawSheet, column: int, first: int, last: int | None = None
) -> Iterator[tuple[int, str]]:
    end = raw.first_row + len(raw.rows) if last is None else last + 1
    for row in range(first, end):
        if text := _read_text(raw, row, column):
            yield row, text


# what each column is taken for


def _assign_columns(
    raw: RawSheet, paths: Mapping[int, Path], first: int, fields: tuple[LedgerField, ...]
) -> list[MappedColumn]:
    """Ticked columns first, then the others, the surest meaning first."""
    paths = {
        column: path
        for column, path in paths.items()
        if column not in find_automatic_columns(paths)
    }
    mapped = list(_match_ticked(raw, paths, first, fields))
    rank: dict[str, int] = {one.field: -1 for one in mapped}
    taken = {one.column for one in mapped}
    for column, meaning in sorted(_iter_candidates(paths, fields), key=lambda c: (c[1].rank, c[0])):
        name = meaning.field.name
        again = meaning.field.many and rank.get(name) == meaning.tier
        if column in taken or (name in rank and not again):
            continue
        if meaning.doubtful and not _is_borne_out(raw, column, first, meaning.field):
            continue
        taken.add(column)
        rank.setdefault(name, meaning.tier)
        mapped.append(MappedColumn(name, column, quote_heading(paths[column]), meaning.reason))
    mapped += _match_by_content(
        raw, {c: p for c, p in paths.items() if c not in taken}, first, mapped, fields
    )
    return sorted(mapped, key=lambda one: one.column)


def _match_by_content(
    raw: RawSheet,
    paths: Mapping[int, Path],
    first: int,
    mapped: Sequence[MappedColumn],
    fields: tuple[LedgerField, ...],
) -> Iterator[MappedColumn]:
    """A column under an unknown heading whose texts begin as those of a missing field do."""
    found = {one.field for one in mapped}
    if len(found) < 2:
        return
    for one in (one for one in fields if one.content and one.name not in found):
        for column, path in paths.items():
            texts = [text for _, text in islice(_iter_content(raw, column, first), LOOKED_AT)]
            fitting = [text for text in texts if re.match(one.content, text)]
            if texts and len(fitting) * 5 > len(texts) * 3:
                reason = f"表头不认识，但内容多以“{fitting[0][:2]}”开头，请核对"
                yield MappedColumn(one.name, column, quote_heading(path), reason)
                break


def _iter_candidates(
    paths: Mapping[int, Path], fields: tuple[LedgerField, ...]
) -> Iterator[tuple[int, HeadingMeaning]]:
    for column, path in paths.items():
        yield from ((column, meaning) for meaning in find_meanings(path, fields))


def _match_ticked(
    raw: RawSheet, paths: Mapping[int, Path], first: int, fields: tuple[LedgerField, ...]
) -> Iterator[MappedColumn]:
    """Columns side by side whose headings are values of one field: a tick tells which."""
    taken: set[int] = set()
    done: set[str] = set()
    for one in (*_find_named_fields(paths, fields), *fields):
        run = _find_tick_columns(paths, one, taken) if one.name not in done else []
        if len({find_tick_value(paths[c], one) for c in run}) < 2 or not _hold_ticks(
            raw, run, first
        ):
            continue
        taken |= set(run)
        done.add(one.name)
        for column in run:
            value = find_tick_value(paths[column], one) or ""
            reason = f"在“{value}”一栏打勾"
            yield MappedColumn(one.name, column, quote_heading(paths[column]), reason, value)


def _find_named_fields(
    paths: Mapping[int, Path], fields: tuple[LedgerField, ...]
) -> list[LedgerField]:
    """Fields that a group of columns is named after: they choose before others."""
    return [one for one in fields if any(is_named_after(path, one) for path in paths.values())]


def _find_tick_columns(paths: Mapping[int, Path], field: LedgerField, taken: set[int]) -> list[int]:
    """The first columns, under one group, that may hold the field's ticks."""
    fitting = [c for c, path in paths.items() if c not in taken and find_tick_value(path, field)]
    own = [column for column in fitting if is_named_after(paths[column], field)]
    first = (own or fitting)[:1]
    return [c for c in fitting if first and paths[c][:-1] == paths[first[0]][:-1]]


def _hold_ticks(raw: RawSheet, columns: Sequence[int], first: int) -> bool:
    """Whether the content is as short as ticks are; names of departments are not."""
    texts = [text for c in columns for _, text in islice(_iter_content(raw, c, first), LOOKED_AT)]
    return sum(len(text) < 3 for text in texts) * 5 >= len(texts) * 3


def _is_borne_out(raw: RawSheet, column: int, first: int, field: LedgerField) -> bool:
    """Whether most of a column's content is of the field's type."""
    texts = [text for _, text in islice(_iter_content(raw, column, first), LOOKED_AT)]
    wanted = [
        t
        for t in texts
        if normalise_heading(t) not in words_of_field(field) and not _NOT_YET.match(t)
    ]
    fitting = [text for text in wanted if not isinstance(field.type.read(text), Flaw)]
    return len(fitting) * 5 > len(wanted) * 3
