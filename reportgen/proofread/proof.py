"""The four parts in a row: a text, or its blocks → what disagrees in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
    begin = max((text.rfind(stop, 0, start) for stop in _STOPS), default=-1) + 1
    stops = [at for stop in _STOPS if (at := text.find(stop, end)) >= 0]
    stop = min(stops, default=len(text))
    begin, stop = max(begin, start - _LONGEST), min(stop + 1, end + _LONGEST)
    return text[begin:stop].strip()


_STOPS = "。！？\n"
_LONGEST = 40
"""So many signs of a long sentence are quoted on either side."""


def drop_bound_findings(proof: Proof, bound: Sequence[tuple[int, int]]) -> Proof:
    """Return a proof without the findings all of whose numbers are bound to data elsewhere."""
    kept = [
        each
        for each in proof.findings
        if not all(any(a < end and start < b for a, b in bound) for start, end in each.spans)
    ]
    return replace(proof, findings=kept)
