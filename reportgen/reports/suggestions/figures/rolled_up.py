"""How towns' reports on suggestions become the county's: which figures add, and which are computed anew.

Departments of different towns are different ones, so their number adds; deputies may be the same, so
theirs does not.  Classes of results and themes are added by their names: the same letter means
different things in different towns.
"""

from __future__ import annotations

from importlib.resources import files

from reportgen.reports.rollup.declared import AddedList, Recomputed, RollUp, Total

_TOTALS = {
    "议案建议.件数": "总件数",
    "议案.件数": "议案",
    "建议.件数": "建议",
    "来源.大会.件数": "大会期间",
    "来源.闭会.件数": "闭会期间",
    "重点督办.件数": "重点督办",
    "承办部门.个数": "承办部门",
    "答复.件数": "已答复",
    "正在办理.件数": "正在办理",
    "按期答复.件数": "按期答复",
    "逾期答复.件数": "逾期答复",
    "沟通.件数": "已沟通",
    "解决.件数": "已解决",
    "未解决.件数": "未解决",
    "满意度.已反馈.件数": "已反馈件数",
    "满意.件数": "满意件数",
    "行动.提出条数": "提出意见",
    "行动.办结条数": "办结意见",
}
_PERCENTAGES = {
    "答复.占比": "答复率",
    "按期答复.占比": "按期答复率",
    "沟通.占比": "沟通率",
    "解决.占比": "解决率",
    "满意.占比": "满意率",
    "行动.办结率": "意见办结率",
}


def read_rollup_wording() -> str:
    """The outline of the built-in template."""
    at = files("reportgen.reports.suggestions").joinpath("context", "rollup.md")
    return at.read_text(encoding="utf-8")


ROLLUP = RollUp(
    tuple(Total(key, name) for key, name in _TOTALS.items()),
    tuple(Recomputed(key, name) for key, name in _PERCENTAGES.items()),
    lists=(
        AddedList(
            "结果列表",
            "结果",
            ("件数",),
            whole="议案建议.件数",
            remainder="正在办理.件数",
            rests=("答复.占比",),
        ),
        AddedList("专题列表", "专题", ("件数", "解决件数"), whole="议案建议.件数"),
        AddedList("满意度列表", "满意度", ("件数",)),
    ),
    charted="总件数",
    ranked="满意率",
    period="{}年度",
    wording=read_rollup_wording,
)
