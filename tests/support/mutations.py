"""The table of damaged and of merely untidy copies of the 永安镇 case, with what must be found.

``DAMAGED``: each row is what was done to the folder and every issue there must be, no more and no
less.  ``UNTIDY``: dirt that must be read as if it were not there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from reportgen.schema.model import Stage
from tests.support.damage import (
    HTML,
    NOISE,
    Change,
    clear,
    copy,
    copy_row,
    delete_column,
    delete_rows,
    drop_sheet,
    foreign_workbook,
    insert_rows,
    put,
    remove,
    rename,
    rename_sheet,
    reverse_columns,
    truncate,
    write,
)
from tests.support.ole import ENCRYPTED

OFFICE = "建议台账.xlsx"
FARM, ECON = "填报/农业农村办公室.xlsx", "填报/经济发展办公室.xlsx"
BUILD, SOCIAL = "填报/村镇建设办公室.xlsx", "填报/社会事务办公室.xlsx"
MARKET = "填报/市场监督管理所.xlsx"

QUOTES = "{整治乱停乱放}{整治占道经营}{清除交通安全隐患}{清理乱张乱贴广告}{清理乱堆乱放}"
"""Every measure of the action, as its text quotes them."""

Place = tuple[str, str, str, str]
"""Code, file, sheet and cell of an issue."""


@dataclass(frozen=True)
class Damaged:
    """What was done, and every issue that must be found; ``today``: as of which day."""

    name: str
    changes: tuple[Change, ...]
    expected: tuple[Place, ...]
    today: dt.date | None = None
    stage: Stage = Stage.REPORT

    @property
    def far_reaching(self) -> bool:
        """Whether more than one cell of a return is at fault."""
        _, file, sheet, _ = self.expected[0]
        return len(self.expected) > 1 or file == OFFICE or not sheet

    @property
    def label(self) -> str:
        """Codes and cells, as pytest can show them (it escapes Chinese)."""
        return "+".join(f"{code} {cell}".strip() for code, _, _, cell in self.expected[:3])


@dataclass(frozen=True)
class Untidy:
    """Dirt that changes nothing; ``like``: what the folder must be read like, if not the sample."""

    name: str
    changes: tuple[Change, ...]
    like: tuple[Change, ...] = ()


def at(code: str, file: str, sheet: str = "", cell: str = "") -> Place:
    """An issue as it is expected."""
    return code, file, sheet, cell


def damaged(name: str, changes: Change | tuple[Change, ...], *expected: Place) -> Damaged:
    """One row of the table."""
    return Damaged(name, changes if isinstance(changes, tuple) else (changes,), expected)


def as_of(
    today: dt.date, name: str, changes: Change | tuple[Change, ...], *expected: Place
) -> Damaged:
    """One row of the table, looked at on that day."""
    return replace(damaged(name, changes, *expected), today=today)


def untidy(
    name: str, changes: Change | tuple[Change, ...], like: Change | tuple[Change, ...] = ()
) -> Untidy:
    """One row of the table of dirt."""
    as_tuple = changes if isinstance(changes, tuple) else (changes,)
    return Untidy(name, as_tuple, like if isinstance(like, tuple) else (like,))


def cells(code: str, file: str, sheet: str, **contents: Any) -> Iterator[Damaged]:
    """For each cell: only this one changed, one issue, there."""
    for cell, content in contents.items():
        yield damaged(
            f"{code}：{sheet}表{cell}改为{content}",
            put(file, sheet, **{cell: content}),
            at(code, file, sheet, cell),
        )


def blanked(code: str, file: str, sheet: str, names: str) -> Iterator[Damaged]:
    """For each cell: emptied, one issue, there."""
    return cells(code, file, sheet, **dict.fromkeys(names.split()))


def day(month: int, of_month: int, year: int = 2024) -> dt.date:
    """A day of the year of the case."""
    return dt.date(year, month, of_month)


def junk(name: str, content: bytes, code: str = "unreadable") -> Iterator[Damaged]:
    """Unusable content in a file beside the returns, and in place of one."""
    beside = "填报/补充材料.xlsx"
    yield damaged(f"多出一个文件：{name}", write(beside, content), at(code, beside))
    yield damaged(
        f"填报表成了{name}",
        write(FARM, content),
        at(code, FARM),
    )


FILES = (
    *junk("随机字节", NOISE),
    *junk("网页", HTML),
    *junk("空文件", b"", "empty-file"),
    *junk("加密的文件", ENCRYPTED, "encrypted"),
    *junk("不相干的表", foreign_workbook(), "unknown-workbook"),
    damaged(
        "填报表只传了一半",
        truncate(FARM),
        at("unreadable", FARM),
    ),
    damaged(
        "Word 文档改名为 .xlsx",
        copy("报告模板.docx", "填报/说明.xlsx"),
        at("other-file", "填报/说明.xlsx"),
    ),
    damaged(
        "部门没有交回",
        remove(SOCIAL),
        at("department-not-returned", OFFICE, "承办部门", "A7"),
    ),
    damaged(
        "台账又放了一份在填报里",
        copy(OFFICE, "填报/建议台账.xlsx"),
        at("repeated-workbook", "填报/建议台账.xlsx"),
    ),
    damaged("旧版填报表", put(FARM, "_标识", B2=0), at("old-form", FARM)),
    damaged(
        "看不出是哪个部门的",
        (put(FARM, "_标识", B3=None), rename(FARM, "填报/报表.xlsx")),
        at("unknown-owner", "填报/报表.xlsx"),
    ),
    damaged(
        "标识的部门不在名单里",
        (put(FARM, "_标识", B3="水利站"), rename(FARM, "填报/水利站.xlsx")),
        at("unknown-owner", "填报/水利站.xlsx"),
    ),
)

SHEETS = (
    *(
        damaged(f"台账缺工作表{name}", drop_sheet(OFFICE, name), at("missing-sheet", OFFICE))
        for name in (
            "基本信息", "办理结果分类", "承办部门", "代表名册", "专题", "建议台账",
        )
    ),
    damaged("填报表缺工作表", drop_sheet(FARM, "办理情况"), at("missing-sheet", FARM)),
    *(
        damaged(
            f"台账的{name}表没有填",
            clear(OFFICE, name, *range(4, 15)),
            at("empty-table", OFFICE, name),
        )
        for name in ("办理结果分类", "承办部门", "代表名册", "专题", "建议台账")
    ),
    damaged("删了一栏：办理结果", delete_column(FARM, "办理情况", 9), at("missing-column", FARM, "办理情况")),
    damaged("删了一栏：编号", delete_column(FARM, "办理情况", 1), at("missing-column", FARM, "办理情况")),
    damaged("删了一栏：主办部门", delete_column(OFFICE, "建议台账", 11), at("missing-column", OFFICE, "建议台账")),
    *cells("missing-column", FARM, "办理情况", I3="办理结论", A3="建议编号", P3=None),
    *cells("missing-column", OFFICE, "建议台账", K3="承办部门"),
    damaged("表头整行没了", clear(FARM, "办理情况", 3), at("missing-header", FARM, "办理情况")),
    damaged(
        "同名的栏目",
        put(FARM, "办理情况", Z3="办理结果", Z4="C"),
        at("duplicate-column", FARM, "办理情况", "Z3"),
    ),
    damaged(
        "自己加的栏目",
        put(FARM, "办理情况", Z3="联系电话", Z4="12345"),
        at("extra-column", FARM, "办理情况", "Z3"),
    ),
    damaged("台账的合计行", put(OFFICE, "建议台账", A12="合计"), at("lone-cell", OFFICE, "建议台账", "A12")),
    damaged("基本信息缺项", delete_rows(OFFICE, "基本信息", 9), at("missing-item", OFFICE, "基本信息")),
    *cells("missing-item", OFFICE, "基本信息", A9="年份", A16="成文时间"),
    damaged(
        "基本信息多出一项",
        put(OFFICE, "基本信息", A25="联系人", B25="示例代表"),
        at("extra-item", OFFICE, "基本信息", "A25"),
    ),
    damaged(
        "基本信息同一项两次",
        put(OFFICE, "基本信息", A25="年度", B25=2023),
        at("duplicate-key", OFFICE, "基本信息", "A25"),
    ),
)  # fmt: skip

STILL_DUE = (
    *(
        replace(case, name=f"核查时：{case.name}", stage=Stage.CHECK)
        for case in (
            *blanked("required-later", OFFICE, "基本信息", "B5 B6 B7 B8 B15 B16 B17"),
            *blanked("required-later", OFFICE, "建议台账", "F4"),
            *blanked("required", OFFICE, "基本信息", "B4 B9"),
            *blanked("required", OFFICE, "建议台账", "A4 C4 I4 K4"),
            damaged("专题表没有填", clear(OFFICE, "专题", *range(4, 15)), at("empty-later", OFFICE, "专题")),
        )
    ),
)  # fmt: skip
"""While the year is under way, what only the report needs may still be empty."""

OFFICE_CELLS = (
    *blanked("required", OFFICE, "基本信息", "B4 B5 B6 B7 B8 B9 B15 B16 B17"),
    *blanked("required", OFFICE, "办理结果分类", "A4 B4 D4 E4 F4"),
    *blanked("required", OFFICE, "承办部门", "A4"),
    *blanked("required", OFFICE, "代表名册", "A4 B4"),
    *blanked("required", OFFICE, "专题", "A4"),
    *blanked("required", OFFICE, "建议台账", "A4 B4 C4 D4 F4 G4 H4 I4 J4 K4"),
    *blanked("required", OFFICE, "民生行动", "A4 B4 C4"),
    *blanked("required", OFFICE, "典型事例", "A4 B4"),
    *cells(
        "wrong-type", OFFICE, "基本信息",
        B9="二四年", B12="待定", B16="年底", B18="一两位",
    ),
    *cells("incomplete-date", OFFICE, "基本信息", B17="12月10日"),
    *cells("wrong-type", OFFICE, "建议台账", H4="年初"),
    *cells("incomplete-date", OFFICE, "建议台账", I4="3月5日"),
    *cells("wrong-type", OFFICE, "民生行动", B4="九百多", C4=980.5),
    *cells("out-of-range", OFFICE, "基本信息", B9=24, B18=3),
    *cells("out-of-range", OFFICE, "民生行动", C4=-1),
    *cells("impossible-date", OFFICE, "建议台账", I4="2024年9月31日", H4="2024.2.30"),
    *cells("date-out-of-range", OFFICE, "建议台账", H4="1924-1-18", I4="2204-3-5"),
    *cells("not-in-list", OFFICE, "基本信息", B19="四舍五入法", B20="全部的"),
    *cells("not-in-list", OFFICE, "办理结果分类", D4="大概", E5="看情况", F4="不一定"),
    *cells("not-in-list", OFFICE, "代表名册", B4="村级"),
    *cells("not-in-list", OFFICE, "建议台账", B4="提案", G4="会上", J4="联合办理", M4="重点"),
    *cells("not-in-list", OFFICE, "民生行动", A4="村级"),
    *cells("unknown-name", OFFICE, "建议台账", D4="张鹤兵", F4="经济转型", K4="农业局", L6="农机站"),
    *cells("unknown-name", OFFICE, "典型事例", A4="王飞红"),
    *cells("duplicate-key", OFFICE, "办理结果分类", A5="A"),
    *cells("duplicate-key", OFFICE, "承办部门", A5="农业农村办公室"),
    *cells("duplicate-key", OFFICE, "代表名册", A5="张鹤斌"),
    *cells("duplicate-key", OFFICE, "专题", A5="经济转型发展"),
    *cells("duplicate-key", OFFICE, "建议台账", A5="1"),
    *cells("date-order", OFFICE, "基本信息", B16=day(12, 1)),
    *cells("date-order", OFFICE, "建议台账", I4=day(1, 17)),
    *cells("date-after", OFFICE, "建议台账", H4=day(1, 18, 2025), I4=day(3, 5, 2025)),
    *cells("named-twice", OFFICE, "建议台账", E4="张曼曼、张鹤斌", L6="农业农村办公室、村镇建设办公室"),
    *cells("manner-mismatch", OFFICE, "建议台账", L4="经发办"),
    *cells("one-name", OFFICE, "建议台账", K4="农业农村办公室、经济发展办公室"),
    *blanked("required-when", OFFICE, "建议台账", "L6"),
    *cells("more-than", OFFICE, "民生行动", C4=985),
    *cells("formula", OFFICE, "民生行动", B4="=900+84"),
    *cells("formula", OFFICE, "建议台账", C4="=VLOOKUP(A4,A:C,3)"),
    *cells("error-value", OFFICE, "建议台账", C4="#REF!", K4="#N/A"),
    *cells("error-value", OFFICE, "基本信息", B17="#VALUE!"),
    *cells("digits-in-text", OFFICE, "基本信息", B23=f"{QUOTES}清理乱堆乱放50余处。"),
    *cells("digits-in-text", OFFICE, "专题", D5="整治村庄３个。"),
    *cells("bad-brace", OFFICE, "基本信息", B23="清理{清理乱堆乱放。"),
    *cells("bad-brace", OFFICE, "专题", D4="走访企业走访帮扶企业}。", D5="走访{{走访帮扶企业}}。"),
    *cells("tag-in-cell", OFFICE, "承办部门", A4="农业{{农村}}办公室"),
    *cells("unknown-measure", OFFICE, "专题", D6="检查食堂{检查食堂}。", D5="修路{修建道路}。"),
    *cells("unknown-measure", OFFICE, "基本信息", B23=QUOTES + "清理{清理乱堆放}。"),
    damaged(
        "一格里有两个不认识的代表",
        put(OFFICE, "建议台账", E4="刘亚、王一、李二"),
        at("unknown-name", OFFICE, "建议台账", "E4"),
        at("unknown-name", OFFICE, "建议台账", "E4"),
    ),
    damaged(
        "分办只填了一个部门",
        put(OFFICE, "建议台账", J4="分办"),
        at("several-names", OFFICE, "建议台账", "K4"),
    ),
    damaged(
        "简称指向两个部门",
        (put(OFFICE, "承办部门", B5="农业办"), put(OFFICE, "建议台账", K4="农业办")),
        at("ambiguous-name", OFFICE, "建议台账", "K4"),
    ),
    damaged(
        "上年数为零",
        put(OFFICE, "上年数据", A4="议案建议件数", B4=0),
        at("last-year-zero", OFFICE, "上年数据", "B4"),
    ),
    damaged(
        "上年数据的指标填了两次",
        put(OFFICE, "上年数据", A4="建议件数", B4=5, A5="建议件数", B5=6),
        at("duplicate-key", OFFICE, "上年数据", "A5"),
    ),
    damaged(
        "上年数据的指标不认识",
        put(OFFICE, "上年数据", A4="建议总数", B4=5),
        at("not-in-list", OFFICE, "上年数据", "A4"),
    ),
)  # fmt: skip

RETURN_CELLS = (
    *blanked("required", FARM, "办理情况", "A4 D4"),
    *cells("unknown-number", FARM, "办理情况", A4="99"),
    *cells("locked-changed", FARM, "办理情况", A4="2", B4="关于别的事情的建议", C4="张曼曼"),
    *cells("locked-changed", FARM, "办理情况", D4="协办", D5="主办"),
    *cells("wrong-type", FARM, "办理情况", E4="三月", H4="上旬", M4="已答复", R4="六月", L4="尽快"),
    *cells("impossible-date", FARM, "办理情况", M4="2024年9月31日", R4=20240631),
    *cells("date-out-of-range", FARM, "办理情况", L4="2204-6-30"),
    *cells("not-in-list", FARM, "办理情况", D4="主持", G4="托梦", P4="很差", Q4="好"),
    *cells("unknown-name", FARM, "办理情况", I4="D"),
    *cells(
        "date-after", FARM, "办理情况",
        E4=day(12, 11), H4=day(12, 11), M4=day(12, 11), R4=day(12, 11),
    ),
    *cells(
        "date-order", FARM, "办理情况",
        E4=day(3, 4), H4=day(1, 17), M4=day(3, 4), R4=day(5, 27), L4=day(5, 27),
    ),
    *blanked("required-when", FARM, "办理情况", "G4 H4"),
    *blanked("required-when", BUILD, "办理情况", "K5"),
    *blanked("result-without-reply", FARM, "办理情况", "M4"),
    *blanked("reply-without-result", FARM, "办理情况", "I4"),
    *blanked("not-rated", FARM, "办理情况", "P4"),
    *cells("not-for-role", FARM, "办理情况", I5="A", P5="满意", Q5="满意"),
    *cells("formula", FARM, "办理情况", M4="=E4+60", I4="=I5"),
    damaged(
        "最后一行以下的公式没有算出的值",
        put(ECON, "工作成效", A6="经济转型发展", B6="=B5", C6="=C5", D6="=D4+1", E6="=E5", A7="=A6"),
        at("lone-cell", ECON, "工作成效", "A7"),
        *(at("formula", ECON, "工作成效", f"{letter}6") for letter in "BCDE"),
    ),
    damaged(
        "只有公式的一行，在最后一行以下",
        put(FARM, "典型事例", A4="=A1", B4="=B1", C4="=C1"),
        *(at("formula", FARM, "典型事例", f"{letter}4") for letter in "ABC"),
    ),
    *cells("error-value", FARM, "办理情况", I4="#REF!", M4="#VALUE!"),
    *blanked("required", ECON, "工作成效", "B4 C4 D4 E4"),
    *blanked("required-when", ECON, "工作成效", "A4"),
    *cells("unknown-name", ECON, "工作成效", A4="经济发展"),
    *cells("not-in-list", ECON, "工作成效", B4="建议"),
    *cells("wrong-type", ECON, "工作成效", D4="若干"),
    *cells("error-value", ECON, "工作成效", D4="#DIV/0!"),
    damaged(
        "还在办理",
        put(FARM, "办理情况", I4=None, M4=None, P4=None, R4=None),
        at("in-progress", FARM, "办理情况", "I4"),
        at("reply-overdue", FARM, "办理情况", "M4"),
    ),
    damaged(
        "没有答复却有满意度",
        put(FARM, "办理情况", I4=None, M4=None, R4=None),
        at("in-progress", FARM, "办理情况", "I4"),
        at("required-when", FARM, "办理情况", "M4"),
    ),
    damaged(
        "结果改为要说明原因的一类",
        put(FARM, "办理情况", I4="C"),
        at("required-when", FARM, "办理情况", "K4"),
    ),
    damaged(
        "这一类要承诺时限",
        put(OFFICE, "办理结果分类", F5="是"),
        at("required-when", BUILD, "办理情况", "L5"),
    ),
    damaged(
        "填了别的部门的一件",
        put(FARM, "办理情况", A4="2", B4="关于加大对企业帮扶力度的建议", C4="张曼曼"),
        at("item-not-returned", OFFICE, "建议台账", "K4"),
        at("not-assigned", FARM, "办理情况", "A4"),
    ),
    damaged(
        "一件没有报回",
        clear(BUILD, "办理情况", 5),
        at("item-not-returned", OFFICE, "建议台账", "K10"),
    ),
    damaged(
        "部门交回的表里一件也没有",
        clear(ECON, "办理情况", 4),
        at("item-not-returned", OFFICE, "建议台账", "K5"),
    ),
    damaged(
        "协办的一件没有报回",
        delete_rows(FARM, "办理情况", 5),
        at("item-not-returned", OFFICE, "建议台账", "L6"),
    ),
    damaged(
        "同一件填了两行",
        copy_row(FARM, "办理情况", 4, 6),
        at("item-repeated", FARM, "办理情况", "A6"),
    ),
    damaged(
        "两个部门都是主办",
        put(FARM, "办理情况", D5="主办", I5="A", M5=day(6, 6), P5="满意", R5=day(6, 20)),
        at("locked-changed", FARM, "办理情况", "D5"),
    ),
    damaged(
        "填报表的合计行",
        put(FARM, "办理情况", A6="合计"),
        at("lone-cell", FARM, "办理情况", "A6"),
    ),
    damaged(
        "同名指标的单位不同",
        put(FARM, "工作成效", A4="经济转型发展", B4="建议办理", C4="走访帮扶企业", D4=5, E4="户"),
        at("unit-mismatch", ECON, "工作成效", "E4"),
    ),
    damaged(
        "概数要与别的部门相加",
        put(FARM, "工作成效", A4="经济转型发展", B4="建议办理", C4="走访帮扶企业", D4="近10", E4="家"),
        at("unit-needed", FARM, "工作成效", "D4"),
    ),
    damaged(
        "合计与各行不符",
        (
            put(OFFICE, "民生行动", A4="市", A5="县", B5=10, C5=5, A6="合计", B6=994, C6=990),
        ),
        at("total-differs", OFFICE, "民生行动", "C6"),
    ),
    damaged(
        "台账最后的合计行",
        put(OFFICE, "建议台账", A11="合计", C11="略"),
        at("total-row", OFFICE, "建议台账", "A11"),
    ),
    damaged(
        "两个部门的率",
        (
            put(FARM, "工作成效", A4="民生服务保障", B4="建议办理", C4="合格率", D4="98%", E4="%"),
            put(MARKET, "工作成效", A7="民生服务保障", B7="建议办理", C7="合格率", D7=97, E7="%"),
        ),
        at("never-added", FARM, "工作成效", "C4"),
        at("never-added", MARKET, "工作成效", "C7"),
    ),
    damaged(
        "两个部门的数相加",
        put(FARM, "工作成效", A4="经济转型发展", B4="建议办理", C4="走访帮扶企业", D4="5家", E4="家"),
        at("measure-summed", OFFICE, "专题", "D4"),
    ),
    damaged(
        "名称相近的指标没有写进报告",
        put(FARM, "工作成效", A4="经济转型发展", B4="建议办理", C4="走访帮助企业", D4=5, E4="家"),
        at("measure-aside", FARM, "工作成效", "C4"),
    ),
    *cells("other-unit", ECON, "工作成效", D4="15户"),
    *cells("other-counter", OFFICE, "民生行动", B4="30人", C4="20件"),
    damaged(
        "万写了两次",
        put(ECON, "工作成效", D4="2.5万", E4="万元"),
        at("scale-twice", ECON, "工作成效", "D4"),
    ),
    damaged(
        "综述引用的指标没有人填",
        clear(ECON, "工作成效", 4),
        at("unknown-measure", OFFICE, "专题", "D4"),
    ),
    damaged(
        "指标在几个专题中都有",
        (
            put(FARM, "工作成效", A4="民生服务保障", B4="建议办理", C4="走访帮扶企业", D4=5, E4="家"),
            put(OFFICE, "专题", D5="走访企业{走访帮扶企业}。"),
        ),
        at("ambiguous-measure", OFFICE, "专题", "D5"),
    ),
    damaged(
        "典型事例填了两遍",
        put(FARM, "典型事例", A4="王飞鸿", B4="关于更换村内破损垃圾桶并及时清运垃圾的建议"),
        at("case-repeated", FARM, "典型事例", "B4"),
    ),
    damaged(
        "部门典型事例的代表不在名册",
        put(FARM, "典型事例", A4="王飞红", B4="关于修路的建议"),
        at("unknown-name", FARM, "典型事例", "A4"),
    ),
)  # fmt: skip

LIMITS = "办理规则"
REPLIES = (
    (FARM, "4"), (ECON, "4"), (BUILD, "4"), (BUILD, "5"), (SOCIAL, "4"), (SOCIAL, "5"), (MARKET, "4"),
)  # fmt: skip
"""Files and rows of the seven answers."""

NOT_YET_IN_MAY = (
    *(at("reply-due-soon", file, "办理情况", cell) for file, cell in (
        (MARKET, "M4"), (BUILD, "M4"), (BUILD, "M5"), (SOCIAL, "M4"), (SOCIAL, "M5"),
    )),
    at("not-rated", ECON, "办理情况", "P4"),
)  # fmt: skip
"""What of the sample's other answers and ratings has not happened by the end of May."""

