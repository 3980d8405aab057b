"""Rounding is exact, shares add up to 100, and the ties fall as the offices expect."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analysis.rounding import half_up, percent, plain_shares, shares_of_100

COUNTS = st.lists(st.integers(0, 5000), min_size=1, max_size=8).filter(lambda c: sum(c) > 0)
PLACES = st.integers(0, 2)


@pytest.mark.parametrize(
    ("part", "base", "places", "shown"),
    [
        (1, 8, 0, "13"),
        (20, 128, 2, "15.63"),
        (6, 7, 0, "86"),
        (1, 7, 0, "14"),
        (1, 200, 0, "1"),
        (1, 3, 2, "33.33"),
        (0, 5, 1, "0.0"),
    ],
)
def test_ties_round_half_up__ok(part: int, base: int, places: int, shown: str) -> None:
    assert str(percent(part, base, places)) == shown


def test_negative_half_goes_away_from_zero() -> None:
    assert half_up(Fraction(-5, 2), 0) == Decimal(-3)


@pytest.mark.parametrize(
    ("counts", "places", "shown"),
    [
        ([6, 1], 0, ["86", "14"]),
        ([1, 1, 1], 0, ["34", "33", "33"]),
        ([4, 7, 1], 2, ["33.33", "58.34", "8.33"]),
        ([74, 33, 8], 2, ["64.35", "28.69", "6.96"]),
        ([0, 0], 1, ["0.0", "0.0"]),
    ],
)
def test_largest_remainder__ok(counts: list[int], places: int, shown: list[str]) -> None:
    assert [str(share.shown) for share in shares_of_100(counts, places)] == shown


@given(COUNTS, PLACES)
def test_shares_add_up_to_100_and_move_less_than_one_unit(counts: list[int], places: int) -> None:
    shares = shares_of_100(counts, places)
    unit = Fraction(1, 10**places)
    assert sum(share.shown for share in shares) == 100
    for share, count in zip(shares, counts, strict=True):
        assert abs(Fraction(share.shown) - share.exact) < unit
        assert count or share.shown == 0


@given(COUNTS, PLACES)
def test_larger_counts_never_get_smaller_shares(counts: list[int], places: int) -> None:
    shares = shares_of_100(counts, places)
    ranked = sorted(zip(counts, (share.shown for share in shares), strict=True))
    assert all(a[1] <= b[1] for a, b in pairwise(ranked) if a[0] < b[0])


@given(COUNTS, PLACES)
def test_adjusted_shares_are_marked(counts: list[int], places: int) -> None:
    for share, plain in zip(
        shares_of_100(counts, places), plain_shares(counts, places), strict=True
    ):
        assert share.adjusted == (share.shown != plain.shown)
