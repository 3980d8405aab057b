"""Every figure of the report equals what plain counting gives, over hundreds of random cases."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

import pytest

from reportgen.analysis.facts import Fact, Facts
from reportgen.reports import KINDS
from reportgen.reports.kind import Sample
from reportgen.reports.suggestions.facts import Scope, facts
from reportgen.reports.suggestions.items import items
from reportgen.validation import validate
from tests import brute
from tests.generate import case, raw_workbooks

SETTINGS = list(product((0, 1, 2), ("合计为100", "四舍五入"), ("全部", "已反馈")))
SEEDS = range(20)


def counted(sample: Sample) -> Facts:
    """The report's facts."""
    dataset, _ = validate(raw_workbooks(sample), tuple(KINDS[0].workbooks))
    return facts(Scope(dataset, items(dataset)))


def differences(found: Mapping[str, Fact], sample: Sample) -> dict[str, tuple[object, object]]:
    """Where the facts and plain counting differ: what each says."""
    ours = {key: brute.Figure(fact.value, fact.text, fact.unit) for key, fact in found.items()}
    theirs = brute.figures(sample)
    keys = dict.fromkeys([*ours, *theirs])
    return {
        key: (ours.get(key), theirs.get(key)) for key in keys if ours.get(key) != theirs.get(key)
    }


def with_settings(sample: Sample, **settings: object) -> Sample:
    """The case with other 基本信息."""
    row = {**sample.register["基本信息"][0], **settings}
    return replace(sample, register={**sample.register, "基本信息": [row]})


def with_column(sample: Sample, sheet: str, column: str, value: object) -> Sample:
    """The case with one column of the register the same in every row."""
    rows = [{**row, column: value} for row in sample.register[sheet]]
    return replace(sample, register={**sample.register, sheet: rows})


def small_cases(places: int, rounding: str, base: str) -> Iterator[Sample]:
    """Cases of one to twelve items, one to six departments, all to none of them finished."""
    for seed in SEEDS:
        made = case(
            seed % 12 + 1, seed % 6 + 1, 100 * places + seed,
            rare=seed % 5 > 0, unfinished=seed % 4 / 3,
        )  # fmt: skip
        yield with_settings(made, 占比小数位数=places, 占比取整方式=rounding, 满意率口径=base)


@pytest.mark.parametrize(("places", "rounding", "base"), SETTINGS)
def test_every_figure_equals_plain_counting(places: int, rounding: str, base: str) -> None:
    for sample in small_cases(places, rounding, base):
        found = counted(sample)
        assert differences(found, sample) == {}
        assert broken(found, rounding) == []


@pytest.mark.parametrize("solved", ["是", "否"])
def test_shares_keep_their_decimals_where_no_class_is_left(solved: str) -> None:
    sample = with_settings(case(7, 3, 5, unfinished=0.3), 占比小数位数=2)
    sample = with_column(sample, "办理结果分类", "计入解决", solved)
    found = counted(sample)
    assert differences(found, sample) == {}
    assert found["未解决.占比" if solved == "是" else "解决.占比"].text == "0.00%"


def test_a_year_without_suggestions_has_counts_of_zero_and_no_shares() -> None:
    sample = replace(case(3, 2, 1, action=False, last_year=True), returns={})
    sample = replace(sample, register={**sample.register, "建议台账": []})
    found = counted(sample)
    assert differences(found, sample) == {}
    assert found["议案建议.件数"].value == 0
    assert not [key for key in found if key.endswith(".占比")]


def broken(found: Facts, rounding: str) -> list[str]:
    """Which of the sums that must come out do not."""
    number = {key: fact.value for key, fact in found.items() if not isinstance(fact.value, str)}
    whole = number["议案建议.件数"]
    sums = {
        "议案与建议": (number["议案.件数"] + number["建议.件数"], whole),
        "各类与正在办理": (added(number, "结果.") + number["正在办理.件数"], whole),
        "解决、未解决与正在办理": (sum(number[f"{name}.件数"] for name in ("解决", "未解决", "正在办理")), whole),
        "专题": (added(number, "专题."), whole),
        "来源": (added(number, "来源."), whole),
        "办理方式": (added(number, "办理方式."), whole),
        "答复": (number["答复.件数"] + number["正在办理.件数"], whole),
        "满意度": (number["满意度.已反馈.件数"] + number["满意度.未反馈.件数"], whole),
        "沟通方式": (added(number, "沟通方式."), number["沟通.件数"]),
    }  # fmt: skip
    if not number["办理方式.分办.件数"]:
        sums["各部门主办"] = (number["部门合计.主办件数"], whole)
        sums["各部门答复"] = (number["部门合计.答复件数"], number["答复.件数"])
    if rounding == "合计为100":
        sums |= {f"{group}占比": (share, 100) for group, share in group_shares(found).items()}
    return [f"{name}：{total}≠{right}" for name, (total, right) in sums.items() if total != right]


def added(number: Mapping[str, object], group: str) -> int:
    """The sum of ``group``X.件数."""
    depth = group.count(".") + 1
    return sum(
        int(str(value))
        for key, value in number.items()
        if key.startswith(group) and key.endswith(".件数") and key.count(".") == depth
    )


def group_shares(found: Facts) -> dict[str, object]:
    """By complete group, the sum of its printed shares; groups of nothing have none."""
    sums: dict[str, object] = {}
    for group, more in (
        ("结果.", ["正在办理.占比"]), ("专题.", []), ("来源.", []), ("满意度.", []), ("态度满意度.", []),
    ):  # fmt: skip
        keys = [key for key in found if key.startswith(group) and key.endswith(".占比")]
        shares = [found[key].value for key in [*keys, *more] if key in found]
        if shares:
            sums[group] = sum(shares)  # type: ignore[arg-type]
    return sums


def test_the_same_case_in_another_order_of_departments_counts_the_same() -> None:
    """Which workbook is read first may decide how an item was discussed, nothing else."""
    for seed in range(6):
        sample = case(9, 5, seed, rare=True, unfinished=0.3)
        turned = replace(sample, returns=dict(reversed(sample.returns.items())))
        first, second = counted(sample), counted(turned)
        differing = {key for key in first if first[key].text != second[key].text}
        assert set(first) == set(second)
        assert all(key.startswith(("沟通", "办理方案")) for key in differing)
