"""The same validation the usual way: pandas ``read_excel`` (openpyxl) and pandera.

``python -m tests.benchmarks.usual_check FOLDER OUT`` reads the same workbooks and checks what pandera
can express of the same rules: types, lists, required and unique cells, references to other sheets
(also several names in one cell), the order of dates, required-when, what was handed out against
what came back, and what is late or still open.  The failures go into a spreadsheet, as those of
``check`` do.  All returns are validated as one table and every rule is vectorised, which is in its
favour, as is what it leaves undone: it does not understand 简称, dates typed as text or ``A类``, knows
neither the cell nor a remedy, and marks no copies.  It prints the CPU seconds of each stage as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

DEPUTY_LEVELS = ["全国", "省", "市", "县", "乡镇"]
RATINGS = ["满意", "基本满意", "不满意"]
YES_NO = ["是", "否"]
OTHER_TERMS = "委员(?!会)|提案"
SHEETS = {"办理结果分类", "承办部门", "代表名册", "专题", "建议台账", "民生行动", "典型事例"}

Tables = dict[str, pd.DataFrame]


def main(folder: Path, out: Path) -> None:
    """Read, validate, write the failures."""
    clock = time.process_time()
    register, returned = read(folder)
    settings = register["基本信息"].set_index("项目")["内容"]
    read_done = time.process_time()
    cutoff = pd.Timestamp(settings["统计截止日期"])
    schemas = register_schemas(register, cutoff) | return_schemas(register, cutoff)
    tables = register | {f"填报.{name}": table for name, table in returned.items()}
    tables["填报.办理情况"] = with_register(tables["填报.办理情况"], register)
    tables["交办"] = handed_and_returned(register["建议台账"], returned["办理情况"])
    found = [failed(name, tables[name], schema) for name, schema in schemas.items()]
    validated = time.process_time()
    failures = pd.concat(found)
    failures.to_excel(out, index=False)
    stages = {"read": read_done - clock, "validate": validated - read_done}
    stages["write"] = time.process_time() - validated
    sys.stdout.write(json.dumps({**stages, "failures": len(failures)}))


def read(folder: Path) -> tuple[Tables, Tables]:
    """The register's sheets; each sheet of the returns, all of them in one table."""
    register = sheets(folder / "建议台账.xlsx", {"基本信息", *SHEETS})
    books = [
        (path, sheets(path, {"办理情况", "工作成效", "典型事例"}))
        for path in sorted((folder / "填报").glob("*.xlsx"))
    ]
    returned = {
        name: pd.concat([book[name].assign(部门=path.stem) for path, book in books])
        for name in ("办理情况", "工作成效", "典型事例")
    }
    return register, {name: table.reset_index(drop=True) for name, table in returned.items()}


def sheets(path: Path, names: set[str]) -> Tables:
    """Some sheets of one workbook; numbers such as 编号 as text."""
    text = dict.fromkeys(("编号", "编号*", "代码", "代码*"), str)
    found = pd.read_excel(
        path, sheet_name=sorted(names), header=2, engine="openpyxl", converters=text
    )
    for table in found.values():
        table.columns = table.columns.str.rstrip("*＊ ")
    return found


