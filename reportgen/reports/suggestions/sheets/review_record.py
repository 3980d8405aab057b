"""审核记录: one row a letter a round, only added to; what the office writes in it wins."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.schema.columns import Choice, Code, Day, FreeText, WholeNumber
from reportgen.schema.model import Column, Sheet, Workbook

PASSED, RETURNED = "通过", "退回"
COPIED = "雷同"
REASONS = ("格式", "答非所问", "空泛", COPIED, "无时限", "未沟通", "其他")

ROUNDS = Sheet(
    "审核记录",
    (
        Column("编号", Code(), "建议的编号", width=8),
        Column("部门", FreeText(), "答复的部门", width=20),
        Column("次", WholeNumber(1, 99), "这一件第几次送审", width=6),
        Column("审核日期", Day(), "", width=12),
        Column("文件名", FreeText(), "", width=36),
        Column("内容指纹", Code(), "文件内容的标记；内容没有改动的不再记一次", width=14),
        Column("错误数", WholeNumber(), "", width=8),
        Column("结论", Choice((PASSED, RETURNED)), "按错误数自动填写：有错误的退回", width=8),
        Column("人工结论", Choice((PASSED, RETURNED)), "审核人填写；填了的以它为准", width=10),
        Column("退回原因", Choice(REASONS), "审核人填写", width=12),
        Column("备注", FreeText(), "审核人填写", width=30),
    ),
    "每审一次加一行，已有的行不改动。“人工结论”“退回原因”“备注”由审核人填写，填了的以人工结论为准。",
    blank_rows=300,
)  # fmt: skip
RECORD = Workbook("审核记录", 1, (ROUNDS,), purpose="答复函审核的记录，由审核命令逐次添加。")


def read_verdict(row: Mapping[str, object]) -> str:
    """What holds of a round: the office's own conclusion, else the system's."""
    return str(row.get("人工结论") or row.get("结论") or "")
