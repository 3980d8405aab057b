"""A typed rate, held against the shares and the counts that its words name."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from reportgen.proofread.slips import compare_rate
from reportgen.word.compare.findings import Finding
from reportgen.word.compare.typed.bound_figures import BoundFigure, BoundFigures, WordsAround
from reportgen.word.compare.typed.judged import HOW, LEAST, JudgedFinding, make_mistyped
from reportgen.word.compare.typed.typed_numbers import SENTENCE, TypedNumber, find_words_around

_OTHER_BASE = "似为按“{}”算的"


def judge_rate(
    finding: Finding,
    number: TypedNumber,
    numbers: Sequence[TypedNumber],
    text: str,
    figures: BoundFigures,
) -> JudgedFinding:
    """Judge it by the share that its words name, or by the count that stands before it or that they name."""
    here = find_words_around(text, number, numbers)
    named, of, base = here.own.partition("占")
    words = WordsAround(here.sentence, named)
    shares = [each for each in figures.meant(words, "%") if each.part]
    for share in shares if not of else ():
        if number.fits(share):
            return JudgedFinding(finding, None, share.key)
    part = _find_count_before(number, numbers, text) if not shares else ""
    part = part or (_find_named_count(words, figures) if of else "")
    if of and part in figures.all:
        return _judge_share(finding, number, figures.all[part], base, figures)
    shares = shares or [each for each in figures.all.values() if part and each.part == part]
    if len(shares) != 1:
        return JudgedFinding(finding, finding)
    return _judge_named(finding, number, shares[0], figures)


def _judge_named(
    finding: Finding, number: TypedNumber, share: BoundFigure, figures: BoundFigures
) -> JudgedFinding:
    """A rate that is called as a share of the report is."""
    if number.fits(share):
        return JudgedFinding(finding, None, share.key)
    base = _find_other_base(number, share, figures)
    if base is not None:
        return make_mistyped(finding, share.key, share.shown, _OTHER_BASE.format(base.key))
    slip = _find_rate_slip(number, share.exact)
    return (
        make_mistyped(finding, share.key, share.shown, slip)
        if slip
        else JudgedFinding(finding, finding)
    )


def _judge_share(
    finding: Finding, number: TypedNumber, part: BoundFigure, words: str, figures: BoundFigures
) -> JudgedFinding:
    """占总数的 so much: of the base that is named, else of any that shares are of."""
    bases = figures.meant(WordsAround("", words.removesuffix("的")), part.unit)
    of = [
        each for each in bases or figures.bases if each.unit == part.unit and each.key != part.key
    ]
    shares = {each: 100 * part.exact[0] / each.exact[0] for each in of if each.exact[0] > 0}
    own = [each for each in figures.all.values() if each.part == part.key]
    key = own[0].key if own else part.key
    holds = any(abs(share - number.value) <= number.half for share in shares.values())
    if holds or any(number.fits(each) for each in own if each.base in {one.key for one in of}):
        return JudgedFinding(finding, None, key)
    usual = [each for each in shares if figures.all.get(key, part).base in {"", each.key}]
    base = next(iter(bases or usual), None)
    if base is None or len(bases) > 1 or base not in shares:
        return JudgedFinding(finding, finding)
    share = shares[base]
    slip = _find_rate_slip(number, (share, share))
    shown = (
        f"{_round_share(share, number.half)}%（{part.key}＝{part.text}、{base.key}＝{base.text}）"
    )
    return make_mistyped(finding, key, shown, slip) if slip else JudgedFinding(finding, finding)


def _round_share(share: Fraction, half: Fraction) -> str:
    """As many places as half a unit of the last one tells."""
    unit = 2 * half
    units = int(share / unit + Fraction(1, 2))
    places = len(str(unit.denominator)) - 1
    return f"{Decimal(units).scaleb(-places):.{places}f}"


def _find_rate_slip(number: TypedNumber, exact: tuple[Fraction, Fraction]) -> str:
    slip = compare_rate(number.value, number.half, exact) if number.value >= LEAST else None
    return HOW[slip] if slip else ""


def _is_share(number: TypedNumber, part: BoundFigure, base: BoundFigure) -> bool:
    if part.unit != base.unit or part.key == base.key or base.exact[0] <= 0:
        return False
    return abs(100 * part.exact[0] / base.exact[0] - number.value) <= number.half


def _find_other_base(
    number: TypedNumber, share: BoundFigure, figures: BoundFigures
) -> BoundFigure | None:
    part = figures.all.get(share.part)
    others = (each for each in figures.bases if each.key != share.base)
    return next((each for each in others if part and _is_share(number, part, each)), None)


def _find_count_before(number: TypedNumber, numbers: Sequence[TypedNumber], text: str) -> str:
    """The key of the figure right before a rate, in the same sentence."""
    before = [each for each in numbers if each.end <= number.start]
    if not before or before[-1].unit == "%":
        return ""
    return "" if SENTENCE.search(text, before[-1].end, number.start) else before[-1].key


def _find_named_count(words: WordsAround, figures: BoundFigures) -> str:
    """The key of the count that a share's own words name: 按期答复的占总件数的."""
    units = dict.fromkeys(each.unit for each in figures.bases)
    found = [each.key for unit in units for each in figures.meant(words, unit)]
    return found[0] if len(found) == 1 else ""
