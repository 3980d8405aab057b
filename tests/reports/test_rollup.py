"""Units of any kind made one report: which count, what adds, how they are ranked and drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from reportgen.charts.kinds import BarChart
from reportgen.facts.model import Fact, Facts, Origin
from reportgen.facts.report import Items, Node, Report
from reportgen.issues import Issue
from reportgen.reports.rollup.declared import Recomputed, RollUp, Total, derive_rollup
from reportgen.reports.rollup.figures import merge_orders
from reportgen.reports.rollup.settle import settle_units
from reportgen.reports.rollup.tree import Heading, make_rollup_report
from reportgen.reports.rollup.units import UnitFigures, UnitResult

PLAN = RollUp(
    (Total("修.处数", "修理"), Total("灯.处数", "路灯")), (Recomputed("修.占比", "修复率"),),
    charted="修理", ranked="修复率",
)  # fmt: skip


def unit(
    folder: str, mended: int | Decimal | str = 3, lamps: int = 10, *, measure: str = "处", period: str = "2024",
    name: str = "", digest: str = "", own_rate: bool = True,
) -> UnitResult:  # fmt: skip
    """A folder in which so many of so many lamps are mended."""
    facts = {
        key: Fact(
            key, value, str(value), measure if key == "修.处数" else "处", Origin(key, "求和")
        )
        for key, value in (("修.处数", mended), ("灯.处数", lamps))
    }
    divided = {"修.占比": ("修.处数", "灯.处数")} if own_rate else {}
    figures = UnitFigures(name, period, "2024-01-01", PLAN, facts, {}, divided)
    return UnitResult(folder, digest or folder, "修灯", figures)


def faulty(folder: str, digest: str = "") -> UnitResult:
    return UnitResult(
        folder, digest or folder, "修灯", reasons=("错误：甲表 A1：空着。",), why="有1处错误"
    )


def roll_up(results: Sequence[UnitResult]) -> tuple[Report, list[Issue]]:
    settled = settle_units(results)
    assert settled.plan is not None
    report, issues = make_rollup_report("修灯", settled, settled.plan, Heading())
    return report, [*settled.issues, *issues]


def test_lists_of_different_scales_are_merged_from_good_to_bad() -> None:
    three, four = ("满意", "基本满意", "不满意"), ("很满意", "满意", "一般", "不满意")
    assert merge_orders([three, four, three]) == ["很满意", "满意", "基本满意", "一般", "不满意"]
    assert merge_orders([three, ("好", "差"), ()]) == [*three, "好", "差"]
    assert merge_orders([("甲", "乙"), ("乙", "甲", "丙")]) == ["甲", "乙", "丙"]


def codes(results: Sequence[UnitResult]) -> list[tuple[str, str]]:
    return [(issue.file, issue.code) for issue in settle_units(results).issues]


def counted(results: Sequence[UnitResult]) -> list[str]:
    return [each.name for each in settle_units(results).counted]


@pytest.mark.parametrize(
    ("value", "unit_", "why"), [("100余", "处", "概数"), (5, "盏", "其余的单位是“处”")]
)
def test_what_cannot_be_added_is_left_out_and_told(value: int | str, unit_: str, why: str) -> None:
    """An approximation or another unit of measure in one unit is never added to the others'."""
    report, (issue,) = roll_up([unit("甲"), unit("乙", 4), unit("丙", value, measure=unit_)])
    assert (issue.code, issue.file) == ("unit-figure-unlike", "丙")
    assert (
        issue.message
        == f"“修.处数”是“{value}{unit_}”，不能与其余单位的相加（{why}），汇总里没有这一项"
    )
    assert "修.处数" not in report.facts
    assert "修.占比" not in report.facts
    assert report.facts["灯.处数"].value == 30
    assert report.facts["单位.甲.修.处数"].value == 3


def test_a_rate_is_of_the_sums_and_no_mean_of_rates() -> None:
    report, _ = roll_up([unit("甲", 1, 1), unit("乙", 0, 9)])
    assert report.facts["修.占比"].text == "10.0%"


def test_quantities_are_added_and_divided_exactly() -> None:
    report, _ = roll_up([unit("甲", Decimal("2.5"), 4), unit("乙", Decimal("0.75"), 6)])
    assert report.facts["修.处数"].text == "3.25"
    assert report.facts["修.占比"].text == "32.5%"
    assert report.facts["单位.乙.修.占比"].text == "12.5%"


