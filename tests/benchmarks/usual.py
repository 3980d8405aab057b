"""The same report the usual way: pandas, pyplot and docxtpl, written as one would write it.

``python -m tests.benchmarks.usual FOLDER TEMPLATE OUT`` reads the same workbooks, counts the main
figures, draws the same three charts and fills a docxtpl template with the same two annexes.  It
checks nothing and its numbers cannot be traced, which is in its favour here.  It prints the CPU seconds
of each stage as JSON.  ``make_template`` is run beforehand, once, and not timed.
"""

from __future__ import annotations

import io
import json
import sys
import time
from pathlib import Path

import docx
import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd
from docx.enum.section import WD_ORIENT
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

ANNEX = (
    "序号", "编号", "类别", "标题", "领衔代表", "主办", "协办", "交办日期", "答复日期", "结果", "满意度", "备注",
)  # fmt: skip
UNITS = ("部门", "主办", "协办", "解决", "正在办理", "答复", "满意率")


def main(folder: Path, template: Path, out: Path) -> None:
    """All stages, timed."""
    seconds, clock = {}, time.process_time()
    sheets, returned = read(folder)
    seconds["read"], clock = time.process_time() - clock, time.process_time()
    context = figures(sheets, returned)
    seconds["figures"], clock = time.process_time() - clock, time.process_time()
    pictures = charts(context)
    seconds["charts"], clock = time.process_time() - clock, time.process_time()
    document = DocxTemplate(template)
    images = {name: InlineImage(document, file, width=Mm(150)) for name, file in pictures.items()}
    document.render({**context, **images})
    document.save(out)
    seconds["assemble"] = time.process_time() - clock
    sys.stdout.write(json.dumps(seconds))


def read(folder: Path) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The register's sheets, and all returned rows."""
    names = ["基本信息", "办理结果分类", "承办部门", "专题", "建议台账", "民生行动"]
    sheets = pd.read_excel(folder / "建议台账.xlsx", sheet_name=names, header=2, engine="openpyxl")
    parts = []
    for path in sorted((folder / "填报").glob("*.xlsx")):
        table = pd.read_excel(path, sheet_name="办理情况", header=2, engine="openpyxl")
        parts.append(table.assign(部门=path.stem))
    for table in [*sheets.values(), *parts]:
        table.columns = table.columns.str.rstrip("*＊ ")
    return sheets, pd.concat(parts, ignore_index=True)


def figures(sheets: dict[str, pd.DataFrame], returned: pd.DataFrame) -> dict[str, object]:
    """What the template prints."""
    register, classes = sheets["建议台账"], sheets["办理结果分类"]
    leading = returned[returned["办理角色"] != "协办"]
    worst = leading.sort_values("办理结果").groupby("编号").last()
    items = register.merge(worst, how="left", on="编号", suffixes=("", "_办"))
    total = len(items)
    names = classes.set_index("代码")["名称"]
    solved = classes.loc[classes["计入解决"] == "是", "代码"]
    results = items["办理结果"].value_counts()
    ratings = items["满意度"].value_counts()
    settings = sheets["基本信息"].set_index("项目")["内容"]
    return {
        "名称": settings["政府名称"],
        "年度": settings["年度"],
        "总数": total,
        "议案": int((items["类别"] == "议案").sum()),
        "部门数": returned["部门"].nunique(),
        "答复": int(items["答复日期"].notna().sum()),
        "结果": [_part(names[code], results.get(code, 0), total) for code in names.index],
        "满意度": [_part(name, count, total) for name, count in ratings.items()],
        "专题": _themes(sheets["专题"], items),
        "部门": _departments(returned, leading, solved),
        "行": _annex(items),
    }