RULES = (
    *cells("wrong-type", OFFICE, LIMITS, B4="三年", B5="6", B8=30, B10="0日", B11="若干"),
    *cells("not-in-list", OFFICE, LIMITS, B6="次日", B12="看情况"),
    *cells("error-value", OFFICE, LIMITS, B4="#REF!"),
    *cells("late-reply", FARM, "办理情况", M4=day(6, 6)),
    *cells("late-opinion", FARM, "办理情况", M5=day(4, 8)),
    *cells("satisfied-redo", OFFICE, "满意度分类", D4="是", D5="√"),
    *cells("required", OFFICE, "满意度分类", A6=None, C5=None, D6=None),
    *cells("duplicate-key", OFFICE, "满意度分类", A6="满意"),
    damaged(
        "满意度分类没有一类计入满意",
        put(OFFICE, "满意度分类", C4="否", C5="否"),
        at("none-satisfied", OFFICE, "满意度分类", "C4"),
    ),
    damaged(
        "填报表里有的满意度，分类里没有",
        put(OFFICE, "满意度分类", A5="一般", B5=None),
        at("not-in-list", BUILD, "办理情况", "P5"),
        at("not-in-list", SOCIAL, "办理情况", "P5"),
    ),
    damaged(
        "上年承诺的件数对不上",
        (
            put(OFFICE, "上年数据", A4="承诺件数", B4=3),
            put(OFFICE, "上年承诺", A4="12", B4="关于甲的建议", E4="A"),
            put(OFFICE, "上年承诺", A5="15", B5="关于乙的建议", E5="C"),
        ),
        at("carry-over-differs", OFFICE, "上年数据", "B4"),
    ),
    damaged(
        "上年承诺没有填全",
        put(OFFICE, "上年承诺", A4="12", C4="农机站", D4="年底", E4="丙"),
        at("required", OFFICE, "上年承诺", "B4"),
        at("unknown-name", OFFICE, "上年承诺", "C4"),
        at("wrong-type", OFFICE, "上年承诺", "D4"),
        at("unknown-name", OFFICE, "上年承诺", "E4"),
    ),
    *cells("needless-rehandling", FARM, "办理情况", S4=day(7, 1)),
    *cells("date-after", OFFICE, "建议台账", N4=day(12, 11)),
    *cells("date-order", OFFICE, "建议台账", N4=day(3, 4)),
    *cells("not-in-list", OFFICE, "建议台账", O4="延", Q4="转"),
    *cells("unknown-number", OFFICE, "建议台账", P4="99"),
    *cells("merged-chain", OFFICE, "建议台账", P4="1"),
    *cells("merged-differs", OFFICE, "建议台账", P4="2", P10="3"),
    *cells("mixed-terms", OFFICE, "专题", B5="政协提案也提到。", C5="委员们关心的事", D5="已向委员说明。"),
    *cells("mixed-terms", OFFICE, "基本信息", B23=f"{QUOTES}一并办理政协提案。"),
    *cells("mixed-terms", FARM, "办理情况", J4="已向委员作出解释"),
    *cells(
        "other-place", OFFICE, "基本信息",
        B6="左门乡人民政府", B7="中共永安县委员会", B8="清河镇人大主席团",
        B11="左门乡第十届人民代表大会第四次会议", B15="汝州市人民政府",
    ),
    *cells("other-self", OFFICE, "专题", B5="我县高度重视。", C6="我乡的集市", D5="我市率先。"),
    *cells("other-self", OFFICE, "基本信息", B23=f"{QUOTES}我县收集意见。"),
    damaged(
        "报告日期还是去年的",
        put(OFFICE, "基本信息", B11="永安镇第十九届人民代表大会第四次会议", B12="2023-12-30"),
        at("other-year", OFFICE, "基本信息", "B12"),
    ),
    damaged(
        "民生行动没有填条数",
        clear(OFFICE, "民生行动", 4),
        *(at("not-printed", OFFICE, "基本信息", cell) for cell in ("B22", "B23")),
        *(at("not-printed", OFFICE, "典型事例", cell) for cell in ("B4", "B5", "B6")),
    ),
    *cells("not-printed", OFFICE, "基本信息", B12="2024-12-30"),
    *cells("not-none", OFFICE, "基本信息", B24="是"),
    *cells("measure-unused", OFFICE, "专题", D4="承办部门走访了养殖户。"),
    damaged(
        "年度还是前年的",
        put(OFFICE, "基本信息", B9=2022),
        at("other-year", OFFICE, "基本信息", "B16"),
        at("other-year", OFFICE, "基本信息", "B17"),
    ),
    damaged(
        "起算点为大会闭会之日，没有填闭会日期",
        put(OFFICE, LIMITS, B6="大会闭会之日"),
        at("required-when", OFFICE, LIMITS, "B7"),
    ),
    damaged(
        "答复期限缩短后全部逾期",
        put(OFFICE, LIMITS, B4="2个月"),
        *(at("late-reply", file, "办理情况", f"M{row}") for file, row in REPLIES),
    ),
    damaged(
        "自大会闭会之日起算",
        put(OFFICE, LIMITS, B6="大会闭会之日", B7=day(1, 19), B4="4个月"),
        *(at("late-reply", file, "办理情况", f"M{row}") for file, row in REPLIES),
    ),
    damaged(
        "都要编文号",
        put(OFFICE, LIMITS, B12="是"),
        *(at("no-letter-number", file, "办理情况", f"N{row}") for file, row in REPLIES),
    ),
    damaged(
        "工作日不知道，按周一至周五推算",
        (
            put(OFFICE, LIMITS, B4="66个工作日"),
            put(OFFICE, "建议台账", H10=day(1, 18, 2003), I10=day(3, 5, 2003)),
        ),
        at("unknown-calendar", OFFICE, LIMITS, "B4"),
        at("late-reply", BUILD, "办理情况", "M5"),
    ),
    damaged(
        "会办意见没有送",
        (put(BUILD, "办理情况", I4=None, M4=None, P4=None, R4=None), put(FARM, "办理情况", M5=None)),
        at("opinion-overdue", FARM, "办理情况", "M5"),
        at("in-progress", BUILD, "办理情况", "I4"),
        at("reply-overdue", BUILD, "办理情况", "M4"),
    ),
    as_of(
        day(5, 30),
        "快到期了",
        put(FARM, "办理情况", I4=None, M4=None, P4=None, R4=None),
        at("in-progress", FARM, "办理情况", "I4"),
        at("reply-due-soon", FARM, "办理情况", "M4"),
        *NOT_YET_IN_MAY,
    ),
    as_of(
        day(5, 25),
        "离到期还远",
        put(FARM, "办理情况", I4=None, M4=None, P4=None, R4=None),
        at("in-progress", FARM, "办理情况", "I4"),
    ),
    damaged(
        "不满意，没有重新办理",
        put(BUILD, "办理情况", P5="不满意"),
        at("rehandling-overdue", BUILD, "办理情况", "S5"),
    ),
    as_of(
        day(7, 18),
        "不满意，重新办理的期限还没有到",
        put(BUILD, "办理情况", P5="不满意"),
        at("not-rehandled", BUILD, "办理情况", "S5"),
    ),
    damaged(
        "不满意，不知道何时反馈的",
        put(BUILD, "办理情况", P5="不满意", R5=None),
        at("not-rehandled", BUILD, "办理情况", "S5"),
    ),
    damaged(
        "重新办理晚了",
        put(BUILD, "办理情况", P5="不满意", S5=day(7, 19), T5="满意"),
        at("late-rehandling", BUILD, "办理情况", "S5"),
    ),
    damaged(
        "重新办理的日期早于反馈",
        put(BUILD, "办理情况", P5="不满意", S5=day(6, 17), T5="满意"),
        at("date-order", BUILD, "办理情况", "S5"),
    ),
    damaged(
        "有重办满意度，没有重办答复日期",
        put(BUILD, "办理情况", P5="不满意", T5="满意"),
        at("required-when", BUILD, "办理情况", "S5"),
    ),
    damaged(
        "已解决的代表不满意，重新办理后仍不满意",
        put(FARM, "办理情况", P4="不满意", S4=day(7, 1), T4="不满意"),
        at("solved-unsatisfied", FARM, "办理情况", "I4"),
    ),
    damaged(
        "承诺的时限过了",
        put(BUILD, "办理情况", L5=day(11, 1)),
        at("promise-overdue", BUILD, "办理情况", "L5"),
    ),
    damaged(
        "议案转建议，类别还是议案",
        put(OFFICE, "建议台账", B4="议案", Q4="是"),
        at("converted-motion", OFFICE, "建议台账", "Q4"),
    ),
    damaged(
        "主件又并入别的件",
        put(OFFICE, "建议台账", P8="7", P10="5"),
        at("merged-chain", OFFICE, "建议台账", "P8"),
        at("merged-chain", OFFICE, "建议台账", "P10"),
    ),
)  # fmt: skip

