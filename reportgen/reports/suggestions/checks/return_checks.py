"""What came back from the departments against what the register handed out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import pandas as pd

from reportgen.data import Dataset
from reportgen.issues import Issue
from reportgen.reports.suggestions.figures.achievements import Place
from reportgen.reports.suggestions.handing_out.assignments import assignments
from reportgen.schema.columns import spelling

REGISTER, HANDLING, DEPARTMENTS = "建议台账", "办理情况", "承办部门"

_HANDED = ("department", "number", "title", "deputy", "role", "position")
_PREFILLED = {"标题": "title", "领衔代表": "deputy", "办理角色": "role"}
"""Cells of 办理情况 that must agree with the register, besides the number."""


def issue_at(
    dataset: Dataset, code: str, place: Place, column: str, value: str = "", **details: str
) -> Issue:
    """An issue at one cell of a table; without a cell if the column was not found."""
    file, sheet, row = place
    letter = dataset.letters[file, sheet].get(column, "")
    cell = f"{letter}{row}" if letter else ""
    return Issue(code, file, sheet, cell, column, value, details)


def setting_issue(dataset: Dataset, code: str, item: str, **details: str) -> Iterator[Issue]:
    """An issue at an item of 基本信息, if the register has it."""
    for (file, sheet), addresses in dataset.letters.items():
        if sheet == "基本信息" and item in addresses:
            value = str(dataset.settings.get(item) or "")
            yield Issue(code, file, sheet, addresses[item], item, value, details)


def return_issues(dataset: Dataset) -> Iterator[Issue]:
    """Every way in which the returns disagree with the register."""
    if not len(dataset.tables[REGISTER]):
        return
    found = _compare(dataset)
    yield from _locked_changed(dataset, found)
    yield from _not_assigned(dataset, found)
    yield from _item_repeated(dataset, found)
    yield from _item_not_returned(dataset, found)
    yield from _department_not_returned(dataset, found)


@dataclass(frozen=True)
class _Comparison:
    """``handed``: one row per department and item, with the register row's ``place``.

    ``rows``: of 办理情况, with ``place``, ``number`` (the item meant: by its title where the number
    typed is wrong), and beside it what was handed out under that number, NaN where nothing was.
    ``doubtful``: numbers of items whose assignment in the register is itself at fault.
    """

    handed: pd.DataFrame
    rows: pd.DataFrame
    doubtful: frozenset[str]


def _compare(dataset: Dataset) -> _Comparison:
    handed = _handed(dataset)
    rows = dataset.tables[HANDLING].assign(place=list(dataset.tables[HANDLING].index))
    rows = rows.reset_index(drop=True)
    rows["word"] = rows["标题"].map(_word)
    rows["number"] = _numbers_meant(rows, handed)
    ours, theirs = ["部门", "number"], ["department", "number"]
    rows = rows.merge(handed, how="left", left_on=ours, right_on=theirs, suffixes=("", "_handed"))
    return _Comparison(handed, rows, _doubtful(dataset))


def _handed(dataset: Dataset) -> pd.DataFrame:
    records = list(map(attrgetter(*_HANDED), assignments(dataset)))
    handed = pd.DataFrame(records, columns=list(_HANDED), dtype=object)
    places = list(dataset.tables[REGISTER].index)
    handed["place"] = [places[position] for position in handed["position"]]
    handed["word"] = handed["title"].map(_word)
    return handed.drop_duplicates(["department", "number"])


def _doubtful(dataset: Dataset) -> frozenset[str]:
    register = dataset.tables[REGISTER]
    deciding = ("编号", "办理方式", "主办部门", "协办部门")
    wrong = {cell[:3] for cell in dataset.faulty if cell[3] in deciding}
    numbers = zip(register["编号"], register.index, strict=True)
    return frozenset(number for number, place in numbers if place in wrong)


def _numbers_meant(rows: pd.DataFrame, handed: pd.DataFrame) -> pd.Series:
    """The number typed; where it does not fit the title, the department's open item that does."""
    handed_as = rows[["部门", "编号"]].merge(
        handed, how="left", left_on=["部门", "编号"], right_on=["department", "number"]
    )
    titled = rows["word"] != ""
    strays = handed_as["word"].isna() | (titled & (handed_as["word"] != rows["word"]))
    settled = pd.MultiIndex.from_frame(rows[~strays][["部门", "编号"]])
    is_open = ~pd.MultiIndex.from_frame(handed[["department", "number"]]).isin(settled)
    titles = handed[is_open].drop_duplicates(["department", "word"], keep=False)
    by_title = rows[["部门", "word"]].merge(
        titles, how="left", left_on=["部门", "word"], right_on=["department", "word"]
    )
    return by_title["number"].where(strays & titled & by_title["number"].notna(), rows["编号"])


