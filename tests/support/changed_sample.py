"""The 永安镇 case with its data changed as they change in life, and the reports made from it."""

from __future__ import annotations

import copy
import datetime as dt
import functools
from collections.abc import Callable, Mapping
from typing import Any

from reportgen.commands.standard_files import _fill_handed_out
from reportgen.facts.report import Report
from reportgen.issues import Severity
from reportgen.reports import KINDS
from reportgen.reports.kind import Sample
from reportgen.validation import validate_workbooks
from reportgen.word.render.fill import fill_template
from reportgen.word.template.sentences import Template
from tests.support.default_wording import default_report
from tests.support.generate import raw_workbooks
from tests.support.small_report import dot

Rows = dict[str, list[dict[str, Any]]]
Change = Callable[[Sample], object]
KIND = KINDS[0]


def sample(*changes: Change) -> Sample:
    """The sample's rows with these changes."""
    made = copy.deepcopy(_complete())
    for change in changes:
        change(made)
    return made


def report(case: Sample) -> Report:
    """A case as a report; nothing may be wrong with it."""
    dataset, issues = validate_workbooks(raw_workbooks(case), tuple(KIND.workbooks))
    wrong = [each for each in (*issues, *KIND.check(dataset)) if each.severity is Severity.ERROR]
    assert wrong == []
    return KIND.report(dataset)


def built(case: Sample, template: bytes | None = None) -> bytes:
    """Its finished report; a dot that differs with a chart's words stands in the chart's place.

    What a case says in full is its key: most tests begin with the report on the same one.
    """
    key = repr(case), template
    if key not in _BUILT:
        _BUILT[key] = _build(case, template)
    return _BUILT[key]


_BUILT: dict[tuple[str, bytes | None], bytes] = {}


def _build(case: Sample, template: bytes | None) -> bytes:
    if template is None:
        return default_report(report(case), draw)
    return fill_template(Template(template), report(case), draw)


def draw(chart: Any) -> bytes:
    """A dot that differs with a chart's words, in its place."""
    return dot(sum(map(ord, chart.alt)))


@functools.cache
def _complete() -> Sample:
    """The sample with the handed-out rows filled in."""
    given = KIND.sample
    register = {name: [dict(row) for row in rows] for name, rows in given.register.items()}
    bare = Sample(given.name, given.title, register, {})
    dataset, _ = validate_workbooks(raw_workbooks(bare), tuple(KIND.workbooks))
    handed_out = KIND.handed_out(dataset)
    returns = {
        name: _fill_handed_out(handed_out[name], rows, KIND) for name, rows in given.returns.items()
    }
    return Sample(given.name, given.title, register, returns)


def row(case: Sample, number: str) -> dict[str, Any]:
    """One suggestion in the register."""
    found = next(each for each in case.register["建议台账"] if each["编号"] == number)
    assert isinstance(found, dict)
    return found


def returned(case: Sample, number: str) -> list[dict[str, Any]]:
    """What the departments returned on it."""
    return [
        each  # type: ignore[misc]
        for rows in case.returns.values()
        for each in rows["办理情况"]
        if each["编号"] == number
    ]


def answer(case: Sample, number: str) -> dict[str, Any]:
    """What the department that leads returned on it."""
    return next(each for each in returned(case, number) if each["办理角色"] != "协办")


def not_solved(case: Sample) -> None:
    """One result from A to C."""
    answer(case, "6").update(办理结果="C", 未解决原因="检测设备尚未到位")


def all_solved(case: Sample) -> None:
    """The one that was not solved is solved: 尚未解决的事项 goes."""
    answer(case, "7").update(办理结果="A", 未解决原因=None)


def one_more(case: Sample) -> None:
    """An item more, between the others in its theme."""
    new = {**row(case, "2"), "编号": "8", "标题": "关于发展特色林果的建议", "领衔代表": "刘停战"}
    case.register["建议台账"].append(new)  # type: ignore[attr-defined]
    theirs = case.returns["经济发展办公室"]["办理情况"]
    theirs.append({**theirs[0], "编号": "8", "标题": new["标题"], "领衔代表": "刘停战"})  # type: ignore[attr-defined]


def one_less(case: Sample) -> None:
    """An item withdrawn."""
    case.register["建议台账"].remove(row(case, "4"))  # type: ignore[attr-defined]
    for rows in case.returns.values():
        rows["办理情况"][:] = [each for each in rows["办理情况"] if each["编号"] != "4"]


def other_title(case: Sample) -> None:
    """A title corrected."""
    for each in (row(case, "2"), *returned(case, "2")):
        each["标题"] = "关于加大对中小企业帮扶力度的建议"


def other_department(case: Sample) -> None:
    """A department renamed."""
    case.register["承办部门"][1].update(全称="经济服务办公室", 简称="经服办")  # type: ignore[attr-defined]
    row(case, "2")["主办部门"] = "经济服务办公室"
    case.returns["经济服务办公室"] = case.returns.pop("经济发展办公室")  # type: ignore[attr-defined]


def new_class(case: Sample) -> None:
    """A result class between the two: a column more in a table."""
    case.register["办理结果分类"].insert(1, {  # type: ignore[attr-defined]
        "代码": "B", "名称": "正在解决或列入计划逐步解决", "定义": "已经列入计划", "计入解决": "否",
        "需填原因": "否", "需填承诺时限": "否",
    })  # fmt: skip
    answer(case, "5").update(办理结果="B")


def themes_in_another_order(case: Sample) -> None:
    """The last theme comes first."""
    themes = case.register["专题"]
    themes.insert(0, themes.pop())  # type: ignore[attr-defined]


def other_overview(case: Sample) -> None:
    """What was done, in other words."""
    theme: Any = case.register["专题"][0]
    theme["办理综述"] = theme["办理综述"].replace("延长产业链条", "壮大特色产业")


def other_measure(case: Sample) -> None:
    """A figure that a department gave."""
    case.returns["经济发展办公室"]["工作成效"][0]["数值"] = 18


def next_year(case: Sample) -> None:
    """The same place a year later: every day a year on, the numbers begin anew."""
    everything: list[Any] = [case.register, *case.returns.values()]
    for tables in everything:
        for rows in tables.values():
            for each in rows:
                for name, value in each.items():
                    if isinstance(value, dt.date):
                        each[name] = value.replace(year=value.year + 1)
    case.register["基本信息"][0].update(年度=2025, 单位名称="永安镇")  # type: ignore[attr-defined]
    for number, title in (("1", "关于修建田间道路的建议"), ("5", "关于增设村级养老驿站的建议")):
        for each in (row(case, number), *returned(case, number)):
            each["标题"] = title


CHANGES: Mapping[str, Change] = {
    change.__name__: change
    for change in (
        not_solved, all_solved, one_more, one_less, other_title, other_department, new_class,
        themes_in_another_order, other_overview, other_measure, next_year,
    )
}  # fmt: skip
