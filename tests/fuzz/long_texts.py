"""``python -m tests.fuzz.long_texts [WORD …]``: which texts of a report take quadratic time.

Into the report of the sample a long text is typed: one piece over and over, as a paragraph of its own
or behind a sentence, or as as many paragraphs or cells.  It is verified and renewed.  A text twice
as long may take twice as long; where it takes three times as long, and noticeably long at all, the
command and the piece are named.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Mapping

import docx
from docx.document import Document

from reportgen.commands.folder.template import read_default_sentences
from reportgen.reports import KINDS
from reportgen.word.after.comments import comment_findings
from reportgen.word.after.finalize import finalize_report
from reportgen.word.compare.verify import verify_report
from reportgen.word.document.reader import open_report
from reportgen.word.refresh import merge_reports
from reportgen.word.refresh.as_opened import open_filled_report
from reportgen.word.render.fill import FilledReport, make_filled_report
from reportgen.word.template.sentences import Template
from tests.fuzz.cases import Originals
from tests.support.templates import PNG

LETTERS = 10_000
NOTICEABLE = 1.5
"""Seconds of CPU beyond those that the report takes as it is."""
PIECES = (
    "长", "ab", "，", "。", "办，", "全部。", "7件", "7件，", "占50%，", "7件和8件共15件。", "《甲》", "《", "（一）",
    "一是", "农业农村办公室", "张三代表", "2024年", "百分之", "增长5%，", "1.", "7", "〇", "甲：", "“", "图1", "{", "、",
)  # fmt: skip


def _behind(document: Document, piece: str, times: int) -> None:
    next(p for p in document.paragraphs if len(p.text) > 60).add_run(piece * times)


def _alone(document: Document, piece: str, times: int) -> None:
    document.paragraphs[6].insert_paragraph_before(piece * times)


def _lines(document: Document, piece: str, times: int) -> None:
    place = document.paragraphs[6]
    for _ in range(times // 20):
        place.insert_paragraph_before(piece * 5)


def _cells(document: Document, piece: str, times: int) -> None:
    document.tables[0].rows[1].cells[0].paragraphs[0].add_run(piece * times)


PLACES: Mapping[str, Callable[[Document, str, int], None]] = {
    "behind a sentence": _behind, "alone": _alone, "lines": _lines, "in a cell": _cells,
}  # fmt: skip


def seconds(originals: Originals, place: str, piece: str, letters: int) -> Mapping[str, float]:
    """Of CPU, by what is done with the edited report."""
    document = docx.Document(io.BytesIO(originals.edited))
    PLACES[place](document, piece, letters // len(piece))
    buffer = io.BytesIO()
    document.save(buffer)
    content = buffer.getvalue()
    opened = open_report(content)
    found: dict[str, float] = {}
    commands: Mapping[str, Callable[[], object]] = {
        "verify": lambda: comment_findings(content, verify_report(opened.reading)),
        "finalize": lambda: finalize_report(content),
        "refresh": lambda: merge_reports(opened, open_filled_report(_fresh(originals))),
    }
    for name, do in commands.items():
        clock = time.process_time()
        do()
        found[name] = time.process_time() - clock
    return found


def _fresh(originals: Originals) -> FilledReport:
    return make_filled_report(
        Template(originals.template, read_default_sentences(KINDS[0])),
        originals.report,
        lambda _: PNG,
    )


def main(words: list[str]) -> int:
    """Name what is not linear."""
    originals = Originals.of_sample(foreign=False)
    usual = seconds(originals, "alone", "长", 1)
    slow = tried = 0
    for place in PLACES:
        for piece in PIECES:
            if words and not any(word in (place, piece) for word in words):
                continue
            tried += 1
            once = seconds(originals, place, piece, LETTERS)
            if max(once[name] - usual[name] for name in once) < NOTICEABLE / 3:
                continue
            twice = seconds(originals, place, piece, 2 * LETTERS)
            for name, took in twice.items():
                more, less = took - usual[name], once[name] - usual[name]
                if more > NOTICEABLE and more > 3 * less:
                    slow += 1
                    sys.stdout.write(f"{name}, {place}, {piece!r}: {less:.1f} s, {more:.1f} s\n")
                    sys.stdout.flush()
    sys.stdout.write(f"{tried} texts, {slow} in quadratic time\n")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
