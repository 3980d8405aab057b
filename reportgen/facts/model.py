"""Fact: one figure of the report, with where it came from; and the texts that hold figures.

Every counted number in the report is a Fact.  Prose, tables, charts and annexes read the same
ones, so a number in the text cannot differ from the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

Method = Literal["取值", "计件", "去重计数", "求和", "占比", "合计", "相减", "增幅"]
"""How a value follows from its source.

取值: the one cell.  计件: how many cells.  去重计数: how many different names in the cells.
求和: the cells' sum.  占比: first fact / second fact, in percent.  合计: the facts' sum.
相减: first fact - second fact.  增幅: (first - second) / second, in percent.
"""


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of one column: ``rows`` are inclusive ranges of row numbers, ascending."""

    file: str
    sheet: str
    column: str
    rows: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        spans = "、".join(
            f"{self.column}{a}" if a == b else f"{self.column}{a}:{self.column}{b}"
            for a, b in self.rows
        )
        return f"{self.file}“{self.sheet}”{spans}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure came from: the rule in words, and the cells or facts it was made from.

    ``cells``: the cells that were counted, added or quoted.
    ``among`` and ``equals``: for 计件 by one column's content, all the cells looked at and the
    contents that count (as stored in the dataset), so that zero can be checked as well.
    ``facts``: keys of the facts used.  ``note``: an adjustment made (凑整), in words.
    """

    rule: str
    method: Method
    cells: tuple[Cells, ...] = ()
    facts: tuple[str, ...] = ()
    among: tuple[Cells, ...] = ()
    equals: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure.

    ``key`` is what one types in a template (``结果.A.占比``).  ``value``: an int, a Decimal (the
    printed percentage, or an exact quantity), or the text of a 概数.  ``text`` is what is shown;
    it never holds the unit, except % and 余.  ``base``: key of the fact a percentage is of.
    """

    key: str
    value: int | Decimal | str
    text: str
    unit: str
    source: Origin
    base: str = ""
    meaning: str = ""

    def __str__(self) -> str:
        return self.text

    @property
    def with_unit(self) -> str:
        """What is shown, with its unit."""
        return add_unit(self.text, self.unit)


def add_unit(text: str, unit: str) -> str:
    """A number's text with its unit, which some texts hold already."""
    return text if text.endswith(unit) else text + unit


@dataclass(frozen=True, slots=True)
class Absent:
    """A figure that does not exist this time (no data of last year, a rate of nothing).

    It is shown as “—”, is false in a condition, and so is every comparison with it.
    """

    key: str
    meaning: str = ""

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return "—"


@dataclass(frozen=True, slots=True)
class FiguredText:
    r"""A text with figures in it, in order; ``\n`` in a str part begins a new paragraph."""

    parts: tuple[str | Fact, ...]

    def __str__(self) -> str:
        return "".join(str(part) for part in self.parts)

    def __bool__(self) -> bool:
        return any(str(part) for part in self.parts)


@dataclass(frozen=True)
class Facts(Mapping[str, Fact]):
    """All facts by key, in the order of the catalogue; ``absent``: what has no figure this time."""

    by_key: Mapping[str, Fact] = field(default_factory=dict)
    absent: Mapping[str, Absent] = field(default_factory=dict)

    def leaf(self, key: str) -> Fact | Absent:
        """What a template shows of it.

        Raises:
            KeyError: the catalogue has no such name.
        """
        return self.by_key.get(key) or self.absent[key]

    def __getitem__(self, key: str) -> Fact:
        return self.by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_key)

    def __len__(self) -> int:
        return len(self.by_key)


def join_row_ranges(rows: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """``[3, 4, 5, 9] → ((3, 5), (9, 9))``; order and repeats do not matter."""
    ranges: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], row)
        else:
            ranges.append((row, row))
    return tuple(ranges)


def to_json(facts: Iterable[Fact]) -> dict[str, dict[str, object]]:
    """Facts by key as plain values, for facts.json and for the record in the report.

    A value is an int or a text (a Decimal would lose digits as a JSON number).
    """
    return {fact.key: _fact_to_json(fact) for fact in facts}


def from_json(facts: Mapping[str, Any]) -> Facts:
    """Facts read back from what ``to_json`` made."""
    return Facts({key: _read_fact(plain) for key, plain in facts.items()})


def _read_fact(plain: Mapping[str, Any]) -> Fact:
    source = plain["source"]
    origin = Origin(
        source["rule"],
        source["method"],
        _read_cells(source["cells"]),
        tuple(source["facts"]),
        _read_cells(source["among"]),
        tuple(source["equals"]),
        source["note"],
    )
    names = ("key", "text", "unit", "base")
    told = {name: plain[name] for name in names}
    meaning = plain.get("meaning", "")  # reports of earlier editions do not tell it
    return Fact(value=_read_value(plain["value"]), source=origin, meaning=meaning, **told)


def _read_value(value: int | str) -> int | Decimal | str:
    try:
        return value if isinstance(value, int) else Decimal(value)
    except InvalidOperation:
        return value


def _read_cells(plain: Iterable[Mapping[str, Any]]) -> tuple[Cells, ...]:
    return tuple(
        Cells(each["file"], each["sheet"], each["column"], tuple((a, b) for a, b in each["rows"]))
        for each in plain
    )


def _fact_to_json(fact: Fact) -> dict[str, object]:
    source = fact.source
    return {
        "key": fact.key,
        "value": fact.value if isinstance(fact.value, int) else str(fact.value),
        "text": fact.text,
        "unit": fact.unit,
        "base": fact.base,
        "meaning": fact.meaning,
        "source": {
            "rule": source.rule,
            "method": source.method,
            "cells": [_cells_to_json(cells) for cells in source.cells],
            "facts": list(source.facts),
            "among": [_cells_to_json(cells) for cells in source.among],
            "equals": list(source.equals),
            "note": source.note,
        },
    }


def _cells_to_json(cells: Cells) -> dict[str, object]:
    return {
        "file": cells.file,
        "sheet": cells.sheet,
        "column": cells.column,
        "rows": cells.rows,  # tuples become lists in JSON; there may be a great many
    }
