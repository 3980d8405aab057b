"""Column types: one small frozen class for each kind of content a cell may have.

A type reads one raw cell (``read``) into a typed value or a ``Flaw``, and describes itself for the
form (``expected``, ``example``).  Harmless dirt is cleaned here: full-width digits, stray spaces,
``2024.5.6``, thousands separators, ``7件``, ``七件``, ``2000万``.  What could mean two things is a
flaw, never guessed.  Blank cells never reach a type.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from reportgen import glyphs
from reportgen.data import parts_in_words
from reportgen.glyphs import half_width
from reportgen.nearest_name import did_you_mean, find_closest
from reportgen.raw import Value
from reportgen.schema.numerals import (
    SCALES,
    find_missing_of_day,
    parse_day,
    parse_number,
    parse_scale,
    parse_unit,
)

SEPARATORS = "、，,；;/／\n\t"
"""What people type between the names in one cell."""

SLOT = re.compile(r"\{([^{}]*[^{}\s][^{}]*)\}")
"""``{指标}`` in prose; its group is the name as typed."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a cell cannot be read: an issue code and what its message needs."""

    code: str
    details: Mapping[str, str] = field(default_factory=dict)


class ColumnType(Protocol):
    """What every column type offers."""

    @property
    def expected(self) -> str:
        """What belongs in the cell, in Chinese, to stand in a message: ``日期``."""

    @property
    def example(self) -> str:
        """A correct value as one would type it."""

    def read(self, value: Value) -> object:
        """The typed value of a cell that is not blank, or a ``Flaw``."""


@dataclass(frozen=True)
class FreeText:
    """Free text, kept as typed but for outer spaces; ``prose`` text may hold ``{指标}``."""

    prose: bool = False
    expected: str = "文字"
    example: str = "文字"

    def read(self, value: Value) -> object:
        """→ str; line breaks stay.  Flaw bad-brace if braces of prose do not pair."""
        text = to_plain_text(value)
        if not self.prose:
            return text
        text = text.replace("｛", "{").replace("｝", "}")  # as a Chinese keyboard types them
        return Flaw("bad-brace") if re.search("[{}]", SLOT.sub("", text)) else text


@dataclass(frozen=True)
class Title:
    """A one-line title: line breaks and tabs inside are dropped."""

    expected: str = "标题"
    example: str = "关于加强食品安全工作的建议"

    def read(self, value: Value) -> object:
        """→ str on one line."""
        text = to_plain_text(value)
        return text if text.isprintable() else re.sub(r"\s*[\r\n\t]+\s*", "", text)


@dataclass(frozen=True)
class Code:
    """A number that names something (编号, 文号): text; 7.0 becomes 7, full-width digits ASCII."""

    expected: str = "编号"
    example: str = "12"

    def read(self, value: Value) -> object:
        """→ str without inner spaces."""
        return clean_name(half_width(to_plain_text(value)))


@dataclass(frozen=True)
class Name:
    """A person's or a unit's name: spaces inside (刘　亚) are dropped."""

    expected: str = "名称"
    example: str = "农业农村办公室"

    def read(self, value: Value) -> object:
        """→ str without spaces."""
        return clean_name(to_plain_text(value))


@dataclass(frozen=True)
class WholeNumber:
    """A whole number; behind it may stand its own unit (7件), no other one.

    ``units``: what it counts, each way of saying it; without any, measure words are read over.
    """

    minimum: int = 0
    maximum: int = 9_999_999
    units: tuple[str, ...] = ()
    expected: str = "整数"
    example: str = "7"

    def read(self, value: Value) -> object:
        """→ int; Flaw wrong-type, other-counter or out-of-range.

        ``3万元`` is 3 of 万元 and 30000 of 元; ``3万`` of 万元 may be either and is other-counter.
        """
        number = read_number(value)
        text = half_width(to_plain_text(value)) if isinstance(value, str) else ""
        typed, scale = parse_unit(text), parse_scale(text)
        if number and scale and any(unit.startswith(tuple(SCALES)) for unit in self.units):
            typed, number = scale + typed, number / SCALES[scale]
        if typed and self.units and typed not in self.units:
            return Flaw("other-counter", {"typed": typed, "unit": self.units[0]})
        if number is None or number != number.to_integral_value():
            return make_wrong_type(self)
        if not self.minimum <= number <= self.maximum:
            return Flaw("out-of-range", {"low": str(self.minimum), "high": str(self.maximum)})
        return int(number)


