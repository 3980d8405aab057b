"""What is kept of one unit's report: the figures that are rolled up, and those behind them.

Plain values that go from process to process.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.facts.model import Fact
from reportgen.facts.report import Items, Report
from reportgen.reports.rollup.declared import RollUp, derive_rollup


@dataclass(frozen=True)
class UnitFigures:
    """The figures of a unit's report under their own keys; ``plan``: how they are rolled up.

    ``lists``: of each list that is added, by an item's name, the key of each figure by its field.
    ``divided``: of each percentage, the keys of its part and its base.
    """

    name: str
    period: str
    date: str
    plan: RollUp
    facts: Mapping[str, Fact]
    lists: Mapping[str, Mapping[str, Mapping[str, str]]]
    divided: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class StatedOtherwise:
    """A figure that a unit's own report states differently: in which file and place, what, and what the data say."""

    file: str
    place: str
    key: str
    said: str
    now: str


@dataclass(frozen=True)
class UnitResult:
    """What became of one unit's folder (its path below the root).

    ``figures`` is None where it cannot be counted; ``reasons`` say why, with places and what to do,
    ``why`` in a clause for the report.  ``digest``: of all that
    its report is made of.  ``kind``: the name of its kind of report, if that can be told.
    """

    folder: str
    digest: str = ""
    kind: str = ""
    figures: UnitFigures | None = None
    reasons: tuple[str, ...] = ()
    why: str = ""
    stated: tuple[StatedOtherwise, ...] = ()
    seconds: float = field(default=0.0, compare=False)


def reduce_report(report: Report, declared: RollUp | None) -> UnitFigures:
    """What of a unit's report is rolled up."""
    plan = declared or derive_rollup(report)
    lists = {each.name: dict(_iter_items(report, each.name, each.fields)) for each in plan.lists}
    divided = {
        each.key: report.facts[each.key].source.facts
        for each in plan.percentages
        if each.key in report.facts
    }
    wanted = [each.key for each in plan.totals]
    wanted += [key for part in lists.values() for keys in part.values() for key in keys.values()]
    wanted += [key for pair in divided.values() for key in pair]
    facts = {key: report.facts[key] for key in _close(wanted, report.facts)}
    pairs = {key: (pair[0], pair[1]) for key, pair in divided.items()}
    return UnitFigures(
        report.unit, report.period, report.date.isoformat(), plan, facts, lists, pairs
    )


def merge_results(*several: Iterable[UnitResult]) -> Sequence[UnitResult]:
    """Results, each sequence by folder, as one sequence by folder; how they are paired does not matter."""
    return list(heapq.merge(*several, key=lambda result: result.folder))


def _iter_items(
    report: Report, name: str, fields: Sequence[str]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    items = report.names[name]
    assert isinstance(items, Items)
    for item in items.items:
        leaves = {each: item.names[each] for each in fields}
        keys = {each: leaf.key for each, leaf in leaves.items() if isinstance(leaf, Fact)}
        yield str(item.names["名称"]), keys


def _close(keys: Iterable[str], facts: Mapping[str, Fact]) -> Iterator[str]:
    """These figures and all behind them, each once."""
    waiting, met = [key for key in keys if key in facts], set[str]()
    while waiting:
        key = waiting.pop()
        if key in met:
            continue
        met.add(key)
        yield key
        waiting += [each for each in facts[key].source.facts if each in facts]
