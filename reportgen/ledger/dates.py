"""Dates as people write them in their own ledgers, beyond the forms that our own sheets take."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from reportgen.glyphs import half_width
from reportgen.raw import Value
from reportgen.schema.columns import Day, Flaw, to_plain_text


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date understood, with what had to be added (``guess``); or None and the ``flaw``."""

    day: dt.date | None
    guess: str = ""
    flaw: str = ""


def read_ledger_day(value: Value, year: int | None, kind: Day) -> ReadDate:
    """A date in any usual form; ``year`` completes ``3月5日``."""
    found = kind.read(value)
    if isinstance(found, dt.date):
        return ReadDate(found)
    assert isinstance(found, Flaw)
    if not isinstance(value, str) or found.code not in _MENDABLE:
        return ReadDate(None, flaw=_explain_flaw(found))
    text = re.sub(r"\s+", "", half_width(to_plain_text(value)))
    text, guess = _to_usual_form(_to_digits(_WEEKDAY.sub("", text)), year)
    again = kind.read(text)
    if isinstance(again, dt.date):
        return ReadDate(again, guess)
    assert isinstance(again, Flaw)
    return ReadDate(None, flaw=_explain_flaw(again))


def _to_usual_form(text: str, year: int | None) -> tuple[str, str]:
    """The text as ``2024-3-5`` if it comes to that, and what was added."""
    text = text.rstrip("。.,;")
    ended = re.sub(r"(?:之前|以前|前)$", "", text)
    guess = "" if ended == text else f"“{text}”按{ended}填写"
    if found := _SHORT.fullmatch(ended):
        return f"20{found[1]}-{found[2]}-{found[3]}", f"年份补为20{found[1]}年"
    if year and (found := _YEARLESS.fullmatch(ended)):
        return f"{year}-{found[1]}-{found[2]}", f"年份按表头上方的标题补为{year}年"
    return re.sub(r"(?<=\d)[、,_~·](?=\d)", "-", ended), guess


def _to_digits(text: str) -> str:
    """``二〇二四年三月十五日 → 2024年3月15日``."""
    if not re.search(f"[{_ONES}十]", text):
        return text
    text = re.sub(
        f"([一二三])?十([{_ONES}])?",
        lambda m: str(10 * _read_digit(m[1] or "一") + (_read_digit(m[2]) if m[2] else 0)),
        text,
    )
    return re.sub(f"[{_ONES}]", lambda m: str(_read_digit(m[0])), text)


def _read_digit(numeral: str) -> int:
    return "〇一二三四五六七八九".find(numeral.translate(str.maketrans("○0零", "〇〇〇")))


def _explain_flaw(flaw: Flaw) -> str:
    match flaw.code:
        case "incomplete-date":
            return flaw.details["lack"]
        case "impossible-date":
            return f"日历上没有{flaw.details['date']}"
        case "date-out-of-range":
            return f"不在{flaw.details['low']}至{flaw.details['high']}之间"
    return "不是日期"


_MENDABLE = ("wrong-type", "incomplete-date")
_ONES = "〇○零一二三四五六七八九"
_WEEKDAY = re.compile(r"\(?(?:星期|周)[一二三四五六日天]\)?$")
_SHORT = re.compile(r"'?(\d{2})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?")
_YEARLESS = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?")