ALL_AT_ONCE = damaged(
    "一次找出各处的错",
    (
        put(OFFICE, "基本信息", B9=None, B23=f"{QUOTES}清理乱堆乱放50余处。"),
        put(OFFICE, "建议台账", D4="张鹤兵", G9="会上", H10="2024年9月31日"),
        put(FARM, "办理情况", G4="托梦", M4=None),
        put(SOCIAL, "办理情况", B4="关于别的事情的建议", P5=None),
        delete_rows(BUILD, "办理情况", 4),
        write("填报/补充材料.xlsx", NOISE),
    ),
    at("required", OFFICE, "基本信息", "B9"),
    at("digits-in-text", OFFICE, "基本信息", "B23"),
    at("unknown-name", OFFICE, "建议台账", "D4"),
    at("item-not-returned", OFFICE, "建议台账", "K6"),
    at("not-in-list", OFFICE, "建议台账", "G9"),
    at("impossible-date", OFFICE, "建议台账", "H10"),
    at("unreadable", "填报/补充材料.xlsx"),
    at("not-in-list", FARM, "办理情况", "G4"),
    at("result-without-reply", FARM, "办理情况", "M4"),
    at("locked-changed", SOCIAL, "办理情况", "B4"),
    at("not-rated", SOCIAL, "办理情况", "P5"),
)

