"""Whether a chart that Word draws itself still shows what it did, and its workbook the same.

Looks are free: another sort of chart, other colours, another order of the rows.  Each number must
stand under its two names, in what Word shows and in the workbook that it would take it from at the
next edit; and nobody may have typed another number over it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

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
    for told, expected in _compare_values(made.chart.table, now.chart.table):
        yield make_finding("chart-value", now, told, expected, key=made.name)
    for told, expected in _compare_names(made.chart.table, now.chart.table):
        yield make_finding("chart-names", now, told, expected, key=made.name)
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
    differing = (*_compare_values(after.table, table), *_compare_names(after.table, table))
    for told, expected in differing:
        yield make_finding("chart-workbook", now, told, expected, key=made.name)


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


def _compare_values(made: ChartTable, now: ChartTable) -> Iterator[tuple[str, str]]:
    """The numbers that differ, as found and as expected, with their names."""
    expected, found = _list_cells(made), _list_cells(now)
    for cell, value in expected.items():
        if cell in found and found[cell] != value:
            name = "，".join(dict.fromkeys(part for part in cell[1::-1] if part))
            yield f"{name}：{found[cell] or '空'}", f"{name}：{value or '空'}"


def _compare_names(made: ChartTable, now: ChartTable) -> Iterator[tuple[str, str]]:
    """The names that only one of them has, if they differ: those found and those expected."""
    expected, found = _list_cells(made).keys(), _list_cells(now).keys()
    if expected != found:
        yield _list_names(found - expected), _list_names(expected - found)


def _list_names(cells: set[_Cell]) -> str:
    """The names of cells that the other side lacks."""
    return "、".join(sorted({"，".join(cell[1::-1]) for cell in cells}))
