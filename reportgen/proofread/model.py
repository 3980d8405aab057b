"""What the four parts of proofreading hand on: blocks of text, numbers, claims, verdicts, findings.

Plain frozen values.  Positions are character offsets in the whole text, half-open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from reportgen.proofread.levels import ERROR


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, or a table's cell: where in the whole text it starts, and what it says.

    ``table``, ``row``, ``column``: of a cell, counted from 0; -1 of a paragraph.
    """

    start: int
    text: str
    table: int = -1
    row: int = -1
    column: int = -1


class NumberKind(Enum):
    """What a number is."""

    COUNT = "count"
    PERCENT = "percent"
    PERMILLE = "permille"
    POINTS = "points"
    """Percentage points, or points of a thousand."""
    RATIO = "ratio"
    """One side of a proportion such as 25:27:48."""


RATES = (NumberKind.PERCENT, NumberKind.PERMILLE)
"""Numbers that are so much of a base."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed.

    ``value`` carries 万 and 亿; ``half``: half a unit of its last printed place, 0 of a whole count.
    ``loose``: said to be about, above or below.  ``lead`` and ``tail``: the words since the number
    before and up to the next, in the same sentence.  ``sentence``, ``group``, ``clause``, ``item``:
    the counted scopes it stands in (。, ；, ，, 、); ``bracket``: the counted bracket, 0 outside.
    ``block``: its number.
    """

    start: int
    end: int
    text: str
    value: Fraction
    half: Fraction
    unit: str
    kind: NumberKind
    loose: bool
    lead: str
    tail: str
    block: int
    sentence: int
    group: int
    clause: int
    item: int
    bracket: int = 0

    low: Fraction = field(init=False, compare=False, repr=False)
    """The least value that is printed so."""
    high: Fraction = field(init=False, compare=False, repr=False)
    """The greatest value that is printed so."""
    rough: tuple[float, float] = field(init=False, compare=False, repr=False)
    """Both, to sort out quickly what cannot hold."""

    def __post_init__(self) -> None:
        low, high = self.value - self.half, self.value + self.half
        for name, each in (("low", low), ("high", high), ("rough", (float(low), float(high)))):
            object.__setattr__(self, name, each)

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end


class Formula(Enum):
    """How the printed number follows from the others; a claim is ``printed = formula(others)``."""

    RATIO = "share"
    """100 a / b (1000 a / b of a permille)."""
    REST = "complement"
    """100 (b - a) / b."""
    SUM = "sum"
    GROWTH = "growth"
    """100 (new - old) / old, without its sign."""
    CHANGE = "chg"
    """100 d / (new - d): the rate by the change, signed, and the level reached."""
    DIFFERENCE = "difference"
    """|a - b|."""
    WHOLE = "sum%"
    """The shares make 100."""
    NET = "net"
    """Signed changes make the printed one."""
    BETWEEN = "between"
    """An overall rate lies between the rates of its parts."""
    COUNTABLE = "grim"
    """A rate of change that some whole number before can give."""
    QUOTIENT = "avg"
    """a / b, in the unit of the printed average."""
    SAME = "same"
    """The same quantity, told twice."""
    AT_MOST = "le"
    """A part is at most its whole."""
    DIRECTION = "direction"
    """The word for more or less fits the two levels."""


class Strength(Enum):
    """How surely a reading is what the author meant."""

    SURE = 4
    """The words or the table name every part of it."""
    LIKELY = 3
    """The neighbours or the order fix it."""
    BESIDE = 2
    """It stands where it would be looked for."""
    POSSIBLE = 1
    """It may explain the number; nothing says that it must."""


@dataclass(frozen=True, slots=True)
class ClaimReading:
    """One way to understand a claim: the formula, and the numbers it takes.

    ``pattern``: what it shares with readings of other claims (a base, a total, a table's columns);
    where others of the same pattern hold, this one is likely meant.  ``signs``: of each number
    where the formula takes signed ones.  ``printed``: the number it gives, if not the claim's own.
    ``closed``: the words say that nothing is missing in it.
    """

    formula: Formula
    numbers: tuple[Number, ...]
    strength: Strength = Strength.POSSIBLE
    pattern: tuple[object, ...] = ()
    signs: tuple[int, ...] = ()
    printed: Number | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A printed number and every way in which something else in the passage may explain it."""

    printed: Number
    readings: tuple[ClaimReading, ...]


class Agreement(Enum):
    """How a printed number stands to what the others give."""

    HOLDS = "holds"
    CUT = "cut off"
    """Cut off instead of rounded."""
    LAST = "last place"
    """One unit of the last place off."""
    BENT = "bent to 100"
    """One unit off, in a list that makes exactly 100."""
    SCALE = "scale"
    """A decimal point, or 万 for 亿."""
    SWAP = "swap"
    """Two digits swapped."""
    SLIP = "slip"
    """One other digit."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A claim reckoned: the reading that holds, or the one it is held against, and the result.

    ``expected``: from and to what the others give; ``supported`` and ``opposed``: how many other
    claims read by the same pattern hold, and how many do not.
    """

    claim: Claim
    reading: ClaimReading
    agreement: Agreement
    expected: tuple[Fraction, Fraction]
    supported: int = 0
    opposed: int = 0


@dataclass(frozen=True, slots=True)
class ProofFinding:
    """A number that disagrees, in words.

    ``level``: one of ``levels``; ``right``: the likely right value, empty where it does not follow.
    """

    code: str
    level: str
    spans: tuple[tuple[int, int], ...]
    message: str
    right: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What proofreading a text gives: the findings in order, and every relation reckoned."""

    findings: Sequence[ProofFinding] = field(default_factory=tuple)
    checked: Sequence[tuple[str, tuple[tuple[int, int], ...]]] = field(default_factory=tuple)

    @property
    def errors(self) -> Sequence[ProofFinding]:
        """The findings that are more than a reminder."""
        return [each for each in self.findings if each.level == ERROR]
