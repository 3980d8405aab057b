"""Claims → verdicts: the third part, interval arithmetic with exact fractions.

It knows no Chinese.  Every printed number stands for all values that are printed so; a claim holds
if some choice of values makes its formula true.  A claim that any of its readings explains holds;
only what nothing explains is held against the reading that is meant most surely.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from reportgen.proofread.formulas import compute_expected, times_of, values_of
from reportgen.proofread.model import (
    Agreement,
    Claim,
    ClaimReading,
    Formula,
    Number,
    Strength,
    Verdict,
)
from reportgen.proofread.rough import estimate_ratio, is_far
from reportgen.proofread.slips import NEAREST, compare_printed

_ABOUT = Fraction(1, 20)
"""How far, as a part of it, a number that is said to be about so much may lie off."""


def reckon_claims(claims: Sequence[Claim]) -> list[Verdict]:
    """Return a verdict on every claim that can be reckoned, in order."""
    holding = [[_can_hold(claim, each) for each in claim.readings] for claim in claims]
    support = _count_support(claims, holding)
    support += _vouch_for_misses(claims, holding, support)
    whole = set(_parts_of_wholes(claims, holding))
    uses = Counter(
        pattern for claim in claims for pattern in {each.pattern for each in claim.readings}
    )
    verdicts = [
        replace(verdict, opposed=uses[verdict.reading.pattern] - verdict.supported - 1)
        for claim, held in zip(claims, holding, strict=True)
        if (verdict := _judge_claim(claim, held, support, whole)) is not None
    ]
    return list(_tell_bent(verdicts))


def _tell_bent(verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    """Shares one unit off are bent where all of one sentence, or of one base in it, make exactly 100."""
    lists: defaultdict[tuple[object, ...], Fraction] = defaultdict(Fraction)
    for each in verdicts:
        if each.reading.formula is Formula.RATIO:
            for key in _lists_of(each):
                lists[key] += each.claim.printed.value
    for each in verdicts:
        off = each.agreement in {Agreement.CUT, Agreement.LAST}
        whole = each.reading.formula is Formula.RATIO and any(
            lists[key] == _HUNDRED for key in _lists_of(each)
        )
        yield replace(each, agreement=Agreement.BENT) if off and whole else each


_HUNDRED = 100


def _lists_of(verdict: Verdict) -> list[tuple[object, ...]]:
    sentence = verdict.claim.printed.sentence
    return [(sentence,), (sentence, *(each.start for each in verdict.reading.numbers[1:]))]


def _count_support(
    claims: Sequence[Claim], holding: Sequence[Sequence[bool]]
) -> Counter[tuple[object, ...]]:
    """How many claims hold by each pattern, and by each pattern in each sentence."""
    support: Counter[tuple[object, ...]] = Counter()
    for claim, held in zip(claims, holding, strict=True):
        pairs = zip(claim.readings, held, strict=True)
        patterns = {
            reading.pattern
            for reading, holds in pairs
            if reading.pattern and holds and _tells(claim.printed, reading)
        }
        support.update(patterns)
        support.update((*pattern, "in", claim.printed.sentence) for pattern in patterns)
    return support


def _tells(printed: Number, reading: ClaimReading) -> bool:
    """Whether that a reading holds tells anything: not of nothing, of one part, or of all."""
    parts = [each for each in reading.numbers if each.value]
    if reading.formula is Formula.SUM:
        named = reading.strength is not Strength.POSSIBLE
        large = abs(printed.value) >= _TEN * (2 * printed.half or 1)
        return len(parts) >= 2 and (named or large)
    if reading.formula is Formula.RATIO:
        return len(parts) == len(reading.numbers) and printed.value != times_of(printed)
    return len(parts) == len(reading.numbers)


_TEN = 10
"""Small totals are made by nearly anything."""


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
                and (expected := compute_expected(claim.printed, reading))
                and compare_printed(claim.printed, reading, expected) in _NEARLY
            }
        )  # fmt: skip
    return Counter(
        {each: 1 for each, votes in near.items() if votes >= 2 and not support.get(each)}
    )


def _is_close(claim: Claim, reading: ClaimReading) -> bool:
    """Whether a rate lies so near that its leading digit may be right."""
    low, high = estimate_ratio(times_of(claim.printed), [each.rough for each in reading.numbers])
    below, above = claim.printed.rough
    return low * 0.8 <= above and below <= high * 1.25


_NEARLY = {Agreement.CUT, Agreement.LAST, Agreement.SLIP}
_DIGITS = 100
"""Rates of three digits and more; a shorter one is nearly anything."""


def _parts_of_wholes(
    claims: Sequence[Claim], holding: Sequence[Sequence[bool]]
) -> Iterator[tuple[int, int]]:
    """Where each item of a list stands that adds up, and where its total does."""
    for claim, held in zip(claims, holding, strict=True):
        for reading, holds in zip(claim.readings, held, strict=True):
            if holds and reading.formula is Formula.SUM and len(reading.numbers) >= _MANY:
                total = reading.printed or claim.printed
                yield from ((part.start, total.start) for part in reading.numbers)


def _judge_claim(
    claim: Claim, held: Sequence[bool], support: Mapping[tuple[object, ...], int],
    whole: Container[tuple[int, int]],
) -> Verdict | None:  # fmt: skip
    """``whole``: items and totals of lists that add up, as ``_parts_of_wholes``."""
    ranked = sorted(
        zip(claim.readings, held, strict=True),
        key=lambda each: _rank_reading(each[0], support.get(each[0].pattern, 0)),
        reverse=True,
    )
    for reading, holds in ranked:
        if holds:
            if _is_by_chance(reading, ranked[0][0], support, whole, claim.printed.sentence):
                break
            expected = compute_expected(claim.printed, reading)
            assert expected is not None
            others = support.get(reading.pattern, 1) - 1
            return Verdict(claim, reading, Agreement.HOLDS, expected, others)
    return _hold_against(claim, [reading for reading, _ in ranked], support)


def _rank_reading(reading: ClaimReading, support: int) -> tuple[bool, bool, int, int]:
    """The surest first; a base that shares beside it take before one that only stands there."""
    sure, strength = reading.strength is Strength.SURE, reading.strength.value
    return sure, reading.formula is Formula.RATIO and support >= _ALIKE, strength, support


_ALIKE = 2


def _hold_against(
    claim: Claim, ranked: Sequence[ClaimReading], support: Mapping[tuple[object, ...], int]
) -> Verdict | None:
    """The verdict by what nearly explains it as it does others, else by the surest reading.

    Of totals equally sure by the nearest.
    """
    near = next(_near_misses(claim, ranked, support), None)
    if near is not None:
        return near
    told = [
        Verdict(
            claim, reading, compare_printed(reading.printed or claim.printed, reading, expected), expected,
            support.get(reading.pattern, 0),
        )
        for reading in ranked
        if reading.strength is ranked[0].strength
        if reading is ranked[0] or (reading.formula is Formula.SUM and reading.strength is not Strength.POSSIBLE)
        if (expected := compute_expected(claim.printed, reading))
    ]  # fmt: skip
    return min(told, key=lambda each: NEAREST.index(each.agreement), default=None)


def _near_misses(
    claim: Claim, ranked: Sequence[ClaimReading], support: Mapping[tuple[object, ...], int]
) -> Iterator[Verdict]:
    """By bases that others take, and more of them than the surest, and by which the share nearly holds."""
    if not ranked or abs(claim.printed.value) < _DIGITS * 2 * claim.printed.half:
        return
    least = support.get(ranked[0].pattern, 0)
    for reading in ranked:
        votes = support.get(reading.pattern, 0) if reading.pattern else 0
        if reading.formula is Formula.RATIO and votes > least:
            expected = compute_expected(claim.printed, reading)
            agreement = expected and compare_printed(claim.printed, reading, expected)
            if expected and agreement in {Agreement.CUT, Agreement.LAST}:
                yield Verdict(claim, reading, agreement, expected, votes)


def _is_by_chance(
    holding: ClaimReading, meant: ClaimReading, support: Mapping[tuple[object, ...], int],
    whole: Container[tuple[int, int]], sentence: int,
) -> bool:  # fmt: skip
    """Whether a reading that holds is outweighed: all the list takes another base."""
    if meant.formula is not Formula.RATIO or meant.strength is Strength.POSSIBLE:
        return False
    votes = support.get(holding.pattern, 1) if holding.pattern else 1
    against = support.get(meant.pattern, 0)
    if (meant.numbers[0].start, meant.numbers[-1].start) in whole:
        here, there = ((*each.pattern, "in", sentence) for each in (meant, holding))
        if support.get(here, 0) >= _ALIKE and support.get(there, 1) <= 1:
            return True
    alone = votes <= 1 or (holding.strength is Strength.POSSIBLE and votes * 2 <= against)
    return alone and against >= _MANY


_MANY = 3
"""So many shares of one base outweigh a chance fit of another; fewer if their list makes the base."""


def _can_hold(claim: Claim, reading: ClaimReading) -> bool:
    printed = reading.printed or claim.printed
    loose = printed.loose or any(number.loose for number in reading.numbers)
    if not loose and is_far(printed, reading):
        return False
    expected = compute_expected(claim.printed, reading)
    low, high = values_of(printed)
    if loose:
        about = _ABOUT * max(abs(low), abs(high))
        low, high = low - about, high + about
    return expected is not None and expected[0] <= high and low <= expected[1]
