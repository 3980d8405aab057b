"""How far off a number is that does not hold: cut off, a unit of its last place, a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from reportgen.proofread.formulas import Interval
from reportgen.proofread.model import Agreement, ClaimReading, Formula, Number

NEAREST = tuple(Agreement)
"""From what holds to what is wrong by any amount."""


def compare_printed(printed: Number, reading: ClaimReading, expected: Interval) -> Agreement:
    """How far off a printed number is that does not hold."""
    if reading.formula is Formula.SUM:
        return _compare_sum(printed, reading, expected)
    return compare_rate(abs(printed.value), printed.half, expected) or Agreement.WRONG


def _compare_sum(total: Number, reading: ClaimReading, expected: Interval) -> Agreement:
    """A few units off, one slip in the total or a part, or more."""
    unit = 2 * max(each.half or _HALF for each in (total, *reading.numbers))
    middle = (expected[0] + expected[1]) / 2
    if total.value >= _LARGE * unit and abs(total.value - middle) <= _FEW * unit:
        return Agreement.LAST
    room = total.half + (expected[1] - expected[0]) / 2
    least, most = total.value - middle - room, total.value - middle + room
    needed = -float(most) - 1e-9 * abs(float(most)) - 1  # of less, the others alone are too much
    found = [
        _find_number_slip(total, expected),
        *(
            _find_number_slip(part, (least + part.value, most + part.value))
            for part in reading.numbers
            if part.rough[1] >= needed
        ),
    ]
    return min((each for each in found if each), key=NEAREST.index, default=Agreement.WRONG)


_HALF = Fraction(1, 2)
_LARGE, _FEW = 50, 3
"""A total of so many units that is only so many units off is hardly met by chance."""


def find_slip(value: Fraction, half: Fraction, meant: Interval) -> Agreement | None:
    """Return the slip of the pen that leads from what was meant to the number printed.

    ``value`` and ``half``: of the number printed, without its sign, and half a unit of its last place.
    """
    printed, room, low, high, one = _scale_up(value, half, *meant, Fraction(1))
    unit = 2 * room or one
    least, most = -((room - low) // unit), (high + room) // unit
    if most < 0:
        return None
    if any(
        (low <= (printed + room) * times and (printed - room) * times <= high)
        or (low * times <= printed + room and printed - room <= high * times)
        for times in _FACTORS
    ):
        return Agreement.SCALE
    digits = str(printed // unit)
    if any(least <= int(text) <= most for text in _iter_swapped(digits)):
        return Agreement.SWAP
    return Agreement.SLIP if any(least <= each <= most for each in _iter_one_off(digits)) else None


def _find_number_slip(number: Number, meant: Interval) -> Agreement | None:
    return find_slip(abs(number.value), number.half, meant)


def compare_rate(value: Fraction, half: Fraction, meant: Interval) -> Agreement | None:
    """Return how a rate that does not hold is off: cut off, by a unit of its last place, by a slip."""
    unit = 2 * half
    if unit and value <= meant[0] and meant[1] < value + unit:
        return Agreement.CUT
    if unit and meant[0] - unit * 3 / 2 <= value <= meant[1] + unit * 3 / 2:
        return Agreement.LAST
    return find_slip(value, half, meant)


_FACTORS = (10, 100, 10**4)
"""Misplaced decimal points, either way; ten thousands taken for hundred millions."""


def _scale_up(*values: Fraction) -> list[int]:
    """Values as whole numbers of one scale: those are quickly compared."""
    scale = lcm(*(each.denominator for each in values))
    return [each.numerator * (scale // each.denominator) for each in values]


def _iter_swapped(digits: str) -> Iterator[str]:
    for at in range(len(digits) - 1):
        if digits[at] != digits[at + 1]:
            yield digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


def _iter_one_off(digits: str) -> Iterator[int]:
    whole = int(digits)
    for place, digit in enumerate(reversed(digits)):
        rest = whole - int(digit) * 10**place
        yield from (rest + other * 10**place for other in range(10) if other != int(digit))
