"""Which owner is handed out what: the register's items, by the columns that name their owners.

All of it follows from the schema: a sheet of the return whose first prefilled column points to a
sheet of the register (编号) is handed out by item; the columns there that point to the owners say to
whom; prefilled columns of the same name say what else stands in the row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.data import Dataset, Row
from reportgen.schema.columns import ColumnType, Ref, Title, day_to_text, decimal_to_text
from reportgen.schema.model import Column, Sheet, Workbook


@dataclass(frozen=True, slots=True)
class Assignment:
    """One item in one owner's hands.

    ``locked``: the cells that the office fills and the owner may not change, by column, the key
    first.  ``position``: of the item among the register's rows; ``column``: there, the one that
    names the owner.  ``part``: what the owner's part in it is called, if there are several parts.
    """

    owner: str
    key: str
    locked: Row
    position: int
    column: str
    part: str = ""


@dataclass(frozen=True)
class HandOut:
    """A sheet of the return that is handed out by item, and the register's sheet of these items.

    ``key``: the prefilled column that points to the item; ``title``: the one by which people know
    it, "" if there is none.  ``by``: the items' columns that name owners; ``deciding``: those in
    which a fault leaves open who has the item.  ``assign``: who has which item.
    """

    items: Sheet
    answers: Sheet
    key: str
    title: str
    by: tuple[str, ...]
    deciding: tuple[str, ...]
    assign: Callable[[Dataset, HandOut], Iterator[Assignment]]

    def assignments(self, dataset: Dataset) -> Iterator[Assignment]:
        """Every assignment of the register, in its order; an item without a key has none."""
        return self.assign(dataset, self)

    @property
    def source(self) -> str:
        """The column of the items' sheet that holds their keys."""
        return _key_of(self.answers.column(self.key))

    @property
    def also_locked(self) -> Sequence[str]:
        """The prefilled columns, besides the key, of which the items' sheet has the same."""
        there = {column.name for column in self.items.columns}
        locked = (column.name for column in self.answers.columns if column.locked)
        return [name for name in locked if name in there and name != self.key]


def hand_outs(register: Workbook, returned: Workbook) -> tuple[HandOut, ...]:
    """What is handed out by item, in the order of the return's sheets; often one sheet, or none."""
    found = (_hand_out(register, sheet, returned.owner) for sheet in returned.sheets)
    return tuple(filter(None, found))


def rows_handed_out(dataset: Dataset, given: Sequence[HandOut]) -> dict[str, dict[str, list[Row]]]:
    """By owner, by sheet of the return, the rows with their prefilled cells."""
    rows: dict[str, dict[str, list[Row]]] = {}
    for each in given:
        for assignment in each.assignments(dataset):
            of_owner = rows.setdefault(assignment.owner, {})
            of_owner.setdefault(each.answers.name, []).append(assignment.locked)
    return rows


def by_columns(dataset: Dataset, given: HandOut) -> Iterator[Assignment]:
    """Whoever an item's columns name has it; each once, however often it is named."""
    items = dataset.tables[given.items.name]
    cells = items[[given.source, *given.also_locked]].to_dict("records")
    named = items[list(given.by)].to_dict("records")
    for position, (row, owners) in enumerate(zip(cells, named, strict=True)):
        key = row[given.source]
        if key is None:
            continue
        filled = {name: row[name] for name in given.also_locked if row[name] is not None}
        for owner, column in _owners(owners).items():
            yield Assignment(owner, key, {given.key: key, **filled}, position, column)


def shown_cell(value: object) -> str:
    """A typed value as the forms show it."""
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if isinstance(value, dt.date):
        return day_to_text(value)
    return decimal_to_text(value) if isinstance(value, Decimal) else str(value)


def _owners(named: Mapping[object, object]) -> dict[str, str]:
    """By owner, the first column that names it."""
    found: dict[str, str] = {}
    for column, value in named.items():
        for owner in value if isinstance(value, tuple) else (value,):
            if owner is not None:
                found.setdefault(str(owner), str(column))
    return found


def _hand_out(register: Workbook, answers: Sheet, owner: Ref | None) -> HandOut | None:
    locked = [column for column in answers.columns if column.locked]
    for key in locked:
        items = _pointed_at(register, key.type)
        by = tuple(_naming(items, owner)) if items and owner else ()
        if items and by:
            others = [column for column in locked if column is not key]
            titled = [column for column in others if isinstance(column.type, Title)] or others
            title = titled[0].name if titled else ""
            deciding = (_key_of(key), *by)
            return HandOut(items, answers, key.name, title, by, deciding, by_columns)
    return None


def _pointed_at(register: Workbook, type_: ColumnType) -> Sheet | None:
    """The register's sheet that a column refers to, if it refers to one."""
    sheets = {sheet.name: sheet for sheet in register.sheets}
    return sheets.get(type_.sheet) if isinstance(type_, Ref) else None


def _naming(items: Sheet, owner: Ref) -> Iterator[str]:
    """The columns that name owners."""
    for column in items.columns:
        if isinstance(column.type, Ref) and column.type.sheet == owner.sheet:
            yield column.name


def _key_of(column: Column) -> str:
    """The column of the items' sheet that a key refers to."""
    assert isinstance(column.type, Ref)
    return column.type.column
