"""Measures: counting rows of a dataset into Facts that know the cells they were counted from.

A measure takes a DataFrame whose index says where each row stood (file, sheet, row) and gives a
Fact.  What is counted, and under which rule, is the report kind's business.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from reportgen.data import Dataset
from reportgen.facts.model import Absent, Cells, Fact, Origin, join_row_ranges
from reportgen.facts.rounding import compute_percent

NOTHING = "没有可以计算的数据"
"""What a name means that has no figure this time."""


def locate_cells(
    dataset: Dataset, column: str, places: Iterable[tuple[str, str, int]]
) -> tuple[Cells, ...]:
    """The cells of ``column`` in the rows at these places (file, sheet, row), as ranges."""
    rows: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for file, sheet, row in places:
        rows[file, sheet].append(row)
    return tuple(
        Cells(file, sheet, dataset.letters[file, sheet][column], join_row_ranges(found))
        for (file, sheet), found in rows.items()
        if column in dataset.letters.get((file, sheet), {})
    )


def count_rows(
    dataset: Dataset, key: str, rule: str, unit: str, column: str, index: pd.Index
) -> Fact:
    """How many rows ``index`` holds; the cells of ``column`` stand for them."""
    found = locate_cells(dataset, column, index)
    return Fact(key, len(index), str(len(index)), unit, Origin(rule, "计件", found))


class Contents:
    """What stands in a column: looked through once, however many of its contents are counted."""

    def __init__(self, dataset: Dataset, column: str, values: pd.Series, unit: str) -> None:
        self._dataset, self._column, self._unit = dataset, column, unit
        self._among = locate_cells(dataset, column, values.index)
        self._places: defaultdict[object, list[tuple[str, str, int]]] = defaultdict(list)
        for place, value in zip(values.index, values, strict=True):
            self._places[value].append(place)

    def count_equal(self, key: str, rule: str, equals: str) -> Fact:
        """How many of them equal ``equals``; zero can be checked too."""
        places = self._places.get(equals, [])
        cells = locate_cells(self._dataset, self._column, places)
        origin = Origin(rule, "计件", cells, among=self._among, equals=(equals,))
        return Fact(key, len(places), str(len(places)), self._unit, origin)


def count_distinct(
    dataset: Dataset, key: str, rule: str, unit: str,
    columns: Mapping[str, Iterable[tuple[Any, object]]],
) -> Fact:  # fmt: skip
    """How many different names stand in the columns.

    ``columns``: by name, pairs of a place (file, sheet, row) and a value, a name or a tuple of names,
    as the items of a Series are.
    """
    names: set[str] = set()
    found: tuple[Cells, ...] = ()
    for column, values in columns.items():
        filled = [(place, value) for place, value in values if value]
        names.update(name for _, value in filled for name in _to_names(value))
        found += locate_cells(dataset, column, (place for place, _ in filled))
    return Fact(key, len(names), str(len(names)), unit, Origin(rule, "去重计数", found))


def sum_facts(key: str, rule: str, unit: str, parts: Sequence[Fact]) -> Fact:
    """The sum of other facts."""
    value = sum(number_of(part) for part in parts)
    origin = Origin(rule, "合计", facts=tuple(part.key for part in parts))
    return Fact(key, value, format_fact_number(value), unit, origin)


def subtract_facts(key: str, rule: str, unit: str, first: Fact, second: Fact) -> Fact:
    """``first - second``; the text has no sign (增加/减少 is the sentence's business)."""
    value = number_of(first) - number_of(second)
    origin = Origin(rule, "相减", facts=(first.key, second.key))
    return Fact(key, value, format_fact_number(value).lstrip("-"), unit, origin)


def compute_growth(key: str, rule: str, first: Fact, second: Fact, places: int) -> Fact | Absent:
    """By how many percent ``first`` exceeds ``second``; the text has no sign."""
    if not second.value:
        return Absent(key, NOTHING)
    value = compute_percent(number_of(first) - number_of(second), number_of(second), places)
    origin = Origin(rule, "增幅", facts=(first.key, second.key))
    return Fact(key, value, format_percent(value), "%", origin, base=second.key)


def compute_rate(key: str, rule: str, part: Fact, base: Fact, places: int) -> Fact | Absent:
    """``part`` in percent of ``base``, rounded by itself; absent if it is of nothing."""
    if not base.value:
        return Absent(key, NOTHING)
    value = compute_percent(number_of(part), number_of(base), places)
    origin = Origin(rule, "占比", facts=(part.key, base.key))
    return Fact(key, value, format_percent(value), "%", origin, base=base.key)


def make_key_part(name: str) -> str:
    """A name as a part of a key: what Jinja takes as an identifier (``城建、交通 → 城建_交通``)."""
    part = re.sub(r"\W+", "_", name).strip("_") or "_"
    return part if part.isidentifier() else f"项{part}"


def make_key_parts(names: Iterable[str], taken: Collection[str] = ()) -> dict[str, str]:
    """Each name's part of a key; those that would look the same, or like one taken, get a number.

    Capitals make no difference: Word does not tell the properties ``结果.A`` and ``结果.a`` apart.
    """
    parts: dict[str, str] = {}
    used = {part.casefold() for part in taken}
    for name in dict.fromkeys(names):
        part = base = make_key_part(name)
        number = 2
        while part.casefold() in used:
            part, number = f"{base}_{number}", number + 1
        used.add(part.casefold())
        parts[name] = part
    return parts


def format_fact_number(number: int | Decimal) -> str:
    """``15`` for 15 or 15.0, ``3.5`` for 3.50."""
    return format(number.normalize(), "f") if isinstance(number, Decimal) else str(number)


def number_of(fact: Fact) -> int | Decimal:
    """The value, if it is a number.

    Raises:
        TypeError: it is a 概数.
    """
    if isinstance(fact.value, str):
        raise TypeError(f"{fact.key} is an approximation and cannot be calculated with")
    return fact.value


def format_percent(value: Decimal) -> str:
    """``86%``; without a sign, which is the sentence's business."""
    return f"{abs(value):f}%"


def _to_names(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)
