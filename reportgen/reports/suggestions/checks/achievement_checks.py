"""Checks of 工作成效: measures that cannot be added, and what the texts' ``{指标}`` mean and leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher

from reportgen.data import Dataset
from reportgen.facts.model import add_unit
from reportgen.issues import Issue
from reportgen.nearest_name import suggest_nearest
from reportgen.reports.places import issue_at, setting_issue
from reportgen.reports.suggestions.figures.achievements import (
    Achievement,
    Achievements,
    is_addable,
    normalize_measure,
    split_name_unit,
)
from reportgen.schema.amounts import normalise_unit
from reportgen.schema.columns import SLOT, decimal_to_text

OUTCOMES, SETTINGS = "工作成效", "基本信息"

ALIKE = 0.7
"""Names of which so much agrees may mean one thing: 新增路灯, 新装路灯."""


def find_achievement_issues(dataset: Dataset, *, complete: bool) -> Iterator[Issue]:
    """Everything wrong with the measures; ``complete``: whether every department has returned."""
    outcomes = Achievements.of(dataset)
    used = list(_find_uses(dataset, outcomes))
    told = [each for _, rows in outcomes.groups() for each in _find_not_countable(dataset, rows)]
    sound = _are_texts_sound(dataset)
    told += _find_measures_aside(dataset, outcomes, used) if sound else ()
    yield from told
    if complete and not _is_anything_missing(dataset):
        yield from _find_unknown_measures(dataset, outcomes, used)
    yield from _find_summed_measures(used)
    if sound and all(use.found for use in used):
        yield from _find_unused_measures(dataset, outcomes, used, {issue.value for issue in told})


@dataclass(frozen=True)
class _MeasureUse:
    """A ``{指标}`` in a text of a ``theme``: a blank issue at its cell; and what it means, if anything."""

    at: Issue
    name: str
    theme: str | None
    found: tuple[str | None, Sequence[Achievement]] | None

    def issue(self, code: str, **details: str) -> Issue:
        """An issue at the text."""
        return replace(self.at, code=code, details={"name": self.name, **details})


def _find_not_countable(dataset: Dataset, rows: Sequence[Achievement]) -> Iterator[Issue]:
    """Of one measure, what a department's workbooks say twice, and of the rest what is not added."""
    first: dict[str, Achievement] = {}
    repeated = []
    for row in rows:
        before = first.setdefault(row.department, row)
        if before.place[0] != row.place[0]:
            repeated.append(row)
            details = {"other": _describe_place(dataset, before, "数值"), "amount": _show(before)}
            yield issue_at(dataset, "measure-repeated", row.place, "数值", row.name, **details)
    yield from _find_not_addable(dataset, [row for row in rows if row not in repeated])


def _show(row: Achievement) -> str:
    return add_unit(row.amount.text, row.unit or "") if row.amount is not None else "没有读出数"


def _find_not_addable(dataset: Dataset, rows: Sequence[Achievement]) -> Iterator[Issue]:
    """unit-mismatch against the usual unit; never-added; unit-needed where a 概数 would be added."""
    known = [row for row in rows if row.unit is not None and row.amount is not None]
    units = Counter(normalise_unit(str(row.unit)) for row in known)
    usual = max(units, key=lambda unit: units[unit], default=None)
    same = [row for row in known if normalise_unit(str(row.unit)) == usual]
    for row in known:
        if row not in same:
            details = {
                "other": _describe_place(dataset, same[0], "单位"),
                "other_unit": str(same[0].unit),
            }
            details["unit"] = str(row.unit)
            yield issue_at(dataset, "unit-mismatch", row.place, "单位", row.name, **details)
    for row in same if len(same) > 1 else ():
        if row.never_added:
            details = {"why": row.never_added, "count": str(len(same))}
            yield issue_at(dataset, "never-added", row.place, "指标", row.name, **details)
        elif row.amount is not None and row.amount.approximate:
            other = _describe_place(dataset, same[1] if row is same[0] else same[0], "数值")
            yield issue_at(dataset, "unit-needed", row.place, "数值", row.name, other=other)


def _describe_place(dataset: Dataset, row: Achievement, column: str) -> str:
    place = issue_at(dataset, "unit-needed", row.place, column)
    return f"{place.file} {place.place}"


def _find_uses(dataset: Dataset, outcomes: Achievements) -> Iterator[_MeasureUse]:
    """Every measure that the texts name, once in each text."""
    for blank, text, theme in _iter_texts(dataset):
        for name in dict.fromkeys(SLOT.findall(text)):
            yield _MeasureUse(blank, name, theme, outcomes.find(name, theme))


def _find_unknown_measures(
    dataset: Dataset, outcomes: Achievements, used: Sequence[_MeasureUse]
) -> Iterator[Issue]:
    """unknown- and ambiguous-measure; measure-open where a department was asked and says nothing."""
    for use in used:
        themes = "、".join(outcomes.themes(use.name))
        if use.found is None and themes:
            yield use.issue("ambiguous-measure", themes=themes)
        elif use.found is None:
            asked = list(_find_asked_departments(dataset, use))
            names = "、".join(department for department, _ in asked)
            said = (
                f"；问过{names}，还没有填数值"
                if asked
                else suggest_nearest(use.name, outcomes.names())
            )
            yield use.issue("unknown-measure", nearest=said)
            yield from (issue for _, issue in asked)


