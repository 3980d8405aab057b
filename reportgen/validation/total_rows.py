"""Rows that are no records but totals of others: 合计, 小计, 总计.

Beside its parts a total is compared with them and then left out, so that nothing is counted twice;
a row of a sheet in which nothing is added up is left out with a reminder.  Alone it is a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from reportgen.data import RawSheet, address
from reportgen.glyphs import half_width
from reportgen.issues import Issue
from reportgen.schema.amounts import Amount, SameUnit, unit_spelling
from reportgen.schema.columns import is_blank, number_text, plain_text, spelling
from reportgen.schema.model import Sheet
from reportgen.validation.header_match import Layout

_LOOKED_AT = 3
"""The word stands in one of the first so many filled cells."""
_WORD = re.compile("(?:合计|小计|总计|共计|累计|总数|本页计)(?:数|[:(].{0,12})?|其中:.*")
_SINCE_LAST = re.compile("小计|本页计")
_ITEMS = re.compile(r"(?:共|合计)?(\d{1,5})件")


def set_totals_apart(
    file: str, raw: RawSheet, sheet: Sheet, layout: Layout
) -> tuple[Layout, list[Issue]]:
    """The layout without the rows of totals, and every total that is not that of its parts."""
    totals = [row for row in layout.rows if _is_total(raw, sheet, layout, row)]
    apart = set(totals)
    parts = [row for row in layout.rows if row not in apart]
    if not totals or not parts:
        return layout, []
    issues: list[Issue] = []
    blank = Issue("", file, raw.name)
    for row in totals:
        first = max((other for other in totals if other < row), default=0)
        since = first if _SINCE_LAST.match(_words(raw, layout, row)[0][1]) else 0
        own = [part for part in parts if since < part < row] or parts
        issues += _compared(raw, sheet, layout, row, own, blank)
    return replace(layout, rows=parts), issues


def _is_total(raw: RawSheet, sheet: Sheet, layout: Layout, row: int) -> bool:
    words = _words(raw, layout, row)
    key = sheet.columns[0]
    in_key = bool(words) and words[0][0] == layout.columns.get(key.name)
    if sheet.whole and in_key and key.type.read(words[0][1]) == sheet.whole:
        return True
    of_parts = [word for _, word in words if _WORD.fullmatch(word)]
    return any(not sheet.added_up or not word.startswith("其中") for word in of_parts)


def _words(raw: RawSheet, layout: Layout, row: int) -> list[tuple[int, str]]:
    """Column and content of the first filled cells of a row."""
    cells = ((column, raw.at(row, column)) for column in sorted(layout.columns.values()))
    filled = ((column, value) for column, value in cells if not is_blank(value))
    first = islice(filled, _LOOKED_AT)
    return [(column, spelling(plain_text(value))) for column, value in first]


def _compared(
    raw: RawSheet, sheet: Sheet, layout: Layout, row: int, parts: Sequence[int], blank: Issue
) -> Iterator[Issue]:
    """total-differs at each such cell; total-row where there was nothing to compare it with."""
    compared = False
    for column, right in _sums(raw, sheet, layout, row, parts):
        compared = True
        spot = row, column
        number = _number(raw, sheet, layout, spot)
        if number is not None and number != right:
            shown = plain_text(raw.at(*spot))
            cell, details = address(*spot), {"sum": number_text(right)}
            yield replace(blank, code="total-differs", cell=cell, value=shown, details=details)
    if not compared:
        column, text = _words(raw, layout, row)[0]
        yield replace(blank, code="total-row", cell=address(row, column), value=text)


def _sums(
    raw: RawSheet, sheet: Sheet, layout: Layout, row: int, parts: Sequence[int]
) -> Iterator[tuple[int, Decimal]]:
    """Each column with a total in this row that can be compared, and what its parts add up to."""
    comparable = len(_units(raw, sheet, layout, row, parts)) < 2
    for name in sheet.added_up if comparable else ():
        column = layout.columns.get(name)
        if column is None or is_blank(raw.at(row, column)):
            continue
        numbers = [_number(raw, sheet, layout, (part, column)) for part in parts]
        if all(
            number is not None for number in (*numbers, _number(raw, sheet, layout, (row, column)))
        ):
            yield column, sum((number for number in numbers if number is not None), Decimal())
    if not sheet.added_up:
        for column in layout.columns.values():
            if _ITEMS.fullmatch(half_width(plain_text(raw.at(row, column) or ""))):
                yield column, Decimal(len(parts))


def _units(raw: RawSheet, sheet: Sheet, layout: Layout, row: int, parts: Sequence[int]) -> set[str]:
    """The units, if the sheet has any, of the parts and, where it says one, of the total."""
    names = [rule.unit for rule in sheet.rules if isinstance(rule, SameUnit)]
    columns = [layout.columns[name] for name in names if name in layout.columns]
    return {
        unit_spelling(plain_text(raw.at(each, column) or ""))
        for each in (row, *parts)
        for column in columns
        if each != row or not is_blank(raw.at(row, column))
    }


def _number(raw: RawSheet, sheet: Sheet, layout: Layout, spot: tuple[int, int]) -> Decimal | None:
    """What a cell adds; None if that cannot be told."""
    value = raw.at(*spot)
    if is_blank(value) or spot in raw.odd:
        return None
    if not sheet.added_up:
        found = _ITEMS.fullmatch(half_width(plain_text(value)))
        return Decimal(found[1]) if found else None
    name = next(name for name, column in layout.columns.items() if column == spot[1])
    read = sheet.column(name).type.read(value)
    if isinstance(read, Amount):
        return read.number
    return Decimal(read) if isinstance(read, int) else None
