"""Numbers → claims of single figures: averages, stocks and flows, quantities told twice, parts and wholes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby

from reportgen.proofread.model import Claim, ClaimReading, Formula, Number, NumberKind, Strength
from reportgen.proofread.vocabulary import is_change, own_words, sort_of, speaks_of_earlier

_AVERAGE = re.compile(
    r"(?:平均每?|每)(?P<each>[人户亩件次所村镇项家期场批])|(?P<of>[人户亩件次校村镇项])均|平均(?P<crop>亩)产|(?P<area>亩)产"
)
"""人均: so much to a person; 平均亩产: so much to a mu."""
_PEOPLE = {"校": "所"}
_SMALLER = {("吨", "公斤"): 1000, ("吨", "千克"): 1000, ("公里", "米"): 1000}
"""How many of the one unit make the other."""


def find_balances(numbers: Sequence[Number]) -> Iterator[Claim]:
    """Yield the claims of counts that follow from two or three others, or from one."""
    for at, number in enumerate(numbers):
        if number.kind is NumberKind.COUNT:
            yield from _averages(numbers, at)
            yield from _part_of_next(numbers, at)
    for _, found in groupby(numbers, key=lambda each: (each.block, each.sentence)):
        counts = [each for each in found if each.kind is NumberKind.COUNT]
        yield from _flows(counts)
        yield from _find_added_up(counts)
        yield from _find_left(counts)
    yield from _twice(numbers)


def _averages(numbers: Sequence[Number], at: int) -> Iterator[Claim]:
    """人均消费 after the money and the people, if one of each stands before in the paragraph."""
    average = numbers[at]
    found = _AVERAGE.search(own_words(average))
    if found is None or average.loose:
        return
    each = next(filter(None, found.groups()))
    before = [
        one for one in numbers[max(0, at - _BACK) : at]
        if one.block == average.block and one.kind is NumberKind.COUNT and not one.tail.startswith("的")
        and not is_change(own_words(one)) and not speaks_of_earlier(own_words(one)) and not _AVERAGE.search(own_words(one))
    ]  # fmt: skip
    counted = [one for one in before if sort_of(one) == _PEOPLE.get(each, each)]
    wholes = [
        (one, _unit(one, average)) for one in before if one not in counted and _unit(one, average)
    ]
    sure = len(counted) == 1 and len({one.unit for one, _ in wholes}) == 1
    readings = [
        ClaimReading(
            Formula.QUOTIENT,
            (one, number),
            _strength(one, wholes, sure=sure),
            signs=(unit,),
            printed=replace(average, half=average.half or Fraction(1, 2)),
        )
        for one, unit in wholes
        for number in counted
    ]
    if readings:
        yield Claim(average, tuple(readings))


_BACK = 8
"""So many numbers back."""


def _strength(whole: Number, wholes: Sequence[tuple[Number, int]], *, sure: bool) -> Strength:
    """The first whole is the one that the average is of, the others are its parts."""
    return Strength.LIKELY if sure and whole is wholes[0][0] else Strength.POSSIBLE


def _unit(whole: Number, average: Number) -> int:
    """How many units of the average one of the whole is; 0 if they do not go together."""
    if whole.unit == average.unit and whole.unit:
        return 1
    return _SMALLER.get((whole.unit, average.unit), 0)


_FLOW = (
    (re.compile(r"结转|上年未[结办]|年初|期初|旧存|原有|存案"), 1),
    (re.compile(r"新收|新受理|新增|新立|收到|受理|转入|新接"), 1),
    (re.compile(r"办结|审结|化解|核销|结案|完成|注销|转出|销号"), -1),
)
_LEFT = re.compile(r"未结|未办结|结存|尚有|剩余|存案|结余|年末[有尚]?|期末")


def _flows(counts: Sequence[Number]) -> Iterator[Claim]:
    """What was there, what came, what went, and what is left, in this order and of one sort."""
    for at in range(len(counts) - 3):
        four = counts[at : at + 4]
        labels = [own_words(each) for each in four]
        fits = all(word.search(label) for (word, _), label in zip(_FLOW, labels, strict=False))
        if fits and _LEFT.search(labels[3]) and len(set(map(sort_of, four))) == 1:
            signs = tuple(sign for _, sign in _FLOW)
            yield Claim(
                four[3], (ClaimReading(Formula.NET, tuple(four[:3]), Strength.SURE, signs=signs),)
            )


def _find_added_up(counts: Sequence[Number]) -> Iterator[Claim]:
    """甲镇3人，乙镇5人，合计8人: the sum told behind what it adds up."""
    for at, total in enumerate(counts):
        if not _ADDED.match(total.lead) or total.tail.startswith("的"):
            continue
        beside = [
            each
            for each in counts[:at]
            if sort_of(each) == sort_of(total) and each.bracket == total.bracket
        ]
        if len(beside) < _PAIR:
            continue
        plain = not any(
            _OTHERWISE.search(each.lead) or each.tail.startswith("的") for each in beside
        )
        strength = (
            Strength.SURE if plain and total.clause - beside[-1].clause == 1 else Strength.POSSIBLE
        )
        yield Claim(
            total,
            (
                ClaimReading(Formula.SUM, tuple(beside), strength, closed=True),
                *(ClaimReading(Formula.SUM, tuple(beside[cut:])) for cut in range(1, at - 1)),
            ),
        )


_PAIR = 2
_ADDED = re.compile(r"[，,；;](?:以上|上述)?\S{0,4}(?:合计|共计|总计|一共)\S{0,6}$")
_OTHERWISE = re.compile(r"[共总含每均]|其中|合计|累计|包括|比|[增减]|同期|上年|去年|平均")


def _find_left(counts: Sequence[Number]) -> Iterator[Claim]:
    """到位9万元，支出5万元，结余4万元: of one sort, the first all there was."""
    for at, left in enumerate(counts):
        if not _REST.search(own_words(left)):
            continue
        before = [
            each
            for each in counts[:at]
            if sort_of(each) == sort_of(left) and each.bracket == left.bracket
        ]
        if len(before) == _PAIR and _SPENT.search(own_words(before[1])):
            reading = ClaimReading(Formula.NET, tuple(before), Strength.LIKELY, signs=(1, -1))
            yield Claim(left, (reading,))


_REST = re.compile(r"结余|剩余|尚余|余额|结转")
_SPENT = re.compile(r"支出|使用|支付|拨付|发放|兑付")


def _part_of_next(numbers: Sequence[Number], at: int) -> Iterator[Claim]:
    """其中 right behind a count opens a part of it: the first number there is at most as much."""
    part, whole = numbers[at], numbers[at - 1]
    if at == 0 or whole.kind is not NumberKind.COUNT or whole.sentence != part.sentence:
        return
    if (
        _OF_WHICH.search(part.lead)
        and sort_of(whole) == sort_of(part)
        and not is_change(own_words(part))
    ):
        yield Claim(part, (ClaimReading(Formula.AT_MOST, (whole,), Strength.LIKELY),))


_OF_WHICH = re.compile(r"^[，,（(]?其中[:：]?[^，。；]{0,12}$")
_FILLERS = re.compile(
    r"截至\S{0,6}[底末]|到\S{0,6}[底末]|全年|本年度?|今年|目前|总共|一共|共计|合计|总计|累计|共|已经|已|的|了|为|有|我[镇县市区]|全[镇县市区]"
)
_SAYS_ENOUGH = 4
"""A phrase of so many letters names a quantity."""


def _twice(numbers: Sequence[Number]) -> Iterator[Claim]:
    """A quantity that begins two sentences under the same name, once as a total, and no third."""
    named: defaultdict[tuple[str, str], list[Number]] = defaultdict(list)
    first = {number.sentence: number for number in reversed(numbers)}
    for number in first.values():
        phrase = _FILLERS.sub("", own_words(number)).strip()
        if (
            number.kind is NumberKind.COUNT
            and len(phrase) >= _SAYS_ENOUGH
            and not is_change(phrase)
        ):
            named[phrase, sort_of(number)].append(number)
    for (phrase, _), found in named.items():
        total = any(_TOTAL.search(own_words(each)) for each in found)
        if len(found) == 2 and total and not speaks_of_earlier(phrase):
            one, other = sorted(found, key=lambda each: each.start)
            yield Claim(other, (ClaimReading(Formula.SAME, (one,), Strength.LIKELY),))


_TOTAL = re.compile(r"共|总计|累计")
