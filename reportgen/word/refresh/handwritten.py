"""What people wrote into a report and a refresh carries on: no new data make it true.

Each number and claim typed by hand is told every time.  Where the new report is of another year,
so is every sentence of theirs, and a comment stands at it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from reportgen.word.after.comments import comment_on_years
from reportgen.word.compare import excerpts, table_diff, text_diff
from reportgen.word.compare.findings import Finding, make_finding
from reportgen.word.compare.quantities import find_quantities
from reportgen.word.compare.typed.arithmetic import reckon_typed
from reportgen.word.compare.typed.bound_figures import BoundFigures
from reportgen.word.compare.typed.judge import judge_typed
from reportgen.word.document.model import Content, DocumentTable, Paragraph, drop_spaces
from reportgen.word.refresh.state import RefreshState

_TOLD = {
    "number-typed": "number-typed",
    "number-changed": "number-typed",
    "claim-typed": "claim-typed",
    "sentence-changed": "sentence-changed",
}
"""What a verification calls it, and a refresh."""
_CELLS = {"cell-changed", "row-added", "column-added", "figure-replaced"}
_SENTENCES = re.compile(r"(?<=[。；！？\n])")


def find_handwritten(state: RefreshState) -> list[Finding]:
    """Numbers and claims of people's own; to be asked before anything is changed.

    What the figures of now say as well is left out; what those of then said and these do not is told
    with what they say.
    """
    found = list(_iter_handwritten(state))
    now = state.now.reading.content
    then, new = (each.reading.record for each in (state.now, state.new))
    old = BoundFigures(then["facts"], state.made, then.get("quotes", {}))
    figures = BoundFigures(new["facts"], state.new.reading.content, new.get("quotes", {}))
    right = {
        _spot_of_finding(each.finding): each.key
        for each in judge_typed(found, now, old)
        if not each.told
    }
    judged = judge_typed(found, now, figures)
    told = [
        _mark_outdated(each.told, right.get(_spot_of_finding(each.finding), ""), figures)
        for each in judged
        if each.told is not None
    ]
    return _reckon_renewed(told, now, figures, state.figures)


def _spot_of_finding(finding: Finding) -> tuple[str, str, int, int]:
    return finding.kind, finding.part, finding.number, finding.start


def _mark_outdated(told: Finding, key: str, figures: BoundFigures) -> Finding:
    """A number that said what the figure of that key said then and does not now."""
    figure = figures.all.get(key)
    if figure is None or told.kind not in {"number-typed", "figure-mistyped"}:
        return told
    return replace(told, kind="figure-kept", expected=figure.shown, key=key)


def _reckon_renewed(
    told: list[Finding], now: Content, bound: BoundFigures, texts: Mapping[str, str]
) -> list[Finding]:
    """With what contradicts itself once every live figure shows what it is now."""
    places = {(each.part, each.number): each for each in now.paragraphs}
    moved = [
        replace(each, start=_find_moved_place(where, each.start, texts)) if where else each
        for each in told
        for where in [places.get((each.part, each.number))]
    ]
    renewed = [_renew_paragraph(each, texts) for each in now.paragraphs]
    return reckon_typed(moved, replace(now, body=renewed), bound) if told else told


def _renew_paragraph(paragraph: Paragraph, figures: Mapping[str, str]) -> Paragraph:
    pieces = (
        piece if isinstance(piece, str) else replace(piece, text=figures.get(piece.key, piece.text))
        for piece in paragraph.pieces
    )
    return replace(paragraph, pieces=tuple(pieces))


def _find_moved_place(paragraph: Paragraph, start: int, figures: Mapping[str, str]) -> int:
    """Where a place of its text is once its figures are renewed."""
    before = (each for at_, each in paragraph.spots if at_ < start)
    return start + sum(len(figures.get(each.key, each.text)) - len(each.text) for each in before)


def _iter_handwritten(state: RefreshState) -> Iterator[Finding]:
    made, now = state.made, state.now.reading.content
    known = {each.signature for each in made.edges}
    fresh = [each for each in now.edges if each.signature not in known]
    for before, here in ((made.paragraphs, now.paragraphs), (made.edges, fresh)):
        for found in text_diff.compare_texts(before, here, {}):
            if found.kind in _TOLD and found.number >= 0:
                yield replace(found, kind=_TOLD[found.kind])
    tables = table_diff.locate_all_rows(made.tables, now.tables)
    for found in table_diff.compare_tables(made.tables, now.tables, tables):
        if found.kind in _CELLS and found.number >= 0 and find_quantities(found.found):
            yield replace(found, kind="number-typed", expected="", key="")
    yield from excerpts.find_typed_in_tables(made.tables, now.tables, tables)


def find_other_year_sentences(state: RefreshState) -> list[Finding]:
    """Every sentence that people wrote, if the new report is of another year."""
    then, now = (each.reading.record.get("period") for each in (state.now, state.new))
    if not then or not now or then == now:
        return []
    made = {drop_spaces(sentence) for _, sentence in _iter_sentences(state.made)}
    return [
        make_finding(
            "year-kept", paragraph, sentence.strip(), "", start=paragraph.text.find(sentence)
        )
        for paragraph, sentence in _iter_sentences(state.now.reading.content)
        if drop_spaces(sentence) not in made
    ]


def comment_sentences(state: RefreshState, found: list[Finding]) -> None:
    """A comment at each of these that still stands in the report."""
    document = state.now.package.document
    tree = state.now.trees[document]
    here = {(each.part, each.number): each for each in _iter_paragraphs(state.now.reading.content)}
    elements = ((one, state.element(here[one.part, one.number])) for one in found)
    standing = [
        (one, element if one.part == document else None)
        for one, element in elements
        if element.getroottree().getroot() is state.now.trees[one.part]
    ]
    date = dt.date.fromisoformat(state.new.reading.record["date"])
    if comment_on_years(state.now.package, tree, standing, date):
        state.changed.add(document)


def _iter_sentences(content: Content) -> Iterator[tuple[Paragraph, str]]:
    for paragraph in _iter_paragraphs(content):
        for sentence in _SENTENCES.split(paragraph.text):
            if sentence.strip():
                yield paragraph, sentence


def _iter_paragraphs(content: Content) -> Iterator[Paragraph]:
    """All with text; of tables those in rows that are at hand, as long ones are registers."""
    for block in content.body:
        if isinstance(block, DocumentTable):
            rows = (row for row in block.rows if row.aside < 0)
            yield from (each for row in rows for each in row.paragraphs)
        else:
            yield block
    yield from content.edges
