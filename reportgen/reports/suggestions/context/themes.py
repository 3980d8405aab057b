"""The themes of the report, each with its text, its figures and its suggestions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.facts.model import Facts
from reportgen.facts.report import Item, Items, Node
from reportgen.reports.suggestions.context.leaves import (
    add_stop,
    drop_stop,
    iter_records,
    make_prose,
)
from reportgen.reports.suggestions.figures.list_items import FEW, ITEM, LISTED
from reportgen.reports.suggestions.figures.scope import Scope


def list_themes(scope: Scope, facts: Facts, items: Sequence[Item]) -> list[Item]:
    """The themes that have suggestions, in the order of their sheet."""
    rows = {row["名称"]: row for row in iter_records(scope.dataset.tables["专题"])}
    found: dict[object, list[Item]] = {}
    for item, name in zip(items, scope.table["专题"], strict=True):
        found.setdefault(name, []).append(item)
    return [
        Item(name, _make_theme(scope, facts, rows[name], found[name]))
        for name in scope.theme_keys
        if name in found
    ]


def _make_theme(
    scope: Scope, facts: Facts, row: Mapping[str, object], items: Sequence[Item]
) -> dict[str, Node]:
    name = str(row["名称"])
    key = f"专题.{scope.theme_keys[name]}"
    named = _choose_named(items)
    return {
        "名称": name,
        "引语": add_stop(row["引语"]),
        "关注点": drop_stop(row["关注点"]),
        "办理综述": make_prose(scope, facts, row["办理综述"], name),
        **{part: facts[f"{key}.{part}"] for part in ("件数", "占比", "解决件数")},
        "建议列表": Items(items, ITEM),
        "列举": Items(named, ITEM),
        "未列举": "是" if len(named) < len(items) else "",
    }


def _choose_named(items: Sequence[Item]) -> Sequence[Item]:
    """Those that the prose names one by one: a few all, of many the motions and those supervised."""
    if len(items) <= FEW:
        return items
    weighty = [one for one in items if one.names["重点督办"] == "是" or one.names["类别"] == "议案"]
    return weighty[:LISTED]
