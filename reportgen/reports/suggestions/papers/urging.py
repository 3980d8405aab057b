"""督办通知: of each department what is late, ends soon or was promised, and until when to report."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.data import OWNER, day_in_words
from reportgen.facts.report import Item, Items
from reportgen.reports.papers import PaperDraft, PaperSource
from reportgen.reports.suggestions.context.leaves import to_short_text
from reportgen.reports.suggestions.figures.scope import Scope
from reportgen.reports.suggestions.papers.office import name_office
from reportgen.reports.suggestions.sheets.review_record import RETURNED

URGED = {
    "编号": "建议编号", "标题": "建议标题", "事由": "逾期未答复、临近期限、承诺逾期、不满意未重办、答复函退回未通过等",
    "期限": "应在哪一天以前", "时限": "逾期几天或还有几天",
}  # fmt: skip
OVERDUE, SOON, BROKEN, AGAIN = (
    "逾期未答复",
    "临近答复期限",
    "承诺逾期未兑现",
    "代表不满意未重新答复",
)
BACK, NOT_BROUGHT = "答复函退回整改未通过", "答复函没有交来审核"
_REASONS = (OVERDUE, SOON, BROKEN, AGAIN, BACK, NOT_BROUGHT)
_DAYS = 7
"""督办报送天数 of a register without the setting."""


@dataclass(frozen=True)
class _Urged:
    """An item that a department is urged about; ``place``: its position in the register."""

    department: str
    place: int
    why: str
    due: dt.date | None


def draft_urgings(source: PaperSource) -> Iterator[PaperDraft]:
    """One for each department that is to be urged."""
    scope = Scope.of(source.dataset, source.today)
    office = name_office(source.dataset, source.today)
    days = source.dataset.settings.get("督办报送天数")
    until = source.today + dt.timedelta(days if isinstance(days, int) else _DAYS)
    found = sorted(_find_urged(scope), key=lambda one: (one.due or dt.date.max, one.place))
    for department in scope.assigned:
        own = [one for one in found if one.department == department]
        if own:
            yield PaperDraft(department, {
                **office,
                "部门": department,
                "概况": _sum_up(own),
                "督办列表": Items([_item(scope, one) for one in own], URGED),
                "报送日期": day_in_words(until),
            }, str(office["发文机关"]))  # fmt: skip


def _find_urged(scope: Scope) -> Iterator[_Urged]:
    """Every item of every leading department, by each reason that there is."""
    soon = scope.as_of + scope.rules.warning
    for department, roles in scope.assigned.items():
        for place in roles["主办"]:
            due = scope.due[place]
            if department not in scope.replies.get(place, {}) and due and due <= soon:
                why = OVERDUE if due < scope.as_of else SOON
                yield _Urged(department, place, why, due)
    promised = scope.items.promised
    for place, department, day in zip(
        promised["台账行"], promised[OWNER], promised["承诺完成时限"], strict=True
    ):
        if place in scope.broken_promises:
            yield _Urged(department, place, BROKEN, day)
    again = scope.items.again
    for place, department in zip(again["台账行"], again[OWNER], strict=True):
        if place in scope.due_anew:
            yield _Urged(department, place, AGAIN, scope.due_anew[place])
    yield from _find_letters(scope)


def _find_letters(scope: Scope) -> Iterator[_Urged]:
    """The letters that the last round of their review sent back, and those that never came to one."""
    numbers, reviewed = list(scope.items.register["编号"]), scope.reviews.by_letter
    for department, roles in scope.assigned.items() if reviewed else ():
        for place in roles["主办"]:
            rounds = reviewed.get((str(numbers[place]), department))
            if rounds and rounds[-1] == RETURNED:
                yield _Urged(department, place, BACK, None)
            elif not rounds and department in scope.replies.get(place, {}):
                yield _Urged(department, place, NOT_BROUGHT, None)


def _sum_up(own: Sequence[_Urged]) -> str:
    """``逾期未答复1件、临近答复期限2件``."""
    counts = Counter(one.why for one in own)
    return "、".join(f"{why}{counts[why]}件" for why in _REASONS if counts[why])


def _item(scope: Scope, one: _Urged) -> Item:
    row = scope.items.register.iloc[one.place]
    return Item(f"{one.place}{one.why}", {
        "编号": to_short_text(row["编号"]),
        "标题": to_short_text(row["标题"]),
        "事由": one.why,
        "期限": to_short_text(one.due),
        "时限": scope.days_left(one.due) if one.due else "",
    })  # fmt: skip
