"""The report on many units: everything its template may name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.facts.model import Absent, Fact
from reportgen.facts.report import Item, Items, Node, Report, Shape
from reportgen.issues import Issue
from reportgen.reports.rollup.charts import is_worth_drawing, make_rollup_charts
from reportgen.reports.rollup.declared import AddedList, RollUp
from reportgen.reports.rollup.figures import RolledFigures, add_up, name_unit_key
from reportgen.reports.rollup.settle import CountedUnit, Settled

_NO_DATE = dt.date(1980, 1, 1)


@dataclass(frozen=True)
class Heading:
    """What the office says of the report: whose it is, who signs it and when, how many decimals."""

    unit: str = ""
    issued_by: str = ""
    date: dt.date | None = None
    places: int = 1


def make_rollup_report(
    kind: str, settled: Settled, plan: RollUp, heading: Heading
) -> tuple[Report, Sequence[Issue]]:
    """The report on units of one ``kind``, and what of them could not be rolled up."""
    figures = add_up(settled, plan, heading.places)
    period = plan.period.format(settled.period) if settled.period else ""
    title = f"{heading.unit}{period}{kind}汇总报告"
    names: dict[str, Node] = {
        "标题": title, "单位名称": heading.unit, "期间": period, "署名": heading.issued_by,
        "成文日期": heading.date or "",
    }  # fmt: skip
    names |= _nest_figures(plan, figures)
    names |= {added.name: _list_rows(added, figures) for added in plan.lists}
    names |= _list_units(settled, plan, figures)
    names |= _draw_charts(plan, figures)
    names["口径"] = dict(figures.bases)
    names["占比说明"] = {added.title: figures.remarks.get(added.name, "") for added in plan.lists}
    date = heading.date or max(map(_date_of, settled.counted), default=_NO_DATE)
    report = Report(
        title, heading.issued_by, date, names, figures.facts, _quote_names(settled),
        meanings=_MEANINGS, period=settled.period, unit=heading.unit, rolled_up=kind,
    )  # fmt: skip
    return report, figures.issues


_MEANINGS = {
    "标题": "报告的标题",
    "单位名称": "汇总的单位，取自“汇总设置.xlsx”",
    "期间": "汇总的是哪一期，如：2024年度",
    "口径": "各项比率是占哪一项的百分比",
    "署名": "署名，取自“汇总设置.xlsx”",
    "成文日期": "成文日期，取自“汇总设置.xlsx”",
    "单位列表": "计入汇总的各单位，按工作目录的顺序",
    "排名列表": "计入汇总的各单位，按排名",
    "未计入列表": "没有计入汇总的工作目录",
}


def _date_of(unit: CountedUnit) -> dt.date:
    return dt.date.fromisoformat(unit.figures.date)


def _quote_names(settled: Settled) -> Mapping[str, str]:
    return {unit.name: "单位名称" for unit in settled.counted}


def _nest_figures(plan: RollUp, figures: RolledFigures) -> dict[str, Node]:
    """Totals and percentages under their dotted keys, as in the units' own reports."""
    keys = [each.key for each in plan.figures]
    keys += [each.remainder_share for each in plan.lists if each.remainder]
    tree: dict[str, Node] = {}
    for key in (*keys, "汇总.单位个数", "汇总.计入个数", "汇总.未计入个数"):
        *path, name = key.split(".")
        level = tree
        for step in path:
            level = level.setdefault(step, {})  # type: ignore[assignment]
        level[name] = _leaf(figures, key)
    return tree


def _leaf(figures: RolledFigures, key: str) -> Fact | Absent:
    return figures.facts.get(key) or figures.facts.absent.get(key) or Absent(key)


def _list_rows(added: AddedList, figures: RolledFigures) -> Items:
    """The list added over all units, in the order of its first figure."""
    shape = {"名称": f"{added.title}名称", **{each: f"各单位的{each}之和" for each in added.fields}}
    shape |= {"占比": "占总数的百分比"} if added.whole else {}
    items = []
    for row, part in figures.rows[added.name].items():
        leaves = {each: _leaf(figures, f"{added.title}.{part}.{each}") for each in shape if each != "名称"}  # fmt: skip
        items.append(Item(row, {"名称": row, **leaves}))
    return Items(items, shape)


def _list_units(settled: Settled, plan: RollUp, figures: RolledFigures) -> dict[str, Node]:
    shape: Shape = {
        "名次": "排名，并列的名次相同；没有数的为“—”", "名称": "单位名称", "目录": "工作目录",
        **{each.name: f"单位的{each.name}" for each in plan.figures},
        **{each.name: {"名称": f"{each.title}名称", **{field: field for field in each.fields}} for each in plan.lists},
    }  # fmt: skip
    ranks = _rank_units(settled, plan, figures)
    items = [
        Item(unit.name, {"名次": ranks.get(unit.name, "—"), **_name_unit(unit, plan, figures)})
        for unit in settled.counted
    ]
    ranked = sorted(items, key=lambda item: int(ranks.get(item.key, len(items) + 1)))
    left = [
        Item(folder, {"名称": folder, "原因": reason})
        for folder, reason in settled.left_out.items()
    ]
    return {
        "单位列表": Items(items, shape),
        "排名列表": Items(ranked, shape),
        "未计入列表": Items(left, {"名称": "工作目录", "原因": "为什么没有计入"}),
    }


def _name_unit(unit: CountedUnit, plan: RollUp, figures: RolledFigures) -> dict[str, Node]:
    part = figures.parts[unit.name]
    found: dict[str, Node] = {"名称": unit.name, "目录": unit.folder}
    for each in plan.figures:
        found[each.name] = _leaf(figures, name_unit_key(part, each.key))
    for added in plan.lists:
        found[added.name] = Items(list(_iter_unit_rows(unit, added, figures)), {"名称": added.title, **{each: each for each in added.fields}})  # fmt: skip
    return found


def _iter_unit_rows(unit: CountedUnit, added: AddedList, figures: RolledFigures) -> Iterator[Item]:
    """A unit's figures in the rows of all units; what its own list does not have is absent."""
    part = figures.parts[unit.name]
    for row in figures.rows[added.name]:
        keys = unit.figures.lists[added.name].get(row, {})
        leaves = {
            each: _leaf(figures, name_unit_key(part, keys.get(each, f"{row}.{each}")))
            for each in added.fields
        }
        yield Item(row, {"名称": row, **leaves})


def _rank_units(settled: Settled, plan: RollUp, figures: RolledFigures) -> Mapping[str, str]:
    """By unit its rank, highest percentage first; what is printed equal shares the better rank."""
    key = next((each.key for each in plan.percentages if each.name == plan.ranked), "")
    leaves = {
        unit.name: figures.facts.get(name_unit_key(figures.parts[unit.name], key))
        for unit in settled.counted
    }
    values = {name: Decimal(fact.value) for name, fact in leaves.items() if fact}
    ordered = sorted(values.values(), reverse=True)
    first = {value: str(place) for place, value in reversed([*enumerate(ordered, 1)])}
    return {name: first[value] for name, value in values.items()}


def _draw_charts(plan: RollUp, figures: RolledFigures) -> dict[str, Node]:
    charts: dict[str, Node] = {}
    worth: dict[str, Node] = {}
    for chart in make_rollup_charts(plan, figures):
        name = chart.key.partition(".")[2]
        charts[name], worth[name] = chart, "是" if is_worth_drawing(chart) else ""
    return {"图": charts, "作图": worth}