DAMAGED: tuple[Damaged, ...] = (
    *FILES, *SHEETS, *STILL_DUE, *OFFICE_CELLS, *RETURN_CELLS, *RULES, ALL_AT_ONCE,
)  # fmt: skip


def named(name: str) -> Damaged:
    """The row of that name."""
    return next(case for case in DAMAGED if case.name == name)


HINTED: tuple[tuple[Change | tuple[Change, ...], str], ...] = (
    (put(OFFICE, "建议台账", D4="张鹤兵"), "张鹤斌"),
    (put(OFFICE, "建议台账", K4="农业办公室"), "农业农村办公室"),
    (put(OFFICE, "建议台账", L6="农机站"), ""),
    (put(OFFICE, "建议台账", F4="经济转型"), "经济转型发展"),
    (put(OFFICE, "建议台账", B4="提案"), ""),
    (put(OFFICE, "专题", D6="检查食堂{检查食堂}。"), "检查学校食堂"),
    (put(OFFICE, "基本信息", A9="年份"), "年份"),
    (put(FARM, "办理情况", I3="办理结论"), "办理结论"),
    (put(FARM, "办理情况", P4="不够满意"), "不满意"),
    (put(FARM, "办理情况", G4="电话连系"), "电话沟通"),
    (put(FARM, "办理情况", G4="座谈会议"), "当面座谈"),
    ((clear(FARM, "办理情况", 3), rename_sheet(FARM, "办理情况", "办理情况表")), "办理情况表"),
)
"""A change that gives one issue, and the name that its message offers."""

