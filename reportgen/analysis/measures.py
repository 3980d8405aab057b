"""Measures: counting rows of a dataset into Facts that know the cells they were counted from.

A measure takes a DataFrame whose index says where each row stood (file, sheet, row) and gives a
Fact.  What is counted, and under which rule, is the report kind's business.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from reportgen.analysis.facts import Cells, Fact, Origin, row_ranges
from reportgen.analysis.rounding import Share, half_up, plain_shares, shares_of_100
from reportgen.data import Dataset


def cells(dataset: Dataset, column: str, index: pd.Index) -> tuple[Cells, ...]:
    """The cells of ``column`` in the rows of ``index`` (levels file, sheet, row), as ranges."""
    rows: dict[tuple[str, str], list[int]] = {}
    for file, sheet, row in zip(
        *(index.get_level_values(n).tolist() for n in range(3)), strict=True
    ):
        rows.setdefault((file, sheet), []).append(row)
    return tuple(
        Cells(file, sheet, dataset.letters[file, sheet][column], row_ranges(found))
        for (file, sheet), found in rows.items()
        if column in dataset.letters.get((file, sheet), {})
    )


def count(dataset: Dataset, key: str, rule: str, unit: str, column: str, index: pd.Index) -> Fact:
    """How many rows ``index`` holds; the cells of ``column`` stand for them."""
    found = cells(dataset, column, index)
    return Fact(key, len(index), str(len(index)), unit, Origin(rule, "计件", found))


def count_equal(
    dataset: Dataset, key: str, rule: str, unit: str, column: str, values: pd.Series, equals: str
) -> Fact:
    """How many of ``values`` (content of ``column``) equal ``equals``; zero can be checked too."""
    index = values.index[values == equals]
    origin = Origin(
        rule,
        "计件",
        cells(dataset, column, index),
        among=cells(dataset, column, values.index),
        equals=(equals,),
    )
    return Fact(key, len(index), str(len(index)), unit, origin)


def distinct(
    dataset: Dataset, key: str, rule: str, unit: str, columns: Mapping[str, pd.Series]
) -> Fact:
    """How many different names stand in the columns (each value a name or a tuple of names)."""
    names: set[str] = set()
    found: tuple[Cells, ...] = ()
    for column, values in columns.items():
        filled = values[values.map(bool)]
        names.update(name for value in filled for name in _names(value))
        found += cells(dataset, column, filled.index)
    return Fact(key, len(names), str(len(names)), unit, Origin(rule, "去重计数", found))


def total(key: str, rule: str, unit: str, parts: Sequence[Fact]) -> Fact:
    """The sum of other facts."""
    value = sum(_number(part) for part in parts)
    origin = Origin(rule, "合计", facts=tuple(part.key for part in parts))
    return Fact(key, value, number_text(value), unit, origin)


def difference(key: str, rule: str, unit: str, first: Fact, second: Fact) -> Fact:
    """``first - second``; the text has no sign (增加/减少 is the sentence's business)."""
    value = _number(first) - _number(second)
    origin = Origin(rule, "相减", facts=(first.key, second.key))
    return Fact(key, value, number_text(value).lstrip("-"), unit, origin)


def growth(key: str, rule: str, first: Fact, second: Fact, places: int) -> Fact:
    """By how many percent ``first`` exceeds ``second`` (not 0); the text has no sign."""
    number = Fraction(_number(first) - _number(second)) * 100 / Fraction(_number(second))
    value = half_up(number, places)
    origin = Origin(rule, "增幅", facts=(first.key, second.key))
    return Fact(key, value, f"{abs(value)}%", "%", origin, base=second.key)


def rate(key: str, rule: str, part: Fact, base: Fact, places: int) -> Fact:
    """``part`` in percent of ``base`` (not 0), rounded by itself."""
    value = half_up(Fraction(100 * _number(part)) / Fraction(_number(base)), places)
    origin = Origin(rule, "占比", facts=(part.key, base.key))
    return Fact(key, value, f"{value}%", "%", origin, base=base.key)


def shares(
    parts: Mapping[str, Fact], base: Fact, places: int, *, of_100: bool, rule: str
) -> list[Fact]:
    """The percentages of a complete group: ``parts`` by the key of their share.

    ``of_100``: largest remainder, so that they add up to 100; adjusted ones say so in their note.
    """
    counts = [int(_number(part)) for part in parts.values()]
    found = (shares_of_100 if of_100 else plain_shares)(counts, places)
    return [
        _share(key, rule, part, base, share)
        for (key, part), share in zip(parts.items(), found, strict=True)
    ]


def sum_of_shares(
    key: str, rule: str, parts: Sequence[Fact], whole: Fact, base: Fact, places: int
) -> Fact:
    """A share that is the sum of printed shares, so that the sentence adds up; 0 of none.

    ``whole`` is the count it is the share of ``base`` for; where the sum is not what rounding it
    by itself would give, the note says so.
    """
    value = sum((_number(part) for part in parts), Decimal(0).scaleb(-places))
    plain = half_up(Fraction(100 * _number(whole)) / Fraction(_number(base)), places)
    note = "" if value == plain else f"按各类占比相加；单独四舍五入为{plain}%"
    origin = Origin(rule, "合计", facts=tuple(part.key for part in parts), note=note)
    return Fact(key, value, f"{value}%", "%", origin, base=base.key)


def explained(fact: Fact, meaning: str) -> Fact:
    """The fact with the sentence that 模板字段表 shows."""
    return replace(fact, meaning=meaning)


def key_part(name: str) -> str:
    """A name as a part of a key: what Jinja takes as an identifier (``城建、交通 → 城建_交通``)."""
    part = re.sub(r"\W+", "_", name).strip("_") or "_"
    return part if part.isidentifier() else f"项{part}"


def key_parts(names: Iterable[str], taken: Collection[str] = ()) -> dict[str, str]:
    """Each name's part of a key; those that would look the same, or like one taken, get a number."""
    parts: dict[str, str] = {}
    for name in dict.fromkeys(names):
        part = base = key_part(name)
        number = 2
        while part in parts.values() or part in taken:
            part, number = f"{base}_{number}", number + 1
        parts[name] = part
    return parts


def number_text(number: int | Decimal) -> str:
    """``15`` for 15 or 15.0, ``3.5`` for 3.50."""
    return format(number.normalize(), "f") if isinstance(number, Decimal) else str(number)


def _share(key: str, rule: str, part: Fact, base: Fact, share: Share) -> Fact:
    note = f"为使各项合计为100%，由{share.plain}%调整" if share.adjusted else ""
    origin = Origin(rule, "占比", facts=(part.key, base.key), note=note)
    return Fact(key, share.shown, f"{share.shown}%", "%", origin, base=base.key)


def _number(fact: Fact) -> int | Decimal:
    if isinstance(fact.value, str):
        raise TypeError(f"{fact.key} is an approximation and cannot be calculated with")
    return fact.value


def _names(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)
