"""The figures of a report on many units: each unit's own, their sums, and percentages of the sums.

A unit's figure is called ``单位.永安镇.…``; behind it stand the cells, in files below the unit's folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from reportgen.facts.measures import NOTHING, make_key_parts, sum_facts
from reportgen.facts.model import Absent, Cells, Fact, Facts, Origin
from reportgen.facts.percentages import Percentages, Rate, ShareGroup
from reportgen.issues import Issue
from reportgen.reports.rollup.declared import AddedList, RollUp
from reportgen.reports.rollup.settle import CountedUnit, Settled

UNIT = "单位"
_FOUND, _COUNTED, _LEFT = "汇总.单位个数", "汇总.计入个数", "汇总.未计入个数"


@dataclass(frozen=True)
class RolledFigures:
    """All figures: ``facts``; ``parts``: of each unit its part of a key, likewise ``rows`` of each list.

    ``bases``: by percentage, the name of what it is of.

    ``issues``: why a figure that was to be added is not there; ``remarks``: by list, what must be said
    beside its shares.
    """

    facts: Facts
    parts: Mapping[str, str]
    rows: Mapping[str, Mapping[str, str]]
    issues: Sequence[Issue]
    remarks: Mapping[str, str]
    bases: Mapping[str, str]


def add_up(settled: Settled, plan: RollUp, places: int) -> RolledFigures:
    """The figures of these units; percentages with so many decimals or more."""
    parts = make_key_parts(unit.name for unit in settled.counted)
    own = {unit.folder: _take_figures(unit, parts[unit.name]) for unit in settled.counted}
    adding = _Adding(settled.counted, own, plan, parts)
    counts = {fact.key: fact for figures in own.values() for fact in figures.values()}
    counts |= {fact.key: fact for fact in _count_units(settled)}
    counts |= {fact.key: fact for fact in adding.iter_sums()}
    groups = dict(adding.iter_groups(counts))
    percentages = adding.make_percentages(counts, list(groups.values()))
    found = list(percentages.figures(places))
    order = [*(key for key in counts if not key.startswith(f"{UNIT}.")), *counts]
    facts = {key: counts[key] for key in dict.fromkeys(order)}
    facts |= {each.key: each for each in found if isinstance(each, Fact)}
    absent = {each.key: each for each in found if isinstance(each, Absent)}
    absent |= {each.key: Absent(each.key, NOTHING) for each in plan.totals if each.key not in facts}
    remarks = {name: percentages.remark(group, facts) for name, group in groups.items()}
    return RolledFigures(
        Facts(facts, absent), parts, adding.rows, adding.issues, remarks, adding.name_bases()
    )


def merge_orders(lists: Iterable[Iterable[str]]) -> list[str]:
    """All names once; a new one stands before what follows it in its own list, as 一般 before 不满意."""
    merged: list[str] = []
    for names in dict.fromkeys(map(tuple, lists)):
        place = len(merged)
        for name in reversed(names):
            if name in merged:
                place = merged.index(name)
            else:
                merged.insert(place, name)
    return merged


def name_unit_key(part: str, key: str) -> str:
    """What a unit's figure is called among those of all."""
    return f"{UNIT}.{part}.{key}"


def _take_figures(unit: CountedUnit, part: str) -> Mapping[str, Fact]:
    """The unit's figures by their own keys, each with its new one."""
    return {key: _take_figure(fact, unit.folder, part) for key, fact in unit.figures.facts.items()}


def _take_figure(fact: Fact, folder: str, part: str) -> Fact:
    source = fact.source
    origin = replace(
        source,
        cells=_move_cells(source.cells, folder),
        among=_move_cells(source.among, folder),
        facts=tuple(name_unit_key(part, key) for key in source.facts),
    )
    base = name_unit_key(part, fact.base) if fact.base else ""
    return replace(fact, key=name_unit_key(part, fact.key), source=origin, base=base)


def _move_cells(cells: Iterable[Cells], folder: str) -> tuple[Cells, ...]:
    return tuple(replace(each, file=f"{folder}/{each.file}") for each in cells)


def _count_units(settled: Settled) -> Iterator[Fact]:
    counted, left = [unit.name for unit in settled.counted], list(settled.left_out)
    for key, rule, names in (
        (_COUNTED, "计入汇总的单位个数", counted),
        (_LEFT, "没有计入汇总的工作目录个数", left),
    ):
        origin = Origin(rule, "计件", note="、".join(names))
        yield Fact(key, len(names), str(len(names)), "个", origin)
    number = len(counted) + len(left)
    both = Origin("总目录里的工作目录个数", "合计", facts=(_COUNTED, _LEFT))
    yield Fact(_FOUND, number, str(number), "个", both)


