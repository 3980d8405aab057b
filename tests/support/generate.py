"""Random, valid cases of 人大代表建议办理: a register and the returns of its departments.

``case(n, departments, seed)`` gives plain rows as ``reports.kind.Sample`` holds them (complete, the
prefilled cells included), ``files(sample)`` the workbooks with these rows, ``raw_workbooks(sample)``
the same as the reader gives them.  No case has an 错误; 提醒 can be only those of work not finished
(``UNFINISHED``), and in a case of rarities those of work not done as it should be (``UNTIMELY``).

The same arguments give the same case.  All names are made up from common words.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from reportgen.data import MARK_SHEET, Rows
from reportgen.excel.write import forms
from reportgen.raw import RawSheet, RawWorkbook
from reportgen.reports.kind import Sample
from reportgen.reports.suggestions.sheets.review_record import RECORD, ROUNDS
from reportgen.reports.suggestions.sheets.workbooks import REGISTER, RETURN
from reportgen.schema.model import Sheet, Workbook

Row = dict[str, object]

OF_MEASURES = {"measure-summed", "measure-aside"}
UNFINISHED = OF_MEASURES | {
    "not-printed",
    "measure-unused",
    "in-progress",
    "not-rated",
    "reply-overdue",
    "opinion-overdue",
}
UNTIMELY = {
    "late-reply", "late-opinion", "not-rehandled", "rehandling-overdue", "late-rehandling",
    "solved-unsatisfied", "promise-overdue", "merged-differs",
}  # fmt: skip

YEAR = 2023
RAISED, HANDED, CUTOFF = dt.date(YEAR, 1, 12), dt.date(YEAR, 2, 20), dt.date(YEAR, 12, 8)
CLOSED = dt.date(YEAR, 1, 15)


def case(
    n: int,
    departments: int = 5,
    seed: int = 0,
    *,
    place: str = "清河镇",
    unfinished: float = 0.06,
    action: bool | None = None,
    last_year: bool | None = None,
    rare: bool = False,
) -> Sample:
    """A case of ``n`` suggestions handled by up to so many departments.

    ``unfinished``: the share of answers still open.  ``action``, ``last_year``: whether there is a
    民生行动 and whether last year's figures are known; None leaves it to chance.  ``rare``: what is
    rare in life (分办, 议案, 闭会, 不满意 …) is as likely as the rest.
    """
    rng = random.Random(f"{n} {departments} {seed}")
    made = _Case(n, departments, rng, place, unfinished, rare)
    return made.sample(
        action=made.chance(0.6) if action is None else action,
        last_year=made.chance(0.5) if last_year is None else last_year,
    )


def files(sample: Sample) -> dict[str, bytes]:
    """The case's workbooks by their path in the working folder."""
    created = dt.datetime(YEAR, 12, 1)
    lists = {
        (sheet, column): [str(row[column]) for row in sample.register[sheet]]
        for sheet, column in (
            ("办理结果分类", "代码"), ("满意度分类", "名称"), ("专题", "名称"), ("代表名册", "姓名"),
        )
        if sheet in sample.register
    }  # fmt: skip
    register = forms.write_form(REGISTER, rows=sample.register, created=created)
    returns = {
        f"填报/{name}.xlsx": forms.write_form(
            RETURN, rows=rows, lists=lists, owner=name, created=created
        )
        for name, rows in sample.returns.items()
    }
    return {"建议台账.xlsx": register, **returns}


def raw_workbooks(sample: Sample) -> list[RawWorkbook]:
    """The case's workbooks as the reader gives them; header in row 1, or 项目 and 内容 in rows."""
    books = [_raw("建议台账.xlsx", REGISTER, sample.register)]
    if ROUNDS.name in sample.register:
        books.append(_raw(f"{RECORD.name}.xlsx", RECORD, sample.register))
    for name, rows in sample.returns.items():
        books.append(_raw(f"填报/{name}.xlsx", RETURN, rows, name))
    return books


def _raw(file: str, declared: Workbook, rows: Rows, owner: str | None = None) -> RawWorkbook:
    sheets = [
        _raw_sheet(sheet, rows.get(sheet.name, ()))
        for sheet in declared.sheets
        if sheet.name in rows or not sheet.added
    ]
    mark = [("表种", declared.name), ("版本", declared.version), ("部门", owner)]
    return RawWorkbook(file, [*sheets, RawSheet(MARK_SHEET, mark)])


