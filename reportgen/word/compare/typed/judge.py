"""Numbers and claims that people typed into a report, held against its figures.

A typed number that says what the figure it speaks of says is no remark; one slip from it (cut off,
a digit, two of them swapped, a share of another base) is an error that names the figure and its
cells; what no figure is told to be meant by stays a remark.  A claim of all or none is held
against the share or the count that decides it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from reportgen.proofread.slips import find_slip
from reportgen.word.compare.findings import Finding
from reportgen.word.compare.typed.bound_figures import BoundFigure, BoundFigures, WordsAround
from reportgen.word.compare.typed.claims import judge_claim
from reportgen.word.compare.typed.judged import HOW, LEAST, JudgedFinding, make_mistyped
from reportgen.word.compare.typed.rates import judge_rate
from reportgen.word.compare.typed.typed_numbers import (
    SENTENCE,
    TypedNumber,
    find_paragraph_numbers,
    find_words_around,
)
from reportgen.word.document.model import Content, Paragraph

_SWAPPED = "似与旁边的一个数写颠倒了"


def tell_judged_findings(
    findings: Sequence[Finding], now: Content, figures: BoundFigures
) -> list[Finding]:
    """Return the findings with typed numbers and claims judged by the figures; what agrees is left out."""
    return [each.told for each in judge_typed(findings, now, figures) if each.told is not None]


def judge_typed(
    findings: Sequence[Finding], now: Content, figures: BoundFigures
) -> Iterator[JudgedFinding]:
    """Yield each finding, those on typed numbers and claims judged by the figures."""
    paragraphs = {(each.part, each.number): each for each in (*now.paragraphs, *now.edges)}
    known: defaultdict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    for each in sorted(
        findings, key=lambda one: (one.kind == "claim-typed", one.part, one.number, one.start)
    ):
        where = paragraphs.get((each.part, each.number))
        if where is None or each.kind not in {"number-typed", "claim-typed"}:
            yield JudgedFinding(each, each)
        elif each.kind == "claim-typed":
            yield judge_claim(each, where, figures, known[each.part, each.number])
        else:
            judged = _judge_number(each, where, figures, known[each.part, each.number])
            known[each.part, each.number][each.start] = judged.key
            yield judged


def _judge_number(
    finding: Finding, where: Paragraph, figures: BoundFigures, known: Mapping[int, str]
) -> JudgedFinding:
    numbers = find_paragraph_numbers(where, figures, known)
    number = next((each for each in numbers if each.start == finding.start), None)
    if number is None:
        return JudgedFinding(finding, finding)
    if number.unit == "%":
        return judge_rate(finding, number, numbers, where.text, figures)
    words = find_words_around(where.text, number, numbers)
    meant = figures.meant(words, number.unit)
    for figure in meant:
        if number.fits(figure):
            return JudgedFinding(finding, None, figure.key)
    if len(meant) != 1:
        return JudgedFinding(finding, finding)
    figure = meant[0]
    if _is_swapped(number, figure, numbers, where.text, figures):
        return make_mistyped(finding, figure.key, figure.shown, _SWAPPED)
    return _judge_count(finding, number, figure, words, figures)


def _judge_count(
    finding: Finding,
    number: TypedNumber,
    figure: BoundFigure,
    words: WordsAround,
    figures: BoundFigures,
) -> JudgedFinding:
    if number.value < LEAST or "其中" in words.own or _is_other(number, words, figures):
        return JudgedFinding(finding, finding)
    slip = find_slip(number.value, number.half, figure.exact)
    return (
        make_mistyped(finding, figure.key, figure.shown, HOW[slip])
        if slip
        else JudgedFinding(finding, finding)
    )


def _is_other(number: TypedNumber, words: WordsAround, figures: BoundFigures) -> bool:
    """Whether it is just what another figure says of which some name stands beside it."""
    return any(
        number.unit == each.unit
        and number.fits(each)
        and any(name in words.own for name in each.names)
        for each in figures.all.values()
    )


def _is_swapped(
    number: TypedNumber,
    figure: BoundFigure,
    numbers: Sequence[TypedNumber],
    text: str,
    figures: BoundFigures,
) -> bool:
    """Whether another number of the sentence says what it should, and it what that one should."""
    for other in numbers:
        between = text[min(number.end, other.end) : max(number.start, other.start)]
        if (
            other.unit == number.unit
            and not other.key
            and other.fits(figure)
            and not SENTENCE.search(between)
        ):
            meant = figures.meant(find_words_around(text, other, numbers), other.unit)
            if len(meant) == 1 and number.fits(meant[0]) and meant[0].exact != figure.exact:
                return True
    return False
