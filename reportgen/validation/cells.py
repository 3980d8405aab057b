"""What each cell holds: every column of every sheet, read by its type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reportgen.data import RawSheet, Value, address
from reportgen.issues import Issue, closest, did_you_mean
from reportgen.schema.columns import Flaw, is_blank, plain_text
from reportgen.schema.model import Column, Sheet
from reportgen.validation.layout import Layout, lay_out
from reportgen.validation.recognition import Form


class _Unread:
    """The type of ``UNREAD``."""

    def __repr__(self) -> str:
        return "UNREAD"


UNREAD = _Unread()
"""Stands for the content of a cell in which an issue was found."""


@dataclass(frozen=True)
class Table:
    """One sheet as read: ``values`` by column name, one per row; None is blank, or ``UNREAD``."""

    file: str
    sheet: Sheet
    raw: RawSheet
    layout: Layout
    values: Mapping[str, Sequence[object]] = field(default_factory=dict)

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
        row, number = self.spot(index, column)
        raw = self.raw.odd.get((row, number)) or self.raw.at(row, number)
        shown = "" if raw is None else plain_text(raw)
        place = (self.file, self.raw.name, address(row, number))
        return Issue(flaw.code, *place, column, shown, flaw.details)

    def unread(self) -> Iterator[tuple[str, str, int, str]]:
        """(file, sheet, row, column) of every value that is ``UNREAD``."""
        for column, values in self.values.items():
            for index, value in enumerate(values):
                if value is UNREAD:
                    row = self.layout.item_rows.get(column, self.rows[index])
                    yield self.file, self.sheet.name, row, column


def read_tables(forms: Iterable[Form]) -> tuple[list[Table], list[Issue]]:
    """Every declared sheet that is there; and what is wrong with sheets, headers and cells."""
    tables: list[Table] = []
    issues: list[Issue] = []
    for form in forms:
        for sheet in form.declared.sheets:
            layout, found = _find(form, sheet)
            issues += found if form.current else []
            if layout is not None:
                table, flaws = _read(layout)
                tables.append(table)
                issues += flaws
    return tables, issues


def empty_tables(tables: Iterable[Table]) -> Iterator[Issue]:
    """empty-table: a sheet that must hold a row holds none."""
    for table in tables:
        if table.sheet.required and not table.rows:
            yield Issue("empty-table", table.file, table.raw.name, details={"name": table.raw.name})


def repeated_keys(tables: Iterable[Table]) -> Iterator[Issue]:
    """duplicate-key: a value that may not repeat does."""
    for table in tables:
        for column in table.sheet.columns:
            if column.once:
                yield from _repeats(table, column.name)


def _find(form: Form, sheet: Sheet) -> tuple[Table | None, list[Issue]]:
    """The sheet with its layout, nothing read yet."""
    file, raw = form.raw.file, form.raw.sheet(sheet.name)
    if raw is None and sheet.added:
        return None, []
    if raw is None:
        declared = {sheet.name for sheet in form.declared.sheets}
        others = [other.name for other in form.raw.sheets if other.name not in declared]
        like = did_you_mean(closest(sheet.name, others))
        return None, [Issue("missing-sheet", file, details={"name": sheet.name, "nearest": like})]
    layout, issues = lay_out(file, raw, sheet)
    return Table(file, sheet, raw, layout) if layout else None, issues


def _read(table: Table) -> tuple[Table, list[Issue]]:
    issues: list[Issue] = []
    values: dict[str, Sequence[object]] = {}
    for column in table.sheet.columns:
        if column.name in table.columns:
            values[column.name], flaws = _read_column(table, column)
            issues += flaws
        else:
            unread = column.default is None and not column.added
            filler = UNREAD if unread else column.default
            values[column.name] = [filler] * len(table.rows)
    return replace(table, values=values), issues


def _read_column(table: Table, column: Column) -> tuple[list[object], list[Issue]]:
    """The typed values; equal contents are read once (True and 1 are not equal here)."""
    kinds = [(content.__class__, content) for content in table.contents(column.name)]
    known = {kind: _typed(column, kind[1]) for kind in dict.fromkeys(kinds)}
    values = [known[kind] for kind in kinds]
    if table.raw.odd:
        spots = (table.spot(index, column.name) for index in range(len(values)))
        odd = [table.raw.odd.get(spot) for spot in spots]
        values = [_odd(text) if text else value for text, value in zip(odd, values, strict=True)]
    flaws = [(index, value) for index, value in enumerate(values) if isinstance(value, Flaw)]
    for index, _ in flaws:
        values[index] = UNREAD
    return values, [table.issue(index, column.name, flaw) for index, flaw in flaws]


def _typed(column: Column, content: Value) -> object:
    value = None if is_blank(content) else column.type.read(content)
    if value is not None and value not in ("", ()):
        return value
    return Flaw("required") if column.required and column.default is None else column.default


def _odd(text: str) -> Flaw:
    return Flaw("formula" if text.startswith("=") else "error-value")


def _repeats(table: Table, column: str) -> Iterator[Issue]:
    first: dict[object, int] = {}
    for index, value in enumerate(table.values[column]):
        if value is None or value is UNREAD:
            continue
        if first.setdefault(value, index) != index:
            other = table.rows[first[value]]
            yield table.issue(index, column, Flaw("duplicate-key", {"other": str(other)}))
