"""How other people's ledgers of suggestions name their columns: the alias table, as data.

The fields are named after our columns; the last few have no column of ours and go into 备注 or
serve to read others.  A title ``组/名`` is a heading under a group's heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from reportgen.ledger.model import LedgerField
from reportgen.raw import Value
from reportgen.reports.suggestions.sheets.vocabulary import (
    CONTACT,
    LEVEL,
    MANNER,
    MOTION_OR_SUGGESTION,
    PUBLICITY,
    SESSION,
    USUAL_RATINGS,
    YES_NO,
)
from reportgen.schema.columns import Choice, Code, Day, Flaw, FreeText, Name, Title, normalise_name
from reportgen.schema.periods import Deadline

_PROPOSERS = (
    "提建议人", "领衔代表", "建议人", "提议人", "提出人", "提案人", "第一提案人", "领衔人",
    "领衔提案人", "提出代表", "提议代表", "建议代表", "人大代表", "代表",
)  # fmt: skip
"""How the column or the group of columns of the one who proposed is headed."""


def _make_group_titles(groups: tuple[str, ...], *names: str) -> tuple[str, ...]:
    return tuple(f"{group}/{name}" for group in groups for name in names)


@dataclass(frozen=True)
class ResultClass:
    """A result class as ledgers give it: ``A``, ``B类``, ``甲类``, or its words."""

    expected: str = "办理结果的分类"
    example: str = "A"

    def read(self, value: Value) -> object:
        """→ the code; words are read by what they say (已解决 → A). Flaw wrong-type."""
        text = normalise_name(str(value)).strip("()（）【】[]")
        if found := _CODE.match(text):
            return found[1].upper()
        said = [code for code, words in RESULT_WORDS if re.match(words, text)]
        return said[0] if said else Flaw("wrong-type", {"expected": self.expected})


_CODE = re.compile(r"([A-Ea-e甲乙丙丁])(?:类|级|$|(?=[^A-Za-z0-9类级]))")
RESULT_WORDS = (
    ("C", r".*(暂不能|暂时不能|暂时难以|因条件|条件所限|条件限制|待以后|以后解决|留作参考|无法解决|难以解决|不能解决|未能解决|未解决|未采纳|解释说明)"),
    ("B", r".*(正在解决|正在办理解决|列入计划|列入规划|拟解决|计划解决|部分解决|逐步解决|逐步落实|计划逐步|正在落实)"),
    ("A", r"(已经?解决|解决|已?基本解决|已经?落实|已?基本落实|已经?采纳|采纳)"),
)  # fmt: skip
"""Words by which a class is told, in the order of trying: 部分解决 is not 解决."""

_RATING = Choice(
    tuple(row["名称"] for row in USUAL_RATINGS),
    {
        "很满意": "满意",
        "非常满意": "满意",
        "比较满意": "基本满意",
        "较满意": "基本满意",
        "不太满意": "不满意",
    },
)
_SESSION = Choice(
    SESSION.options,
    {**SESSION.aliases, "会内": "大会", "会中": "大会", "会议": "大会", "会上": "大会",
     "人代会": "大会", "会外": "闭会", "会后": "闭会", "平时": "闭会"},
)  # fmt: skip
_MANNER = Choice(
    MANNER.options,
    {**MANNER.aliases, "单独办理": "独办", "单独承办": "独办", "合办": "主办协办",
     "联办": "主办协办", "主办": "主办协办", "主会办": "主办协办", "主协办": "主办协办",
     "协办": "主办协办", "会办(主办)": "主办协办", "会办(协办)": "主办协办",
     "分别办理": "分办", "分别承办": "分办"},
)  # fmt: skip

NO_PLACE = ("联名人数", "办理时限")
"""Fields for which the register has no column: kept in its 备注."""

_TRADE = ("代表", "人大", "议案", "建议", "提案")
"""Words that stand around titles in any ledger of suggestions."""

_FIELDS: tuple[LedgerField, ...] = (
    LedgerField("编号", (
        "建议编号", "案号", "提案编号", "议案编号", "建议号", "提案号", "代表建议编号", "建议案号",
        "议案建议编号", "建议议案编号", "件号", "文件编号", "登记号", "登记编号",
    ), Code()),
    LedgerField("序号", ("顺序号", "顺号", "序", "次序", "No.", "No"), Code()),
    LedgerField.of_choice("类别", (
        "建议类型", "提案类型", "议案/建议", "议案或建议", "性质", "建议性质", "类型", "种类", "分类",
    ), MOTION_OR_SUGGESTION, doubtful=("类别", "建议类型", "提案类型", "性质", "类型", "种类", "分类")),
    LedgerField("标题", (
        "建议标题", "案由", "题目", "提案标题", "议案标题", "建议题目", "建议名称", "议案名称",
        "提案名称", "建议、批评和意见", "建议、批评和意见名称", "建议批评意见", "建议案由", "议案建议标题", "建议案题目", "提案案由", "事由", "建议事项", "名称",
        "建议内容", "意见建议内容", "主要内容", "内容", "建议",
    ), Title(), essential=True, content=r"《?关于"),
    LedgerField("领衔代表", (
        *_make_group_titles(_PROPOSERS, "姓名", "名字", "领衔", "领衔人"), *_PROPOSERS,
        "领衔代表姓名", "代表姓名", "姓名", "提案者", "建议者", "主提人", "首提人", "领衔", "提出者",
        "提建议代表", "领衔(联名)代表",
    ), FreeText()),
    LedgerField("代表单位", (
        *_make_group_titles(_PROPOSERS, "单位", "代表团", "工作单位", "选区", "所在单位", "所属代表团", "代表小组"),
        "代表团", "所属代表团", "所在代表团", "代表团名称", "选区", "所在选区", "选举单位", "代表小组",
        "代表单位", "代表所在单位", "代表工作单位",
    ), Name()),
    LedgerField("代表电话", (
        *_make_group_titles(_PROPOSERS, "电话", "联系电话", "联系方式", "手机"), "代表联系电话", "代表联系方式",
    ), Code()),
    LedgerField.of_choice("代表层级", ("代表级别", "层级", "代表类别"), LEVEL, doubtful=("代表类别",)),
    LedgerField("联名代表", (
        *_make_group_titles(_PROPOSERS, "联名", "附议", "联名人", "附议人"),
        "附议代表", "联名附议代表", "联名", "附议", "联名人", "附议人", "联名/附议", "附议/联名",
        "联名、附议代表", "联署代表", "联署人", "联名提案人", "其他代表", "其他提出人", "共同提出人",
        "附议人员", "联名人员",
    ), FreeText(), many=True),
    LedgerField("联名人数", ("附议人数", "提案人数", "代表人数", "人数", "联名附议人数", "领衔及联名人数"), Code()),
    LedgerField("专题", (
        "领域", "所属领域", "涉及领域", "建议领域", "建议类别", "建议分类", "内容分类", "提案类别",
        "提案分类", "类别", "分类", "类型", "门类", "行业", "系统", "归口", "提案类型", "建议类型",
    ), Name()),
    LedgerField.of_choice("来源", (
        "建议来源", "大会/闭会", "会内/会外", "会内会外", "提出时段", "提出方式", "提出形式", "会期",
    ), _SESSION, doubtful=("来源", "建议来源", "提出方式", "提出形式", "会期")),
    LedgerField("届次", ("会议届次", "届别", "届次会议"), Name()),
    LedgerField("提出日期", (
        "提出时间", "提交日期", "提交时间", "建议日期", "建议时间", "收到日期", "收到时间", "收件日期",
        "收件时间", "立案日期", "立案时间", "登记日期", "登记时间",
    ), Day()),
    LedgerField("交办日期", (
        "交办时间", "要求交办日期", "交办日", "转办日期", "转办时间", "批转日期", "批转时间", "下发时间",
        "下发日期", "分办日期", "分办时间",
    ), Day()),
    LedgerField("办理方式", (
        "办理类型", "承办方式", "承办类型", "办理形式", "单办/分办/会办", "主办/协办", "办理角色",
    ), _MANNER, ticks={
        "单办": "独办", "独办": "独办", "分办": "分办", "会办": "主办协办", "主办协办": "主办协办",
    }),
    LedgerField("主办部门", (
        "主办单位", "拟主办单位", "拟主办部门", "主办", "主办(承办)单位", "牵头单位", "牵头部门",
        "承办单位", "承办部门", "办理单位", "办理部门", "拟承办单位", "拟办单位", "责任单位", "责任部门",
        "分办单位", "落实单位", "承办代表建议单位", "承办建议单位", "承办", "主(协)办单位",
        "主办单位/名称", "承办单位/名称", "承办单位/主办", "承办单位/主办单位", "办理单位/主办",
        "办理单位/主办单位", "承办部门/主办", "承办部门/主办部门",
    ), FreeText()),
    LedgerField("协办部门", (
        "协办单位", "会办单位", "会办部门", "会办/协办单位", "会(协)办单位", "协(会)办单位", "拟会办单位",
        "拟协办单位", "配合单位", "配合部门", "参与单位", "协办", "会办", "承办单位/协办",
        "承办单位/会办", "承办单位/协办单位", "承办单位/会办单位", "办理单位/协办", "办理单位/会办",
        "承办部门/协办", "承办部门/协办部门",
    ), FreeText(), many=True),
    LedgerField("重点督办", (
        "是否重点督办", "是否重点", "重点建议", "是否重点建议", "重点督办建议", "重点督办件", "重点",
        "督办",
    ), YES_NO),
    LedgerField("签收日期", ("签收时间", "签收日"), Day()),
    LedgerField("延期答复", ("是否延期", "是否延期答复", "延期办理"), YES_NO),
    LedgerField("主要诉求", ("具体诉求", "诉求", "具体建议事项"), FreeText()),
    LedgerField("公开属性", ("是否公开", "公开方式", "公开情况"), PUBLICITY),
    LedgerField("转建议", ("议案转建议", "是否转建议", "议案转为建议"), YES_NO),
    LedgerField("并案主件", ("并案", "并案编号", "并入", "并案办理", "合并办理", "合并到"), Code()),
    LedgerField("办理时限", (
        "办结期限", "办理期限", "要求办结日期", "要求办结时间", "限办时间", "答复期限", "答复时限",
        "要求答复时间", "要求答复日期", "截止日期", "办结时限", "要求完成时间", "完成时限",
    ), FreeText()),
    LedgerField("办理方案日期", ("方案日期", "制定方案时间", "办理方案时间"), Day()),
    LedgerField("承办人", (
        "经办人", "办理人", "承办人员", "具体承办人", "办理人员", "具体办理人", "承办单位/承办人",
        "主办单位/承办人", "承办单位/经办人", "主办单位/联系人", "承办单位/联系人",
    ), Name()),
    LedgerField("承办人电话", (
        "承办人联系电话", "经办人电话", "承办单位/联系电话", "主办单位/联系电话", "承办单位/电话",
        "主办单位/电话", "承办人联系方式",
    ), Code()),
    LedgerField.of_choice("沟通方式", ("面商方式", "沟通形式", "见面方式", "走访方式", "与代表沟通方式"), CONTACT),
    LedgerField("沟通日期", (
        "沟通时间", "面商日期", "面商时间", "见面日期", "见面时间", "走访日期", "走访时间",
        "与代表沟通时间", "与代表见面时间",
    ), Day()),
    LedgerField("办理结果", (
        "办理结果分类", "现办复类别", "办复类别", "办复分类", "答复类别", "答复分类", "结果类别",
        "结果分类", "办理类别", "办结类别", "解决程度", "办理程度", "办理结果类别", "办理结果情况",
    ), ResultClass(), doubtful=("办理结果", "办理结果情况"),
        ticks={f"{code}{more}": code for code in "ABCDE甲乙丙丁" for more in ("", "类")}),
    LedgerField("办理措施及成效", (
        "办理措施", "办理成效", "办理情况及成效", "办理情况", "落实情况", "办理落实情况", "办理进展",
        "进展情况", "办理进展情况", "答复内容", "答复情况", "办理意见", "答复意见", "主要措施", "办理结果",
    ), FreeText()),
    LedgerField("未解决原因", ("未办结原因", "未落实原因", "未解决的原因", "未能解决原因", "不能解决原因"), FreeText()),
    LedgerField("承诺完成时限", (
        "承诺时限", "承诺时间", "承诺解决时间", "承诺完成时间", "计划完成时间", "计划完成时限",
        "计划解决时间", "拟完成时间", "预计完成时间", "预计解决时间",
    ), Deadline()),
    LedgerField("答复日期", (
        "答复时间", "办复日期", "办复时间", "回复日期", "回复时间", "复文日期", "复函日期", "复函时间",
        "书面答复时间", "书面答复日期", "实际办结日期", "实际办结时间", "办结日期", "办结时间",
    ), Day()),
    LedgerField("答复文号", ("复函文号", "答复函号", "答复函文号", "答复文件号", "复文号", "复文文号", "文号", "发文字号"), Code()),
    LedgerField("签发人", ("签发领导", "签发", "答复签发人"), Name()),
    LedgerField.of_choice("满意度", (
        "代表满意度", "满意情况", "满意程度", "代表评价", "代表意见", "代表反馈意见", "提案人意见",
        "反馈意见", "反馈情况", "测评结果", "测评情况", "代表测评情况", "评价", "办理结果满意度",
        "对办理结果的评价", "对办理结果", "办理结果评价", "是否满意", "满意与否", "代表是否满意",
        "征询意见", "办理结果",
    ), _RATING, doubtful=("办理结果", "代表意见", "提案人意见", "反馈意见", "代表反馈意见", "反馈情况",
                          "征询意见", "评价", "代表评价")),
    LedgerField.of_choice("态度满意度", (
        "办理态度", "办理态度满意度", "对办理态度的评价", "对办理态度", "办理态度评价", "工作态度",
        "办理工作态度",
    ), _RATING),
    LedgerField("反馈日期", ("反馈时间", "代表反馈时间", "征询日期", "征询意见时间", "测评时间", "测评日期"), Day()),
    LedgerField("重办答复日期", (
        "再次答复日期", "再次答复时间", "重新答复日期", "重新答复时间", "二次答复日期", "二次答复时间",
    ), Day()),
    LedgerField("重办满意度", (
        "再次满意度", "重新办理满意度", "二次满意度", "重新办理后满意度", "再次评价",
    ), _RATING),
    LedgerField("备注", ("备考", "附注", "说明", "其他说明", "其他"), FreeText()),
)  # fmt: skip

FIELDS = tuple(replace(field, around=_TRADE) for field in _FIELDS)