@dataclass(frozen=True)
class Day:
    """A calendar date, in any form people type: ``2024.5.6``, ``20240506``, ``二〇二四年五月六日``."""

    first: dt.date = dt.date(1990, 1, 1)
    last: dt.date = dt.date(2100, 12, 31)
    expected: str = "日期"
    example: str = "2024-5-6"

    def read(self, value: Value) -> object:
        """→ datetime.date; Flaw wrong-type, and incomplete-, impossible- or date-out-of-range."""
        found = read_day(value)
        if isinstance(found, Flaw):
            return make_wrong_type(self) if found.code == "wrong-type" else found
        if not self.first <= found <= self.last:
            return Flaw(
                "date-out-of-range",
                {"low": day_to_text(self.first), "high": day_to_text(self.last)},
            )
        return found


@dataclass(frozen=True)
class Choice:
    """One of a fixed list."""

    options: tuple[str, ...]
    aliases: dict[str, str] = field(default_factory=dict)
    expected: str = "下拉列表中的一项"

    @property
    def example(self) -> str:
        """The first option."""
        return self.options[0]

    def read(self, value: Value) -> object:
        """→ the option; Flaw not-in-list."""
        text = normalise_name(to_plain_text(value))
        options = {**self.aliases, **{option: option for option in self.options}}
        known = {normalise_name(name): option for name, option in options.items()}
        if text in known:
            return known[text]
        like = find_closest(text, self.options) or known.get(find_closest(text, known) or "")
        details = {"options": "、".join(self.options), "nearest": did_you_mean(like)}
        return Flaw("not-in-list", details)


@dataclass(frozen=True)
class Ref:
    """The key of a row in another sheet: a department, a deputy, a theme, a result class.

    ``also`` names further columns of that sheet whose content is understood (简称, 别名; a cell
    there may list several).  ``many``: several names in one cell.  ``labelled``: the key may be
    followed by 类 or by its description (``A类``, ``A 已解决``).  ``classes``: few names for what is
    judged, of which a part (``已解决``) or an emphasis (``非常满意``) tells which is meant.
    ``read`` only cleans; the look-up is validation's, once that sheet has been read.
    """

    sheet: str
    column: str
    also: tuple[str, ...] = ()
    many: bool = False
    labelled: bool = False
    classes: bool = False
    code: str = "unknown-name"

    @property
    def expected(self) -> str:
        """Where the names stand."""
        return f"“{self.sheet}”表中的{self.column}"

    @property
    def example(self) -> str:
        """Names the sheet to look at."""
        return f"见“{self.sheet}”表"

    def read(self, value: Value) -> object:
        """→ str, or a tuple of str if ``many``."""
        text = to_plain_text(value)
        if self.many:
            return tuple(split_names(text))
        return clean_name(half_width(text))


def to_plain_text(value: Value) -> str:
    """A cell's content as text: ``7.0 → 7``, a date as 2024-5-6.

    Outer spaces and signs that nobody sees are dropped.
    """
    if isinstance(value, str):
        value = glyphs.to_seen_text(value)
        if value.isprintable():  # most cells: nothing but spaces to drop
            return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else _float_to_text(value)
    if isinstance(value, dt.date) and getattr(value, "time", dt.time)() == dt.time():
        return day_to_text(value)
    return _CONTROL.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n")).strip(_BLANK)


def day_to_text(date: dt.date) -> str:
    """A date as our forms show it: ``2024-5-6``."""
    return f"{date.year}-{date.month}-{date.day}"


