"""A typed claim of all or none, held against the share or the count that decides it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reportgen.word.compare.claims import assertions_in
from reportgen.word.compare.findings import Finding
from reportgen.word.compare.quantities import numbers_in, value_of
from reportgen.word.compare.typed.bound_figures import Around, Bound, BoundFigures
from reportgen.word.compare.typed.judged import Judged
from reportgen.word.compare.typed.typed_numbers import CLAUSE, SENTENCE, Typed, numbers_of
from reportgen.word.document.model import Paragraph, tight

_WHOLE = 100
_ALL = re.compile(
    r"(?:全部|全都|均|都|一律|悉数|件件|条条|无一例外地?)(?:已经?|得到|得以|做到|实现|予以|作了|能)*"
)
_NONE = re.compile(r"(?:没有|无|未发生|未出现|不存在)(?:出现|发生|任何|一[件条项例人户])*")
_NEGATIVE = re.compile(r"[不未逾超]")
_END = re.compile(r"(?:了|现象|情况|情形|问题|的[^的]{0,6})*$")


def judge_claim(
    finding: Finding, where: Paragraph, figures: BoundFigures, known: Mapping[int, str]
) -> Judged:
    """Judge it: 全部按期答复 by the share of that name; 没有逾期答复 by the count; 按期答复30件 by its number."""
    numbers = [each for each in numbers_of(where, figures, known) if each.start in known]
    claiming = _claiming(finding.found)
    claims = [each for each in claiming if not _is_number(each, where, numbers)]
    decided = [_decide(each, where, figures) for each in claims]
    wrong = next((each for each in decided if each and not each[1]), None)
    if wrong is not None:
        figure = wrong[0]
        told = replace(finding, kind="claim-false", expected=figure.shown, key=figure.key)
        return Judged(finding, told, figure.key)
    return Judged(finding, None if claiming and all(decided) else finding)


def _is_number(clause: str, where: Paragraph, numbers: Sequence[Typed]) -> bool:
    """Whether a clause claims nothing but what its numbers say, which were judged already."""
    begin = where.text.find(clause)
    held = [each for each in numbers if begin <= each.start < begin + len(clause)]
    said = len(numbers_in(clause)) == len(held) > 0 and all(each.key for each in held)
    return begin >= 0 and said and not _ALL.search(clause) and not _NONE.match(clause)


def _claiming(text: str) -> list[str]:
    return [each for each in CLAUSE.split(text) if assertions_in(each)]


def _decide(clause: str, where: Paragraph, figures: BoundFigures) -> tuple[Bound, bool] | None:
    """The figure that decides a claim, and whether it holds; None if none does, or they differ."""
    text = tight(where.text)
    at = text.find(clause)
    if at < 0:
        return None
    begin = max((found.end() for found in SENTENCE.finditer(text, 0, at)), default=0)
    found = list(_deciding(text[begin:at], clause, figures))
    return found[0] if len({holds for _, holds in found}) == 1 else None


def _deciding(before: str, clause: str, figures: BoundFigures) -> Iterator[tuple[Bound, bool]]:
    """All figures that decide a claim, each with whether it holds."""
    numbers = numbers_in(clause)
    bare = clause
    for number in reversed(numbers):
        bare = bare[: number.start] + bare[number.end :]
    claim = _ALL.search(bare)
    if claim:
        words = Around(before, bare[: claim.start()] + bare[claim.end() :])
        for each in figures.meant(words, "%"):
            base = figures.all.get(each.base)
            if each.part and base and all(value_of(one.text) == base.exact[0] for one in numbers):
                yield each, each.exact[0] == _WHOLE
        return
    claim = _NONE.match(bare)
    said = _END.sub("", bare[claim.end() :]) if claim else ""
    if _NEGATIVE.match(said) and not numbers:
        yield from ((each, each.exact[0] == 0) for each in figures.named(said))
