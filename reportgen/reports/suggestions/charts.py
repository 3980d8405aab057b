"""The charts a template may ask for, described from Facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportgen.analysis.facts import Fact
from reportgen.charts.kinds import Bars, Chart, Series, Shares, StackedBars


def charts(
    facts: Mapping[str, Fact],
    classes: Mapping[str, str],
    themes: Mapping[str, str],
    departments: Mapping[str, str],
    ratings: Mapping[str, str],
) -> Iterator[Chart]:
    """All charts.  ``classes``, ``themes`` …: part of the key → printed name."""
    yield _results(facts, classes)
    yield _ratings(facts, ratings)
    yield _themes(facts, themes)
    yield _departments(facts, classes, departments)


def _results(facts: Mapping[str, Fact], classes: Mapping[str, str]) -> Chart:
    names = {f"结果.{part}": name for part, name in classes.items()} | {"正在办理": "正在办理"}
    return _shares(facts, "图.办理结果", "议案、建议办理结果构成", names)


def _ratings(facts: Mapping[str, Fact], ratings: Mapping[str, str]) -> Chart:
    keys = {f"满意度.{part}": name for part, name in ratings.items()} | {"满意度.未反馈": "未反馈"}
    return _shares(facts, "图.满意度", "代表满意度构成", keys)


def _shares(facts: Mapping[str, Fact], key: str, title: str, names: Mapping[str, str]) -> Chart:
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
    return Shares(key, title, tuple(shown.values()), tuple(series), _alt(title, shown, series))


def _themes(facts: Mapping[str, Fact], themes: Mapping[str, str]) -> Chart:
    shown = {part: name for part, name in themes.items() if facts[f"专题.{part}.件数"].value}
    series = [Series("件数", [facts[f"专题.{part}.件数"] for part in shown])]
    title = "议案、建议专题分布"
    return Bars(
        "图.专题分布", title, tuple(shown.values()), tuple(series), _alt(title, shown, series)
    )


def _departments(
    facts: Mapping[str, Fact], classes: Mapping[str, str], departments: Mapping[str, str]
) -> Chart:
    series = [
        Series(name, [facts[f"部门.{department}.结果.{part}.件数"] for department in departments])
        for part, name in classes.items()
    ]
    going = [facts[f"部门.{department}.正在办理件数"] for department in departments]
    if any(fact.value for fact in going):
        series.append(Series("正在办理", going))
    title = "各部门主办议案、建议办理情况"
    totals = [facts[f"部门.{department}.主办件数"] for department in departments]
    return StackedBars(
        "图.部门办理",
        title,
        tuple(departments.values()),
        tuple(series),
        _alt(title, departments, [Series("主办", totals), *series]),
        totals=tuple(totals),
    )


def _alt(title: str, categories: Mapping[str, str], series: Sequence[Series]) -> str:
    """The chart in words, from the same Facts."""
    parts = [
        name + "，".join(_value(one, place, several=len(series) > 1) for one in series)
        for place, name in enumerate(categories.values())
    ]
    return f"{title}：{'；'.join(parts)}。"


def _value(series: Series, place: int, *, several: bool) -> str:
    fact = series.facts[place]
    shown = fact.text if fact.unit == "%" else f"{fact.text}{fact.unit}"
    name = {"件数": "", "占比": "占"}.get(series.name, series.name)
    return f"{name}{shown}" if several else shown
