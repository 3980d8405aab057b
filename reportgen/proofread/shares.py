"""Numbers → claims about shares and rates: which count of which base."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportgen.proofread.model import Claim, Formula, Kind, Number, Reading, Strength
from reportgen.proofread.vocabulary import is_change, is_linked, is_share, own_words, sort_of

_RATES = (Kind.PERCENT, Kind.PERMILLE)
_PLAN = re.compile(r"计划|预算|目标|任务")
_FAR = 80
"""So many numbers back a base is still looked for."""


def find_shares(numbers: Sequence[Number]) -> Iterator[Claim]:
    """Yield a claim for every share that has a count of its own to be a share of something."""
    run: list[Number] = []
    for at, number in enumerate(numbers):
        if number.kind in _RATES and run and is_linked(number):
            run.append(number)
            continue
        yield from _read_run(numbers, run)
        run = [number] if number.kind in _RATES and _may_be_share(numbers, at) else []
    yield from _read_run(numbers, run)


def _may_be_share(numbers: Sequence[Number], at: int) -> bool:
    words = own_words(numbers[at])
    bracketed = numbers[at].lead.rstrip()[-1:] in {"（", "("}
    bare = not words.strip() and at > 0 and numbers[at - 1].kind is Kind.COUNT
    return is_share(words) or ((bracketed or bare) and not is_change(words))


def _read_run(numbers: Sequence[Number], run: Sequence[Number]) -> Iterator[Claim]:
    """Claims of rates that stand together: each has the count of its own place in their order."""
    if not run:
        return
    first = next(at for at, each in enumerate(numbers) if each is run[0])
    counts = _own_counts(numbers, first)
    for place, rate in enumerate(run):
        ordered = counts[-len(run) :][place : place + 1] if len(counts) >= len(run) else []
        yield from _read_share(numbers, first, rate, ordered, counts, single=len(run) == 1)


def _own_counts(numbers: Sequence[Number], first: int) -> list[Number]:
    """The counts before a rate, in its paragraph, back to the rate before; or of its sentence."""
    found: list[Number] = []
    here = numbers[first]
    for number in reversed(numbers[max(0, first - 30) : first]):
        if number.block != here.block or (found and number.sentence != here.sentence):
            break
        if number.kind is Kind.COUNT:
            found.append(number)
        elif found and number.kind in _RATES:
            break
    return found[::-1]


def _read_share(
    numbers: Sequence[Number], first: int, rate: Number, ordered: Sequence[Number],
    counts: Sequence[Number], *, single: bool,
) -> Iterator[Claim]:  # fmt: skip
    parts = [*ordered, *(each for each in reversed(counts) if each not in ordered)]
    bases = [each for each in numbers[max(0, first - _FAR) : first + 40] if each.kind is Kind.COUNT]
    readings = [
        reading
        for nth, part in enumerate(parts[:6])
        for base in bases
        if base is not part and sort_of(part) == sort_of(base)
        for reading in _readings(rate, part, base, nearest=nth == 0, single=single)
    ]
    if readings:
        yield Claim(rate, tuple(readings))


def _readings(
    rate: Number, part: Number, base: Number, *, nearest: bool, single: bool
) -> Iterator[Reading]:
    words = own_words(rate)
    if part.value > base.value and rate.value <= 100:
        return
    strength = Strength.POSSIBLE
    pattern = ("base", base.start) if nearest else ()
    yield Reading(Formula.RATIO, (part, base), strength, pattern)
    if "占" not in words and single:
        yield Reading(Formula.REST, (part, base), Strength.POSSIBLE)
