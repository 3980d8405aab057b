"""Exact rounding of percentages.

Everything is done in fractions: 1/8 is 12.5 % and rounds to 13 %, 20/128 to 15.63 % at two places,
where binary floating point would say 12 % and 15.62 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Share:
    """One share in percent: ``shown`` at the chosen places, ``exact``, and ``plain``: half up."""

    shown: Decimal
    exact: Fraction
    plain: Decimal

    @property
    def adjusted(self) -> bool:
        """Whether the share was moved from its half-up value so that all add up to 100."""
        return self.shown != self.plain


def half_up(number: Fraction, places: int) -> Decimal:
    """``number`` at ``places`` decimals, a half always away from zero."""
    sign = -1 if number < 0 else 1
    scaled = abs(number) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return _decimal(sign * units, places)


def percent(part: int, base: int, places: int) -> Decimal:
    """``part`` of ``base`` in percent; ``base`` is not 0."""
    return half_up(Fraction(100 * part, base), places)


def plain_shares(counts: Sequence[int], places: int) -> list[Share]:
    """Each count's percentage of their sum, rounded by itself (四舍五入)."""
    total = sum(counts)
    exact = [Fraction(100 * count, total) if total else Fraction(0) for count in counts]
    return [Share(half_up(share, places), share, half_up(share, places)) for share in exact]


def shares_of_100(counts: Sequence[int], places: int) -> list[Share]:
    """Percentages that add up to exactly 100: largest remainder, at ``places`` decimals.

    Equal remainders go to the larger count first, then to the earlier one.  All zero if the sum is.
    """
    plain = plain_shares(counts, places)
    if not sum(counts):
        return plain
    scale = 10**places
    units = [int(share.exact * scale) for share in plain]
    order = sorted(
        range(len(counts)), key=lambda i: (units[i] - plain[i].exact * scale, -counts[i], i)
    )
    for i in order[: 100 * scale - sum(units)]:
        units[i] += 1
    return [
        Share(_decimal(unit, places), share.exact, share.plain)
        for unit, share in zip(units, plain, strict=True)
    ]


def _decimal(units: int, places: int) -> Decimal:
    return Decimal(units).scaleb(-places)
