"""模板字段表: every name that a template may use, as rows 写法 · 含义 · 当前值 · 用了几次."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from reportgen.data import day_in_words
from reportgen.facts.model import Absent, Fact, FiguredText
from reportgen.facts.report import Items, Node, Report, Shape
from reportgen.schema.columns import FreeText
from reportgen.schema.model import Column, Sheet, Workbook

_COLUMNS = (
    Column("写法", FreeText(), "在报告模板中照这样写", locked=True, width=58),
    Column("含义", FreeText(), "这个字段是什么", locked=True, width=50),
    Column("当前值", FreeText(), "按填好的数据，现在是什么", locked=True, width=60),
    Column("用了几次", FreeText(), "报告模板和其中的句子里用了几次", locked=True, width=9),
)
COMMON, SENTENCES, SINGLE, LISTS, CHARTS = "常用", "句子", "单项", "列表", "图"
_SHEETS = {
    COMMON: "报告模板和其中的句子已经用到的字段，用得最多的在前。",
    SENTENCES: "写好的整句。写出“报告句子.docx”，就可以改成自己的说法。",
    SINGLE: "单个的数和文字，同一类的放在一起，用得多的类在前。",
    LISTS: "要逐项写出的列表，和其中每一项的字段；当前值取第一项。",
    CHARTS: "图要单独成段。",
}
FIELD_LIST = Workbook(
    "模板字段表",
    1,
    tuple(Sheet(name, _COLUMNS, said, blank_rows=0) for name, said in _SHEETS.items()),
    purpose="报告模板中可以使用的全部字段：把“写法”一栏复制到报告模板里即可。只供查阅，不用填写。",
)
_LONGEST = 300


@dataclass(frozen=True)
class Passage:
    """A ready sentence: what one writes, what it is for, and what it says now."""

    written: str
    purpose: str
    said: str


@dataclass(frozen=True)
class _NamedField:
    """A name: ``key`` as it is counted in a template, ``sheet`` it is listed on."""

    key: str
    sheet: str
    written: str
    meaning: str
    value: str


def make_field_rows(
    report: Report, sentences: Sequence[Passage], used: Mapping[str, int]
) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """The rows by sheet; of each sheet those used most come first.

    ``used``: how often a template uses a name; one of a list's items stands behind the list's.
    """
    said = [
        _NamedField(
            each.written, SENTENCES, f"{{{{ {each.written} }}}}", each.purpose, each.said or _NOT
        )
        for each in sentences
    ]
    found = [*said, *_iter_fields("", report.names, report.meanings)]
    often = [field for field in found if used.get(field.key) and field.sheet != SENTENCES]
    rows = {COMMON: sorted(often, key=lambda field: -used[field.key])}
    rows |= {name: [field for field in found if field.sheet == name] for name in _SHEETS if name != COMMON}  # fmt: skip
    for name in (SINGLE, LISTS):
        rows[name] = _group_by_head(rows[name], used)
    return {
        sheet: [_to_sheet_row(field, used.get(field.key, 0)) for field in fields_]
        for sheet, fields_ in rows.items()
    }


def _group_by_head(found: Iterable[_NamedField], used: Mapping[str, int]) -> list[_NamedField]:
    """What has the first part of its name in common together, the groups used most first."""
    by_head = sorted(found, key=_head_of)  # a list or group keeps its own order within
    groups = [list(group) for _, group in groupby(by_head, key=_head_of)]
    groups.sort(key=lambda group: -sum(used.get(field.key, 0) for field in group))
    return [field for group in groups for field in group]


def _head_of(field: _NamedField) -> str:
    return field.key.partition(".")[0]


def _iter_fields(path: str, node: Node, meanings: Mapping[str, str]) -> Iterator[_NamedField]:
    if isinstance(node, Mapping):
        for name, child in node.items():
            yield from _iter_fields(f"{path}.{name}" if path else name, child, meanings)
    elif isinstance(node, Items):
        yield from _iter_list_fields(path, node, meanings.get(path, ""))
    else:
        meaning, value = _describe_leaf(node)
        sheet = CHARTS if value == _CHART else SINGLE
        yield _NamedField(path, sheet, f"{{{{ {path} }}}}", meanings.get(path, meaning), value)


def _iter_list_fields(path: str, items: Items, meaning: str) -> Iterator[_NamedField]:
    """A list and the names of its items; a nested list's items are named in its own row."""
    variable = path.rpartition(".")[2].removesuffix("列表").removesuffix("名单") or "项"
    written = f"{{% for {variable} in {path} %}}…{{% endfor %}}"
    yield _NamedField(path, LISTS, written, f"列表：{meaning}", f"{len(items.items)}项")
    first = items.items[0].names if items.items else {}
    for name, inner in items.shape.items():
        yield _make_item_field(f"{path}.{name}", f"{variable}.{name}", inner, first.get(name))


def _make_item_field(key: str, written: str, inner: str | Shape, node: Node | None) -> _NamedField:
    """A name of a list's items; ``node``: what it is in the first of them."""
    if isinstance(inner, str):
        value = "" if node is None or isinstance(node, Mapping | Items) else _describe_leaf(node)[1]
        return _NamedField(key, LISTS, f"{{%…%}} {{{{ {written} }}}}", inner, value)
    value = f"{len(node.items)}项" if isinstance(node, Items) else ""
    meaning = f"列表，每项有：{'、'.join(inner)}"
    return _NamedField(key, LISTS, f"{{%…%}} {{% for 项 in {written} %}}", meaning, value)


_CHART, _NOT = "（图）", "（这次不写）"


def _describe_leaf(node: Node) -> tuple[str, str]:
    if isinstance(node, Fact):
        shown = node.text if node.unit == "%" else f"{node.text}（{node.unit}）"
        return node.source.rule, shown
    if isinstance(node, Absent):
        return node.meaning, "（没有）"
    if isinstance(node, dt.date):
        return "", day_in_words(node)
    if isinstance(node, str | FiguredText):
        return "", str(node) or "（空）"
    return f"图：{getattr(node, 'title', '')}", _CHART


def _to_sheet_row(field: _NamedField, times: int) -> Mapping[str, str]:
    value = field.value if len(field.value) <= _LONGEST else f"{field.value[:_LONGEST]}…"
    return {
        "写法": field.written,
        "含义": field.meaning,
        "当前值": value,
        "用了几次": str(times) if times else "",
    }
