"""Periods of time as a cell holds them: ``3个月``, ``30日``, ``10个工作日``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.data import Value
from reportgen.glyphs import half_width
from reportgen.schema.columns import plain_text, wrong_type

MONTHS, DAYS, WORKING_DAYS = "个月", "日", "工作日"


@dataclass(frozen=True, slots=True)
class Limit:
    """A period of time: so many ``MONTHS``, ``DAYS`` or ``WORKING_DAYS``."""

    number: int
    unit: str

    def __str__(self) -> str:
        return f"{self.number}{'个' if self.unit == WORKING_DAYS else ''}{self.unit}"


@dataclass(frozen=True)
class Period:
    """A period of time, at most 999 of its unit; ``三个月``, ``30天`` and ``30工作日`` are understood."""

    expected: str = "期限"
    example: str = "3个月，或 30日、10个工作日"

    def read(self, value: Value) -> object:
        """→ Limit; Flaw wrong-type, also where the unit is missing."""
        found = _PERIOD.fullmatch(re.sub(r"\s+", "", half_width(plain_text(value))))
        if not found:
            return wrong_type(self)
        number = _NUMERALS.get(found["number"]) or int(found["number"])
        return Limit(number, _UNITS[found["unit"]]) if number else wrong_type(self)


_UNITS = {
    "个月": MONTHS,
    "月": MONTHS,
    "日": DAYS,
    "天": DAYS,
    "个工作日": WORKING_DAYS,
    "工作日": WORKING_DAYS,
}
_NUMERALS = {word: number for number, word in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_PERIOD = re.compile(
    rf"(?P<number>[0-9]{{1,3}}|[{''.join(_NUMERALS)}])(?P<unit>{'|'.join(_UNITS)})"
)
