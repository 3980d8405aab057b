"""The charts of a report on many units, described from its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.charts.describe import choose_longest, describe_chart
from reportgen.charts.kinds import BarChart, Chart, Series, ShareChart
from reportgen.facts.measures import number_of, sum_facts
from reportgen.facts.model import Fact
from reportgen.reports.rollup.declared import AddedList, RollUp
from reportgen.reports.rollup.figures import UNIT, RolledFigures, name_unit_key

MOST_BARS = 12
"""So many bars a chart may have; of more, the shortest stand together."""
_MOST_SHARES = 6
"""A whole is divided into no more parts; of more, bars are drawn."""


def make_rollup_charts(plan: RollUp, figures: RolledFigures) -> Iterator[Chart]:
    """One of the units, and one of each list that is added."""
    for total in plan.totals:
        if total.name == plan.charted:
            bars = {
                unit: figures.facts[key]
                for unit, part in figures.parts.items()
                if (key := name_unit_key(part, total.key)) in figures.facts
                and total.key
                in figures.facts  # what cannot be added cannot be drawn beside each other
            }
            yield _make_bars("图.各单位", f"各单位{total.name}", total.name, UNIT, bars)
    for added in plan.lists:
        yield _make_list_chart(added, figures)


def is_worth_drawing(chart: Chart) -> bool:
    """Whether it shows more than a sentence would: two categories that are there, at least."""
    return sum(bool(fact.value) for fact in chart.series[0].facts) > 1


def _make_list_chart(added: AddedList, figures: RolledFigures) -> Chart:
    key, field, rows = f"图.{added.title}", added.fields[0], figures.rows[added.name]
    keys = {row: f"{added.title}.{part}" for row, part in rows.items()}
    counts = {
        row: figures.facts[f"{each}.{field}"] for row, each in keys.items()
        if f"{each}.{field}" in figures.facts
    }  # fmt: skip
    title = f"各单位合计按{added.title}分的{field}"
    shares = [figures.facts.get(f"{keys[row]}.占比") for row in counts]
    if not counts or len(counts) > _MOST_SHARES or not all(shares):
        return _make_bars(key, title, field, added.title, counts)
    series = [
        Series(field, list(counts.values())),
        Series("占比", [share for share in shares if share]),
    ]
    alt = describe_chart(title, counts, series, {field: "", "占比": "占"})
    return ShareChart(key, title, tuple(counts), series, alt)


def _make_bars(key: str, title: str, field: str, group: str, counts: Mapping[str, Fact]) -> Chart:
    """The longest first; what has nothing has no bar."""
    lengths = {name: number_of(fact) for name, fact in counts.items() if fact.value}
    shown, together = choose_longest(lengths, MOST_BARS)
    bars, rest = {name: counts[name] for name in shown}, [counts[name] for name in together]
    if rest:
        rule = f"图中没有单列的{len(rest)}个{group}{field}之和"
        bars[f"其余{len(rest)}个{group}"] = sum_facts(
            f"{group}其余.{field}", rule, rest[0].unit, rest
        )
    series = [Series(field, list(bars.values()))]
    alt = describe_chart(title, bars, series, {})
    return BarChart(key, title, tuple(bars), series, alt, rest=bool(rest))
