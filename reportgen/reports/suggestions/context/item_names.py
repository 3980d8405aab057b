"""The suggestions of the register with every name by which a template may call them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from reportgen.facts.model import Facts
from reportgen.facts.report import Item, Leaf
from reportgen.reports.suggestions.context.leaves import (
    drop_stop,
    iter_records,
    join_names,
    name_signers,
    to_leaf,
    to_short_text,
)
from reportgen.reports.suggestions.figures.accounts import tell_in_brief, tell_in_full
from reportgen.reports.suggestions.figures.list_items import ITEM
from reportgen.reports.suggestions.figures.scope import Scope


def make_items(scope: Scope, facts: Facts) -> list[Item]:
    """The suggestions in the register's order, each with every name of ``ITEM``."""
    return [
        _make_item(scope, facts, row, place) for place, row in enumerate(iter_records(scope.table))
    ]


def _make_item(scope: Scope, facts: Facts, row: Mapping[str, object], place: int) -> Item:
    result, classes = row["办理结果"], scope.class_names
    told = scope.accounts.get(str(row["编号"]), ())
    derived: dict[str, Leaf] = {
        "主办": join_names(row["主办部门"]),
        "协办": join_names(row["协办部门"]),
        "主办简称": join_names(_shorten_departments(row["主办部门"], scope)),
        "协办简称": join_names(_shorten_departments(row["协办部门"], scope)),
        "结果": str(result or "正在办理"),
        "结果名称": classes.get(str(result), "正在办理"),
        "办理措施及成效": tell_in_full(told),
        "主要措施": tell_in_brief(told),
        "未解决原因": drop_stop(row["未解决原因"]),
        "提出人": name_signers(row["领衔代表"], facts.get(f"提出人数.{scope.signed.get(place)}")),
        "承诺完成时限": to_leaf(row["承诺完成时限"]),
        "承诺逾期": "是" if place in scope.broken_promises else "",
        "答复期限": to_short_text(scope.due[place]),
        "时限情况": scope.standing(place),
        "答复函": _tell_letter(scope, str(row["编号"])),
    }
    plain: dict[str, Leaf] = {
        name: to_short_text(row[name]) for name in ITEM if name not in derived
    }
    # another year's items have the same numbers
    key = f"{scope.dataset.settings.get('年度') or ''}年{row['编号'] or f'第{place + 1}件'}"
    return Item(key, plain | derived)


def _tell_letter(scope: Scope, number: str) -> str:
    return "没有交来" if number in scope.letters_not_brought else scope.reviews.standing(number)


def _shorten_departments(names: object, scope: Scope) -> object:
    """Departments by their short names; the full name where there is none."""
    if isinstance(names, tuple):
        return tuple(scope.short_names.get(name, name) for name in names)
    return scope.short_names.get(str(names), names)


def select_items(items: Sequence[Item], mask: pd.Series) -> list[Item]:
    """Those of the items that a column over all of them chooses."""
    return [item for item, chosen in zip(items, mask, strict=True) if chosen]
