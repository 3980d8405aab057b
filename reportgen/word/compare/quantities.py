"""Numbers as people write them in running text, and what two ways of writing have in common.

``find_quantities`` finds quantities in every usual form: ``120万元``, ``1,234户``, ``3/4``, ``96分``,
``八件``, ``十二户``, ``三分之二``, ``百分之九十``, ``近八成``, ``一半``, ``数十件``, ``上百户``,
``6月30日``.  It leaves alone what only looks like one: ``三个方面``, ``一个``, ``一件一件``,
``十分``, ``第一``, ``一是``, ``附件2``.  ``value_of`` reads one exactly: ``七``, ``7`` and ``７``
are the same value, and so are ``86%``, ``86％`` and ``百分之八十六``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from reportgen.schema.numerals import parse_day

NUMERALS = "〇○零一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
DIGITS = r"[0-9０-９]+(?:[,，][0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?"
"""A number in digits; a comma parts thousands only."""
UNITS = (
    "个百分点|平方公里|平方米|立方米|公里|千米|毫米|厘米|公顷|千克|公斤|小时|分钟|人次|家次|户次|场次|件次|"
    "个月|季度|件|条|项|个|人|名|位|户|家|处|座|次|场|份|所|部|辆|起|宗|例|盏|吨|斤|克|亩|里|米|万元|亿元|"
    "元|块|成|倍|番|天|日|周|月|年|期|批|轮|台|套|棵|株|头|只|栋|幢|间|篇|册|遍|趟|支|张|本|封|类|种|"
    "村|镇|乡|县|市|万|亿|‰|%|％"
)
"""Measure words that may follow a number; of those that begin alike the longest stands first."""
BEFORE = (
    "大约|约为|约|将近|接近|几近|近|不足|不到|未到|不超过|不少于|不低于|不多于|不高于|超过|高于|低于|多于|"
    "少于|至少|至多|最少|最多|不止|不下于|不下|起码|差不多|突破|逾|超"
)
"""Words before a number that make it another one."""
AFTER = "左右|上下|以上|以下|以内|之多|有余|不到|不等|余|多|来|几"
"""Words behind a number, or behind its unit, that make it another one."""

_CN, _ONES = f"[{NUMERALS}]", "[一二三四五六七八九两]"
_PASSED_OVER = "|".join((
    rf"第{_CN}+(?![{NUMERALS}名位])",
    rf"{_CN}+个(?:方面|环节|阶段|步骤|层面|维护|意识|自信|确立|重点|抓手|坚持|体系|机制|到位)",
    rf"{_CN}+(?:大以来|届|中全会|项规定|位一体|重一大)|党的{_CN}+大|十[三四五六]五",
    r"一([件项条户家处村人个步点天次年])(?:又|、办理)?一(?:\1|[策品档案岗题事])",
    "[每逐同某任另哪这那]一|四面八方|五湖四海|周[一二三四五六日]|星期[一二三四五六日天]|[上下]半[年月天]",
    "成熟一件、办理一件|千家万户|万户千家|千方百计|千万(?=不|要)|百[年日姓货]|万一",
    r"一(?:家人|条龙|条心|年来|年一度|天天|件件|项项|条条|户户)|二次(?=供水|污染|创业|开发)|两手|三令五申|十分(?!之|钟)|一次性",
    r"(?:附件|附表|附录|(?<![地意企试力版蓝宏])图|(?<![代填报列发仪手])表)\s*[0-9０-９]+(?![0-9０-９名位件%％‰个人户元万亿条项家次])",
    r"第\s*[0-9０-９]+(?![0-9０-９名位件])",
    r"^\s*(?:[0-9０-９]{1,2}[.．、)）](?![0-9０-９])|[(（][0-9０-９]{1,2}[)）])",
))  # fmt: skip
"""What is read over: ordinals, list numbers, references and set phrases.

