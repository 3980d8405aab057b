"""``proofread``: the numbers of any text or Word document; no folder needed, nothing heavy imported."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen import workspace
from reportgen.commands.folder.document import name_document
from reportgen.proofread.model import Proof
from reportgen.proofread.proof import (
    drop_bound_findings,
    proofread_blocks,
    proofread_text,
    quote_sentence,
)
from reportgen.workspace import SavedFile

_TEXTS = frozenset({".txt", ".md", ".markdown", ".text"})


@dataclass(frozen=True)
class ReckonedDocument:
    """What reckoning a document gives, each finding with its place and sentence.

    ``commented``: the Word document with a comment at each finding, if it was asked for; a plain text
    can hold none.
    """

    proof: Proof
    places: Sequence[tuple[str, str]]
    is_plain: bool
    commented: bytes = b""


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
    done = reckon(path.name, workspace.read_document(path), today=today, comments=comments)
    uncommented = comments and done.is_plain
    if not comments or done.is_plain:
        return ProofreadFile(path, done.proof, done.places, uncommented=uncommented)
    copy = workspace.save_beside(path, workspace.COMMENTED, done.commented)
    return ProofreadFile(path, done.proof, done.places, copy)


def reckon(
    name: str, content: bytes, *, today: dt.date, comments: bool = False
) -> ReckonedDocument:
    """Reckon the numbers of a document that is at hand; nothing is read or written.

    Raises:
        WorkspaceError: a text (by its ``name``) cannot be decoded.
        ReportError: it is no Word document that can be read.
    """
    if Path(name).suffix.lower() in _TEXTS:
        return _reckon_text(workspace.decode_text(content, name))
    with name_document(Path(name)):
        return _reckon_word(content, today, comments=comments)


def _reckon_text(text: str) -> ReckonedDocument:
    proof = proofread_text(text)
    ends = [found.start() for found in re.finditer("\n", text)]
    places = [
        (f"第{bisect_left(ends, each.spans[0][0]) + 1}行", quote_sentence(text, each))
        for each in proof.findings
    ]
    return ReckonedDocument(proof, places, is_plain=True)


def _reckon_word(content: bytes, today: dt.date, *, comments: bool) -> ReckonedDocument:
    from reportgen.word.after.comments import comment_paragraphs  # noqa: PLC0415
    from reportgen.word.document.running_text import read_running_text  # noqa: PLC0415

    running = read_running_text(content)
    proof = drop_bound_findings(proofread_blocks(running.blocks), running.bound)
    at = [running.paragraph_at(each.spans[0][0]) for each in proof.findings]
    texts = [quote_sentence(running.text, each) for each in proof.findings]
    places = [(each.place, text) for each, text in zip(at, texts, strict=True)]
    if not comments:
        return ReckonedDocument(proof, places, is_plain=False)
    notes = [
        (where.number if where.part == running.document else -1, [f"{one.level}：{one.code}", one.message])
        for where, one in zip(at, proof.findings, strict=True)
    ]  # fmt: skip
    return ReckonedDocument(proof, places, False, comment_paragraphs(content, notes, today))
