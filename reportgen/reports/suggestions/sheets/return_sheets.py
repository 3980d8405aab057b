"""Sheets that a department fills in and returns."""

from __future__ import annotations

from reportgen.reports.suggestions.sheets.register_sheets import CASES
from reportgen.reports.suggestions.sheets.row_rules import ResultAndReply
from reportgen.reports.suggestions.sheets.vocabulary import (
    BELONGS,
    CONTACT,
    LEADING_ROLES,
    NUMBER,
    OTHER_TERMS,
    RATING,
    RESULT,
    ROLE,
    THEME,
)
from reportgen.schema.amounts import Quantity, SameUnit
from reportgen.schema.columns import Code, Day, FreeText, Name, Title
from reportgen.schema.model import Column, Sheet
from reportgen.schema.periods import Deadline
from reportgen.schema.rules import (
    NotAfter,
    NotBefore,
    NoTerms,
    OnlyFor,
    RequiredWhen,
)

HANDLING = Sheet(
    "办理情况",
    (
        Column("编号", NUMBER, "由交办机关填好，不要改动", required=True, locked=True, width=8),
        Column("标题", Title(), "由交办机关填好，不要改动", locked=True, width=40),
        Column("领衔代表", Name(), "由交办机关填好，不要改动", locked=True),
        Column("办理角色", ROLE, "由交办机关填好，不要改动", required=True, locked=True, width=10),
        Column("办理方案日期", Day(), "定下办理方案的日期", width=14),
        Column("承办人", Name(), "具体办理人员"),
        Column("沟通方式", CONTACT, "与代表沟通的主要方式", width=12),
        Column("沟通日期", Day(), "与代表沟通的日期"),
        Column("办理结果", RESULT, "从列表中选择代码；还在办理的不填", width=10),
        Column("办理措施及成效", FreeText(), "做了什么、成效如何", width=50),
        Column("未解决原因", FreeText(), "按分类规定必填的才填", width=30),
        Column(
            "承诺完成时限",
            Deadline(),
            "按分类规定必填的才填；没有定到哪一天的，写“2026年底”“2026年6月底”也可以",
            width=14,
        ),
        Column(
            "答复日期",
            Day(),
            "主办填书面答复代表的日期，协办填会办意见送主办部门的日期；还没有的不填",
        ),
        Column("答复文号", Code(), "如：永农发〔2024〕3号", width=20),
        Column("签发人", Name(), "签发答复的单位负责人"),
        Column("满意度", RATING, "代表对办理结果的第一次评价", width=10),
        Column("态度满意度", RATING, "代表对办理态度的评价，没有征询的不填", width=12),
        Column("反馈日期", Day(), "代表反馈意见的日期"),
        Column(
            "重办答复日期", Day(), "代表不满意的，重新办理后再次答复的日期", width=14, added=True
        ),
        Column("重办满意度", RATING, "代表对重新办理的评价", width=12, added=True),
        Column("备注", FreeText(), "", width=24),
        Column("交办日期", FreeText(), "由交办机关填好，不要改动", locked=True, added=True),
        Column(
            "答复期限",
            FreeText(),
            "最迟在这一天答复代表（协办的，把会办意见送主办部门）；由交办机关填好，不要改动",
            locked=True,
            added=True,
        ),
        Column("代表电话", Code(), "由交办机关填好，不要改动", locked=True, added=True, width=16),
        Column(
            "会同单位",
            FreeText(),
            "一同承办的其他部门；由交办机关填好，不要改动",
            locked=True,
            added=True,
            width=18,
        ),
    ),
    "灰底的各栏由交办机关填好，不要改动；其余各栏由承办部门填写。",
    rules=(
        ResultAndReply("办理结果", "答复日期", "办理角色", LEADING_ROLES),
        OnlyFor("办理结果", "办理角色", LEADING_ROLES, "not-for-role"),
        OnlyFor("满意度", "办理角色", LEADING_ROLES, "not-for-role"),
        OnlyFor("态度满意度", "办理角色", LEADING_ROLES, "not-for-role"),
        OnlyFor("重办答复日期", "办理角色", LEADING_ROLES, "not-for-role"),
        OnlyFor("重办满意度", "办理角色", LEADING_ROLES, "not-for-role"),
        OnlyFor("重办答复日期", "满意度.需重新办理", ("是",), "needless-rehandling"),
        RequiredWhen("未解决原因", "办理结果.需填原因", "是", "这一类办理结果要说明原因"),
        RequiredWhen("承诺完成时限", "办理结果.需填承诺时限", "是", "这一类办理结果要承诺完成时限"),
        RequiredWhen("答复日期", "满意度", None, "填了满意度，就应有答复日期"),
        RequiredWhen("满意度", "重办答复日期", None, "填了重办答复日期，就应有第一次的满意度"),
        RequiredWhen("重办答复日期", "重办满意度", None, "填了重办满意度，就应有重办答复日期"),
        RequiredWhen("沟通日期", "沟通方式", None, "填了沟通方式，就应有沟通日期"),
        RequiredWhen("沟通方式", "沟通日期", None, "填了沟通日期，就应有沟通方式"),
        NotAfter("办理方案日期", "设置.统计截止日期"),
        NotAfter("沟通日期", "设置.统计截止日期"),
        NotAfter("答复日期", "设置.统计截止日期"),
        NotAfter("反馈日期", "设置.统计截止日期"),
        NotAfter("重办答复日期", "设置.统计截止日期"),
        NotBefore("办理方案日期", "编号.交办日期"),
        NotBefore("沟通日期", "编号.提出日期"),
        NotBefore("答复日期", "编号.交办日期"),
        NotBefore("答复日期", "编号.签收日期"),
        NotBefore("反馈日期", "答复日期"),
        NotBefore("重办答复日期", "答复日期"),
        NotBefore("重办答复日期", "反馈日期"),
        NotBefore("承诺完成时限", "答复日期"),
        NoTerms("办理措施及成效", OTHER_TERMS, "mixed-terms"),
        NoTerms("未解决原因", OTHER_TERMS, "mixed-terms"),
    ),
    blank_rows=60,
)

OUTCOMES = Sheet(
    "工作成效",
    (
        Column("专题", THEME, "属于哪个专题；归属民生行动的可不填", width=18),
        Column("归属", BELONGS, "建议办理还是民生行动", required=True),
        Column(
            "指标", Name(), "如：走访帮扶企业；综述中用{走访帮扶企业}引用", required=True, width=26
        ),
        Column(
            "数值", Quantity(), "准确数字；没有准确数字的可填 100余、近200、约30", required=True
        ),
        Column("单位", Name(), "如：家、次、处", required=True, width=8),
        Column("说明", FreeText(), "", width=40),
    ),
    "办理建议中做了多少事，用数字说明；报告综述中的数字取自这里。已经写好指标的行，只填本部门的数，"
    "没有的空着；也可以另加。",
    rules=(
        RequiredWhen("专题", "归属", "建议办理", "归属“建议办理”的指标要写明专题"),
        SameUnit("数值", "单位"),
    ),
    blank_rows=30,
    added_up=("数值",),
)

CASES_OF_DEPARTMENT = Sheet(
    "典型事例", CASES, "可以写进报告的民生行动典型事例，可不填。", blank_rows=10
)
