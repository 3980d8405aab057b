"""审核结果.xlsx: how each department's letters stand, each letter, every fault, copying, promises."""

from __future__ import annotations

from reportgen.schema.columns import FreeText, WholeNumber
from reportgen.schema.model import Column, Sheet, Workbook


def _column(name: str, width: int) -> Column:
    return Column(name, FreeText(), locked=True, width=width)


def _count(name: str) -> Column:
    return Column(name, WholeNumber(), locked=True, width=12)


SUMMARY = Sheet(
    "汇总",
    (
        _column("部门", 22), _count("应交"), _count("已交"), _count("一次通过"),
        _count("退回整改中"), _count("整改后通过"), _count("待人工判断"), _count("未交"),
    ),
    "应交：填报了答复日期的主办（含分办）件和已经交来答复函的件。审核人在“审核记录.xlsx”填了人工结论的，以人工结论为准。",
    blank_rows=0,
)  # fmt: skip
LETTERS = Sheet(
    "逐件",
    (
        _column("编号", 8), _column("标题", 34), _column("领衔代表", 12), _column("主办部门", 20),
        _column("文件", 34), _count("第几次"), _column("结论", 10), _count("错误数"),
        _count("提醒数"), _column("主要问题", 60),
    ),
    "一份答复函一行；未交的也列出。",
    blank_rows=0,
)  # fmt: skip
FAULTS = Sheet(
    "问题",
    (
        _column("编号", 8), _column("文件", 30), _column("位置", 10), _column("原文", 30),
        _column("问题", 48), _column("怎么改", 44), _column("程度", 14), _column("依据", 34),
    ),
    "全部问题。“错误”须改正后重新交来；“提醒”请核对；“请审核人判断”的只供参考，不作退回的依据。",
    blank_rows=0,
)  # fmt: skip
COPIES = Sheet(
    "雷同对照",
    (
        _column("编号", 8), _column("文件", 34), _column("对照编号", 10), _column("对照文件", 34),
        _count("相同字数"), _column("占比", 10), _column("文字", 60),
    ),
    "两份答复函里连续相同的文字。引用同一政策原文的不算照搬，请审核人判断。",
    blank_rows=0,
)  # fmt: skip
PROMISES = Sheet(
    "承诺",
    (
        _column("编号", 8), _column("部门", 20), _column("原文", 50), _column("时限", 18),
        _column("填报时限", 18), _column("一致", 10),
    ),
    "答复函里带时间的承诺，和填报表里的承诺完成时限对照。",
    blank_rows=0,
)  # fmt: skip

RESULT = Workbook(
    "审核结果",
    1,
    (SUMMARY, LETTERS, FAULTS, COPIES, PROMISES),
    purpose="答复函审核的结果。只供查阅，不用填写。",
)
