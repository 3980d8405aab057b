"""The four parts in a row: a text, or its blocks → what disagrees in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from reportgen.proofread.blocks import split_blocks
from reportgen.proofread.model import Proof, ProofFinding, TextBlock
from reportgen.proofread.reckoning import reckon_claims
from reportgen.proofread.relations import find_claims
from reportgen.proofread.tokens import read_numbers
from reportgen.proofread.wording import word_findings


def proofread_text(text: str) -> Proof:
    """Return what disagrees in a plain text or Markdown file; spans are offsets in it."""
    return proofread_blocks(split_blocks(text))


def proofread_blocks(blocks: Sequence[TextBlock]) -> Proof:
    """Return what disagrees in paragraphs and table cells; spans are offsets in the whole text."""
    return word_findings(reckon_claims(find_claims(blocks, read_numbers(blocks))))


def quote_sentence(text: str, finding: ProofFinding) -> str:
    """Return the sentence around a finding's first number, not too long."""
    start, end = finding.spans[0]
    least, most = max(0, start - _LONGEST), end + _LONGEST
    begin = max(text.rfind(stop, least, start) for stop in _STOPS) + 1
    stops = [at + 1 for stop in _STOPS if (at := text.find(stop, end, most)) >= 0]
    return text[max(begin, least) : min(stops, default=most)].strip()


_STOPS = "。！？\n"
_LONGEST = 40
"""So many signs of a long sentence are quoted on either side."""


def drop_bound_findings(proof: Proof, bound: Sequence[tuple[int, int]]) -> Proof:
    """Return a proof without the findings all of whose numbers are bound to data elsewhere."""
    ordered = sorted(bound)
    starts, reach = (
        [start for start, _ in ordered],
        list(accumulate([end for _, end in ordered], max)),
    )

    def is_bound(span: tuple[int, int]) -> bool:
        before = bisect_left(starts, span[1])
        return before > 0 and reach[before - 1] > span[0]

    kept = [each for each in proof.findings if not all(map(is_bound, each.spans))]
    return replace(proof, findings=kept)
