"""How a report's charts get into it: as pictures, or as charts that Word draws itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.charts.kinds import Chart
    from reportgen.facts.report import ChartForm, NativeChart
    from reportgen.word.render.fill import Draw


def choose_drawing(form: ChartForm) -> Draw:
    """What draws a chart in this form; matplotlib is loaded only for pictures."""
    from reportgen.charts.drawing_process import draw_apart, stop_drawing  # noqa: PLC0415

    if form == "picture":
        return draw_apart
    stop_drawing()
    return _draw_natively


def _draw_natively(chart: Chart) -> NativeChart:
    from reportgen.charts.native import make_chart_table, write_chart  # noqa: PLC0415
    from reportgen.excel.write.chart_sheet import write_chart_sheet  # noqa: PLC0415
    from reportgen.facts.report import NativeChart  # noqa: PLC0415

    table = make_chart_table(chart)
    return NativeChart(write_chart(chart), table, write_chart_sheet(table))
