"""The county's figures equal those of all its towns' rows counted together."""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from docx import Document

from reportgen.commands.many.county import make_built_in
from reportgen.facts.model import Fact
from reportgen.facts.report import Items, Report
from reportgen.issues import Issue
from reportgen.reports.kind import Sample
from reportgen.reports.rollup.settle import settle_units
from reportgen.reports.rollup.tree import Heading, make_rollup_report
from reportgen.reports.rollup.units import UnitResult, merge_results
from reportgen.reports.suggestions import SUGGESTIONS
from reportgen.word.render.fill import fill_template
from tests.support import brute
from tests.support.templates import PNG
from tests.support.units import count_unit, roll_up, town

ADDED = (
    "议案建议.件数", "议案.件数", "建议.件数", "来源.大会.件数", "答复.件数", "正在办理.件数", "解决.件数",
    "按期答复.件数", "满意.件数", "满意度.已反馈.件数", "承办部门.个数",
)  # fmt: skip


def towns(seed: int) -> list[Sample]:
    rng = random.Random(f"county {seed}")
    numbers = rng.sample(range(1000), rng.randint(1, 5))
    return [town(number, rng.randint(1, 9), rare=True, unfinished=0.3) for number in numbers]


def value(report: Report, key: str) -> int:
    return int(report.facts[key].value)


def names(report: Report, listed: str, field: str) -> dict[str, int]:
    items = report.names[listed]
    assert isinstance(items, Items)
    return {str(item.names["名称"]): int(item.names[field].value) for item in items.items}


@pytest.mark.parametrize("seed", range(6))
def test_sums_are_those_of_the_union_of_the_rows(seed: int) -> None:
    made = towns(seed)
    report = roll_up([count_unit(each, f"镇{n}") for n, each in enumerate(made)])
    rows = [row for each in made for row in each.register["建议台账"]]
    assert value(report, "议案建议.件数") == len(rows)
    assert value(report, "议案.件数") == sum(row["类别"] == "议案" for row in rows)
    assert value(report, "来源.闭会.件数") == sum(row["来源"] == "闭会" for row in rows)
    themes = Counter(str(row["专题"]) for row in rows)
    assert {k: v for k, v in names(report, "专题列表", "件数").items() if v} == themes
    counted = [brute.figures(each) for each in made]
    for key in ADDED:
        assert value(report, key) == sum(int(each[key].value) for each in counted), key


def classes(made: Sequence[Sample]) -> Counter[str]:
    """By the name of a class, how many have it: towns call the same class by other letters."""
    found: Counter[str] = Counter()
    for each in made:
        figures = brute.figures(each)
        for row in each.register["办理结果分类"]:
            found[str(row["名称"])] += int(figures[f"结果.{row['代码']}.件数"].value)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_classes_are_added_by_their_names_and_rates_computed_anew(seed: int) -> None:
    made = towns(seed)
    report = roll_up([count_unit(each, f"镇{n}") for n, each in enumerate(made)])
    assert names(report, "结果列表", "件数") == classes(made)
    check_shares(report)
    for key, part, base in (
        ("答复.占比", "答复.件数", "议案建议.件数"),
        ("满意.占比", "满意.件数", ""),
    ):
        fact = report.facts.get(key)
        if fact is None:
            continue
        assert fact.source.facts[0] == part
        exact = Fraction(value(report, part), value(report, base or fact.base)) * 100
        assert abs(Fraction(fact.value) - exact) <= Fraction(1, 20)


def check_shares(report: Report) -> None:
    """The classes and what is open are the whole; what is answered and what is open likewise."""
    shares = [
        fact for key, fact in report.facts.items() if key.startswith("结果.") and fact.unit == "%"
    ]
    open_ = report.facts["正在办理.占比"]
    assert sum(Fraction(each.value) for each in (*shares, open_)) == 100
    assert Fraction(open_.value) + Fraction(report.facts["答复.占比"].value) == 100


