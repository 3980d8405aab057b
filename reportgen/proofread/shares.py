"""Numbers → claims about shares and rates: which count of which base."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
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
from reportgen.proofread.share_names import (
    OTHER_BASE,
    WHOLE,
    is_all_of,
    is_due,
    is_next,
    is_rate,
    names_all,
    names_base,
    names_both,
    names_part,
    read_by_names,
)
from reportgen.proofread.vocabulary import (
    are_complements,
    is_change,
    is_linked,
    is_share,
    own_words,
    share_words,
    sort_of,
    speaks_of_earlier,
)

_TOGETHER = re.compile(r"之和|总和|合计|相加|加起来")
_FAR = 80
"""So many numbers back a base is still looked for."""


def find_shares(numbers: Sequence[Number]) -> Iterator[Claim]:
    """Yield a claim for every share that has a count of its own to be a share of something."""
    adjusted = {each.sentence for each in numbers if _ADJUSTED.search(each.tail)}
    for claim in _find_share_claims(numbers):
        yield _allow_unit(claim) if claim.printed.sentence in adjusted else claim


_ADJUSTED = re.compile(r"(?:占比|比重|比例|百分比)[^，。；]{0,4}调整")
"""A sentence says itself that shares are not just rounded: 为使各项占比之和为100%，个别占比作了调整."""


def _allow_unit(claim: Claim) -> Claim:
    """Let a share be one unit of its last place more or less."""
    wide = replace(claim.printed, half=3 * claim.printed.half)
    return Claim(claim.printed, tuple(replace(each, printed=wide) for each in claim.readings))


def _find_share_claims(numbers: Sequence[Number]) -> Iterator[Claim]:
    run: list[Number] = []
    for at, number in enumerate(numbers):
        if number.kind in RATES and run and is_linked(number):
            run.append(number)
            continue
        yield from _read_run(numbers, at - len(run), run)
        run = [number] if number.kind in RATES and _may_be_share(numbers, at) else []
    yield from _read_run(numbers, len(numbers) - len(run), run)


def _may_be_share(numbers: Sequence[Number], at: int) -> bool:
    words = share_words(numbers[at])
    if _base_in_words(numbers, at) is not None:
        return True
    if _TOGETHER.search(words) and numbers[at].value == WHOLE:
        return False  # 各项占比之和为100%
    bracketed = numbers[at].lead.rstrip()[-1:] in {"（", "("}
    bare = not words.strip() and at > 0 and numbers[at - 1].kind is NumberKind.COUNT
    return is_share(words) or ((bracketed or bare) and not is_change(words))


def _base_in_words(numbers: Sequence[Number], at: int) -> Number | None:
    """The count right before a share that is its base: 占年度任务2000亩的47.5%."""
    base = numbers[at - 1] if at else None
    if base is None or base.kind is not NumberKind.COUNT or base.sentence != numbers[at].sentence:
        return None
    return base if _OF_IT.fullmatch(numbers[at].lead) and _IS_OF.search(own_words(base)) else None


_OF_IT = re.compile(r"\s*的(?:比重|比例)?[为是达]?\s*")
_IS_OF = re.compile(r"占|为|是|相当于|达到?|完成")


def _read_run(numbers: Sequence[Number], first: int, run: Sequence[Number]) -> Iterator[Claim]:
    """Claims of rates that stand together: each has the count of its own place in their order.

    ``first``: where the run begins among the numbers.
    """
    counts = _find_own_counts(numbers, first) if run else []
    for place, rate in enumerate(run):
        ordered = counts[-len(run) :][place : place + 1] if len(counts) >= len(run) else []
        yield from _read_share(numbers, first, rate, ordered, counts, single=len(run) == 1)


def _find_own_counts(numbers: Sequence[Number], first: int) -> list[Number]:
    """The counts before a rate, in its paragraph, back to the rate before; or of its sentence."""
    found: list[Number] = []
    here = numbers[first]
    for number in reversed(numbers[max(0, first - 30) : first]):
        if number.block != here.block or (found and number.sentence != here.sentence):
            break
        if is_change(own_words(number)):
            continue
        if number.kind is NumberKind.COUNT and not number.tail.startswith("的"):
            found.append(number)
        elif found and number.kind in RATES:
            break
    return found[::-1]


def _read_share(
    numbers: Sequence[Number], first: int, rate: Number, ordered: Sequence[Number],
    counts: Sequence[Number], *, single: bool,
) -> Iterator[Claim]:  # fmt: skip
    parts = [*ordered, *(each for each in reversed(counts) if each not in ordered)]
    told = _base_in_words(numbers, first)
    readings = (
        _read_against(told, parts)
        if told is not None
        else [
            *_read_against_counts(numbers, first, rate, parts, each=bool(ordered), single=single),
            *read_by_names(rate, numbers[max(0, first - _FAR) : first]),
            *_read_against_sums(numbers, first, rate, parts),
        ]
    )
    if readings:
        yield Claim(rate, tuple(readings))


def _read_against(told: Number, parts: Sequence[Number]) -> list[ClaimReading]:
    """The base is told in words: the nearest part of its sort is meant, the others may be."""
    of = [
        each for each in parts if sort_of(each) == sort_of(told) and each.sentence == told.sentence
    ]
    strengths = [Strength.SURE, *[Strength.POSSIBLE] * len(of)]
    return [
        ClaimReading(Formula.RATIO, (part, told), strength)
        for part, strength in zip(of, strengths, strict=False)
    ]


def _read_against_counts(
    numbers: Sequence[Number], first: int, rate: Number, parts: Sequence[Number], *, each: bool,
    single: bool,
) -> list[ClaimReading]:  # fmt: skip
    """Any count before may be the base; ``each``: the parts are told in the order of the rates."""
    bases = list(_find_bases(numbers, first))
    only = _find_only_base(parts[0], bases) if parts else None
    named = _named_part(rate, parts)
    reach = 1 + (_changes_between(numbers[max(0, first - _FAR) : first], parts[0]) if parts else 0)
    if each and _EACH.search(numbers[first].lead):
        reach = _FAR
    return [
        replace(reading, strength=Strength.LIKELY)
        if reading.strength is Strength.BESIDE and base is only
        else reading
        for part in parts[: 1 if rate.value == WHOLE else 6]
        for base in bases
        if base is not part and sort_of(part) == sort_of(base)
        for reading in _iter_readings(
            rate,
            part,
            base,
            nearest=part is (named or parts[0]),
            single=single,
            reach=reach,
            only=base is only,
        )
    ]


def _read_against_sums(
    numbers: Sequence[Number], first: int, rate: Number, parts: Sequence[Number]
) -> list[ClaimReading]:
    """The base may be two counts together."""
    bases, words = list(_find_bases(numbers, first)), share_words(rate)
    return [
        ClaimReading(
            Formula.RATIO,
            (part, *pair),
            names_both(words, pair),
            pattern=("of", pair[0].start, pair[1].start),
        )
        for part in parts[:2]
        for pair in _find_joint_bases(part, bases)
        if rate.value != WHOLE
    ]


def _named_part(rate: Number, parts: Sequence[Number]) -> Number | None:
    """The count after which a rate is named, be there what is not it between: 合格…，不合格…，合格率."""
    words = share_words(rate)
    for nth, part in enumerate(parts):
        if part.sentence != rate.sentence or rate.clause - part.clause > _NEAR:
            return None
        if is_rate(words) and "其中" not in rate.lead and names_part(words, part):
            between = (own_words(each) for each in parts[:nth] if each.bracket == rate.bracket)
            return part if all(_DENIED.search(each) for each in between) else None
    return None


_DENIED = re.compile(r"[不未无没逾]")
_NEAR = 4
"""So many clauses back."""


_EACH = re.compile(r"分别")
"""占比分别为 p、q、r after as many counts: each is that of the count in its place."""


def _find_only_base(part: Number, bases: Sequence[Number]) -> Number | None:
    """The one count of the paragraph before a count that can be its base, if there is but one."""
    found = [
        each for each in bases
        if sort_of(each) == sort_of(part) and each.block == part.block
        and each.start < part.start and each.value > part.value
        and not speaks_of_earlier(own_words(each)) and not each.tail.startswith("的")
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _find_bases(numbers: Sequence[Number], first: int) -> Iterator[Number]:
    """Counts of the paragraph up to the sentence's end, and what paragraphs before begin with."""
    here = numbers[first]
    begun: set[tuple[int, str]] = set()
    for number in numbers[max(0, first - _FAR) : first + 40]:
        if number.kind is not NumberKind.COUNT:
            continue
        begins = (number.block, sort_of(number)) not in begun
        begun.add((number.block, sort_of(number)))
        near = number.block == here.block and number.sentence <= here.sentence
        if near or (begins and here.block - _PARAGRAPHS <= number.block < here.block):
            yield number


