"""The arithmetic of what people typed into a report: held against itself and what stands around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction

from reportgen.proofread.levels import ERROR
from reportgen.proofread.model import ProofFinding as Told
from reportgen.proofread.model import TextBlock
from reportgen.word.compare.findings import Finding, make_finding
from reportgen.word.compare.quantities import value_of
from reportgen.word.compare.typed.bound_figures import BoundFigures
from reportgen.word.document.model import Content, Paragraph

_BEFORE = 4
"""So many paragraphs before a typed number may explain it."""
_JUDGED = {"number-typed", "figure-mistyped"}


def reckon_typed(findings: Sequence[Finding], now: Content, figures: BoundFigures) -> list[Finding]:
    """Return the findings with typed numbers that contradict others told as such.

    What a typed number contradicts may be a live figure; live figures among themselves agree.  What
    any figure of the data explains, be it printed there or not, is no contradiction.
    """
    typed = {(each.part, each.number, each.start) for each in findings if each.kind in _JUDGED}
    paragraphs = list(_find_near_paragraphs(now.paragraphs, typed))
    if not typed or not paragraphs:
        return list(findings)
    from reportgen.proofread.proof import proofread_blocks  # noqa: PLC0415 (most type no numbers)

    blocks, begins = _make_blocks(paragraphs)
    told: dict[tuple[str, int, int], Finding] = {}
    text = "".join(f"{each.text}\n" for each in paragraphs)
    for each in proofread_blocks(blocks).findings:
        if is_explained(text, each.spans, figures):
            continue
        for spot, where in _find_typed_in(each, paragraphs, begins, typed):
            kind = "reckoning-wrong" if each.level == ERROR else "reckoning-doubtful"
            told.setdefault(spot, make_finding(kind, where, each.message, "", start=spot[2]))
            break
    kept = (
        one for one in findings if one.kind != "number-typed" or _spot_of_finding(one) not in told
    )
    mistyped = {_spot_of_finding(each) for each in findings if each.kind == "figure-mistyped"}
    return [*kept, *(each for spot, each in told.items() if spot not in mistyped)]


def is_explained(text: str, spans: Sequence[tuple[int, int]], figures: BoundFigures) -> bool:
    """Return whether a share is one of some figure, or a list makes what some figure of its unit says."""
    texts = [text[start:end] for start, end in spans]
    printed, *others = (value_of(each) for each in texts)
    if printed is None or None in others:
        return False
    is_share = texts[0].endswith(("%", "％"))
    behind = text[spans[1 if is_share else 0][1] :]
    known = [
        each.exact[0]
        for each in figures.all.values()
        if each.unit and not each.part and behind.startswith(each.unit)
    ]
    if not is_share:
        return sum(each for each in others if each is not None) in known
    half = Fraction(1, 200 * 10 ** len(texts[0].rstrip("%％").partition(".")[2]))
    part = others[0] or Fraction(0)
    shown = {
        (figures.all[each.part].exact[0], each.printed)
        for each in figures.all.values()
        if each.part in figures.all
    }
    return (part, 100 * printed) in shown or any(
        abs(part / base - printed) <= half for base in known if base > 0
    )


def _spot_of_finding(finding: Finding) -> tuple[str, int, int]:
    return finding.part, finding.number, finding.start


def _find_near_paragraphs(
    paragraphs: Sequence[Paragraph], typed: set[tuple[str, int, int]]
) -> Iterator[Paragraph]:
    """The paragraphs with typed numbers, and a few before each."""
    here = {(part, number) for part, number, _ in typed}
    found = [place for place, each in enumerate(paragraphs) if (each.part, each.number) in here]
    for place, each in enumerate(paragraphs):
        if any(at_ - _BEFORE <= place <= at_ for at_ in found):
            yield each


def _make_blocks(paragraphs: Sequence[Paragraph]) -> tuple[list[TextBlock], list[int]]:
    blocks, begins, begin = [], [], 0
    for each in paragraphs:
        blocks.append(TextBlock(begin, each.text))
        begins.append(begin)
        begin += len(each.text) + 1
    return blocks, begins


def _find_typed_in(
    told: Told, paragraphs: Sequence[Paragraph], begins: Sequence[int],
    typed: set[tuple[str, int, int]],
) -> Iterator[tuple[tuple[str, int, int], Paragraph]]:  # fmt: skip
    """The typed numbers that a finding speaks of, each with its paragraph.

    None if some of its numbers stand in another paragraph: that may speak of something else.
    """
    places = {bisect_right(begins, start) - 1 for start, _ in told.spans}
    if len(places) > 1:
        return
    (place,) = places
    where = paragraphs[place]
    for start, end in told.spans:
        for spot in typed:
            if spot[:2] == (where.part, where.number) and start <= begins[place] + spot[2] < end:
                yield spot, where
