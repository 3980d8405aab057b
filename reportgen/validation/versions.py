"""Which of several workbooks of one department count: parts of one return, or versions of it.

A marked copy of ours that was corrected takes the place of what it was made from (``generations``).
Other Versions have items in common, or where none are handed out, rows.  The one that says more is read.  The other is left out: with a
reminder if all it says stands in the first too, else with an issue that names what differs.  The
times of the files say nothing: copying and mailing change them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.issues import Issue
from reportgen.raw import make_address
from reportgen.validation.generations import Generation
from reportgen.validation.typed_table import UNREAD, Table
from reportgen.validation.workbook_match import RecognisedForm

_NAMED = 5
"""So many differing cells are named."""


def find_left_out(
    tables: Sequence[Table], owners: Mapping[str, str | None], forms: Mapping[str, RecognisedForm]
) -> tuple[Mapping[str, Issue], Sequence[Issue]]:
    """By file, the workbooks not to be read, and why; and what to tell of those that are.

    Issues: superseded, stale-copy, stale-copy-differs, older-version, versions-differ; parts-added.
    """
    of_owner: dict[str, dict[str, list[Table]]] = {}
    for table in tables:
        owner = owners.get(table.file)
        if owner is not None:
            of_owner.setdefault(owner, {}).setdefault(table.file, []).append(table)
    found: dict[str, Issue] = {}
    parts: list[Issue] = []
    for owner, files in of_owner.items():
        if len(files) > 1:
            returns = [_ReturnVersion(file, own, forms[file]) for file, own in files.items()]
            found |= _find_replaced(returns)
            found |= _find_older([one for one in returns if one.file not in found])
            parts += _added([one for one in returns if one.file not in found], owner)
    return found, parts


@dataclass(frozen=True)
class _ReturnRow:
    """One row: its table, its place in it, and what is filled in."""

    table: Table
    index: int
    values: Mapping[str, object]

    @property
    def content(self) -> tuple[tuple[str, object], ...]:
        return tuple(self.values.items())

    def shown(self, column: str) -> str:
        return self.table.shown(self.index, column) if column in self.table.columns else ""

    def place(self, column: str) -> str:
        cell = make_address(*self.table.spot(self.index, column))
        return f"“{self.table.sheet.name}”表 {cell}"

    def lacks(self, other: _ReturnRow) -> list[str]:
        """The columns in which the other says what this one does not say.

        What could not be read in the other is made good by anything that could be read here.
        """
        return [
            column
            for column, value in other.values.items()
            if self.values.get(column) != value
            and (value is not UNREAD or self.values.get(column) is None)
        ]


class _ReturnVersion:
    """One workbook: its records by sheet, and by item where the sheet is handed out by item."""

    def __init__(self, file: str, tables: Sequence[Table], form: RecognisedForm) -> None:
        self.file = file
        self.generation = Generation.of(form)
        self.records = {table.sheet.name: list(_iter_rows(table)) for table in tables}
        self.items = {
            (table.sheet.name, record.values[key]): record
            for table in tables
            if (key := _key_column_of(table)) is not None
            for record in reversed(self.records[table.sheet.name])
            if record.values.get(key, UNREAD) is not UNREAD
        }

    @property
    def size(self) -> int:
        """How many cells are filled and sound."""
        records = (record for records in self.records.values() for record in records)
        return sum(value is not UNREAD for record in records for value in record.values.values())

    def differences(
        self, other: _ReturnVersion
    ) -> Iterator[tuple[_ReturnRow, str, _ReturnRow | None]]:
        """What the other says and this one does not: its record and column, and our record."""
        for sheet, records in other.records.items():
            ours = self.records.get(sheet, ())
            for record, mine in zip(records, self.counterparts(records, ours), strict=True):
                if mine is None:
                    yield record, next(iter(record.values)), None
                else:
                    yield from ((record, column, mine) for column in mine.lacks(record))

    def counterparts(
        self, records: Sequence[_ReturnRow], ours: Sequence[_ReturnRow]
    ) -> list[_ReturnRow | None]:
        """Our records of the same items; without items, the same or the one at the same place."""
        if records and (key := _key_column_of(records[0].table)) is not None:
            sheet = records[0].table.sheet.name
            return [self.items.get((sheet, record.values.get(key))) for record in records]
        free = dict(enumerate(ours))
        equal = {mine.content: place for place, mine in free.items()}
        same = [free.pop(equal.get(record.content, -1), None) for record in records]
        return [mine or free.get(place) for place, mine in enumerate(same)]


def _find_replaced(returns: Sequence[_ReturnVersion]) -> dict[str, Issue]:
    """What a later generation takes the place of; the latest of them all is named."""
    found: dict[str, Issue] = {}
    for one in returns:
        later = [other for other in returns if other.generation.is_after(one.generation)]
        if later:
            found[one.file] = _make_replaced_issue(
                one, max(later, key=lambda each: each.generation.number)
            )
    return found


def _make_replaced_issue(one: _ReturnVersion, later: _ReturnVersion) -> Issue:
    details = {"other": later.file, "number": str(later.generation.number)}
    if later.generation.content == one.generation.content:
        return Issue("older-version", one.file, details={"other": later.file})
    if later.generation.knows(one.generation):
        return Issue("superseded", one.file, details=details)
    details["own"] = str(one.generation.number)
    cells = _word_differences(one, later)
    if not cells:
        return Issue("stale-copy", one.file, details=details)
    return Issue("stale-copy-differs", one.file, details={**details, "cells": cells})


def _find_older(returns: Sequence[_ReturnVersion]) -> dict[str, Issue]:
    kept: list[_ReturnVersion] = []
    found: dict[str, Issue] = {}
    for one in sorted(returns, key=lambda one: -one.size):
        fuller = next((other for other in kept if _is_version(one, other)), None)
        if fuller is None:
            kept.append(one)
        else:
            found[one.file] = _make_older_issue(one, fuller)
    return found


def _added(kept: Sequence[_ReturnVersion], owner: str) -> Iterator[Issue]:
    """parts-added: nothing tells a workbook without items from one that was filled in anew."""
    parts = [one for one in kept if one.size and not one.items]
    whole = [one for one in kept if one.size and one.items]
    for one in parts:
        other = next(each for each in (*whole, *parts))
        if other is not one:
            details = {"other": other.file, "department": owner}
            yield Issue("parts-added", one.file, details=details)


def _is_version(one: _ReturnVersion, other: _ReturnVersion) -> bool:
    """Whether the other holds the same items; of two without any, whether a row stands in both.

    A row that stands at the same place and differs in less than half of its cells is the same.
    One without items is a version of one with items if all it says stands there too.
    """
    if one.items:
        return one.items.keys() <= other.items.keys()
    if other.items:
        return one.size > 0 and not any(other.differences(one))
    return any(
        mine is not None and 2 * len(mine.lacks(record)) < len(record.values)
        for sheet, records in other.records.items()
        for record, mine in zip(
            records, other.counterparts(records, one.records.get(sheet, ())), strict=True
        )
    )


def _make_older_issue(one: _ReturnVersion, fuller: _ReturnVersion) -> Issue:
    cells = _word_differences(one, fuller)
    if not cells:
        return Issue("older-version", one.file, details={"other": fuller.file})
    return Issue("versions-differ", one.file, details={"other": fuller.file, "cells": cells})


def _word_differences(one: _ReturnVersion, other: _ReturnVersion) -> str:
    """What the one says and the other does not, the first of it by its cells."""
    differences = [_word_difference(*found) for found in other.differences(one)]
    more = f"等{len(differences)}处" if len(differences) > _NAMED else ""
    return "、".join(differences[:_NAMED]) + more


def _word_difference(record: _ReturnRow, column: str, mine: _ReturnRow | None) -> str:
    if mine is None:
        return f"{record.place(column)}（另一份没有这一行）"
    other = f"另一份为“{shown}”" if (shown := mine.shown(column)) else "另一份没有填"
    return f"{record.place(column)}（“{record.shown(column)}”，{other}）"


def _iter_rows(table: Table) -> Iterator[_ReturnRow]:
    columns = [(name, table.values[name]) for name in table.columns]
    for index in range(len(table.rows)):
        filled = {name: values[index] for name, values in columns if values[index] is not None}
        yield _ReturnRow(table, index, filled)


def _key_column_of(table: Table) -> str | None:
    """The column that names the item: the first of those that the office fills."""
    locked = (column.name for column in table.sheet.columns if column.locked)
    return next(locked, None)
