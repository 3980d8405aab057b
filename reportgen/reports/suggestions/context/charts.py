"""The charts a template may ask for, described from Facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportgen.charts.describe import choose_longest, describe_chart
from reportgen.charts.kinds import BarChart, Chart, Series, ShareChart, StackedBarChart
from reportgen.facts.measures import sum_facts
from reportgen.facts.model import Fact

FEWEST_ITEMS, FEWEST_CATEGORIES = 3, 2

MOST_BARS = 15
"""So many bars a chart may have."""
_SAID = {"件数": "", "占比": "占"}
"""How a series is called in words, if not by its name."""


def make_charts(
    facts: Mapping[str, Fact],
    classes: Mapping[str, str],
    themes: Mapping[str, str],
    departments: Mapping[str, str],
    ratings: Mapping[str, str],
) -> Iterator[Chart]:
    """All charts.  ``classes``, ``themes`` …: part of the key → printed name."""
    yield _make_results_chart(facts, classes)
    yield _make_ratings_chart(facts, ratings)
    yield _make_themes_chart(facts, themes)
    yield _make_departments_chart(facts, classes, departments)


def is_worth_drawing(chart: Chart) -> bool:
    """Whether a chart shows more than a sentence would: three items in two categories at least."""
    counts = chart.totals if isinstance(chart, StackedBarChart) else chart.series[0].facts
    values = [int(fact.value) for fact in counts]
    return sum(values) >= FEWEST_ITEMS and sum(map(bool, values)) >= FEWEST_CATEGORIES


def _make_results_chart(facts: Mapping[str, Fact], classes: Mapping[str, str]) -> Chart:
    names = {f"结果.{part}": name for part, name in classes.items()} | {"正在办理": "正在办理"}
    return _make_shares_chart(facts, "图.办理结果", "议案、建议办理结果构成", names)


def _make_ratings_chart(facts: Mapping[str, Fact], ratings: Mapping[str, str]) -> Chart:
    keys = {f"满意度.{part}": name for part, name in ratings.items()} | {"满意度.未反馈": "未反馈"}
    return _make_shares_chart(facts, "图.满意度", "代表满意度构成", keys)


def _make_shares_chart(
    facts: Mapping[str, Fact], key: str, title: str, names: Mapping[str, str]
) -> Chart:
    """Classes of the scheme are shown even at zero; 正在办理 and 未反馈 only if there are any."""
    shown = {
        part: name
        for part, name in names.items()
        if part.startswith("结果.") or facts[f"{part}.件数"].value
    }
    counts = [facts[f"{part}.件数"] for part in shown]
    percentages = [facts[f"{part}.占比"] for part in shown if f"{part}.占比" in facts]
    series = [Series("件数", counts)]
    if len(percentages) == len(counts):
        series.append(Series("占比", percentages))
    return ShareChart(
        key,
        title,
        tuple(shown.values()),
        tuple(series),
        describe_chart(title, shown.values(), series, _SAID),
    )


def _make_themes_chart(facts: Mapping[str, Fact], themes: Mapping[str, str]) -> Chart:
    rows = _choose_bars(facts, themes, "专题", "件数")
    series = [
        Series("件数", [_make_bar_figure(facts, "专题", "件数", row) for row in rows.values()])
    ]
    title = "议案、建议专题分布"
    return BarChart(
        "图.专题分布", title, tuple(rows), tuple(series), describe_chart(title, rows, series, _SAID),
        rest=_has_rest(rows),
    )  # fmt: skip


def _make_departments_chart(
    facts: Mapping[str, Fact], classes: Mapping[str, str], departments: Mapping[str, str]
) -> Chart:
    rows = _choose_bars(facts, departments, "部门", "主办件数")

    def series(name: str, figure: str) -> Series:
        return Series(name, [_make_bar_figure(facts, "部门", figure, row) for row in rows.values()])

    parts = [series(name, f"结果.{part}.件数") for part, name in classes.items()]
    going = series("正在办理", "正在办理件数")
    parts += [going] if any(fact.value for fact in going.facts) else []
    totals = series("主办", "主办件数")
    title = "各部门主办议案、建议办理情况"
    alt = describe_chart(title, rows, [totals, *parts], _SAID)
    return StackedBarChart(
        "图.部门办理", title, tuple(rows), tuple(parts), alt, totals=tuple(totals.facts),
        rest=_has_rest(rows),
    )  # fmt: skip


def _choose_bars(
    facts: Mapping[str, Fact], names: Mapping[str, str], group: str, figure: str
) -> dict[str, Sequence[str]]:
    """The bars by their names, each with the parts of keys it stands for, the longest first.

    What has no items has no bar; of more than ``MOST_BARS`` the shortest stand together.
    """
    counts = {part: int(facts[f"{group}.{part}.{figure}"].value) for part in names}
    shown, rest = choose_longest(counts, MOST_BARS)
    rows: dict[str, Sequence[str]] = {names[part]: [part] for part in shown}
    return rows | ({f"其余{len(rest)}个{group}": rest} if rest else {})


def _has_rest(rows: Mapping[str, Sequence[str]]) -> bool:
    return any(len(parts) > 1 for parts in rows.values())


def _make_bar_figure(facts: Mapping[str, Fact], group: str, name: str, row: Sequence[str]) -> Fact:
    """What one bar shows: a figure, or the sum of those that stand together."""
    parts = [facts[f"{group}.{part}.{name}"] for part in row]
    rule = f"图中没有单列的{len(row)}个{group}{name.replace('.', '')}之和"
    return parts[0] if len(row) == 1 else sum_facts(f"{group}其余.{name}", rule, "件", parts)