def charts(context: dict[str, object]) -> dict[str, io.BytesIO]:
    """Three pictures with pyplot."""
    plt.rcParams["font.sans-serif"] = ["SimHei", "Noto Sans CJK SC", "Noto Sans CJK JP"]
    pictures = {}
    parts = context["结果"]
    fig, ax = plt.subplots(figsize=(6, 3))
    ax.pie([part["件数"] for part in parts], labels=[part["名称"] for part in parts])
    pictures["图结果"] = _saved(fig)
    fig, ax = plt.subplots(figsize=(6, 4))
    ax.barh([theme["名称"] for theme in context["专题"]], [t["件数"] for t in context["专题"]])
    pictures["图专题"] = _saved(fig)
    units = context["部门"]
    fig, ax = plt.subplots(figsize=(6, 8))
    left = [0] * len(units)
    for column in ("解决", "正在办理"):
        values = [unit[column] for unit in units]
        ax.barh([unit["部门"] for unit in units], values, left=left, label=column)
        left = [a + b for a, b in zip(left, values, strict=True)]
    ax.legend()
    pictures["图部门"] = _saved(fig)
    return pictures


def make_template(path: Path) -> None:
    """A docxtpl template as one would make it in Word."""
    document = docx.Document()
    document.add_heading("{{ 名称 }}关于{{ 年度 }}年度代表建议办理情况的报告", 0)
    for line in (
        "{{ 年度 }}年度共办理议案、建议{{ 总数 }}件，其中议案{{ 议案 }}件，由{{ 部门数 }}个部门承办，已答复{{ 答复 }}件。",
        "{% for 类 in 结果 %}{{ 类.名称 }}的{{ 类.件数 }}件，占{{ 类.占比 }}。{% endfor %}",
        "{{ 图结果 }}",
        "{%p for 专题 in 专题 %}",
        "{{ 专题.名称 }}：共{{ 专题.件数 }}件。{{ 专题.综述 }}",
        "{%p endfor %}",
        "{{ 图专题 }}", "{{ 图部门 }}",
    ):  # fmt: skip
        document.add_paragraph(line)
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    _table(document, ANNEX, "行")
    document.add_paragraph()
    _table(document, UNITS, "部门")
    document.save(path)


def _table(document: docx.document.Document, columns: tuple[str, ...], rows: str) -> None:
    table = document.add_table(4, len(columns), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, columns, strict=True):
        cell.text = name
    table.cell(1, 0).text = f"{{%tr for 件 in {rows} %}}"
    for cell, name in zip(table.rows[2].cells, columns, strict=True):
        cell.text = f"{{{{ 件.{name} }}}}"
    table.cell(3, 0).text = "{%tr endfor %}"


def _part(name: str, count: int, total: int) -> dict[str, object]:
    share = f"{count / total * 100:.0f}%" if total else "0%"
    return {"名称": name, "件数": int(count), "占比": share}


def _themes(themes: pd.DataFrame, items: pd.DataFrame) -> list[dict[str, object]]:
    counts = items["专题"].value_counts()
    return [
        {"名称": row["名称"], "件数": int(counts.get(row["名称"], 0)), "综述": row["办理综述"]}
        for _, row in themes.dropna(subset="名称").iterrows()
    ]


def _departments(
    returned: pd.DataFrame, leading: pd.DataFrame, solved: pd.Series
) -> list[dict[str, object]]:
    units = []
    for name, rows in returned.groupby("部门"):
        own = leading[leading["部门"] == name]
        pleased = own["满意度"].isin(["满意", "基本满意"]).sum()
        units.append(
            {
                "部门": name,
                "主办": len(own),
                "协办": len(rows) - len(own),
                "解决": int(own["办理结果"].isin(solved).sum()),
                "正在办理": int(own["答复日期"].isna().sum()),
                "答复": int(own["答复日期"].notna().sum()),
                "满意率": f"{pleased / max(1, len(own)) * 100:.0f}%",
            }
        )
    return units


def _annex(items: pd.DataFrame) -> list[dict[str, object]]:
    table = items.rename(columns={"主办部门": "主办", "协办部门": "协办", "办理结果": "结果"})
    table = table.assign(
        序号=range(1, len(table) + 1),
        交办日期=pd.to_datetime(table["交办日期"]).dt.strftime("%Y-%m-%d"),
        答复日期=pd.to_datetime(table["答复日期"]).dt.strftime("%Y-%m-%d"),
    )
    return table[list(ANNEX)].astype(object).fillna("").to_dict("records")


def _saved(fig: plt.Figure) -> io.BytesIO:
    file = io.BytesIO()
    fig.savefig(file, dpi=220, bbox_inches="tight")
    plt.close(fig)
    return file


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
