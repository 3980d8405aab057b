"""How each reply letter stands by 审核记录: the rounds of its review, the last of which counts.

A letter is an item in a department's hands.  An item that several departments answer has passed when
each letter that was reviewed has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from reportgen.reports.suggestions.sheets.review_record import PASSED, RETURNED, read_verdict

LetterKey = tuple[str, str]
"""An item's number, and the department that answers it."""
AT_ONCE, AFTER_ALL, SENT_BACK = "一次通过", "整改后通过", "退回整改中"


@dataclass(frozen=True)
class ReviewRounds:
    """``rows``: rounds by place, in the order of rounds; ``verdicts``: what holds of each."""

    rows: pd.DataFrame
    verdicts: pd.Series

    @classmethod
    def of(cls, record: pd.DataFrame, register: pd.DataFrame) -> ReviewRounds:
        """The rounds that a record tells of a register's items."""
        known = record[record["编号"].isin(list(register["编号"].dropna()))]
        order = known["次"].map(lambda nth: nth if isinstance(nth, int) else 0).astype(int)
        rows = known.iloc[order.argsort(kind="stable")]
        columns = [str(name) for name in rows.columns]
        cells = zip(*(rows[name] for name in columns), strict=True)
        verdicts = [read_verdict(dict(zip(columns, row, strict=True))) for row in cells]
        return cls(rows, pd.Series(verdicts, rows.index, dtype=object))

    @cached_property
    def by_letter(self) -> Mapping[LetterKey, list[str]]:
        """The verdicts on each letter, round by round."""
        found: defaultdict[LetterKey, list[str]] = defaultdict(list)
        cells = zip(self.rows["编号"], self.rows["部门"], self.verdicts, strict=True)
        for number, department, verdict in cells:
            found[str(number), str(department)].append(verdict)
        return found

    @cached_property
    def by_item(self) -> Mapping[str, list[list[str]]]:
        """The rounds of each item's letters, by its number."""
        found: defaultdict[str, list[list[str]]] = defaultdict(list)
        for (number, _), rounds in self.by_letter.items():
            found[number].append(rounds)
        return found

    def standing(self, number: object) -> str:
        """How an item's letters stand; nothing if none was reviewed or no conclusion is noted."""
        letters = self.by_item.get(str(number), [])
        if not letters:
            return ""
        if passed_at_once(letters):
            return AT_ONCE
        return AFTER_ALL if passed_after_all(letters) else SENT_BACK if went_back(letters) else ""

    def find_items(self, fits: Callable[[list[list[str]]], bool]) -> list[str]:
        """The numbers of the items whose letters fit."""
        return [number for number, letters in self.by_item.items() if fits(letters)]


def passed_at_once(letters: list[list[str]]) -> bool:
    """Whether every round of every letter was passed."""
    return all(verdict == PASSED for rounds in letters for verdict in rounds)


def went_back(letters: list[list[str]]) -> bool:
    """Whether a letter was ever sent back."""
    return any(RETURNED in rounds for rounds in letters)


def passed_after_all(letters: list[list[str]]) -> bool:
    """Whether a letter was sent back, and all have passed since."""
    return went_back(letters) and all(rounds[-1] == PASSED for rounds in letters)


def is_still_back(letters: list[list[str]]) -> bool:
    """Whether a letter was sent back, and not all have passed since."""
    return went_back(letters) and not passed_after_all(letters)
