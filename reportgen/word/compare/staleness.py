"""What of a report the data no longer says: its record beside the record of a report made now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportgen.word.compare import table_diff
from reportgen.word.compare.alignment import group_paragraphs
from reportgen.word.compare.drawn_charts import match_drawn_charts
from reportgen.word.compare.findings import Finding, make_finding
from reportgen.word.compare.places import name_places
from reportgen.word.document.model import Content, Picture, drop_spaces
from reportgen.word.document.reader import ReportReading
from reportgen.word.document.snapshot import from_record, read_pictures

TEMPLATE = "报告模板"
_SHOWN = 60
_NO_LONGER_MADE = {
    "row-gone": "（重新生成时没有这一行）",
    "table-gone": "（重新生成时没有这张表）",
}

RecordMapping = Mapping[str, Any]


def find_stale_places(
    report: ReportReading, now: RecordMapping, names: Mapping[str, str]
) -> list[Finding]:
    """Where the data have moved on; ``now``: the record of a report made from them as they are.

    ``names``: all names and titles the register has now.
    """
    then = report.record
    before = _restore_named_content(then)
    moved = then["made"]["body"] != now["made"]["body"]
    after = _restore_named_content(now) if moved else before
    return [
        *_find_stale_inputs(then, now),
        *name_places(
            _find_stale_figures(report.content, then["facts"], now["facts"]), before, report.content
        ),
        *(_find_stale_rows(before, after) if moved else ()),
        *_find_stale_pictures(report.content, before.pictures, read_pictures(now)),
        *name_places(_find_stale_names(report, names), before, report.content),
        *(_find_stale_wording(before, after) if moved else ()),
    ]


def _find_stale_inputs(then: RecordMapping, now: RecordMapping) -> Iterator[Finding]:
    old, new = then.get("inputs", {}), now.get("inputs", {})
    for name in sorted({*old, *new}):
        if name not in new:
            yield Finding("input-changed", name, "没有了", "")
        elif name not in old:
            yield Finding("input-changed", name, "新增", "")
        elif old[name] != new[name]:
            yield Finding("input-changed", name, "内容已改", "")
    if then.get("template") != now.get("template"):
        yield Finding("template-changed", TEMPLATE, "", "")


def _find_stale_figures(
    content: Content, old: RecordMapping, new: RecordMapping
) -> Iterator[Finding]:
    for paragraph in content.figured:
        for start, figure in paragraph.spots:
            key = figure.key
            if key not in old:
                continue
            fact = new.get(key)
            text = fact["text"] if fact else "（数据里已没有这一项）"
            changed = fact is None or drop_spaces(fact["text"]) != drop_spaces(old[key]["text"])
            if changed and drop_spaces(figure.text) != drop_spaces(text):
                yield make_finding(
                    "figure-stale", paragraph, figure.text, text, key=key, start=start
                )


def _find_stale_rows(before: Content, after: Content) -> Iterator[Finding]:
    tables = table_diff.locate_all_rows(before.tables, after.tables)
    compared = table_diff.compare_tables(before.tables, after.tables, tables)
    for finding in name_places(compared, before, after):
        found, expected = finding.expected, finding.found
        if finding.kind in _NO_LONGER_MADE:
            expected = _NO_LONGER_MADE[finding.kind]
        if finding.kind == "figure-other":  # another figure, not another value
            continue
        yield Finding("row-stale", finding.place.removeprefix("生成时的"), found, expected)


def _find_stale_pictures(
    content: Content, before: Sequence[Picture], after: Sequence[Picture]
) -> Iterator[Finding]:
    new = {picture.name: picture for picture in after}
    for each in match_drawn_charts(before, content.pictures):
        now = new.get(each.chart.name)
        words = now.alt if now else "（重新生成时没有这张图）"
        for picture in each.now:
            if drop_spaces(words) not in {drop_spaces(each.chart.alt), drop_spaces(picture.alt)}:
                yield make_finding(
                    "picture-stale", picture, picture.alt, words, key=each.chart.name
                )


def _find_stale_names(report: ReportReading, names: Mapping[str, str]) -> Iterator[Finding]:
    for name, meaning in report.record.get("quotes", {}).items():
        if name in names:
            continue
        for paragraph in report.content.paragraphs:
            start = paragraph.text.find(name)
            if start >= 0:
                yield make_finding("name-stale", paragraph, name, "", key=meaning, start=start)


def _find_stale_wording(before: Content, after: Content) -> Iterator[Finding]:
    """Paragraphs that would read differently, figures apart."""
    for group in group_paragraphs(before.paragraphs, after.paragraphs):
        old, new = ("".join(one.text for one in side)[:_SHOWN] for side in (group.made, group.now))
        place = next((one.place for one in (*group.made, *group.now)), "")
        yield Finding("wording-stale", f"生成时的{place}", old, new or "（没有这一段）")


def _restore_named_content(record: RecordMapping) -> Content:
    """What a record says was shown; bookmarks named by what they are about, not by their number."""
    return from_record(
        record,
        {
            mark: f"{record['regions'][about['region']]['tag']}{about['item']}{about['part']}"
            for mark, about in record["marks"].items()
        },
    )
