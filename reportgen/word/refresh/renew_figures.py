"""Every figure of the edited report shows what it is now, in the looks it has."""

from __future__ import annotations

from collections.abc import Container, Iterator

from lxml import etree

from reportgen.word.compare import text_diff
from reportgen.word.compare.findings import Finding, make_finding
from reportgen.word.compare.quantities import has_same_value
from reportgen.word.document.model import Figure, Paragraph, drop_spaces
from reportgen.word.document.paragraph_reader import LiveField, ParagraphReader
from reportgen.word.refresh.paragraph_edit import renew_field, unlink_field
from reportgen.word.refresh.state import RefreshState
from reportgen.word.xml.wml import w

_PLAIN = ("figure-plain", "figure-replaced")


def find_overtyped(state: RefreshState) -> Iterator[Finding]:
    """What people wrote in place of figures: in their fields, where it goes; as text, where it stays.

    To be asked before anything is changed.
    """
    for paragraph, figure in state.overtyped(state.now.reading.content.figured):
        text = state.figures.get(figure.key, "")
        if figure.key in state.old_figures and drop_spaces(figure.text) != drop_spaces(text):
            yield make_finding("figure-renewed", paragraph, figure.text, text, key=figure.key,
                     start=_find_start(paragraph, figure))  # fmt: skip
    for found in text_diff.compare_texts(
        state.made.paragraphs, state.now.reading.content.paragraphs, {}
    ):
        text = state.figures.get(found.key, "")
        if found.kind in _PLAIN and not has_same_value(found.found, text):
            yield Finding("figure-kept", found.place, found.found, text, found.sentence, found.key,
                          found.part, found.number)  # fmt: skip


def renew_all_figures(state: RefreshState) -> None:
    """Renew every figure; one that is no longer among the data stays as plain text."""
    places = {
        state.element(paragraph): paragraph for paragraph in state.now.reading.content.figured
    }
    for name, tree in state.now.trees.items():
        for p, live in _iter_fields(tree, state.foreign):
            text = state.figures.get(live.key)
            if text is not None and live.text != text:
                renew_field(p, live, text)
                state.done["figure"] += 1
            elif text is None:
                unlink_field(p, live)
                _report_lost_figure(state, places.get(p), live)
            if live.text != text:
                state.changed.add(name)


def _report_lost_figure(state: RefreshState, where: Paragraph | None, live: LiveField) -> None:
    if where is not None:
        renewed = ("figure-renewed", live.key, where.part, where.number)
        state.findings = [
            each
            for each in state.findings
            if (each.kind, each.key, each.part, each.number) != renewed  # it is not, it stays
        ]
        start = _find_start(where, Figure(live.key, live.text))
        state.findings.append(
            make_finding("figure-lost", where, live.text, "", key=live.key, start=start)
        )


def _iter_fields(
    tree: etree._Element, foreign: Container[str]
) -> Iterator[tuple[etree._Element, LiveField]]:
    """The figures of a part, each with its paragraph."""
    marks = tree.iter(w("fldChar"), w("fldSimple"))
    for p in dict.fromkeys(next(mark.iterancestors(w("p"))) for mark in marks):
        for piece in ParagraphReader(foreign).paragraph(p).pieces:
            if isinstance(piece, LiveField):
                yield p, piece


def _find_start(paragraph: Paragraph, figure: Figure) -> int:
    """Where in a paragraph's text a figure stands."""
    return next((start for start, each in paragraph.spots if each == figure), 0)


def find_shown_keys(state: RefreshState) -> list[str]:
    """The keys of the figures that the report shows, each once."""
    found = (
        live.key
        for tree in state.now.trees.values()
        for _, live in _iter_fields(tree, state.foreign)
    )
    return list(dict.fromkeys(found))
