"""The filters a template may use (``年度 | 中文年份``), each named as it is typed.

A filter on a Fact gives a Fact with a key of its own (``件数|中文数字``), so that what is shown
stays traceable; on something absent it gives that back.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence

from reportgen.data import day_in_words
from reportgen.facts.model import Absent, Fact, FiguredText, Origin
from reportgen.facts.report import Item, Items
from reportgen.facts.title_marks import put_in_marks

Filter = Callable[..., object]


class CannotShow(Exception):  # noqa: N818 - reads as what it says
    """An expression has no result that could be shown; the text says why, for the user."""


def to_chinese_number(value: object) -> object:
    """``7 → 七``, ``984 → 九百八十四``."""
    if isinstance(value, Fact):
        return _derive_fact(value, "中文数字", _spell_figure(value.text))
    if isinstance(value, Absent):
        return value
    digits = str(value)
    if isinstance(value, bool) or not re.fullmatch(r"-?[0-9]{1,12}", digits):
        raise CannotShow(f"“{_quote_value(value)}”不是整数，不能写成中文数字")
    return "负" * (digits[0] == "-") + _spell_number(abs(int(digits)))


def to_chinese_year(value: object) -> object:
    """``2024 → 二〇二四``; a date gives its year."""
    if isinstance(value, Fact):
        return _derive_fact(value, "中文年份", str(to_chinese_year(value.text)))
    if isinstance(value, Absent):
        return value
    digits = str(value.year if isinstance(value, dt.date) else value)
    if not re.fullmatch("[0-9]{4}", digits):
        raise CannotShow(f"“{_quote_value(value)}”不是四位数的年份")
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in digits)


def format_date(value: object, style: object = "") -> object:
    """``2024年3月5日``; style 短: ``2024-3-5``, 年月: ``2024年3月``."""
    if isinstance(value, Absent):
        return value
    if not isinstance(value, dt.date):
        raise CannotShow(f"“{_quote_value(value)}”不是日期")
    match style:
        case "":
            return day_in_words(value)
        case "短":
            return f"{value.year}-{value.month}-{value.day}"
        case "年月":
            return f"{value.year}年{value.month}月"
    raise CannotShow(f"日期没有“{_quote_value(style)}”这种写法，可用的有“短”“年月”")


def join_names(value: object, most: object = None, name: object = None) -> object:
    """The names in a list joined with 、; after ``most`` of them 等.

    Items show their ``name`` or else the first of their names.
    """
    if isinstance(value, Absent):
        return value
    texts = [_show_member(each, name) for each in _list_members(value)]
    if most is not None and (not isinstance(most, int) or most < 1):
        raise CannotShow("顿号后的括号里应是要列出的个数，如 顿号(3)")
    shown = texts[:most]
    parts: list[str | Fact] = []
    for number, text in enumerate(shown):
        parts += ["、"] * (number > 0)
        parts += text.parts if isinstance(text, FiguredText) else [text]
    parts += ["等"] * (len(shown) < len(texts))
    return FiguredText(tuple(parts))


def add_title_marks(value: object) -> object:
    """``落实《条例》的意见 → 《落实〈条例〉的意见》``."""
    if isinstance(value, Absent):
        return value
    if not isinstance(value, str | FiguredText):
        raise CannotShow(f"“{_quote_value(value)}”不是标题，不能加书名号")
    return put_in_marks(str(value))


FILTERS: Mapping[str, Filter] = {
    "中文数字": to_chinese_number,
    "中文年份": to_chinese_year,
    "日期": format_date,
    "顿号": join_names,
    "书名号": add_title_marks,
}

_DIGITS = "零一二三四五六七八九"


def _derive_fact(fact: Fact, name: str, text: str) -> Fact:
    source = Origin(f"“{fact.key}”写成{name}", "取值", facts=(fact.key,))
    return dataclasses.replace(fact, key=f"{fact.key}|{name}", text=text, source=source)


def _spell_figure(text: str) -> str:
    """What a figure shows, in words: ``7 → 七``, ``99.5% → 百分之九十九点五``, ``近1.5万 → 近一点五万``."""
    about = _ABOUT.fullmatch(text)
    if about and about[2] != text:
        return f"{about[1]}{_spell_figure(about[2])}{about[3]}"
    bare = text.removesuffix("%")
    whole, point, decimals = bare.partition(".")
    if decimals and not re.fullmatch("[0-9]+", decimals):
        raise CannotShow(f"“{text}”不能写成中文数字")
    spoken = "".join(_DIGITS[int(digit)] for digit in decimals)
    return "百分之" * (bare != text) + str(to_chinese_number(whole)) + "点" * len(point) + spoken


_ABOUT = re.compile("([近约]?)([0-9.]+)([万亿余多]{0,2})")
"""A 概数, or a number of 万."""


def _spell_number(number: int) -> str:
    if number == 0:
        return "零"
    words = ""
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group = number // size % 10**4
        gap = bool(words) and (group < 1000) and number % (size * 10**4) > 0
        if group:
            words += "零" * (gap and not words.endswith("零")) + _spell_group(group) + name
    return re.sub("^一十", "十", words)


def _spell_group(group: int) -> str:
    words = ""
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = group // size % 10
        if digit:
            words += _DIGITS[digit] + name
        elif words and group % size and not words.endswith("零"):
            words += "零"
    return words


def _list_members(value: object) -> Sequence[object]:
    if isinstance(value, Items):
        return value.items
    if isinstance(value, list | tuple):
        return value
    raise CannotShow("顿号前面应是一个列表")


def _show_member(member: object, name: object) -> str | Fact | FiguredText:
    if isinstance(member, Item):
        if name is not None and name not in member.names:
            raise CannotShow(f"列表的各项没有“{_quote_value(name)}”")
        member = next(iter(member.names.values())) if name is None else member.names[str(name)]
    if isinstance(member, str | Fact | FiguredText):
        return member
    if isinstance(member, Absent):
        return str(member)
    if isinstance(member, dt.date):
        return str(format_date(member))
    raise CannotShow("列表里有不能用顿号连接的内容")


def _quote_value(value: object) -> str:
    return str(value)[:20] if isinstance(value, str | int | FiguredText | dt.date) else "这个内容"
