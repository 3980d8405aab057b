"""A second kind of report in one file, 路灯维修: what a kind has to tell, and nothing more.

The register lists lamps, each with its team; a team says which it has mended, and what else it did.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

from reportgen.charts.kinds import BarChart, Series
from reportgen.data import OWNER, Dataset, Rows
from reportgen.facts.measures import Contents, compute_rate, count_rows, make_key_parts
from reportgen.facts.model import Fact, Facts
from reportgen.facts.report import Item, Items, Node, Report
from reportgen.issues import IssueKind, Severity
from reportgen.reports.kind import ReportKind
from reportgen.schema.amounts import Quantity
from reportgen.schema.columns import Choice, Code, Day, FreeText, Name, Ref, WholeNumber
from reportgen.schema.model import Column, Sheet, Workbook
from reportgen.schema.rules import NotAfter, NotTogether, RequiredWhen

TEAM = Ref("维修队", "全称")
YES_NO = Choice(("是", "否"))

REGISTER = Workbook(
    "路灯台账",
    1,
    (
        Sheet(
            "基本信息",
            (
                Column("单位名称", Name(), required=True),
                Column("月份", WholeNumber(1, 12, example="6"), required=True),
                Column("截止日期", Day(), required=True),
            ),
            "逐项填写。",
            layout="pairs",
            required=True,
        ),
        Sheet(
            "维修队",
            (Column("全称", Name(), required=True, once=True), Column("联系人", Name())),
            "每队一行。",
            required=True,
        ),
        Sheet(
            "路灯",
            (
                Column("灯号", Code(), required=True, once=True),
                Column("路段", Name(), required=True),
                Column("盏数", WholeNumber(), required=True),
                Column("维修队", TEAM, required=True),
            ),
            "每处一行。",
            required=True,
        ),
    ),
)
RETURN = Workbook(
    "路灯维修表",
    1,
    (
        Sheet(
            "维修情况",
            (
                Column("灯号", Ref("路灯", "灯号"), required=True, locked=True),
                Column("路段", Name(), locked=True),
                Column("盏数", WholeNumber(), locked=True),
                Column("已修复", YES_NO, required=True),
                Column("修复日期", Day()),
                Column("原因", FreeText()),
            ),
            "灰底的不要改动。",
            rules=(
                RequiredWhen("修复日期", "已修复", "是", "已修复的要写日期"),
                NotAfter("修复日期", "设置.截止日期"),
                NotTogether("原因", "已修复", "已修复", "否", "lamp-odd"),
            ),
        ),
        Sheet(
            "另做的事",
            (
                Column("事项", FreeText(), required=True),
                Column("部门", Name()),
                Column("花费（万元）", Quantity(unit="万元")),
            ),
            "没有的不填。",
        ),
    ),
    owner=TEAM,
)
FREE = Workbook("路灯巡查表", 1, (RETURN.sheets[1],), owner=TEAM)
"""A return in which nothing is handed out by item."""

CODES = {"lamp-odd": IssueKind(Severity.REMINDER, "原因写得不对", "请改写原因")}

WORDING = r"""
# {{ 标题 }}
本月应修路灯{{ 灯.处数 }}处，已修复{{ 灯.修复处数 }}处，修复率{{ 灯.修复率 }}。另做{{ 另做.件数 }}件事。
{{ 图.各队 }}
| 维修队 | 修复处数 |
|:*|*|
| {% for 队 in 队列表 %} |
| {{ 队.名称 }} | {{ 队.修复处数 }} |
| {% endfor %} |

-- {{ 单位名称 }}
-- {{ 截止日期 }}
"""


def figures(dataset: Dataset) -> dict[str, Fact]:
    """How many lamps, how many of them mended, by team too, and what else was done."""
    lamps, rows = dataset.tables["路灯"], dataset.tables["维修情况"]
    found = [
        count_rows(dataset, "灯.处数", "应修的路灯", "处", "灯号", lamps.index),
        _count_mended(dataset, "灯.修复处数", "已修复的路灯", rows["已修复"]),
    ]
    other = dataset.tables["另做的事"].index
    found.append(count_rows(dataset, "另做.件数", "另做的事", "件", "事项", other))
    for team, part in _teams(dataset).items():
        mended = rows["已修复"][rows[OWNER] == team]
        found.append(_count_mended(dataset, f"队.{part}.修复处数", f"{team}已修复的", mended))
    return {fact.key: fact for fact in found}


def _count_mended(dataset: Dataset, key: str, rule: str, rows: pd.Series) -> Fact:
    return Contents(dataset, "已修复", rows, "处").count_equal(key, rule, "是")


def report(dataset: Dataset) -> Report:
    """Three figures, one chart, one table."""
    facts, settings, teams = figures(dataset), dataset.settings, _teams(dataset)
    share = compute_rate("灯.修复率", "已修复的占应修的", facts["灯.修复处数"], facts["灯.处数"], 0)
    facts |= {share.key: share} if isinstance(share, Fact) else {}
    of_team = [facts[f"队.{part}.修复处数"] for part in teams.values()]
    items = [
        Item(part, {"名称": team, "修复处数": fact})
        for (team, part), fact in zip(teams.items(), of_team, strict=True)
    ]
    title = f"{settings['单位名称'] or ''}{settings['月份'] or ''}月路灯维修情况"
    chart = BarChart("图.各队", "各队修复处数", list(teams), [Series("修复", of_team)], title)
    day = settings["截止日期"]
    names: dict[str, Node] = {
        "标题": title,
        "单位名称": str(settings["单位名称"] or ""),
        "截止日期": day if isinstance(day, dt.date) else "",
        "灯": {"处数": facts["灯.处数"], "修复处数": facts["灯.修复处数"], "修复率": share},
        "另做": {"件数": facts["另做.件数"]},
        "队列表": Items(items, {"名称": "维修队", "修复处数": "修复了几处"}),
        "图": {"各队": chart},
    }
    date = day if isinstance(day, dt.date) else dt.date(1980, 1, 1)
    unit = str(names["单位名称"])
    return Report(title, unit, date, names, Facts(facts), period=f"{settings['月份']}月", unit=unit)


def _teams(dataset: Dataset) -> dict[str, str]:
    return make_key_parts(name for name in dataset.tables["维修队"]["全称"] if name)


LAMPS = ReportKind("路灯维修", REGISTER, RETURN, report, lambda: WORDING, codes=CODES)
ROWS: Rows = {
    "基本信息": [{"单位名称": "临江镇", "月份": 6, "截止日期": dt.date(2024, 6, 30)}],
    "维修队": [{"全称": "城东维修队", "联系人": "李明"}, {"全称": "城西维修队"}],
    "路灯": [
        {"灯号": "1", "路段": "中山路", "盏数": 4, "维修队": "城东维修队"},
        {"灯号": "2", "路段": "解放路", "盏数": 6, "维修队": "城东维修队"},
        {"灯号": "3", "路段": "滨江路", "盏数": 2, "维修队": "城西维修队"},
    ],
}
"""A register that is filled in."""
