"""Rows that the office has begun for a department, which left them alone: as good as blank rows.

The mark of a form says which rows those are.  They are no records: nothing is missing in them, and
a form in which nothing else stands is one in which nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.raw import RawSheet
from reportgen.schema.columns import is_blank, normalise_name, says_nothing, to_plain_text
from reportgen.validation.header_match import SheetLayout

Begun = Mapping[str, str]
"""What the office wrote into a row, by column."""


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row that was left alone, and what stands in it."""

    row: int
    begun: Begun


def set_open_apart(
    raw: RawSheet, layout: SheetLayout, begun: Sequence[Begun]
) -> tuple[SheetLayout, Sequence[OpenRow]]:
    """The layout without the rows in which nothing was added to what the office wrote."""
    known = {
        frozenset((name, normalise_name(text)) for name, text in one.items()): one for one in begun
    }
    found = [
        OpenRow(row, known[content])
        for row in (layout.rows if known else ())
        if (content := _read_row_content(raw, layout, row)) in known
    ]
    apart = {each.row for each in found}
    return replace(layout, rows=[row for row in layout.rows if row not in apart]), found


def _read_row_content(raw: RawSheet, layout: SheetLayout, row: int) -> frozenset[tuple[str, str]]:
    """The filled cells of a row as compared; a sign for nothing (无, /) fills none."""
    if any((row, column) in raw.odd for column in layout.columns.values()):
        return frozenset()
    cells = {name: raw.at(row, column) for name, column in layout.columns.items()}
    return frozenset(
        (name, normalise_name(to_plain_text(value)))
        for name, value in cells.items()
        if not is_blank(value) and not says_nothing(value)
    )
