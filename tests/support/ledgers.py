"""Ledgers of other people as Markdown tables, and the files in which they may come.

``ledger`` makes a workbook of one; ``imported`` what becomes of it, ``rows`` its rows as text.
"""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import openpyxl

from reportgen.ledger import read_ledger
from reportgen.ledger.model import LedgerTable, Matter, TransferResult
from reportgen.raw import RawSheet, RawWorkbook, Value, parse_address
from reportgen.reports.suggestions.importing.field_aliases import FIELDS
from reportgen.reports.suggestions.importing.register_rows import transfer_ledger
from tests.support.sheets import sheet

CATALOGUE = """
| 永安县第十五届人民代表大会第三次会议代表建议目录（2024年） |||||||
| 建议编号 | 提建议人 |      | 建议标题 | 拟主办单位 | 会办单位 | 备注 |
|        | 单位     | 姓名  |        |         |         |     |
| '001 | 第一代表团 | 张　三 | 关于修建农村公路的建议 | 县交通局 | 县财政局 | |
| '002 | 第二代表团 | 李四等5名代表 | 《关于加强校园食品安全的建议》 | 县教育局、县市场监管局 | | 急 |
| 合　计 | | | 2件 | | | |
"""
"""代表建议目录: a title row, and a header of two rows under 提建议人."""
CATALOGUE_MERGED = ("A1:G1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3", "G2:G3")

KEY_ITEMS = """
| 2024年重点建议目录 |||||
| 序号 | 建议编号 | 提建议人 |  | 建议标题 | 拟主办单位 | 备注 |
|     |        | 单位 | 姓名 |        |         |     |
| 1 | '17 | 一团 | 张三 | 关于甲的建议 | 教育局 | |
| 2 | '23 | 二团 | 李四 | 关于乙的建议 | 水利局 | |
"""

PER_ITEM = """
| 代表建议办理情况测评表 |||||||||
| 序号 | 建议编号 | 领衔代表 |  | 建议标题 | 主办单位 | 满意 | 基本满意 | 不满意 | 备注 |
|     |        | 单位 | 姓名 |        |        |     |        |       |     |
| 1 | 12 | 一团 | 张三 | 关于甲的建议 | 农业局 | √ |   |   |   |
| 2 | 13 | 一团 | 李四 | 关于乙的建议 | 水利局 |   | ✓ |   | 同意 |
| 3 | 14 | 二团 | 王五 | 关于丙的建议 | 教育局 |   |   | ○ |   |
"""
"""Per-item 测评表: the rating is the column that is ticked."""

ANSWERS = """
| 2024年建议办理回复明细表 |
| 序号 | 提案编号 | 届次 | 提案类型 | 提案标题 | 立案日期 | 第一提案人 | 提案人数 | 要求交办日期 | 实际办结日期 | 办理单位 | 办理类型 | 解决程度 | 提案人意见 |
| 1 | 7 | 十五届三次 | 城建 | 关于甲的建议 | 2024-01-10 | 张三 | 3 | 2024-03-01 | 2024-05-06 | 住建局 | 会办（主办） | 解决或基本解决 | 满意 |
| 2 | 7 | 十五届三次 | 城建 | 关于甲的建议 | 2024-01-10 | 张三 | 3 | 2024-03-01 | 2024-05-02 | 交通局 | 会办 | 解决或基本解决 | 满意 |
| 3 | 8 | 十五届三次 | 教育 | 关于乙的建议 | 2024-01-10 | 李四 | 1 | 2024-03-01 | 2024-05-08 | 教育局 | 单办 | 列入计划拟解决 | 基本满意 |
| 4 | 9 | 十五届三次 | 教育 | 关于丙的建议 | 2024-01-10 | 李四 | 1 | 2024-03-01 | 2024-05-09 | 教育局 | 分办 | 因条件所限 | 不满意 |
| 5 | 9 | 十五届三次 | 教育 | 关于丙的建议 | 2024-01-10 | 李四 | 1 | 2024-03-01 | 2024-06-06 | 财政局 | 分办 | 解决或基本解决 | 满意 |
"""
"""办理回复明细表: one row for each department, so that an item may stand in several rows."""

PROMISES = """
| B类答复件办理落实情况登记表 |
| 填表单位（盖章）：县水利局 |
| 案号 | 现办复类别 | 案由 | 承诺解决时间 | 落实情况 |
| '12 | B | 关于水库的建议 | 2025年6月30日前 | 正在施工 |
"""

BY_DEPARTMENT = """
| 承办单位满意度测评表 |
| 序号 | 承办代表建议单位 | 承办建议数 | 代表测评情况 |  |  | 排名 | 备注 |
|     |              |         | 满意（80–100分） | 基本满意（60–79分） | 不满意（59分以下） | | |
| 1 | 教育局 | 12 | 10 | 2 | 0 | 1 | |
"""
"""A table of counts by department, which is no ledger."""

