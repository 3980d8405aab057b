"""办理卡片: one page for each item in a department's hands, to print and fill in by hand.

From the declaration of the return alone: what the office prefills is printed, every other column of
the sheet handed out by item is an empty field.  The outline and the names are those of a document to be filled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.data import Dataset
from reportgen.facts.model import Facts
from reportgen.facts.report import Item, Items, Node, Report
from reportgen.reports.kind import ReportKind
from reportgen.schema.columns import Choice, FreeText, Ref, Title
from reportgen.schema.model import Column

_LONG, _LINE = 30, 10
"""Columns of text from this width on go over the whole page; as wide a piece of one takes a line."""
_LINES = 2
"""To write on, in every other field."""
_BROAD = 12
"""Letters of the choices that have no room in half a page."""
_END = "填好后请照卡片录入填报表的“{sheet}”，报告中的数据以填报表为准。"


def cards(kind: ReportKind, dataset: Dataset, department: str, date: dt.date) -> Report:
    """The cards of one department, or of all of them where ``department`` is empty."""
    handed = kind.handed_out(dataset)
    chosen = {name: rows for name, rows in handed.items() if department in ("", name)}
    given = kind.hand_outs[0]
    sheet, key = given.answers, given.key
    locked = [column.name for column in sheet.columns if column.locked]
    found = [
        Item(
            f"{name}.{row[key]}",
            {"部门": name, **{each: str(row.get(each) or "") for each in locked}},
        )
        for name, rows in chosen.items()
        for row in rows.get(sheet.name, ())
    ]
    names: dict[str, Node] = {
        "卡片列表": Items(found, dict.fromkeys(["部门", *locked], "")),
        "选项": {name: "　".join(each) for name, each in _boxes(kind, dataset).items()},
        "抬头": kind.period(dataset),
    }
    title = f"{kind.period(dataset)}办理卡片{f'（{department}）' if department else ''}"
    return Report(title, "", date, names, Facts())


def count(report: Report) -> int:
    """How many cards there are."""
    found = report.names["卡片列表"]
    assert isinstance(found, Items)
    return len(found.items)


def outline(kind: ReportKind, dataset: Dataset) -> str:
    """The page of one card, in the language of outlines."""
    sheet, boxes = kind.hand_outs[0].answers, _boxes(kind, dataset)
    given = [_given(column) for column in sheet.columns if column.locked]
    asked = [_to_fill_in(c, boxes.get(c.name, ())) for c in sheet.columns if not c.locked]
    rows = [f"| {' | '.join(cells)} |" for cells in (*_rows(given), *_rows(asked))]
    lines = [
        "{% for 卡 in 卡片列表 %}",
        "#@ {{ 抬头 }}" + sheet.name + "卡",
        "|12|:20|12|:20|",
        "| 承办部门 | {{ 卡.部门 }} |<|<|",
        *rows,
        ">> " + _END.format(sheet=sheet.name),
        "{% endfor %}",
    ]
    return "\n".join(lines)


@dataclass(frozen=True)
class _Field:
    """A field of the card: what it is called, and what stands in it; ``broad``: all of a row."""

    name: str
    content: str
    broad: bool = False


def _given(column: Column) -> _Field:
    return _Field(column.name, f"{{{{ 卡.{column.name} }}}}", broad=_is_broad(column))


def _to_fill_in(column: Column, boxes: Sequence[str]) -> _Field:
    if boxes:
        broad = len("　".join(boxes)) > _BROAD
        return _Field(column.name, f"{{{{ 选项.{column.name} }}}}", broad=broad)
    broad = _is_broad(column)
    lines = column.width // _LINE if broad else _LINES
    return _Field(column.name, "¶" * (lines - 1), broad=broad)


def _is_broad(column: Column) -> bool:
    return isinstance(column.type, Title) or (
        isinstance(column.type, FreeText) and column.width >= _LONG
    )


def _rows(fields: Sequence[_Field]) -> Iterator[list[str]]:
    """Fields side by side, two in a row; a broad one waits until the row before it is full."""
    half: list[_Field] = []
    waiting: list[_Field] = []
    for field in fields:
        (waiting if field.broad else half).append(field)
        if len(half) != 1:
            if half:
                yield [text for each in half for text in (each.name, each.content)]
            yield from (_over_the_row(each) for each in waiting)
            half, waiting = [], []
    yield from (_over_the_row(each) for each in (*half, *waiting))


def _over_the_row(field: _Field) -> list[str]:
    return [field.name, field.content, "<", "<"]


def _boxes(kind: ReportKind, dataset: Dataset) -> Mapping[str, Sequence[str]]:
    """By column, what may be ticked there, in the words that the form explains it with."""
    sheet, lists, notes = kind.hand_outs[0].answers, kind.lists(dataset), kind.notes(dataset)
    found: dict[str, Sequence[str]] = {}
    for column in sheet.columns:
        match column.type:
            case Choice(options=options) if not column.locked:
                found[column.name] = options
            case Ref(sheet=name, column=key) if (name, key) in lists and not column.locked:
                told = notes.get((sheet.name, column.name), "").splitlines()
                offered = lists[name, key]
                found[column.name] = told if len(told) == len(offered) else offered
    return {name: [f"□{each}" for each in boxes] for name, boxes in found.items() if boxes}
