"""Every figure of the report equals what plain counting gives, over hundreds of random cases."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from reportgen.data import Rows
from reportgen.facts.measures import make_key_parts
from reportgen.facts.model import Fact, Facts
from reportgen.reports import KINDS
from reportgen.reports.kind import Sample
from reportgen.reports.suggestions.figures.catalogue import count_facts
from reportgen.reports.suggestions.figures.scope import Scope
from reportgen.validation import validate_workbooks
from tests.support import brute
from tests.support.generate import case, raw_workbooks

SETTINGS = list(product((0, 1, 2), ("合计为100", "四舍五入"), ("全部", "已反馈")))
SEEDS = range(14)


def scope_of(sample: Sample, today: dt.date | None = None) -> Scope:
    """What the figures are counted over."""
    dataset, _ = validate_workbooks(raw_workbooks(sample), tuple(KINDS[0].workbooks))
    return Scope.of(dataset, today)


def counted(sample: Sample, today: dt.date | None = None) -> Facts:
    """The report's facts."""
    return count_facts(scope_of(sample, today))


def differences(
    found: Mapping[str, Fact], sample: Sample, today: dt.date | None = None
) -> dict[str, tuple[object, object]]:
    """Where the facts and plain counting differ: what each says."""
    ours = {key: brute.Figure(fact.value, fact.text, fact.unit) for key, fact in found.items()}
    theirs = brute.figures(sample, today)
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
    sums: dict[str, tuple[object, object]] = {
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


def group_shares(found: Facts) -> dict[str, Decimal]:
    """By complete group, the sum of its printed shares; groups of nothing have none."""
    sums: dict[str, Decimal] = {}
    for group, more in (
        ("结果.", ["正在办理.占比"]), ("专题.", []), ("来源.", []), ("满意度.", []), ("态度满意度.", []),
    ):  # fmt: skip
        keys = [key for key in found if key.startswith(group) and key.endswith(".占比")]
        shares = [Decimal(found[key].value) for key in [*keys, *more] if key in found]
        if shares:
            sums[group] = sum(shares, Decimal(0))
    return sums


def test_the_same_case_in_another_order_of_departments_counts_the_same() -> None:
    for seed in range(6):
        sample = case(9, 5, seed, rare=True, unfinished=0.3)
        turned = replace(sample, returns=dict(reversed(list(sample.returns.items()))))
        first, second = counted(sample), counted(turned)
        assert {key: fact.text for key, fact in first.items()} == {
            key: fact.text for key, fact in second.items()
        }
        assert scope_of(sample).table.to_dict("records") == scope_of(turned).table.to_dict(
            "records"
        )


@pytest.mark.parametrize("month", range(1, 13))
def test_what_happened_after_the_day_asked_for_has_not_happened(month: int) -> None:
    """Answers, plans, contacts, ratings, re-handling, promises and what was handed out."""
    today = dt.date(2023, month, 5)
    for seed in range(4):
        sample = case(12, 5, 7 * month + seed, rare=True, unfinished=0.2)
        assert differences(counted(sample, today), sample, today) == {}


Part = tuple[str | None, str | None]


def split_item(*parts: Part | None) -> Sample:
    """One suggestion that as many departments each answer their part of (分办).

    ``parts``: each one's 办理结果 (None: not answered yet) and 满意度; None: not returned.
    """
    made = case(1, 3, 0, action=False, last_year=False)
    owners = [row["全称"] for row in made.register["承办部门"]][: len(parts)]
    (row,) = made.register["建议台账"]
    row = {**row, "办理方式": "分办", "主办部门": "、".join(map(str, owners)), "协办部门": None}
    classes = [
        {"代码": code, "名称": code, "计入解决": solved, "需填原因": "否", "需填承诺时限": "否"}
        for code, solved in (("A", "是"), ("B", "否"), ("C", "否"))
    ]
    done = {"答复日期": dt.date(2023, 9, 1)}
    locked = {name: row[name] for name in ("编号", "标题", "领衔代表")} | {"办理角色": "分办"}
    returns: dict[str, Rows] = {}
    for owner, part in zip(owners, parts, strict=True):
        result, rating = part or (None, None)
        answer = {"办理结果": result, "满意度": rating, **(done if result else {})}
        returns[str(owner)] = {"办理情况": [locked | answer] if part else []}
    register = {**made.register, "建议台账": [row], "办理结果分类": classes}
    return replace(made, register=register, returns=returns)


@pytest.mark.parametrize(
    ("parts", "result", "rating"),
    [
        ([("A", "满意"), ("A", "满意")], "结果.A", "满意"),
        ([("A", "满意"), ("C", "满意")], "结果.C", "满意"),
        ([("C", "满意"), ("B", "基本满意")], "结果.C", "基本满意"),
        ([("A", "满意"), (None, None)], "正在办理", "未反馈"),
        ([(None, None), (None, None)], "正在办理", "未反馈"),
        ([("A", "满意"), ("A", None)], "结果.A", "未反馈"),
        ([("A", "不满意"), ("A", None)], "结果.A", "不满意"),
        ([("A", "不满意"), (None, None)], "正在办理", "未反馈"),
        ([("A", "满意"), ("B", "满意"), ("A", "基本满意")], "结果.B", "基本满意"),
        ([("A", "满意"), None], "正在办理", "未反馈"),
        ([None, ("A", "不满意")], "正在办理", "未反馈"),
        ([None, None], "正在办理", "未反馈"),
    ],
)
def test_an_item_in_parts_stands_as_its_least_advanced_part(
    parts: list[Part | None], result: str, rating: str
) -> None:
    sample = split_item(*parts)
    found = counted(sample)
    states = ("结果.A", "结果.B", "结果.C", "正在办理")
    assert [name for name in states if found[f"{name}.件数"].value] == [result]
    ratings = (*brute.RATINGS, "未反馈")
    assert [name for name in ratings if found[f"满意度.{name}.件数"].value] == [rating]
    assert found["解决.件数"].value == (result == "结果.A")
    assert found["部门合计.主办件数"].value == len(parts)
    assert found["部门合计.答复件数"].value == sum(bool(part and part[0]) for part in parts)
    assert differences(found, sample) == {}


def in_parts(*parts: dict[str, object]) -> Sample:
    """One suggestion, each department's part with these cells: answered and solved unless they say so."""
    sample = split_item(*[("A", "满意")] * len(parts))
    returns = {
        name: {"办理情况": [{**sheets["办理情况"][0], **part}]}
        for (name, sheets), part in zip(sample.returns.items(), parts, strict=True)
    }
    return replace(sample, returns=returns)


def march(day: int) -> dt.date:
    return dt.date(2023, 3, day)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("parts", "column", "value", "counts"),
    [
        ([{"答复日期": march(20), "答复文号": "1号"}, {"答复日期": march(9), "答复文号": "2号"}], "答复日期", march(20),
         {"答复.件数": 1}),
        ([{"答复日期": march(20), "答复文号": "1号"}, {"答复日期": march(9), "答复文号": "2号"}], "答复文号", "1号", {}),
        ([{"答复日期": march(9)}, {"答复日期": dt.date(2023, 11, 30)}], "答复日期", dt.date(2023, 11, 30),
         {"逾期答复.件数": 1, "按期答复.件数": 0}),
        ([{"沟通方式": "电话沟通", "沟通日期": march(1)}, {}], "沟通日期", march(1),
         {"沟通.件数": 1, "沟通方式.电话沟通.件数": 1}),
        ([{"沟通方式": "电话沟通", "沟通日期": march(2)}, {"沟通方式": "上门走访", "沟通日期": march(1)}],
         "沟通方式", "电话沟通", {"沟通方式.电话沟通.件数": 1, "沟通方式.上门走访.件数": 0}),
        ([{"办理方案日期": march(1)}, {"办理结果": "C"}], "办理方案日期", march(1), {"办理方案.件数": 1}),
        ([{"办理结果": "B", "承诺完成时限": dt.date(2024, 5, 1)}, {"办理结果": "C"}], "承诺完成时限", dt.date(2024, 5, 1),
         {"承诺.件数": 1, "承诺逾期.件数": 0, "结果.C.件数": 1}),
        ([{"办理结果": "B", "承诺完成时限": dt.date(2024, 5, 1)}, {"办理结果": "B", "承诺完成时限": dt.date(2024, 9, 1)}],
         "承诺完成时限", dt.date(2024, 9, 1), {"承诺.件数": 1, "承诺逾期.件数": 0}),
        ([{"办理结果": "B", "承诺完成时限": dt.date(2024, 5, 1)}, {"办理结果": "B", "承诺完成时限": dt.date(2023, 10, 1)}],
         "承诺完成时限", dt.date(2023, 10, 1), {"承诺.件数": 1, "承诺逾期.件数": 1}),
        ([{"办理结果": "B", "承诺完成时限": dt.date(2023, 10, 1)}, {"办理结果": None, "答复日期": None, "满意度": None}],
         "承诺完成时限", None, {"承诺.件数": 0, "承诺逾期.件数": 0, "正在办理.件数": 1}),
        ([{"办理结果": "C", "未解决原因": "缺钱。"}, {"办理结果": "B", "未解决原因": "缺地"}], "未解决原因", "缺钱；缺地", {}),
        ([{"满意度": "不满意", "重办答复日期": march(9), "重办满意度": "满意"},
          {"满意度": "不满意", "重办答复日期": march(20), "重办满意度": "基本满意"}], "重办答复日期", march(20),
         {"重新办理.件数": 1, "重办满意度.基本满意.件数": 1, "待重新办理.件数": 0}),
        ([{"满意度": "不满意"}, {"办理结果": None, "答复日期": None, "满意度": None}], "满意度", None,
         {"满意度.不满意.件数": 0, "待重新办理.件数": 0, "满意度.未反馈.件数": 1}),
        ([{"反馈日期": march(9)}, {"反馈日期": march(20)}], "反馈日期", march(20), {"满意度.满意.件数": 1}),
    ],
)  # fmt: skip
def test_an_item_in_parts_takes_each_attribute_from_the_part_that_decides_it(
    parts: list[dict[str, object]], column: str, value: object, counts: dict[str, int], turned: bool
) -> None:
    """Whichever department's file is read first."""
    sample = in_parts(*parts)
    if turned:
        sample = replace(sample, returns=dict(reversed(list(sample.returns.items()))))
    scope = scope_of(sample)
    found = count_facts(scope)
    assert scope.table[column].iloc[0] == value
    assert {key: found[key].value for key in counts} == counts
    assert differences(found, sample) == {}


