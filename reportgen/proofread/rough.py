"""A quick look in floating point: which readings miss by so much that exact reckoning is spared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reportgen.proofread.formulas import times_of
from reportgen.proofread.model import ClaimReading, Formula, Number


def is_far(printed: Number, reading: ClaimReading) -> bool:
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


def _estimate_sum(_: int, numbers: Sequence[Rough]) -> Rough:
    return sum([low for low, _ in numbers]), sum([high for _, high in numbers])


def estimate_ratio(times: int, numbers: Sequence[Rough]) -> Rough:
    """Return about what the first number is of the others, from and to."""
    (one, other), *whole = numbers
    below, above = _estimate_sum(times, whole)
    return (times * one / above, times * other / below) if below > 0 else _ANY


def _estimate_rest(times: int, numbers: Sequence[Rough]) -> Rough:
    low, high = estimate_ratio(times, numbers)
    return times - high, times - low


def _estimate_growth(times: int, numbers: Sequence[Rough]) -> Rough:
    (one, other), (below, above) = numbers
    if below <= 0:
        return _ANY
    low, high = times * (one - above) / above, times * (other - below) / below
    return (min(abs(low), abs(high)) if low * high > 0 else 0.0), max(abs(low), abs(high))


_ANY = (float("-inf"), float("inf"))
_ROUGH: Mapping[Formula, Callable[[int, Sequence[Rough]], Rough]] = {
    Formula.SUM: _estimate_sum,
    Formula.RATIO: estimate_ratio,
    Formula.REST: _estimate_rest,
    Formula.GROWTH: _estimate_growth,
}
