"""What a department is handed out: by item the cells that the office fills and locks.

What the department need not look up elsewhere stands there too: since when it has the item, until
which day it must answer, whom to ring up, and with which other departments it handles the item.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from reportgen.data import Dataset
from reportgen.reports.kind import Rows
from reportgen.reports.suggestions.figures.time_limits import Rules
from reportgen.reports.suggestions.handing_out.assignments import Assignment, assignments
from reportgen.schema.columns import day_text


def handed_out(dataset: Dataset) -> Mapping[str, Rows]:
    """By department, in the register's order, the rows of 办理情况 with their locked cells."""
    about = _About(dataset)
    rows: dict[str, list[Mapping[str, object]]] = {}
    for assignment in assignments(dataset):
        told = {**assignment.locked, **about.told(assignment)}
        rows.setdefault(assignment.department, []).append(told)
    return {department: {"办理情况": found} for department, found in rows.items()}


@dataclass(frozen=True)
class _About:
    """What the register and 办理规则 tell of an item beside its number, title, deputy and role."""

    dataset: Dataset

    @cached_property
    def register(self) -> pd.DataFrame:
        return self.dataset.tables["建议台账"]

    @cached_property
    def answers(self) -> Sequence[dt.date | None]:
        return Rules.of(self.dataset.settings).answers_due(self.register)

    @cached_property
    def opinions(self) -> Sequence[dt.date | None]:
        return Rules.of(self.dataset.settings).opinions_due(self.register)

    @cached_property
    def phones(self) -> Mapping[object, str]:
        deputies = self.dataset.tables["代表名册"]
        return {
            name: phone or ""
            for name, phone in zip(deputies["姓名"], deputies["电话"], strict=True)
        }

    def told(self, assignment: Assignment) -> Mapping[str, str]:
        """The further locked cells; empty where the register does not tell."""
        row = self.register.iloc[assignment.position]
        due = self.opinions if assignment.role == "协办" else self.answers
        others = [*(row["主办部门"] or ()), *(row["协办部门"] or ())]
        return {
            "交办日期": _day(row["交办日期"]),
            "答复期限": _day(due[assignment.position]),
            "代表电话": self.phones.get(assignment.deputy, ""),
            "会同单位": "、".join(name for name in others if name != assignment.department),
        }


def _day(day: object) -> str:
    return day_text(day) if isinstance(day, dt.date) else ""
