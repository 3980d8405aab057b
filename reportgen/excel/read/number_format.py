"""A value and its cell's number format → the text that people see (ECMA-376 part 1, 18.8.31).

``15.666`` under ``0.0`` is seen as 15.7, ``11`` under ``"某函〔2024〕"0"号"`` as 某函〔2024〕11号.  Only what
can be told for sure is told: fractions, exponents, Chinese numerals and names of months are not.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from reportgen.raw import Value

BUILT_IN: Mapping[int, str] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d",
    16: 'm"月"d"日"', 17: 'yyyy"年"m"月"', 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 49: "@", 50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip
"""The formats that files name by number alone, as in Chinese Excel; others show what is stored."""


MAX_CODE = 255
"""Letters of a number format, as in Excel."""


@lru_cache(4096)
def is_plain_format(code: str) -> bool:
    """Whether it shows nothing but what is stored: General, text, a date with year and day.

    Or cannot be told, being longer than Excel lets a format be.
    """
    if len(code) > MAX_CODE or code.lower() in ("", "general", "@", "g/通用格式"):
        return True
    bare = _LITERAL.sub("", code).lower()
    return "y" in bare and "d" in bare


def format_value(value: Value, code: str) -> str | None:
    """What one sees of a value; None where that is what is stored, or cannot be told.

    Empty only of what stands there and is not to be seen at all (``;;;``).
    """
    if is_plain_format(code) or value is None or isinstance(value, bool):
        return None
    if _HIDING.fullmatch(code):
        return "" if value != "" else None
    try:
        text = _apply_format(value, code)
    except (_UnknownError, ArithmeticError, ValueError):
        return None
    return text.strip() or None


class _UnknownError(Exception):
    """A format that is not told here."""


_HIDING = re.compile(r"\s*;\s*;\s*;\s*")
_LITERAL = re.compile(r'"[^"]*"|[\\!_*].|\[[^\]]*\]')
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]'
    r"|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)|(?P<digit>[0#?])|(?P<point>\.)"
    r"|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<moment>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|a{3,4})"
    r"|(?P<unknown>[eEgGbB/]|AM/PM|A/P)|(?P<other>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_Tokens = Sequence[tuple[str, str]]


def _apply_format(value: Value, code: str) -> str:
    sections = _split_sections(code)
    if isinstance(value, str):
        return _format_text(value, sections)
    if isinstance(value, dt.date | dt.time):
        return _format_moment(value, _split_tokens(sections[0]))
    if not isinstance(value, int | float):
        raise _UnknownError
    number = Decimal(f"{value:.15g}")
    section, keeps_sign = _choose_section(number, sections)
    text = _format_number(abs(number), _split_tokens(section))
    return f"-{text}" if number < 0 and keeps_sign and re.search("[1-9]", text) else text


@lru_cache(4096)
def _split_sections(code: str) -> Sequence[str]:
    parts = re.findall(r'(?:"[^"]*"|[\\!_*].|\[[^\]]*\]|[^;])*(?:;|$)', code)
    return [part.removesuffix(";") for part in parts if part] or [""]


def _choose_section(number: Decimal, sections: Sequence[str]) -> tuple[str, bool]:
    """The section for a number, and whether its sign is shown beside it."""
    numeric = sections[:3]
    conditions = [_CONDITION.search(section) for section in numeric]
    if any(conditions):
        for section, found in zip(numeric, conditions, strict=True):
            if not found or _meets_condition(number, found[1], Decimal(found[2])):
                return section, True
        raise _UnknownError
    if number > 0 or len(numeric) == 1:
        return sections[0], True
    if number == 0:
        return (sections[2] if len(numeric) > 2 else sections[0]), False
    return sections[1], False


def _meets_condition(number: Decimal, sign: str, limit: Decimal) -> bool:
    order = (number > limit) - (number < limit)
    allowed = {"<": (-1,), ">": (1,), "=": (0,), "<=": (-1, 0), ">=": (0, 1), "<>": (-1, 1)}
    return order in allowed[sign]


@lru_cache(4096)
def _split_tokens(section: str) -> _Tokens:
    """Kind and text of each token; literals are ``other``, what cannot be told raises."""
    tokens = []
    for found in _TOKEN.finditer(section):
        kind = found.lastgroup
        if kind == "unknown" or (kind == "bracket" and found[0].upper().startswith("[DBNUM")):
            raise _UnknownError
        if kind is not None and kind != "bracket":
            literal = kind in ("quoted", "escaped", "currency")
            tokens.append(("other" if literal else kind, found[kind]))
    return tokens


def _format_text(value: str, sections: Sequence[str]) -> str:
    """Text is shown as it is but where a section has a place for it (@)."""
    section = sections[3] if len(sections) > 3 else sections[0]
    tokens = _split_tokens(section)
    if not any(kind == "text" for kind, _ in tokens):
        return ""
    return "".join(value if kind == "text" else text for kind, text in tokens)


# numbers


def _format_number(number: Decimal, tokens: _Tokens) -> str:
    if any(kind in ("moment", "text") for kind, _ in tokens):
        raise _UnknownError
    if any(kind == "general" for kind, _ in tokens):
        plain = format(number.normalize(), "f")
        return "".join(plain if kind == "general" else text for kind, text in tokens)
    point = next((n for n, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    whole, rest = tokens[:point], tokens[point + 1 :]
    places = sum(kind == "digit" for kind, _ in rest)
    number *= Decimal(100) ** sum(kind == "percent" for kind, _ in tokens)
    number /= Decimal(1000) ** _count_thousands(
        whole if point == len(tokens) or not places else rest
    )
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits, _, decimals = format(rounded, "f").partition(".")
    after = _format_decimals(decimals, rest)
    return (
        _format_whole(digits, whole) + ("." if point < len(tokens) and after[0] else "") + after[1]
    )


def _count_thousands(tokens: _Tokens) -> int:
    """How many commas stand right behind the last digit: each of them takes three digits off."""
    last = max((n for n, (kind, _) in enumerate(tokens) if kind == "digit"), default=len(tokens))
    behind = [kind for kind, _ in tokens[last + 1 :]]
    return next((n for n, kind in enumerate(behind) if kind != "comma"), len(behind))


def _format_whole(digits: str, tokens: _Tokens) -> str:
    """The digits before the point, put in their places from the right."""
    places = [n for n, (kind, _) in enumerate(tokens) if kind == "digit"]
    if not places:
        return "".join(text for kind, text in tokens if kind != "comma")
    left = "" if digits == "0" else digits
    filled: dict[int, str] = {}
    for place in reversed(places[1:]):
        filled[place], left = _fill_place(left[-1:], tokens[place][1]), left[:-1]
    filled[places[0]] = left or _fill_place("", tokens[places[0]][1])
    inner = [kind for kind, _ in tokens[places[0] : places[-1] + 1]]
    if "comma" in inner and "other" not in inner:
        together = "".join(filled[place] for place in places)
        grouped = f"{int(together):,}" if together.isdecimal() else together
        filled = {place: grouped if place == places[0] else "" for place in places}
    kept = ((n, text) for n, (kind, text) in enumerate(tokens) if kind != "comma")
    return "".join(filled.get(n, text) for n, text in kept)


def _fill_place(digit: str, place: str) -> str:
    return digit or {"0": "0", "?": " "}.get(place, "")


def _format_decimals(digits: str, tokens: _Tokens) -> tuple[bool, str]:
    """Whether there is any digit behind the point, and what stands there."""
    places = [n for n, (kind, _) in enumerate(tokens) if kind == "digit"]
    filled = dict(zip(places, digits, strict=True))
    for place in reversed(places):
        if tokens[place][1] == "0" or filled[place] != "0":
            break
        filled[place] = ""
    kept = [(n, text) for n, (kind, text) in enumerate(tokens) if kind != "comma"]
    required = any(kind == "digit" and text == "0" for kind, text in tokens)
    return required or any(filled.values()), "".join(filled.get(n, text) for n, text in kept)


# dates


def _format_moment(value: dt.date | dt.time, tokens: _Tokens) -> str:
    if not any(kind == "moment" for kind, _ in tokens):
        raise _UnknownError
    return "".join(_iter_moment_pieces(value, tokens))


def _iter_moment_pieces(value: dt.date | dt.time, tokens: _Tokens) -> Iterator[str]:
    runs = [text.lower() if kind == "moment" else "" for kind, text in tokens]
    for n, (kind, text) in enumerate(tokens):
        if kind != "moment":
            yield text
            continue
        before = next((run for run in reversed(runs[:n]) if run), "")
        after = next((run for run in runs[n + 1 :] if run), "")
        minutes = runs[n][0] == "m" and (before[:1] == "h" or after[:1] == "s")
        yield _format_moment_piece(value, "min" if minutes else runs[n][0], len(runs[n]))


def _format_moment_piece(value: dt.date | dt.time, part: str, length: int) -> str:
    name = {"y": "year", "m": "month", "d": "day", "h": "hour", "s": "second", "min": "minute"}
    if part == "a":
        day = "一二三四五六日"[value.weekday()] if isinstance(value, dt.date) else ""
        return f"星期{day}" if length == 4 else day
    if length > 2 and part in "md":
        raise _UnknownError
    number = getattr(value, name[part], 0)
    if part == "y":
        return f"{number % 100:02}" if length < 3 else str(number)
    return f"{number:02}" if length == 2 else str(number)
