"""Deadlines: months that clamp, days, working days of the Chinese calendar; and how they are read."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.facts.deadlines import (
    compute_last_day,
    is_known_year,
    is_working_day,
    list_guessed_years,
)
from reportgen.raw import Value
from reportgen.schema.columns import Flaw
from reportgen.schema.periods import DAYS, MONTHS, WORKING_DAYS, Period, TimeLimit

KNOWN = st.dates(dt.date(2005, 1, 1), dt.date(2025, 6, 30))
ANY = st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2023-11-30", 3, "2024-02-29"),
        ("2024-11-30", 3, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-01-31", 2, "2024-03-31"),
        ("2024-03-31", 6, "2024-09-30"),
        ("2024-12-15", 1, "2025-01-15"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-06-30", 30, "2026-12-30"),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last(start: str, months: int, end: str) -> None:
    assert (
        compute_last_day(dt.date.fromisoformat(start), TimeLimit(months, MONTHS)).isoformat() == end
    )


@given(ANY, st.integers(1, 60))
def test_months_are_so_many_months_later(start: dt.date, months: int) -> None:
    end = compute_last_day(start, TimeLimit(months, MONTHS))
    assert (end.year - start.year) * 12 + end.month - start.month == months
    following = end + dt.timedelta(days=1)
    assert end.day == start.day or (end.day < start.day and following.day == 1)


@given(ANY, st.integers(1, 999))
def test_days_are_days(start: dt.date, days: int) -> None:
    assert (compute_last_day(start, TimeLimit(days, DAYS)) - start).days == days


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2024-02-08", 1, "2024-02-09"),  # the day before 春节, a Friday at work
        ("2024-02-09", 1, "2024-02-18"),  # a Sunday worked in exchange
        ("2024-09-27", 2, "2024-09-30"),  # Sunday 29 September is worked
        ("2024-09-30", 1, "2024-10-08"),
        ("2024-04-30", 5, "2024-05-10"),  # 1–5 May off
        ("2023-12-29", 1, "2024-01-02"),
    ],
)
def test_working_days_know_holidays_and_exchanged_weekends(start: str, days: int, end: str) -> None:
    assert (
        compute_last_day(dt.date.fromisoformat(start), TimeLimit(days, WORKING_DAYS)).isoformat()
        == end
    )


@given(KNOWN, st.integers(1, 60))
def test_so_many_working_days_lie_in_the_period(start: dt.date, days: int) -> None:
    end = compute_last_day(start, TimeLimit(days, WORKING_DAYS))
    between = (start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1))
    assert sum(map(is_working_day, between)) == days
    assert is_working_day(end)


def test_a_year_that_is_not_known_is_taken_from_monday_to_friday_and_said_so() -> None:
    start = dt.date(2003, 3, 5)
    assert not is_known_year(2003)
    assert is_known_year(2024)
    assert compute_last_day(start, TimeLimit(10, WORKING_DAYS)) == dt.date(2003, 3, 19)
    assert list_guessed_years(start, TimeLimit(10, WORKING_DAYS)) == (2003,)
    assert list_guessed_years(dt.date(2003, 12, 30), TimeLimit(10, WORKING_DAYS)) == (2003,)
    assert list_guessed_years(dt.date(2024, 3, 5), TimeLimit(60, WORKING_DAYS)) == ()
    assert (
        list_guessed_years(start, TimeLimit(3, MONTHS))
        == list_guessed_years(start, TimeLimit(30, DAYS))
        == ()
    )


@given(ANY, st.integers(1, 300))
def test_no_year_whatever_makes_it_fail(start: dt.date, days: int) -> None:
    assert compute_last_day(start, TimeLimit(days, WORKING_DAYS)) > start


@pytest.mark.parametrize(
    ("written", "limit"),
    [
        ("3个月", TimeLimit(3, MONTHS)), ("３ 个 月", TimeLimit(3, MONTHS)), ("三个月", TimeLimit(3, MONTHS)),
        ("两个月", TimeLimit(2, MONTHS)), ("6月", TimeLimit(6, MONTHS)), ("30日", TimeLimit(30, DAYS)),
        ("30天", TimeLimit(30, DAYS)), ("十日", TimeLimit(10, DAYS)),
        ("10个工作日", TimeLimit(10, WORKING_DAYS)), ("10工作日", TimeLimit(10, WORKING_DAYS)),
    ],
)  # fmt: skip
def test_a_period_is_read_however_it_is_written(written: str, limit: TimeLimit) -> None:
    assert Period().read(written) == limit
    assert Period().read(str(limit)) == limit


@pytest.mark.parametrize(
    "written", ["3", 3, 3.0, "三年", "0日", "个月", "1000日", "尽快", "3个月内"]
)
def test_what_is_no_period(written: Value) -> None:
    found = Period().read(written)
    assert isinstance(found, Flaw)
    assert found.code == "wrong-type"
