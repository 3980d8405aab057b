"""The suggestions of the register with every name by which a template may call them.

A template calls them by a few of all the names: what a name says of the suggestions is made, for all of
them, when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import pandas as pd

from reportgen.facts.model import Facts
from reportgen.facts.report import Item, Leaf
from reportgen.reports.suggestions.context.leaves import (
    drop_stop,
    join_names,
    name_signers,
    to_leaf,
    to_short_text,
)
from reportgen.reports.suggestions.figures.accounts import Account, tell_in_brief, tell_in_full
from reportgen.reports.suggestions.figures.list_items import ITEM
from reportgen.reports.suggestions.figures.scope import Scope

Columns = Mapping[str, Sequence[Leaf]]
"""By name, what it says of each suggestion, in the register's order."""


def make_items(scope: Scope, facts: Facts) -> list[Item]:
    """The suggestions in the register's order, each with every name of ``ITEM``."""
    columns = _ColumnsWhenAsked(scope, facts)
    # another year's items have the same numbers
    year = f"{scope.dataset.settings.get('年度') or ''}年"
    return [
        Item(f"{year}{number or f'第{place + 1}件'}", _ItemNames(columns, place))
        for place, number in enumerate(scope.table["编号"])
    ]


def select_items(items: Sequence[Item], mask: pd.Series) -> list[Item]:
    """Those of the items that a column over all of them chooses."""
    return [item for item, chosen in zip(items, mask, strict=True) if chosen]


class _ItemNames(Mapping[str, Leaf]):
    """One suggestion's place in the columns of all."""

    __slots__ = ("_columns", "_place")

    def __init__(self, columns: Columns, place: int) -> None:
        self._columns = columns
        self._place = place

    def __getitem__(self, name: str) -> Leaf:
        return self._columns[name][self._place]

    def __iter__(self) -> Iterator[str]:
        return iter(ITEM)

    def __len__(self) -> int:
        return len(ITEM)


class _ColumnsWhenAsked(dict[str, Sequence[Leaf]]):
    """The columns asked for so far; errors as of a mapping for what is no name of ``ITEM``."""

    def __init__(self, scope: Scope, facts: Facts) -> None:
        super().__init__()
        self._table = scope.table
        self._derived = _list_derived(scope, facts)

    def __missing__(self, name: str) -> Sequence[Leaf]:
        derived = self._derived.get(name)
        self[name] = derived() if derived else [*map(to_short_text, self._table[name])]
        return self[name]


def _list_derived(scope: Scope, facts: Facts) -> Mapping[str, Callable[[], Sequence[Leaf]]]:
    """By name, what makes a column that is not one of the table as it stands there."""
    table, classes, places = scope.table, scope.class_names, range(len(scope.table))
    return {
        "主办": lambda: [*map(join_names, table["主办部门"])],
        "协办": lambda: [*map(join_names, table["协办部门"])],
        "主办简称": lambda: _join_short_names(scope, table["主办部门"]),
        "协办简称": lambda: _join_short_names(scope, table["协办部门"]),
        "结果": lambda: [str(result or "正在办理") for result in table["办理结果"]],
        "结果名称": lambda: [classes.get(str(each), "正在办理") for each in table["办理结果"]],
        "办理措施及成效": lambda: [*map(tell_in_full, _list_accounts(scope))],
        "主要措施": lambda: [*map(tell_in_brief, _list_accounts(scope))],
        "未解决原因": lambda: [*map(drop_stop, table["未解决原因"])],
        "提出人": lambda: [
            name_signers(leader, facts.get(f"提出人数.{scope.signed.get(place)}"))
            for place, leader in enumerate(table["领衔代表"])
        ],
        "承诺完成时限": lambda: [*map(to_leaf, table["承诺完成时限"])],
        "承诺逾期": lambda: ["是" if each in scope.broken_promises else "" for each in places],
        "答复期限": lambda: [*map(to_short_text, scope.due)],
        "时限情况": lambda: [*map(scope.standing, places)],
        "答复函": lambda: _tell_letters(scope),
    }


def _list_accounts(scope: Scope) -> Sequence[Sequence[Account]]:
    return [scope.accounts.get(str(number), ()) for number in scope.table["编号"]]


def _join_short_names(scope: Scope, departments: pd.Series) -> list[Leaf]:
    """Departments by their short names; the full name where there is none."""
    short = scope.short_names
    return [join_names(tuple(short.get(name, name) for name in each or ())) for each in departments]


def _tell_letters(scope: Scope) -> list[Leaf]:
    missing = frozenset(scope.letters_not_brought)
    numbers = map(str, scope.table["编号"])
    return ["没有交来" if each in missing else scope.reviews.standing(each) for each in numbers]
