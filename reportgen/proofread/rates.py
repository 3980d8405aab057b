"""Numbers → claims among rates alone: shares that make 100, changes that cancel, overall and parts.

Also what a rate demands of whole numbers: a count of so many more than a whole number before, and
shares whose base is not printed but must be one and the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from reportgen.proofread.model import (
    RATES,
    Claim,
    ClaimReading,
    Formula,
    Number,
    NumberKind,
    Strength,
)
from reportgen.proofread.vocabulary import (
    find_direction,
    is_change,
    is_linked,
    is_share,
    own_words,
    sort_of,
    speaks_of_earlier,
)

_SHARES_CHANGE = re.compile(r"比重|占比|比例|岁|产业")
_SMALL = 3000
"""Counts up to this tell by a rate of two decimals whether a whole number stood before."""


def find_rates(numbers: Sequence[Number]) -> Iterator[Claim]:
    """Yield the claims of rates against one another."""
    for _, found in groupby(numbers, key=lambda each: (each.block, each.sentence)):
        sentence = list(found)
        yield from _find_wholes([each for each in sentence if _is_plain_share(each)])
        yield from _proportions([each for each in sentence if each.kind is NumberKind.RATIO])
        yield from _find_nets(
            [each for each in sentence if each.kind is NumberKind.POINTS], sentence
        )
        yield from _find_overall_rates([each for each in sentence if each.kind in RATES])
    for at, number in enumerate(numbers):
        yield from _find_countable(numbers, at)
        if number.kind is NumberKind.POINTS:
            yield from _level_as_change(numbers, at)


def _level_as_change(numbers: Sequence[Number], at: int) -> Iterator[Claim]:
    """出生率 up 0.78, 死亡率 down 12.34, and 自然增长率 up by what is only the difference of the two."""
    change = numbers[at]
    beside = [each for each in numbers[max(0, at - 2) : at] if each.kind is NumberKind.POINTS and each.sentence == change.sentence]  # fmt: skip
    levels = [
        [each for each in numbers[max(0, at - _BACK) : at] if each.kind in RATES and each.block == change.block
         and own_words(each) == _name(one)]
        for one in beside
    ]  # fmt: skip
    if len(beside) == _PAIR and all(len(found) == 1 for found in levels):
        one, other = (found[0] for found in levels)
        signs = find_direction(own_words(beside[0])), -find_direction(own_words(beside[1]))
        if abs(one.value - other.value) == change.value and 0 not in signs:
            yield Claim(
                change, (ClaimReading(Formula.NET, tuple(beside), Strength.SURE, signs=signs),)
            )


_PAIR, _BACK = 2, 12


def _name(change: Number) -> str:
    """出生率 of 出生率上升."""
    head, rate, _ = own_words(change).partition("率")
    return head + rate


def _proportions(sides: Sequence[Number]) -> Iterator[Claim]:
    """25.72:26.84:47.44, of which decimals tell that they are shares of 100."""
    if len(sides) >= _SIDES and all(
        side.half < Fraction(1, 2) and side.value >= 1 for side in sides
    ):
        yield Claim(sides[0], (ClaimReading(Formula.WHOLE, tuple(sides[1:]), Strength.LIKELY),))


_SIDES = 3


def _is_plain_share(number: Number) -> bool:
    words = own_words(number)
    return number.kind in (NumberKind.PERCENT, NumberKind.RATIO) and not is_change(words)


def _find_wholes(shares: Sequence[Number]) -> Iterator[Claim]:
    """Three shares or more of one sentence that make about 100."""
    for start, first in enumerate(shares):
        total, room = first.value, first.half
        for stop in range(start + 1, len(shares)):
            total, room = total + shares[stop].value, room + shares[stop].half
            if total > _BEYOND:
                break
            if abs(total - 100) <= room + 2 * shares[stop].half:
                parts = tuple(shares[start:stop])
                yield Claim(shares[stop], (ClaimReading(Formula.WHOLE, parts),))
                return


_BEYOND = 200
"""Percent; shares that make so much are no parts of one whole, nor with more behind them."""


def _find_nets(points: Sequence[Number], sentence: Sequence[Number]) -> Iterator[Claim]:
    """Changes of all shares of a whole, which cancel: +1.35 −6.79 +5.44."""
    signs: list[int] = []
    for number in points:
        said = find_direction(own_words(number))
        signs.append(said or (signs[-1] if signs and is_linked(number) else 0))
    words = "".join(each.lead for each in sentence)
    if len(points) < 3 or not _SHARES_CHANGE.search(words) or 0 in signs or len(set(signs)) == 1:
        return
    last = points[-1]
    reading = ClaimReading(
        Formula.NET, tuple(points[:-1]), Strength.LIKELY, signs=tuple(signs[:-1])
    )
    yield Claim(last, (reading,))


def _find_overall_rates(rates: Sequence[Number]) -> Iterator[Claim]:
    """整改率97%。其中甲整改率96%，乙整改率98%: the first of three rates of one name, and its parts."""
    named = [each for each in rates if is_share(own_words(each)) and "率" in own_words(each)]
    names = [own_words(each).rpartition("率")[0][-2:] for each in named]
    if len(named) == 3 and len(set(names)) == 1 and "其中" in named[1].lead:
        reading = ClaimReading(Formula.BETWEEN, tuple(named[1:]), Strength.LIKELY)
        yield Claim(named[0], (reading,))


def _find_countable(numbers: Sequence[Number], at: int) -> Iterator[Claim]:
    """A rate of change behind a small whole count: some whole number before must give it."""
    rate = numbers[at]
    if at == 0 or rate.kind is not NumberKind.PERCENT or rate.loose:
        return
    count, sign = numbers[at - 1], find_direction(own_words(rate))
    beside = count.clause + 1 >= rate.clause and count.sentence == rate.sentence
    whole = (
        not speaks_of_earlier(own_words(count))
        and count.kind is NumberKind.COUNT
        and not count.half
        and not count.loose
        and count.value > 0
    )
    if sign and beside and whole and count.value <= _SMALL and not is_change(own_words(count)):
        before = numbers[at - 2] if at > 1 else rate
        behind = numbers[at + 1] if at + 1 < len(numbers) else count
        paired = before.kind is NumberKind.COUNT and count.clause - before.clause <= 1
        alone = not is_linked(behind) and not (paired and behind.kind is NumberKind.PERCENT)
        strength = Strength.LIKELY if alone and sort_of(count) in _COUNTED else Strength.POSSIBLE
        yield Claim(rate, (ClaimReading(Formula.COUNTABLE, (count,), strength, signs=(sign,)),))


_COUNTED = frozenset(["人", "件", "户", "家", "个", "所", "批次", "辆", "次"])
