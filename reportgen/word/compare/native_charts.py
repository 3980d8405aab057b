"""Whether a chart that Word draws itself still shows what it did, and its workbook the same.

Looks are free: another sort of chart, other colours, another order of the rows.  Each number must
stand under its two names, in what Word shows and in the workbook that it would take it from at the
next edit; and nobody may have typed another number over it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from reportgen.facts.report import ChartTable
from reportgen.word.compare.findings import Finding, make_finding
from reportgen.word.document.model import NativeReading, Picture, drop_spaces

ReadSheet = Callable[[bytes, tuple[str, ...]], ChartTable | None]
"""The table in a chart's workbook, by where the numbers of its series stand; None if unreadable."""

_Cell = tuple[str, str, int]
"""A series, a category, and the how manieth of these names."""


def compare_native_chart(
    made: Picture, now: Picture, read_sheet: ReadSheet | None
) -> Iterator[Finding]:
    """What differs between the chart as made and as it is; both must be Word's own."""
    assert made.chart is not None
    assert now.chart is not None
    before, after = _list_cells(made.chart.table), _list_cells(now.chart.table)
    for text, expected in _compare_cells(before, after):
        yield make_finding("chart-value", now, text, expected, key=made.name)
    if before.keys() != after.keys():
        names = _list_names(after.keys() - before.keys()), _list_names(before.keys() - after.keys())
        yield make_finding("chart-names", now, *names, key=made.name)
    for kind, said, known in (
        ("chart-label", now.chart.labels, made.chart.labels),
        ("chart-text", now.chart.texts, made.chart.texts),
    ):
        for each in said:
            if each not in known:
                yield make_finding(kind, now, each, "", key=made.name)
    yield from _compare_workbook(made, now, made.chart, now.chart, read_sheet)


def _compare_workbook(
    made: Picture, now: Picture, before: NativeReading, after: NativeReading,
    read_sheet: ReadSheet | None,
) -> Iterator[Finding]:  # fmt: skip
    if after.digest in {"", before.digest} or read_sheet is None:
        return
    table = read_sheet(after.workbook, after.cells)
    if table is None:
        yield make_finding("chart-workbook", now, "数据表读不出来", "", key=made.name)
        return
    shown, stored = _list_cells(after.table), _list_cells(table)
    for text, expected in _compare_cells(shown, stored):
        yield make_finding("chart-workbook", now, text, expected, key=made.name)
    if shown.keys() != stored.keys():
        names = _list_names(stored.keys() - shown.keys()), _list_names(shown.keys() - stored.keys())
        yield make_finding("chart-workbook", now, *names, key=made.name)


def _list_cells(table: ChartTable) -> dict[_Cell, str]:
    """The numbers by their names; spaces in these do not count."""
    seen: Counter[tuple[str, str]] = Counter()
    found: dict[_Cell, str] = {}
    for name, values in table.series:
        for category, value in zip(_pad(table.categories, len(values)), values, strict=False):
            names = drop_spaces(name), drop_spaces(category)
            seen[names] += 1
            found[*names, seen[names]] = value
    return found


def _pad(names: tuple[str, ...], length: int) -> tuple[str, ...]:
    return (*names, *[""] * (length - len(names)))


def _compare_cells(
    expected: Mapping[_Cell, str], found: Mapping[_Cell, str]
) -> Iterator[tuple[str, str]]:
    """The numbers that differ, as found and as expected, with their names."""
    for cell, value in expected.items():
        if cell in found and found[cell] != value:
            name = "，".join(dict.fromkeys(part for part in cell[1::-1] if part))
            yield f"{name}：{found[cell] or '空'}", f"{name}：{value or '空'}"


def _list_names(cells: set[_Cell]) -> str:
    """The names of cells that the other side lacks."""
    return "、".join(sorted({"，".join(cell[1::-1]) for cell in cells}))
