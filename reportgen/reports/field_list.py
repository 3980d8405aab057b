"""模板字段表: every name that a template may use, as rows 写法 · 含义 · 当前值."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from reportgen.analysis.facts import Absent, Fact, Text
from reportgen.analysis.report import Items, Node, Report, Shape
from reportgen.data import day_in_words
from reportgen.schema.columns import Text as FreeText
from reportgen.schema.model import Column, Sheet, Workbook

FIELD_LIST = Workbook(
    "模板字段表",
    1,
    (
        Sheet(
            "字段",
            (
                Column("写法", FreeText(), "在报告模板中照这样写", locked=True, width=58),
                Column("含义", FreeText(), "这个字段是什么", locked=True, width=60),
                Column("当前值", FreeText(), "在示例中的值", locked=True, width=50),
            ),
            "在 Word 中修改“报告模板.docx”时可以使用的字段；把“写法”一栏复制到模板里即可。当前值取自示例。",
            blank_rows=0,
        ),
    ),
    purpose="报告模板中可以使用的全部字段。只供查阅，不用填写。",
)


def fields(report: Report) -> Iterator[Mapping[str, str]]:
    """The rows, in the order of the report's tree: texts, figures, charts, then lists."""
    rows = list(_rows("", report.names, report.meanings))
    lists = [row for row in rows if row["写法"].startswith("{%")]
    yield from (row for row in rows if not row["写法"].startswith("{%"))
    yield from lists


def _rows(path: str, node: Node, meanings: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    if isinstance(node, Mapping):
        for name, child in node.items():
            yield from _rows(f"{path}.{name}" if path else name, child, meanings)
    elif isinstance(node, Items):
        yield from _loop(path, node.shape, meanings.get(path, ""), f"{len(node.items)}项")
    else:
        meaning, value = _leaf(node)
        yield _row(f"{{{{ {path} }}}}", meanings.get(path, meaning), value)


def _loop(path: str, shape: Shape, meaning: str, value: str) -> Iterator[Mapping[str, str]]:
    """A list and the names of its items; a nested list's items are named in its own row."""
    variable = path.rpartition(".")[2].removesuffix("列表").removesuffix("名单") or "项"
    yield _row(f"{{% for {variable} in {path} %}}…{{% endfor %}}", f"列表：{meaning}", value)
    for name, inner in shape.items():
        if isinstance(inner, str):
            yield _row(f"{{%…%}} {{{{ {variable}.{name} }}}}", inner, "")
        else:
            names = "、".join(inner)
            yield _row(f"{{%…%}} {{% for 项 in {variable}.{name} %}}", f"列表，每项有：{names}", "")


def _leaf(node: Node) -> tuple[str, str]:
    if isinstance(node, Fact):
        shown = node.text if node.unit == "%" else f"{node.text}（{node.unit}）"
        return node.source.rule, shown
    if isinstance(node, Absent):
        return node.meaning, "（没有）"
    if isinstance(node, dt.date):
        return "", day_in_words(node)
    if isinstance(node, str | Text):
        return "", str(node) or "（空）"
    return f"图：{getattr(node, 'title', '')}", "（图）"


def _row(written: str, meaning: str, value: str) -> Mapping[str, str]:
    return {"写法": written, "含义": meaning, "当前值": value}
