"""The suggestions of a year, one row each: the register joined with what departments returned.

Where several departments each answer their own part (分办), an item is answered when every part is,
by the last reply.  Its class is that of its least advanced part (one that is not solved before one
that is, then the class that stands last in 办理结果分类), its rating, which only an answered item
has, the lowest given to any part: it is solved, or satisfied, only if every part is.  It was talked
over, or planned, once any part was; of equal parts that of the department named first counts.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from reportgen.data import OWNER, Dataset
from reportgen.reports.suggestions.figures.satisfaction import RatingScale
from reportgen.reports.suggestions.sheets.vocabulary import LEADING_ROLES

RATINGS = ("满意度", "态度满意度")


@dataclass(frozen=True)
class JoinedItems:
    """``register``: 建议台账 as filled, its columns and index.

    ``handling``: the leading rows of 办理情况 of known items, each with its owner and, in 台账行, with the
    item's position in the register, by which they are sorted.  The other tables have some of these
    rows, index and columns likewise, at most one for each item:
    ``decided``: of every answered item, the part that decides its class; the others are 正在办理.
    ``replied``: of every answered item, the last reply.  ``contacted``, ``planned``: the last
    contact, the last plan.  ``promised``: of every item answered and not solved, the promise that
    was broken first, if any was, else the last.  ``rated``: by rating column, the part that decides
    it.  ``again``: of each item whose rating asks for it, the part that is least far with being
    handled anew; 重办答复日期 is the last one.  ``scale``: 满意度分类.
    """

    register: pd.DataFrame
    handling: pd.DataFrame
    decided: pd.DataFrame
    replied: pd.DataFrame
    contacted: pd.DataFrame
    planned: pd.DataFrame
    promised: pd.DataFrame
    rated: Mapping[str, pd.DataFrame]
    again: pd.DataFrame
    scale: RatingScale

    @cached_property
    def table(self) -> pd.DataFrame:
        """The register with the returned columns beside it, None where there is nothing."""
        rated = set(self.rated["满意度"]["台账行"])
        back = [at for at, item in enumerate(self._parts.items) if item in rated]
        sources = dict.fromkeys(("答复日期", "答复文号"), self.replied)
        sources |= dict.fromkeys(("沟通方式", "沟通日期"), self.contacted)
        sources |= dict.fromkeys(("办理结果", "未解决原因"), self.decided)
        sources |= dict.fromkeys(("重办答复日期", "重办满意度"), self.again)
        sources |= {"办理方案日期": self.planned, "承诺完成时限": self.promised}
        sources |= {"反馈日期": self._parts.select_latest(back, "反馈日期"), **self.rated}
        found = {name: self._beside(rows, name) for name, rows in sources.items()}
        return self.register.assign(**found)

    def _beside(self, rows: pd.DataFrame, column: str) -> pd.Series:
        """The column as the register's rows stand, None where there is nothing."""
        cells: list[object] = [None] * len(self.register)
        filled = rows[column].notna()
        for position, value in zip(rows["台账行"][filled], rows[column][filled], strict=True):
            cells[position] = value
        return pd.Series(cells, self.register.index, dtype=object)

    def all_have(self, column: str) -> bool:
        """Whether every leading department of every item filled in ``column``."""
        filled = self._parts.filled(column, range(len(self.handling)))
        return 0 < len(self.register) == len(self._parts.find_complete(filled))

    @cached_property
    def _parts(self) -> _Parts:
        return _Parts(self.handling, self.register)


def join_items(dataset: Dataset, as_of: dt.date | None = None) -> JoinedItems:
    """Join the register and the returns; rows of unknown items are left out.

    ``as_of``: when promises are looked at; none is broken if no day is known.
    """
    register, classes = dataset.tables["建议台账"], dataset.tables["办理结果分类"]
    scale = RatingScale.of(dataset)
    parts = _Parts(_select_leading(dataset.tables["办理情况"], register), register)
    solved = set(classes["代码"][classes["计入解决"] == "是"])
    every, results = range(len(parts.items)), parts.column("办理结果")
    answers = parts.filled("办理结果", parts.filled("答复日期", every))
    complete = parts.find_complete(answers)
    answers = [at for at in answers if parts.items[at] in complete]
    open_ = [at for at in answers if results[at] not in solved]
    return JoinedItems(
        register,
        parts.handling,
        _select_deciding(parts, answers, open_, list(classes["代码"])),
        parts.select_latest(answers, "答复日期"),
        parts.select_latest(every, "沟通日期"),
        parts.select_latest(every, "办理方案日期"),
        _select_promises(parts, open_, as_of or dt.date.min),
        {name: _select_ratings(parts, answers, name, scale) for name in RATINGS},
        _select_handled_anew(parts, answers, scale),
        scale,
    )


