"""The names and titles that the report's text quotes from the register.

After the report is edited, they must still read as they do there; everything else is wording.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from reportgen.data import day_in_words
from reportgen.facts.report import Items, Node
from reportgen.facts.title_marks import turn_inner_marks

_SETTINGS = (
    "单位名称", "政府名称", "党委名称", "人大机构名称", "年度", "届次", "会议名称", "报告日期", "报告人",
    "署名", "成文日期", "统计截止日期", "行动名称",
)  # fmt: skip
_IN_LISTS = (
    ("一览表", "标题", "建议标题"),
    ("一览表", "领衔代表", "代表姓名"),
    ("一览表", "主办", "承办部门"),
    ("一览表", "协办", "承办部门"),
    ("专题列表", "名称", "专题名称"),
    ("结果列表", "名称", "办理结果名称"),
    ("部门列表", "名称", "承办部门"),
    ("上年承诺列表", "标题", "建议标题"),
    ("上年承诺列表", "主办", "承办部门"),
    ("典型事例列表", "代表", "代表姓名"),
    ("典型事例列表", "建议标题", "建议标题"),
)
_JOINED = ("代表姓名", "承办部门")


def find_quoted_names(tree: Mapping[str, Node]) -> Mapping[str, str]:
    """Each name as it is shown, and what it is."""
    found = dict(_iter_settings(tree))
    for name, column, meaning in _IN_LISTS:
        for text in _read_column(tree[name], column):
            several = text.split("、") if meaning in _JOINED else [text]
            for one in several:
                found.setdefault(one, meaning)
                found.setdefault(turn_inner_marks(one), meaning)
    found.pop("", None)
    return found


def _iter_settings(tree: Mapping[str, Node]) -> Iterator[tuple[str, str]]:
    for name in _SETTINGS:
        value = tree.get(name)
        if isinstance(value, dt.date):
            yield day_in_words(value), name
        elif isinstance(value, str):
            yield value, name


def _read_column(items: Node, column: str) -> Iterable[str]:
    assert isinstance(items, Items)
    return dict.fromkeys(str(item.names[column]) for item in items.items)
