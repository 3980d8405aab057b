"""Sheets of the register that list what was handed over and what is told beside it."""

from __future__ import annotations

from reportgen.reports.suggestions.sheets.vocabulary import (
    ACTION_LEVEL,
    DEPARTMENT,
    DEPARTMENTS,
    DEPUTIES,
    DEPUTY,
    LAST_YEAR_FIGURES,
    MANNER,
    MOTION_OR_SUGGESTION,
    NO_ITEMS,
    NUMBER,
    PUBLICITY,
    RESULT,
    SESSION,
    THEME,
    YES_NO,
)
from reportgen.schema.columns import Code, Day, FreeText, Title, WholeNumber
from reportgen.schema.model import Column, Sheet, Stage
from reportgen.schema.periods import Deadline
from reportgen.schema.rules import (
    CountOfNames,
    NotAfter,
    NotAmong,
    NotBefore,
    NotMore,
    NotTogether,
    OnlyFor,
    RequiredWhen,
)

ITEMS = Sheet(
    "建议台账",
    (
        Column("编号", Code(), "本年度内不重复", required=True, once=True, width=8),
        Column("类别", MOTION_OR_SUGGESTION, "议案或建议", required=True, width=8),
        Column("标题", Title(), "与建议原件一致", required=True, width=30),
        Column("领衔代表", DEPUTY, "第一提出人，姓名与代表名册一致", required=True),
        Column("联名代表", DEPUTIES, "其他提出人，用顿号隔开", width=12),
        Column("专题", THEME, "归入哪个专题", required=True, due=Stage.REPORT, width=14),
        Column("来源", SESSION, "大会期间提出的填“大会”，闭会期间提出的填“闭会”", required=True, width=8),
        Column("提出日期", Day(), "代表提出的日期", required=True),
        Column("交办日期", Day(), "交给部门办理的日期", required=True),
        Column("办理方式", MANNER, "一个部门办填“独办”；有协办的填“主办协办”；各办各的填“分办”",
               required=True),
        Column("主办部门", DEPARTMENTS, "部门全称；分办的填各部门，用顿号隔开", required=True, width=16),
        Column("协办部门", DEPARTMENTS, "用顿号隔开", width=16),
        Column("重点督办", YES_NO, "列为重点督办的填“是”", width=10),
        Column("签收日期", Day(), "承办部门签收的日期，可不填", added=True),
        Column("延期答复", YES_NO, "情况复杂、经同意延长答复期限的填“是”", width=10, added=True),
        Column("并案主件", NUMBER, "内容相同或相近、合并办理的，填主件的编号；主件本身不填。各件仍分别计数、分别答复",
               width=10, added=True),
        Column("转建议", YES_NO, "由议案转为建议办理的填“是”，类别填“建议”", width=8, added=True),
        Column("主要诉求", FreeText(), "代表具体要求办的事，一行一项，可不填；填了，答复函底稿就逐项列出，等着逐条答复",
               width=18, added=True),
        Column("公开属性", PUBLICITY, "办理情况能否公开，可不填", width=10, added=True),
        Column("备注", FreeText(), "", width=12),
    ),
    "每件议案、建议一行。交办前由人大办填好。",
    rules=(
        NotAfter("提出日期", "设置.统计截止日期"),
        NotAfter("交办日期", "设置.统计截止日期"),
        NotAfter("签收日期", "设置.统计截止日期"),
        NotBefore("交办日期", "提出日期"),
        NotBefore("签收日期", "交办日期"),
        NotTogether("转建议", "是", "类别", "议案", code="converted-motion"),
        RequiredWhen("协办部门", "办理方式", "主办协办", "办理方式为“主办协办”"),
        OnlyFor("协办部门", "办理方式", ("主办协办", "分办"), "manner-mismatch"),
        CountOfNames("主办部门", "办理方式", "分办", "one-name", "several-names"),
        NotAmong("协办部门", "主办部门"),
        NotAmong("联名代表", "领衔代表"),
    ),
    blank_rows=200,
    required=True,
    unless=NO_ITEMS,
)  # fmt: skip

ACTION = Sheet(
    "民生行动",
    (
        Column("代表层级", ACTION_LEVEL, "按层级分行填；不分层级统计的只填一行“不分层级”", required=True,
               once=True, width=14),
        Column("提出条数", WholeNumber(units=("条",)), "收集到的意见条数", required=True),
        Column("办结条数", WholeNumber(units=("条",)), "已办结的条数", required=True),
    ),
    "民生行动（如“聚民意，惠民生”）收集的意见，以“条”计，不并入建议件数；没有开展的不填。",
    rules=(NotMore("办结条数", "提出条数"),),
    blank_rows=8,
    added_up=("提出条数", "办结条数"),
    whole="不分层级",
)  # fmt: skip

CASES = (
    Column("代表", DEPUTY, "提出意见的代表，姓名与代表名册一致", required=True),
    Column("建议标题", Title(), "意见建议的标题", required=True, width=46),
    Column("办理成效", FreeText(), "办得怎样，一两句话", width=60),
)

CASES_OF_OFFICE = Sheet("典型事例", CASES, "写进报告的民生行动典型事例，可不填。", blank_rows=12)

LAST_YEAR = Sheet(
    "上年数据",
    (
        Column("指标", LAST_YEAR_FIGURES, "与上年比较的项目", required=True, once=True, width=18),
        Column("数值", WholeNumber(units=("件", "个", "家")), "上年的数", required=True),
    ),
    "填了才在报告中写与上年的比较，可不填。",
    blank_rows=8,
)

PROMISED = Sheet(
    "上年承诺",
    (
        Column("编号", Code(), "上年的建议编号", required=True, once=True, width=8),
        Column("标题", Title(), "与上年台账一致", required=True, width=40),
        Column("主办部门", DEPARTMENT, "现在的主办部门", width=18),
        Column("承诺完成时限", Deadline(), "上年答复时承诺的完成时限", width=14),
        Column("现办理结果", RESULT, "今年跟踪办理后的结果，还没有办成的仍按原来的类别填", required=True, width=12),
        Column("办理进展", FreeText(), "", width=40),
    ),
    "上年答复时没有解决、承诺了完成时限的各件，今年“回头看”的情况。填了才写进报告，可不填；要填就每一件都填。",
    blank_rows=30,
    added=True,
)  # fmt: skip
