"""What came back from the owners against what the register handed out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reportgen.data import OWNER, Dataset
from reportgen.issues import Issue
from reportgen.reports.assignment.hand_out import Assignment, HandOut, shown_cell
from reportgen.reports.places import issue_at
from reportgen.reports.words import KindWords
from reportgen.schema.columns import normalise_name
from reportgen.schema.model import Workbook

BLANK, MISSING = "form-still-blank", "department-not-returned"
NOT_RETURNED = (BLANK, MISSING)
"""An owner of which nothing has come."""


def return_issues(
    dataset: Dataset, given: Sequence[HandOut], returned: Workbook, words: KindWords
) -> Iterator[Issue]:
    """Every way in which the returns disagree with what was handed out, and who returned nothing."""
    if given and not any(len(dataset.tables[each.items.name]) for each in given):
        return
    counts: dict[str, int] = {}
    for each in given:
        found = _compare(dataset, each, words)
        yield from _locked_changed(found)
        yield from _not_assigned(found)
        yield from _item_repeated(found)
        yield from _item_not_returned(found)
        for name, count in found.handed.groupby("owner").size().items():
            counts[str(name)] = counts.get(str(name), 0) + int(count)
    yield from _not_returned(dataset, given, returned, counts if given else None, words)


@dataclass(frozen=True)
class _Comparison:
    """``handed``: one row per owner and item, with the register row's ``place``.

    ``rows``: of the answers, with ``place``, ``number`` (the item meant: by its title where the key
    typed is wrong), and beside it what was handed out under that key, NaN where nothing was.
    ``doubtful``: keys of items whose assignment in the register is itself at fault.  ``compared``: the
    prefilled columns, besides the key, that must agree.
    """

    dataset: Dataset
    given: HandOut
    words: KindWords
    handed: pd.DataFrame
    rows: pd.DataFrame
    doubtful: frozenset[str]
    compared: tuple[str, ...]

    def issue(
        self, code: str, place: tuple[str, str, int], column: str, key: str, **details: str
    ) -> Issue:
        """An issue that names an item."""
        said = {"item": self.words.item.format(key=key), "counter": self.words.counter}
        return issue_at(self.dataset, code, place, column, key, **said, **details)


def _compare(dataset: Dataset, given: HandOut, words: KindWords) -> _Comparison:
    found = list(given.assignments(dataset))
    compared = tuple(_compared(given, found))
    handed = _handed(dataset, given, found, compared)
    answers = dataset.tables[given.answers.name]
    rows = answers.assign(place=list(answers.index)).reset_index(drop=True)
    rows["word"] = rows[given.title].map(_word) if given.title else ""
    rows["number"] = _keys_meant(rows, handed, given.key)
    ours, theirs = [OWNER, "number"], ["owner", "number"]
    rows = rows.merge(handed, how="left", left_on=ours, right_on=theirs, suffixes=("", "_handed"))
    return _Comparison(dataset, given, words, handed, rows, _doubtful(dataset, given), compared)


def _handed(
    dataset: Dataset, given: HandOut, found: Sequence[Assignment], compared: Sequence[str]
) -> pd.DataFrame:
    places = list(dataset.tables[given.items.name].index)
    records: dict[str, list[object]] = {
        "owner": [each.owner for each in found],
        "number": [each.key for each in found],
        "part": [each.part for each in found],
        "column": [each.column for each in found],
        "position": [each.position for each in found],
        "place": [places[each.position] for each in found],
        "word": [_word(each.locked.get(given.title)) for each in found],
    }
    for name in compared:
        records[_handed_as(name)] = [each.locked.get(name) for each in found]
    return pd.DataFrame(records, dtype=object).drop_duplicates(["owner", "number"])


def _compared(given: HandOut, found: Sequence[Assignment]) -> Iterator[str]:
    """The prefilled columns, besides the key, that any item was handed out with."""
    for column in given.answers.columns:
        others = column.locked and column.name != given.key
        if others and any(column.name in each.locked for each in found):
            yield column.name


def _handed_as(column: str) -> str:
    return f"handed:{column}"


def _doubtful(dataset: Dataset, given: HandOut) -> frozenset[str]:
    register = dataset.tables[given.items.name]
    wrong = {cell[:3] for cell in dataset.faulty if cell[3] in given.deciding}
    numbers = zip(register[given.source], register.index, strict=True)
    return frozenset(number for number, place in numbers if place in wrong)


def _keys_meant(rows: pd.DataFrame, handed: pd.DataFrame, key: str) -> pd.Series:
    """The key typed; where it does not fit the title, the owner's open item that does."""
    handed_as = rows[[OWNER, key]].merge(
        handed, how="left", left_on=[OWNER, key], right_on=["owner", "number"]
    )
    titled = rows["word"] != ""
    strays = handed_as["word"].isna() | (titled & (handed_as["word"] != rows["word"]))
    if not (strays & titled).any():
        return rows[key]
    settled = pd.MultiIndex.from_frame(rows[~strays][[OWNER, key]])
    is_open = ~pd.MultiIndex.from_frame(handed[["owner", "number"]]).isin(settled)
    titles = handed[is_open].drop_duplicates(["owner", "word"], keep=False)
    by_title = rows[[OWNER, "word"]].merge(
        titles, how="left", left_on=[OWNER, "word"], right_on=["owner", "word"]
    )
    return by_title["number"].where(strays & titled & by_title["number"].notna(), rows[key])


