"""A ledger in several blocks: later headers within a sheet, and further sheets of one layout."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportgen.glyphs import half_width
from reportgen.ledger.header import LedgerHeader, find_header_at
from reportgen.ledger.heading_match import words_of_field
from reportgen.ledger.model import LedgerField
from reportgen.raw import RawSheet, Value
from reportgen.schema.columns import is_blank, to_plain_text
from reportgen.schema.headings import normalise_heading


@dataclass(frozen=True)
class LedgerBlock:
    """The rows of a sheet below one header, down to row ``last``.

    ``top``: where the sheet's first header begins; ``sheet``: the sheet's place among those that
    make up the ledger.
    """

    raw: RawSheet
    header: LedgerHeader
    last: int
    top: int
    sheet: int = 0


def find_blocks(
    raw: RawSheet, header: LedgerHeader, fields: tuple[LedgerField, ...], sheet: int = 0
) -> list[LedgerBlock]:
    """The blocks of a sheet: a new one begins where a header names the columns otherwise."""
    headers = [header]
    for row in _iter_title_rows(raw, header.rows[1] + 1, fields):
        found = find_header_at(raw, row, fields) if row > headers[-1].rows[1] else None
        if found and found.is_complete(fields) and _columns_of(found) != _columns_of(headers[-1]):
            headers.append(found)
    ends = [later.rows[0] - 1 for later in headers[1:]] + [raw.first_row + len(raw.rows) - 1]
    top = header.rows[0]
    return [
        LedgerBlock(raw, one, last, top, sheet) for one, last in zip(headers, ends, strict=True)
    ]


def split_by_layout(
    first: tuple[RawSheet, LedgerHeader], others: Sequence[tuple[RawSheet, LedgerHeader]]
) -> tuple[list[tuple[RawSheet, LedgerHeader]], list[tuple[RawSheet, LedgerHeader]]]:
    """The sheets that make one ledger with the first, in the file's order; and those that do not.

    They have the same headings; a sheet that mostly repeats another's rows is a copy of it.
    """
    together, apart = [first], []
    known = set(_read_lines(*first)) if others else set()
    for raw, header in others:
        own = _read_lines(raw, header)
        is_copy = sum(text in known for text in own) * 2 > len(own)
        if is_copy or _headings_of(header) != _headings_of(first[1]):
            apart.append((raw, header))
        else:
            together.append((raw, header))
            known |= set(own)
    return together, apart


def _columns_of(header: LedgerHeader) -> set[tuple[str, int]]:
    return {(mapped.field, mapped.column) for mapped in header.mapped}


def _headings_of(header: LedgerHeader) -> set[tuple[str, str]]:
    return {(mapped.field, mapped.title) for mapped in header.mapped}


def _read_lines(raw: RawSheet, header: LedgerHeader) -> list[str]:
    """All that stands in the columns taken, row by row."""
    columns = sorted(mapped.column for mapped in header.mapped)
    rows = range(header.rows[1] + 1, raw.first_row + len(raw.rows))
    lines = (" ".join(_text_of(raw.at(row, column)) for column in columns).strip() for row in rows)
    return [line for line in lines if line]


def _text_of(value: Value) -> str:
    return "" if is_blank(value) else to_plain_text(value)


_LONGEST = 20
"""Characters of a heading, where a row is looked at for headings at all."""


def _iter_title_rows(raw: RawSheet, first: int, fields: tuple[LedgerField, ...]) -> Iterator[int]:
    """Rows from ``first`` on that are nothing but texts, most of them headings, at least three."""
    titles = _collect_titles(fields)
    for row, line in enumerate(raw.rows[first - raw.first_row :], first):
        filled = [value for value in line if not is_blank(value)]
        if any(map(_is_number, filled)):  # asked first: it rules out nearly every record
            continue
        known = sum(isinstance(value, str) and _is_title(value, titles) for value in filled)
        if known > 2 and known * 2 > len(filled):
            yield row


def _is_title(text: str, titles: Collection[str]) -> bool:
    return len(text) <= _LONGEST and normalise_heading(text) in titles


def _is_number(value: Value) -> bool:
    """What no heading is; a record's number often is its only content that no heading could be."""
    return not isinstance(value, str) or half_width(value).strip().isdigit()


@lru_cache
def _collect_titles(fields: tuple[LedgerField, ...]) -> frozenset[str]:
    return frozenset(title for one in fields for title in words_of_field(one))
