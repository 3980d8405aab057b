"""An edited report held against itself: against the record of how it was made, and its facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportgen.word.compare import excerpts, outline_diff, table_diff, text_diff
from reportgen.word.compare.drawn_charts import match_drawn_charts
from reportgen.word.compare.dressing import find_other_dresses
from reportgen.word.compare.findings import KINDS, Finding, make_finding
from reportgen.word.compare.native_charts import ReadSheet, compare_native_chart
from reportgen.word.compare.places import name_places
from reportgen.word.compare.quantities import has_same_value
from reportgen.word.compare.typed.arithmetic import reckon_typed
from reportgen.word.compare.typed.bound_figures import BoundFigures
from reportgen.word.compare.typed.judge import tell_judged_findings
from reportgen.word.document.model import Content, Paragraph, Picture, drop_spaces
from reportgen.word.document.reader import ReportReading
from reportgen.word.document.snapshot import from_record

_PAGE = re.compile(r"[—–\-第页共/·\d]*")
"""What only numbers the pages; programs write it anew."""
_BARE = re.compile(r"(?<=\d)\D+$")
"""What stands behind a number in digits."""


def verify_report(report: ReportReading, read_sheet: ReadSheet | None = None) -> list[Finding]:
    """Every place where the report no longer agrees with the facts and the record inside it.

    Restyled text, moved paragraphs and new sentences without figures agree.  Grouped by kind.
    ``read_sheet``: reads the workbooks of charts that have changed since; without it they are not
    looked into.
    """
    made, now = from_record(report.record), report.content
    texts = {key: fact["text"] for key, fact in report.record["facts"].items()}
    names = report.record.get("quotes", {})
    tables = table_diff.locate_all_rows(made.tables, now.tables)
    dressed = list(find_other_dresses(made.figured, _iter_edited_paragraphs(made, now), texts))
    found = [
        *_check_values(now, texts),
        *dressed,
        *_drop_said(dressed, text_diff.compare_texts(made.paragraphs, now.paragraphs, names)),
        *outline_diff.compare_outlines(made, now),
        *_compare_edges(made.edges, now.edges, names),
        *table_diff.compare_tables(made.tables, now.tables, tables),
        *excerpts.compare_excerpts(made.tables, now.tables, tables),
        *_compare_pictures(made.pictures, now.pictures, read_sheet),
        *_check_properties(report.properties, texts),
    ]
    figures = BoundFigures(report.record["facts"], made, names)
    held = reckon_typed(tell_judged_findings(found, now, figures), now, figures)
    return sort_findings(name_places(held, made, now))


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """By kind, as in the catalogue, then as they stand in the document; each once."""
    order = list(KINDS)
    return sorted(
        dict.fromkeys(findings),
        key=lambda each: (order.index(each.kind), each.number < 0, each.part, each.number),
    )


def _drop_said(dressed: Sequence[Finding], found: Iterable[Finding]) -> Iterator[Finding]:
    """What more there is than the numbers and sentences that ``dressed`` speaks of."""
    for each in found:
        if not any(_is_told_already(one, each) for one in dressed):
            yield each


def _is_told_already(dressed: Finding, other: Finding) -> bool:
    if (dressed.part, dressed.number) != (other.part, other.number):
        return False
    if other.kind == "number-typed":
        return _BARE.sub("", other.found) in dressed.found
    if other.kind == "unit-changed":
        return other.key == dressed.key
    shown = drop_spaces(dressed.found)
    return other.kind == "sentence-changed" and drop_spaces(other.expected) == drop_spaces(
        other.found
    ).replace(shown, drop_spaces(dressed.expected))


def _iter_edited_paragraphs(made: Content, now: Content) -> Iterator[Paragraph]:
    """Paragraphs with figures that do not read as any did when the report was made."""
    known = {paragraph.signature for paragraph in made.figured}
    return (paragraph for paragraph in now.figured if paragraph.signature not in known)


def _check_values(now: Content, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Live fields that do not show what their key says."""
    for paragraph in now.figured:
        for start, figure in paragraph.spots:
            key, shown = figure.key, figure.text
            if key not in texts:
                yield make_finding("figure-unknown", paragraph, shown, "", key=key, start=start)
            elif drop_spaces(shown) != drop_spaces(texts[key]):
                same = has_same_value(shown, texts[key])
                kind = "figure-redressed" if same else "figure-overtyped"
                yield make_finding(kind, paragraph, shown, texts[key], key=key, start=start)


def _compare_edges(
    made: Sequence[Paragraph], now: Sequence[Paragraph], names: Mapping[str, str]
) -> Iterator[Finding]:
    """Headers, footers, notes: each text as made must be there; other programs multiply them."""
    before = {paragraph.signature: paragraph for paragraph in made}
    after = {paragraph.signature: paragraph for paragraph in now}
    gone = [paragraph for signed, paragraph in before.items() if signed not in after]
    new = [paragraph for signed, paragraph in after.items() if signed not in before]
    gone, new = (
        [each for each in side if not _PAGE.fullmatch(each.signature)] for side in (gone, new)
    )
    yield from text_diff.compare_texts(gone, new, names)


def _compare_pictures(
    made: Sequence[Picture], now: Sequence[Picture], read_sheet: ReadSheet | None
) -> Iterator[Finding]:
    """Charts that are gone, show something else, or have other words."""
    for each in match_drawn_charts(made, now):
        chart = each.chart
        if not each.now:
            yield Finding("picture-gone", "生成时的报告", "", chart.name, key=chart.name)
        for picture in each.now:
            if chart.chart and picture.chart:
                yield from compare_native_chart(chart, picture, read_sheet)
            elif each.replaced:
                yield make_finding("picture-replaced", picture, "", "", key=chart.name)
            if picture.cropped:
                yield make_finding("picture-cropped", picture, "", "", key=chart.name)
            if picture.chart and not picture.alt:
                yield make_finding("chart-words-gone", picture, "", "", key=chart.name)
            elif drop_spaces(picture.alt) != drop_spaces(chart.alt):
                yield make_finding("picture-words", picture, picture.alt, chart.alt, key=chart.name)


def _check_properties(properties: Mapping[str, str], texts: Mapping[str, str]) -> Iterator[Finding]:
    for key, text in properties.items():
        if key in texts and drop_spaces(text) != drop_spaces(texts[key]):
            yield Finding("property-changed", "文件—信息—属性", text, texts[key], key=key)
