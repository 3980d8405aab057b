"""Percentages as the report prints them: rates by themselves, true 0 % and 100 %, one figure each.

A case is told by its counts: so many of each result, of each rating, under each theme; what they
leave open is 正在办理 or has no rating.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from reportgen.facts.measures import make_key_parts
from reportgen.facts.model import Absent, Fact, Facts
from reportgen.reports import KINDS
from reportgen.reports.kind import Sample
from reportgen.validation import validate_workbooks
from reportgen.word.render.fill import fill_template
from reportgen.word.template.sentences import Template
from tests.properties.test_counts import counted, with_settings
from tests.properties.test_text import read
from tests.support import published
from tests.support.documents import Document
from tests.support.generate import case, raw_workbooks
from tests.support.templates import PNG, docx, p

Counts = Mapping[str, int]
ROUNDED = "因四舍五入，各项占比之和可能不等于100%"
ADJUSTED = "为使各项占比之和为100%，个别占比作了调整"


def year(
    total: int, results: Counts, ratings: Counts | None = None, themes: Counts | None = None,
    departments: int = 1, **settings: object,
) -> Sample:  # fmt: skip
    """``total`` suggestions with these counts; the first result counts as solved."""
    groups = [
        published.Group(name, total, counts, 0, (), "")
        for name, counts in (("办理结果", results), ("满意度", ratings), ("专题", themes))
        if counts
    ]
    made = published.sample(published.Case("", total, 0, departments, groups))
    return with_settings(made, **settings)


def shown(found: Facts, *keys: str) -> list[str]:
    return [str(found.leaf(key)) for key in keys]


def prose(sample: Sample) -> str:
    return "\n".join(each.text for each in read(sample)[0].prose)


@pytest.mark.parametrize("rounding", ["合计为100", "四舍五入"])
@pytest.mark.parametrize(
    ("total", "good", "fair", "rate"),
    [(6, 1, 1, "33%"), (6, 2, 1, "50%"), (7, 3, 3, "86%"), (8, 1, 2, "38%"), (3, 1, 1, "67%"),
     (200, 100, 99, "99.5%"), (984, 900, 83, "99.9%"), (7, 6, 1, "100%"), (300, 100, 0, "33.3%")],
)  # fmt: skip
def test_a_rate_is_what_a_calculator_gives_everywhere(
    total: int, good: int, fair: int, rate: str, rounding: str
) -> None:
    """Not the sum of rounded shares; the only department's rate is that of all."""
    rest = total - good - fair
    ratings = {"满意": good, "基本满意": fair, "不满意": rest}
    if (total, good) == (300, 100):
        ratings = {"满意": 100, "基本满意": 0, "不满意": 199}  # one has not answered: 0.3 %
    sample = year(total, {"A": total}, ratings, 占比取整方式=rounding)
    found = counted(sample)
    assert shown(found, "满意.占比", "部门.第1承办部门.满意率") == [rate, rate]
    _, table, _ = read(sample)[0].tables
    assert [row[-1] for row in table[1:]] == [rate, rate]


def test_the_rate_of_solved_is_no_sum_of_shares() -> None:
    found = counted(year(6, {"A": 2, "B": 1, "C": 1}))
    assert shown(found, "解决.占比", "未解决.占比", "答复.占比") == ["33%", "33%", "67%"]


@pytest.mark.parametrize(
    ("answered", "total", "phrases"),
    [
        (199, 200, ("答复率99.5%", "A的199件，占议案、建议总件数的99.5%", "正在办理的1件，占0.5%")),
        (299, 300, ("答复率99.7%", "占议案、建议总件数的99.7%", "正在办理的1件，占0.3%")),
        (1, 300, ("答复率0.3%", "占议案、建议总件数的0.3%", "正在办理的299件，占99.7%")),
        (399, 400, ("答复率99.8%", "占议案、建议总件数的99.8%", "占0.2%")),
        (1999, 2000, ("答复率99.95%", "占议案、建议总件数的99.95%", "占0.05%")),
    ],
)
@pytest.mark.parametrize("rounding", ["合计为100", "四舍五入"])
def test_only_all_are_100_percent(
    answered: int, total: int, phrases: tuple[str, ...], rounding: str
) -> None:
    if rounding == "四舍五入" and total == 400:
        phrases = (phrases[0], phrases[1], "占0.3%", ROUNDED)
    text = prose(year(total, {"A": answered}, 占比取整方式=rounding))
    assert [phrase for phrase in phrases if phrase not in text] == []
    (opening,) = [line for line in text.split("\n") if "答复率" in line]
    bare = opening.replace(ROUNDED, "").replace(ADJUSTED, "")
    assert not re.search(r"(?<![\d.])(?:100|0)(?:\.0+)?%", bare)