def test_the_source_of_a_late_item_is_the_late_cell() -> None:
    sample = in_parts({"答复日期": march(9)}, {"答复日期": dt.date(2023, 11, 30)})
    (cell,) = counted(sample)["逾期答复.件数"].source.cells
    assert cell.file == f"填报/{list(sample.returns)[1]}.xlsx"


def test_all_is_claimed_of_contacts_and_plans_only_if_every_part_has_one() -> None:
    talked = {"沟通方式": "电话沟通", "沟通日期": march(1)}
    assert not scope_of(in_parts(talked, {})).items.all_have("沟通日期")
    assert scope_of(in_parts(talked, talked)).items.all_have("沟通日期")


def test_what_is_not_solved_decides_wherever_its_class_stands() -> None:
    sample = split_item(("A", "满意"), ("C", "满意"))
    rows = list(reversed(sample.register["办理结果分类"]))
    sample = replace(sample, register={**sample.register, "办理结果分类": rows})
    found = counted(sample)
    assert found["解决.件数"].value == 0
    assert differences(found, sample) == {}


def test_names_become_keys_that_a_template_can_hold() -> None:
    names = ["城建、交通", "城建，交通", "城建_交通", "2类", "“三农”", "—", "A"]
    assert list(make_key_parts(names).values()) == [
        "城建_交通", "城建_交通_2", "城建_交通_3", "项2类", "三农", "_", "A",
    ]  # fmt: skip
