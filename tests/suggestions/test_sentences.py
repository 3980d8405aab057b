"""Every sentence of the report and of the notice: data that make it true, and data that do not.

``CLAIMS``: what is printed, the year in which it is, and a year in which it would be false and is
not, with what stands there instead.  ``PLAIN``: what no record of the year can contradict: names
of things, how the work is organised, what is intended.  A sentence in neither fails a test.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from reportgen.reports import KINDS
from reportgen.reports.kind import Sample
from reportgen.validation import validate_workbooks
from reportgen.word.render.fill import fill_template
from reportgen.word.template import gongwen
from reportgen.word.template.sentences import Template
from tests.properties.test_text import NEVER
from tests.support.default_wording import default_report
from tests.support.documents import Document
from tests.support.generate import raw_workbooks
from tests.support.templates import PNG

FARM, ROAD, HALL = "农业办公室", "交通办公室", "党政办公室"
SETTINGS: Mapping[str, object] = {
    "单位名称": "清河镇", "自称": "我镇", "政府名称": "清河镇人民政府", "党委名称": "镇党委",
    "人大机构名称": "镇人大主席团", "年度": 2023, "称谓": "各位代表", "署名": "清河镇人民政府",
    "成文日期": dt.date(2023, 12, 20), "统计截止日期": dt.date(2023, 12, 8), "占比小数位数": 0,
    "占比取整方式": "合计为100", "满意率口径": "全部",
}  # fmt: skip
CLASSES = [
    {"代码": "A", "名称": "已解决", "计入解决": "是", "需填原因": "否", "需填承诺时限": "否"},
    {"代码": "B", "名称": "正在解决", "计入解决": "否", "需填原因": "否", "需填承诺时限": "否"},
]
SCALE = [
    {"名称": "满意", "计入满意": "是", "需重新办理": "否"},
    {"名称": "一般", "计入满意": "否", "需重新办理": "否"},
    {"名称": "不认可", "计入满意": "否", "需重新办理": "是"},
]
OPEN = dict.fromkeys(("办理结果", "答复日期", "满意度", "反馈日期"))
REGISTERED = (
    "编号", "类别", "标题", "领衔代表", "联名代表", "专题", "来源", "提出日期", "交办日期", "办理方式",
    "主办部门", "协办部门", "重点督办", "签收日期", "延期答复", "并案主件", "转建议",
    "主要诉求", "公开属性",
)  # fmt: skip


def suggestion(number: int, **cells: object) -> dict[str, object]:
    """One suggestion of the register with the answer to it: solved, in time, satisfied."""
    return {
        "编号": str(number), "类别": "建议", "标题": f"关于修路{number}的建议", "领衔代表": "赵甲",
        "专题": "民生", "来源": "大会", "提出日期": dt.date(2023, 1, 12),
        "交办日期": dt.date(2023, 2, 20), "办理方式": "独办", "主办部门": ROAD, "重点督办": "否",
        "办理结果": "A", "答复日期": dt.date(2023, 4, 1), "满意度": "满意",
        "反馈日期": dt.date(2023, 4, 9), **cells,
    }  # fmt: skip


def year(*suggestions: Mapping[str, Any], **sheets: Any) -> Sample:
    """A year: its suggestions, and what other sheets of the register hold; 基本信息 and 办理规则 as items."""
    returns: dict[str, list[Mapping[str, object]]] = {}
    for each in suggestions:
        parts: Any = each.get("各份") or [{}]
        leads = str(each["主办部门"]).split("、")
        role = "分办" if each["办理方式"] == "分办" else "主办"
        for name, part in zip(leads, parts, strict=True):
            own = {key: value for key, value in each.items() if key not in REGISTERED[4:]}
            returns.setdefault(name, []).append({**own, "办理角色": role, **part})
        if each.get("协办部门"):
            own = {"编号": each["编号"], "办理角色": "协办", **dict(each.get("协办填") or {})}
            returns.setdefault(str(each["协办部门"]), []).append(own)
    register: dict[str, Sequence[Mapping[str, object]]] = {
        "办理结果分类": CLASSES,
        "满意度分类": SCALE,
        "承办部门": [{"全称": name} for name in (FARM, ROAD, HALL)],
        "代表名册": [
            {"姓名": n, "层级": "乡镇"} for n in ("赵甲", "钱乙", "孙丙", "李丁", "群众代表")
        ],
        "专题": [{"名称": "民生"}],
        "建议台账": [{key: each.get(key) for key in REGISTERED} for each in suggestions],
        "民生行动": [],
        "典型事例": [],
        "上年数据": [],
        **sheets,
        "基本信息": [{**SETTINGS, **sheets.get("基本信息", {})}],
        "办理规则": [sheets.get("办理规则", {})],
    }
    return Sample(
        "清河镇2023", "", register, {name: {"办理情况": rows} for name, rows in returns.items()}
    )


def opinions(*rows: tuple[str, int, int]) -> list[dict[str, object]]:
    """民生行动: level, raised and done."""
    return [{"代表层级": a, "提出条数": b, "办结条数": c} for a, b, c in rows]


def promised(*results: str) -> list[dict[str, object]]:
    """上年承诺: how each stands now."""
    return [
        {"编号": str(n), "标题": f"关于架桥{n}的建议", "主办部门": ROAD, "现办理结果": result}
        for n, result in enumerate(results, 1)
    ]


def dated_promise(result: str, day: dt.date) -> list[dict[str, object]]:
    """上年承诺: one with the day until which it was promised."""
    return [{**promised(result)[0], "承诺完成时限": day}]


def last_year(number: int, name: str = "议案建议件数") -> list[dict[str, object]]:
    return [{"指标": name, "数值": number}]


LATE = {"答复日期": dt.date(2023, 6, 1), "反馈日期": dt.date(2023, 6, 9)}
UNSOLVED = {"办理结果": "B"}
REFUSED = {"满意度": "不认可"}
AGAIN = {**REFUSED, "重办答复日期": dt.date(2023, 4, 30)}
TALKED = {"沟通方式": "上门走访", "沟通日期": dt.date(2023, 3, 1)}
PLANNED = {"办理方案日期": dt.date(2023, 3, 1)}
SPLIT = {"办理方式": "分办", "主办部门": f"{FARM}、{ROAD}"}
HELPED = {"办理方式": "主办协办", "协办部门": FARM}
CLOSING = {"起算点": "大会闭会之日", "大会闭会日期": dt.date(2023, 1, 15)}
TWO = year(suggestion(1), suggestion(2))
ONE_OPEN = year(suggestion(1), suggestion(2, **OPEN))
ALL_OPEN = year(suggestion(1, **OPEN), suggestion(2, **OPEN))
NONE = year()


@dataclass(frozen=True)
class Claim:
    """What a sentence says, a year in which it does, one in which it must not, and what it says then."""

    says: str
    true: Sample
    false: Sample
    instead: str = ""


def reviewed(*rounds: tuple[str, int, str]) -> Sample:
    """Two suggestions, and of the rounds in which letters were reviewed: number, 次, 结论."""
    rows = [
        {"编号": number, "部门": ROAD, "次": nth, "审核日期": dt.date(2023, 6, nth), "文件名": "信.docx",
         "内容指纹": f"{number}{nth}", "错误数": int(verdict == "退回"), "结论": verdict}
        for number, nth, verdict in rounds
    ]  # fmt: skip
    return year(suggestion(1), suggestion(2), 审核记录=rows)


BACK, CAME = ("1", 1, "退回"), ("1", 2, "通过")
OTHER_BACK, OTHER_CAME = ("2", 1, "退回"), ("2", 2, "通过")
THIRDS = [suggestion(1), suggestion(2, **UNSOLVED), suggestion(3, **OPEN)]
THEMES = [{"名称": name} for name in "甲乙丙"]
BY_THEME = [suggestion(n, 专题=name) for n, name in enumerate("甲乙丙", 1)]
ROUNDED = {"占比取整方式": "四舍五入"}

CLAIMS = [
    # how much there was, and who handled it
    Claim("代表共提出议案0件、建议2件，经镇人大主席团交办", TWO, NONE, "2023年度没有交办的议案、建议。"),
    Claim("全部由交通办公室承办", TWO, year(suggestion(1, **HELPED)), "由2个部门承办"),
    Claim("由2个部门承办", year(suggestion(1, **HELPED)), TWO, "全部由交通办公室承办"),
    Claim("大会期间提出的1件，闭会期间提出的1件",
          year(suggestion(1), suggestion(2, 来源="闭会")), TWO),
    Claim("有1件由议案转为建议办理，计入建议", year(suggestion(1, 转建议="是")), TWO),
    Claim("有2件内容相同或相近，合并办理，仍逐件计数",
          year(suggestion(1), suggestion(2, 并案主件="1")), TWO),
    Claim("列为重点督办的有1件", year(suggestion(1, 重点督办="是")), TWO),
    Claim("由一个部门办理的2件", TWO, year(suggestion(1, **HELPED)), "由主办部门会同协办部门办理的1件"),
    Claim("由几个部门分别办理的1件", year(suggestion(1, **SPLIT, 各份=[{}, {}])), TWO),
    Claim("由一个部门办理的1件，由主办部门会同协办部门办理的1件，由几个部门分别办理的1件",
          year(suggestion(1), suggestion(2, **HELPED), suggestion(3, **SPLIT, 各份=[{}, {}])), TWO),
    # answered, and when
    Claim("所提议案、建议已全部答复代表", TWO, ONE_OPEN, "已答复1件，答复率50%，其余1件正在办理"),
    Claim("所提议案、建议已全部答复代表", year(suggestion(1, **SPLIT, 各份=[{}, {}])),
          year(suggestion(1, **SPLIT, 各份=[{}, OPEN])), "各件均在办理之中。"),
    Claim("各件均在办理之中", ALL_OPEN, ONE_OPEN, "已答复1件，答复率50%，其余1件正在办理"),
    Claim("均按期答复", TWO, year(suggestion(1), suggestion(2, **LATE)), "其中1件超过规定期限"),
    Claim("均按期答复", TWO, ONE_OPEN, "其余1件正在办理"),
    Claim("按办理结果分，已解决的1件，占议案、建议总件数的50%；正在解决的0件，占0%；正在办理的1件，占50%",
          ONE_OPEN, ALL_OPEN),
    Claim("正在办理的1件，占33%（因四舍五入，各项占比之和可能不等于100%）", year(*THIRDS, 基本信息=ROUNDED),
          year(*THIRDS), "正在办理的1件，占33%（为使各项占比之和为100%，个别占比作了调整）"),
    Claim("正在办理的1件，占33%（为使各项占比之和为100%，个别占比作了调整）", year(*THIRDS), ONE_OPEN,
          "正在办理的1件，占50%。"),
    Claim("以上各专题占总件数的百分比，因四舍五入，各项占比之和可能不等于100%。",
          year(*BY_THEME, 专题=THEMES, 基本信息=ROUNDED), year(*BY_THEME, 专题=THEMES),
          "以上各专题占总件数的百分比，为使各项占比之和为100%，个别占比作了调整。"),
    Claim("以上各专题占总件数的百分比，因四舍五入，各项占比之和可能不等于100%",
          year(*BY_THEME, 专题=THEMES, 基本信息=ROUNDED), year(suggestion(1), 基本信息=ROUNDED)),
    Claim("我镇按照自交办之日起3个月内答复的要求跟踪督办", TWO,
          year(suggestion(1), 办理规则=CLOSING), "自大会闭会之日起3个月内答复"),
    Claim("自大会闭会之日起3个月内答复", year(suggestion(1), 办理规则=CLOSING),
          year(suggestion(1), suggestion(2, 来源="闭会"), 办理规则=CLOSING),
          "大会期间提出的自大会闭会之日起、闭会期间提出的自交办之日起3个月内答复"),
    Claim("自大会闭会之日起3个月内答复", year(suggestion(1), 办理规则=CLOSING),
          year(suggestion(1, 来源="闭会"), 办理规则=CLOSING), "按照自交办之日起3个月内答复"),
    Claim("按照自收到之日起3个月内答复",
          year(suggestion(1, 签收日期=dt.date(2023, 2, 21)), 办理规则={"起算点": "收到之日"}),
          year(suggestion(1), suggestion(2, 签收日期=dt.date(2023, 2, 21)), 办理规则={"起算点": "收到之日"}),
          "有签收记录的自收到之日起、没有签收记录的自交办之日起3个月内答复"),
    Claim("已经答复的均未超过期限", ONE_OPEN, year(suggestion(1), suggestion(2, **LATE)),
          "按期答复1件，按期答复率50%"),
    Claim("已经答复的均未超过期限", ONE_OPEN, ALL_OPEN),
    Claim("有1件没有按期答复", year(suggestion(1, **LATE)), TWO),
    Claim("经同意延长答复期限的有1件，延长后的期限为6个月",
          year(suggestion(1, 延期答复="是", **OPEN)), TWO),
    # satisfied
    Claim("代表对办理结果均表示满意", TWO, year(suggestion(1), suggestion(2, 满意度=None, 反馈日期=None)),
          "代表对1件的办理结果作了评价，其中满意1件、一般0件、不认可0件，按全部件数计算，满意率为50%"),
    Claim("代表对办理结果均表示满意", year(suggestion(1, **SPLIT, 各份=[{}, {}])),
          year(suggestion(1, **SPLIT, 各份=[{}, {"满意度": None, "反馈日期": None}])),
          "还没有收到代表对办理结果的评价"),
    Claim("还没有收到代表对办理结果的评价", year(suggestion(1, 满意度=None, 反馈日期=None)), TWO,
          "均表示满意"),
    Claim("还没有收到代表对办理结果的评价", year(suggestion(1, 满意度=None, 反馈日期=None)), ALL_OPEN),
    Claim("作了评价（按第一次评价），其中", year(suggestion(1, **AGAIN, 重办满意度="满意")),
          year(suggestion(1, **REFUSED)), "作了评价，其中"),
    Claim("代表对1件的办理态度作了评价，其中满意1件、一般0件、不认可0件。", year(suggestion(1, 态度满意度="满意")), TWO),
    # handled anew
    Claim("代表对1件的办理结果评价为“不认可”，需要重新研究办理", year(suggestion(1, **REFUSED)),
          year(suggestion(1, **AGAIN))),
    Claim("代表对1件的办理结果评价为“不认可”，需要重新研究办理", year(suggestion(1, **REFUSED)),
          year(suggestion(1, 满意度="一般"))),
    Claim("代表评价为“不认可”的，已有1件重新办理并再次答复，其中代表再次评价为“满意”的1件",
          year(suggestion(1, **AGAIN, 重办满意度="满意")), year(suggestion(1, **REFUSED))),
    Claim("再次答复，其中代表再次评价为“满意”的1件、“不认可”的1件",
          year(suggestion(1, **AGAIN, 重办满意度="满意"), suggestion(2, **AGAIN, 重办满意度="不认可")),
          year(suggestion(1, **AGAIN)), "再次答复，还没有再次评价的1件"),
    Claim("代表评价为“不认可”的，还有1件没有重新办理并再次答复，需要抓紧办理",
          year(suggestion(1, **AGAIN), suggestion(2, **REFUSED)),
          year(suggestion(1, **REFUSED), suggestion(2, **REFUSED)), "代表对2件的办理结果评价为“不认可”"),
    Claim("有1件重新办理以后，代表仍评价为“不认可”，需要继续研究",
          year(suggestion(1, **AGAIN, 重办满意度="不认可")),
          year(suggestion(1, **AGAIN, 重办满意度="满意"))),
    Claim("评价为“一般”或“不认可”，需要重新研究办理",
          year(suggestion(1, 满意度="一般"), 满意度分类=[*SCALE[:1], {**SCALE[1], "需重新办理": "是"}, SCALE[2]]),
          year(suggestion(1, 满意度="一般"))),
    # themes and items
    Claim("经过办理，已解决1件", year(suggestion(1), suggestion(2, **UNSOLVED)),
          year(suggestion(1, **UNSOLVED))),
    Claim("这方面的议案、建议共2件，占总件数的100%，代表们主要关注道路。",
          year(suggestion(1), suggestion(2), 专题=[{"名称": "民生", "关注点": "道路。"}]), TWO,
          "这方面的议案、建议共2件"),
    Claim("赵甲代表提出的《关于修路1的建议》，由交通办公室承办。", TWO,
          year(suggestion(1, 联名代表="钱乙、孙丙、李丁")), "赵甲等4名代表提出的《关于修路1的建议》"),
    Claim("群众代表提出的", year(suggestion(1, 领衔代表="群众代表")), TWO, "赵甲代表提出的"),
    Claim("《关于修路1的建议》，由", TWO, year(suggestion(1, 标题="关于落实《条例》的建议")),
          "《关于落实〈条例〉的建议》，由"),
    Claim("主要措施和成效是：铺了沥青。", year(suggestion(1, 办理措施及成效="铺了沥青。")), TWO),
    Claim("由交通办公室承办，正在办理，主要措施和进展是：正在铺路。",
          year(suggestion(1, **OPEN, 办理措施及成效="正在铺路")),
          year(suggestion(1, 办理措施及成效="正在铺路")), "承办，主要措施和成效是：正在铺路。"),
    Claim("各件的标题和办理情况见附件1", year(*(suggestion(n) for n in range(1, 7))), TWO),
    Claim("其余各件见附件1", year(*(suggestion(n, 重点督办="是" if n == 3 else None) for n in range(1, 7))), TWO),
    Claim("已答复的议案、建议中，有1件尚未解决。", year(suggestion(1, **UNSOLVED)), TWO),
    Claim("办理结果为“正在解决”的有1件。", year(suggestion(1, **UNSOLVED)), TWO),
    Claim("尚未解决。\n办理结果为“正在解决”的有1件。\n赵甲代表提出的《关于修路1的建议》，由交通办公室承办。",
          year(suggestion(1, **UNSOLVED)), year(suggestion(1, **UNSOLVED, 未解决原因="缺钱。")),
          "由交通办公室承办，原因是：缺钱。"),
    Claim("承诺于2024年6月30日前完成。", year(suggestion(1, **UNSOLVED, 承诺完成时限=dt.date(2024, 6, 30))),
          year(suggestion(1, **UNSOLVED, 承诺完成时限=dt.date(2023, 6, 30))),
          "承诺于2023年6月30日前完成，现已超过承诺的时限。"),
    Claim("有1件超过了向代表承诺的完成时限",
          year(suggestion(1, **UNSOLVED, 承诺完成时限=dt.date(2023, 6, 30))),
          year(suggestion(1, **UNSOLVED, 承诺完成时限=dt.date(2024, 6, 30)))),
    # how the work was done
    Claim("全部议案、建议都制定了办理方案", year(suggestion(1, **PLANNED)),
          year(suggestion(1, **PLANNED), suggestion(2)), "有1件制定了办理方案，占总件数的50%"),
    Claim("每件议案、建议都有承办部门制定了办理方案",
          year(suggestion(1, **SPLIT, 各份=[PLANNED, {}])),
          year(suggestion(1, **SPLIT, 各份=[PLANNED, PLANNED])), "全部议案、建议都制定了办理方案"),
    Claim("每件议案、建议都有承办部门与代表作了沟通，其中上门走访1件",
          year(suggestion(1, **SPLIT, 各份=[TALKED, {}])),
          year(suggestion(1, **SPLIT, 各份=[TALKED, TALKED])), "全部议案、建议都与代表作了沟通"),
    Claim("有1件制定了办理方案", year(suggestion(1, **PLANNED), suggestion(2)), TWO),
    Claim("已经答复的各件，答复均由承办单位负责人签发", year(suggestion(1, 签发人="王一")),
          year(suggestion(1, 签发人="王一"), suggestion(2)), "有1件的答复由承办单位负责人签发"),
    Claim("有1件的答复由承办单位负责人签发", year(suggestion(1, 签发人="王一"), suggestion(2)),
          year(suggestion(1), suggestion(2, **OPEN, 签发人="王一"))),
    Claim("加强沟通，听取代表意见。全部议案、建议都与代表作了沟通，其中上门走访1件", year(suggestion(1, **TALKED)),
          year(suggestion(1, **TALKED), suggestion(2)), "有1件与代表作了沟通，占总件数的50%"),
    Claim("加强沟通，听取代表意见", year(suggestion(1, **TALKED)), TWO),
    # the action
    Claim("在民生行动中，各级人大代表共提出意见5条，已办结4条，办结率80%",
          year(suggestion(1), 民生行动=opinions(("县", 3, 2), ("乡镇", 2, 2))),
          year(suggestion(1), 民生行动=opinions(("县", 5, 4))), "县级人大代表共提出意见5条"),
    Claim("各级人大代表", year(suggestion(1), 民生行动=opinions(("县", 3, 2), ("乡镇", 2, 2))),
          year(suggestion(1), 民生行动=opinions(("不分层级", 5, 4))), "中，人大代表共提出意见5条"),
    Claim("其中，县级代表提出3条、办结2条；乡镇代表提出2条、办结2条。",
          year(suggestion(1), 民生行动=opinions(("县", 3, 2), ("乡镇", 2, 2))),
          year(suggestion(1), 民生行动=opinions(("县", 5, 4))), "办结率80%。这些意见以条计，不并入议案、建议件数"),
    Claim("条，已全部办结", year(suggestion(1), 民生行动=opinions(("县", 3, 3))),
          year(suggestion(1), 民生行动=opinions(("县", 3, 0))), "条，还没有办结的"),
    Claim("赵甲代表提出《关于路灯的建议》，已经修好。",
          year(suggestion(1), 民生行动=opinions(("县", 3, 3)),
               典型事例=[{"代表": "赵甲", "建议标题": "关于路灯的建议", "办理成效": "已经修好。"}]), TWO),
    # last year
    Claim("与上年相比，议案、建议总件数增加1件，增长100%", year(suggestion(1), suggestion(2), 上年数据=last_year(1)),
          year(suggestion(1), 上年数据=last_year(2)), "总件数减少1件，下降50%"),
    Claim("代表评价为满意的件数减少1件，下降50%。", year(suggestion(1), 上年数据=last_year(2, "满意件数")),
          year(suggestion(1))),
    Claim("总件数持平。", year(suggestion(1), 上年数据=last_year(1)),
          year(suggestion(1), 上年数据=last_year(0)), "总件数增加1件。"),
    Claim("对上年承诺以后解决的1件开展“回头看”，现已全部解决", year(suggestion(1), 上年承诺=promised("A")),
          year(suggestion(1), 上年承诺=promised("A", "B")), "现已解决1件，其余继续跟踪办理"),
    Claim("现已解决1件", year(suggestion(1), 上年承诺=promised("A", "B")),
          year(suggestion(1), 上年承诺=promised("B")), "都在继续跟踪办理"),
    Claim("其中1件已超过承诺的时限。", year(suggestion(1), 上年承诺=dated_promise("B", dt.date(2023, 1, 31))),
          year(suggestion(1), 上年承诺=dated_promise("A", dt.date(2023, 1, 31))), "现已全部解决。"),
    Claim("《关于架桥1的建议》，由交通办公室承办，现在的办理结果为“正在解决”，进展情况是：已经打桩。",
          year(suggestion(1), 上年承诺=[{**promised("B")[0], "办理进展": "已经打桩。"}]), TWO),
    # the review of letters: nothing without a record, 均 only where it is so
    Claim("严把审核关，对2件的答复函逐件审核，均一次通过。", reviewed(("1", 1, "通过"), ("2", 1, "通过")), TWO),
    Claim("对1件的答复函逐件审核，一次通过。", reviewed(("1", 1, "通过")), TWO),
    Claim("退回整改1件，已整改到位", reviewed(BACK, CAME), reviewed(BACK), "退回整改1件。"),
    Claim("退回整改2件，均已整改到位", reviewed(BACK, CAME, OTHER_BACK, OTHER_CAME),
          reviewed(BACK, CAME, OTHER_BACK), "退回整改2件，其中1件已整改到位。"),
    # what is wanting, and what comes next
    Claim("我们也看到工作中还有不足。有1件还没有解决。", year(suggestion(1, **UNSOLVED)), TWO,
          "办理工作的成果还需要巩固"),
    Claim("有1件还没有办结，其中1件已超过答复期限，办理进度需要加快", ONE_OPEN,
          year(suggestion(1, **OPEN, 延期答复="是"), 办理规则={"延长期限": "12个月"}),
          "有1件还没有办结，办理进度需要加快"),
    Claim("对尚未解决和正在办理的事项逐件明确责任和时限",
          year(suggestion(1, **UNSOLVED), suggestion(2, **OPEN)), ONE_OPEN, "对正在办理的事项逐件"),
    Claim("对已经解决的事项适时开展“回头看”，防止问题反弹", TWO, ALL_OPEN, "条件成熟一件、办理一件"),
    Claim("我镇将重点做好三个方面的工作", TWO, NONE, "我镇将继续做好听取代表意见的各项工作"),
    # the annexes
    Claim("附件：1.2023年度代表建议办理情况一览表", TWO, NONE, "2023年度没有交办的议案、建议。"),
    Claim("附件3", TWO, NONE),
    Claim("一件由几个部门共同承办的，各部门分别计数，因此各部门主办、协办的件数之和大于总件数（1件）",
          year(suggestion(1, **HELPED)), TWO),
]  # fmt: skip

NOTICE = [
    Claim("已全部答复代表，均按期答复", TWO, year(suggestion(1, **LATE)), "已全部答复代表，其中逾期答复1件"),
    Claim("年度交办的议案、建议共2件", TWO, NONE, "没有交办2023年度的议案、建议。"),
    Claim("已答复1件（逾期答复1件：编号1），正在办理1件，其中已超过答复期限1件（编号2）",
          year(suggestion(1, **LATE), suggestion(2, **OPEN)), TWO),
    Claim("正在办理1件，其中临近期限1件", year(suggestion(1, **OPEN), 办理规则={"答复期限": "293日"}),
          ONE_OPEN, "其中已超过答复期限1件（编号2）。"),
    Claim("代表评价为“不认可”、还没有再次答复1件（编号1）。", year(suggestion(1, **REFUSED)), year(suggestion(1, **AGAIN))),
    Claim("重新办理以后代表仍评价为“不认可”1件（编号1）。", year(suggestion(1, **AGAIN, 重办满意度="不认可")),
          year(suggestion(1, **AGAIN, 重办满意度="满意"))),
    Claim("超过承诺时限、仍没有解决1件（编号1）。请有关部门抓紧办理。",
          year(suggestion(1, **UNSOLVED, 承诺完成时限=dt.date(2023, 6, 30))), TWO),
    Claim("填报了答复日期、没有交来答复函1件（编号2）。请有关部门抓紧办理。", reviewed(("1", 1, "通过")), TWO),
    Claim("答复函退回整改、没有改好交回1件（编号1）。", reviewed(BACK, OTHER_CAME), reviewed(BACK, CAME, OTHER_CAME)),
    Claim("请有关部门抓紧办理，按时答复代表。", ONE_OPEN, TWO),
]  # fmt: skip

PLAIN = """
关于 年度 截至 下一步 从提出时间看 附件1 附件2 横排 竖排 人大代表建议办理情况的报告 在 上 现将有关情况报告如下，请予审议
代表建议办理情况 办理结果的构成如下图所示 尚未解决的事项 开展情况 这些意见以条计，不并入议案、建议件数
上年承诺事项办理情况 主要做法 明确责任，逐件交办 规范流程，按规定办理 跟踪督办，严格办理期限
把办理代表议案、建议作为接受人大监督、回应群众关切的一项经常工作
领导下，按归口办理的原则，把每一件都落实到承办部门
办理工作按照交办、办理、答复、征询意见的程序进行，答复以书面形式送交代表
存在问题和下步打算 下步打算 在肯定成绩的同时 对照代表和群众的期望，还要继续努力
将重点做好三个方面的工作。一是健全机制，把办理工作纳入日常督查，做到件件有着落。二是跟踪落实
三是改进方式，多到代表和群众中去，把代表关心的事办得更实更好
将继续做好听取代表意见的各项工作，对代表提出的议案、建议做到件件有着落
做好代表议案、建议办理工作，是政府的法定职责
将自觉接受人大监督，认真听取代表意见，努力把各项工作做得更好
年度承办部门办理情况统计表 年度代表建议办理措施及成效 部门用简称 结果栏中 单位为件
满意率 按 件数计算 合计栏满意率按议案、建议件数计算 代表建议督办通报 各承办部门
各部门办理件数 没有全部列出 答复倒计时 期限最近的几件
"""
"""Names of things, the order of the work, intentions: no record of a year contradicts them."""

_MADE: dict[int, tuple[Sample, str]] = {}


def report(sample: Sample) -> str:
    """The report on a year as running text; each year is made once."""
    if id(sample) not in _MADE:
        dataset, issues = validate_workbooks(raw_workbooks(sample), tuple(KINDS[0].workbooks))
        assert [str(one) for one in issues if one.code not in ("in-progress", "empty-table")] == []
        document = Document(default_report(KINDS[0].report(dataset), lambda _: PNG))
        _MADE[id(sample)] = sample, text_of(document)
    return _MADE[id(sample)][1]


def notice(sample: Sample) -> str:
    """The notice on a year as of its cut-off."""
    dataset, _ = validate_workbooks(raw_workbooks(sample), tuple(KINDS[0].workbooks))
    today = dt.date(2023, 12, 8)
    template = gongwen.build_template(KINDS[0].status.wording(), date=today)
    return text_of(
        Document(
            fill_template(Template(template), KINDS[0].status.report(dataset, today), lambda _: b"")
        )
    )


def text_of(document: Document) -> str:
    bad = [
        f"{name}：{each.text}"
        for each in document.paragraphs
        for name, pattern in NEVER.items()
        if name != "件前没有数" and re.search(pattern, each.slots)
    ]
    assert bad == []
    return "\n".join(each.text for each in document.paragraphs)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.says[:24])
def test_the_report_says_it_where_it_is_true_and_only_there(claim: Claim) -> None:
    assert claim.says in report(claim.true)
    assert claim.says not in report(claim.false)
    assert claim.instead in report(claim.false)


@pytest.mark.parametrize("claim", NOTICE, ids=lambda claim: claim.says[:24])
def test_the_notice_says_it_where_it_is_true_and_only_there(claim: Claim) -> None:
    assert claim.says in notice(claim.true)
    assert claim.says not in notice(claim.false)
    assert claim.instead in notice(claim.false)


@pytest.mark.parametrize("outline", [KINDS[0].wording(), KINDS[0].status.wording()])
def test_every_sentence_has_its_condition_or_is_plain(outline: str) -> None:
    """Each clause of the outlines stands in the tables above."""
    told = PLAIN + "\n".join(each.says + each.instead for each in [*CLAIMS, *NOTICE])
    lines = [line for line in outline.splitlines() if not line.startswith(("%%", "|", "^^", "@@"))]
    pieces = re.split(
        r"\{%.*?%\}|\{\{.*?\}\}|[，。；、：（）“”《》\n|\\#@=.:>-]+", "\n".join(lines)
    )
    clauses = {piece.strip() for piece in pieces if len(re.findall("[\u4e00-\u9fff]", piece)) > 1}
    assert sorted(clause for clause in clauses if clause not in told) == []


def test_a_clause_of_which_no_table_tells_is_found() -> None:
    with pytest.raises(AssertionError):
        test_every_sentence_has_its_condition_or_is_plain("办理前了解代表意图，办理后征求意见。")
