"""Numbers and dates as people type them: ``1,234件``, ``2000万``, ``七``, ``2024.5.6``, ``二〇二四年五月六日``.

Texts come half-width and without spaces at their ends.  What could mean two things is not read.
"""

from __future__ import annotations

import re
from decimal import Decimal

from reportgen.glyphs import half_width

TOTAL = "(?:合计|小计|总计|共计|累计|总数|本页计)"
"""The words of a total."""
SCALES = {"万": 10_000, "亿": 100_000_000}


def parse_number(text: str, *, unit: bool = True) -> Decimal | None:
    """An exact number, or None; ``unit`` lets a measure word (7件) follow it.

    A percentage is no number here, nor is 七八 (7 or 8), nor an approximation.
    """
    found = _NUMBER.fullmatch("".join(text.split()))
    if not found or (found["unit"] and not unit):
        return None
    if found["words"]:
        count = _parse_number_words(found["words"])
        return None if count is None else Decimal(count)
    return Decimal(found["number"].replace(",", "")) * SCALES.get(found["scale"], 1)


def parse_unit(text: str) -> str:
    """The measure word behind a number; empty if there is none, or no number."""
    found = _NUMBER.fullmatch("".join(text.split()))
    return found["unit"] if found else ""


def parse_scale(text: str) -> str:
    """The 万 or 亿 of a number; empty if there is none, or no number."""
    found = _NUMBER.fullmatch("".join(text.split()))
    return (found["scale"] or "") if found else ""


def parse_count(text: str) -> Decimal | None:
    """How many a total says there are: 7 of ``7``, ``共 7 件``, ``合计：七件``; None if it does not."""
    found = _COUNT.fullmatch("".join(half_width(text).split()))
    count = parse_number(found[1]) if found and parse_unit(found[1]) in _COUNTED else None
    return count if count is not None and count >= 0 and count == int(count) else None


def parse_day(text: str) -> tuple[int, int, int] | None:
    """Year, month and day (which need not be in the calendar), or None if it is no whole date."""
    found = _DAY.fullmatch(_to_plain_day(text))
    return (int(found["year"]), int(found["month"]), int(found["day"])) if found else None


def find_missing_of_day(text: str) -> str:
    """What a text lacks to be a date, in Chinese: ``没有写年份`` of ``5月6日``; empty if all."""
    plain = _to_plain_day(text)
    return next((lack for pattern, lack in _INCOMPLETE if pattern.fullmatch(plain)), "")


def _to_plain_day(text: str) -> str:
    """Without time and day of the week; ``二〇二四年五月六日`` as ``2024年5月6日``."""
    text = "".join(_CLOCK.sub("", text).split())
    found = _DAY_IN_WORDS.fullmatch(text)
    numbers = [_parse_number_words(part) for part in found.groups()] if found else [None]
    return text if None in numbers else "{}年{}月{}日".format(*numbers)


def _parse_number_words(words: str) -> int | None:
    """``七``, ``两``, ``十二``, ``三十``, a year ``二〇二四``; None for 七八, which means 7 or 8."""
    if len(words) in (1, 4) and "十" not in words:
        return int("".join(str(_DIGITS[word]) for word in words))
    tens, ten, ones = words.partition("十")
    if not ten or len(tens) > 1 or len(ones) > 1 or not set("零〇○十").isdisjoint(tens + ones):
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


_DIGITS = {word: number for number, word in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "两": 2}
_WORDS = f"[十{''.join(_DIGITS)}]"
_NUMBER = re.compile(
    rf"(?:(?P<words>{_WORDS}{{1,4}})|(?P<number>[+-]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?)"
    r"(?:[.。]|(?P<scale>[万亿]))?)(?P<unit>[件条个名次家项人份天月年元起处辆场]{0,2})"
)
_COUNT = re.compile(rf"(?:{TOTAL}|共)*数?[:(]?([^:()]+)\)?")
_COUNTED = frozenset(["", *"件条个名家项人份"])
_MARK = "[-./、,。·—–]"
"""What people type between year, month and day."""
_DAY = re.compile(
    rf"(?P<year>\d{{4}})(?:年|{_MARK})(?P<month>\d{{1,2}})(?:月|{_MARK})(?P<day>\d{{1,2}})[日号]?[.。]?"
)
_DAY_IN_WORDS = re.compile(rf"({_WORDS}{{4}})年({_WORDS}{{1,3}})月({_WORDS}{{1,3}})[日号]")
_CLOCK = re.compile(
    r"(?:(?:\s+|T|(?<=[日号]))\d{1,2}(?::\d\d){1,2}(?:\.\d+)?Z?|\s*[(]?(?:星期|周)[一二三四五六日天][)]?)$"
)
"""The time of day or the day of the week behind a date."""
_INCOMPLETE = (
    (re.compile(rf"\d{{1,2}}(?:月|{_MARK})\d{{1,2}}[日号]?"), "没有写年份"),
    (re.compile(rf"\d\d(?:年|{_MARK})\d{{1,2}}(?:月|{_MARK})\d{{1,2}}[日号]?"), "没有写全年份"),
    (re.compile(rf"\d{{4}}(?:年|{_MARK})\d{{1,2}}月?(?:[底末初中]|[上中下]旬)?"), "没有写哪一日"),
    (re.compile(r"\d{4}年?(?:[底末初内]|[上下]半年)"), "没有写哪月哪日"),
)
