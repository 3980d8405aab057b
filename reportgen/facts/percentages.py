"""Percentages of a report: rates, and complete groups of shares, all from one rounding.

A rate is rounded by itself.  A group may be made to add up to 100, and then a share of the same
count as a rate beside it is, if the others allow it, the same percentage.  All have the same decimals, one more than asked for where one of them would else be a false 0 % or 100 %
(``rounding``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.facts.measures import NOTHING, format_percent, number_of
from reportgen.facts.model import Absent, Fact, Origin
from reportgen.facts.rounding import (
    Share,
    compute_percent,
    places_of,
    round_shares,
    round_shares_to_100,
)

MOST_PLACES = 2
"""More decimals than these stand only where they are needed, not in every percentage."""

ROUNDED = "因四舍五入，各项占比之和可能不等于100%"
ADJUSTED = "为使各项占比之和为100%，个别占比作了调整"


@dataclass(frozen=True)
class Rate:
    """``part`` in percent of ``base`` (keys of counts); there is none while ``needs`` is 0."""

    key: str
    rule: str
    part: str
    base: str
    needs: str = ""


@dataclass(frozen=True)
class ShareGroup:
    """A whole divided: the count of each part by the key of its share; together they are ``base``.

    ``beside``: rates that stand in one paragraph with it; of these, ``rests`` make 100 with one of
    its shares (答复率 with that of 正在办理).
    """

    rule: str
    parts: Mapping[str, str]
    base: str
    beside: Sequence[str] = ()
    rests: Sequence[str] = ()


@dataclass(frozen=True)
class Percentages:
    """What is told in percent: rates and groups of these counts.

    ``of_100``: whether the shares of a group are to add up to 100.  What a rate is of may be an exact
    quantity; the parts of a group are whole numbers.
    """

    counts: Mapping[str, Fact]
    rates: Sequence[Rate]
    groups: Sequence[ShareGroup]
    of_100: bool

    def figures(self, places: int) -> Iterator[Fact | Absent]:
        """All of them, at so many decimals or more; Absent is what is of nothing."""
        found = self._rounded(places)
        enough = [places_of(Decimal(fact.value)) for fact in found.values()]
        more = max((each for each in enough if each <= MOST_PLACES), default=places)
        if more > places:
            found = self._rounded(more)
        keys = [*(rate.key for rate in self.rates), *(key for g in self.groups for key in g.parts)]
        yield from (found.get(key) or Absent(key, NOTHING) for key in keys)

    def remark(self, group: ShareGroup, figures: Mapping[str, Fact]) -> str:
        """What the reader must be told of the group's shares, if a calculator would give others."""
        if not self._value(group.base) or not self._is_complete(group):
            return ""
        shares = [Decimal(figures[key].value) for key in group.parts]
        pairs = set(zip(self._parts(group), shares, strict=True))
        adjusted = any(figures[key].source.note for key in group.parts)
        expected = (self._beside(group, figures), self._left(group, figures))
        odd = any(each.get(count, share) != share for each in expected for count, share in pairs)
        if self.of_100:
            return ADJUSTED if adjusted or odd else ""
        return ROUNDED if sum(shares) != 100 or odd else ""

    def _rounded(self, places: int) -> dict[str, Fact]:
        found: dict[str, Fact] = {}
        for rate in self.rates:
            if self.counts[rate.base].value and (not rate.needs or self._value(rate.needs)):
                found[rate.key] = self._rate(rate, places)
        for group in self.groups:
            if self._value(group.base):
                found |= self._shares(group, places, found)
        return found

    def _rate(self, rate: Rate, places: int) -> Fact:
        part, base = number_of(self.counts[rate.part]), number_of(self.counts[rate.base])
        value = compute_percent(part, base, places)
        return _make_percentage(rate.key, rate.rule, rate.part, rate.base, value)

    def _shares(self, group: ShareGroup, places: int, rates: Mapping[str, Fact]) -> dict[str, Fact]:
        counts, whole = self._parts(group), self._value(group.base)
        if self.of_100 and self._is_complete(group):
            found = round_shares_to_100(counts, places, self._wanted(group, rates))
        else:
            found = round_shares(counts, places, whole)
        return {
            key: _make_percentage(
                key, group.rule, part, group.base, share.shown, _note_adjustment(share)
            )
            for (key, part), share in zip(group.parts.items(), found, strict=True)
        }

    def _wanted(self, group: ShareGroup, rates: Mapping[str, Fact]) -> dict[int, Decimal]:
        """By count, the share that the rates in its paragraph ask for."""
        return self._left(group, rates) | self._beside(group, rates)

    def _beside(self, group: ShareGroup, rates: Mapping[str, Fact]) -> dict[int, Decimal]:
        """By count, the percentage that a rate beside the group has for it over its base."""
        return {
            self._value(rate.part): Decimal(rates[rate.key].value)
            for rate in self.rates
            if rate.key in group.beside and rate.key in rates and rate.base == group.base
        }

    def _left(self, group: ShareGroup, rates: Mapping[str, Fact]) -> dict[int, Decimal]:
        """By count, what a rate that makes 100 with it leaves."""
        return {
            self._value(group.base) - self._value(rate.part): 100 - Decimal(rates[rate.key].value)
            for rate in self.rates
            if rate.key in group.rests and rate.key in rates
        }

    def _is_complete(self, group: ShareGroup) -> bool:
        """Not where a draft has rows that belong to no part."""
        return sum(self._parts(group)) == self._value(group.base)

    def _parts(self, group: ShareGroup) -> list[int]:
        return [self._value(part) for part in group.parts.values()]

    def _value(self, key: str) -> int:
        return int(self.counts[key].value)


def _make_percentage(
    key: str, rule: str, part: str, base: str, value: Decimal, note: str = ""
) -> Fact:
    origin = Origin(rule, "占比", facts=(part, base), note=note)
    return Fact(key, value, format_percent(value), "%", origin, base=base)


def _note_adjustment(share: Share) -> str:
    return f"为使各项合计为100%，由{share.plain:f}%调整" if share.adjusted else ""