def _raw_sheet(sheet: Sheet, rows: Sequence[Mapping[str, object]]) -> RawSheet:
    names = [column.name for column in sheet.columns]
    grid: list[list[Any]] = [names, *([row.get(name) for name in names] for row in rows)]
    if sheet.layout == "pairs":
        grid = [["项目", "内容"], *(list(pair) for pair in zip(names, grid[1], strict=True))]
    return RawSheet(sheet.name, grid)


@dataclass(frozen=True)
class _Class:
    """A result class: its code and name, and 计入解决, 需填原因, 需填承诺时限."""

    code: str
    name: str
    solved: str
    reason: str
    promise: str


_SCHEMES = (
    (
        _Class("A", "已解决或基本解决", "是", "否", "否"),
        _Class("C", "受政策、权限等客观条件限制未能办理，已作解释说明", "否", "是", "否"),
    ),
    (
        _Class("甲", "已经解决或采纳", "是", "否", "否"),
        _Class("乙", "列入计划拟解决", "否", "否", "是"),
        _Class("丙", "留作参考", "否", "是", "否"),
    ),
    (
        _Class("A", "已解决或基本解决", "是", "否", "否"),
        _Class("B", "正在解决或列入规划逐步解决", "否", "否", "是"),
        _Class("C", "因条件限制需待以后解决", "否", "是", "否"),
        _Class("D", "留作参考", "否", "是", "否"),
    ),
)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
_GIVEN = "建国志强秀英丽华文明海燕春生德胜玉兰永平晓东桂芳立新"
_FIELDS = (
    "农业农村", "经济发展", "村镇建设", "社会事务", "市场监管", "交通运输", "水利", "教育",
    "卫生健康", "民政", "自然资源", "生态环境", "文化旅游", "应急管理", "财政", "退役军人",
    "综合执法", "商务", "科技", "林业", "住房保障", "城市管理", "医疗保障", "信访", "统计",
)  # fmt: skip
_THEMES = (
    "经济转型发展", "人居环境治理", "民生服务保障", "乡村振兴", "道路交通", "农田水利", "教育事业",
    "医疗卫生", "社会治理", "生态保护", "文化体育", "养老托育",
)  # fmt: skip
_DEEDS = ("改造提升", "加强管护", "合理规划", "加快建设", "规范管理", "加大投入支持")
_THINGS = (
    "村级道路", "灌溉水渠", "农村饮水设施", "集镇停车场", "老旧小区", "文化活动场所", "垃圾收集点",
    "校园周边环境", "卫生室", "养老服务站", "路灯照明", "农产品市场",
)  # fmt: skip
_MEASURES = (
    ("走访农户", "户"), ("维修路灯", "盏"), ("疏浚沟渠", "处"), ("举办培训", "场次"),
    ("新增车位", "个"), ("排查隐患", "条"), ("帮扶企业", "家"), ("清运垃圾", "吨"),
    ("开展义诊", "次"), ("硬化路面", "平方米"),
)  # fmt: skip
_LEVELS = ("全国", "省", "市", "县", "乡镇")
_RATINGS = ("满意", "基本满意", "不满意")


