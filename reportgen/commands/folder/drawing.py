"""How a report's charts get into it: as pictures, or as charts that Word draws itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from reportgen.facts.report import Report

if TYPE_CHECKING:
    from reportgen.charts.kinds import Chart
    from reportgen.facts.report import ChartForm, NativeChart
    from reportgen.word.render.fill import Draw


def choose_drawing(form: ChartForm, *reports: Report) -> Draw:
    """What draws a chart in this form; matplotlib is loaded only for pictures.

    ``reports``: what is drawn next; their pictures are begun while the template is read.
    """
    from reportgen.charts.drawing_process import (  # noqa: PLC0415
        draw_ahead,
        draw_apart,
        stop_drawing,
    )

    if form == "picture":
        draw_ahead(chart for report in reports for chart in _iter_charts(report.names))
        return draw_apart
    stop_drawing()
    return _draw_natively


def _iter_charts(names: object) -> Iterator[Chart]:
    """Those that stand in a tree of names itself; lists hold none."""
    from reportgen.charts.kinds import Chart  # noqa: PLC0415

    if isinstance(names, Chart):
        yield names
    elif isinstance(names, Mapping):
        for each in names.values():
            yield from _iter_charts(each)


def _draw_natively(chart: Chart) -> NativeChart:
    from reportgen.charts.native import make_chart_table, write_chart  # noqa: PLC0415
    from reportgen.excel.write.chart_sheet import write_chart_sheet  # noqa: PLC0415
    from reportgen.facts.report import NativeChart  # noqa: PLC0415

    table = make_chart_table(chart)
    return NativeChart(write_chart(chart), table, write_chart_sheet(table))
