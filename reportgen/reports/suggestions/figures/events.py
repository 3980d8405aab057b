"""What has happened by a day: later events are taken back, each with what came of it.

A report counts up to 统计截止日期 (a later event is an error, so that only a draft has any), check
and status up to the day they are asked for.  An item handed out after that day is not there yet;
it is left out only as of a day that was asked for, never because of the cut-off.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from reportgen.data import Dataset
from reportgen.reports.suggestions.sheets.review_record import ROUNDS

EVENTS: Mapping[str, Sequence[str]] = {
    "办理方案日期": (),
    "沟通日期": ("沟通方式",),
    "答复日期": (
        "办理结果", "未解决原因", "承诺完成时限", "答复文号", "签发人", "反馈日期",
        "满意度", "态度满意度", "重办答复日期", "重办满意度",
    ),
    "反馈日期": ("满意度", "态度满意度", "重办答复日期", "重办满意度"),
    "重办答复日期": ("重办满意度",),
}  # fmt: skip
"""The days in 办理情况, and the columns that say nothing before them."""


def find_cutoff(dataset: Dataset) -> dt.date:
    """统计截止日期; the first of all days where it is not known."""
    day = dataset.settings.get("统计截止日期")
    return day if isinstance(day, dt.date) else dt.date.min


def rewind_dataset(dataset: Dataset, today: dt.date | None) -> Dataset:
    """The dataset as it stood on ``today``, else on 统计截止日期; itself if nothing is later."""
    day = today or find_cutoff(dataset)
    if day == dt.date.min:
        return dataset
    tables = {"办理情况": _blank_later_events(dataset.tables["办理情况"], day)}
    tables["建议台账"] = _drop_later_items(dataset.tables["建议台账"], day, today)
    tables[ROUNDS.name] = _drop_later_rounds(dataset.tables[ROUNDS.name], today)
    same = all(tables[name] is dataset.tables[name] for name in tables)
    return dataset if same else replace(dataset, tables={**dataset.tables, **tables})


def _blank_later_events(rows: pd.DataFrame, day: dt.date) -> pd.DataFrame:
    for column, others in EVENTS.items():
        later = _is_later(rows[column], day)
        if later.any():
            blank = {name: rows[name].where(~later, None) for name in (column, *others)}
            rows = rows.assign(**blank)
    return rows


def _drop_later_items(register: pd.DataFrame, day: dt.date, today: dt.date | None) -> pd.DataFrame:
    received = _is_later(register["签收日期"], day)
    if received.any():
        register = register.assign(签收日期=register["签收日期"].where(~received, None))
    if today is None:
        return register
    later = _is_later(register["提出日期"], day) | _is_later(register["交办日期"], day)
    return register[~later] if later.any() else register


def _drop_later_rounds(record: pd.DataFrame, today: dt.date | None) -> pd.DataFrame:
    """Letters are reviewed as the report is written, mostly after its cut-off."""
    later = record["审核日期"].map(lambda day: isinstance(day, dt.date) and day > (today or day))
    return record[~later.astype(bool)] if later.any() else record


def _is_later(days: pd.Series, day: dt.date) -> pd.Series:
    return days.map(lambda each: isinstance(each, dt.date) and each > day).astype(bool)