PROGRESS = """
| 单位名称 | 整体进度（不含会办） | 办理总数（不含会办） | 单办 |  | 分办 |  | 会办（主办） |  |
|        |                  |                  | 办理数 | 未办数 | 办理数 | 未办数 | 办理数 | 未办数 |
| 教育局 | 80% | 5 | 3 | 0 | 1 | 1 | 1 | 0 |
"""

COMPLETE = """
| 序号 | 编号 | 类别 | 案由 | 领衔代表 | 附议代表 | 领域 | 来源 | 提出时间 | 交办时间 | 主办单位 | 协办单位 | 承办人 | 沟通方式 | 沟通时间 | 办理结果 | 办理情况 | 答复时间 | 满意度 | 反馈时间 | 代表级别 |
| 1 | 1 | 建议 | 关于甲的建议 | 张三 | 李四、王五 | 农业 | 大会 | 2024.1.18 | 2024年3月5日 | 农业局 | 水利局 | 赵六 | 电话 | 20240320 | A | 已办好 | 2024/5/6 | 满意 | 2024-5-20 | 县 |
| 2 | 2 | 议案 | 关于乙的议案 | 李四 |  | 水利 | 闭会 | 24.2.18 | 二〇二四年三月十五日 | 水利局 |  | 钱七 | 面谈 | 2024.3.28. | A类 | 已修好 | 2024-05-07 | 比较满意 | 2024-5-21 | 县 |
"""
"""A ledger that says all that our forms ask for."""


def ledger(table: str, merged: Iterable[str] = (), *, file: str = "旧台账.xlsx") -> RawWorkbook:
    """A workbook of one sheet."""
    return RawWorkbook(file, [raw(table, merged)])


def raw(table: str, merged: Iterable[str] = (), *, name: str = "Sheet1") -> RawSheet:
    """A sheet with merged cells, ``A1:C1``."""
    spans = [(*parse_address(a), *parse_address(b)) for a, b in (one.split(":") for one in merged)]
    return replace(sheet(name, table), merged=spans)


def imported(book: RawWorkbook, sheet_name: str = "") -> tuple[LedgerTable, TransferResult]:
    """What is read, and what becomes of it."""
    table = read_ledger(book, FIELDS, sheet_name)
    return table, transfer_ledger(table)


def rows(records: Sequence[Mapping[str, object]], *columns: str) -> list[str]:
    """Records as lines: the columns' texts, ``|`` between them."""
    return ["|".join(_text(record.get(column)) for column in columns) for record in records]


def remarks(result: TransferResult, matter: Matter) -> list[str]:
    """Remarks as ``place text → done``."""
    return [
        f"{one.place} {one.text} → {one.done}" for one in result.remarks if one.matter is matter
    ]


# the files in which a ledger comes


def as_xlsx(table: str, merged: Iterable[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    target = book.active
    assert target is not None
    for line in _cells(table):
        target.append([*line])
    for span in merged:
        target.merge_cells(span)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_text(table: str, encoding: str, sign: str = ",") -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=sign, lineterminator="\r\n").writerows(
        [_text(value) for value in line] for line in _cells(table)
    )
    return buffer.getvalue().encode(encoding)


def as_page(table: str, merged: Iterable[str] = (), *, charset: str = "gb2312") -> bytes:
    """As systems export: HTML called .xls, with spans, entities and missing end tags."""
    spans = {}
    for a, b in (one.split(":") for one in merged):
        (top, left), (bottom, right) = parse_address(a), parse_address(b)
        spans[top, left] = (bottom - top + 1, right - left + 1)
    hidden = {
        (top + down, left + across)
        for (top, left), (rows_, columns) in spans.items()
        for down in range(rows_)
        for across in range(columns)
    } - set(spans)
    lines = []
    for r, line in enumerate(_cells(table), 1):
        cells = [
            f"<td{_span(spans.get((r, c), (1, 1)))}>{html.escape(_text(value)) or '&nbsp;'}"
            for c, value in enumerate(line, 1)
            if (r, c) not in hidden
        ]
        lines.append("<tr>" + "".join(cells))
    head = (
        f'<html><head><meta content="text/html; charset={charset}"><style>td{{a:b}}</style></head>'
    )
    body = f"<body><table border=1>{''.join(lines)}</table></body></html>"
    return (head + body).encode("gb18030" if charset.startswith("gb") else charset)


def _span(span: tuple[int, int]) -> str:
    down, across = span
    return f" rowspan={down} colspan='{across}'" if span != (1, 1) else ""


def _cells(table: str) -> list[list[Value]]:
    return [list(line) for line in sheet("x", table).rows]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}"
    return "、".join(value) if isinstance(value, tuple) else str(value)
