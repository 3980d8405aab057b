"""Checks of 工作成效: measures that cannot be added, and what the texts' ``{指标}`` mean and leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher

from reportgen.data import Dataset
from reportgen.issues import Issue, nearest
from reportgen.reports.places import issue_at, setting_issue
from reportgen.reports.suggestions.figures.achievements import (
    Outcome,
    Outcomes,
    addable,
    measure_word,
    name_and_unit,
)
from reportgen.schema.amounts import unit_spelling
from reportgen.schema.columns import SLOT, number_text

OUTCOMES, SETTINGS = "工作成效", "基本信息"

ALIKE = 0.7
"""Names of which so much agrees may mean one thing: 新增路灯, 新装路灯."""


def outcome_issues(dataset: Dataset, *, complete: bool) -> Iterator[Issue]:
    """Everything wrong with the measures; ``complete``: whether every department has returned."""
    outcomes = Outcomes.of(dataset)
    used = list(_used(dataset, outcomes))
    told = [each for _, rows in outcomes.groups() for each in _not_addable(dataset, rows)]
    sound = _texts_are_sound(dataset)
    told += _left_aside(dataset, outcomes, used) if sound else ()
    yield from told
    if complete and not _hidden(dataset):
        yield from _unknown(dataset, outcomes, used)
    yield from _summed(used)
    if sound and all(use.found for use in used):
        yield from _unused(dataset, outcomes, used, {issue.value for issue in told})


@dataclass(frozen=True)
class _Use:
    """A ``{指标}`` in a text of a ``theme``: a blank issue at its cell; and what it means, if anything."""

    at: Issue
    name: str
    theme: str | None
    found: tuple[str | None, Sequence[Outcome]] | None

    def issue(self, code: str, **details: str) -> Issue:
        """An issue at the text."""
        return replace(self.at, code=code, details={"name": self.name, **details})


def _not_addable(dataset: Dataset, rows: Sequence[Outcome]) -> Iterator[Issue]:
    """unit-mismatch against the usual unit; never-added; unit-needed where a 概数 would be added."""
    known = [row for row in rows if row.unit is not None and row.amount is not None]
    units = Counter(unit_spelling(str(row.unit)) for row in known)
    usual = max(units, key=lambda unit: units[unit], default=None)
    same = [row for row in known if unit_spelling(str(row.unit)) == usual]
    for row in known:
        if row not in same:
            details = {"other": _where(dataset, same[0], "单位"), "other_unit": str(same[0].unit)}
            details["unit"] = str(row.unit)
            yield issue_at(dataset, "unit-mismatch", row.place, "单位", row.name, **details)
    for row in same if len(same) > 1 else ():
        if row.never_added:
            details = {"why": row.never_added, "count": str(len(same))}
            yield issue_at(dataset, "never-added", row.place, "指标", row.name, **details)
        elif row.amount is not None and row.amount.approximate:
            other = _where(dataset, same[1] if row is same[0] else same[0], "数值")
            yield issue_at(dataset, "unit-needed", row.place, "数值", row.name, other=other)


def _where(dataset: Dataset, row: Outcome, column: str) -> str:
    place = issue_at(dataset, "unit-needed", row.place, column)
    return f"{place.file} {place.place}"


def _used(dataset: Dataset, outcomes: Outcomes) -> Iterator[_Use]:
    """Every measure that the texts name, once in each text."""
    for blank, text, theme in _texts(dataset):
        for name in dict.fromkeys(SLOT.findall(text)):
            yield _Use(blank, name, theme, outcomes.find(name, theme))


def _unknown(dataset: Dataset, outcomes: Outcomes, used: Sequence[_Use]) -> Iterator[Issue]:
    """unknown- and ambiguous-measure; measure-open where a department was asked and says nothing."""
    for use in used:
        themes = "、".join(outcomes.themes(use.name))
        if use.found is None and themes:
            yield use.issue("ambiguous-measure", themes=themes)
        elif use.found is None:
            asked = list(_asked(dataset, use))
            names = "、".join(department for department, _ in asked)
            said = f"；问过{names}，还没有填数值" if asked else nearest(use.name, outcomes.names())
            yield use.issue("unknown-measure", nearest=said)
            yield from (issue for _, issue in asked)


def _asked(dataset: Dataset, use: _Use) -> Iterator[tuple[str, Issue]]:
    """The departments that were asked for a measure and left the row alone, and an issue there."""
    owners = {file: name for name, files in dataset.returned.items() for file in files}
    wanted = (use.theme, name_and_unit(use.name)[0])
    for (file, sheet), rows in dataset.open.items():
        for row, begun in rows:
            if (begun.get("专题"), begun.get("指标")) == wanted:
                place = (file, sheet, row)
                yield owners[file], issue_at(dataset, "measure-open", place, "数值", use.name)


def _summed(used: Sequence[_Use]) -> Iterator[Issue]:
    """measure-summed: the report will show a sum that stands in no department's table."""
    for use in used:
        rows = use.found[1] if use.found else ()
        if len(rows) > 1 and addable(rows):
            amounts = [row.amount for row in rows if row.amount is not None]
            numbers = [amount.number for amount in amounts if amount.number is not None]
            parts = zip((row.department for row in rows), amounts, strict=True)
            details = {"total": f"{number_text(sum(numbers, Decimal()))}{rows[0].unit}"}
            details["parts"] = "、".join(f"{name}{amount.text}" for name, amount in parts)
            yield use.issue("measure-summed", **details)