def is_blank(value: Value) -> bool:
    """Whether a cell counts as empty: nothing, or only spaces and signs that nobody sees."""
    if not isinstance(value, str):
        return value is None
    first = value[:1]
    if first.isalnum() and first not in glyphs.BLANKS:  # most cells
        return False
    return not to_plain_text(value)


def says_nothing(value: Value) -> bool:
    """Whether all that a cell holds is a word or sign for nothing: 无, 暂无, /, ——."""
    if not isinstance(value, str) or len(value) > _SHORT:
        return False
    return bool(_NOTHING.fullmatch(normalise_name(value)))


_SHORT = 8
"""Nobody takes more characters, spaces included, to say nothing."""
_NOTHING = re.compile(r"(?:[-/\\]+|(?:暂|尚)?无|没有|空白|(?i:n/a|null|none|nil))[.。]?")


def clean_name(text: str) -> str:
    """A name without any spaces inside."""
    return "".join(text.split())


def normalise_name(name: str) -> str:
    """A name reduced to what must agree for it to be the same (``glyphs.normalise_look``)."""
    return glyphs.normalise_look(name)


def split_names(text: str) -> Iterable[str]:
    """The names in one cell, cleaned, without repeats, in their order."""
    parts = (clean_name(part) for part in _BETWEEN_NAMES.split(text))
    return dict.fromkeys(part for part in parts if part)


def decimal_to_text(number: Decimal) -> str:
    """``15`` for 15 or 15.0, ``3.5`` for 3.50."""
    return format(number.normalize(), "f")


def read_number(value: Value) -> Decimal | None:
    """An exact number from a cell, a measure word (7件) behind it or not; else None."""
    if isinstance(value, str):
        return parse_number(half_width(to_plain_text(value)))
    if isinstance(value, float):
        number = Decimal(_float_to_text(value))
        return number if number.is_finite() else None
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else None


def read_day(value: Value) -> dt.date | Flaw:
    """A date from a cell: a real one, an Excel serial, or any usual way of typing it."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _read_day_of_number(value)
    return (
        _read_day_of_text(half_width(to_plain_text(value)))
        if isinstance(value, str)
        else _make_day_flaw("")
    )


def make_wrong_type(column_type: ColumnType) -> Flaw:
    """The flaw of a cell that holds another kind of thing."""
    return Flaw("wrong-type", {"expected": column_type.expected, "example": column_type.example})


def _float_to_text(value: float) -> str:
    """Excel shows 15 digits: what a formula left as 0.30000000000000004 is 0.3 to its author."""
    return f"{value:.15g}"


def _read_day_of_text(text: str) -> dt.date | Flaw:
    found = parse_day(text)
    if found:
        return _make_day(*found)
    if text.isascii() and text.isdigit() and len(text) <= 8:
        return _read_day_of_number(int(text))
    return _make_day_flaw(text)


def _read_day_of_number(value: float) -> dt.date | Flaw:
    """20240506 is a date without signs; 45418 is an Excel serial (days since 1899-12-30)."""
    if 20_000 <= value < 80_001:
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(value))
    if 19_000_000 <= value < 1e8:
        return _make_day(int(value) // 10_000, int(value) // 100 % 100, int(value) % 100)
    return _make_day_flaw(_float_to_text(value))


def _make_day_flaw(text: str) -> Flaw:
    """Typed as a number, 5.6 and 2024.5 are incomplete dates too."""
    lack = find_missing_of_day(text)
    details = {"lack": lack, "say": "全年、月、日，如：2024-5-6"}
    return Flaw("incomplete-date", details) if lack else Flaw("wrong-type")


def _make_day(year: int, month: int, day: int) -> dt.date | Flaw:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return Flaw("impossible-date", {"date": parts_in_words(year, month, day)})


_BLANK = " \t\n\r\f\v\u00a0\u3000\ufeff\u200b"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BETWEEN_NAMES = re.compile(f"[{SEPARATORS}]")
