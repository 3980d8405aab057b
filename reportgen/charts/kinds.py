"""What a chart is, before it is drawn: one small frozen class per kind of chart.

A description holds categories and series of Facts and nothing about drawing, so that another
rendering (a chart native to Word) can follow the same description.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.analysis.facts import Fact


@dataclass(frozen=True)
class Series:
    """A named row of figures, one for each category of the chart."""

    name: str
    facts: Sequence[Fact]


@dataclass(frozen=True)
class Chart:
    """What every kind shares.  ``key``: its name in templates; ``alt``: the chart in words;
    ``height``: on paper, in millimetres (the width is the text's, 150)."""

    key: str
    title: str
    categories: Sequence[str]
    series: Sequence[Series]
    alt: str
    height: float = 75.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height on paper, in millimetres."""
        return (150.0, self.height)


@dataclass(frozen=True)
class Shares(Chart):
    """Parts of one whole (构成): the first series counts, the second (optional) the percentages."""


@dataclass(frozen=True)
class Bars(Chart):
    """One horizontal bar per category (分布); more series stand beside each other."""


@dataclass(frozen=True)
class StackedBars(Chart):
    """One horizontal bar per category, divided by series (各部门办理情况)."""
