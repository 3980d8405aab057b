"""What a mark of a chart says, and how long it is."""

from __future__ import annotations

from decimal import Decimal

from reportgen.charts.kinds import Chart
from reportgen.errors import ChartError
from reportgen.facts.model import Fact

TOGETHER = "共"
"""Before the number of a category that stands for several and has no bar of its own."""


def read_number(chart: Chart, fact: Fact) -> int | Decimal:
    """The figure's value.

    Raises:
        ChartError: it is no exact number, or less than nothing.
    """
    if isinstance(fact.value, str) or fact.value < 0:
        raise ChartError(
            f"图“{chart.title}”用到的“{fact.key}”是“{fact.text}”，不是可以画图的准确数字；"
            "请在报告模板中删去这张图，或把这个数字填准确。"
        )
    return fact.value


def refuse_empty_chart(chart: Chart) -> None:
    """Stop at a chart of nothing.

    Raises:
        ChartError: it has no categories or no series.
    """
    if not chart.categories or not chart.series:
        raise ChartError(
            f"图“{chart.title}”没有可画的内容；请从报告模板中删去这张图，"
            "或用 {% if %} 使它只在有数据时出现。"
        )