@pytest.mark.parametrize(("raised", "done", "rate"), [(984, 983, "99.9%"), (984, 1, "0.1%")])
def test_the_action_is_not_done_while_one_is_open(raised: int, done: int, rate: str) -> None:
    made = case(7, 2, 1, action=True, last_year=False)
    made = with_settings(made, 占比小数位数=0)
    rows = [{"代表层级": "县", "提出条数": raised, "办结条数": done}]
    made = replace(made, register={**made.register, "民生行动": rows})
    found = counted(made)
    assert found["行动.办结率"].text == rate
    assert f"办结率{rate}" in prose(made)
    decimals = {
        len(one.text.partition(".")[2]) for key, one in found.items() if key.endswith(".占比")
    }
    assert decimals == {0}, "figures of suggestions keep the decimals asked for"


@pytest.mark.parametrize(
    ("before", "change", "growth"),
    [(1000, 4, "0.4%"), (1004, -1003, "99.9%"), (502, 502, "100%"), (1000, 1004, "100.4%"),
     (1000, 0, "0%"), (1001, -1, "0.1%"), (0, 7, "—")],
)  # fmt: skip
def test_growth_claims_neither_double_nor_nothing(before: int, change: int, growth: str) -> None:
    rows = [{"指标": "议案建议件数", "数值": before}]
    sample = year(before + change, {"A": before + change})
    found = counted(replace(sample, register={**sample.register, "上年数据": rows}))
    assert str(found.leaf("同比.议案建议件数.增幅")) == growth


def test_a_count_and_its_share_are_one_percentage_in_one_paragraph() -> None:
    """3 of 8 answered are 38 %, whoever says so, and the others 62 %."""
    text = prose(year(8, {"A": 3}))
    assert "答复率38%" in text
    assert "A的3件，占议案、建议总件数的38%" in text
    assert "正在办理的5件，占62%" in text
    split = prose(year(8, {"A": 2, "B": 1}))
    assert "答复率38%" in split
    assert "正在办理的5件，占62%" in split
    assert "B的1件，占13%" in split


def test_equal_themes_have_equal_shares_and_what_is_adjusted_is_said() -> None:
    text = prose(year(7, {"A": 7}, themes={"甲": 2, "乙": 3, "丙": 2}))
    assert re.findall(r"占总件数的(\d+%)", text) == ["29%", "42%", "29%"]
    assert f"以上各专题占总件数的百分比，{ADJUSTED}。" in text  # a calculator gives 43 %
    thirds = prose(year(3, {"A": 3}, themes={"甲": 1, "乙": 1, "丙": 1}))
    assert re.findall(r"占总件数的(\d+%)", thirds) == ["34%", "33%", "33%"]
    assert f"以上各专题占总件数的百分比，{ADJUSTED}。" in thirds


def test_a_rate_that_does_not_make_100_with_the_rest_is_told() -> None:
    """未解决 3 of 8 and 正在办理 3 of 8 must look alike; then 答复率63% leaves 37 %, not 38 %."""
    text = prose(year(8, {"A": 2, "B": 1, "C": 2}))
    assert "答复率63%" in text
    assert f"正在办理的3件，占38%（{ADJUSTED}）" in text


@pytest.mark.parametrize("rounding", ["合计为100", "四舍五入"])
def test_shares_of_a_draft_are_of_all_items_though_some_belong_nowhere(rounding: str) -> None:
    made = year(8, {"A": 8}, themes={"甲": 3, "乙": 5}, 占比取整方式=rounding)
    rows = [{**row, "专题": None if str(row["编号"]) > "6" else row["专题"], "来源": None}
            for row in made.register["建议台账"]]  # fmt: skip
    made = replace(made, register={**made.register, "建议台账": rows})
    found = counted(made)
    assert shown(found, "专题.甲.占比", "专题.乙.占比", "来源.大会.占比") == ["38%", "38%", "0%"]
    assert "各专题占" not in prose(made)


