"""``proofread``: the numbers of any text or Word document; no folder needed, nothing heavy imported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen import workspace
from reportgen.commands.folder.document import name_document
from reportgen.proofread import (
    Proof,
    drop_bound_findings,
    proofread_blocks,
    proofread_text,
    quote_sentence,
)
from reportgen.workspace import SavedFile

_TEXTS = frozenset({".txt", ".md", ".markdown", ".text"})


@dataclass(frozen=True)
class ProofreadFile:
    """What proofreading a file gives, each finding with its place and sentence.

    ``copy``: the one with comments, if it was asked for; ``uncommented``: it was, but a plain text
    can hold none.
    """

    path: Path
    proof: Proof
    places: Sequence[tuple[str, str]]
    copy: SavedFile | None = None
    uncommented: bool = False


def proofread(path: Path, *, today: dt.date, comments: bool = False) -> ProofreadFile:
    """Reckon the numbers of a text or a Word document; needs no working folder.

    ``comments``: also save a copy of a Word document in which each finding is a comment.
    """
    if path.suffix.lower() in _TEXTS:
        text = workspace.read_text_file(path)
        proof = proofread_text(text)
        places = [
            (f"第{text.count(chr(10), 0, each.spans[0][0]) + 1}行", quote_sentence(text, each))
            for each in proof.findings
        ]
        return ProofreadFile(path, proof, places, uncommented=comments)
    from reportgen.word.after.comments import comment_paragraphs  # noqa: PLC0415
    from reportgen.word.document.running_text import read_running_text  # noqa: PLC0415

    content = workspace.read_document(path)
    with name_document(path):
        running = read_running_text(content)
    proof = drop_bound_findings(proofread_blocks(running.blocks), running.bound)
    at = [running.paragraph_at(each.spans[0][0]) for each in proof.findings]
    texts = [quote_sentence(running.text, each) for each in proof.findings]
    places = [(each.place, text) for each, text in zip(at, texts, strict=True)]
    if not comments:
        return ProofreadFile(path, proof, places)
    notes = [
        (where.number if where.part == running.document else -1, [f"{one.level}：{one.code}", one.message])
        for where, one in zip(at, proof.findings, strict=True)
    ]  # fmt: skip
    commented = comment_paragraphs(content, notes, today)
    copy = workspace.save_beside(path, workspace.COMMENTED, commented)
    return ProofreadFile(path, proof, places, copy)
