"""Which figure of a report a stretch of text speaks of, told by what the figures are called.

A figure is called by the parts of its key, and by the words that stand before it in the report as
made; its rule and its base say what else may be said of it.  All of that comes with the figures:
no trade's words stand here.  Where more is said than these words hold, or a word that narrows or
denies, nothing is told to be meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from reportgen.facts.model import add_unit
from reportgen.proofread.formulas import Interval
from reportgen.word.compare.typed.figure_words import (
    NARROW,
    groups_of,
    labels_of,
    leading,
    names_of,
    plain,
    unsaid,
)
from reportgen.word.document.model import Content
from reportgen.word.document.record import FactOfRecord


@dataclass(frozen=True, slots=True)
class BoundFigure:
    """A figure as what a typed number may be.

    ``exact``: its value; a share's from its two counts, in percent.  ``printed``: as the report
    shows it, which may be adjusted so that shares make 100.
    ``names``: the parts of its key that a sentence must hold, of ``alias`` all; ``said``: all that
    may be said of it besides.  ``part`` and ``base``: keys of a share's two counts.
    """

    key: str
    text: str
    unit: str
    exact: Interval
    printed: Fraction | None
    names: frozenset[str]
    alias: str
    said: str
    part: str
    base: str
    cells: str

    @property
    def shown(self) -> str:
        """With its unit, and the cells it comes from."""
        text = add_unit(self.text, self.unit)
        return f"{text}（{self.cells}）" if self.cells else text


@dataclass(frozen=True, slots=True)
class WordsAround:
    """The words around a typed number: in its sentence before it, and its own, to the next number."""

    sentence: str
    own: str


class BoundFigures:
    """The figures of a report by what they are called; ``named``: names the report quotes."""

    def __init__(
        self, facts: Mapping[str, FactOfRecord], made: Content, named: Iterable[str] = ()
    ) -> None:
        self._facts, self._made = facts, made
        self._named = frozenset(plain(each) for each in named if len(plain(each)) > 1)

    @cached_property
    def all(self) -> Mapping[str, BoundFigure]:
        """By key, without those whose value is no exact number."""
        groups = groups_of(self._facts)
        found = (self._bound(fact, groups) for fact in self._facts.values())
        return {each.key: each for each in found if each is not None}

    @cached_property
    def bases(self) -> Sequence[BoundFigure]:
        """The figures that shares are of."""
        keys = dict.fromkeys(each.base for each in self.all.values() if each.base)
        return [self.all[key] for key in keys if key in self.all]

    @cached_property
    def _words(self) -> tuple[Mapping[str, str], Mapping[str, Sequence[str]]]:
        units = {key: fact["unit"] for key, fact in self._facts.items()}
        return labels_of(self._made, units)

    @cached_property
    def _shown(self) -> frozenset[str]:
        return frozenset(figure.key for each in self._made.figured for figure in each.figures)

    def named(self, name: str) -> Iterator[BoundFigure]:
        """The counts called just so."""
        return (each for each in self.all.values() if each.names == {name} and not each.part)

    @cached_property
    def _names(self) -> Sequence[str]:
        """All names that must be told apart, the longest first."""
        names = {name for each in self.all.values() for name in each.names}
        return sorted({*names, *self._named}, key=lambda each: (-len(each), each))

    @cached_property
    def _members(self) -> frozenset[str]:
        """What stands for somebody or something of many: of it is said what is not said of all."""
        names = {plain(each) for key in self._facts for each in key.split(".")[1:-1]}
        return frozenset(name for name in names if len(name) >= _PROPER)

    def meant(self, around: WordsAround, unit: str) -> list[BoundFigure]:
        """Return the figures of a unit that a number with these words around it may be.

        Those the report does not show only where it shows none that is called so.
        """
        own, whole = self._held(around.own), self._held(around.sentence + around.own)
        of_which = around.own.lstrip("，").removeprefix("其中")
        if NARROW.search(self._rest(of_which, own)) or NARROW.search(leading(around.sentence)):
            return []
        own_text = plain(around.own)
        found = [
            (sum(map(len, each.names)), each)
            for each in self.all.values()
            if each.unit == unit and each.names <= whole and each.names & own
        ]
        found += [
            (len(each.alias), each)
            for each in self.all.values()
            if each.unit == unit and each.alias and each.alias in own_text
        ]
        most = max((length for length, _ in found), default=0)
        best = dict.fromkeys(each for length, each in found if length == most)
        fitting = [each for each in best if self._says_all(each, around, whole)]
        return [each for each in fitting if each.key in self._shown] or fitting

    def _held(self, text: str) -> frozenset[str]:
        """The names in a text, none that stands only inside a longer one."""
        left, held = plain(text), set()
        for name in self._names:
            if name in left:
                held.add(name)
                left = left.replace(name, "\0")
        return frozenset(held)

    def _rest(self, text: str, names: Iterable[str]) -> str:
        left = plain(text)
        for name in sorted(names, key=len, reverse=True):
            left = left.replace(name, "\0")
        return left

    def _says_all(self, figure: BoundFigure, around: WordsAround, whole: frozenset[str]) -> bool:
        """Whether nothing is said that the figure's own words do not hold."""
        own = self._held(around.own) if figure.names & self._members else whole
        others = (own - figure.names) & (self._named | self._members)
        if any(each not in figure.said for each in others):
            return False
        rest = self._rest(around.own.replace("其中", ""), {*figure.names, figure.alias} - {""})
        return unsaid(rest, figure.said) <= 1

    def _bound(self, fact: FactOfRecord, groups: frozenset[str]) -> BoundFigure | None:
        exact = self._exact(fact)
        if exact is None:
            return None
        key, source = fact["key"], fact["source"]
        labels, clauses = self._words
        is_share = source["method"] == "占比" and len(source["facts"]) == 2
        part, base = source["facts"] if is_share else ("", fact["base"])
        kin = [self._facts[each] for each in self._kin(key)]
        about = [text for each in kin for text in (each["key"], each["source"]["rule"])]
        about += [fact.get("meaning", ""), *clauses.get(key, ())]
        return BoundFigure(
            key, fact["text"], fact["unit"], exact, _value_of(fact), names_of(fact, groups),
            labels.get(key, ""), plain("".join(about)), part, base, self._cells(fact),
        )  # fmt: skip

    def _kin(self, key: str) -> Sequence[str]:
        """A figure, what it is a share of, and what that is a share of."""
        kin = [key]
        for each in kin:
            kin += [
                one for one in self._wholes.get(each, ()) if one in self._facts and one not in kin
            ]
        return kin

    @cached_property
    def _wholes(self) -> Mapping[str, Sequence[str]]:
        """By key, of a share its two counts, of a count what shares of it are of."""
        wholes: defaultdict[str, list[str]] = defaultdict(list)
        for key, fact in self._facts.items():
            if fact["source"]["method"] == "占比":
                wholes[key] += fact["source"]["facts"]
                part, *base = fact["source"]["facts"]
                wholes[part] += base
        return wholes

    def _exact(self, fact: FactOfRecord) -> Interval | None:
        source = fact["source"]
        if source["method"] == "占比" and len(source["facts"]) == 2:
            one, other = (self._value(key) for key in source["facts"])
            return None if one is None or not other else (100 * one / other, 100 * one / other)
        value = _value_of(fact)
        return None if value is None else (value, value)

    def _value(self, key: str) -> Fraction | None:
        fact = self._facts.get(key)
        return None if fact is None else _value_of(fact)

    def _cells(self, fact: FactOfRecord) -> str:
        """The first cells behind a figure, or the figures it is made from."""
        source = fact["source"]
        if source["facts"]:
            made = [
                f"{key}＝{self._facts[key]['text']}"
                for key in source["facts"]
                if key in self._facts
            ]
            return "、".join([*made[:_SHOWN], *(["等"] if len(made) > _SHOWN else [])])
        spans = [
            f"{each['file']}“{each['sheet']}”{each['column']}{first}" + (f":{each['column']}{last}" if last != first else "")
            for each in source["cells"] or source["among"]
            for first, last in each["rows"]
        ]  # fmt: skip
        return "、".join(spans[:_SHOWN]) + (f"等{len(spans)}处" if len(spans) > _SHOWN else "")


_PROPER = 4
"""So long a name is no word of every day."""
_SHOWN = 2


def _value_of(fact: FactOfRecord) -> Fraction | None:
    try:
        return Fraction(fact["value"])
    except ValueError:  # about so many
        return None
