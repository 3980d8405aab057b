"""A typed claim of all or none, held against the share or the count that decides it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reportgen.word.compare.claims import find_assertion_words
from reportgen.word.compare.findings import Finding
from reportgen.word.compare.quantities import find_quantities, value_of
from reportgen.word.compare.typed.bound_figures import BoundFigure, BoundFigures, WordsAround
from reportgen.word.compare.typed.judged import JudgedFinding
from reportgen.word.compare.typed.typed_numbers import (
    CLAUSE,
    SENTENCE,
    TypedNumber,
    find_paragraph_numbers,
)
from reportgen.word.document.model import Paragraph, drop_spaces

_WHOLE = 100
_ALL = re.compile(
    r"(?:全部|全都|均|都|一律|悉数|件件|条条|无一例外地?)(?:已经?|得到|得以|做到|实现|予以|作了|能)*"
)
_NONE = re.compile(r"(?:没有|无|未发生|未出现|不存在)(?:出现|发生|任何|一[件条项例人户])*")
_NEGATIVE = re.compile(r"[不未逾超]")
_END = re.compile(r"(?:了|现象|情况|情形|问题|的[^的]{0,6})*$")


def judge_claim(
    finding: Finding, where: Paragraph, figures: BoundFigures, known: Mapping[int, str]
) -> JudgedFinding:
    """Judge it: 全部按期答复 by the share of that name; 没有逾期答复 by the count; 按期答复30件 by its number."""
    numbers = [
        each for each in find_paragraph_numbers(where, figures, known) if each.start in known
    ]
    claiming = _find_claiming_clauses(finding.found)
    claims = [each for each in claiming if not _is_only_numbers(each, where, numbers)]
    decided = [_decide_claim(each, where, figures) for each in claims]
    wrong = next((each for each in decided if each and not each[1]), None)
    if wrong is not None:
        figure = wrong[0]
        told = replace(finding, kind="claim-false", expected=figure.shown, key=figure.key)
        return JudgedFinding(finding, told, figure.key)
    return JudgedFinding(finding, None if claiming and all(decided) else finding)


def _is_only_numbers(clause: str, where: Paragraph, numbers: Sequence[TypedNumber]) -> bool:
    """Whether a clause claims nothing but what its numbers say, which were judged already."""
    begin = where.text.find(clause)
    held = [each for each in numbers if begin <= each.start < begin + len(clause)]
    said = len(find_quantities(clause)) == len(held) > 0 and all(each.key for each in held)
    return begin >= 0 and said and not _ALL.search(clause) and not _NONE.match(clause)


def _find_claiming_clauses(text: str) -> list[str]:
    return [each for each in CLAUSE.split(text) if find_assertion_words(each)]


def _decide_claim(
    clause: str, where: Paragraph, figures: BoundFigures
) -> tuple[BoundFigure, bool] | None:
    """The figure that decides a claim, and whether it holds; None if none does, or they differ."""
    text = drop_spaces(where.text)
    at = text.find(clause)
    if at < 0:
        return None
    begin = max((found.end() for found in SENTENCE.finditer(text, 0, at)), default=0)
    found = list(_iter_deciding_figures(text[begin:at], clause, figures))
    return found[0] if len({holds for _, holds in found}) == 1 else None


def _iter_deciding_figures(
    before: str, clause: str, figures: BoundFigures
) -> Iterator[tuple[BoundFigure, bool]]:
    """All figures that decide a claim, each with whether it holds."""
    numbers = find_quantities(clause)
    bare = clause
    for number in reversed(numbers):
        bare = bare[: number.start] + bare[number.end :]
    claim = _ALL.search(bare)
    if claim:
        words = WordsAround(before, bare[: claim.start()] + bare[claim.end() :])
        for each in figures.meant(words, "%"):
            base = figures.all.get(each.base)
            if each.part and base and all(value_of(one.text) == base.exact[0] for one in numbers):
                yield each, each.exact[0] == _WHOLE
        return
    claim = _NONE.match(bare)
    said = _END.sub("", bare[claim.end() :]) if claim else ""
    if _NEGATIVE.match(said) and not numbers:
        yield from ((each, each.exact[0] == 0) for each in figures.named(said))
