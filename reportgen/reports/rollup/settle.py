"""Which units of a kind count: one folder each, of one period; who does not is told why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from reportgen.issues import Issue
from reportgen.reports.rollup.declared import RollUp
from reportgen.reports.rollup.units import UnitFigures, UnitResult


@dataclass(frozen=True)
class CountedUnit:
    """A unit that counts, under a name that no other has."""

    name: str
    folder: str
    figures: UnitFigures


@dataclass(frozen=True)
class Settled:
    """The units of one kind, by folder; ``left_out``: the folders that do not count, and why, in a clause."""

    counted: Sequence[CountedUnit]
    left_out: Mapping[str, str]
    issues: Sequence[Issue]
    period: str
    plan: RollUp | None
    digests: Mapping[str, str]


_WHY = {
    "unit-copied": "内容与“{other}”完全相同",
    "unit-of-other-period": "填报的是“{period}”，不是这一期",
    "unit-named-twice": "与“{others}”同名而内容不同",
}
"""What the report says of a folder that could be read, but does not count."""


def settle_units(results: Sequence[UnitResult]) -> Settled:
    """Decide on the results of one kind, which stand by folder.

    Folders that could not be read do not count, nor does what is there twice: of equal contents the
    first folder counts, of units of one name in one folder none.  What is of another period than most
    does not count either.
    """
    issues = [*_tell_unread(results), *_tell_copies(results)]
    rest = _drop(results, issues)
    period = _find_period(rest)
    issues += _tell_other_periods(rest, period)
    rest = _drop(rest, issues)
    issues += _tell_same_names(rest)
    rest = _drop(rest, issues)
    names = _name_units(rest)
    counted = [
        CountedUnit(names[each.folder], each.folder, each.figures) for each in rest if each.figures
    ]
    unread = {each.folder: each.why for each in results}
    left_out = {
        issue.file: unread[issue.file] or _WHY[issue.code].format_map(issue.details)
        for issue in issues
    }
    issues += [*_tell_named_alike(rest, names), *_tell_stated_otherwise(results)]
    digests = {each.folder: each.digest for each in results}
    issues.sort(key=lambda issue: issue.file)
    return Settled(counted, left_out, issues, period, _join_plans(counted), digests)


def _drop(results: Sequence[UnitResult], issues: Sequence[Issue]) -> list[UnitResult]:
    told = {issue.file for issue in issues}
    return [each for each in results if each.folder not in told]


def _tell_unread(results: Sequence[UnitResult]) -> Iterator[Issue]:
    for each in results:
        if each.figures is None:
            reason = "".join(each.reasons).rstrip("。")
            yield Issue("unit-left-out", each.folder, details={"reason": reason})


def _tell_copies(results: Sequence[UnitResult]) -> Iterator[Issue]:
    first: dict[str, str] = {}
    for each in results:
        other = first.setdefault(each.digest, each.folder)
        if each.figures is not None and other != each.folder:
            yield Issue("unit-copied", each.folder, details={"other": other})


def _find_period(results: Sequence[UnitResult]) -> str:
    """That of most; of several the last."""
    counts = Counter(each.figures.period for each in results if each.figures)
    return max(counts, key=lambda period: (counts[period], period), default="")


def _tell_other_periods(results: Sequence[UnitResult], period: str) -> Iterator[Issue]:
    for each in results:
        if each.figures and each.figures.period != period:
            said = {"period": each.figures.period or "没有写", "usual": period}
            yield Issue("unit-of-other-period", each.folder, details=said)


def _group_by_name(results: Sequence[UnitResult]) -> Mapping[str, Sequence[UnitResult]]:
    groups: dict[str, list[UnitResult]] = defaultdict(list)
    for each in results:
        groups[_own_name(each)].append(each)
    return groups


def _own_name(result: UnitResult) -> str:
    """As its report says, else as its folder is called."""
    said = result.figures.name if result.figures else ""
    return said or PurePosixPath(result.folder).name


def _tell_same_names(results: Sequence[UnitResult]) -> Iterator[Issue]:
    """Beside each other none of them counts: which of them is right nobody here can tell."""
    for name, group in _group_by_name(results).items():
        places = Counter(_place_of(each) for each in group)
        for each in group:
            others = [
                one.folder for one in group
                if one is not each and _place_of(one) == _place_of(each)
            ]  # fmt: skip
            if places[_place_of(each)] > 1:
                said = {"name": name, "others": "”“".join(others)}
                yield Issue("unit-named-twice", each.folder, details=said)


def _place_of(result: UnitResult) -> str:
    return PurePosixPath(result.folder).parent.as_posix()


def _name_units(results: Sequence[UnitResult]) -> Mapping[str, str]:
    """By folder; of units of one name in several folders the folder's name stands before it."""
    named = {}
    for name, group in _group_by_name(results).items():
        for each in group:
            named[each.folder] = f"{_place_of(each)}/{name}" if len(group) > 1 else name
    return named


def _tell_named_alike(results: Sequence[UnitResult], names: Mapping[str, str]) -> Iterator[Issue]:
    for name, group in _group_by_name(results).items():
        for each in group if len(group) > 1 else ():
            said = {"name": name, "shown": names[each.folder]}
            yield Issue("unit-named-alike", each.folder, details=said)


def _tell_stated_otherwise(results: Sequence[UnitResult]) -> Iterator[Issue]:
    for each in results:
        for one in each.stated:
            said = {
                "file": one.file, "place": one.place, "key": one.key, "said": one.said, "now": one.now,
            }  # fmt: skip
            yield Issue("unit-states-otherwise", each.folder, details=said)


def _join_plans(counted: Sequence[CountedUnit]) -> RollUp | None:
    """The plan of all of them: of derived ones the totals that all have, the percentages of any."""
    plans = [each.figures.plan for each in counted]
    if not plans:
        return None
    first = plans[0]
    rest = [plan for plan in plans[1:] if plan != first]
    if not rest:
        return first
    totals = tuple(each for each in first.totals if all(each in plan.totals for plan in rest))
    rates = tuple(dict.fromkeys(each for plan in plans for each in plan.percentages))
    names = {each.name for each in (*totals, *rates)}
    columns = dict.fromkeys(name for plan in plans for name in plan.columns if name in names)
    charted = next((plan.charted for plan in plans if plan.charted in names), "")
    ranked = next((plan.ranked for plan in plans if plan.ranked), "")
    return replace(
        first,
        totals=totals,
        percentages=rates,
        columns=tuple(columns),
        charted=charted,
        ranked=ranked,
    )
