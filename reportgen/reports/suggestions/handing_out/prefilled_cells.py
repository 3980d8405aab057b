"""What a department is handed out: by item the cells that the office fills and locks.

What the department need not look up elsewhere stands there too: since when it has the item, until
which day it must answer, whom to ring up, and with which other departments it handles the item.
The measures that the texts of its themes name stand in 工作成效, so that it need only give the number.
Those of 行动综述, and of a theme in which nobody leads an item, are nobody's: what comes in at a
民生行动 goes by trades, which the register does not know, and a row in everybody's form would be
asking all for what one has.  So they are told to the office (``find_ownerless``), not prefilled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from reportgen.data import Dataset, Rows
from reportgen.reports.assignment.hand_out import Assignment
from reportgen.reports.suggestions.figures.achievements import split_name_unit
from reportgen.reports.suggestions.figures.time_limits import HandlingRules
from reportgen.reports.suggestions.handing_out.assignments import HANDLING
from reportgen.reports.suggestions.sheets.vocabulary import LEADING_ROLES
from reportgen.schema.columns import SLOT, day_to_text


def prefill_returns(dataset: Dataset) -> Mapping[str, Rows]:
    """By department, in the register's order, the rows of 办理情况 with their locked cells.

    And of 工作成效 the measures that are asked of it: those named by the text of a theme in which
    it leads an item.
    """
    about = _ItemDetails(dataset)
    rows: dict[str, list[Mapping[str, object]]] = {}
    for assignment in HANDLING.assignments(dataset):
        told = {**assignment.locked, **about.told(assignment)}
        rows.setdefault(assignment.owner, []).append(told)
    themes = _find_led_themes(dataset)
    asked = _find_asked_measures(dataset)
    return {
        department: {
            "办理情况": found,
            "工作成效": _select_measures(asked, themes.get(department, ())),
        }
        for department, found in rows.items()
    }


def find_ownerless(dataset: Dataset) -> Rows:
    """The measures named in texts that no department is asked for, as rows of 工作成效."""
    led = {theme for themes in _find_led_themes(dataset).values() for theme in themes}
    asked = _find_asked_measures(dataset)
    of_themes = [one for theme, found in asked.items() if theme not in led for one in found]
    action = str(dataset.settings.get("行动综述") or "")
    of_action = [_make_measure(None, name) for name in dict.fromkeys(SLOT.findall(action))]
    return {"工作成效": [*of_themes, *of_action]}


def _find_led_themes(dataset: Dataset) -> Mapping[str, Sequence[str]]:
    """By department, the themes in which it leads an item."""
    theme_of = dataset.tables["建议台账"]["专题"]
    themes: dict[str, list[str]] = {}
    for assignment in HANDLING.assignments(dataset):
        theme = theme_of.iloc[assignment.position]
        if theme is not None and assignment.part in LEADING_ROLES:
            themes.setdefault(assignment.owner, []).append(theme)
    return themes


def _select_measures(
    asked: Mapping[str, Sequence[Mapping[str, str]]], themes: Sequence[str]
) -> Sequence[Mapping[str, str]]:
    """The measures of these themes, in the order of the sheet 专题."""
    return [measure for theme, found in asked.items() if theme in themes for measure in found]


def _find_asked_measures(dataset: Dataset) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """By theme, the measures that its text names, all but the number."""
    themes = dataset.tables["专题"]
    return {
        theme: [_make_measure(theme, name) for name in dict.fromkeys(SLOT.findall(text or ""))]
        for theme, text in zip(themes["名称"], themes["办理综述"], strict=True)
        if theme is not None
    }


def _make_measure(theme: str | None, named: str) -> Mapping[str, str]:
    """A measure as named in a text, ``走访企业`` or ``走访企业（家）``; without theme of the action."""
    name, unit = split_name_unit(named.strip())
    belongs = "建议办理" if theme else "民生行动"
    record = {"专题": theme, "归属": belongs, "指标": name, "单位": unit}
    return {column: text for column, text in record.items() if text}


@dataclass(frozen=True)
class _ItemDetails:
    """What the register and 办理规则 tell of an item beside its number, title, deputy and role."""

    dataset: Dataset

    @cached_property
    def register(self) -> pd.DataFrame:
        return self.dataset.tables["建议台账"]

    @cached_property
    def answers(self) -> Sequence[dt.date | None]:
        return HandlingRules.of(self.dataset.settings).answers_due(self.register)

    @cached_property
    def opinions(self) -> Sequence[dt.date | None]:
        return HandlingRules.of(self.dataset.settings).opinions_due(self.register)

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
        due = self.opinions if assignment.part == "协办" else self.answers
        others = [*(row["主办部门"] or ()), *(row["协办部门"] or ())]
        return {
            "交办日期": _format_day(row["交办日期"]),
            "答复期限": _format_day(due[assignment.position]),
            "代表电话": self.phones.get(assignment.locked["领衔代表"], ""),
            "会同单位": "、".join(name for name in others if name != assignment.owner),
        }


def _format_day(day: object) -> str:
    return day_to_text(day) if isinstance(day, dt.date) else ""