def _left_aside(dataset: Dataset, outcomes: Outcomes, used: Sequence[_Use]) -> Iterator[Issue]:
    """measure-aside: no text names it, though one names a measure that is called nearly the same."""
    shown = [(use.found[0], use.found[1][0].name) for use in used if use.found]
    named = {id(use.found[1]) for use in used if use.found}
    unclear = {measure_word(use.name) for use in used if use.found is None}
    for theme, rows in outcomes.groups():
        word = measure_word(rows[0].name, rows[0].unit)
        like = None if id(rows) in named or word in unclear else _like(word, shown)
        for row in rows if like else ():
            place, other = like or ("", "")
            details = {"own": _of(theme), "where": _of(place), "other": other}
            yield issue_at(dataset, "measure-aside", row.place, "指标", row.name, **details)


def _unused(
    dataset: Dataset, outcomes: Outcomes, used: Sequence[_Use], told: Collection[str]
) -> Iterator[Issue]:
    """measure-unused: what no text names, at the text of its theme or at 行动综述."""
    named = {id(use.found[1]) for use in used if use.found}
    for theme, measures in outcomes.by_theme.items():
        rows = [each for each in measures.values() if id(each) not in named]
        names = "、".join(each[0].name for each in rows if each[0].name not in told)
        for at in _text_cells(dataset, theme) if names else ():
            if (at.file, at.sheet, at.row, at.column) not in dataset.faulty:
                yield replace(at, code="measure-unused", details={"names": names})


def _text_cells(dataset: Dataset, theme: str | None) -> Iterator[Issue]:
    """A blank issue where the text of a theme, or of the action, stands or would stand."""
    if theme is None:
        yield from setting_issue(dataset, "", "基本信息", "行动综述")
    themes = dataset.tables["专题"]
    for place, name in zip(themes.index, themes["名称"], strict=True):
        if name is not None and name == theme:
            yield issue_at(dataset, "", place, "办理综述")


def _like(word: str, shown: Sequence[tuple[str | None, str]]) -> tuple[str | None, str] | None:
    """Theme and name of the measure in use that is called most like this one, if any is."""
    likeness = {(theme, name): _likeness(word, measure_word(name)) for theme, name in shown}
    best = max(likeness, key=lambda each: likeness[each], default=None)
    return best if best is not None and likeness[best] >= ALIKE else None


def _likeness(one: str, other: str) -> float:
    """1 of names that are equal or one within the other, else how much of them agrees."""
    short, long = sorted((one, other), key=len)
    if short in long:
        return 1 if len(short) > 1 else 0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _of(theme: str | None) -> str:
    return "民生行动" if theme is None else f"专题“{theme}”"


def _hidden(dataset: Dataset) -> bool:
    """Whether a row, a sheet or a workbook was left out, so that a name may be missing."""
    returned = {file for found in dataset.returned.values() for file in found}
    read = {file for file, sheet in dataset.letters if sheet == OUTCOMES}
    deciding = {"专题", "归属", "指标"}
    return (
        bool(dataset.unread)
        or returned != read
        or any(sheet == OUTCOMES and column in deciding for _, sheet, _, column in dataset.faulty)
    )


def _texts_are_sound(dataset: Dataset) -> bool:
    """Whether it is known what the texts name."""
    return not any(column in ("办理综述", "行动综述") for *_, column in dataset.faulty)


def _texts(dataset: Dataset) -> Iterator[tuple[Issue, str, str | None]]:
    """The texts that may hold ``{指标}``: an issue at their cell, the text, its theme."""
    rows = dataset.tables["专题"]
    for place, theme, text in zip(rows.index, rows["名称"], rows["办理综述"], strict=True):
        if text is not None:
            yield issue_at(dataset, "", place, "办理综述"), text, theme
    text = dataset.settings.get("行动综述")
    for (file, sheet), addresses in dataset.letters.items():
        if sheet == SETTINGS and isinstance(text, str):
            yield Issue("", file, sheet, addresses["行动综述"], "行动综述"), text, None
