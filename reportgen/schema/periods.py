"""Periods of time as a cell holds them: ``3个月``, ``30日``, ``10个工作日``; ``2026年底`` for a day."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass

from reportgen.data import Until
from reportgen.glyphs import half_width
from reportgen.raw import Value
from reportgen.schema.columns import Day, Flaw, day_to_text, make_wrong_type, to_plain_text

MONTHS, DAYS, WORKING_DAYS = "个月", "日", "工作日"


@dataclass(frozen=True, slots=True)
class TimeLimit:
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
        found = _PERIOD.fullmatch(re.sub(r"\s+", "", half_width(to_plain_text(value))))
        if not found:
            return make_wrong_type(self)
        number = _NUMERALS.get(found["number"]) or int(found["number"])
        return TimeLimit(number, _UNITS[found["unit"]]) if number else make_wrong_type(self)


@dataclass(frozen=True)
class Deadline(Day):
    """A day until which something is promised; ``2026年底``, ``2026年6月底前`` are understood too."""

    expected: str = "日期"
    example: str = "2026-6-30，或 2026年底、2026年6月底"

    def read(self, value: Value) -> object:
        """→ datetime.date, ``Until`` where no day was named; flaws as of a Day."""
        if not isinstance(value, str):
            return super().read(value)
        text = _BEFORE.sub("", re.sub(r"\s+", "", half_width(to_plain_text(value))))
        last = _find_last_day(text)
        found = super().read(text if last is None else last)
        if last is not None and found == last:
            return Until.of(last, _add_end(text))
        return (
            _add_suggestion(found, _find_last_day(f"{text}底"))
            if isinstance(found, Flaw)
            else found
        )


def _add_suggestion(flaw: Flaw, last: dt.date | None) -> Flaw:
    """Of a month without a day, what to type instead: its end, or the day that is meant."""
    if flaw.code != "incomplete-date" or last is None:
        return flaw
    say = f"“{last.year}年{last.month}月底”；定到哪一天的写全年、月、日，如：{day_to_text(last)}"
    return Flaw(flaw.code, {**flaw.details, "say": say})


def _add_end(text: str) -> str:
    """Such that 前 can follow: ``2026年内`` is ``2026年底``, ``2026年上半年`` its 末."""
    plain = re.sub("之?内$", "底", text)
    return plain if plain.endswith(("底", "末")) else plain + "末"


def _find_last_day(text: str) -> dt.date | None:
    """Of the year, half-year, quarter or month whose end a text names; None if it names none."""
    found = _END.fullmatch(text)
    if not found:
        return None
    year = int("".join(_DIGITS.get(sign, sign) for sign in found["year"]))
    month = int(found["month"] or 12)
    if found["half"]:
        month = 6 if found["half"] == "上" else 12
    if found["quarter"]:
        month = 3 * ("一二三四".find(found["quarter"]) + 1 or int(found["quarter"]))
    if not 1 <= month <= 12 or year < dt.MINYEAR:
        return None
    return dt.date(year, month, monthrange(year, month)[1])


_BEFORE = re.compile(r"(?<=[日号底末内度年])(?:之前|以前|前)$")
_DIGITS = {word: str(number) for number, word in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_END = re.compile(
    r"(?P<year>20\d\d|二[〇零][〇零一二三四五六七八九]{2})年"
    r"(?:(?P<month>\d{1,2})月[底末]|(?P<half>[上下])半年[底末]?"
    r"|第?(?P<quarter>[1-4一二三四])季度[底末]?|年?[底末]|之?内)"
)
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
