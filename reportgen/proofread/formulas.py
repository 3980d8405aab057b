"""What each formula gives for a printed number: exact fractions, from and to.

Every printed number stands for all values that are printed so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import lcm

from reportgen.proofread.model import ClaimReading, Formula, Number, NumberKind

Interval = tuple[Fraction, Fraction]


def compute_expected(printed: Number, reading: ClaimReading) -> Interval | None:
    """Return what the others give for the printed number; None where it cannot be reckoned."""
    return _FORMULAS[reading.formula](reading.printed or printed, reading)


def values_of(number: Number) -> Interval:
    """Return all values that are printed so; of a rate without its sign."""
    if number.kind is NumberKind.COUNT:
        return number.low, number.high
    return abs(number.value) - number.half, abs(number.value) + number.half


def times_of(printed: Number) -> int:
    """Return what a whole is: 100 of percent, 1000 of permille."""
    return 1000 if printed.kind is NumberKind.PERMILLE else 100


def _compute_ratio(printed: Number, reading: ClaimReading) -> Interval | None:
    part, whole = reading.numbers[0], reading.numbers[1:]
    low, high = sum(each.low for each in whole), sum(each.high for each in whole)
    if low <= 0:
        return None
    times = times_of(printed)
    return times * part.low / high, times * part.high / low


def _compute_rest(printed: Number, reading: ClaimReading) -> Interval | None:
    found = _compute_ratio(printed, reading)
    return None if found is None else (times_of(printed) - found[1], times_of(printed) - found[0])


def _compute_sum(_: Number, reading: ClaimReading) -> Interval:
    return _add_up([each.low for each in reading.numbers]), _add_up(
        [each.high for each in reading.numbers]
    )


def _add_up(values: Sequence[Fraction]) -> Fraction:
    """Their sum, reckoned in whole numbers of one scale: a fraction for every step is ten times dearer."""
    scale = lcm(*{each.denominator for each in values})
    return Fraction(sum(each.numerator * (scale // each.denominator) for each in values), scale)


def _compute_growth(printed: Number, reading: ClaimReading) -> Interval | None:
    new, old = reading.numbers
    if old.low <= 0:
        return None
    times = times_of(printed)
    low, high = times * (new.low - old.high) / old.high, times * (new.high - old.low) / old.low
    return _drop_sign(low, high)


def _compute_change(printed: Number, reading: ClaimReading) -> Interval | None:
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


def _drop_sign(low: Fraction, high: Fraction) -> Interval:
    if low <= 0 <= high:
        return Fraction(0), max(-low, high)
    return min(abs(low), abs(high)), max(abs(low), abs(high))


def _compute_difference(_: Number, reading: ClaimReading) -> Interval:
    one, other = reading.numbers
    return _drop_sign(one.low - other.high, one.high - other.low)


def _compute_net(_: Number, reading: ClaimReading) -> Interval:
    pairs = list(zip(reading.numbers, reading.signs, strict=True))
    middle = sum((sign * abs(each.value) for each, sign in pairs), Fraction(0))
    room = sum((each.half for each in reading.numbers), Fraction(0))
    return _drop_sign(middle - room, middle + room)


def _compute_whole(printed: Number, reading: ClaimReading) -> Interval:
    """What the shares beside a share leave of 100; where they are many, a little more or less."""
    low, high = _compute_sum(printed, reading)
    return times_of(printed) - high, times_of(printed) - low


def _compute_direction(printed: Number, reading: ClaimReading) -> Interval:
    """The printed rate itself if both words point one way, else one that cannot be."""
    one, other = reading.signs
    value = abs(printed.value) if one == other else -abs(printed.value) - 1
    return value, value


def _compute_between(_: Number, reading: ClaimReading) -> Interval:
    return min(each.low for each in reading.numbers), max(each.high for each in reading.numbers)


def _compute_countable(printed: Number, reading: ClaimReading) -> Interval | None:
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


def _quotient(_: Number, reading: ClaimReading) -> Interval | None:
    """The whole by its number, times the unit of the whole in that of the average (1,000 kg a ton)."""
    whole, number = reading.numbers
    (unit,) = reading.signs
    return (
        (unit * whole.low / number.high, unit * whole.high / number.low) if number.low > 0 else None
    )


def _same(_: Number, reading: ClaimReading) -> Interval:
    return reading.numbers[0].low, reading.numbers[0].high


def _at_most(_: Number, reading: ClaimReading) -> Interval:
    return Fraction(0), reading.numbers[0].high


_FORMULAS: Mapping[Formula, Callable[[Number, ClaimReading], Interval | None]] = {
    Formula.RATIO: _compute_ratio,
    Formula.REST: _compute_rest,
    Formula.SUM: _compute_sum,
    Formula.GROWTH: _compute_growth,
    Formula.CHANGE: _compute_change,
    Formula.DIFFERENCE: _compute_difference,
    Formula.NET: _compute_net,
    Formula.WHOLE: _compute_whole,
    Formula.BETWEEN: _compute_between,
    Formula.COUNTABLE: _compute_countable,
    Formula.DIRECTION: _compute_direction,
    Formula.QUOTIENT: _quotient,
    Formula.SAME: _same,
    Formula.AT_MOST: _at_most,
}
