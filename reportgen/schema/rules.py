"""What the cells of one row must satisfy together: one small frozen class per kind of rule.

A rule sees a ``ReadCell``: the typed value under a column's name, or, with a dot, a value of the row
that a Ref column points to (``编号.提出日期``), or ``设置.`` + a setting.
It yields ``Breach`` values; validation turns them into issues at the right cells.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from reportgen.schema.columns import SLOT, day_to_text

ReadCell = Callable[[str], object]
"""``row(path)`` → the typed value, or None if blank; raises ``Unreadable``."""


class Unreadable(Exception):  # noqa: N818  (a signal, not an error)
    """A cell that a rule looks at is itself at fault: the rule has nothing to say about this row.

    Whoever runs the rules catches it, so that one wrong cell is reported once.
    """


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a row breaks: issue code, the column to point at, what the message needs.

    ``either``: another column of the row that may be the wrong one instead.  ``given``: a column
    that makes it a breach; if its content turns out to be wrong, the breach falls.
    """

    code: str
    column: str
    details: Mapping[str, str] = field(default_factory=dict)
    either: str = ""
    given: str = ""


class Rule(Protocol):
    """What every rule offers.

    ``paths``: where it looks, at most; rows that hold the same there break it alike.
    """

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths by which it may ask a row."""

    def breaches(self, row: ReadCell) -> Iterator[Breach]:
        """The ways in which this row breaks the rule, none if it keeps it."""


class _PathRule:
    """A rule whose paths stand in the fields that ``asks`` names."""

    asks: ClassVar[tuple[str, ...]] = ("column", "path")

    @property
    def paths(self) -> tuple[str, ...]:
        """Those fields' content."""
        return tuple(getattr(self, name) for name in self.asks)


@dataclass(frozen=True)
class RequiredWhen(_PathRule):
    """``column`` must be filled when the value at ``path`` equals ``equals`` (None: is filled)."""

    column: str
    path: str
    equals: str | None = None
    because: str = ""

    def breaches(self, row: ReadCell) -> Iterator[Breach]:
        """required-when, at the empty cell."""
        given = row(self.path)
        asked = given is not None if self.equals is None else given == self.equals
        if asked and row(self.column) is None:
            yield Breach("required-when", self.column, {"because": self.because})


@dataclass(frozen=True)
class NotBefore(_PathRule):
    """The date in ``column`` is not earlier than the one at ``path``."""

    column: str
    path: str
    name: str = ""

    def breaches(self, row: ReadCell) -> Iterator[Breach]:
        """date-order, at the later step's cell."""
        date, earlier = row(self.column), row(self.path)
        if date is not None and earlier is not None and date < earlier:  # type: ignore[operator]
            name = self.name or self.path.rpartition(".")[2]
            either = "" if "." in self.path else self.path
            yield Breach(
                "date-order", self.column, {"other": name, "date": _date_to_text(earlier)}, either
            )


@dataclass(frozen=True)
class NotAfter(_PathRule):
    """The date in ``column`` is not later than the one at ``path``."""

    column: str
    path: str
    name: str = ""

    def breaches(self, row: ReadCell) -> Iterator[Breach]:
        """date-after, at the cell."""
        date, limit = row(self.column), row(self.path)
        if date is not None and limit is not None and date > limit:  # type: ignore[operator]
            name = self.name or self.path.rpartition(".")[2]
            yield Breach("date-after", self.column, {"other": name, "date": _date_to_text(limit)})


@dataclass(frozen=True)
class NotMore(_PathRule):
    """The number in ``column`` is not greater than the one in ``path``."""

    column: str
    path: str

    def breaches(self, row: ReadCell) -> Iterator[Breach]:
        """more-than, at the cell."""
        number, limit = row(self.column), row(self.path)
        if number is not None and limit is not None and number > limit:  # type: ignore[operator]
            details = {"other": self.path, "limit": str(limit)}
            yield Breach("more-than", self.column, details, self.path)


@dataclass(frozen=True)
class OnlyFor(_PathRule):
    """``column`` may be filled only in rows where the value at ``role`` is one of ``allowed``."""

    asks: ClassVar[tuple[str, ...]] = ("column", "role")

    column: str
    role: str
    allowed: tuple[str, ...]
    code: str

    def breaches(self, row: ReadCell) -> Iterator[Breach]:
        """The code given, at the cell."""
        if row(self.column) is not None and row(self.role) not in (None, *self.allowed):
            details = {"allowed": "、".join(self.allowed)}
            yield Breach(self.code, self.column, details, given=self.role.partition(".")[0])