class _Adding:
    """The units' figures being added; ``issues``: of what cannot be."""

    def __init__(
        self, units: Sequence[CountedUnit], own: Mapping[str, Mapping[str, Fact]], plan: RollUp,
        parts: Mapping[str, str],
    ) -> None:  # fmt: skip
        self._units, self._own, self._plan, self._parts = units, own, plan, parts
        self.issues: list[Issue] = []
        names = {
            each.name: merge_orders(unit.figures.lists[each.name] for unit in units)
            for each in plan.lists
        }
        self.rows = {name: make_key_parts(rows) for name, rows in names.items()}

    def iter_sums(self) -> Iterator[Fact]:
        """Totals, then figures of lists."""
        for total in self._plan.totals:
            facts = {unit.folder: self._own[unit.folder].get(total.key) for unit in self._units}
            rule = f"各单位“{total.name}”之和"
            yield from self._sum(total.key, rule, {k: v for k, v in facts.items() if v})
        for added in self._plan.lists:
            for row, part in self.rows[added.name].items():
                yield from self._sum_row(added, row, part)

    def make_percentages(
        self, counts: Mapping[str, Fact], groups: Sequence[ShareGroup]
    ) -> Percentages:
        """Of all units together and of each, all with the same decimals."""
        rates = [rate for each in self._iter_rates(counts) for rate in each]
        return Percentages(counts, rates, groups, of_100=True)

    def _sum_row(self, added: AddedList, row: str, part: str) -> Iterator[Fact]:
        for field in added.fields:
            facts = {}
            for unit in self._units:
                key = unit.figures.lists[added.name].get(row, {}).get(field)
                if key:
                    facts[unit.folder] = self._own[unit.folder][key]
            rule = f"各单位{added.title}“{row}”的{field}之和"
            yield from self._sum(f"{added.title}.{part}.{field}", rule, facts)

    def _sum(self, key: str, rule: str, facts: Mapping[str, Fact]) -> Iterator[Fact]:
        """Their sum, if they are numbers of one unit of measure."""
        measures = Counter(fact.unit for fact in facts.values())
        usual = max(measures, key=lambda unit: (measures[unit], unit), default="")
        odd = {
            folder: fact for folder, fact in facts.items()
            if isinstance(fact.value, str) or fact.unit != usual
        }  # fmt: skip
        for folder, fact in odd.items():
            why = "概数" if isinstance(fact.value, str) else f"其余的单位是“{usual}”"
            said = {"key": key, "said": f"{fact.text}{fact.unit}", "why": why}
            self.issues.append(Issue("unit-figure-unlike", folder, details=said))
        if facts and not odd:
            yield sum_facts(key, rule, usual, list(facts.values()))

    def _iter_rates(self, counts: Mapping[str, Fact]) -> Iterator[list[Rate]]:
        for each in self._plan.percentages:
            part, base = self.divided.get(each.key, ("", ""))
            if part not in counts or base not in counts:
                continue
            rule = f"“{each.name}”，由各单位相加后的数计算"
            yield [Rate(each.key, rule, part, base)]
            yield [
                Rate(name_unit_key(own, each.key), f"“{each.name}”", *pair)
                for own in self._list_parts_with(each.key)
                if counts.keys()
                >= {*(pair := (name_unit_key(own, part), name_unit_key(own, base)))}
            ]

    def _list_parts_with(self, key: str) -> Sequence[str]:
        """The units that have this percentage themselves: without ratings there is no rate of 0 %."""
        return [self._parts[unit.name] for unit in self._units if key in unit.figures.divided]

    @cached_property
    def divided(self) -> Mapping[str, tuple[str, str]]:
        """Of each percentage what most units divide by what; who does otherwise is told."""
        found = {}
        for each in self._plan.percentages:
            pairs = {
                unit.folder: unit.figures.divided[each.key]
                for unit in self._units
                if each.key in unit.figures.divided
            }
            counts = Counter(pairs.values())
            if not counts:
                continue
            usual = found[each.key] = max(counts, key=lambda pair: (counts[pair], pair))
            for folder, pair in pairs.items():
                if pair != usual:
                    said = {"name": each.name, "base": self._name(pair[1]), "usual": self._name(usual[1])}  # fmt: skip
                    self.issues.append(Issue("unit-divides-otherwise", folder, details=said))
        return found

    def name_bases(self) -> Mapping[str, str]:
        """By name of a percentage, what it is of; nothing where no unit has it."""
        return {
            each.name: self._name(self.divided[each.key][1]) if each.key in self.divided else ""
            for each in self._plan.percentages
        }

    def _name(self, key: str) -> str:
        return next((each.name for each in self._plan.totals if each.key == key), key)

    def iter_groups(self, counts: Mapping[str, Fact]) -> Iterator[tuple[str, ShareGroup]]:
        """By list, the shares of its sums."""
        for added in self._plan.lists:
            if added.whole not in counts:
                continue
            shares = {
                f"{added.title}.{part}.占比": f"{added.title}.{part}.{added.fields[0]}"
                for part in self.rows[added.name].values()
            }
            shares |= {added.remainder_share: added.remainder} if added.remainder else {}
            known = {share: count for share, count in shares.items() if count in counts}
            if not all(isinstance(counts[key].value, int) for key in known.values()):
                known = {}
            rule = f"占“{self._name(added.whole)}”的百分比，由各单位相加后的数计算"
            beside = [each.key for each in self._plan.percentages]
            yield added.name, ShareGroup(rule, known, added.whole, beside, added.rests)
