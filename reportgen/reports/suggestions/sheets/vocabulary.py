"""The words of the trade: what may be chosen in the workbooks' columns, and what names refer to."""

from __future__ import annotations

from reportgen.schema.columns import Choice, Ref

YES_NO = Choice(("是", "否"), {"√": "是", "✓": "是", "有": "是", "无": "否", "×": "否"})
MOTION_OR_SUGGESTION = Choice(("议案", "建议"), {"意见建议": "建议", "批评意见": "建议"})
SESSION = Choice(("大会", "闭会"), {"会议期间": "大会", "大会期间": "大会", "闭会期间": "闭会"})
MANNER = Choice(
    ("独办", "主办协办", "分办"), {"单办": "独办", "主办、协办": "主办协办", "会办": "主办协办"}
)
ROLE = Choice(("主办", "协办", "分办"), {"独办": "主办", "会办": "协办"})
LEADING_ROLES = ("主办", "分办")
LEVEL = Choice(
    ("全国", "省", "市", "县", "乡镇"),
    {"国家": "全国", "区": "县", "镇": "乡镇", "乡": "乡镇", "自治区": "省", "州": "市"},
)
ACTION_LEVEL = Choice((*LEVEL.options, "不分层级"), {**LEVEL.aliases, "合计": "不分层级"})
CONTACT = Choice(
    ("上门走访", "当面座谈", "电话沟通", "书面沟通", "其他"),
    {"走访": "上门走访", "面谈": "当面座谈", "座谈": "当面座谈", "座谈会": "当面座谈",
     "电话": "电话沟通", "书信": "书面沟通", "邮件": "书面沟通", "其它": "其他"},
)  # fmt: skip
USUAL_RATINGS = (
    {"名称": "满意", "别名": "很满意", "计入满意": "是", "需重新办理": "否"},
    {"名称": "基本满意", "别名": "比较满意", "计入满意": "是", "需重新办理": "否"},
    {"名称": "不满意", "计入满意": "否", "需重新办理": "是"},
)
"""满意度分类 where the register names none."""
ROUNDING = Choice(("合计为100", "四舍五入"), {"合计为100%": "合计为100"})
PICTURES, NATIVE = "图片", "可编辑图表"
CHART_FORM = Choice((PICTURES, NATIVE), {"Word图表": NATIVE, "图表": NATIVE})
RATE_BASE = Choice(("全部", "已反馈"), {"全部件数": "全部", "收回": "已反馈"})
HANDED_OVER, RECEIVED, CLOSED = "交办之日", "收到之日", "大会闭会之日"
START = Choice((HANDED_OVER, RECEIVED, CLOSED), {"签收之日": RECEIVED, "闭会之日": CLOSED})
PUBLICITY = Choice(
    ("主动公开", "依申请公开", "不予公开"),
    {"公开": "主动公开", "同意公开": "主动公开", "不公开": "不予公开", "不宜公开": "不予公开"},
)
UNMARKED = "不标注"
CLASS_MARK = Choice(("类别：A", "A类", "〔A〕", UNMARKED), {"（A类）": "A类", "（A）": "〔A〕"})
"""How a reply letter shows its class, with A for any."""
BELONGS = Choice(("建议办理", "民生行动"))
LAST_YEAR_FIGURES = Choice(
    (
        "议案建议件数",
        "议案件数",
        "建议件数",
        "解决件数",
        "答复件数",
        "满意件数",
        "承办部门个数",
        "承诺件数",
    )
)

OTHER_TERMS = "委员(?!会)|提案"
"""Words of the CPPCC's proposals, which creep into reports on suggestions."""

OFFICES = ("政府名称", "党委名称", "人大机构名称", "会议名称", "署名")
"""Settings that hold the name of an office or a session of this place."""

DEPARTMENT = Ref("承办部门", "全称", also=("简称", "别名"))
DEPARTMENTS = Ref("承办部门", "全称", also=("简称", "别名"), many=True)
DEPUTY = Ref("代表名册", "姓名")
DEPUTIES = Ref("代表名册", "姓名", many=True)
THEME = Ref("专题", "名称")
RATING = Ref("满意度分类", "名称", also=("别名",), classes=True, code="not-in-list")
RESULT = Ref("办理结果分类", "代码", also=("名称",), labelled=True, classes=True)
NUMBER = Ref("建议台账", "编号", code="unknown-number")

NO_ITEMS = "没有议案建议"
"""The setting that says that there is nothing to report."""
