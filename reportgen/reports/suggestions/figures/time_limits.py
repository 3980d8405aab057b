"""办理规则: until when each suggestion must be answered, a joint opinion given, or it is handled anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from reportgen.facts.deadlines import compute_last_day, list_guessed_years
from reportgen.reports.suggestions.sheets.vocabulary import CLOSED, HANDED_OVER, RECEIVED
from reportgen.reports.suggestions.sheets.workbooks import REGISTER
from reportgen.schema.periods import TimeLimit

_DEFAULTS = {column.name: column.default for column in REGISTER.sheet("办理规则").columns}


@dataclass(frozen=True)
class HandlingRules:
    """The local rules, by the names of their items."""

    items: Mapping[str, object]

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> HandlingRules:
        """The rules as filled in; the usual ones where nothing readable is."""
        filled = {name: settings.get(name) for name in _DEFAULTS}
        return cls({name: _DEFAULTS[name] if v is None else v for name, v in filled.items()})

    def limit(self, name: str) -> TimeLimit | None:
        """One of the periods; None only for 退回期限, which need not be given."""
        found = self.items[name]
        return found if isinstance(found, TimeLimit) else None

    @property
    def start(self) -> str:
        """起算点."""
        return str(self.items["起算点"])

    @property
    def warning(self) -> dt.timedelta:
        """So long before a deadline one is reminded of it."""
        return dt.timedelta(days=int(str(self.items["提前提醒天数"])))

    @property
    def numbered_letters(self) -> bool:
        """Whether every answer must have a 文号."""
        return self.items["答复须有文号"] == "是"

    def describe(self, name: str) -> str:
        """``自交办之日起3个月内``; of what is raised between sessions the law itself says more."""
        start = HANDED_OVER if name == "会办期限" and self.start == CLOSED else self.start
        if name == "答复期限" and start == CLOSED:
            return self._from_each([CLOSED, HANDED_OVER])
        return f"自{'反馈之日' if name == '重新办理期限' else start}起{self.items[name]}内"

    def describe_for(self, register: pd.DataFrame) -> str:
        """From when the time for an answer ran for these suggestions: one start, or each with its own."""
        starts = list(dict.fromkeys(self._kinds_of_start(register)))
        return self._from_each(starts) if starts else self.describe("答复期限")

    def _from_each(self, starts: Sequence[str]) -> str:
        if len(starts) == 1:
            return f"自{starts[0]}起{self.items['答复期限']}内"
        special = "大会期间提出的" if CLOSED in starts else "有签收记录的"
        other = "闭会期间提出的" if CLOSED in starts else "没有签收记录的"
        return f"{special}自{self.start}起、{other}自{HANDED_OVER}起{self.items['答复期限']}内"

    def _kinds_of_start(self, register: pd.DataFrame) -> Iterator[str]:
        """The name of each suggestion's start, as ``_starts`` gives its day."""
        for received, source in zip(register["签收日期"], register["来源"], strict=True):
            applies = source == "大会" if self.start == CLOSED else received is not None
            yield self.start if self.start == HANDED_OVER or applies else HANDED_OVER

    def stated(self, name: str) -> str:
        """A rule in words: ``3个月``."""
        return str(self.items[name])

    def answers_due(self, register: pd.DataFrame) -> list[dt.date | None]:
        """For each row of the register the last day for an answer; None if its start is unknown."""
        limits = [self.limit(name) for name in self._answer_limits(register)]
        return [_find_last_day(*each) for each in zip(self._starts(register), limits, strict=True)]

    def opinions_due(self, register: pd.DataFrame) -> list[dt.date | None]:
        """For each row of the register the last day for the opinion of those who help."""
        return [
            _find_last_day(start, self.limit("会办期限")) for start in self._handed_over(register)
        ]

    def rehandling_due(self, feedback: object) -> dt.date | None:
        """The last day to answer anew after the deputy's 反馈日期."""
        return _find_last_day(feedback, self.limit("重新办理期限"))

    def guessed(self, register: pd.DataFrame, feedback: pd.Series) -> Mapping[str, list[int]]:
        """By the period that needed them, the years of which the working days had to be guessed."""
        days: dict[str, list[object]] = {"答复期限": [], "延长期限": []}
        for name, start in zip(self._answer_limits(register), self._starts(register), strict=True):
            days[name].append(start)
        days |= {"会办期限": list(self._handed_over(register)), "重新办理期限": list(feedback)}
        found = {name: _find_guessed_years(days[name], self.limit(name)) for name in days}
        return {name: years for name, years in found.items() if years}

    def _answer_limits(self, register: pd.DataFrame) -> Iterator[str]:
        return ("延长期限" if value == "是" else "答复期限" for value in register["延期答复"])

    def _starts(self, register: pd.DataFrame) -> Iterator[object]:
        """From when each suggestion's time for an answer runs."""
        closed = self.items["大会闭会日期"]
        for handed, source in zip(self._handed_over(register), register["来源"], strict=True):
            yield closed if self.start == CLOSED and source == "大会" else handed

    def _handed_over(self, register: pd.DataFrame) -> Iterator[object]:
        """交办日期; where the rules say so and it is known, 签收日期."""
        for handed, received in zip(register["交办日期"], register["签收日期"], strict=True):
            yield received if self.start == RECEIVED and received is not None else handed


def _find_last_day(start: object, limit: TimeLimit | None) -> dt.date | None:
    return compute_last_day(start, limit) if isinstance(start, dt.date) and limit else None


def _find_guessed_years(starts: Iterable[object], limit: TimeLimit | None) -> list[int]:
    days = {day for day in starts if isinstance(day, dt.date)}
    return sorted({year for day in days if limit for year in list_guessed_years(day, limit)})