@dataclass(frozen=True)
class _Parts:
    """The leading rows, looked at column by column; some of them are told by their positions."""

    handling: pd.DataFrame
    register: pd.DataFrame

    def column(self, name: str) -> list[Any]:
        """Its cells."""
        cells: list[Any] = self.handling[name].tolist()
        return cells

    @cached_property
    def items(self) -> list[int]:
        """The position in the register of each row's item."""
        return self.column("台账行")

    def filled(self, column: str, among: Iterable[int]) -> list[int]:
        """Those in which the column is filled."""
        there = self.handling[column].notna().tolist()
        return [at for at in among if there[at]]

    def find_complete(self, among: Iterable[int]) -> set[int]:
        """The items of which as many departments have a row as the register asks for."""
        given: dict[int, set[object]] = {}
        for at in among:
            given.setdefault(self.items[at], set()).add(self._owners[at])
        return {item for item, names in given.items() if len(names - {None}) >= self._asked[item]}

    def find_worst(self, ranked: Iterable[tuple[int, float]]) -> list[int]:
        """Of each item's rows the one with the highest rank, the first of equals."""
        best: dict[int, tuple[float, int]] = {}
        for at, rank in ranked:
            item = self.items[at]
            if item not in best or rank > best[item][0]:
                best[item] = rank, at
        return [at for _, at in best.values()]

    def find_latest(self, among: Iterable[int], column: str) -> list[int]:
        """Of each item's rows the one with the latest day in ``column``; none without any."""
        days = self.column(column)
        return self.find_worst((at, days[at].toordinal()) for at in self.filled(column, among))

    def select_worst(self, ranked: Iterable[tuple[int, float]]) -> pd.DataFrame:
        """As ``find_worst``, the rows themselves."""
        return self.handling.iloc[self.find_worst(ranked)]

    def select_latest(self, among: Iterable[int], column: str) -> pd.DataFrame:
        """As ``find_latest``, the rows themselves."""
        return self.handling.iloc[self.find_latest(among, column)]

    @cached_property
    def _owners(self) -> list[Any]:
        return self.column(OWNER)

    @cached_property
    def _asked(self) -> list[int]:
        return [max(1, len(names or ())) for names in self.register["主办部门"]]


def _select_leading(handling: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """By item, and within it in the order in which the register names the departments."""
    positions: dict[object, int] = {}
    for position, number in enumerate(register["编号"]):
        positions.setdefault(number, position)
    positions.pop(None, None)
    named = [list(names or ()) for names in register["主办部门"]]
    found: list[tuple[int, int, int]] = []
    cells = zip(handling["办理角色"], handling["编号"], handling[OWNER], strict=True)
    for at, (role, number, owner) in enumerate(cells):
        if role in LEADING_ROLES and number in positions:
            names = named[positions[number]]
            order = names.index(owner) if owner in names else len(names)
            found.append((positions[number], order, at))
    found.sort()
    rows = handling.iloc[[at for *_, at in found]]
    return rows.assign(台账行=pd.Series([item for item, *_ in found], rows.index, dtype="int64"))


def _select_deciding(
    parts: _Parts, answers: Sequence[int], open_: Sequence[int], classes: list[str]
) -> pd.DataFrame:
    """The worst part, with the reasons of all parts that are not solved."""
    ranks = {code: place for place, code in enumerate(classes)}
    results, texts, still_open = parts.column("办理结果"), parts.column("未解决原因"), set(open_)
    worst = parts.select_worst(
        (at, ranks.get(results[at], -math.inf) + len(classes) * (at in still_open))
        for at in answers
    )
    reasons: dict[int, list[str]] = {}
    for at in parts.filled("未解决原因", open_):
        reasons.setdefault(parts.items[at], []).append(texts[at])
    told = {item: _join_texts(each) for item, each in reasons.items()}
    return worst.assign(未解决原因=worst["台账行"].map(told))


def _select_promises(parts: _Parts, open_: Sequence[int], as_of: dt.date) -> pd.DataFrame:
    """The one broken first, if any is, else the last."""
    today, last = as_of.toordinal(), dt.date.max.toordinal()
    days = parts.column("承诺完成时限")
    given = [(at, days[at].toordinal()) for at in parts.filled("承诺完成时限", open_)]
    return parts.select_worst((at, day if day >= today else 2 * last - day) for at, day in given)


def _select_ratings(
    parts: _Parts, answers: Sequence[int], name: str, scale: RatingScale
) -> pd.DataFrame:
    """A part without a rating leaves the item without one, unless another part is 不满意."""
    ratings, ranks = parts.column(name), scale.ranks
    given = [at for at in answers if ratings[at] in ranks]
    whole = parts.find_complete(given)
    worst = parts.find_worst((at, ranks[ratings[at]]) for at in given)
    return parts.handling.iloc[
        [at for at in worst if parts.items[at] in whole or ratings[at] in scale.redo]
    ]


def _select_handled_anew(parts: _Parts, answers: Sequence[int], scale: RatingScale) -> pd.DataFrame:
    """Not answered anew, not rated anew, then by the new rating."""
    ratings, again, ranks = parts.column("满意度"), parts.column("重办满意度"), scale.ranks
    rows = [at for at in answers if ratings[at] in scale.redo]
    answered = set(parts.filled("重办答复日期", rows))
    unrated, unanswered = len(scale.classes), len(scale.classes) + 1
    worst = parts.select_worst(
        (at, ranks.get(again[at], unrated) if at in answered else unanswered) for at in rows
    )
    days = parts.column("重办答复日期")
    last = {parts.items[at]: days[at] for at in parts.find_latest(rows, "重办答复日期")}
    done = worst["重办答复日期"].notna()
    return worst.assign(重办答复日期=worst["台账行"].map(last).where(done, None))


def _join_texts(texts: Iterable[str]) -> str:
    """Different texts of several parts, each without its stop."""
    return "；".join(dict.fromkeys(str(text).rstrip("。；，、 \n") for text in texts))
