"""What validation finds, and what it reads: every issue of its catalogue at the exact cell."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from reportgen.data import MARK_SHEET, RawSheet, RawWorkbook, Value
from reportgen.issues import CATALOGUE, Issue, Severity
from reportgen.reports.suggestions.workbooks import REGISTER, RETURN
from reportgen.schema.columns import Amount
from reportgen.validation import validate
from tests.sheets import changed, sheet
from tests.small_case import BOOK, CASE, ECONOMY, FARMING, faults, found

OFFICE, FARM, ECON = BOOK.file, FARMING.file, ECONOMY.file

# file, sheet, cell, new content, what is found
ONE_CELL: list[tuple[str, str, str, Value, list[str]]] = [
    # what a cell may hold
    (OFFICE, "建议台账", "C2", "　 ", ["required 建议台账!C2"]),
    (OFFICE, "建议台账", "H2", "一月", ["wrong-type 建议台账!H2"]),
    (OFFICE, "民生行动", "B2", "三十", ["wrong-type 民生行动!B2"]),
    (FARM, "工作成效", "D2", "若干", ["wrong-type 工作成效!D2"]),
    (OFFICE, "建议台账", "I2", "2024.2.30", ["impossible-date 建议台账!I2"]),
    (FARM, "办理情况", "G2", "托梦", ["not-in-list 办理情况!G2"]),
    (FARM, "办理情况", "L2", "2204-6-30", ["date-out-of-range 办理情况!L2"]),
    (OFFICE, "基本信息", "B7", 24, ["out-of-range 基本信息!B7"]),
    (OFFICE, "民生行动", "C3", -1, ["out-of-range 民生行动!C3"]),
    (OFFICE, "建议台账", "C2", "=A1&B1", ["formula 建议台账!C2"]),
    (FARM, "办理情况", "M2", "#REF!", ["error-value 办理情况!M2"]),
    (OFFICE, "专题", "D2", "走访企业{走访企业。", ["bad-brace 专题!D2"]),
    (OFFICE, "专题", "D2", "走访{{走访企业}}。", ["bad-brace 专题!D2"]),
    (OFFICE, "基本信息", "B20", "清理路障}。", ["bad-brace 基本信息!B20"]),
    # names
    (OFFICE, "建议台账", "D2", "赵申", ["unknown-name 建议台账!D2"]),
    (OFFICE, "建议台账", "E2", "钱乙、孙丁、孙戊", ["unknown-name 建议台账!E2"] * 2),
    (FARM, "办理情况", "I2", "D", ["unknown-name 办理情况!I2"]),
    (FARM, "办理情况", "A2", 9, ["unknown-number 办理情况!A2"]),
    (OFFICE, "代表名册", "A3", "赵甲", ["duplicate-key 代表名册!A3"]),
    (OFFICE, "建议台账", "A4", "２", ["duplicate-key 建议台账!A4"]),
    # several cells of a row
    (OFFICE, "建议台账", "L2", None, ["required-when 建议台账!L2"]),
    (OFFICE, "建议台账", "L3", "农办", ["manner-mismatch 建议台账!L3"]),
    (OFFICE, "建议台账", "K3", "农办、经发办", ["one-name 建议台账!K3"]),
    (OFFICE, "建议台账", "K4", "农办", ["several-names 建议台账!K4"]),
    (OFFICE, "建议台账", "L2", "经发办、农办", ["named-twice 建议台账!L2"]),
    (OFFICE, "建议台账", "E3", "赵甲、钱乙", ["named-twice 建议台账!E3"]),
    (OFFICE, "建议台账", "I2", "2024-1-9", ["date-order 建议台账!I2"]),
    (OFFICE, "建议台账", "H2", "2025-1-10", ["date-after 建议台账!H2"]),
    (OFFICE, "建议台账", "I2", "2025-1-20", ["date-after 建议台账!I2"]),
    (OFFICE, "基本信息", "B14", "2024-12-1", ["date-order 基本信息!B14"]),
    (OFFICE, "民生行动", "C2", 31, ["more-than 民生行动!C2"]),
    (OFFICE, "专题", "D2", "走访企业15家。", ["digits-in-text 专题!D2"]),
    (FARM, "办理情况", "E2", "2024-1-19", ["date-order 办理情况!E2"]),
    (FARM, "办理情况", "H2", "2024-1-9", ["date-order 办理情况!H2"]),
    (FARM, "办理情况", "M2", "2023-3-1", ["date-order 办理情况!M2"]),
    (FARM, "办理情况", "M2", "2025-3-1", ["date-after 办理情况!M2"]),
    (FARM, "办理情况", "R2", "2024-2-29", ["date-order 办理情况!R2"]),
    (FARM, "办理情况", "L2", "2023-6-30", ["date-order 办理情况!L2"]),
    (FARM, "办理情况", "M2", None, ["result-without-reply 办理情况!M2"]),
    (FARM, "办理情况", "I2", None, ["reply-without-result 办理情况!I2"]),
    (FARM, "办理情况", "K3", None, ["required-when 办理情况!K3"]),
    (FARM, "办理情况", "L2", None, ["required-when 办理情况!L2"]),
    (FARM, "办理情况", "G2", None, ["required-when 办理情况!G2"]),
    (FARM, "办理情况", "H2", None, ["required-when 办理情况!H2"]),
    (ECON, "办理情况", "I2", "A", ["not-for-role 办理情况!I2"]),
    (FARM, "工作成效", "A2", None, ["required-when 工作成效!A2"]),
    (FARM, "工作成效", "D3", "3余", ["approximate 工作成效!D3"]),
    # the sheet
    (OFFICE, "建议台账", "A5", "合计", ["lone-cell 建议台账!A5"]),
    (OFFICE, "建议台账", "O2", "私下备注", ["extra-column 建议台账!O1"]),
    (OFFICE, "建议台账", "N1", "标题", ["duplicate-column 建议台账!N1"]),
    (OFFICE, "建议台账", "N1", "备注栏", ["missing-column 建议台账!N1"]),
    (FARM, "办理情况", "A1", "序码", ["missing-column 办理情况!"]),
    (OFFICE, "基本信息", "A7", "年份", ["missing-item 基本信息!A7"]),
    (OFFICE, "基本信息", "A7", None, ["missing-item 基本信息!"]),
    (OFFICE, "基本信息", "A10", "届次", ["duplicate-key 基本信息!A10"]),
]  # fmt: skip


def _with(file: str, name: str, cell: str, value: Value) -> list[RawWorkbook]:
    return [changed(book, name, cell, value) if book.file == file else book for book in CASE]


def test_a_sound_case_has_no_issue() -> None:
    assert faults(*CASE) == []


@pytest.mark.parametrize(("file", "name", "cell", "value", "expected"), ONE_CELL)
def test_one_changed_cell(
    file: str, name: str, cell: str, value: Value, expected: list[str]
) -> None:
    assert faults(*_with(file, name, cell, value)) == expected


