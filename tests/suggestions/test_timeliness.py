"""Figures on time limits and re-handling, and the sentences that claim them."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from reportgen.issues import Severity
from reportgen.reports import KINDS
from reportgen.reports.kind import Sample
from reportgen.validation import validate_workbooks
from tests.properties.test_counts import counted, differences
from tests.properties.test_text import bad_sentences, read
from tests.support import brute
from tests.support.generate import case, raw_workbooks

NEW = (
    "按期答复.件数", "逾期答复.件数", "按期答复.占比", "逾期未答复.件数", "临近期限.件数", "延期答复.件数",
    "重新办理.件数", "重新办理.满意.件数", "待重新办理.件数", "承诺.件数", "承诺逾期.件数",
    "议案转建议.件数", "并案.件数", "联名.件数",
)  # fmt: skip


def changed(sample: Sample, number: int, **cells: object) -> Sample:
    """The case with other cells in the returned rows of one suggestion."""
    returns = {
        name: {
            **sheets,
            "办理情况": [
                {**row, **cells} if row["编号"] == str(number) else row
                for row in sheets["办理情况"]
            ],
        }
        for name, sheets in sample.returns.items()
    }
    return replace(sample, returns=returns)


def ruled(sample: Sample, **rules: object) -> Sample:
    """The case with other 办理规则."""
    return replace(sample, register={**sample.register, "办理规则": [rules]})


def prose(sample: Sample) -> str:
    document, _ = read(sample)
    assert bad_sentences(document) == []
    return "\n".join(each.text for each in document.prose)


def calm(n: int = 6) -> Sample:
    """A case in which everything is answered in time, by one department each."""
    return case(n, 2, 4, unfinished=0, action=False, last_year=False)


def test_the_random_cases_put_every_figure_to_the_test() -> None:
    """Else equality with plain counting, checked in test_counts, would say little of them."""
    seen: Counter[str] = Counter()
    for seed in range(40):
        figures = brute.figures(case(seed % 12 + 1, 4, seed, rare=True, unfinished=seed % 4 / 3))
        seen.update(key for key in NEW if key in figures and figures[key].value)
    assert all(seen[key] >= 3 for key in NEW), seen


@pytest.mark.parametrize("size", [2, 3, 4, 5])
def test_schemes_of_two_to_five_classes_are_counted_and_described(size: int) -> None:
    made = case(30, 4, size, rare=True, unfinished=0.2)
    letters = "甲乙丙丁戊"[:size]
    classes = [
        {"代码": f"{letter}类", "名称": f"第{place + 1}种结果", "计入解决": "是" if place < 2 else "否",
         "需填原因": "否", "需填承诺时限": "否"}
        for place, letter in enumerate(letters)
    ]  # fmt: skip
    codes = [row["代码"] for row in classes]
    old = [row["代码"] for row in made.register["办理结果分类"]]

    def translated(row: dict[str, Any]) -> dict[str, Any]:
        if row.get("办理结果") is None:
            return row
        return {**row, "办理结果": codes[(old.index(row["办理结果"]) + int(row["编号"])) % size]}

    returns = {
        name: {**sheets, "办理情况": [translated(dict(row)) for row in sheets["办理情况"]]}
        for name, sheets in made.returns.items()
    }
    made = replace(made, returns=returns, register={**made.register, "办理结果分类": classes})
    found = counted(made)
    assert differences(found, made) == {}
    assert all(found[f"结果.{code}.件数"].value for code in codes)
    document, _ = read(made)
    assert bad_sentences(document) == []
    _, departments, _ = document.tables
    assert departments[0][3 : 3 + size] == codes
    assert all(f"第{place}种结果" in document.everything for place in range(1, size + 1))


def test_in_time_is_claimed_of_all_only_if_it_holds_for_all() -> None:
    made = calm()
    assert "已全部答复代表，均按期答复。" in prose(made)
    (due,) = {
        item.due
        for item in brute.Count(made.register, made.returns).items
        if item.row["编号"] == "1"
    }
    on_time = changed(made, 1, 答复日期=due, 反馈日期=due)
    assert "均按期答复" in prose(on_time)
    late = changed(
        made, 1, 答复日期=due + dt.timedelta(days=1), 反馈日期=due + dt.timedelta(days=1)
    )
    text = prose(late)
    assert "均" not in text.partition("。现将")[0].partition("截至")[2].partition("按办理结果")[0]
    assert "已全部答复代表，其中1件超过规定期限。" in text
    assert "按期答复5件，按期答复率83" in text
    assert "有1件没有按期答复。" in text


def looked_at_again(*results: str) -> Sample:
    """A case in which so many promises of last year stand as given now."""
    made = calm()
    rows = [
        {"编号": str(place), "标题": f"关于第{place}座桥的建议", "现办理结果": result}
        for place, result in enumerate(results, 1)
    ]
    return replace(made, register={**made.register, "上年承诺": rows})


def test_promises_of_last_year_are_looked_at_again() -> None:
    solved, *_, open_ = (row["代码"] for row in calm().register["办理结果分类"])
    made = looked_at_again(solved, open_, solved)
    assert differences(counted(made), made) == {}
    assert counted(made)["上年承诺.解决件数"].value == 2
    assert "对上年承诺以后解决的3件开展“回头看”，现已解决2件，其余继续跟踪办理。" in prose(made)
    assert "2件开展“回头看”，现已全部解决。" in prose(looked_at_again(solved, solved))
    assert "1件开展“回头看”，都在继续跟踪办理。" in prose(looked_at_again(open_))
    assert "上年承诺" not in prose(calm())


def test_promises_of_last_year_whose_day_has_come_are_told_apart() -> None:
    """On the day itself a promise is due and not yet broken; one without a day is neither."""
    solved, *_, open_ = (row["代码"] for row in calm().register["办理结果分类"])
    made = looked_at_again(solved, open_, solved, open_, open_)
    today: Any = made.register["基本信息"][0]["统计截止日期"]
    days = (today, today, today + dt.timedelta(1), today - dt.timedelta(1), None)
    rows = zip(made.register["上年承诺"], days, strict=True)
    dated = [{**row, "承诺完成时限": day} for row, day in rows]
    made = replace(made, register={**made.register, "上年承诺": dated})
    found = counted(made)
    assert differences(found, made) == {}
    keys = ("到期件数", "到期解决件数", "逾期件数")
    assert [found[f"上年承诺.{key}"].value for key in keys] == [3, 1, 1]
    assert "现已解决2件，其余继续跟踪办理，其中1件已超过承诺的时限。" in prose(made)
    ((first, _),) = found["上年承诺.件数"].source.cells[0].rows
    (cells,) = found["上年承诺.逾期件数"].source.cells
    assert (cells.sheet, cells.rows) == ("上年承诺", ((first + 3, first + 3),))


def test_every_promise_of_last_year_must_be_looked_at() -> None:
    made = looked_at_again("A", "A")
    for number, expected in ((2, []), (3, ["carry-over-differs"]), (None, [])):
        row = {"指标": "承诺件数", "数值": number}
        with_number = replace(made, register={**made.register, "上年数据": [row]})
        dataset, _ = validate_workbooks(raw_workbooks(with_number), tuple(KINDS[0].workbooks))
        found = KINDS[0].check(dataset)
        assert [issue.code for issue in found if issue.sheet == "上年数据"] == expected


def test_one_late_part_makes_a_suggestion_late() -> None:
    made = calm()
    rows = made.register["建议台账"]
    names = [str(row["全称"]) for row in made.register["承办部门"]]
    split = {**rows[0], "办理方式": "分办", "主办部门": "、".join(names), "协办部门": None}
    own = {"编号": "1", "标题": split["标题"], "领衔代表": split["领衔代表"], "办理角色": "分办"}
    result = made.register["办理结果分类"][0]["代码"]
    dates = (dt.date(2023, 4, 1), dt.date(2023, 12, 1))
    returns = {
        name: {**made.returns.get(name, {}), "办理情况": [
            {**own, "办理结果": result, "答复日期": date},
            *(row for row in made.returns.get(name, {}).get("办理情况", []) if row["编号"] != "1"),
        ]}
        for name, date in zip(names, dates, strict=True)
    }  # fmt: skip
    made = replace(
        made, returns=returns, register={**made.register, "建议台账": [split, *rows[1:]]}
    )
    found = counted(made)
    assert found["逾期答复.件数"].value == 1
    assert [found[f"部门.{name}.逾期答复件数"].value for name in names] == [0, 1]
    assert differences(found, made) == {}


def test_what_is_not_in_time_is_told() -> None:
    blank = dict.fromkeys(
        ("办理结果", "答复日期", "满意度", "态度满意度", "反馈日期", "未解决原因", "承诺完成时限")
    )
    text = prose(ruled(changed(calm(), 2, **blank), 答复期限="30日", 延长期限="60日"))
    assert "有1件还没有办结，其中1件已超过答复期限，办理进度需要加快。" in text
    assert "按照自交办之日起30日内答复的要求跟踪督办。按期答复" in text


def test_handling_anew_is_told() -> None:
    bad = {"满意度": "不满意", "反馈日期": dt.date(2023, 9, 1)}
    text = prose(changed(calm(), 2, **bad))
    assert "代表对1件的办理结果评价为“不满意”，需要重新研究办理。" in text
    again = {"重办答复日期": dt.date(2023, 9, 20), "重办满意度": "基本满意"}
    text = prose(changed(calm(), 2, **bad, **again))
    assert "需要重新研究办理" not in text
    assert "已有1件重新办理并再次答复，其中代表再次评价为“基本满意”的1件。" in text


def test_converted_and_merged_suggestions_are_counted_once_and_told() -> None:
    made = calm()
    rows = [dict(row) for row in made.register["建议台账"]]
    rows[1] |= {"转建议": "是", "类别": "建议"}
    rows[2] |= {name: rows[3][name] for name in ("办理方式", "主办部门", "协办部门")} | {
        "并案主件": "4"
    }
    made = replace(made, register={**made.register, "建议台账": rows})
    found: dict[str, Any] = {fact.key: fact.value for fact in counted(made).values()}
    assert (found["议案.件数"] + found["建议.件数"], found["议案转建议.件数"]) == (6, 1)
    assert (found["议案建议.件数"], found["并案.件数"]) == (6, 2)


def test_registers_without_rules_follow_the_law() -> None:
    """Three months from 交办; the sheet came later than the first edition."""
    made = calm()
    without = {name: rows for name, rows in made.register.items() if name != "办理规则"}
    made = replace(made, register=without)
    dataset, issues = validate_workbooks(raw_workbooks(made), tuple(KINDS[0].workbooks))
    assert [one for one in issues if one.severity is Severity.ERROR] == []
    assert differences(counted(made), made) == {}
    assert str(dataset.settings["答复期限"]) == "3个月"


def test_departments_are_told_the_limits_in_their_form() -> None:
    made = ruled(
        calm(), 答复期限="60个工作日", 会办期限="1个月", 起算点="收到之日", 退回期限="5个工作日"
    )
    dataset, _ = validate_workbooks(raw_workbooks(made), tuple(KINDS[0].workbooks))
    said = KINDS[0].notes(dataset)
    assert said["办理情况", "答复日期"] == (
        "答复期限：自收到之日起60个工作日内；会办期限：自收到之日起1个月内"
    )
    assert said["办理情况", "重办答复日期"] == "期限：自反馈之日起1个月内"
    assert "自交办之日起5个工作日内书面退回" in said["办理情况", "编号"]
    closed = ruled(calm(), 起算点="大会闭会之日", 大会闭会日期=dt.date(2023, 1, 15))
    dataset, _ = validate_workbooks(raw_workbooks(closed), tuple(KINDS[0].workbooks))
    assert KINDS[0].notes(dataset)["办理情况", "答复日期"].endswith("会办期限：自交办之日起1个月内")
    without, _ = validate_workbooks(raw_workbooks(calm()), tuple(KINDS[0].workbooks))
    assert ("办理情况", "编号") not in KINDS[0].notes(without)