def _find_asked_departments(dataset: Dataset, use: _MeasureUse) -> Iterator[tuple[str, Issue]]:
    """The departments that were asked for a measure and left the row alone, and an issue there."""
    owners = {file: name for name, files in dataset.returned.items() for file in files}
    wanted = (use.theme, split_name_unit(use.name)[0])
    for (file, sheet), rows in dataset.open.items():
        for row, begun in rows:
            if (begun.get("专题"), begun.get("指标")) == wanted:
                place = (file, sheet, row)
                yield owners[file], issue_at(dataset, "measure-open", place, "数值", use.name)


def _find_summed_measures(used: Sequence[_MeasureUse]) -> Iterator[Issue]:
    """measure-summed: the report will show a sum that stands in no department's table."""
    for use in used:
        rows = use.found[1] if use.found else ()
        if len(rows) > 1 and is_addable(rows):
            amounts = [row.amount for row in rows if row.amount is not None]
            numbers = [amount.number for amount in amounts if amount.number is not None]
            parts = zip((row.department for row in rows), amounts, strict=True)
            details = {"total": f"{decimal_to_text(sum(numbers, Decimal()))}{rows[0].unit}"}
            details["parts"] = "、".join(f"{name}{amount.text}" for name, amount in parts)
            yield use.issue("measure-summed", **details)


def _find_measures_aside(
    dataset: Dataset, outcomes: Achievements, used: Sequence[_MeasureUse]
) -> Iterator[Issue]:
    """measure-aside: no text names it, though one names a measure that is called nearly the same."""
    shown = [(use.found[0], use.found[1][0].name) for use in used if use.found]
    named = {id(use.found[1]) for use in used if use.found}
    unclear = {normalize_measure(use.name) for use in used if use.found is None}
    for theme, rows in outcomes.groups():
        word = normalize_measure(rows[0].name, rows[0].unit)
        like = None if id(rows) in named or word in unclear else _find_most_like(word, shown)
        for row in rows if like else ():
            place, other = like or ("", "")
            details = {"own": _name_theme(theme), "where": _name_theme(place), "other": other}
            yield issue_at(dataset, "measure-aside", row.place, "指标", row.name, **details)


def _find_unused_measures(
    dataset: Dataset, outcomes: Achievements, used: Sequence[_MeasureUse], told: Collection[str]
) -> Iterator[Issue]:
    """measure-unused: what no text names, at the text of its theme or at 行动综述."""
    named = {id(use.found[1]) for use in used if use.found}
    for theme, measures in outcomes.by_theme.items():
        rows = [each for each in measures.values() if id(each) not in named]
        names = "、".join(each[0].name for each in rows if each[0].name not in told)
        for at in _find_text_cells(dataset, theme) if names else ():
            if (at.file, at.sheet, at.row, at.column) not in dataset.faulty:
                yield replace(at, code="measure-unused", details={"names": names})


def _find_text_cells(dataset: Dataset, theme: str | None) -> Iterator[Issue]:
    """A blank issue where the text of a theme, or of the action, stands or would stand."""
    if theme is None:
        yield from setting_issue(dataset, "", "基本信息", "行动综述")
    themes = dataset.tables["专题"]
    for place, name in zip(themes.index, themes["名称"], strict=True):
        if name is not None and name == theme:
            yield issue_at(dataset, "", place, "办理综述")


def _find_most_like(
    word: str, shown: Sequence[tuple[str | None, str]]
) -> tuple[str | None, str] | None:
    """Theme and name of the measure in use that is called most like this one, if any is."""
    likeness = {
        (theme, name): _rate_likeness(word, normalize_measure(name)) for theme, name in shown
    }
    best = max(likeness, key=lambda each: likeness[each], default=None)
    return best if best is not None and likeness[best] >= ALIKE else None


def _rate_likeness(one: str, other: str) -> float:
    """1 of names that are equal or one within the other, else how much of them agrees."""
    short, long = sorted((one, other), key=len)
    if short in long:
        return 1 if len(short) > 1 else 0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _name_theme(theme: str | None) -> str:
    return "民生行动" if theme is None else f"专题“{theme}”"


def _is_anything_missing(dataset: Dataset) -> bool:
    """Whether a row, a sheet or a workbook was left out, so that a name may be missing."""
    returned = {file for found in dataset.returned.values() for file in found}
    read = {file for file, sheet in dataset.letters if sheet == OUTCOMES}
    deciding = {"专题", "归属", "指标"}
    return (
        bool(dataset.unread)
        or returned != read
        or any(sheet == OUTCOMES and column in deciding for _, sheet, _, column in dataset.faulty)
    )


def _are_texts_sound(dataset: Dataset) -> bool:
    """Whether it is known what the texts name."""
    return not any(column in ("办理综述", "行动综述") for *_, column in dataset.faulty)


def _iter_texts(dataset: Dataset) -> Iterator[tuple[Issue, str, str | None]]:
    """The texts that may hold ``{指标}``: an issue at their cell, the text, its theme."""
    rows = dataset.tables["专题"]
    for place, theme, text in zip(rows.index, rows["名称"], rows["办理综述"], strict=True):
        if text is not None:
            yield issue_at(dataset, "", place, "办理综述"), text, theme
    text = dataset.settings.get("行动综述")
    for (file, sheet), addresses in dataset.letters.items():
        if sheet == SETTINGS and isinstance(text, str):
            yield Issue("", file, sheet, addresses["行动综述"], "行动综述"), text, None
