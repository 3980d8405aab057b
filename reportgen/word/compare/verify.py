"""An edited report held against itself: against the record of how it was made, and its facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportgen.word.compare import excerpts, outline_diff, table_diff, text_diff
from reportgen.word.compare.drawn_charts import drawn
from reportgen.word.compare.dressing import dressed_otherwise
from reportgen.word.compare.findings import KINDS, Finding, at
from reportgen.word.compare.places import named
from reportgen.word.compare.quantities import same_value
from reportgen.word.compare.typed.arithmetic import reckon_typed
from reportgen.word.compare.typed.bound_figures import BoundFigures
from reportgen.word.compare.typed.judge import hold_typed
from reportgen.word.document.model import Content, Paragraph, Picture, tight
from reportgen.word.document.reader import Reading
from reportgen.word.document.snapshot import from_record

_PAGE = re.compile(r"[—–\-第页共/·\d]*")
"""What only numbers the pages; programs write it anew."""
_BARE = re.compile(r"(?<=\d)\D+$")
"""What stands behind a number in digits."""


def verify(report: Reading) -> list[Finding]:
    """Every place where the report no longer agrees with the facts and the record inside it.

    Restyled text, moved paragraphs and new sentences without figures agree.  Grouped by kind.
    """
    made, now = from_record(report.record), report.content
    texts = {key: fact["text"] for key, fact in report.record["facts"].items()}
    names = report.record.get("quotes", {})
    tables = table_diff.all_standing(made.tables, now.tables)
    dressed = list(dressed_otherwise(made.figured, _edited(made, now), texts))
    found = [
        *_values(now, texts),
        *dressed,
        *_not_said(dressed, text_diff.compare(made.paragraphs, now.paragraphs, names)),
        *outline_diff.compare(made, now),
        *_edges(made.edges, now.edges, names),
        *table_diff.compare(made.tables, now.tables, tables),
        *excerpts.compare(made.tables, now.tables, tables),
        *_pictures(made.pictures, now.pictures),
        *_properties(report.properties, texts),
    ]
    figures = BoundFigures(report.record["facts"], made, names)
    held = reckon_typed(hold_typed(found, now, figures), now, figures)
    return arranged(named(held, made, now))


def arranged(findings: Iterable[Finding]) -> list[Finding]:
    """By kind, as in the catalogue, then as they stand in the document; each once."""
    order = list(KINDS)
    return sorted(
        dict.fromkeys(findings),
        key=lambda each: (order.index(each.kind), each.number < 0, each.part, each.number),
    )


def _not_said(dressed: Sequence[Finding], found: Iterable[Finding]) -> Iterator[Finding]:
    """What more there is than the numbers and sentences that ``dressed`` speaks of."""
    for each in found:
        if not any(_same(one, each) for one in dressed):
            yield each


def _same(dressed: Finding, other: Finding) -> bool:
    if (dressed.part, dressed.number) != (other.part, other.number):
        return False
    if other.kind == "number-typed":
        return _BARE.sub("", other.found) in dressed.found
    if other.kind == "unit-changed":
        return other.key == dressed.key
    shown = tight(dressed.found)
    return other.kind == "sentence-changed" and tight(other.expected) == tight(other.found).replace(
        shown, tight(dressed.expected)
    )


def _edited(made: Content, now: Content) -> Iterator[Paragraph]:
    """Paragraphs with figures that do not read as any did when the report was made."""
    known = {paragraph.signature for paragraph in made.figured}
    return (paragraph for paragraph in now.figured if paragraph.signature not in known)


def _values(now: Content, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Live fields that do not show what their key says."""
    for paragraph in now.figured:
        for start, figure in paragraph.spots:
            key, shown = figure.key, figure.text
            if key not in texts:
                yield at("figure-unknown", paragraph, shown, "", key=key, start=start)
            elif tight(shown) != tight(texts[key]):
                same = same_value(shown, texts[key])
                kind = "figure-redressed" if same else "figure-overtyped"
                yield at(kind, paragraph, shown, texts[key], key=key, start=start)


def _edges(
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
    yield from text_diff.compare(gone, new, names)


def _pictures(made: Sequence[Picture], now: Sequence[Picture]) -> Iterator[Finding]:
    """Charts that are gone, show something else, or have other words."""
    for each in drawn(made, now):
        chart = each.chart
        if not each.now:
            yield Finding("picture-gone", "生成时的报告", "", chart.name, key=chart.name)
        for picture in each.now:
            if each.replaced:
                yield at("picture-replaced", picture, "", "", key=chart.name)
            if picture.cropped:
                yield at("picture-cropped", picture, "", "", key=chart.name)
            if tight(picture.alt) != tight(chart.alt):
                yield at("picture-words", picture, picture.alt, chart.alt, key=chart.name)


def _properties(properties: Mapping[str, str], texts: Mapping[str, str]) -> Iterator[Finding]:
    for key, text in properties.items():
        if key in texts and tight(text) != tight(texts[key]):
            yield Finding("property-changed", "文件—信息—属性", text, texts[key], key=key)