@dataclass(frozen=True)
class _Case:
    """What one random case is made from."""

    n: int
    size: int
    random: random.Random
    place: str
    unfinished: float
    rare: bool = False

    def sample(self, *, action: bool, last_year: bool) -> Sample:
        """All sheets; the order of these calls fixes what the random numbers mean."""
        suggestions = [self._suggestion(number) for number in range(1, self.n + 1)]
        if self.rare:
            self._merge(suggestions)
        returns = self._returns(suggestions)
        themes = [self._theme(name, returns) for name in self.themes]
        register: dict[str, Sequence[Row]] = {
            "基本信息": [self._settings(action=action, returns=returns)],
            "办理规则": [self._rules()],
            "办理结果分类": [_class_row(one) for one in self.scheme],
            "承办部门": [{"全称": name, "联系人": self._person()} for name in self.departments],
            "代表名册": [
                {
                    "姓名": name,
                    "层级": self.random.choice(_LEVELS),
                    "代表团": f"第{n % 9 + 1}代表团",
                }
                for n, name in enumerate(self.deputies)
            ],
            "专题": themes,
            "建议台账": suggestions,
            "民生行动": self._action_rows() if action else [],
            "典型事例": self._examples() if action else [],
            "上年数据": self._last_year() if last_year else [],
        }
        return Sample(f"{self.place}{YEAR}", "", register, returns)

    def chance(self, probability: float) -> bool:
        """True in that share of cases."""
        return self.random.random() < probability

    def one_of(self, options: Sequence[Any], weights: Sequence[int]) -> Any:
        """One of the options, as often as their weights say; each as often if ``rare``."""
        return self.random.choices(options, [1] * len(options) if self.rare else weights)[0]

    def seldom(self, probability: float) -> bool:
        """True in that share of cases; in half of them if ``rare``."""
        return self.chance(0.5 if self.rare else probability)

    @cached_property
    def scheme(self) -> tuple[_Class, ...]:
        return self.random.choice(_SCHEMES)

    @cached_property
    def departments(self) -> list[str]:
        endings = ("办公室", "服务中心", "工作站", "综合行政执法大队")
        names = [field + ending for ending, field in product(endings, _FIELDS)]
        return names[: self.size]

    @cached_property
    def deputies(self) -> list[str]:
        names = ["".join(parts) for parts in product(_SURNAMES, _GIVEN[:14], _GIVEN[14:])]
        return self.random.sample(names, max(6, min(self.n // 3, 400)))

    @cached_property
    def themes(self) -> list[str]:
        return list(_THEMES[: 3 if self.n < 50 else 12])

    def _suggestion(self, number: int) -> Row:
        manner, leads, helpers = self._assigned()
        deputy, *others = self.random.sample(self.deputies, self.random.randint(1, 4))
        motion = self.seldom(0.04)
        between = self.seldom(0.1)
        raised = self._day(HANDED, 60) if between else RAISED
        handed = self._day(max(raised, HANDED), 14)
        return {
            "编号": str(number),
            "类别": "议案" if motion else "建议",
            "标题": self._title("议案" if motion else "建议"),
            "领衔代表": deputy,
            "联名代表": "、".join(others) or None,
            "专题": self.random.choice(self.themes),
            "来源": "闭会" if between else "大会",
            "提出日期": raised,
            "交办日期": handed,
            "办理方式": manner,
            "主办部门": "、".join(leads),
            "协办部门": "、".join(helpers) or None,
            "重点督办": "是" if self.seldom(0.05) else "否",
            "签收日期": self._day(handed, 5) if self.seldom(0.1) else None,
            "延期答复": "是" if self.seldom(0.03) else None,
            "并案主件": None,
            "转建议": "是" if not motion and self.seldom(0.03) else None,
            "主要诉求": None,
            "公开属性": "主动公开" if self.seldom(0.03) else None,
            "备注": None,
        }

    def _merge(self, suggestions: Sequence[Row]) -> None:
        """Some are handled together with an earlier one, by the same departments."""
        for place, row in enumerate(suggestions):
            if place and self.chance(0.2):
                main = self.random.choice(suggestions[:place])
                number = main["并案主件"] or main["编号"]
                row |= {name: main[name] for name in ("办理方式", "主办部门", "协办部门")}
                row["并案主件"] = number

    def _rules(self) -> Row:
        """Generous unless rarities are wanted: then anything that offices set."""
        if not self.rare:
            return {"答复期限": "6个月", "延长期限": "9个月", "会办期限": "2个月"}
        return {
            "答复期限": self.random.choice(("3个月", "2个月", "60日", "40个工作日", "9个月")),
            "延长期限": self.random.choice(("4个月", "120天", "200个工作日")),
            "会办期限": self.random.choice(("1个月", "15个工作日")),
            "重新办理期限": self.random.choice(("1个月", "20日", "20个工作日")),
            "起算点": self.random.choice(("交办之日", "收到之日", "大会闭会之日")),
            "大会闭会日期": CLOSED,
            "提前提醒天数": self.random.choice((None, 0, 60)),
        }

    def _assigned(self) -> tuple[str, list[str], list[str]]:
        """办理方式, and the departments that lead and that help."""
        manner = self.one_of(("独办", "主办协办", "分办"), (80, 14, 6))
        if manner == "独办" or len(self.departments) < 3:
            return "独办", [self.random.choice(self.departments)], []
        first, second, third = self.random.sample(self.departments, 3)
        if manner == "分办":
            joins = self.chance(0.2)
            if self.rare and not joins and self.chance(0.3):
                return manner, [first, second, third], []
            return manner, [first, second], [third] if joins else []
        return manner, [first], [second, third] if self.chance(0.3) else [second]

    def _title(self, kind: str) -> str:
        village = self.random.choice("东西南北上下前后") + self.random.choice(
            ("庄村", "河村", "湾村")
        )
        where = village if self.chance(0.5) else self.place
        return f"关于{self.random.choice(_DEEDS)}{where}{self.random.choice(_THINGS)}的{kind}"

    def _returns(self, suggestions: Sequence[Row]) -> Mapping[str, Rows]:
        handling: dict[str, list[Row]] = {}
        for row in suggestions:
            leading = "分办" if row["办理方式"] == "分办" else "主办"
            for role, names in ((leading, row["主办部门"]), ("协办", row["协办部门"])):
                for name in str(names).split("、") if names else ():
                    handling.setdefault(name, []).append(self._handled(row, role))
        owners = [name for name in self.departments if name in handling]
        outcomes = self._outcomes(owners)
        return {name: {"办理情况": handling[name], "工作成效": outcomes[name]} for name in owners}

    def _handled(self, row: Row, role: str) -> Row:
        """One row of 办理情况: what is locked, how it began, and if it has one, its end."""
        begun = row["签收日期"] or row["交办日期"]
        assert isinstance(begun, dt.date)
        planned = self._day(begun, 20)
        spoken = self._day(planned, 40)
        found: Row = {name: row[name] for name in ("编号", "标题", "领衔代表")}
        found |= {"办理角色": role, "办理方案日期": planned, "承办人": self._person()}
        if self.rare and self.chance(0.3):
            found["办理方案日期"] = None
        if self.chance(0.9):
            ways = ("上门走访", "当面座谈", "电话沟通", "书面沟通")
            found |= {"沟通方式": self.random.choice(ways), "沟通日期": spoken}
        found["办理措施及成效"] = self._done()
        if role == "协办":
            given = not self.rare or self.chance(0.7)
            return found | ({"答复日期": self._day(begun, 50)} if given else {})
        if self.chance(self.unfinished):
            return found
        return found | self._answered(self._day(spoken, 60))

    def _answered(self, replied: dt.date) -> Row:
        result = self.one_of(self.scheme, (80, 12, 5, 3)[: len(self.scheme)])
        promised = dt.date(YEAR + 1, self.random.randint(1, 12), 28)
        if self.rare and self.chance(0.5):
            promised = max(replied, dt.date(YEAR, 10, 28))
        found: Row = {
            "办理结果": result.code,
            "未解决原因": "需要上级部门审批，本级没有权限" if result.reason == "是" else None,
            "承诺完成时限": promised if result.promise == "是" else None,
            "答复日期": replied,
            "答复文号": f"办复〔{YEAR}〕{self.random.randint(1, 999)}号",
            "签发人": self._person(),
        }
        if self.chance(0.7 if self.rare else 0.95):
            found["满意度"] = self.one_of(_RATINGS, (85, 13, 2))
            found["态度满意度"] = self.one_of(_RATINGS, (1, 0, 0)) if self.chance(0.5) else None
            found["反馈日期"] = back = self._day(replied, 30)
            if found["满意度"] == "不满意" and (not self.rare or self.chance(0.6)):
                found |= self._handled_anew(back)
        return found

    def _handled_anew(self, back: dt.date) -> Row:
        if not self.rare:
            return {"重办答复日期": self._day(back, 20), "重办满意度": "满意"}
        rating = self.random.choice((*_RATINGS, None))
        return {"重办答复日期": self._day(back, 50), "重办满意度": rating}

    def _outcomes(self, owners: Sequence[str]) -> dict[str, list[Row]]:
        """Every theme and the action have measures; some from two departments, then exact."""
        outcomes: dict[str, list[Row]] = {name: [] for name in owners}
        for theme in [*self.themes, None] if owners else []:
            for measure, unit in self.random.sample(_MEASURES, 3):
                givers = self.random.sample(owners, min(len(owners), self.random.randint(1, 2)))
                for name in givers:
                    rough = len(givers) == 1 and self.chance(0.4)
                    amount = self.random.choice(("100余", "近200", "约30")) if rough else None
                    outcomes[name].append(
                        {
                            "专题": theme,
                            "归属": "建议办理" if theme else "民生行动",
                            "指标": measure,
                            "数值": amount or self.random.randint(1, 300),
                            "单位": unit,
                        }
                    )
        return outcomes

    def _theme(self, name: str, returns: Mapping[str, Rows]) -> Row:
        return {
            "名称": name,
            "引语": "这是代表和群众都很关心的事。" if self.chance(0.5) else None,
            "关注点": self.random.choice(_THINGS) + "等" if self.chance(0.7) else None,
            "办理综述": self._prose(name, returns),
        }

    def _prose(self, theme: str | None, returns: Mapping[str, Rows]) -> str:
        """Two paragraphs that quote every measure of the theme (None: of the action)."""
        rows = [row for sheets in returns.values() for row in sheets["工作成效"]]
        names = dict.fromkeys(str(row["指标"]) for row in rows if row["专题"] == theme)
        done = "、".join(f"{name}{{{name}}}" for name in names)
        return f"承办部门深入现场，逐件研究办法。\n{f'全年{done}，' if done else ''}群众反映良好。"

    def _settings(self, *, action: bool, returns: Mapping[str, Rows]) -> Row:
        return {
            "单位名称": self.place,
            "自称": "我" + self.place[-1],
            "政府名称": f"{self.place}人民政府",
            "党委名称": f"{self.place}党委",
            "人大机构名称": f"{self.place}人大",
            "年度": YEAR,
            "届次": "第十届" if self.chance(0.5) else None,
            "会议名称": f"{self.place}第十届人民代表大会第四次会议" if self.chance(0.5) else None,
            "称谓": "各位代表",
            "署名": f"{self.place}人民政府",
            "成文日期": CUTOFF + dt.timedelta(days=12),
            "统计截止日期": CUTOFF,
            "占比小数位数": self.random.randint(0, 2),
            "占比取整方式": "合计为100" if self.chance(0.8) else "四舍五入",
            "满意率口径": "全部" if self.chance(0.7) else "已反馈",
            "行动名称": "民生实事大家提" if action else None,
            "行动综述": self._prose(None, returns) if action else None,
        }

    def _action_rows(self) -> list[Row]:
        rows = []
        for level in _LEVELS if self.chance(0.5) else ("不分层级",):
            raised = self.random.randint(1, 900)
            finished = raised if self.chance(0.5) else self.random.randint(0, raised)
            rows.append({"代表层级": level, "提出条数": raised, "办结条数": finished})
        return rows

    def _examples(self) -> list[Row]:
        return [
            {"代表": name, "建议标题": self._title("建议"), "办理成效": "已经办好，群众满意"}
            for name in self.random.sample(self.deputies, self.random.randint(0, 3))
        ]

    def _last_year(self) -> list[Row]:
        names = ("议案建议件数", "建议件数", "解决件数", "答复件数", "满意件数", "承办部门个数")
        return [{"指标": name, "数值": self.random.randint(1, 2 * self.n + 1)} for name in names]

    def _person(self) -> str:
        return (
            self.random.choice(_SURNAMES) + self.random.choice(_GIVEN) + self.random.choice(_GIVEN)
        )

    def _done(self) -> str:
        thing, steps = self.random.choice(_THINGS), "、".join(self.random.sample(_DEEDS, 2))
        return f"到现场查看情况，与代表共同商定办法，对{thing}{steps}，已见成效"

    def _day(self, after: dt.date, within: int) -> dt.date:
        """A day up to so many days later, never after the cut-off."""
        return min(after + dt.timedelta(days=self.random.randint(0, within)), CUTOFF)


def _class_row(one: _Class) -> Row:
    return {
        "代码": one.code,
        "名称": one.name,
        "定义": f"符合“{one.name}”的情形",
        "计入解决": one.solved,
        "需填原因": one.reason,
        "需填承诺时限": one.promise,
    }