def failed(name: str, table: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """The failures that pandera finds, one line for each rule and row."""
    try:
        schema.validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases.drop_duplicates(["check", "index"])
        return cases[["check", "column", "index", "failure_case"]].assign(sheet=name)
    return pd.DataFrame()


def register_schemas(tables: Tables, cutoff: pd.Timestamp) -> dict[str, pa.DataFrameSchema]:
    """The register's sheets."""
    departments, deputies = tables["承办部门"]["全称"], tables["代表名册"]["姓名"]
    return {
        "办理结果分类": pa.DataFrameSchema(
            {
                "代码": filled(unique=True),
                "名称": filled(),
                **{name: listed(YES_NO) for name in ("计入解决", "需填原因", "需填承诺时限")},
            }
        ),
        "承办部门": pa.DataFrameSchema({"全称": filled(unique=True)}),
        "代表名册": pa.DataFrameSchema(
            {"姓名": filled(unique=True), "层级": listed(DEPUTY_LEVELS)}
        ),
        "专题": pa.DataFrameSchema(
            {
                "名称": filled(unique=True),
                "引语": prose(OTHER_TERMS),
                "关注点": prose(OTHER_TERMS),
                "办理综述": prose(f"{OTHER_TERMS}|[0-9０-９]"),
            }
        ),
        "建议台账": pa.DataFrameSchema(
            {
                "编号": filled(unique=True),
                "类别": listed(["议案", "建议"]),
                "标题": filled(),
                "领衔代表": listed(deputies),
                "联名代表": several(deputies, nullable=True),
                "专题": listed(tables["专题"]["名称"]),
                "来源": listed(["大会", "闭会"]),
                "提出日期": day(cutoff),
                "交办日期": day(cutoff),
                "办理方式": listed(["独办", "主办协办", "分办"]),
                "主办部门": several(departments),
                "协办部门": several(departments, nullable=True),
                "重点督办": listed(YES_NO, nullable=True),
                "签收日期": day(cutoff, nullable=True),
                "延期答复": listed(YES_NO, nullable=True),
                "并案主件": listed(tables["建议台账"]["编号"], nullable=True),
                "转建议": listed(YES_NO, nullable=True),
            },
            checks=[
                not_before("交办日期", "提出日期"),
                not_before("签收日期", "交办日期"),
                pa.Check(
                    lambda rows: (rows["转建议"] != "是") | (rows["类别"] != "议案"),
                    error="converted",
                ),
                required_when("协办部门", "办理方式", ["主办协办"]),
                empty_unless("协办部门", "办理方式", ["主办协办", "分办"]),
                pa.Check(leads_fit, error="one-name or several-names"),
                pa.Check(lambda rows: none_among(rows, "协办部门", "主办部门"), error="twice"),
                pa.Check(lambda rows: none_among(rows, "联名代表", "领衔代表"), error="twice"),
            ],
        ),
        "民生行动": pa.DataFrameSchema(
            {
                "代表层级": listed([*DEPUTY_LEVELS, "不分层级"], unique=True),
                "提出条数": count(),
                "办结条数": count(),
            },
            checks=pa.Check(lambda rows: rows["办结条数"] <= rows["提出条数"], error="more-than"),
        ),
        "典型事例": examples(deputies),
    }


def return_schemas(tables: Tables, cutoff: pd.Timestamp) -> dict[str, pa.DataFrameSchema]:
    """The departments' sheets."""
    leading = ["主办", "分办"]
    return {
        "填报.办理情况": pa.DataFrameSchema(
            {
                "编号": listed(tables["建议台账"]["编号"]),
                "办理角色": listed(["主办", "协办", "分办"]),
                "办理方案日期": day(cutoff, nullable=True),
                "沟通方式": listed(
                    ["上门走访", "当面座谈", "电话沟通", "书面沟通", "其他"], nullable=True
                ),
                "沟通日期": day(cutoff, nullable=True),
                "办理结果": listed(tables["办理结果分类"]["代码"], nullable=True),
                "承诺完成时限": day(nullable=True),
                "答复日期": day(cutoff, nullable=True),
                "满意度": listed(RATINGS, nullable=True),
                "态度满意度": listed(RATINGS, nullable=True),
                "反馈日期": day(cutoff, nullable=True),
                "重办答复日期": day(cutoff, nullable=True),
                "重办满意度": listed(RATINGS, nullable=True),
                "办理措施及成效": prose(OTHER_TERMS),
                "未解决原因": prose(OTHER_TERMS),
            },
            checks=[
                required_when("答复日期", "办理结果"),
                required_when("办理结果", "答复日期"),
                required_when("答复日期", "办理角色", leading),
                pa.Check(
                    lambda rows: (
                        ~rows["办理角色"].isin(leading)
                        | rows["答复日期"].isna()
                        | rows["满意度"].notna()
                    ),
                    error="not rated",
                ),
                pa.Check(
                    lambda rows: ~(rows["答复日期"] > rows["交办日期"] + pd.DateOffset(months=3)),
                    error="late",
                ),
                pa.Check(
                    lambda rows: (
                        rows["答复日期"].notna()
                        | ~rows["办理角色"].isin(leading)
                        | (cutoff <= rows["交办日期"] + pd.DateOffset(months=3))
                    ),
                    error="overdue",
                ),
                pa.Check(
                    lambda rows: (rows["计入解决"] != "是") | (rows["满意度"] != "不满意"),
                    error="solved but not satisfied",
                ),
                empty_unless("办理结果", "办理角色", leading),
                empty_unless("满意度", "办理角色", leading),
                empty_unless("态度满意度", "办理角色", leading),
                empty_unless("重办答复日期", "办理角色", leading),
                empty_unless("重办满意度", "办理角色", leading),
                empty_unless("重办答复日期", "满意度", ["不满意"]),
                required_when("满意度", "重办答复日期"),
                required_when("重办答复日期", "重办满意度"),
                required_when("重办答复日期", "满意度", ["不满意"]),
                required_when("未解决原因", "需填原因", ["是"]),
                required_when("承诺完成时限", "需填承诺时限", ["是"]),
                required_when("答复日期", "满意度"),
                required_when("沟通日期", "沟通方式"),
                required_when("沟通方式", "沟通日期"),
                not_before("办理方案日期", "交办日期"),
                not_before("沟通日期", "提出日期"),
                not_before("答复日期", "交办日期"),
                not_before("答复日期", "签收日期"),
                not_before("重办答复日期", "答复日期"),
                not_before("重办答复日期", "反馈日期"),
                not_before("反馈日期", "答复日期"),
                not_before("承诺完成时限", "答复日期"),
            ],
        ),
        "填报.工作成效": pa.DataFrameSchema(
            {
                "专题": listed(tables["专题"]["名称"], nullable=True),
                "归属": listed(["建议办理", "民生行动"]),
                "指标": filled(),
                "数值": pa.Column(object, pa.Check(are_quantities), coerce=True),
                "单位": filled(),
            },
            checks=required_when("专题", "归属", ["建议办理"]),
        ),
        "填报.典型事例": examples(tables["代表名册"]["姓名"]),
        "交办": pa.DataFrameSchema(
            {"_merge": pa.Column(checks=pa.Check.eq("both"))},
            checks=[unchanged(name) for name in ("标题", "领衔代表", "办理角色")],
            unique=["部门", "编号"],
        ),
    }


def with_register(handling: pd.DataFrame, register: Tables) -> pd.DataFrame:
    """办理情况 beside the dates of its item and what its result class asks for."""
    classes = register["办理结果分类"].drop_duplicates("代码")
    items = register["建议台账"].drop_duplicates("编号")
    joined = handling.merge(
        items[["编号", "提出日期", "交办日期", "签收日期"]], how="left", on="编号"
    )
    asked = classes[["代码", "计入解决", "需填原因", "需填承诺时限"]]
    return joined.merge(asked, how="left", left_on="办理结果", right_on="代码")


def handed_and_returned(register: pd.DataFrame, handling: pd.DataFrame) -> pd.DataFrame:
    """What each department was given beside what it returned."""
    lead = register["办理方式"].map({"分办": "分办"}).fillna("主办")
    given = pd.concat(
        register[["编号", "标题", "领衔代表"]]
        .assign(部门=register[column].str.split("、"), 办理角色=role)
        .explode("部门")
        .dropna(subset="部门")
        for column, role in (("主办部门", lead), ("协办部门", "协办"))
    )
    returned = handling[["部门", "编号", "标题", "领衔代表", "办理角色"]]
    keys = ["部门", "编号"]
    joined = given.merge(returned, how="outer", on=keys, suffixes=("", "_报"), indicator=True)
    return joined.astype({"_merge": object})


# columns


def filled(*, unique: bool = False) -> pa.Column:
    """A text that must be there."""
    return pa.Column(str, unique=unique, coerce=True)


def listed(options: object, *, nullable: bool = False, unique: bool = False) -> pa.Column:
    """One of a list, or of another sheet's keys."""
    allowed = set(options)
    return pa.Column(object, pa.Check.isin(allowed), nullable=nullable, unique=unique, coerce=True)


def several(options: object, *, nullable: bool = False) -> pa.Column:
    """Names of a list, with 、 between them."""
    allowed = set(options)

    def known(cells: pd.Series) -> pd.Series:
        names = cells.dropna().str.split("、").explode()
        return names.isin(allowed).groupby(level=0).all()

    return pa.Column(object, pa.Check(known), nullable=nullable, coerce=True)


def day(latest: pd.Timestamp | None = None, *, nullable: bool = False) -> pa.Column:
    """A date, not later than the cut-off."""
    checks = [pa.Check.in_range(pd.Timestamp(1990, 1, 1), latest or pd.Timestamp(2100, 12, 31))]
    return pa.Column("datetime64[ns]", checks, nullable=nullable, coerce=True)


def prose(banned: str) -> pa.Column:
    """A text without certain words."""
    clean = pa.Check(lambda cells: ~cells.astype(str).str.contains(banned))
    return pa.Column(object, clean, nullable=True)


def count() -> pa.Column:
    """A whole number."""
    return pa.Column(int, pa.Check.ge(0), coerce=True)


def examples(deputies: pd.Series) -> pa.DataFrameSchema:
    """典型事例, of the office and of departments."""
    return pa.DataFrameSchema({"代表": listed(deputies), "建议标题": filled()})


def are_quantities(cells: pd.Series) -> pd.Series:
    """``15``, ``100余``, ``近200``."""
    return cells.astype(str).str.fullmatch(r"\d+(\.\d+)?|\d+[万亿]?[余多]|[近约]\d+[万亿]?")


# rules of a row


def not_before(column: str, earlier: str) -> pa.Check:
    """The order of two dates."""
    return pa.Check(
        lambda rows: ~(pd.to_datetime(rows[column]) < pd.to_datetime(rows[earlier])),
        error=f"{column} < {earlier}",
    )


def required_when(column: str, given: str, values: list[str] | None = None) -> pa.Check:
    """Filled if another column is, or has one of these values."""

    def holds(rows: pd.DataFrame) -> pd.Series:
        asked = rows[given].notna() if values is None else rows[given].isin(values)
        return ~asked | rows[column].notna()

    return pa.Check(holds, error=f"{column} required")


def empty_unless(column: str, given: str, values: list[str]) -> pa.Check:
    """Empty unless another column has one of these values."""
    return pa.Check(
        lambda rows: rows[column].isna() | rows[given].isin(values), error=f"{column} not here"
    )


def unchanged(column: str) -> pa.Check:
    """A prefilled cell came back as it was."""
    return pa.Check(
        lambda rows: (rows["_merge"] != "both") | (rows[column] == rows[f"{column}_报"]),
        error=f"{column} changed",
    )


def leads_fit(rows: pd.DataFrame) -> pd.Series:
    """分办 has several 主办部门, every other manner one."""
    return (rows["办理方式"] == "分办") == rows["主办部门"].str.contains("、", na=False)


def none_among(rows: pd.DataFrame, column: str, other: str) -> pd.Series:
    """No name of a cell stands again in another cell of the row."""
    pairs = zip(rows[column].fillna(""), rows[other].fillna(""), strict=True)
    twice = [bool(a and b) and not set(a.split("、")).isdisjoint(b.split("、")) for a, b in pairs]
    return ~pd.Series(twice, index=rows.index)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
