"""Report: everything a template may name, as a tree, plus what the document needs besides.

A kind of report makes it (``kind.report(dataset)``); ``word.fill`` reads it.  The tree is complete:
names that have nothing to show this time are in it as ``Absent`` or as empty lists, so that a
template can be checked without running it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from reportgen.facts.model import Absent, Fact, Facts, FiguredText

ChartForm = Literal["picture", "native"]
"""As pictures, or as charts that Word draws itself."""


class Drawing(Protocol):
    """What the document needs to know of a chart (``charts.kinds`` has the real ones)."""

    @property
    def key(self) -> str:
        """Its name in a template: ``图.办理结果``."""

    @property
    def title(self) -> str:
        """The caption without its number."""

    @property
    def alt(self) -> str:
        """The chart in words, with its figures, for readers who cannot see it."""

    @property
    def figures(self) -> Sequence[Fact]:
        """The figures it shows."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height on paper, in millimetres."""


@dataclass(frozen=True)
class ChartTable:
    """What a chart that Word draws itself shows: a row for each category, a column for each series.

    ``series``: their names, each with its numbers as they are written (``71.4``).
    """

    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class DrawnChart:
    """A chart as a PNG, and its print (``charts.likeness``)."""

    image: bytes
    print: bytes


@dataclass(frozen=True)
class NativeChart:
    """A chart that Word draws itself: its part, and its table, which is also a workbook inside it.

    ``xml`` names that workbook by the relation ``WORKBOOK``.
    """

    xml: str
    table: ChartTable
    workbook: bytes


WORKBOOK = "rId1"


@dataclass(frozen=True)
class Item:
    """One turn of a loop: ``key`` tells it apart from its siblings and from year to year."""

    key: str
    names: Mapping[str, Node]


@dataclass(frozen=True)
class Items:
    """A list to loop over.

    ``shape``: the names each item has, with what they mean; a nested list's shape stands under
    its name.  It holds also when ``items`` is empty.
    """

    items: Sequence[Item]
    shape: Shape


Leaf: TypeAlias = Fact | Absent | FiguredText | str | dt.date | Drawing
Node: TypeAlias = "Leaf | Items | Mapping[str, Node]"
Shape: TypeAlias = Mapping[str, "str | Shape"]


@dataclass(frozen=True)
class Report:
    """A filled report before it has words: ``names`` is the tree, ``facts`` all figures in it.

    ``quoted``: names and titles from the register that the text may quote, and what they are
    （标题、姓名 …）.
    ``title``, ``author``, ``date``: document properties (title, 署名, 成文日期).
    ``period``: what it reports on (年度); empty if that is not told.  ``unit``: whose it is (永安镇).
    ``rolled_up``: the name of the kind whose reports it is made of, if it is made of such.
    ``charts``: how they are to be put in, if the register says so.
    ``meanings``: what the texts and lists of the tree are, by their path, for 模板字段表.
    """

    title: str
    author: str
    date: dt.date
    names: Mapping[str, Node]
    facts: Facts
    quoted: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    period: str = ""
    unit: str = ""
    rolled_up: str = ""
    charts: ChartForm | None = None
