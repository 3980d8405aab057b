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
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

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
        rated = self.rated["满意度"]
        back = self.handling[self.handling["台账行"].isin(rated["台账行"])]
        sources = dict.fromkeys(("答复日期", "答复文号"), self.replied)
        sources |= dict.fromkeys(("沟通方式", "沟通日期"), self.contacted)
        sources |= dict.fromkeys(("办理结果", "未解决原因"), self.decided)
        sources |= dict.fromkeys(("重办答复日期", "重办满意度"), self.again)
        sources |= {"办理方案日期": self.planned, "承诺完成时限": self.promised}
        sources |= {"反馈日期": _select_latest(back, "反馈日期"), **self.rated}
        found = {name: self._beside(rows, name) for name, rows in sources.items()}
        return self.register.assign(**found)

    def _beside(self, rows: pd.DataFrame, column: str) -> pd.Series:
        """The column as the register's rows stand, None where there is nothing."""
        cells: list[object] = [None] * len(self.register)
        for position, value in zip(rows["台账行"], rows[column], strict=True):
            cells[position] = None if pd.isna(value) else value
        return pd.Series(cells, self.register.index, dtype=object)

    def all_have(self, column: str) -> bool:
        """Whether every leading department of every item filled in ``column``."""
        filled = self.handling[self.handling[column].notna()]
        return len(self.register) > 0 and len(_find_complete(filled, self.register)) == len(
            self.register
        )


def join_items(dataset: Dataset, as_of: dt.date | None = None) -> JoinedItems:
    """Join the register and the returns; rows of unknown items are left out.

    ``as_of``: when promises are looked at; none is broken if no day is known.
    """
    register, classes = dataset.tables["建议台账"], dataset.tables["办理结果分类"]
    scale = RatingScale.of(dataset)
    handling = _select_leading(dataset.tables["办理情况"], register)
    solved = set(classes["代码"][classes["计入解决"] == "是"])
    answers = handling[handling["办理结果"].notna() & handling["答复日期"].notna()]
    answers = answers[answers["台账行"].isin(_find_complete(answers, register))]
    open_ = answers[~answers["办理结果"].isin(solved)]
    rated = {name: _select_ratings(answers, register, name, scale) for name in RATINGS}
    return JoinedItems(
        register,
        handling,
        _select_deciding(answers, open_, list(classes["代码"])),
        _select_latest(answers, "答复日期"),
        _select_latest(handling, "沟通日期"),
        _select_latest(handling, "办理方案日期"),
        _select_promises(open_, as_of or dt.date.min),
        rated,
        _select_handled_anew(answers, scale),
        scale,
    )


def _select_leading(handling: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """By item, and within it in the order in which the register names the departments."""
    positions: dict[object, int] = {}
    for position, number in enumerate(register["编号"]):
        positions.setdefault(number, position)
    positions.pop(None, None)
    lead = handling["办理角色"].isin(LEADING_ROLES) & handling["编号"].isin(list(positions))
    rows = handling[lead].assign(台账行=handling[lead]["编号"].map(positions))
    named = [list(names or ()) for names in register["主办部门"]]
    order = [
        named[position].index(name) if name in named[position] else len(named[position])
        for position, name in zip(rows["台账行"], rows[OWNER], strict=True)
    ]
    ordered = rows.assign(_order=order).sort_values(["台账行", "_order"], kind="stable")
    return ordered.drop(columns="_order")


def _select_deciding(
    answers: pd.DataFrame, open_: pd.DataFrame, classes: list[str]
) -> pd.DataFrame:
    """The worst part, with the reasons of all parts that are not solved."""
    ranks = {code: place for place, code in enumerate(classes)}
    rank = answers["办理结果"].map(ranks) + len(classes) * answers.index.isin(open_.index)
    worst = _select_worst(answers, rank)
    reasons = open_[open_["未解决原因"].notna()].groupby("台账行")["未解决原因"].agg(_join_texts)
    return worst.assign(未解决原因=worst["台账行"].map(reasons.to_dict()))


def _select_promises(open_: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    given = open_[open_["承诺完成时限"].notna()]
    days = given["承诺完成时限"].map(dt.date.toordinal).astype(float)
    today = as_of.toordinal()
    return _select_worst(given, days.where(days >= today, 2 * dt.date.max.toordinal() - days))


def _select_ratings(
    answers: pd.DataFrame, register: pd.DataFrame, name: str, scale: RatingScale
) -> pd.DataFrame:
    """A part without a rating leaves the item without one, unless another part is 不满意."""
    given = answers[answers[name].isin(scale.classes)]
    worst = _select_worst(given, given[name].map(scale.ranks))
    whole = worst["台账行"].isin(_find_complete(given, register))
    return worst[whole | worst[name].isin(scale.redo)]


def _select_handled_anew(answers: pd.DataFrame, scale: RatingScale) -> pd.DataFrame:
    """Not answered anew, not rated anew, then by the new rating."""
    rows = answers[answers["满意度"].isin(scale.redo)]
    rank = rows["重办满意度"].map(scale.ranks).astype(float)
    unrated, unanswered = len(scale.classes), len(scale.classes) + 1
    worst = _select_worst(
        rows, rank.fillna(unrated).where(rows["重办答复日期"].notna(), unanswered)
    )
    last = _select_latest(rows, "重办答复日期").set_index("台账行")["重办答复日期"].to_dict()
    done = worst["重办答复日期"].notna()
    return worst.assign(重办答复日期=worst["台账行"].map(last).where(done, None))


def _select_latest(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Of each item's rows the one with the latest day in ``column``; none without any."""
    filled = rows[rows[column].notna()]
    return _select_worst(filled, filled[column].map(dt.date.toordinal))


def _select_worst(rows: pd.DataFrame, rank: pd.Series) -> pd.DataFrame:
    """Of each item's rows the one with the highest rank, the first of equals."""
    ranks = rank.astype(float).fillna(-math.inf).tolist()
    best: dict[int, int] = {}
    for at, item in enumerate(rows["台账行"].tolist()):
        if item not in best or ranks[at] > ranks[best[item]]:
            best[item] = at
    return rows.iloc[[best[item] for item in sorted(best)]]


def _find_complete(rows: pd.DataFrame, register: pd.DataFrame) -> set[int]:
    """The items of which as many departments have a row as the register asks for."""
    given = rows.groupby("台账行", sort=False)[OWNER].nunique().to_dict()
    asked = enumerate(register["主办部门"])
    return {place for place, names in asked if given.get(place, 0) >= max(1, len(names or ()))}


def _join_texts(texts: pd.Series) -> str:
    """Different texts of several parts, each without its stop."""
    return "；".join(dict.fromkeys(str(text).rstrip("。；，、 \n") for text in texts))