def test_shares_rounded_one_by_one_say_so_where_they_do_not_add_up() -> None:
    rounded = {"占比取整方式": "四舍五入"}
    text = prose(year(8, {"A": 3}, **rounded))
    assert f"A的3件，占议案、建议总件数的38%；正在办理的5件，占63%（{ROUNDED}）。" in text
    assert ROUNDED not in prose(year(4, {"A": 3}, **rounded))
    themes = prose(year(3, {"A": 3}, themes={"甲": 1, "乙": 1, "丙": 1}, **rounded))
    assert themes.count(ROUNDED) == 1
    assert f"以上各专题占总件数的百分比，{ROUNDED}。" in themes
    assert re.findall(r"占总件数的(\d+%)", themes) == ["33%"] * 3


THRESHOLD = docx(
    p(
        "低于九成的：{% for 部 in 部门列表 %}{% if 部.满意率 < 90 %}{{ 部.名称 }}"
        "{{ 部.满意率 }}；{% endif %}{% endfor %}"
        "不低于的：{% for 部 in 部门列表 %}{% if 部.满意率 >= 90 or 部.满意率 == '好' %}"
        "{{ 部.名称 }}；{% endif %}{% endfor %}"
        "全部：{% for 部 in 部门列表 %}{{ 部.满意率 }}；{% endfor %}{{ 总满意率 }}"
    ),
)


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        ({"满意": 1}, "低于九成的：不低于的：第2承办部门；全部：—；100%；50%"),
        ({"不满意": 2}, "低于九成的：第2承办部门0%；第1承办部门0%；不低于的：全部：0%；0%；0%"),
        ({}, "低于九成的：不低于的：全部：—；—；—"),
    ],
)
def test_a_list_of_departments_below_a_threshold_skips_those_without_a_rate(
    ratings: Counts, said: str
) -> None:
    dataset, _ = validate_workbooks(
        raw_workbooks(year(2, {"A": 2}, ratings, departments=2)), tuple(KINDS[0].workbooks)
    )
    document = Document(fill_template(Template(THRESHOLD), KINDS[0].report(dataset), lambda _: PNG))
    (text,) = [each.text for each in document.paragraphs]
    assert sorted(re.split("[：；]", text)) == sorted(re.split("[：；]", said))


def test_every_name_of_a_year_without_suggestions_can_be_shown() -> None:
    made = replace(case(3, 2, 1, action=False, last_year=False), returns={})
    made = replace(made, register={**made.register, "建议台账": []})
    dataset, _ = validate_workbooks(raw_workbooks(made), tuple(KINDS[0].workbooks))
    report = KINDS[0].report(dataset)
    keys = [*report.facts.absent]
    assert {"满意.占比", "答复.占比", "来源.大会.占比", "行动.办结率", "上年.建议件数"} <= {*keys}
    content = fill_template(
        Template(docx(*(p(f"{{{{ {key} }}}}") for key in keys))), report, lambda _: PNG
    )
    assert {each.text for each in Document(content).paragraphs} == {"—"}


def test_what_exists_is_either_there_or_absent() -> None:
    for seed in range(4):
        found = counted(case(seed + 1, 2, seed, unfinished=seed / 3))
        assert not set(found) & set(found.absent)
        assert all(isinstance(found.leaf(key), Fact) for key in found)
        assert all(isinstance(found.leaf(key), Absent) for key in found.absent)


def test_keys_that_differ_only_in_capitals_are_told_apart() -> None:
    """Word takes DOCPROPERTY 结果.A and 结果.a for the same."""
    assert list(make_key_parts(["A", "a", "Ａ", "A类", "a类"]).values()) == [
        "A",
        "a_2",
        "Ａ",
        "A类",
        "a类_2",
    ]
    found = counted(year(3, {"A": 2, "a": 1}))
    assert shown(found, "结果.A.件数", "结果.a_2.件数") == ["2", "1"]
    assert len({key.casefold() for key in found}) == len(found)