@dataclass(frozen=True)
class NotTogether(_PathRule):
    """``column`` does not equal ``equals`` while the value at ``path`` equals ``other``."""

    column: str
    equals: str
    path: str
    other: str
    code: str

    def breaches(self, row: ReadCell) -> Iterator[Breach]:
        """The code given, at the cell."""
        if row(self.column) == self.equals and row(self.path) == self.other:
            yield Breach(self.code, self.column, given=self.path)


@dataclass(frozen=True)
class NotAmong(_PathRule):
    """A name in ``column`` does not stand again in ``path`` (both may hold several)."""

    column: str
    path: str

    def breaches(self, row: ReadCell) -> Iterator[Breach]:
        """named-twice, at the cell."""
        twice = [name for name in _names_of(row(self.column)) if name in _names_of(row(self.path))]
        if twice:
            yield Breach("named-twice", self.column, {"other": self.path, "name": twice[0]})


@dataclass(frozen=True)
class CountOfNames(_PathRule):
    """``column`` holds exactly one name unless ``path`` equals ``several``, then two or more."""

    column: str
    path: str
    several: str
    too_many: str
    too_few: str

    def breaches(self, row: ReadCell) -> Iterator[Breach]:
        """The code given for it, at the cell."""
        names, manner = _names_of(row(self.column)), row(self.path)
        if manner == self.several and len(names) == 1:
            yield Breach(self.too_few, self.column, {"manner": self.several})
        elif manner is not None and manner != self.several and len(names) > 1:
            yield Breach(self.too_many, self.column, {"manner": str(manner)})


@dataclass(frozen=True)
class NoDigits(_PathRule):
    """Prose should take its numbers from ``{指标}``, so that they stay true: a reminder."""

    asks: ClassVar[tuple[str, ...]] = ("column",)

    column: str
    code: str

    def breaches(self, row: ReadCell) -> Iterator[Breach]:
        """The code given, at the cell."""
        text = row(self.column)
        found = _DIGITS.search(SLOT.sub("", text)) if isinstance(text, str) else None
        if found:
            yield Breach(self.code, self.column, {"digits": found.group()})


@dataclass(frozen=True)
class NoTerms(_PathRule):
    """Text should not use the words of another trade (``pattern``): a reminder."""

    asks: ClassVar[tuple[str, ...]] = ("column",)

    column: str
    pattern: str
    code: str

    def breaches(self, row: ReadCell) -> Iterator[Breach]:
        """The code given, at the cell."""
        text = row(self.column)
        found = re.search(self.pattern, text) if isinstance(text, str) else None
        if found:
            yield Breach(self.code, self.column, {"term": found.group()})


@dataclass(frozen=True)
class OwnPlace(_PathRule):
    """The name of an office in ``column`` is of the place at ``path``: a reminder."""

    column: str
    path: str

    def breaches(self, row: ReadCell) -> Iterator[Breach]:
        """other-place, at the cell; 镇党委 names no place."""
        text, own = row(self.column), row(self.path)
        found = _PLACE.search(text) if isinstance(text, str) else None
        if found and isinstance(text, str) and isinstance(own, str) and own not in text:
            yield Breach("other-place", self.column, {"place": found[1], "own": own})


@dataclass(frozen=True)
class OwnWords(_PathRule):
    """The report's text calls its own place what ``path`` says (我镇): a reminder."""

    column: str
    path: str

    def breaches(self, row: ReadCell) -> Iterator[Breach]:
        """other-self, at the cell."""
        text, own = row(self.column), row(self.path)
        said = _SELF.findall(text) if isinstance(text, str) else []
        others = [word for word in said if own is not None and word != own]
        if others:
            yield Breach("other-self", self.column, {"said": others[0], "own": str(own)})


@dataclass(frozen=True)
class NearYear(_PathRule):
    """The date in ``column`` lies in the year at ``path`` or the one after: a reminder."""

    column: str
    path: str

    def breaches(self, row: ReadCell) -> Iterator[Breach]:
        """other-year, at the cell."""
        date, year = row(self.column), row(self.path)
        if isinstance(date, dt.date) and isinstance(year, int) and date.year - year not in (0, 1):
            yield Breach("other-year", self.column, {"other": self.path, "year": str(year)})


def _date_to_text(date: object) -> str:
    assert isinstance(date, dt.date)
    return day_to_text(date)


def _names_of(value: object) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return () if value is None else (str(value),)


_PLACE = re.compile(
    r"([\u4e00-\u9fff]{2,}?(?:镇|乡|县|市|区|旗|街道))"
    r"(?=人民政府|政府|党委|委员会|人大|人民代表大会|第)"
)
_SELF = re.compile("我(?:镇|乡|县|市|区|州|旗|街道)")
_DIGITS = re.compile(r"[0-9０-９][0-9０-９.,，．]*")
