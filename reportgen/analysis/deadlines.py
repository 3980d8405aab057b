"""Deadlines: so many months, days or working days after a day.

The day itself does not count.  A month ends on the same day of a later month, or on that month's
last day if it is shorter (30 November and three months: 28 or 29 February).  Working days are those
of the Chinese calendar, with its holidays and the weekends worked in exchange; the State Council
announces them a year at a time, and a year that is not known yet is taken from Monday to Friday.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import chinese_calendar

MONTHS, DAYS, WORKING_DAYS = UNITS = ("个月", "日", "工作日")


@dataclass(frozen=True, slots=True)
class Limit:
    """A period of time: ``number`` of a ``unit`` out of ``UNITS``."""

    number: int
    unit: str

    def after(self, start: dt.date) -> dt.date:
        """The last day of the period that begins after ``start``."""
        if self.unit == MONTHS:
            return months_after(start, self.number)
        if self.unit == WORKING_DAYS:
            return working_days_after(start, self.number)
        return start + dt.timedelta(days=self.number)

    def guessed_years(self, start: dt.date) -> range:
        """The years in the period whose working days had to be guessed; only if they count."""
        if self.unit != WORKING_DAYS:
            return range(0)
        years = range(start.year, self.after(start).year + 1)
        unknown = [year for year in years if not is_known(year)]
        return range(unknown[0], unknown[-1] + 1) if unknown else range(0)

    def __str__(self) -> str:
        """``3个月``, ``30日``, ``10个工作日``."""
        return f"{self.number}{'个' if self.unit == WORKING_DAYS else ''}{self.unit}"


def months_after(start: dt.date, number: int) -> dt.date:
    """The same day so many months later, the last of the month if it has no such day."""
    years, month = divmod(start.month - 1 + number, 12)
    year, month = start.year + years, month + 1
    return dt.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


@lru_cache(maxsize=4096)
def working_days_after(start: dt.date, number: int) -> dt.date:
    """The ``number``-th working day after ``start``."""
    day = start
    while number:
        day += dt.timedelta(days=1)
        number -= is_working_day(day)
    return day


@lru_cache(maxsize=4096)
def is_working_day(day: dt.date) -> bool:
    """Whether people work on that day; Monday to Friday in a year that is not known."""
    return chinese_calendar.is_workday(day) if is_known(day.year) else day.weekday() < 5


@lru_cache
def is_known(year: int) -> bool:
    """Whether the holidays of a year are in the calendar."""
    try:
        chinese_calendar.is_workday(dt.date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
