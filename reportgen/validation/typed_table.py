"""One sheet as read: its typed values, and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.issues import Issue
from reportgen.raw import RawSheet, Value, make_address
from reportgen.schema.columns import Flaw, to_plain_text
from reportgen.schema.model import Sheet
from reportgen.validation.header_match import SheetLayout
from reportgen.validation.open_rows import OpenRow


class _Unread:
    """The type of ``UNREAD``."""

    def __repr__(self) -> str:
        return "UNREAD"


UNREAD = _Unread()
"""Stands for the content of a cell in which an issue was found."""


@dataclass(frozen=True)
class Table:
    """One sheet as read: ``values`` by column name, one per row; None is blank, or ``UNREAD``.

    ``tab``: what the sheet is called in the file.  ``open``: rows that the office began and nobody
    went on with; they are no records.
    """

    file: str
    sheet: Sheet
    raw: RawSheet
    layout: SheetLayout
    values: Mapping[str, Sequence[object]] = field(default_factory=dict)
    tab: str = ""
    open: Sequence[OpenRow] = ()

    @property
    def rows(self) -> Sequence[int]:
        """Excel's row number of each record."""
        return self.layout.rows

    @property
    def columns(self) -> Mapping[str, int]:
        """Excel's column number of each declared column that was found."""
        return self.layout.columns

    def spot(self, index: int, column: str) -> tuple[int, int]:
        """Excel's row and column of a value."""
        return self.layout.item_rows.get(column, self.rows[index]), self.columns[column]

    def contents(self, column: str) -> list[Value]:
        """The cells of one column as they stand in the file, one per record."""
        item = self.layout.item_rows.get(column)
        return self.raw.down(self.columns[column], self.rows if item is None else [item])

    def issue(self, index: int, column: str, flaw: Flaw) -> Issue:
        """The flaw of one value, at its cell."""
        place = (self.file, self.raw.name, make_address(*self.spot(index, column)))
        return Issue(flaw.code, *place, column, self.shown(index, column), flaw.details)

    def shown(self, index: int, column: str) -> str:
        """What one sees in the cell of a value."""
        spot = self.spot(index, column)
        raw = self.raw.odd.get(spot) or self.raw.shown.get(spot) or self.raw.at(*spot)
        return "" if raw is None else to_plain_text(raw)

    def column_at(self, number: int) -> str:
        """The declared column in Excel's column of that number."""
        return next((name for name, column in self.columns.items() if column == number), "")

    def unread(self) -> Iterator[tuple[str, str, int, str]]:
        """(file, sheet, row, column) of every value that is ``UNREAD``."""
        for column, values in self.values.items():
            for index, value in enumerate(values):
                if value is UNREAD:
                    row = self.layout.item_rows.get(column, self.rows[index])
                    yield self.file, self.sheet.name, row, column
