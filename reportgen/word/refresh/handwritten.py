"""What people wrote into a report and a refresh carries on: no new data make it true.

Each number and claim typed by hand is told every time.  Where the new report is of another year,
so is every sentence of theirs, and a comment stands at it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from reportgen.word.after.comments import Note, add_notes
from reportgen.word.compare import excerpts, table_diff, text_diff
from reportgen.word.compare.findings import KINDS, Finding, at
from reportgen.word.compare.quantities import numbers_in
from reportgen.word.document.model import Content, Paragraph, Table, tight
from reportgen.word.refresh.state import State

_TOLD = {
    "number-typed": "number-typed",
    "number-changed": "number-typed",
    "claim-typed": "claim-typed",
    "sentence-changed": "sentence-changed",
}
"""What a verification calls it, and a refresh."""
_CELLS = {"cell-changed", "row-added", "column-added", "figure-replaced"}
OF_ANOTHER_YEAR = "：".join(map(str, KINDS["year-kept"]))
"""So begins a comment at a sentence of another year; it stays until the person takes it out."""
_SENTENCES = re.compile(r"(?<=[。；！？\n])")


def carried(state: State) -> Iterator[Finding]:
    """Numbers and claims of people's own; to be asked before anything is changed."""
    made, now = state.made, state.now.reading.content
    known = {each.signature for each in made.edges}
    fresh = [each for each in now.edges if each.signature not in known]
    for before, here in ((made.paragraphs, now.paragraphs), (made.edges, fresh)):
        for found in text_diff.compare(before, here, {}):
            if found.kind in _TOLD and found.number >= 0:
                yield replace(found, kind=_TOLD[found.kind])
    for found in table_diff.compare(made.tables, now.tables):
        if found.kind in _CELLS and found.number >= 0 and numbers_in(found.found):
            yield replace(found, kind="number-typed", expected="", key="")
    yield from excerpts.typed(made.tables, now.tables)


def of_another_year(state: State) -> list[Finding]:
    """Every sentence that people wrote, if the new report is of another year."""
    then, now = (each.reading.record.get("period") for each in (state.now, state.new))
    if not then or not now or then == now:
        return []
    made = {tight(sentence) for _, sentence in _sentences(state.made)}
    return [
        at("year-kept", paragraph, sentence.strip(), "", start=paragraph.text.find(sentence))
        for paragraph, sentence in _sentences(state.now.reading.content)
        if tight(sentence) not in made
    ]


def comment_on(state: State, found: list[Finding]) -> None:
    """A comment at each of these in the body, if it still stands there."""
    document = state.now.package.document
    tree = state.now.trees[document]
    here = {each.number: each for each in _paragraphs(state.now.reading.content)
            if each.part == document}  # fmt: skip
    notes = [
        Note(element, [f"{one.severity}：{one.title}", one.found])
        for one in found
        if one.part == document
        and (element := state.element(here[one.number])).getroottree().getroot() is tree
    ]
    date = dt.date.fromisoformat(state.new.reading.record["date"])
    add_notes(state.now.package, tree, notes, date)
    state.changed |= {document} if notes else set()


def _sentences(content: Content) -> Iterator[tuple[Paragraph, str]]:
    for paragraph in _paragraphs(content):
        for sentence in _SENTENCES.split(paragraph.text):
            if sentence.strip():
                yield paragraph, sentence


def _paragraphs(content: Content) -> Iterator[Paragraph]:
    """All with text; of tables those in rows that are at hand, as long ones are registers."""
    for block in content.body:
        if isinstance(block, Table):
            rows = (row for row in block.rows if row.aside < 0)
            yield from (each for row in rows for each in row.paragraphs)
        else:
            yield block
    yield from content.edges
