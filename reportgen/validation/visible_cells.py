"""What one sees in a cell against what is stored in it, and what one does not see at all.

Codes, names and texts are what one sees.  A quantity is what one sees too, but where that is
another number than the stored one, it is told.  What is struck through or hidden is read, and told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from reportgen.glyphs import half_width, name_strange_signs
from reportgen.issues import Issue
from reportgen.raw import Value, column_letter, make_address
from reportgen.schema.amounts import Amount, Quantity
from reportgen.schema.columns import (
    Day,
    Flaw,
    WholeNumber,
    is_blank,
    read_day,
    read_number,
    to_plain_text,
)
from reportgen.schema.model import Column
from reportgen.schema.numerals import find_missing_of_day
from reportgen.validation.merged_cells import find_covered_cells
from reportgen.validation.typed_table import Table

Read = Callable[[Value], object]


def read_as_seen(
    column: Column, read: Read, stored: Value, shown: str
) -> tuple[object, Flaw | None]:
    """The typed value of a cell that shows otherwise than it is stored, and what to tell of it."""
    if not shown:
        return read(stored), Flaw("shows-nothing", {"stored": to_plain_text(stored)})
    if isinstance(column.type, Day):
        return _judge_day(read, stored, shown)
    if isinstance(stored, dt.date) and read_day(shown) == read_day(stored):
        return read(stored), None
    if isinstance(column.type, WholeNumber | Quantity):
        return _judge_number(read, stored, shown)
    return read(shown), None


def find_doubtful_cells(table: Table) -> Iterator[Issue]:
    """struck-row, unseen-row, hidden-rows, hidden-columns, odd-key, covered-cell: what may not be meant to count."""
    yield from _find_rows_with(table, "struck-row", table.raw.struck)
    yield from _find_rows_with(table, "unseen-row", table.raw.unseen)
    yield from _find_hidden(table)
    yield from _find_odd_keys(table)
    for spot, block in find_covered_cells(table.raw, table.columns.values(), table.rows):
        value = to_plain_text(table.raw.at(*spot))
        place = (table.file, table.raw.name, make_address(*spot))
        details = {"range": block.range}
        yield Issue("covered-cell", *place, table.column_at(spot[1]), value, details)


def _judge_day(read: Read, stored: Value, shown: str) -> tuple[object, Flaw | None]:
    value = read(stored)
    if isinstance(value, Flaw):
        return read(shown), None
    if find_missing_of_day(half_width(shown)) == "没有写哪一日":
        return value, Flaw("day-not-shown", {"shown": shown, "stored": to_plain_text(stored)})
    return value, None


def _judge_number(read: Read, stored: Value, shown: str) -> tuple[object, Flaw | None]:
    number, value = read_number(stored), read(shown)
    if isinstance(value, Flaw) and (only := _find_only_number(shown)) is not None:
        value = read(only)
    if number is None or isinstance(value, Flaw):
        return value, None
    if _read_seen_number(value) == number:
        return value if isinstance(value, Amount) and not _is_bare(value) else read(stored), None
    return value, Flaw("shown-otherwise", {"shown": shown, "stored": to_plain_text(stored)})


def _read_seen_number(value: object) -> object:
    """What a number must be stored as to be seen so: 95% is 0.95."""
    if not isinstance(value, Amount) or value.number is None:
        return value
    return value.number / 100 if value.unit == "%" else value.number


def _is_bare(amount: Amount) -> bool:
    """Whether it has neither a unit nor a 万 of its own."""
    return not amount.unit and amount.text.replace(".", "").isdecimal()


def _find_only_number(shown: str) -> str | None:
    """The number in ``¥3.14`` or ``15家``; None where it is not the whole of it (95%, 1.5万)."""
    found = re.findall(r"[-+]?\d[\d,]*(?:\.\d+)?", half_width(shown))
    return found[0] if len(found) == 1 and not re.search("[%‰万亿]", shown) else None


def _find_rows_with(table: Table, code: str, marked: frozenset[tuple[int, int]]) -> Iterator[Issue]:
    """An issue at each row in which filled cells look so."""
    if not marked:
        return
    names = list(table.columns)
    for index in range(len(table.rows)):
        spots = {name: table.spot(index, name) for name in names}
        found = [name for name, spot in spots.items() if spot in marked]
        found = [name for name in found if not is_blank(table.raw.at(*spots[name]))]
        if found:
            cells = "、".join(make_address(*spots[name]) for name in found[:_LISTED])
            details = {"cells": cells + ("等" if len(found) > _LISTED else "")}
            yield table.issue(index, found[0], Flaw(code, details))


def _find_hidden(table: Table) -> Iterator[Issue]:
    blank = Issue("", table.file, table.raw.name)
    rows = [row for row in table.rows if row in table.raw.hidden_rows]
    if table.sheet.layout == "table" and rows:
        first = make_address(rows[0], min(table.columns.values()))
        yield replace(blank, code="hidden-rows", cell=first, details={"rows": _word_ranges(rows)})
    for name, column in table.columns.items():
        hidden = column in table.raw.hidden_columns
        if hidden and not all(map(is_blank, table.contents(name))):
            cell = make_address(*table.spot(0, name))
            details = {"letter": column_letter(column)}
            yield replace(blank, code="hidden-column", cell=cell, column=name, details=details)


_OWN = re.compile("[\ue000-\uf8ff]")
"""Characters that one's own fonts add (自造字): names cannot be written without."""


def _find_odd_keys(table: Table) -> Iterator[Issue]:
    """odd-key: the name or number of a row holds signs that do not show, or look like others."""
    for column in table.sheet.columns:
        if column.once and column.name in table.columns:
            for index, content in enumerate(table.contents(column.name)):
                if isinstance(content, str) and (
                    signs := name_strange_signs(_OWN.sub("", content))
                ):
                    yield table.issue(index, column.name, Flaw("odd-key", {"signs": signs}))


_LISTED = 5
"""Cells or groups of rows that a message lists."""


def _word_ranges(rows: Sequence[int]) -> str:
    """``5、7—9``."""
    groups: list[list[int]] = []
    for row in rows:
        if groups and row == groups[-1][-1] + 1:
            groups[-1].append(row)
        else:
            groups.append([row])
    texts = [f"{g[0]}—{g[-1]}" if len(g) > 1 else str(g[0]) for g in groups[:_LISTED]]
    return "、".join(texts) + ("等" if len(groups) > _LISTED else "")
