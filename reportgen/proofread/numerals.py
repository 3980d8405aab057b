"""Chinese numerals as exact numbers: ``一百二十三``, ``二万三千``, ``百分之四十七点七八``."""

from __future__ import annotations

from fractions import Fraction

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "亿": 10**8}
SIGNS = "".join((*DIGITS, *_TENS))
"""Every sign that a numeral may begin with."""


def read_numeral(text: str) -> tuple[Fraction, Fraction] | None:
    """Return the value of a Chinese numeral and half a unit of its last place; None if it is none.

    七八 (seven or eight) is no number.
    """
    whole, point, decimals = text.partition("点")
    value = _read_whole(whole)
    if value is None or any(sign not in DIGITS for sign in decimals) or (point and not decimals):
        return None
    if not point:
        return Fraction(value), Fraction(0)
    unit = Fraction(1, 10 ** len(decimals))
    digits = int("".join(str(DIGITS[sign]) for sign in decimals))
    return value + digits * unit, unit / 2


def _read_whole(text: str) -> int | None:
    if not text:
        return None
    total = section = digit = 0
    previous = ""
    for sign in text:
        if sign in DIGITS:
            if DIGITS.get(previous):
                return None
            digit = DIGITS[sign]
        elif sign in _TENS:
            section += (digit if digit or previous in DIGITS else 1) * _TENS[sign]
            digit = 0
        elif sign in _SCALES and previous:
            total = (total + section + digit) * _SCALES[sign]
            section = digit = 0
        else:
            return None
        previous = sign
    return total + section + digit
