"""Deadlines: the last day of a period of months, days or working days.

The day from which it runs does not count.  A month ends on the same day of a later month, or on
that month's last day if it is shorter (30 November and three months: 28 or 29 February).  Working
days are those of the Chinese calendar, with its holidays and the weekends worked in exchange; they
are announced a year at a time, and a year that is not known yet is taken from Monday to Friday.
"""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache

import chinese_calendar

from reportgen.schema.periods import MONTHS, WORKING_DAYS, TimeLimit


@lru_cache(maxsize=4096)
def compute_last_day(start: dt.date, limit: TimeLimit) -> dt.date:
    """The last day of the period that runs from ``start``."""
    if limit.unit == MONTHS:
        return add_months(start, limit.number)
    if limit.unit == WORKING_DAYS:
        return add_working_days(start, limit.number)
    return start + dt.timedelta(days=limit.number)


def list_guessed_years(start: dt.date, limit: TimeLimit) -> tuple[int, ...]:
    """The years in the period whose working days had to be guessed; only if they count."""
    if limit.unit != WORKING_DAYS:
        return ()
    years = range(start.year, compute_last_day(start, limit).year + 1)
    return tuple(year for year in years if not is_known_year(year))


def add_months(start: dt.date, number: int) -> dt.date:
    """The same day so many months later, the last of the month if it has no such day."""
    years, month = divmod(start.month - 1 + number, 12)
    year, month = start.year + years, month + 1
    return dt.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def add_working_days(start: dt.date, number: int) -> dt.date:
    """The ``number``-th working day after ``start``."""
    day = start
    while number:
        day += dt.timedelta(days=1)
        number -= is_working_day(day)
    return day


@lru_cache(maxsize=4096)
def is_working_day(day: dt.date) -> bool:
    """Whether people work on that day; Monday to Friday in a year that is not known."""
    return chinese_calendar.is_workday(day) if is_known_year(day.year) else day.weekday() < 5


@lru_cache
def is_known_year(year: int) -> bool:
    """Whether the holidays of a year have been announced, as far as the calendar knows."""
    try:
        chinese_calendar.is_workday(dt.date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
