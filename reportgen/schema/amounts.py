"""Quantities with the unit that may be typed behind them: ``15``, ``3.5公里``, ``2.5万``, ``100余辆``.

A unit typed beside the number is compared with the one in the column for units, never dropped:
``2.5万元`` is 25000 of 元 and 2.5 of 万元, and of nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from reportgen.glyphs import half_width
from reportgen.raw import Value
from reportgen.schema.columns import (
    Flaw,
    clean_name,
    decimal_to_text,
    make_wrong_type,
    normalise_name,
    read_number,
    to_plain_text,
)
from reportgen.schema.numerals import SCALES, parse_number
from reportgen.schema.rules import Breach, ReadCell


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as filled in.  ``number`` is None where only an approximation (概数) was given.

    ``unit``: what was typed behind it, a 万 or 亿 that could be read as part of the number apart.
    """

    text: str
    number: Decimal | None
    unit: str = ""

    @property
    def approximate(self) -> bool:
        """Whether the text is a 概数 such as 100余, kept as written and never summed."""
        return self.number is None

    def in_unit(self, unit: str) -> Amount | None:
        """The amount as a number of ``unit``; None if it was typed in another, or in 万 of 万."""
        own, typed, scale = normalise_unit(unit), normalise_unit(self.unit), self.text[-1:]
        if typed and scale in SCALES and own == normalise_unit(scale + self.unit):
            number = None if self.number is None else self.number / SCALES[scale]
            return Amount(self.text[:-1], number)
        twice = own.startswith(tuple(SCALES)) and not set(SCALES).isdisjoint(self.text)
        return None if twice or typed not in ("", own) else replace(self, unit="")


@dataclass(frozen=True)
class Quantity:
    """A quantity for the report's prose: ``15``, or a 概数 kept as written (100余, 近200, 约30).

    ``unit``: the one of the whole column.  Without it, a column for units says it (``SameUnit``).
    """

    unit: str = ""
    expected: str = "数量"
    example: str = "15，或 100余、近200、约30"

    def read(self, value: Value) -> object:
        """→ Amount, in the column's unit if it has one; Flaw wrong-type or other-counter."""
        if isinstance(value, str):
            amount = _parse_amount(clean_name(half_width(to_plain_text(value))))
        else:
            number = read_number(value)
            amount = None if number is None else Amount(decimal_to_text(number), number)
        below_zero = amount is not None and amount.number is not None and amount.number < 0
        if amount is None or below_zero:
            return make_wrong_type(self)
        return self._in_own_unit(amount) if self.unit else amount

    def _in_own_unit(self, amount: Amount) -> Amount | Flaw:
        """``2.5万元`` is 2.5 of 万元; ``2.5万`` of 万元 may be that or 25000 and is refused."""
        scale = amount.text[-1:] if amount.text[-1:] in SCALES else ""
        details = {"typed": scale + amount.unit, "unit": self.unit}
        return amount.in_unit(self.unit) or Flaw("other-counter", details)


@dataclass(frozen=True)
class SameUnit:
    """A unit typed behind the amount in ``column`` is the one in the column ``unit``."""

    column: str
    unit: str

    @property
    def paths(self) -> tuple[str, ...]:
        """Both columns."""
        return self.column, self.unit

    def breaches(self, row: ReadCell) -> Iterator[Breach]:
        """other-unit or scale-twice, at the amount."""
        amount, unit = row(self.column), row(self.unit)
        if not isinstance(amount, Amount) or not isinstance(unit, str) or amount.in_unit(unit):
            return
        details = {"other": self.unit, "unit": unit}
        if amount.unit:
            yield Breach("other-unit", self.column, details | {"typed": amount.unit}, self.unit)
        else:
            scale = next(sign for sign in amount.text if sign in SCALES)
            details |= {"scale": scale, "again": unit[0], "rest": unit[1:] or "个"}
            details |= {"text": amount.text, "short": amount.text.replace(scale, "")}
            yield Breach("scale-twice", self.column, details, self.unit)


def normalise_unit(unit: str) -> str:
    """What must agree of a unit for it to be the same: ``千米`` and ``km`` are ``公里``."""
    word = normalise_name(unit)
    return _SAME.get(word.lower(), word)


def _parse_amount(text: str) -> Amount | None:
    """The longest beginning that is a number or an approximation; the rest must be a unit."""
    for end in range(len(text), max(0, len(text) - _LONGEST - 1), -1):
        typed, unit = text[:end], text[end:]
        if unit and not _is_unit(unit):
            continue
        plain = typed.replace(",", "")
        number = parse_number(typed, unit=False)
        if number is not None:
            shown = plain if plain.endswith(tuple(SCALES)) else decimal_to_text(number)
            return Amount(shown, number, unit)
        if _APPROXIMATE.fullmatch(plain):
            return Amount(plain, None, unit)
    return None


def _is_unit(text: str) -> bool:
    """``左右``, ``以上``, ``几家`` are none."""
    return bool(_UNIT.fullmatch(text)) and _HEDGES.isdisjoint(text)


_APPROXIMATE = re.compile(
    r"(?:\d+(?:\.\d+)?(?:[万亿]?[余多]|[余多][万亿])|[近约]\d+(?:\.\d+)?[万亿]?)"
)
_UNIT = re.compile(r"(?:(?<=[km])[23]|[^\W\d_]|[%‰°/·])+")
"""Letters and signs; half-width, ``㎡`` is ``m2``."""
_HEDGES = frozenset("几余多左右上下以不到至约近超零〇一二三四五六七八九十两")
_LONGEST = 10
"""So many characters a unit has at most."""
_SAME: Mapping[str, str] = {
    "km": "公里", "千米": "公里", "m": "米", "cm": "厘米", "mm": "毫米", "m2": "平方米", "平米": "平方米",
    "km2": "平方公里", "m3": "立方米", "立方": "立方米", "kg": "公斤", "千克": "公斤", "g": "克", "t": "吨",
}  # fmt: skip
"""Units that are one by definition."""