UNTIDY: tuple[Untidy, ...] = (
    untidy(
        "全角数字",
        (
            put(OFFICE, "建议台账", A4="１"),
            put(OFFICE, "基本信息", B9="２０２４"),
            put(OFFICE, "民生行动", B4="９８４"),
            put(ECON, "工作成效", D4="１５"),
            put(FARM, "办理情况", A4="１", M4="２０２４．５．２８"),
        ),
    ),
    untidy(
        "名字中间的空格",
        (
            put(OFFICE, "代表名册", A8="刘 亚"),
            put(OFFICE, "建议台账", D8="刘　亚"),
            put(SOCIAL, "办理情况", C5="刘  亚 "),
        ),
    ),
    untidy(
        "日期的各种写法",
        (
            put(FARM, "办理情况", E4="20240320", H4="2024年4月9日", M4="2024.5.28", R4="2024/6/11"),
            put(ECON, "办理情况", E4=20240320, H4="2024-04-11 00:00:00", M4="2024 年 5 月 30 日"),
            put(OFFICE, "建议台账", H4="2024-1-18", I4="2024年3月5号", H5="2024/01/18"),
            put(OFFICE, "基本信息", B16="2024年12月20日", B17="2024.12.10"),
        ),
    ),
    untidy("日期成了 Excel 序号", put(FARM, "办理情况", E4=45371, M4=45440.0)),
    untidy("日期带时刻", put(FARM, "办理情况", M4=dt.datetime(2024, 5, 28, 17, 30))),
    untidy(
        "千分位",
        put(OFFICE, "民生行动", B4="1,984", C4="1，984"),
        put(OFFICE, "民生行动", B4=1984, C4=1984),
    ),
    untidy("数后带单位", put(OFFICE, "民生行动", B4="984条", C4="９８４ 条")),
    untidy("数字成了文字或小数", put(OFFICE, "民生行动", B4="984", C4=984.0)),
    untidy("编号成了数字", (put(OFFICE, "建议台账", A4=1, A5=2.0), put(FARM, "办理情况", A4=1.0))),
    *(
        untidy(f"办理结果写作{text}", put(FARM, "办理情况", I4=text))
        for text in ("A类", "A 已解决或基本解决", "已解决或基本解决", "ａ", "A、已解决", "A：已解决或基本解决")
    ),
    untidy(
        "部门的简称、别名",
        (
            put(OFFICE, "承办部门", C4="三农办、农经办"),
            put(OFFICE, "建议台账", K4="农业办", L6="三农办", K5="经发办 "),
            put(FARM, "_标识", B3="农经办"),
        ),
    ),
    untidy(
        "名字之间的各种符号",
        put(OFFICE, "建议台账", E4="张曼曼，刘停战;朱婷婷", L6="农业农村办公室、"),
        put(OFFICE, "建议台账", E4="张曼曼、刘停战、朱婷婷"),
    ),
    untidy("填报表改了名", rename(FARM, "填报/新建 Microsoft Excel 工作表.xlsx")),
    untidy("填报表放在下一层文件夹", rename(FARM, "填报/第一批/农业.XLSX")),
    untidy(
        "两个部门的文件名对调",
        (rename(FARM, "填报/甲.xlsx"), rename(ECON, FARM), rename("填报/甲.xlsx", ECON)),
    ),
    untidy("隐藏的标识表没了", (drop_sheet(FARM, "_标识"), drop_sheet(OFFICE, "_标识"))),
    untidy("标识的部门认不出，文件名认得出", put(FARM, "_标识", B3="水利站")),
    untidy(
        "一个部门分两份交",
        (
            copy(SOCIAL, "填报/社会事务办公室（补1）.xlsx"),
            delete_rows(SOCIAL, "办理情况", 6),
            delete_rows("填报/社会事务办公室（补1）.xlsx", "办理情况", 4, 5),
            clear("填报/社会事务办公室（补1）.xlsx", "工作成效", 4),
        ),
    ),
    untidy(
        "文件夹里有临时文件",
        (write("填报/~$农业农村办公室.xlsx", b"user"), write("填报/Thumbs.db", NOISE)),
    ),
    untidy(
        "中间有空行",
        (insert_rows(FARM, "办理情况", 5, 3), insert_rows(OFFICE, "建议台账", 6, 2),
         insert_rows(OFFICE, "承办部门", 5, 1), insert_rows(OFFICE, "基本信息", 9, 1)),
    ),
    untidy(
        "表头上方插了行",
        (insert_rows(FARM, "办理情况", 1, 4), insert_rows(OFFICE, "建议台账", 3, 2),
         insert_rows(OFFICE, "基本信息", 1, 2)),
    ),
    untidy(
        "标题行删了", (delete_rows(FARM, "办理情况", 1, 2), delete_rows(OFFICE, "建议台账", 1, 2))
    ),
    untidy(
        "栏目换了次序",
        (reverse_columns(FARM, "办理情况"), reverse_columns(OFFICE, "建议台账"),
         reverse_columns(OFFICE, "承办部门"), reverse_columns(ECON, "工作成效")),
    ),
    untidy("行的次序变了", (copy_row(FARM, "办理情况", 4, 6), clear(FARM, "办理情况", 4))),
    untidy(
        "末尾的空格",
        (
            put(FARM, "办理情况", A4="1 ", D4="主办　", G4=" 上门走访", I4="A ", P4="满意\n"),
            put(OFFICE, "建议台账", B4="建议 ", F4="经济转型发展　", J4=" 独办", K4="农业农村办公室 "),
            put(OFFICE, "民生行动", A4="不分层级 ", B4=" 984 "),
        ),
    ),
    untidy(
        "表头里的空格和星号",
        (
            put(FARM, "办理情况", A3="编 号", D3="办理\n角色", I3="*办理结果", P3="满意度　"),
            put(OFFICE, "基本信息", A9="年　度", A16="成文日期*"),
        ),
    ),
    untidy("自加的空栏", put(FARM, "办理情况", Z3="联系电话")),
    untidy("说明栏被清空", put(OFFICE, "基本信息", C4=None, C9="随手写的说明")),
    untidy("没填的用默认值", put(OFFICE, "基本信息", B14=None, B18=None, B19=None, B20=None)),
    untidy("交办时填好的标题被清空", put(FARM, "办理情况", B4=None, C4=None)),
    untidy(
        "标题里的换行和标点",
        put(FARM, "办理情况", B4="关于加大政策支持引领,发展壮大肉牛养殖、\n延长产业链的建议 "),
    ),
    untidy(
        "习惯的叫法",
        (
            put(OFFICE, "建议台账", J4="单办", J6="主办、协办", G4="会议期间", M4="否 "),
            put(OFFICE, "代表名册", B4="镇"),
            put(FARM, "办理情况", G4="走访", D5="会办"),
            put(SOCIAL, "办理情况", P5="比较满意"),
            put(OFFICE, "办理结果分类", D4="√"),
        ),
    ),
    untidy(
        "综述里的全角花括号和空格",
        put(OFFICE, "专题", D5="走访企业｛走访帮扶企业｝、{ 走访帮扶企业 }。"),
        put(OFFICE, "专题", D5="走访企业{走访帮扶企业}、{走访帮扶企业}。"),
    ),
    untidy("有结果的公式", put(ECON, "工作成效", D4=("=7+8", 15))),
)  # fmt: skip
