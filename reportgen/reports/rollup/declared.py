"""How a kind's figures are rolled up: which add, which are computed anew from sums, which lists add by name.

A figure that is neither is left out: names of one unit are not those of another, and rates, ranks and
approximations are never added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from reportgen.facts.model import Fact
from reportgen.facts.report import Items, Node, Report

_ADDING = frozenset(("计件", "求和", "合计", "相减"))
"""Figures of these methods add where they are no percentages."""
_MOST_COLUMNS = 8


@dataclass(frozen=True)
class RolledFigure:
    """A figure of the units: ``key`` in their reports, ``name`` in lists and tables."""

    key: str
    name: str


@dataclass(frozen=True)
class Total(RolledFigure):
    """It is added over the units."""


@dataclass(frozen=True)
class Recomputed(RolledFigure):
    """A percentage: of the sum of its part in the sum of its base, which the units' reports tell."""


@dataclass(frozen=True)
class AddedList:
    """A list whose items are added by their 名称 over the units: ``name`` in templates, ``title`` of an item.

    ``fields``: their figures; the first one's sums are the parts of the total ``whole``, if that is
    told, perhaps with the total ``remainder``.  ``rests``: percentages that make 100 with one of the shares.
    """

    name: str
    title: str
    fields: tuple[str, ...]
    whole: str = ""
    remainder: str = ""
    rests: tuple[str, ...] = ()

    @property
    def remainder_share(self) -> str:
        """The key of the remainder's share: ``正在办理.占比`` of ``正在办理.件数``."""
        return f"{self.remainder.rpartition('.')[0]}.占比" if self.remainder else ""


@dataclass(frozen=True)
class RollUp:
    """What a kind says of the report on many units.

    ``columns``: names of totals and percentages that are shown of each unit, by default all;
    ``charted``: the total whose bars are drawn; ``ranked``: the percentage by which units are ranked.
    ``period``: how what a report is of is said （{}年度）; ``wording``: outline of the default template,
    by default made from all this.
    """

    totals: tuple[Total, ...]
    percentages: tuple[Recomputed, ...] = ()
    lists: tuple[AddedList, ...] = ()
    columns: tuple[str, ...] = ()
    charted: str = ""
    ranked: str = ""
    period: str = "{}"
    wording: Callable[[], str] | None = None

    @property
    def figures(self) -> tuple[RolledFigure, ...]:
        """Totals, then percentages."""
        return (*self.totals, *self.percentages)

    @property
    def shown(self) -> tuple[str, ...]:
        """The names of what is shown of each unit."""
        return self.columns or tuple(each.name for each in self.figures)


def derive_rollup(report: Report) -> RollUp:
    """What follows from a report whose kind says nothing: its single figures, lists left out."""
    single = dict(_iter_single_figures("", report.names))
    totals = {key: fact for key, fact in single.items() if _adds(fact)}
    rates = {
        key: fact
        for key, fact in single.items()
        if fact.source.method == "占比" and totals.keys() >= {*fact.source.facts}
    }
    names = {key: key.replace(".", "") for key in (*totals, *rates)}
    shown = [*list(totals)[: max(1, _MOST_COLUMNS - len(rates))], *rates]
    return RollUp(
        tuple(Total(key, names[key]) for key in totals),
        tuple(Recomputed(key, names[key]) for key in rates),
        columns=tuple(names[key] for key in shown),
        charted=next((names[key] for key in totals), ""),
        ranked=next((names[key] for key in rates), ""),
    )


def _adds(fact: Fact) -> bool:
    return fact.source.method in _ADDING and fact.unit != "%" and not isinstance(fact.value, str)


def _iter_single_figures(path: str, names: Mapping[str, Node]) -> Iterator[tuple[str, Fact]]:
    """Those a template names by themselves, in no list."""
    for name, node in names.items():
        if isinstance(node, Fact) and f"{path}{name}" == node.key:
            yield node.key, node
        elif isinstance(node, Mapping) and not isinstance(node, Items):
            yield from _iter_single_figures(f"{path}{name}.", node)
