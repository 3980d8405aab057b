"""Rounding is exact, nothing but all is 100 %, shares add up, and equal counts look equal."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.facts.rounding import (
    compute_percent,
    places_of,
    round_half_up,
    round_shares,
    round_shares_to_100,
)

COUNTS = st.lists(st.integers(0, 5000), min_size=1, max_size=8).filter(lambda c: sum(c) > 0)
PLACES = st.integers(0, 2)


@pytest.mark.parametrize(
    ("part", "base", "places", "shown"),
    [
        (2, 6, 0, "33"),
        (3, 6, 0, "50"),
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
    assert str(compute_percent(part, base, places)) == shown


@pytest.mark.parametrize(
    ("part", "base", "places", "shown"),
    [
        (199, 200, 0, "99.5"),
        (198, 200, 0, "99"),
        (200, 200, 0, "100"),
        (983, 984, 0, "99.9"),
        (1, 984, 0, "0.1"),
        (0, 984, 0, "0"),
        (1, 200, 0, "1"),
        (39999, 40000, 2, "99.998"),
        (1, 10**9, 0, "0.0000001"),
        (-1, 300, 0, "-0.3"),
        (-299, 300, 0, "-99.7"),
        (1004, 1000, 0, "100.4"),
        (2000, 1000, 0, "200"),
    ],
)
def test_only_none_is_0_and_only_all_is_100(part: int, base: int, places: int, shown: str) -> None:
    assert f"{compute_percent(part, base, places):f}" == shown


def test_negative_half_goes_away_from_zero() -> None:
    assert round_half_up(Fraction(-5, 2), 0) == Decimal(-3)


@pytest.mark.parametrize(
    ("counts", "places", "shown"),
    [
        ([6, 1], 0, ["86", "14"]),
        ([1, 1, 1], 0, ["34", "33", "33"]),
        ([4, 7, 1], 2, ["33.33", "58.34", "8.33"]),
        ([74, 33, 8], 2, ["64.35", "28.69", "6.96"]),
        ([0, 0], 1, ["0.0", "0.0"]),
        ([3, 5], 0, ["37", "63"]),
        ([2, 3, 2], 0, ["29", "42", "29"]),
        ([3, 3, 2, 2, 1, 1], 0, ["25", "25", "17", "17", "8", "8"]),
        ([1] * 7, 0, ["15", "15", "14", "14", "14", "14", "14"]),
        ([199, 1], 0, ["99.5", "0.5"]),
        ([299, 1], 0, ["99.7", "0.3"]),
        ([198, 1, 1], 0, ["99.0", "0.5", "0.5"]),
        ([100, 99, 1], 0, ["50", "49", "1"]),
        ([4999, 1], 0, ["99.98", "0.02"]),
    ],
)
def test_largest_remainder__ok(counts: list[int], places: int, shown: list[str]) -> None:
    assert [str(share.shown) for share in round_shares_to_100(counts, places)] == shown


@given(COUNTS, PLACES)
def test_shares_add_up_to_100_and_move_less_than_one_unit(counts: list[int], places: int) -> None:
    shares = round_shares_to_100(counts, places)
    (decimals,) = {places_of(share.shown) for share in shares}
    assert decimals >= places
    assert sum(share.shown for share in shares) == 100
    for share, count in zip(shares, counts, strict=True):
        exact = Fraction(100 * count, sum(counts))
        assert abs(Fraction(share.shown) - exact) < Fraction(1, 10**decimals)
        assert share.shown not in (0, 100) or share.shown == exact


@given(COUNTS, PLACES)
def test_larger_counts_never_get_smaller_shares(counts: list[int], places: int) -> None:
    shares = round_shares_to_100(counts, places)
    ranked = sorted(zip(counts, (share.shown for share in shares), strict=True))
    assert all(a[1] <= b[1] for a, b in pairwise(ranked) if a[0] < b[0])


@given(COUNTS, PLACES)
def test_adjusted_shares_are_marked(counts: list[int], places: int) -> None:
    for share, count in zip(round_shares_to_100(counts, places), counts, strict=True):
        exact = Fraction(100 * count, sum(counts))
        assert share.adjusted == (share.shown != round_half_up(exact, places_of(share.shown)))


@given(COUNTS, PLACES)
def test_shares_by_themselves_have_the_same_decimals_and_claim_nothing_false(
    counts: list[int], places: int
) -> None:
    shares = round_shares(counts, places)
    (decimals,) = {places_of(share.shown) for share in shares}
    for share, count in zip(shares, counts, strict=True):
        exact = Fraction(100 * count, sum(counts))
        assert share.shown == round_half_up(exact, decimals)
        assert share.shown not in (0, 100) or share.shown == exact


@given(st.lists(st.integers(0, 9), min_size=1, max_size=8).filter(sum), st.integers(0, 1))
def test_equal_counts_get_equal_shares_unless_no_way_of_rounding_allows_it(
    counts: list[int], places: int
) -> None:
    shares = [share.shown for share in round_shares_to_100(counts, places)]
    exact = [Fraction(100 * count, sum(counts)) for count in counts]
    below = [int(share * 10**places) for share in exact]
    options = [
        {Decimal(n).scaleb(-places), Decimal(n + (n != share * 10**places)).scaleb(-places)}
        for n, share in zip(below, exact, strict=True)
    ]
    sizes = {count: counts.count(count) for count in counts}
    of = {count: sorted(options[counts.index(count)]) for count in sizes}
    ways = (dict(zip(of, chosen, strict=True)) for chosen in product(*of.values()))
    allowed = [way for way in ways if sum(way[n] * sizes[n] for n in way) == 100 and rising(way)]
    assert (len(set(zip(counts, shares, strict=True))) == len(sizes)) == bool(allowed)


def rising(way: dict[int, Decimal]) -> bool:
    """Whether no larger count has a smaller share."""
    return all(way[one] <= way[two] for one, two in pairwise(sorted(way)))


@pytest.mark.parametrize(
    ("counts", "wanted", "shown"),
    [
        ([3, 5], {3: 38}, ["38", "62"]),
        ([3, 5], {5: 63}, ["37", "63"]),
        ([2, 1, 5], {5: 62}, ["25", "13", "62"]),
        ([2, 1, 5], {}, ["25", "12", "63"]),
        ([1, 1, 1], {1: 33}, ["34", "33", "33"]),
        ([3, 5], {3: 38, 5: 63}, ["37", "63"]),
    ],
)
def test_a_share_is_what_a_rate_beside_it_says_if_the_others_allow_it(
    counts: list[int], wanted: dict[int, int], shown: list[str]
) -> None:
    wishes = {count: Decimal(share) for count, share in wanted.items()}
    assert [str(share.shown) for share in round_shares_to_100(counts, 0, wishes)] == shown
