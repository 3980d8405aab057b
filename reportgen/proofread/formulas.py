"""What each formula gives for a printed number: exact fractions, from and to.

Every printed number stands for all values that are printed so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from reportgen.proofread.model import Formula, Kind, Number, Reading

Interval = tuple[Fraction, Fraction]


def expected_by(printed: Number, reading: Reading) -> Interval | None:
    """Return what the others give for the printed number; None where it cannot be reckoned."""
    return _FORMULAS[reading.formula](reading.printed or printed, reading)


def values_of(number: Number) -> Interval:
    """Return all values that are printed so; of a rate without its sign."""
    if number.kind is Kind.COUNT:
        return number.low, number.high
    return abs(number.value) - number.half, abs(number.value) + number.half


def times_of(printed: Number) -> int:
    """Return what a whole is: 100 of percent, 1000 of permille."""
    return 1000 if printed.kind is Kind.PERMILLE else 100


def _ratio(printed: Number, reading: Reading) -> Interval | None:
    part, whole = reading.numbers[0], reading.numbers[1:]
    low, high = sum(each.low for each in whole), sum(each.high for each in whole)
    if low <= 0:
        return None
    times = times_of(printed)
    return times * part.low / high, times * part.high / low


def _rest(printed: Number, reading: Reading) -> Interval | None:
    found = _ratio(printed, reading)
    return None if found is None else (times_of(printed) - found[1], times_of(printed) - found[0])


def _sum(_: Number, reading: Reading) -> Interval:
    low = sum((each.low for each in reading.numbers), Fraction(0))
    high = sum((each.high for each in reading.numbers), Fraction(0))
    return low, high


def _growth(printed: Number, reading: Reading) -> Interval | None:
    new, old = reading.numbers
    if old.low <= 0:
        return None
    times = times_of(printed)
    low, high = times * (new.low - old.high) / old.high, times * (new.high - old.low) / old.low
    return _absolute(low, high)


def _change(printed: Number, reading: Reading) -> Interval | None:
    """The rate by the change and the level reached; the sign says which way."""
    change, new = reading.numbers
    (sign,) = reading.signs
    before = new.low - change.high, new.high - change.low
    if sign < 0:
        before = new.low + change.low, new.high + change.high
    if before[0] <= 0:
        before = _LEAST, max(before[1], _LEAST)
    times = times_of(printed)
    return times * abs(change.low) / before[1], times * abs(change.high) / before[0]


_LEAST = Fraction(1, 10**6)
"""Stands for the level before where the change is more than the level reached."""


def _absolute(low: Fraction, high: Fraction) -> Interval:
    if low <= 0 <= high:
        return Fraction(0), max(-low, high)
    return min(abs(low), abs(high)), max(abs(low), abs(high))


def _difference(_: Number, reading: Reading) -> Interval:
    one, other = reading.numbers
    return _absolute(one.low - other.high, one.high - other.low)


def _net(_: Number, reading: Reading) -> Interval:
    pairs = list(zip(reading.numbers, reading.signs, strict=True))
    middle = sum((sign * abs(each.value) for each, sign in pairs), Fraction(0))
    room = sum((each.half for each in reading.numbers), Fraction(0))
    return _absolute(middle - room, middle + room)


def _whole(printed: Number, reading: Reading) -> Interval:
    """What the shares beside a share leave of 100; where they are many, a little more or less."""
    low, high = _sum(printed, reading)
    return times_of(printed) - high, times_of(printed) - low


def _direction(printed: Number, reading: Reading) -> Interval:
    """The printed rate itself if both words point one way, else one that cannot be."""
    one, other = reading.signs
    value = abs(printed.value) if one == other else -abs(printed.value) - 1
    return value, value


def _between(_: Number, reading: Reading) -> Interval:
    return min(each.low for each in reading.numbers), max(each.high for each in reading.numbers)


def _countable(printed: Number, reading: Reading) -> Interval | None:
    """The rate that a whole number before gives which lies nearest to the printed one."""
    (new,) = reading.numbers
    sign = reading.signs[0]
    rate = abs(printed.value) * sign
    if rate <= -100:
        return None
    times = times_of(printed)
    before = new.value / (1 + rate / times)
    near = [Fraction(int(before) + step) for step in (-1, 0, 1, 2) if int(before) + step > 0]
    rates = [times * abs(new.value - old) / old for old in near]
    best = min(rates, key=lambda each: abs(each - abs(rate)), default=None)
    return None if best is None else (best, best)


def _quotient(_: Number, reading: Reading) -> Interval | None:
    """The whole by its number, times the unit of the whole in that of the average (1,000 kg a ton)."""
    whole, number = reading.numbers
    (unit,) = reading.signs
    return (
        (unit * whole.low / number.high, unit * whole.high / number.low) if number.low > 0 else None
    )


def _same(_: Number, reading: Reading) -> Interval:
    return reading.numbers[0].low, reading.numbers[0].high


def _at_most(_: Number, reading: Reading) -> Interval:
    return Fraction(0), reading.numbers[0].high


_FORMULAS: Mapping[Formula, Callable[[Number, Reading], Interval | None]] = {
    Formula.RATIO: _ratio,
    Formula.REST: _rest,
    Formula.SUM: _sum,
    Formula.GROWTH: _growth,
    Formula.CHANGE: _change,
    Formula.DIFFERENCE: _difference,
    Formula.NET: _net,
    Formula.WHOLE: _whole,
    Formula.BETWEEN: _between,
    Formula.COUNTABLE: _countable,
    Formula.DIRECTION: _direction,
    Formula.QUOTIENT: _quotient,
    Formula.SAME: _same,
    Formula.AT_MOST: _at_most,
}
