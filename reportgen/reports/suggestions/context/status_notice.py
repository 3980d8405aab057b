"""督办通报: how far everything is as of a day; the board for the console, and the notice's names.

Both are views of the report's own names, counted as of that day instead of 统计截止日期.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from math import ceil

from reportgen.data import Dataset
from reportgen.facts.report import Item, Items, Node, Report
from reportgen.reports.assignment.status import OwnRows, Status
from reportgen.reports.suggestions.figures.catalogue import count_facts
from reportgen.reports.suggestions.figures.list_items import DEPARTMENT, ITEM
from reportgen.reports.suggestions.figures.review_rounds import is_still_back
from reportgen.reports.suggestions.figures.scope import Scope
from reportgen.reports.suggestions.sheets.period import describe_period
from reportgen.schema.columns import day_to_text

ROWS, NUMBERS = 3, 4
"""So many rows of each table, fewer where the text is long, and so many numbers behind a count: the
notice stays on one page."""
_ROOM = 10.0
"""Lines of a page of 22 that the text and the rows of both tables share: 3 go to the title, 2 to the
addressee, 4 to the signature, 3 to the captions and heads of the tables."""
_LETTERS, _BASE, _CLAUSE = 28, 62, 22
"""Of a line; of the text without anything to urge; of each thing to urge, without its numbers."""
_ROW, _TURN, _TITLE = 0.7, 0.5, 24
"""Lines that a row takes; that each further line in it takes; letters of a title in a line."""

BOARD: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "各部门": (
        "部门列表",
        {
            "部门": "名称", "填报表": "交回情况", "承办": "承办件数", "主办": "主办件数", "已答复": "答复件数",
            "正在办理": "正在办理件数", "逾期未答复": "逾期未答复件数", "逾期答复": "逾期答复件数",
            "已反馈": "已反馈件数",
        },
    ),
    "各件": (
        "一览表",
        {
            "编号": "编号", "标题": "标题", "主办": "主办", "交办": "交办日期", "沟通": "沟通日期",
            "答复": "答复日期", "反馈": "反馈日期", "满意度": "满意度", "答复期限": "答复期限",
            "时限情况": "时限情况", "答复函": "答复函",
        },
    ),
    "倒计时": (
        "督办倒计时列表",
        {
            "时限情况": "时限情况", "期限": "答复期限", "编号": "编号", "标题": "标题",
            "主办": "主办", "重点督办": "重点督办",
        },
    ),
}  # fmt: skip
"""The tables of the board: by title, the list it shows and by heading the name of an item."""

IF_ANY = ("答复函",)
"""Headings of columns that are shown only where something stands in them."""

BRIEF: Mapping[str, Sequence[str]] = {
    "各部门": ("部门", "填报表", "主办", "已答复", "正在办理", "逾期未答复", "已反馈"),
    "各件": ("编号", "标题", "主办", "答复期限", "时限情况", "满意度"),
    "倒计时": ("时限情况", "期限", "编号", "标题", "主办"),
}
"""The headings that a narrow terminal shows."""

OWN: Mapping[str, tuple[str, Sequence[str]]] = {
    "倒计时": ("主办", ("时限情况", "期限", "编号", "标题")),
    "各件": ("主办", ("编号", "标题", "答复期限", "时限情况")),
}
"""What a department sees of its own items: when they are due, and nothing that another has filled in."""

OWN_HANDED: Mapping[str, OwnRows] = {
    "会办的": OwnRows(
        "办理情况", "办理角色", "协办", {"编号": "编号", "标题": "标题", "会办期限": "答复期限", "会同": "会同单位"}
    ),
}  # fmt: skip
"""And of those in which it helps: until when its opinion is due, and to whom."""


def make_status_notice(dataset: Dataset, today: dt.date) -> Report:
    """The notice as of ``today``: every name of the report, and what to urge."""
    from reportgen.reports.suggestions.context import context  # noqa: PLC0415

    scope = Scope.of(dataset, today)
    figures = count_facts(scope)
    tree = dict(context.make_name_tree(scope, figures)) | {"截至日期": today}
    tree |= {"督办倒计时列表": Items(list(_iter_countdown(scope, tree)), ITEM)}
    numbers = _list_numbers(scope, tree)
    tree |= numbers | _choose_urged(tree, _lines_of_text(numbers))
    settings = dataset.settings
    return Report(
        title=f"{describe_period(dataset)}代表建议督办通报",
        author=str(settings.get("人大机构名称") or ""),
        date=today,
        names=tree,
        facts=figures,
        meanings=context.describe_names(),
    )


def _choose_urged(tree: Mapping[str, Node], lines: int) -> dict[str, Node]:
    """The departments with open items, those with most overdue first, and the first to end.

    So many of each as have room beside so many lines of text; one at least.
    """
    departments = [d for d in _find_items(tree, "部门列表") if _read_number(d, "正在办理件数")]
    departments.sort(
        key=lambda d: (-_read_number(d, "逾期未答复件数"), -_read_number(d, "正在办理件数"))
    )
    countdown = _find_items(tree, "督办倒计时列表")
    heights = {
        n: _height(departments[:n], "名称") + _height(countdown[:n], "标题")
        for n in range(ROWS + 1)
    }
    most = max((n for n in range(1, ROWS + 1) if lines + heights[n] <= _ROOM), default=1)
    return {
        "督办部门列表": Items(departments[:most], DEPARTMENT),
        "督办部门未列举": "是" if len(departments) > most else "",
        "倒计时列举": Items(countdown[:most], ITEM),
        "倒计时未列举": "是" if len(countdown) > most else "",
    }


def _lines_of_text(numbers: Mapping[str, Node]) -> int:
    """How many lines the text takes, at most: what is counted is told with its numbers."""
    letters = _BASE + sum(_CLAUSE + len(str(listed)) for listed in numbers.values() if listed)
    return ceil(letters / _LETTERS)


def _height(items: Sequence[Item], name: str) -> float:
    """The lines that these rows of a table take."""
    turns = (len(str(item.names[name])) // _TITLE for item in items)
    return sum(_ROW + _TURN * turn for turn in turns)


def _iter_countdown(scope: Scope, tree: Mapping[str, Node]) -> Iterator[Item]:
    """What is to be answered, or answered anew, what ends first before the rest."""
    days = {place: scope.due[place] for place in scope.open} | dict(scope.due_anew)
    items = _find_items(tree, "一览表")
    for place in sorted(days, key=lambda place: (days[place] or dt.date.max, place)):
        day, item = days[place], items[place]
        if place in scope.due_anew:
            left = f"，{scope.days_left(day)}" if day else ""
            anew = {"答复期限": day_to_text(day) if day else "", "时限情况": f"重新办理{left}"}
            item = Item(item.key, {**item.names, **anew})
        yield item


def _list_numbers(scope: Scope, tree: Mapping[str, Node]) -> dict[str, Node]:
    """The numbers of what the notice counts, as they stand behind the count."""
    items = _find_items(tree, "一览表")
    counted: Mapping[str, Iterable[int]] = {
        "逾期答复": scope.late,
        "逾期未答复": scope.overdue,
        "待重新办理": sorted(scope.due_anew),
        "仍不满意": scope.still_unsatisfied,
        "承诺逾期": sorted(scope.broken_promises),
    }
    numbers = {
        name: [str(items[place].names["编号"]) for place in places]
        for name, places in counted.items()
    }
    numbers["答复函未交"] = list(scope.letters_not_brought)
    numbers["答复函退回"] = scope.reviews.find_items(is_still_back)
    return {f"{name}编号": _join_numbers(found) for name, found in numbers.items()}


def _join_numbers(numbers: Sequence[str]) -> str:
    return "、".join(numbers[:NUMBERS]) + ("等" if len(numbers) > NUMBERS else "")


def _find_items(tree: Mapping[str, Node], name: str) -> Sequence[Item]:
    found = tree[name]
    assert isinstance(found, Items)
    return found.items


def _read_number(item: Item, name: str) -> int:
    return int(str(item.names[name]))


def _wording() -> str:
    """The outline of the notice."""
    return files(__package__).joinpath("status.md").read_text(encoding="utf-8")


def _board(report: Report) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """The board's tables by title: rows by heading, as text."""
    return {
        title: [
            {heading: str(item.names[name]) for heading, name in columns.items()}
            for item in _find_items(report.names, listed)
        ]
        for title, (listed, columns) in _find_board(report).items()
    }


def _find_board(report: Report) -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """``BOARD`` without the columns of ``IF_ANY`` that are empty."""
    return {
        title: (
            listed,
            {
                heading: name
                for heading, name in columns.items()
                if heading not in IF_ANY
                or any(item.names[name] for item in _find_items(report.names, listed))
            },
        )
        for title, (listed, columns) in BOARD.items()
    }


STATUS = Status(make_status_notice, _wording, _board, BRIEF, OWN, OWN_HANDED)
