"""Claims → verdicts: the third part, interval arithmetic with exact fractions.

It knows no Chinese.  Every printed number stands for all values that are printed so; a claim holds
if some choice of values makes its formula true.  A claim that any of its readings explains holds;
only what nothing explains is held against the reading that is meant most surely.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from reportgen.proofread.model import (
    Agreement,
    Claim,
    Formula,
    Kind,
    Number,
    Reading,
    Strength,
    Verdict,
)

Interval = tuple[Fraction, Fraction]
_ABOUT = Fraction(1, 20)
"""How far, as a part of it, a number that is said to be about so much may lie off."""


_NEAREST = tuple(Agreement)
"""From what holds to what is wrong by any amount."""


def reckon(claims: Sequence[Claim]) -> list[Verdict]:
    """Return a verdict on every claim that can be reckoned, in order."""
    holding = [[_holds(claim, each) for each in claim.readings] for claim in claims]
    support = _count_support(claims, holding)
    support += _vouch_for_misses(claims, holding, support)
    uses = Counter(
        pattern for claim in claims for pattern in {each.pattern for each in claim.readings}
    )
    verdicts = [
        replace(verdict, opposed=uses[verdict.reading.pattern] - verdict.supported - 1)
        for claim, held in zip(claims, holding, strict=True)
        if (verdict := _judge(claim, held, support)) is not None
    ]
    return list(_tell_bent(verdicts))


def _tell_bent(verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    """Shares one unit off are bent where all of one base and sentence make exactly 100."""
    lists: defaultdict[tuple[object, ...], Fraction] = defaultdict(Fraction)
    for each in verdicts:
        if each.reading.formula is Formula.RATIO:
            lists[_list_of(each)] += each.claim.printed.value
    for each in verdicts:
        off = each.agreement in {Agreement.CUT, Agreement.LAST}
        whole = each.reading.formula is Formula.RATIO and lists[_list_of(each)] == 100
        yield replace(each, agreement=Agreement.BENT) if off and whole else each


def _list_of(verdict: Verdict) -> tuple[object, ...]:
    return (verdict.claim.printed.sentence, *(each.start for each in verdict.reading.numbers[1:]))


def _count_support(
    claims: Sequence[Claim], holding: Sequence[Sequence[bool]]
) -> Counter[tuple[object, ...]]:
    """How many claims hold by each pattern."""
    support: Counter[tuple[object, ...]] = Counter()
    for claim, held in zip(claims, holding, strict=True):
        pairs = zip(claim.readings, held, strict=True)
        support.update({reading.pattern for reading, holds in pairs if reading.pattern and holds})
    return support


def _vouch_for_misses(
    claims: Sequence[Claim],
    holding: Sequence[Sequence[bool]],
    support: Mapping[tuple[object, ...], int],
) -> Counter[tuple[object, ...]]:
    """One vote for a base that no share holds by, but that several unexplained ones nearly fit."""
    near: Counter[tuple[object, ...]] = Counter()
    for claim, held in zip(claims, holding, strict=True):
        unit = 2 * claim.printed.half
        if any(held) or not unit or claim.printed.value < _DIGITS * unit:
            continue
        near.update(
            {
                reading.pattern
                for reading in claim.readings
                if reading.formula is Formula.RATIO and reading.pattern and _is_close(claim, reading)
                and (expected := _expected(claim, reading))
                and _compare(claim.printed, reading, expected) in _NEARLY
            }
        )  # fmt: skip
    return Counter(
        {each: 1 for each, votes in near.items() if votes >= 2 and not support.get(each)}
    )


def _is_close(claim: Claim, reading: Reading) -> bool:
    """Whether a rate lies so near that its leading digit may be right."""
    low, high = _rough_ratio(_times(claim.printed), [each.rough for each in reading.numbers])
    below, above = claim.printed.rough
    return low * 0.8 <= above and below <= high * 1.25


_NEARLY = {Agreement.CUT, Agreement.LAST, Agreement.SLIP}
_DIGITS = 100
"""Rates of three digits and more; a shorter one is nearly anything."""


def _judge(
    claim: Claim, held: Sequence[bool], support: Mapping[tuple[object, ...], int]
) -> Verdict | None:
    ranked = sorted(
        zip(claim.readings, held, strict=True),
        key=lambda each: _rank(each[0], support.get(each[0].pattern, 0)),
        reverse=True,
    )
    for reading, holds in ranked:
        if holds:
            if _is_by_chance(reading, ranked[0][0], support):
                break
            expected = _expected(claim, reading)
            assert expected is not None
            others = support.get(reading.pattern, 1) - 1
            return Verdict(claim, reading, Agreement.HOLDS, expected, others)
    return _hold_against(claim, [reading for reading, _ in ranked], support)


def _rank(reading: Reading, support: int) -> tuple[bool, bool, int, int]:
    """The surest first; a base that shares beside it take before one that only stands there."""
    sure, strength = reading.strength is Strength.SURE, reading.strength.value
    return sure, reading.formula is Formula.RATIO and support >= _ALIKE, strength, support


_ALIKE = 2


def _hold_against(
    claim: Claim, ranked: Sequence[Reading], support: Mapping[tuple[object, ...], int]
) -> Verdict | None:
    """The verdict by the surest reading; of totals equally sure by the nearest."""
    told = [
        Verdict(
            claim, reading, _compare(reading.printed or claim.printed, reading, expected), expected,
            support.get(reading.pattern, 0),
        )
        for reading in ranked
        if reading.strength is ranked[0].strength and (expected := _expected(claim, reading))
        if reading is ranked[0] or (reading.formula is Formula.SUM and reading.strength is not Strength.POSSIBLE)
    ]  # fmt: skip
    return min(told, key=lambda each: _NEAREST.index(each.agreement), default=None)


def _is_by_chance(
    holding: Reading, meant: Reading, support: Mapping[tuple[object, ...], int]
) -> bool:
    """Whether a reading that holds is outweighed: all the list takes another base."""
    alone = holding.strength is Strength.POSSIBLE or support.get(holding.pattern, 1) <= 1
    likely = meant.formula is Formula.RATIO and meant.strength.value >= Strength.BESIDE.value
    return alone and likely and support.get(meant.pattern, 0) >= _MANY


_MANY = 3
"""So many shares of one base outweigh a chance fit of another."""


def _holds(claim: Claim, reading: Reading) -> bool:
    printed = reading.printed or claim.printed
    loose = printed.loose or any(number.loose for number in reading.numbers)
    if not loose and _is_far(printed, reading):
        return False
    expected = _expected(claim, reading)
    low, high = _printed(printed)
    if loose:
        about = _ABOUT * max(abs(low), abs(high))
        low, high = low - about, high + about
    return expected is not None and expected[0] <= high and low <= expected[1]


def _is_far(printed: Number, reading: Reading) -> bool:
    """Whether a reading misses by more than floating point can err: no need to reckon exactly."""
    way = _ROUGH.get(reading.formula)
    if way is None:
        return False
    low, high = printed.rough
    if low < 0:
        return False
    times = _times(printed)
    least, most = way(times, [each.rough for each in reading.numbers])
    slack = 1e-9 * max(high, abs(most), 1.0)
    return least > high + slack or most < low - slack


Rough = tuple[float, float]


def _rough_sum(_: int, numbers: Sequence[Rough]) -> Rough:
    return sum([low for low, _ in numbers]), sum([high for _, high in numbers])


def _rough_ratio(times: int, numbers: Sequence[Rough]) -> Rough:
    (one, other), *whole = numbers
    below, above = _rough_sum(times, whole)
    return (times * one / above, times * other / below) if below > 0 else _ANY


def _rough_rest(times: int, numbers: Sequence[Rough]) -> Rough:
    low, high = _rough_ratio(times, numbers)
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
    Formula.RATIO: _rough_ratio,
    Formula.REST: _rough_rest,
    Formula.GROWTH: _rough_growth,
}


def _printed(number: Number) -> Interval:
    if number.kind is Kind.COUNT:
        return number.low, number.high
    return abs(number.value) - number.half, abs(number.value) + number.half


def _compare(printed: Number, reading: Reading, expected: Interval) -> Agreement:
    """How far off a printed number is that does not hold."""
    if reading.formula is Formula.SUM:
        return _compare_sum(printed, reading, expected)
    if printed.half:
        unit = 2 * printed.half
        value = abs(printed.value)
        if unit and value <= expected[0] and expected[1] < value + unit:
            return Agreement.CUT
        if unit and expected[0] - unit * 3 / 2 <= value <= expected[1] + unit * 3 / 2:
            return Agreement.LAST
    return _slip(printed, expected) or Agreement.WRONG


def _compare_sum(total: Number, reading: Reading, expected: Interval) -> Agreement:
    """A few units off, one slip in the total or a part, or more."""
    unit = max(2 * each.half or Fraction(1) for each in (total, *reading.numbers))
    middle = (expected[0] + expected[1]) / 2
    if total.value >= _LARGE * unit and abs(total.value - middle) <= _FEW * unit:
        return Agreement.LAST
    room = total.half + (expected[1] - expected[0]) / 2
    found = [_slip(total, expected)]
    for part in reading.numbers:
        rest = total.value - (middle - part.value)
        found.append(_slip(part, (rest - room, rest + room)))
    return min((each for each in found if each), key=_NEAREST.index, default=Agreement.WRONG)


_LARGE, _FEW = 50, 3
"""A total of so many units that is only so many units off is hardly met by chance."""


def _slip(number: Number, meant: Interval) -> Agreement | None:
    """The slip of the pen that leads from what was meant to the number printed."""
    unit = 2 * number.half or Fraction(1)
    low, high = (meant[0] - number.half) / unit, (meant[1] + number.half) / unit
    least, most = -(-low.numerator // low.denominator), high.numerator // high.denominator
    if most < 0:
        return None
    value = abs(number.value)
    if any(
        meant[0] <= (value + number.half) * factor and (value - number.half) * factor <= meant[1]
        for factor in _FACTORS
    ):
        return Agreement.SCALE
    digits = str(int(value / unit))
    if any(least <= int(text) <= most for text in _swapped(digits)):
        return Agreement.SWAP
    return Agreement.SLIP if any(least <= each <= most for each in _one_off(digits)) else None


_FACTORS = (10, 100, 10**4, Fraction(1, 10), Fraction(1, 100), Fraction(1, 10**4))
"""Misplaced decimal points; ten thousands taken for hundred millions."""


def _swapped(digits: str) -> Iterator[str]:
    for at in range(len(digits) - 1):
        if digits[at] != digits[at + 1]:
            yield digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


def _one_off(digits: str) -> Iterator[int]:
    whole = int(digits)
    for place, digit in enumerate(reversed(digits)):
        rest = whole - int(digit) * 10**place
        yield from (rest + other * 10**place for other in range(10) if other != int(digit))


def _expected(claim: Claim, reading: Reading) -> Interval | None:
    """What the others give for the printed number; None where it cannot be reckoned."""
    return _FORMULAS[reading.formula](reading.printed or claim.printed, reading)


def _ratio(printed: Number, reading: Reading) -> Interval | None:
    part, whole = reading.numbers[0], reading.numbers[1:]
    low, high = sum(each.low for each in whole), sum(each.high for each in whole)
    if low <= 0:
        return None
    times = _times(printed)
    return times * part.low / high, times * part.high / low


def _rest(printed: Number, reading: Reading) -> Interval | None:
    found = _ratio(printed, reading)
    return None if found is None else (_times(printed) - found[1], _times(printed) - found[0])


def _times(printed: Number) -> int:
    return 1000 if printed.kind is Kind.PERMILLE else 100


def _sum(_: Number, reading: Reading) -> Interval:
    low = sum((each.low for each in reading.numbers), Fraction(0))
    high = sum((each.high for each in reading.numbers), Fraction(0))
    return low, high


def _growth(printed: Number, reading: Reading) -> Interval | None:
    new, old = reading.numbers
    if old.low <= 0:
        return None
    times = _times(printed)
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
    times = _times(printed)
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
    return _times(printed) - high, _times(printed) - low


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
    times = _times(printed)
    before = new.value / (1 + rate / times)
    near = [Fraction(int(before) + step) for step in (-1, 0, 1, 2) if int(before) + step > 0]
    rates = [times * abs(new.value - old) / old for old in near]
    best = min(rates, key=lambda each: abs(each - abs(rate)), default=None)
    return None if best is None else (best, best)


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
}