def _locked_changed(dataset: Dataset, found: _Comparison) -> Iterator[Issue]:
    rows = found.rows
    wrong = rows[rows["编号"].notna() & (rows["编号"] != rows["number"])]
    for place, typed, meant in _records(wrong, "place", "编号", "number"):
        yield issue_at(dataset, "locked-changed", place, "编号", typed, expected=meant)
    first = rows[~rows.duplicated(["部门", "number"]) & ~rows["number"].isin(found.doubtful)]
    for column, expected in _PREFILLED.items():
        others = first[first[column] != first[expected]]  # few; only they are worth a closer look
        differs = others[column].map(_word) != others[expected].map(_word)
        given = others[column].notna() & others[expected].notna() & (others[expected] != "")
        for place, typed, right in _records(others[differs & given], "place", column, expected):
            yield issue_at(dataset, "locked-changed", place, column, typed, expected=right)


def _not_assigned(dataset: Dataset, found: _Comparison) -> Iterator[Issue]:
    rows = found.rows
    wrong = rows["number"].notna() & rows["position"].isna() & ~rows["number"].isin(found.doubtful)
    for place, number, department in _records(rows[wrong], "place", "编号", "部门"):
        yield issue_at(dataset, "not-assigned", place, "编号", number, department=department)


def _item_repeated(dataset: Dataset, found: _Comparison) -> Iterator[Issue]:
    rows = found.rows[found.rows["position"].notna()]
    keys = ["部门", "number"]
    firsts = rows.groupby(keys, sort=False)["place"].transform("first")
    again = rows.assign(first=firsts)[rows.duplicated(keys)]
    for place, first, number, department in _records(again, "place", "first", "number", "部门"):
        other = issue_at(dataset, "item-repeated", first, "编号")
        where = f"{other.file} {other.place}"
        details = {"department": department, "other": where}
        yield issue_at(dataset, "item-repeated", place, "编号", number, **details)


def _item_not_returned(dataset: Dataset, found: _Comparison) -> Iterator[Issue]:
    keys = pd.MultiIndex.from_frame(found.rows[["部门", "number"]])
    handed = found.handed[~found.handed["number"].isin(found.doubtful)]
    missing = handed[~pd.MultiIndex.from_frame(handed[["department", "number"]]).isin(keys)]
    unnumbered = found.rows[found.rows["number"].isna()].groupby("部门").size()
    for department, items in missing.groupby("department", sort=False):
        # a row whose number cannot be read may be the one that is missing
        if _whole(dataset, str(department)) and len(items) > unnumbered.get(department, 0):
            for place, number, role in _records(items, "place", "number", "role"):
                column = "协办部门" if role == "协办" else "主办部门"
                details = {"department": str(department), "role": role}
                yield issue_at(dataset, "item-not-returned", place, column, number, **details)


def _whole(dataset: Dataset, department: str) -> bool:
    """Whether the department returned something, and all its numbers could be read."""
    files = dataset.returned.get(department, ())
    readable = bool(files) and department not in dataset.unread
    return readable and all("编号" in dataset.letters.get((file, HANDLING), {}) for file in files)


def _department_not_returned(dataset: Dataset, found: _Comparison) -> Iterator[Issue]:
    counts = found.handed.groupby("department").size()
    rows = dataset.tables[DEPARTMENTS].drop_duplicates("全称")
    there = [*dataset.begun, *dataset.unread]
    open_ = rows[rows["全称"].isin(counts.index) & ~rows["全称"].isin(there)]
    blank = open_["全称"].isin(list(dataset.returned))
    yield from _departments(dataset, "form-still-blank", open_[blank], counts)
    missing = open_[~blank]
    owned = {file for files in dataset.returned.values() for file in files}
    ownerless = {file for file, sheet in dataset.letters if sheet == HANDLING} - owned
    if len(missing) > len(ownerless):  # a workbook without owner may be the one that is missing
        yield from _departments(dataset, "department-not-returned", missing, counts)


def _departments(
    dataset: Dataset, code: str, rows: pd.DataFrame, counts: pd.Series
) -> Iterator[Issue]:
    """An issue at each department, with the number of its items."""
    for place, name in zip(rows.index, rows["全称"], strict=True):
        details = {"department": name, "count": str(counts[name])}
        yield issue_at(dataset, code, place, "全称", name, **details)


def _records(rows: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    return rows[list(columns)].itertuples(index=False, name=None)


def _word(text: object) -> str:
    """What must agree of a prefilled cell: spaces and the width of signs do not matter."""
    return spelling(text) if isinstance(text, str) else ""
