"""What the local rules ask for and is late, due soon or missing: answers, opinions, 不满意, promises.

All are reminders at the cell that the department would fill in; as of a day, which is 统计截止日期
unless told otherwise.  A cell at fault, or a row whose item or role is, gives none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reportgen.data import Dataset, day_in_words
from reportgen.issues import Issue
from reportgen.reports.places import Place, issue_at
from reportgen.reports.suggestions.figures.scope import Scope
from reportgen.reports.suggestions.sheets.vocabulary import LEADING_ROLES

_COLUMNS = (
    "编号", "办理角色", "办理结果", "承诺完成时限", "答复日期", "答复文号", "满意度", "反馈日期",
    "重办答复日期", "重办满意度",
)  # fmt: skip


_DECIDING = ("编号", "来源", "提出日期", "交办日期", "签收日期", "延期答复", "主办部门")
"""Cells of the register that decide when an answer is due, or of whom."""


@dataclass(frozen=True)
class HandlingRow:
    """One row of 办理情况 of a known item: its cells, and what the item's register row gives.

    ``due``: the last day for an answer; of a helping department, for its opinion.
    ``waiting``: whether the item is still being handled.  ``then``: what a message begins with if
    the workbooks tell of more than had happened by then.
    """

    dataset: Dataset
    place: Place
    cells: Mapping[str, Any]
    due: dt.date | None
    waiting: bool
    then: str = ""

    @property
    def leads(self) -> bool:
        """Whether the department answers the item."""
        return self.cells["办理角色"] in LEADING_ROLES

    def sound(self, *columns: str) -> bool:
        """Whether no error was found in these cells."""
        return not any((*self.place, column) in self.dataset.faulty for column in columns)

    def issue(self, code: str, column: str, value: str = "", **details: str) -> Issue:
        """An issue at one of its cells; an old form has no cells for handling anew."""
        there = column in self.dataset.letters[self.place[:2]]
        at = column if there else "满意度"
        return issue_at(self.dataset, code, self.place, at, value, then=self.then, **details)


def find_reminders(scope: Scope, doubtful: set[Place]) -> Iterator[Issue]:
    """Every reminder of ``CHECKS``; rows in ``doubtful`` are passed over."""
    for row in _iter_handling_rows(scope):
        if row.place not in doubtful:
            yield from filter(None, (check(scope, row) for check in CHECKS))


def find_unknown_calendars(scope: Scope) -> Iterator[Issue]:
    """unknown-calendar: at each period that was counted in working days not announced yet."""
    feedback = scope.items.again["反馈日期"]
    for name, years in scope.rules.guessed(scope.items.register, feedback).items():
        shown = "、".join(map(str, years))
        for (file, sheet), addresses in scope.dataset.letters.items():
            if sheet == "办理规则" and name in addresses:
                yield Issue(
                    "unknown-calendar", file, sheet, addresses[name], name, details={"years": shown}
                )


def _iter_handling_rows(scope: Scope) -> Iterator[HandlingRow]:
    register = scope.items.register
    places: dict[object, int] = {}
    for place, number in enumerate(register["编号"]):
        places.setdefault(number, place)
    places.pop(None, None)
    answers, opinions = scope.due, scope.rules.opinions_due(register)
    unsure = _find_unsure_items(scope)
    waiting = _find_open_items(scope)
    then = f"截至{day_in_words(scope.as_of)}，" if scope.looking_back and scope.today else ""
    table = scope.dataset.tables["办理情况"]
    columns = [table[name] for name in _COLUMNS]
    for index, *values in zip(table.index, *columns, strict=True):
        cells = dict(zip(_COLUMNS, values, strict=True))
        at = places.get(cells["编号"])
        if at is not None:
            leads = cells["办理角色"] in LEADING_ROLES
            due = None if at in unsure else (answers if leads else opinions)[at]
            yield HandlingRow(scope.dataset, index, cells, due, at in waiting, then)


def _find_open_items(scope: Scope) -> set[int]:
    """The items that a department says it is still handling; not those it says nothing of."""
    rows, faulty = scope.items.handling, scope.dataset.faulty
    open_ = rows[rows["答复日期"].isna() & rows["办理结果"].isna()]
    return {
        at
        for place, at in zip(open_.index, open_["台账行"], strict=True)
        if not {(*place, "答复日期"), (*place, "办理结果")} & faulty
    }


def _find_unsure_items(scope: Scope) -> set[int]:
    """The items of which a cell that decides the deadline is at fault."""
    register = {place: at for at, place in enumerate(scope.items.register.index)}
    return {
        register[(file, sheet, row)]
        for file, sheet, row, column in scope.dataset.faulty
        if column in _DECIDING and (file, sheet, row) in register
    }


def _check_answer(scope: Scope, row: HandlingRow) -> Issue | None:
    """late-reply, reply-overdue or reply-due-soon; of an opinion late-opinion, opinion-overdue."""
    replied, due = row.cells["答复日期"], row.due
    if due is None or not row.sound("答复日期", "办理角色"):
        return None
    asks = row.leads or row.waiting  # an opinion is of no use once the item is answered
    if replied is not None and replied > due:
        code = "late-reply" if row.leads else "late-opinion"
        days = _count_days(due, replied)
        return row.issue(
            code, "答复日期", day_in_words(replied), limit=day_in_words(due), days=days
        )
    if replied is None and asks and due < scope.as_of:
        code = "reply-overdue" if row.leads else "opinion-overdue"
        return row.issue(
            code, "答复日期", limit=day_in_words(due), days=_count_days(due, scope.as_of)
        )
    if replied is None and row.leads and scope.today and due <= scope.today + scope.rules.warning:
        left = f"还有{_count_days(scope.today, due)}天" if due > scope.today else "今天到期"
        return row.issue("reply-due-soon", "答复日期", limit=day_in_words(due), left=left)
    return None


def _check_rating(_: Scope, row: HandlingRow) -> Issue | None:
    """not-rated: of an answer to which the deputy has not said anything."""
    answered = row.leads and row.cells["答复日期"] is not None
    if answered and row.cells["满意度"] is None and row.sound("满意度", "反馈日期"):
        return row.issue("not-rated", "满意度")
    return None


def _check_letter_number(scope: Scope, row: HandlingRow) -> Issue | None:
    """no-letter-number, where the rules ask for it."""
    answered = row.leads and row.cells["答复日期"] is not None and row.cells["答复文号"] is None
    if scope.rules.numbered_letters and answered and row.sound("答复日期", "答复文号"):
        return row.issue("no-letter-number", "答复文号")
    return None


def _check_rehandling(scope: Scope, row: HandlingRow) -> Issue | None:
    """not-rehandled, rehandling-overdue or late-rehandling."""
    again, back = row.cells["重办答复日期"], row.cells["反馈日期"]
    if row.cells["满意度"] not in scope.scale.redo or not row.leads:
        return None
    due = scope.rules.rehandling_due(back)
    if not row.sound("满意度", "重办答复日期", "反馈日期"):
        return None
    if again is None and due is not None and due < scope.as_of:
        days = _count_days(due, scope.as_of)
        return row.issue("rehandling-overdue", "重办答复日期", limit=day_in_words(due), days=days)
    if again is None:
        limit = (
            f"，{day_in_words(due)}前再次答复"
            if due
            else f"，{scope.rules.limit('重新办理期限')}内再次答复"
        )
        return row.issue("not-rehandled", "重办答复日期", limit=limit)
    if due is not None and again > due:
        days = _count_days(due, again)
        return row.issue(
            "late-rehandling",
            "重办答复日期",
            day_in_words(again),
            limit=day_in_words(due),
            days=days,
        )
    return None


def _check_solved_unsatisfied(scope: Scope, row: HandlingRow) -> Issue | None:
    """solved-unsatisfied: unless the deputy was satisfied in the end."""
    last = row.cells["重办满意度"] or row.cells["满意度"]
    solved = row.cells["办理结果"] in scope.solved
    if (
        row.leads
        and solved
        and last in scope.scale.redo
        and row.sound("办理结果", "满意度", "重办满意度")
    ):
        return row.issue("solved-unsatisfied", "办理结果", row.cells["办理结果"])
    return None


def _check_promise(scope: Scope, row: HandlingRow) -> Issue | None:
    """promise-overdue: the day has passed and the class still does not count as solved."""
    day, result = row.cells["承诺完成时限"], row.cells["办理结果"]
    open_ = row.leads and result is not None and result not in scope.solved
    if open_ and day is not None and day < scope.as_of and row.sound("承诺完成时限", "办理结果"):
        days = _count_days(day, scope.as_of)
        return row.issue(
            "promise-overdue", "承诺完成时限", day_in_words(day), result=result, days=days
        )
    return None


RowCheck = Callable[[Scope, HandlingRow], Issue | None]
CHECKS: tuple[RowCheck, ...] = (
    _check_answer,
    _check_rating,
    _check_letter_number,
    _check_rehandling,
    _check_solved_unsatisfied,
    _check_promise,
)


def _count_days(first: dt.date, last: dt.date) -> str:
    return str((last - first).days)