def _locked_changed(found: _Comparison) -> Iterator[Issue]:
    rows, key = found.rows, found.given.key
    wrong = rows[rows[key].notna() & (rows[key] != rows["number"])]
    for place, typed, meant in _records(wrong, "place", key, "number"):
        yield issue_at(found.dataset, "locked-changed", place, key, typed, expected=meant)
    first = rows[~rows.duplicated([OWNER, "number"]) & ~rows["number"].isin(found.doubtful)]
    for column in found.compared:
        others = first[first[column] != first[_handed_as(column)]]  # few; worth a closer look
        for place, typed, right in _records(others, "place", column, _handed_as(column)):
            if _differs(typed, right):
                shown = "" if typed is None else shown_cell(typed)
                details = {"expected": shown_cell(right)}
                yield issue_at(found.dataset, "locked-changed", place, column, shown, **details)


def _differs(typed: object, right: object) -> bool:
    """Whether a prefilled cell does not hold what was handed out.

    A text that was cleared away leaves the register's; a number or a day would be counted as none.
    """
    if right in (None, "") or right != right:  # noqa: PLR0124  (NaN beside rows not handed out)
        return False
    if typed is None:
        return not isinstance(right, str)
    return _word(shown_cell(typed)) != _word(shown_cell(right))


def _not_assigned(found: _Comparison) -> Iterator[Issue]:
    rows, key = found.rows, found.given.key
    wrong = rows["number"].notna() & rows["position"].isna() & ~rows["number"].isin(found.doubtful)
    for place, number, owner in _records(rows[wrong], "place", key, OWNER):
        yield found.issue("not-assigned", place, key, number, department=owner)


def _item_repeated(found: _Comparison) -> Iterator[Issue]:
    key, keys = found.given.key, [OWNER, "number"]
    rows = found.rows[found.rows["position"].notna()]
    rows = rows[rows.duplicated(keys, keep=False)]  # few, of most returns none
    if rows.empty:
        return
    firsts = rows.groupby(keys, sort=False)["place"].transform("first")
    again = rows.assign(first=firsts)[rows.duplicated(keys)]
    for place, first, number, owner in _records(again, "place", "first", "number", OWNER):
        other = issue_at(found.dataset, "item-repeated", first, key)
        where = f"{other.file} {other.place}"
        yield found.issue("item-repeated", place, key, number, department=owner, other=where)


def _item_not_returned(found: _Comparison) -> Iterator[Issue]:
    keys = pd.MultiIndex.from_frame(found.rows[[OWNER, "number"]])
    handed = found.handed[~found.handed["number"].isin(found.doubtful)]
    missing = handed[~pd.MultiIndex.from_frame(handed[["owner", "number"]]).isin(keys)]
    if missing.empty:
        return
    unnumbered = found.rows[found.rows["number"].isna()].groupby(OWNER).size()
    for owner, items in missing.groupby("owner", sort=False):
        # a row whose key cannot be read may be the one that is missing
        if _whole(found, str(owner)) and len(items) > unnumbered.get(owner, 0):
            for place, number, part, column in _records(items, "place", "number", "part", "column"):
                details = {"department": str(owner), "role": part}
                yield found.issue("item-not-returned", place, column, number, **details)


def _whole(found: _Comparison, owner: str) -> bool:
    """Whether the owner returned something, and all its keys could be read."""
    data, sheet = found.dataset, found.given.answers.name
    files = data.returned.get(owner, ())
    readable = bool(files) and owner not in data.unread
    return readable and all(
        found.given.key in data.letters.get((file, sheet), {}) for file in files
    )


def _not_returned(
    dataset: Dataset,
    given: Sequence[HandOut],
    returned: Workbook,
    counts: Mapping[str, int] | None,
    words: KindWords,
) -> Iterator[Issue]:
    """``counts``: how many items an owner has in hand; None where nobody is handed out any."""
    owner = returned.owner
    assert owner is not None
    rows = dataset.tables[owner.sheet].drop_duplicates(owner.column)
    rows = rows[rows[owner.column].notna()]
    asked = rows if counts is None else rows[rows[owner.column].isin(list(counts))]
    open_ = asked[~asked[owner.column].isin([*dataset.begun, *dataset.unread])]
    blank = open_[owner.column].isin(list(dataset.returned))
    loads = {name: f"（{words.load.format(count=n)}）" for name, n in (counts or {}).items()}
    yield from _owners(dataset, BLANK, owner.column, open_[blank], loads)
    missing = open_[~blank]
    sheets = {each.answers.name for each in given} or {sheet.name for sheet in returned.sheets}
    owned = {file for files in dataset.returned.values() for file in files}
    ownerless = {file for file, sheet in dataset.letters if sheet in sheets} - owned
    if len(missing) > len(ownerless):  # a workbook without owner may be the one that is missing
        yield from _owners(dataset, MISSING, owner.column, missing, loads)


def _owners(
    dataset: Dataset, code: str, column: str, rows: pd.DataFrame, loads: Mapping[str, str]
) -> Iterator[Issue]:
    """An issue at each owner, with what it has in hand."""
    for place, name in zip(rows.index, rows[column], strict=True):
        details = {"department": name, "load": loads.get(name, "")}
        yield issue_at(dataset, code, place, column, name, **details)


def _records(rows: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    return rows[list(columns)].itertuples(index=False, name=None)


def _word(text: object) -> str:
    """What must agree of a prefilled cell: spaces and the width of signs do not matter."""
    return normalise_name(text) if isinstance(text, str) else ""
