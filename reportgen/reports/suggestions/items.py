"""The suggestions of a year, one row each: the register joined with what departments returned.

An item is what the leading department's row says of it.  Where several departments each answer
their own part (分办), the item stands as its least advanced part does (a part not returned or not
answered first, then the class that stands last in 办理结果分类), and the deputy's rating is the
lowest given to any part: an item is solved, or all satisfied, only if every part is.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from reportgen.data import Dataset
from reportgen.reports.suggestions.scale import Scale
from reportgen.reports.suggestions.vocabulary import LEADING_ROLES

RETURNED_COLUMNS = (
    "办理方案日期", "承办人", "沟通方式", "沟通日期", "办理结果", "办理措施及成效",
    "未解决原因", "承诺完成时限", "答复日期", "答复文号", "签发人", "反馈日期",
)  # fmt: skip
"""Columns of 办理情况 that an item takes from its deciding row."""

REHANDLED_COLUMNS = ("重办答复日期", "重办满意度")

RATINGS = ("满意度", "态度满意度")


@dataclass(frozen=True)
class Items:
    """``register``: 建议台账 as filled, its columns and index.

    ``handling``: the leading rows of 办理情况 of known items, each with 部门.
    ``decided``: for each item that was returned, its deciding row: index and columns of 办理情况;
    办理结果 and 答复日期 only if both are there in every part, else the item is 正在办理.
    ``rated``: by rating column, the row that decides it; index and columns likewise.
    ``again``: for each item whose rating asks for it, the part that is least far with being handled
    anew; index and columns of 办理情况.  ``scale``: 满意度分类.
    ``handling``, ``decided``, ``rated`` and ``again`` carry in 台账行 the item's position in the register.
    """

    register: pd.DataFrame
    handling: pd.DataFrame
    decided: pd.DataFrame
    rated: dict[str, pd.DataFrame]
    again: pd.DataFrame
    scale: Scale

    @property
    def table(self) -> pd.DataFrame:
        """The register with the returned columns beside it, None where there is nothing."""
        sources = dict.fromkeys(RETURNED_COLUMNS, self.decided) | self.rated
        sources |= dict.fromkeys(REHANDLED_COLUMNS, self.again)
        positions = range(len(self.register))
        found = {
            name: rows.set_index("台账行")[name].reindex(positions).to_numpy()
            for name, rows in sources.items()
        }
        joined = self.register.assign(**found)
        return joined.astype(object).where(joined.notna(), None)


def items(dataset: Dataset) -> Items:
    """Join the register and the returns; rows of unknown items are left out."""
    register = dataset.tables["建议台账"]
    handling = _leading(dataset.tables["办理情况"], register)
    decided = _decided(handling, register, list(dataset.tables["办理结果分类"]["代码"]))
    scale = Scale.of(dataset)
    rated = {name: _rated(handling, register, name, scale) for name in RATINGS}
    return Items(register, handling, decided, rated, _again(handling, scale), scale)


def _leading(handling: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    positions: dict[object, int] = {}
    for position, number in enumerate(register["编号"]):
        positions.setdefault(number, position)
    positions.pop(None, None)
    lead = handling["办理角色"].isin(LEADING_ROLES) & handling["编号"].isin(list(positions))
    return handling[lead].assign(台账行=handling[lead]["编号"].map(positions))


def _decided(handling: pd.DataFrame, register: pd.DataFrame, classes: list[str]) -> pd.DataFrame:
    answered = handling["办理结果"].notna() & handling["答复日期"].notna()
    rank = handling["办理结果"].map({code: place for place, code in enumerate(classes)})
    worst = _worst(handling, rank.where(answered, len(classes)))
    done = answered[worst.index] & _complete(handling, register, worst["台账行"])
    return worst.assign(
        办理结果=worst["办理结果"].where(done, None), 答复日期=worst["答复日期"].where(done, None)
    )


def _rated(handling: pd.DataFrame, register: pd.DataFrame, name: str, scale: Scale) -> pd.DataFrame:
    """A part without a rating leaves the item without one, unless another part is 不满意."""
    given = handling[handling[name].isin(scale.classes)]
    worst = _worst(given, given[name].map(scale.ranks))
    counts = _complete(given, register, worst["台账行"]) | worst[name].isin(scale.redo)
    return worst[counts]


def _again(handling: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """Not answered anew, not rated anew, then by the new rating."""
    rows = handling[handling["满意度"].isin(scale.redo)]
    rank = rows["重办满意度"].map(scale.ranks).astype(float)
    unrated, unanswered = len(scale.classes), len(scale.classes) + 1
    return _worst(rows, rank.fillna(unrated).where(rows["重办答复日期"].notna(), unanswered))


def _worst(rows: pd.DataFrame, rank: pd.Series) -> pd.DataFrame:
    """Of each item's rows the one with the highest rank, the first of equals."""
    order = rows.assign(_rank=rank.astype(float)).sort_values(
        "_rank", kind="stable", ascending=False
    )
    return order[~order["台账行"].duplicated()].drop(columns="_rank").sort_values("台账行")


def _complete(rows: pd.DataFrame, register: pd.DataFrame, positions: pd.Series) -> pd.Series:
    """At each of ``positions``: whether as many departments have a row as the register asks for."""
    asked = [len(names or ()) for names in register["主办部门"]]
    given = rows.groupby("台账行", sort=False)["部门"].nunique().to_dict()
    complete = [given[position] >= asked[position] for position in positions]
    return pd.Series(complete, index=positions.index, dtype=bool)
