"""The names that items of the report's lists have, with what they mean.

A template is checked against these also where a list is empty; 模板字段表 is made from them.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.analysis.report import Shape
from reportgen.reports.suggestions.vocabulary import LEVEL

LISTED = 8
"""How many suggestions of a theme, or unsolved ones, the prose names before it says 等."""

LEVEL_NAMES = dict(zip(LEVEL.options, ("全国", "省级", "市级", "县级", "乡镇"), strict=True))

ITEM: Shape = {
    "编号": "建议编号", "类别": "议案或建议", "标题": "建议标题", "领衔代表": "领衔代表姓名",
    "联名代表": "联名代表姓名", "专题": "所属专题", "来源": "大会或闭会", "提出日期": "提出日期",
    "交办日期": "交办日期", "主办": "主办部门", "协办": "协办部门", "办理方式": "办理方式",
    "重点督办": "列为重点督办的为“是”", "结果": "办理结果代码，没有办结的为“正在办理”",
    "结果名称": "办理结果名称", "办理措施及成效": "办理措施及成效", "未解决原因": "未解决原因",
    "承诺完成时限": "承诺完成时限", "答复日期": "答复日期", "答复文号": "答复文号",
    "满意度": "代表对办理结果的满意度", "备注": "备注", "签收日期": "签收日期",
    "答复期限": "应在哪一天以前答复", "时限情况": "按期答复、逾期几天，或还有几天",
    "延期答复": "经同意延期答复的为“是”", "并案主件": "并入哪一件的编号", "转建议": "由议案转来的为“是”",
    "沟通日期": "与代表沟通的日期", "反馈日期": "代表反馈的日期",
    "重办答复日期": "代表不满意的，再次答复的日期", "重办满意度": "代表对重新办理的满意度",
}  # fmt: skip

RESULT: Shape = {
    "代码": "办理结果代码", "名称": "办理结果名称", "定义": "办理结果定义",
    "计入解决": "计入解决的为“是”", "件数": "这一类的件数", "占比": "占议案建议总件数的百分比",
    "部门合计件数": "各部门这一类件数之和",
}  # fmt: skip

RATED: Shape = {
    "名称": "满意度分类名称", "计入满意": "计入满意的为“是”", "件数": "这样评价的件数",
    "占比": "占满意率口径的百分比",
}  # fmt: skip

THEME: Shape = {
    "名称": "专题名称", "引语": "引语", "关注点": "关注点", "办理综述": "办理综述，分段",
    "件数": "专题件数", "占比": "占议案建议总件数的百分比", "解决件数": "专题中已解决的件数",
    "建议列表": ITEM, "列举": ITEM, "未列举": "列举没有列完的为“是”",
}  # fmt: skip

DEPARTMENT_FACTS = (
    "主办件数", "协办件数", "承办件数", "答复件数", "正在办理件数", "已反馈件数", "满意件数",
    "逾期答复件数", "逾期未答复件数",
)  # fmt: skip

DEPARTMENT_RESULT: Shape = {
    "代码": "办理结果代码", "名称": "办理结果名称", "件数": "部门这一类的件数",
}  # fmt: skip

DEPARTMENT: Shape = {
    "名称": "部门全称",
    **{name: f"部门的{name}" for name in DEPARTMENT_FACTS},
    "满意率": "部门主办件的满意率，没有反馈的为“—”",
    "结果列表": DEPARTMENT_RESULT,
}

CASE: Shape = {"代表": "代表姓名", "建议标题": "建议标题", "办理成效": "办理成效"}
COUNTED: Shape = {"名称": "名称", "件数": "件数"}
ACTION: Shape = {"名称": "代表层级", "提出条数": "提出条数", "办结条数": "办结条数"}
NAMED: Shape = {"名称": "部门全称"}

LISTS: Mapping[str, tuple[str, Shape]] = {
    "一览表": ("全部议案、建议，按台账顺序", ITEM),
    "专题列表": ("有议案、建议的各专题", THEME),
    "结果列表": ("办理结果各类", RESULT),
    "满意度列表": ("满意度各类", RATED),
    "满意评价列表": ("计入满意、又有代表这样评价的各类", RATED),
    "部门列表": ("有承办任务的各部门", DEPARTMENT),
    "承办部门名单": ("有承办任务的各部门名称", NAMED),
    "未解决列表": ("已答复但不计入解决的议案、建议", ITEM),
    "未解决列举": (f"未解决列表的前{LISTED}件", ITEM),
    "正在办理列表": ("正在办理的议案、建议", ITEM),
    "倒计时列表": ("正在办理的议案、建议，期限最近的在前", ITEM),
    "逾期答复列表": ("超过期限才答复的议案、建议", ITEM),
    "承诺列表": ("没有解决、承诺了完成时限的议案、建议", ITEM),
    "不满意列表": ("代表不满意的议案、建议", ITEM),
    "重点督办列表": ("列为重点督办的议案、建议", ITEM),
    "沟通方式列表": ("用到的各种沟通方式", COUNTED),
    "层级列表": ("民生行动中各级代表的条数，不分层级的没有", ACTION),
    "典型事例列表": ("民生行动典型事例", CASE),
}
"""The lists at the top of the tree: what they hold and the names of their items."""

OPTIONAL = (
    "行动.提出条数", "行动.办结条数", "行动.办结率", "解决.占比", "未解决.占比", "正在办理.占比",
    "答复.占比", "按期答复.占比", "沟通.占比", "办理方案.占比", "满意.占比", "态度满意.占比", "上年承诺.占比",
    "来源.大会.占比", "来源.闭会.占比",
)  # fmt: skip
"""Facts that are not there when there is nothing to count, or nothing to divide by."""