def test_a_unit_without_a_rate_of_its_own_has_none_here_and_no_rank() -> None:
    report, _ = roll_up(
        [unit("甲", 3), unit("乙", 5), unit("丙", 0, own_rate=False), unit("丁", 5)]
    )
    ranked = report.names["排名列表"]
    assert isinstance(ranked, Items)
    rows = [(item.key, item.names["名次"], str(item.names["修复率"])) for item in ranked.items]
    assert rows == [
        ("乙", "1", "50.0%"), ("丁", "1", "50.0%"), ("甲", "3", "30.0%"), ("丙", "—", "—"),
    ]  # fmt: skip


def test_the_bars_are_the_longest_and_the_rest_together() -> None:
    report, _ = roll_up([unit(f"{number:02}镇", number, 40) for number in range(1, 31)])
    charts = report.names["图"]
    assert isinstance(charts, dict)
    chart = charts["各单位"]
    assert isinstance(chart, BarChart)
    assert chart.rest
    assert len(chart.categories) == 12
    assert [chart.categories[0], chart.categories[-1]] == ["30镇", "其余19个单位"]
    assert sum(int(fact.value) for fact in chart.figures) == report.facts["修.处数"].value == 465


def test_most_units_say_which_period_it_is_and_of_as_many_the_later() -> None:
    three = [unit("甲", period="2023"), unit("乙", period="2024"), unit("丙", period="2023")]
    assert codes(three) == [("乙", "unit-of-other-period")]
    two = three[:2]
    assert settle_units(two).period == "2024"
    assert codes(two) == [("甲", "unit-of-other-period")]
    (issue,) = settle_units(two).issues
    assert issue.message == "没有计入：写的是“2023”，其余单位多数是“2024”"


def test_of_equal_folders_the_first_counts_and_of_one_name_none() -> None:
    copied = [unit("甲", digest="同"), unit("甲 - 副本", digest="同"), unit("乙")]
    assert codes(copied) == [("甲 - 副本", "unit-copied")]
    named = [unit("a", name="甲镇"), unit("b", 4, name="甲镇"), unit("c", name="乙镇")]
    assert codes(named) == [("a", "unit-named-twice"), ("b", "unit-named-twice")]
    assert counted(named) == ["乙镇"]
    apart = settle_units([*named, unit("远/d", 5, name="甲镇")])
    assert "“b”也是“甲镇”的" in apart.issues[0].message
    assert counted([unit("东/a", name="甲镇"), unit("西/b", 4, name="甲镇")]) == [
        "东/甲镇",
        "西/甲镇",
    ]


def test_a_faulty_copy_is_told_of_its_fault_alone() -> None:
    results = [faulty("甲", "同"), faulty("甲 - 副本", "同"), unit("乙")]
    assert codes(results) == [("甲", "unit-left-out"), ("甲 - 副本", "unit-left-out")]
    assert settle_units(results).left_out == {"甲": "有1处错误", "甲 - 副本": "有1处错误"}


def test_the_report_says_of_how_many_units_it_is() -> None:
    report, _ = roll_up([unit("甲"), faulty("乙"), unit("丙")])
    numbers = [
        report.facts[f"汇总.{name}"].value for name in ("单位个数", "计入个数", "未计入个数")
    ]
    assert numbers == [3, 2, 1]
    left = report.names["未计入列表"]
    assert isinstance(left, Items)
    assert [(item.names["名称"], item.names["原因"]) for item in left.items] == [
        ("乙", "有1处错误")
    ]


def test_of_units_that_differ_what_all_have_is_added() -> None:
    """A kind that says nothing of it: each unit's figures tell; a rate that only one has is kept."""
    fewer = replace(PLAN, totals=PLAN.totals[1:], percentages=())
    first, second, third = unit("甲"), unit("乙"), unit("丙")
    assert second.figures is not None
    second = replace(second, figures=replace(second.figures, plan=fewer))
    for results in ([first, second], [second, first, third]):
        plan = settle_units(results).plan
        assert plan is not None
        assert [each.key for each in plan.totals] == ["灯.处数"]
        assert [each.key for each in plan.percentages] == ["修.占比"]


def test_percentages_that_were_typed_are_not_added() -> None:
    figures = [
        Fact("甲.件数", 3, "3", "件", Origin("", "计件")),
        Fact("甲.率", 40, "40%", "%", Origin("", "求和")),
        Fact("甲.人数", 5, "5", "人", Origin("", "去重计数")),
    ]
    tree: dict[str, Node] = {"甲": {each.key.partition(".")[2]: each for each in figures}}
    report = Report("", "", dt.date(2024, 1, 1), tree, Facts({each.key: each for each in figures}))
    assert [each.key for each in derive_rollup(report).totals] == ["甲.件数"]