def test_neither_order_nor_pairing_matters() -> None:
    results = [count_unit(each, f"镇{n}") for n, each in enumerate(towns(1))]
    whole = roll_up(results)
    first, *rest = results
    assert roll_up(merge_results(merge_results(rest), [first])) == whole
    pairs = merge_results(merge_results(results[::2]), merge_results(results[1::2]))
    assert roll_up(pairs) == whole


def test_every_figure_leads_to_a_cell_of_its_town() -> None:
    report = roll_up([count_unit(each, f"县/镇{n}") for n, each in enumerate(towns(2))])
    total = report.facts["议案建议.件数"]
    assert [key.split(".")[0] for key in total.source.facts] == ["单位"] * len(total.source.facts)
    for fact in report.facts.values():
        assert all(key in report.facts for key in fact.source.facts), fact.key
        assert leads_to_cells(report, fact), fact.key


def leads_to_cells(report: Report, fact: Fact) -> bool:
    """Of a count of zero there are none; of folders that were counted their names stand in the note."""
    cells = [*fact.source.cells, *fact.source.among]
    if cells:
        return all(each.file.startswith("县/镇") for each in cells)
    behind = [report.facts[key] for key in fact.source.facts]
    if not behind:
        return not fact.value or bool(fact.source.note)
    return all(leads_to_cells(report, each) for each in behind)


def test_ranks_are_by_what_is_printed_and_the_last_have_none() -> None:
    made = [town(1, 6), town(2, 6), town(3, 4, unfinished=1.0)]
    report = roll_up([count_unit(each, f"镇{n}") for n, each in enumerate(made)])
    ranked = report.names["排名列表"]
    assert isinstance(ranked, Items)
    rates = [item.names["满意率"] for item in ranked.items]
    shown = [rate.value for rate in rates if isinstance(rate, Fact)]
    assert shown == sorted(shown, reverse=True)
    assert [item.names["名次"] for item in ranked.items][-1] == "—"


def test_who_divides_by_something_else_is_told_and_computed_alike() -> None:
    """满意率 of those rated for all, as most have it; the text says nothing of the one town's own rate."""
    made = [with_basis(town(n, 6, unfinished=0.5), basis) for n, basis in BASES]
    results = [count_unit(each, f"镇{n}") for n, each in enumerate(made)]
    found = find_issues(results)
    assert [(issue.code, issue.file) for issue in found] == [("unit-divides-otherwise", "镇2")]
    assert found[0].message == (
        "“满意率”按“总件数”计算，其余单位多数按“已反馈件数”；汇总一律按“已反馈件数”重新计算"
    )
    report = roll_up(results)
    assert report.facts["满意.占比"].base == "满意度.已反馈.件数"
    rates = [fact for key, fact in report.facts.items() if key.endswith("满意.占比")]
    assert all(fact.base.endswith("满意度.已反馈.件数") for fact in rates)
    assert len(rates) > 2


BASES = ((1, "已反馈"), (2, "已反馈"), (4, "全部"))


def with_basis(made: Sample, basis: str) -> Sample:
    settings = {**made.register["基本信息"][0], "满意率口径": basis}
    return replace(made, register={**made.register, "基本信息": [settings]})


def find_issues(results: Sequence[UnitResult]) -> list[Issue]:
    settled = settle_units(results)
    return [*settled.issues, *make_rollup_report("", settled, settled.plan, Heading())[1]]


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (
            3,
            [
                "3件正在办理",
                "各件都还在办理之中，没有答复。",
                "表1",
                "见表2",
                "还没有收到代表对办理结果的评价",
            ],
        ),
        (0, ["计入汇总的单位没有交办议案、建议。"]),
    ],
)
def test_what_is_not_there_is_not_spoken_of(items: int, said: Sequence[str]) -> None:
    plan = SUGGESTIONS.rollup()
    assert plan is not None
    report = roll_up([count_unit(town(1, items, unfinished=1.0), "甲镇")])
    built = fill_template(make_built_in(plan), report, lambda _: PNG)
    text = "\n".join(each.text for each in Document(io.BytesIO(built)).paragraphs)
    assert [each for each in said if each not in text] == []
    assert ("分专题情况\n" in text, "的评价" in text, "0个部门" in text) == (
        items > 0,
        items > 0,
        False,
    )
