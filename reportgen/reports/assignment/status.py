"""How far everything is as of a day: what a kind of report offers, and what the core does without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.data import Dataset, Rows
from reportgen.facts.model import Facts
from reportgen.facts.report import Item, Items, Node, Report
from reportgen.reports.assignment.progress import ReturnProgress
from reportgen.reports.assignment.return_state import shown_state

Board = Mapping[str, Sequence[Mapping[str, str]]]
"""Tables for the console: by title, rows by heading, as texts."""


@dataclass(frozen=True)
class OwnRows:
    """Of what was handed out to an owner, the rows of a sheet with this ``value`` in a ``column``.

    ``shown``: by heading, the column that it sees.
    """

    sheet: str
    column: str
    value: str
    shown: Mapping[str, str]


@dataclass(frozen=True)
class Status:
    """``report``: how far everything is as of a day; ``wording``: outline of the notice on it.

    ``board``: its tables for the console; ``in_brief``: by title of such a table, the headings that
    a narrow terminal shows.  ``own``: by title of a table that an owner may see its rows of, the heading
    that names owners, and the headings that it sees.  ``own_handed``: by title, what it sees besides of
    what was handed out to it.
    """

    report: Callable[[Dataset, dt.date], Report]
    wording: Callable[[], str]
    board: Callable[[Report], Board]
    in_brief: Mapping[str, Sequence[str]] = field(default_factory=dict)
    own: Mapping[str, tuple[str, Sequence[str]]] = field(default_factory=dict)
    own_handed: Mapping[str, OwnRows] = field(default_factory=dict)

    def select_own(self, board: Board, owner: str) -> Board:
        """Of the board the rows in which an owner is named, and of them what it may see."""
        return {
            title: [
                {heading: row[heading] for heading in shown if heading in row}
                for row in board.get(title, ())
                if owner in row[by].split("、")
            ]
            for title, (by, shown) in self.own.items()
        }

    def select_handed(self, handed: Rows) -> Board:
        """Of the rows that were handed out to an owner those that it sees besides."""
        return {
            title: [
                {heading: str(row.get(name) or "") for heading, name in wanted.shown.items()}
                for row in handed.get(wanted.sheet, ())
                if row.get(wanted.column) == wanted.value
            ]
            for title, wanted in self.own_handed.items()
        }


LIST, TITLE = "单位列表", "各单位"
NAME, RETURNED = "单位", "填报表"


def plain_status(
    name: str,
    progress: Callable[[Dataset, dt.date | None], Sequence[ReturnProgress]],
    counted: Sequence[str],
    period: Callable[[Dataset], str],
) -> Status:
    """Who has returned, and what is counted of each: of a kind that tells nothing more."""

    def report(dataset: Dataset, today: dt.date) -> Report:
        rows = [_item(dataset, one) for one in progress(dataset, today)]
        shape = {NAME: "名称", RETURNED: "交回情况", **{each: each for each in counted}}
        title = f"{period(dataset)}{name}填报情况通报"
        names: dict[str, Node] = {"标题": title, "截至日期": today, LIST: Items(rows, shape)}
        return Report(title, "", today, names, Facts())

    return Status(report, lambda: _outline(counted), _board)


def _item(dataset: Dataset, one: ReturnProgress) -> Item:
    counts = {each: str(count) for each, count in one.counts.items()}
    state = shown_state(dataset, one.department, one.state)
    return Item(one.department, {NAME: one.department, RETURNED: state, **counts})


def _board(report: Report) -> Board:
    found = report.names[LIST]
    assert isinstance(found, Items)
    return {TITLE: [{name: str(item.names[name]) for name in found.shape} for item in found.items]}


def _outline(counted: Sequence[str]) -> str:
    """The notice: a sentence and a table."""
    columns = (NAME, RETURNED, *counted)
    cells = " | ".join(f"{{{{ 项.{name} }}}}" for name in columns)
    lines = (
        "#= {{ 标题 }}",
        "截至{{ 截至日期 }}，各单位填报情况如下，请还没有交齐的单位抓紧填报。",
        f"| {' | '.join(columns)} |",
        f"|:*|{'*|' * (len(columns) - 1)}",
        f"| {{% for 项 in {LIST} %}} |",
        f"| {cells} |",
        "| {% endfor %} |",
        "",
        "-- {{ 截至日期 }}",
    )
    return "\n".join(lines)
