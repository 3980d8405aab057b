"""Numbers → claims about change: rates by two levels, or by the change and the level reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

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
    own_words,
    sort_of,
    speaks_of_earlier,
)


def find_changes(numbers: Sequence[Number]) -> Iterator[Claim]:
    """Yield a claim for every rate of change, and for every change between two printed levels."""
    for at, number in enumerate(numbers):
        if not is_change(own_words(number)):
            continue
        near = _find_near_counts(numbers, at)
        readings = (
            tuple(_iter_rate_readings(number, near))
            if number.kind in RATES
            else tuple(_iter_change_readings(number, near)) if number.kind is NumberKind.COUNT
            else tuple(_iter_point_readings(number, _find_near_rates(numbers, at)))
        )  # fmt: skip
        if readings:
            yield Claim(number, readings)
        yield from _find_directions(number, readings)
    yield from _find_in_step(numbers)


def _find_in_step(numbers: Sequence[Number]) -> Iterator[Claim]:
    """分别下降 p 和 q behind as many levels or changes of as many sorts: each is of the one in its place."""
    for at, first in enumerate(numbers):
        if first.kind in RATES and _EACH.search(first.lead) and find_direction(own_words(first)):
            rates = [first, *takewhile(is_linked, numbers[at + 1 : at + _STEP])]
            before = [
                each for each in numbers[max(0, at - _FAR) : at] if each.sentence == first.sentence
            ]
            for rate, reading in zip(rates, _pair_in_step(before, len(rates)), strict=False):
                yield Claim(rate, (reading,))


_EACH = re.compile(r"分别")
_STEP, _FAR = 4, 12
"""So many rates stand together at most, and so many numbers before are looked at."""


def _pair_in_step(before: Sequence[Number], count: int) -> list[ClaimReading]:
    """Of each sort the level and its change, or the levels of now and before; none where unclear."""
    last = list(before[-count:])
    sorts = [sort_of(each) for each in last]
    clear = 1 < count == len(last) == len(set(sorts)) and _are_linked(last)
    levels = [[each for each in before[:-count] if sort_of(each) == sort] for sort in sorts]
    if not clear or any(len(found) != 1 for found in levels):
        return []
    pairs = list(zip(last, (found[0] for found in levels), strict=True))
    words = own_words(last[0])
    if sign := find_direction(words):
        return [ClaimReading(Formula.CHANGE, pair, Strength.SURE, signs=(sign,)) for pair in pairs]
    if speaks_of_earlier(words):
        return [ClaimReading(Formula.GROWTH, (new, old), Strength.SURE) for old, new in pairs]
    return []


def _are_linked(counts: Sequence[Number]) -> bool:
    """Whether counts stand right behind one another: 减少3起、5人, or 197件375人."""
    return all(each.kind is NumberKind.COUNT for each in counts) and all(
        is_linked(each) or not each.lead for each in counts[1:]
    )


def _find_near_rates(numbers: Sequence[Number], at: int) -> list[Number]:
    """The levels of rates before a change by so many points, in its sentence."""
    here = numbers[at]
    return [
        each for each in numbers[max(0, at - _FAR) : at]
        if each.kind in RATES and each.sentence == here.sentence and not is_change(own_words(each))
    ]  # fmt: skip


def _iter_point_readings(points: Number, rates: Sequence[Number]) -> Iterator[ClaimReading]:
    """由 97% 提高到 98.5%，提高 1.5 个百分点; any two rates before may explain it as well."""
    for place, old in enumerate(rates):
        for new in rates[place + 1 :]:
            sure = _from_to(old, new, points) and new is rates[-1] and old is rates[-2]
            strength = Strength.SURE if sure else Strength.POSSIBLE
            yield ClaimReading(Formula.DIFFERENCE, (new, old), strength)


def _find_directions(rate: Number, readings: Sequence[ClaimReading]) -> Iterator[Claim]:
    """The word before a rate against the word before the change, or against the two levels."""
    said = find_direction(own_words(rate)) if rate.kind in RATES and rate.value else 0
    for reading in readings if said else ():
        if reading.strength is Strength.SURE:
            new, old = reading.numbers
            is_growth = reading.formula is Formula.GROWTH
            meant = (1 if new.value > old.value else -1) if is_growth else reading.signs[0]
            told = ClaimReading(
                Formula.DIRECTION, reading.numbers, Strength.SURE, signs=(said, meant)
            )
            yield Claim(rate, (told,))
            return


def _find_near_counts(numbers: Sequence[Number], at: int) -> list[Number]:
    """The counts of the same sentence, and of the one before."""
    here = numbers[at]
    return [
        each
        for each in numbers[max(0, at - 12) : at + 6]
        if each is not here
        and each.kind is NumberKind.COUNT
        and each.block == here.block
        and here.sentence - 1 <= each.sentence <= here.sentence
    ]


def _iter_rate_readings(rate: Number, near: Sequence[Number]) -> Iterator[ClaimReading]:
    changes = [each for each in near if is_change(own_words(each))]
    levels = [each for each in near if not is_change(own_words(each))]
    for change in changes:
        sign = find_direction(own_words(change))
        for level in levels:
            if sort_of(level) == sort_of(change) and sign:
                yield ClaimReading(
                    Formula.CHANGE,
                    (change, level),
                    _judge_order(rate, change, level, near),
                    signs=(sign,),
                )
    for new in levels:
        for old in levels:
            if new is not old and sort_of(new) == sort_of(old):
                yield ClaimReading(Formula.GROWTH, (new, old), _judge_levels(rate, new, old, near))


def _judge_order(rate: Number, change: Number, level: Number, near: Sequence[Number]) -> Strength:
    """SURE of 现有 N，增加 d，增长 p with nothing between, in one sentence."""
    if level.sentence != rate.sentence or change.sentence != rate.sentence:
        return Strength.POSSIBLE
    between = [each for each in near if level.end <= each.start < max(rate.start, change.start)]
    beside = abs(change.clause - rate.clause) <= 1
    alone = [each for each in between if each is not change]
    return (
        Strength.SURE if beside and not alone and level.start < change.start else Strength.POSSIBLE
    )


def _judge_levels(rate: Number, new: Number, old: Number, near: Sequence[Number]) -> Strength:
    """SURE of N，上年 M，增长 p with nothing else between, and of N，增长 p（上年 M）."""
    if _in_bracket_behind(old, rate) and new.end <= rate.start and new.sentence == rate.sentence:
        between = [each for each in near if new.end <= each.start < rate.start]
        return Strength.POSSIBLE if between else Strength.SURE
    if {new.sentence, old.sentence} != {rate.sentence} or rate.start < max(new.start, old.start):
        return Strength.POSSIBLE
    between = [each for each in near if new.end <= each.start < rate.start and each is not old]
    plain = [
        each for each in between if not (is_change(own_words(each)) or each.tail.startswith("的"))
    ]
    fits = speaks_of_earlier(own_words(old)) and not plain and new.start < old.start
    return Strength.SURE if fits else Strength.POSSIBLE


def _from_to(one: Number, other: Number, change: Number) -> bool:
    """由 A 升到 B，提高 d."""
    said = (
        _FROM.search(own_words(one)) and _TO.search(own_words(other)) and other.end <= change.start
    )
    return bool(said) and one.sentence == change.sentence and change.clause - other.clause == 1


_FROM, _TO = (
    re.compile(r"[由从](?:上年|去年|原来|年初)?的?$"),
    re.compile(r"^(?:年?\S{0,4})?(?:[升降增减提下上]\S{0,2}|变|调整)?[到至为]$"),
)


def _in_bracket_behind(old: Number, rate: Number) -> bool:
    """Whether a level of before stands in a bracket right behind a rate: 增长16.8%（上年5666件）."""
    behind = rate.sentence == old.sentence and 0 < old.clause - rate.clause <= 2
    return (
        behind
        and bool(old.bracket)
        and old.bracket != rate.bracket
        and speaks_of_earlier(own_words(old))
        and rate.tail[:1] in {"（", "("}
    )


def _iter_change_readings(change: Number, near: Sequence[Number]) -> Iterator[ClaimReading]:
    levels = [
        each
        for each in near
        if not is_change(own_words(each)) and sort_of(each) == sort_of(change) and each.start < change.start
    ]  # fmt: skip
    for place, new in enumerate(levels):
        for old in levels[place + 1 :]:
            sure = _from_to(new, old, change) or (
                speaks_of_earlier(own_words(old))
                and old is levels[-1]
                and new is levels[-2]
                and {new.sentence, old.sentence} == {change.sentence}
                and change.value < max(new.value, old.value)
            )
            yield ClaimReading(
                Formula.DIFFERENCE, (new, old), Strength.SURE if sure else Strength.POSSIBLE
            )