_PARAGRAPHS = 4
"""So many paragraphs back the total that one begins with is still looked for."""


def _find_joint_bases(part: Number, bases: Sequence[Number]) -> Iterator[tuple[Number, Number]]:
    """Two counts that may make the base together: the paragraph's first two, or part and rest."""
    alike = [each for each in bases if sort_of(each) == sort_of(part) and each.block == part.block]
    first = alike[:2]
    beside = [each for each in alike if each.start < part.start][-1:]
    if len(first) == 2 and first[0].sentence == first[1].sentence:
        yield first[0], first[1]
    if beside and not (part in first and beside[0] in first):
        yield beside[0], part


def _changes_between(before: Sequence[Number], part: Number) -> int:
    """How many rates and numbers of change stand between a count and its share: 40亿元，增长8%，占5%."""
    between = takewhile(lambda each: each is not part, reversed(before))
    return sum(is_change(own_words(each)) for each in between)


def _iter_readings(
    rate: Number,
    part: Number,
    base: Number,
    *,
    nearest: bool,
    single: bool,
    reach: int,
    only: bool,
) -> Iterator[ClaimReading]:
    if part.value > base.value and rate.value <= 100 and part.value < 1000 * base.value:
        return  # a thousand times more is 万 for 亿
    words = share_words(rate)
    strength, pattern = Strength.POSSIBLE, _NONE
    named = is_rate(words) and (names_part(words, part) or is_all_of(rate, part))
    reach = _NEAR if named else reach
    beside = nearest and part.sentence == rate.sentence and rate.clause - part.clause <= reach
    by_name = names_base(words, base)
    if beside and (by_name or not OTHER_BASE.search(words)) and (not is_rate(words) or named):
        pattern = ("of", base.start)
        here = base.block == part.block and not are_complements(own_words(base), own_words(part))
        plain = (
            here
            and ((named and names_all(words, part)) or _PLAIN.search(words))
            and (only or not _NESTED.search(part.lead))
        )
        strength = Strength.BESIDE if plain else strength
        strength = Strength.SURE if here and by_name else strength
    sure = beside and single and named and not OTHER_BASE.search(words) and names_all(words, part)
    due = nearest and single and is_rate(words) and is_due(base, part)
    if (sure or due) and is_next(base, part):
        strength = Strength.SURE
    yield ClaimReading(Formula.RATIO, (part, base), strength, pattern)
    if "占" not in words and single and rate.value != WHOLE:
        yield ClaimReading(Formula.REST, (part, base), Strength.POSSIBLE)


_PLAIN = re.compile(r"占比?$|占比分别[为是达]$|^$|占[^，]{0,8}总[数量件额]数?的?$|占全部的$")
"""Shares that name no base of their own."""
_NESTED = re.compile(r"其中|含")
_NONE: tuple[object, ...] = ()
