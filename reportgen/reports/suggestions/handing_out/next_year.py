"""What of a year's register the next year's begins with, and what of it must be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportgen.data import OWNER, Dataset, Rows
from reportgen.reports.kind import CarriedOver
from reportgen.reports.suggestions.figures.catalogue import COMPARED, count_facts
from reportgen.reports.suggestions.figures.scope import Scope
from reportgen.reports.suggestions.sheets.workbooks import REGISTER

_OF_THE_YEAR = {
    "基本信息": ("年度", "会议名称", "报告日期", "成文日期", "统计截止日期", "行动综述"),
    "办理规则": ("大会闭会日期",),
    "专题": ("关注点", "办理综述"),
}
"""By sheet, the columns whose content belongs to the year that is over."""
_CARRIED = ("办理结果分类", "满意度分类", "承办部门", "代表名册", "专题")

_Record = Mapping[str, object]


def carry_over(dataset: Dataset, *, sound: bool) -> CarriedOver:
    """Settings, rules, classes, departments, deputies, themes, 上年数据 and 上年承诺.

    ``sound``: whether the year's data are without errors; figures and promises are taken over
    only then.
    """
    rows: dict[str, Sequence[_Record]] = {
        "基本信息": [_carry_settings(dataset, "基本信息") | {"年度": _find_next_year(dataset)}],
        "办理规则": [_carry_settings(dataset, "办理规则")],
        **{sheet: _carry_list(dataset, sheet) for sheet in _CARRIED},
    }
    if sound:
        scope = Scope.of(dataset)
        rows |= {"上年数据": _carry_figures(scope), "上年承诺": _carry_promises(scope)}
    return CarriedOver(rows, list(_iter_notes(dataset, rows, sound=sound)))


def _find_next_year(dataset: Dataset) -> int | None:
    year = dataset.settings.get("年度")
    return year + 1 if isinstance(year, int) else None


def _carry_settings(dataset: Dataset, sheet: str) -> dict[str, object]:
    names = [column.name for column in REGISTER.sheet(sheet).columns]
    of_the_year = _OF_THE_YEAR[sheet]
    return {name: None if name in of_the_year else dataset.settings.get(name) for name in names}


def _carry_list(dataset: Dataset, sheet: str) -> list[_Record]:
    rows: list[dict[Any, object]] = dataset.tables[sheet].to_dict("records")
    return [
        {str(name): value for name, value in row.items() if name not in _OF_THE_YEAR.get(sheet, ())}
        for row in rows
    ]


def _carry_figures(scope: Scope) -> list[_Record]:
    """上年数据: of what can be compared, what this year counted."""
    found = count_facts(scope)
    return [
        {"指标": name, "数值": found[key].value} for name, key in COMPARED.items() if key in found
    ]


def _carry_promises(scope: Scope) -> list[_Record]:
    """上年承诺: what 承诺.件数 counts, with the class of today until it is looked at again."""
    promised = scope.items.promised
    register = scope.items.register
    return [
        {
            "编号": register["编号"].iloc[place],
            "标题": register["标题"].iloc[place],
            "主办部门": department,
            "承诺完成时限": day,
            "现办理结果": result,
        }
        for place, department, day, result in zip(
            promised["台账行"],
            promised[OWNER],
            promised["承诺完成时限"],
            promised["办理结果"],
            strict=True,
        )
    ]


def _iter_notes(dataset: Dataset, rows: Rows, *, sound: bool) -> Iterator[str]:
    settings = rows["基本信息"][0]
    yield f"“基本信息”：年度已改为{settings['年度'] or '空白'}；届次、报告人、署名等沿用上年，请核对"
    emptied = [name for name in _OF_THE_YEAR["基本信息"][1:] if dataset.settings.get(name)]
    if emptied:
        yield f"“基本信息”：{'、'.join(emptied)}是上年的，已清空，请到时另填"
    if dataset.settings.get("大会闭会日期"):
        yield "“办理规则”：大会闭会日期是上年的，已清空，请填今年的"
    yield (
        f"“承办部门”{len(rows['承办部门'])}个、“代表名册”{len(rows['代表名册'])}名沿用上年，"
        "机构改革、换届或补选有变动的请更正"
    )
    yield f"“专题”{len(rows['专题'])}个沿用上年的名称，关注点和办理综述已清空"
    if not sound:
        yield "上年的数据还有错误，“上年数据”“上年承诺”没有填写；请改正上年的错误后重新建立，或自行填写"
        return
    yield f"“上年数据”填入了{len(rows['上年数据'])}项，与上年报告核对后再用"
    yield from _iter_promise_notes(dataset, rows)


def _iter_promise_notes(dataset: Dataset, rows: Rows) -> Iterator[str]:
    if promised := rows["上年承诺"]:
        yield f"“上年承诺”填入了{len(promised)}件，“现办理结果”还是上年的，请逐件“回头看”后更新"
    scope = Scope.of(dataset)
    before = dataset.tables["上年承诺"]
    still = [str(n) for n in before["编号"][~before["现办理结果"].isin(scope.solved)] if n]
    if still:
        named = "、".join(still[:10]) + ("等" if len(still) > 10 else "")
        yield f"更早承诺、还没有解决的{len(still)}件（编号{named}）没有转入，请另行跟踪"
