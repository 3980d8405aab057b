"""A quick look in floating point: which readings miss by so much that exact reckoning is spared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reportgen.proofread.formulas import times_of
from reportgen.proofread.model import Formula, Number, Reading


def is_far(printed: Number, reading: Reading) -> bool:
    """Whether a reading misses by more than floating point can err: no need to reckon exactly."""
    way = _ROUGH.get(reading.formula)
    if way is None:
        return False
    low, high = printed.rough
    if low < 0:
        return False
    times = times_of(printed)
    least, most = way(times, [each.rough for each in reading.numbers])
    slack = 1e-9 * max(high, abs(most), 1.0)
    return least > high + slack or most < low - slack


Rough = tuple[float, float]


def _rough_sum(_: int, numbers: Sequence[Rough]) -> Rough:
    return sum([low for low, _ in numbers]), sum([high for _, high in numbers])


def rough_ratio(times: int, numbers: Sequence[Rough]) -> Rough:
    """Return about what the first number is of the others, from and to."""
    (one, other), *whole = numbers
    below, above = _rough_sum(times, whole)
    return (times * one / above, times * other / below) if below > 0 else _ANY


def _rough_rest(times: int, numbers: Sequence[Rough]) -> Rough:
    low, high = rough_ratio(times, numbers)
    return times - high, times - low


def _rough_growth(times: int, numbers: Sequence[Rough]) -> Rough:
    (one, other), (below, above) = numbers
    if below <= 0:
        return _ANY
    low, high = times * (one - above) / above, times * (other - below) / below
    return (min(abs(low), abs(high)) if low * high > 0 else 0.0), max(abs(low), abs(high))


_ANY = (float("-inf"), float("inf"))
_ROUGH: Mapping[Formula, Callable[[int, Sequence[Rough]], Rough]] = {
    Formula.SUM: _rough_sum,
    Formula.RATIO: rough_ratio,
    Formula.REST: _rough_rest,
    Formula.GROWTH: _rough_growth,
}
