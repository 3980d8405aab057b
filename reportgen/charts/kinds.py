"""What a chart is, before it is drawn: one small frozen class per kind of chart.

A description holds categories and series of Facts and nothing about drawing, so that another
rendering (a chart native to Word) can follow the same description.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.charts import layout
from reportgen.facts.model import Fact


@dataclass(frozen=True)
class Series:
    """A named row of figures, one for each category of the chart."""

    name: str
    facts: Sequence[Fact]


@dataclass(frozen=True)
class Chart:
    """What every kind shares.

    ``key``: its name in templates; ``alt``: the chart in words; ``height``: on paper, in
    millimetres, by default as much as the content needs.
    """

    key: str
    title: str
    categories: Sequence[str]
    series: Sequence[Series]
    alt: str
    height: float | None = None

    @property
    def figures(self) -> Sequence[Fact]:
        """The figures it shows."""
        return [fact for series in self.series for fact in series.facts]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height on paper, in millimetres."""
        height = self.height or min(self.content_height, layout.TALLEST)
        return (layout.WIDTH, round(height, 1))

    @property
    def content_height(self) -> float:
        """The height that the content needs at full text size, in millimetres."""
        raise NotImplementedError


@dataclass(frozen=True)
class ShareChart(Chart):
    """Parts of one whole (构成): the first series counts, the second (optional) the percentages."""

    @property
    def content_height(self) -> float:
        """The divided bar and one row of text for each part."""
        return layout.shares_height(self.categories)


@dataclass(frozen=True)
class BarChart(Chart):
    """One horizontal bar per category (分布); more series stand beside each other.

    ``rest``: the last category stands for several that have no bar of their own: it has none either,
    as that would dwarf the others, but its number.
    """

    rest: bool = False

    @property
    def content_height(self) -> float:
        """A row for each category, under a legend if there are several series."""
        return layout.rows_height(self.categories, self.legend, len(self.series))

    @property
    def legend(self) -> Sequence[str]:
        """The names of the series, if there are several."""
        return [series.name for series in self.series] if len(self.series) > 1 else []


@dataclass(frozen=True)
class StackedBarChart(Chart):
    """One horizontal bar per category, divided by series (各部门办理情况).

    ``totals`` (optional) are printed at the ends of the bars, one for each category.  ``rest``: as
    of ``BarChart``; it needs ``totals``.
    """

    totals: Sequence[Fact] = ()

    @property
    def figures(self) -> Sequence[Fact]:
        """The figures it shows, those at the ends of the bars included."""
        return [*super().figures, *self.totals]

    rest: bool = False

    @property
    def content_height(self) -> float:
        """A row for each category, under the legend."""
        return layout.rows_height(self.categories, self.legend, 1)

    @property
    def legend(self) -> Sequence[str]:
        """The names of the series."""
        return [series.name for series in self.series]
