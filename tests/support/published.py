"""Published reports put into our workbooks: sixteen cases, their figures only (data/published.json).

A case's groups of counts, each with the decimals and shares as published, become columns of our
register and returns.  ``flaw``: how the published shares are at fault, nothing if they are sound
(算错 wrong, 截尾 cut off, 凑整 forced to add up, 小数位混用 decimals mixed).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from reportgen.reports.kind import Sample

DATA = Path(__file__).parents[1] / "data" / "published.json"
RAISED, HANDED, REPLIED, CUTOFF = (dt.date(2020, month, 10) for month in (1, 3, 6, 11))
Counts = Mapping[str, int]


@dataclass(frozen=True)
class Group:
    """One way of dividing ``base``; ``shares`` as published, None where none was printed."""

    name: str
    base: int
    counts: Counts
    decimals: int | None
    shares: Sequence[str | None]
    flaw: str

    @property
    def published(self) -> dict[str, Decimal]:
        """The published shares as numbers, by the name of the part."""
        pairs = zip(self.counts, self.shares, strict=True) if self.shares else ()
        return {name: Decimal(share) for name, share in pairs if share is not None}

    @property
    def complete(self) -> bool:
        """Whether the parts make the whole."""
        return sum(self.counts.values()) == self.base


@dataclass(frozen=True)
class Case:
    """One published report."""

    id: str
    total: int
    motions: int
    departments: int
    groups: Sequence[Group]

    def group(self, name: str) -> Group | None:
        """The group of that name, if the report has it."""
        return next((group for group in self.groups if group.name == name), None)

    @property
    def others(self) -> list[Group]:
        """Groups that our workbooks have no column for."""
        return [g for g in self.groups if g.name not in ("专题", "办理结果", "满意度")]


def cases() -> list[Case]:
    """All cases.  In P08 the two motions are not among the 52 that are divided: left out here."""
    return [
        Case(
            raw["id"],
            raw["total"],
            0 if raw["id"] == "P08" else raw["motions"] or 0,
            raw["departments"] or 3,
            [Group(**group) for group in raw["groups"]],
        )
        for raw in json.loads(DATA.read_text(encoding="utf-8"))
    ]


def sample(case: Case) -> Sample:
    """The case in our workbooks: 专题, 办理结果 and 满意度 where it has them, 议案, departments."""
    counts = {
        name: group.counts if (group := case.group(name)) else {}
        for name in ("专题", "办理结果", "满意度")
    }
    decimals = max((g.decimals or 0 for g in case.groups if g.name in counts), default=0)
    return _Filled(case.total, case.motions, case.departments, decimals, counts).sample()


def sample_of(group: Group) -> Sample:
    """A case of its own for one group: as 办理结果 (what it leaves open is 正在办理), and as 专题
    if it divides everything."""
    themes = group.counts if group.complete else {}
    counts = {"专题": themes, "办理结果": group.counts, "满意度": {}}
    return _Filled(group.base, 0, 3, group.decimals or 0, counts).sample()


@dataclass(frozen=True)
class _Filled:
    """A register and returns with these counts; item by item, each column's parts in order."""

    total: int
    motions: int
    departments: int
    decimals: int
    counts: Mapping[str, Counts]

    def sample(self) -> Sample:
        codes = list(self.counts["办理结果"]) or ["A", "B"]
        register: dict[str, Sequence[dict[str, Any]]] = {
            "基本信息": [_settings(self.decimals)],
            "办理结果分类": [_class(code, solved=not place) for place, code in enumerate(codes)],
            "承办部门": [{"全称": name} for name in self.owners()],
            "代表名册": [{"姓名": "代表甲", "层级": "县"}],
            "专题": [{"名称": name} for name in self.counts["专题"] or ["各方面"]],
            "建议台账": list(self.suggestions()),
        }
        return Sample("已公开的报告", "", register, self.returns(register["建议台账"]))

    def owners(self) -> list[str]:
        return [f"第{number}承办部门" for number in range(1, self.departments + 1)]

    def suggestions(self) -> Iterator[dict[str, Any]]:
        themes = _spread(self.counts["专题"], "各方面")
        for number in range(1, self.total + 1):
            kind = "议案" if number <= self.motions else "建议"
            yield {
                "编号": str(number),
                "类别": kind,
                "标题": f"关于第{number}件事的{kind}",
                "领衔代表": "代表甲",
                "专题": next(themes),
                "来源": "大会",
                "提出日期": RAISED,
                "交办日期": HANDED,
                "办理方式": "独办",
                "主办部门": self.owners()[number % self.departments],
            }

    def returns(self, suggestions: Sequence[dict[str, Any]]) -> dict[str, Any]:
        results, ratings = _spread(self.counts["办理结果"]), _spread(self.counts["满意度"])
        handled: dict[str, list[dict[str, Any]]] = {name: [] for name in self.owners()}
        for row in suggestions:
            result, rating = next(results), next(ratings)
            done = {"办理结果": result, "答复日期": REPLIED, "满意度": rating} if result else {}
            locked = {name: row[name] for name in ("编号", "标题", "领衔代表")}
            handled[row["主办部门"]].append(
                {**locked, "办理角色": "主办", "承办人": "王一", **done}
            )
        return {name: {"办理情况": rows} for name, rows in handled.items()}


def _spread(counts: Counts, rest: str | None = None) -> Iterator[str | None]:
    """Each part as often as it counts, then the rest."""
    parts = chain.from_iterable(repeat(name, number) for name, number in counts.items())
    return chain(parts, repeat(rest))


def _settings(decimals: int) -> dict[str, Any]:
    return {
        "单位名称": "某县", "自称": "我县", "政府名称": "某县人民政府", "党委名称": "县委",
        "人大机构名称": "县人大常委会", "年度": 2020, "称谓": "各位代表", "署名": "某县人民政府",
        "成文日期": CUTOFF, "统计截止日期": CUTOFF, "占比小数位数": decimals,
        "占比取整方式": "合计为100", "满意率口径": "全部",
    }  # fmt: skip


def _class(code: str, *, solved: bool) -> dict[str, Any]:
    """The first class counts as solved."""
    return {
        "代码": code, "名称": code, "计入解决": "是" if solved else "否",
        "需填原因": "否", "需填承诺时限": "否",
    }  # fmt: skip