This pattern and the next are long, and of a report that nobody has edited they are not asked for:
``re`` compiles and keeps them when they are.
"""
_TAIL = rf"(?:{AFTER})?(?:{UNITS}|分(?!别))?(?:{AFTER})?"
_TO = "[至到~～—–－-]"
_NUMBER = rf"(?:{BEFORE})?(?:" + "|".join((
    rf"[百千万]分之(?:{DIGITS}|{_CN}+(?:点{_CN}+)?|[几数])",
    rf"{_CN}+分之{_CN}+", rf"{DIGITS}[/／]{DIGITS}{_TAIL}",
    rf"(?:{DIGITS}|{_CN}{{2,4}})年(?:(?:{DIGITS}|{_CN}+)月(?:(?:{DIGITS}|{_CN}+)[日号])?|度)?",
    rf"(?:{DIGITS}|{_CN}+)月(?:{DIGITS}|{_CN}+)[日号]",
    rf"{DIGITS}(?:(?:{UNITS})?{_TO}|、){DIGITS}{_TAIL}", rf"{_CN}+(?:{_TO}|、){_CN}+(?:{UNITS})",
    rf"[-－−+＋±负]?{DIGITS}[十百千万亿]*{_TAIL}",
    rf"{_ONES}成半?(?![立为员功效果绩长熟就品])", rf"翻了?{_ONES}番|翻番|减半",
    "百分百|半数|过半|大半|多半|一半|对半", r"半个?[年月天日](?!会)|半小时", "成百上千|成千上万",
    rf"[几数好上][十百千万亿]+{_TAIL}", rf"[几数](?:{UNITS})(?![月年])", rf"十几(?:{UNITS})?",
    "一(?:件|条|名|户|家|处|场|人次|起|宗|座|所|辆|倍|个月|周|天)(?![样致些般事大])",
    rf"(?!一(?!{_CN})|[万亿]){_CN}+(?:余|多|来|几)?(?:{UNITS})(?:{AFTER})?",
    rf"{_CN}{{2,}}分(?!之|别)",
    rf"(?=.?[十百千万亿拾佰仟]){_CN}{{2,}}(?:余|多)?",
    "[½⅓⅔¼¾⅕⅖⅗⅘⅛①-⑳]",
)) + ")"  # fmt: skip
_HIDDEN = "\ufffe"
_NO_NUMBER = re.compile(rf"[{NUMERALS}0-9０-９]{{60,}}+")
"""No number has so many digits; looking for one at each of them would take quadratic time."""
_BARE = re.compile(rf"(?P<number>.*?)(?:{UNITS.removesuffix('|万|亿|‰|%|％')}|分)?")
_UNIT = re.compile(rf"({UNITS}|分)(?:{AFTER})?$")
_PER = {"百": 100, "千": 1000, "万": 10_000}
_DIGIT = {word: number for number, word in enumerate("零一二三四五六七八九")}
_DIGIT |= {word: number for number, word in enumerate("〇壹贰叁肆伍陆柒捌玖")}
_DIGIT |= {"○": 0, "两": 2}
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SCALES = {"万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class WrittenQuantity:
    """A number typed in a text, with what makes it another one (近, 余) and its unit."""

    start: int
    end: int
    text: str


def find_quantities(text: str) -> list[WrittenQuantity]:
    """The quantities in a text, in order."""
    masked = _NO_NUMBER.sub(lambda found: _HIDDEN * len(found[0]), text)
    masked = re.sub(_PASSED_OVER, lambda found: _HIDDEN * len(found[0]), masked, flags=re.MULTILINE)
    return [
        WrittenQuantity(found.start(), found.end(), found[0])
        for found in re.finditer(_NUMBER, masked)
    ]


def has_same_value(one: str, other: str) -> bool:
    """Whether two ways of writing say the same: ``7`` and ``七``, ``86%`` and ``86％``, a day."""
    one, other = _normalize_text(one), _normalize_text(other)
    for about in ("余", "多"):
        if one.endswith(about) and other.endswith(about):
            one, other = one.removesuffix(about), other.removesuffix(about)
    if parse_day(one) is not None and parse_day(one) == parse_day(other):
        return True
    first = value_of(one)
    return one == other or (first is not None and first == value_of(other))


def value_of(text: str) -> Fraction | None:
    """The exact number a text says, its unit left aside; None if it says none or about so many."""
    plain = _normalize_text(text)
    found = _BARE.fullmatch(plain)
    for number in (plain, found["number"] if found else ""):
        for read in (_parse_digits, _parse_fraction, _parse_tenths, _parse_words):
            value = read(number)
            if value is not None:
                return value
    return None


def unit_of(text: str) -> str:
    """The measure word of a number; a percentage has none, it is part of the value."""
    found = _UNIT.search(_normalize_text(text))
    return "" if found is None or found[1] in {"%", "‰", "成", "万", "亿"} else found[1]


def _normalize_text(text: str) -> str:
    """Half-width, without spaces and commas between thousands."""
    plain = "".join(unicodedata.normalize("NFKC", text).replace("\u2044", "/").split())
    return re.sub(r"(?<=\d),(?=\d{3})", "", plain).replace("−", "-").replace("负", "-")


def _parse_digits(text: str) -> Fraction | None:
    found = re.fullmatch(r"([-+]?\d+(?:\.\d+)?)([十百千]?[万亿]?|%|‰)", text)
    if not found:
        return None
    number, behind = Fraction(found[1]), found[2]
    if behind in {"%", "‰"}:
        return number / (100 if behind == "%" else 1000)
    for sign in behind:
        number *= (_PLACES | _SCALES)[sign]
    return number


def _parse_fraction(text: str) -> Fraction | None:
    """``百分之九十``, ``三分之二``, ``3/4``."""
    base, parted, share = text.partition("分之")
    if not parted:
        share, parted, base = text.partition("/")
    if not parted:
        return {"一半": Fraction(1, 2), "半数": Fraction(1, 2), "百分百": Fraction(1)}.get(text)
    below = Fraction(_PER[base]) if base in _PER else _parse_digits(base) or _parse_words(base)
    above = _parse_digits(share) or _parse_words(share)
    return above / below if above is not None and below else None


def _parse_tenths(text: str) -> Fraction | None:
    """``八成``, ``七成半``, ``8成``."""
    found = re.fullmatch(r"(.+?)成(半?)", text)
    share = (_parse_digits(found[1]) or _parse_words(found[1])) if found else None
    return (
        None
        if found is None or share is None
        else share / 10 + (found[2] == "半") * Fraction(1, 20)
    )


def _parse_words(text: str) -> Fraction | None:
    """``七``, ``两``, ``一百零五``, ``三万二千``, ``二〇二四``, ``八十六点五``."""
    whole, point, part = text.partition("点")
    if not whole or set(text) - set(NUMERALS) - {"点"} or (point and not part):
        return None
    if not set(whole) & {*_PLACES, *_SCALES, "廿", "卅"}:
        number = Fraction(int("".join(str(_DIGIT[sign]) for sign in whole)))
    else:
        number = Fraction(_sum_places(whole.replace("廿", "二十").replace("卅", "三十")))
    if set(part) - _DIGIT.keys():
        return None
    return number + (
        Fraction(int("".join(str(_DIGIT[s]) for s in part)), 10 ** len(part)) if part else 0
    )


def _sum_places(text: str) -> int:
    """Digits before places: 三百, 二十五, 一万零三十."""
    total = section = digit = 0
    for sign in text:
        if sign in _DIGIT:
            digit = _DIGIT[sign]
        elif sign in _PLACES:
            section, digit = section + (digit or 1) * _PLACES[sign], 0
        else:
            total, section, digit = (total + ((section + digit) or 1)) * _SCALES[sign], 0, 0
    return total + section + digit
