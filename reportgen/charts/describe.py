"""What a chart of bars leaves room for, and any chart in words: said by whoever describes one from figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from reportgen.charts.kinds import Series
from reportgen.facts.model import Fact


def choose_longest(
    lengths: Mapping[str, int | Decimal], most: int
) -> tuple[Sequence[str], Sequence[str]]:
    """Which have bars of their own, the longest first, and which stand together as the last of ``most``.

    What has nothing has no bar.
    """
    there = (name for name, length in lengths.items() if length)
    ranked = sorted(there, key=lambda name: -lengths[name])
    shown = len(ranked) if len(ranked) <= most else most - 1
    return ranked[:shown], ranked[shown:]


def describe_chart(
    title: str, categories: Iterable[str], series: Sequence[Series], said: Mapping[str, str]
) -> str:
    """The chart in words, from the figures it shows; ``said``: how a series is called, if not by its name."""

    def describe_value(each: Series, fact: Fact) -> str:
        name = said.get(each.name, each.name) if len(series) > 1 else ""
        return f"{name}{fact.with_unit}"

    parts = [
        category + "，".join(describe_value(each, each.facts[place]) for each in series)
        for place, category in enumerate(categories)
    ]
    return f"{title}：{'；'.join(parts)}。"
