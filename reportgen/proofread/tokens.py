"""Text → numbers: the first part.  It knows how numbers are written, not what they say together.

A number carries its value with 万 and 亿, half a unit of its last place, its counter, and the
scopes it stands in.  Numbers that are names (dates, ordinals, ages, hotlines, models, document
numbers, durations, ranges) are no numbers here; their text stays in the words around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reportgen.proofread.model import Number, NumberKind, TextBlock
from reportgen.proofread.numerals import SIGNS, read_numeral

_PLAIN = str.maketrans("０１２３４５６７８９％．＋－﹪", "0123456789%.+-%")
"""Full-width signs and their twins, one for one: positions stay."""

_NUM = r"\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u2009]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_CN = f"[{SIGNS}]"
_TO = r"\s*[-—–~～至]+\s*"
_UNIT = (
    "平方公里|平方千米|吨标准煤|平方米|立方米|标准箱|千瓦时|千瓦|兆瓦|美元|欧元|港元|日元|公里|千米|公顷|公斤|千克|件次|人次|批次|户次|车次|场次|架次|艘次|家次"
    "|班次|台次|份次|条次|个次|起次|床位|街道|社区|课时|学时|元|吨|亩|件|起|例|人|名|户|家|个|项|条|份|批|所|张|辆|册|次|宗|部|篇|封|期|场|台|套|"
    "处|座|艘|头|只|株|倍|位|款|种|类|组|支|间|栋|幢|村|单|笔|票|门|桩|口|床|卷|本|枚|斤|升|度|米|羽|棵|袋|箱|盒|瓶|片|对|双|通|则|区|县|市|"
    "镇|乡|校|站|段|节|案|手|尾|幅"
)
"""Counters and measures, the longer ones first."""
_SCALES = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7, "百万": 10**6,
    "万": 10**4, "千": 10**3, "百": 100,
}  # fmt: skip
_SCALE = "万亿|千亿|百亿|亿|千万|百万|万|千(?![米克瓦卡])|百(?=[余多件人家名户])"

_NAMES = re.compile(
    "|".join(
        (
            r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}",
            rf"(?:19|20)\d\d年?(?:{_TO}|、)(?:19|20)?\d\d年",
            r"(?:19|20)\d\d\s*(?:年|学年|财年)度?",
            rf"\d{{1,2}}月?(?:{_TO}|、)\d{{1,2}}(?:月份?|日|号|时|季度)(?:\d{{1,2}}[日号])?",
            rf"\d{{1,2}}月份?(?:\d{{1,2}}[日号])?(?:\d{{1,2}}时)?(?:{_TO}\d{{1,2}}月?(?:\d{{1,2}}?[日号])?)?",
            rf"\d{{1,2}}[日号](?:\d{{1,2}}时)?(?:{_TO}\d{{1,2}}[日号])?",
            r"\d{1,2}[:：]\d\d(?![:：\d.])|\d{1,2}[时点](?:\d{1,2}分)?",
            rf"第\s*(?:\d+|{_CN}+)(?:(?:[、,，和]|{_TO})第?\d+)*\s*(?:{_UNIT})?",
            rf"(?:{_NUM}){_TO}(?:{_NUM})\s*(?:{_SCALE})?(?:%|周岁|岁|年|天|毫米|厘米|[a-zA-Z]+|{_UNIT})?",
            rf"(?:{_NUM})%{_TO}(?:{_NUM})%",
            r"\d+(?:周)?岁(?:及?以?[上下])?|\d+周?年(?!度)|\d+[+＋]\d+",
            r"[A-Za-z]+[-.]?\d+(?:\.\d+)?[A-Za-z]*|\d+(?:\.\d+)?[A-Za-z]+",
            r"[〔\[【(（]\d{4}[〕\]】)）]\s*(?:第?\s*\d+\s*号)?|\d+号",
            r"\d{3,4}-\d{7,8}|1[3-9]\d{9}(?!\d)|\d{15,}",
            r"(?:12345|12315|12348|12369|12333|12329|12328|12388|12380|12309|12368|12320|12350)(?![\d,.件条个起次万人例宗份单])",
            r"(?:110|119|120|122)(?=报警|指挥|急救|接警|平台|联动)",
            r"\d+(?:\.\d+)?\s*个?(?:分钟|小时|工作日|自然日|天|周年|个月|季度|月龄|级|度|摄氏度)(?!数)",
            r"\d+个(?:月|季度|半月|年头)",
            r"(?:\d+|[一二三四五六七八九]+)成(?:以[上下]|左右)?",
            r"(?:^|(?<=[\n。；]))\s*[（(]?\d{1,2}[.、．)）](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]",
        )
    )
)  # fmt: skip
_LOOSE_BEFORE = re.compile(
    r"(?:约|近|超|超过|逾|将近|接近|大约|不足|不到|突破|高达近|至少|最多|不少于|不低于|不超过|少于|多于|高于|低于|大于|小于|每|满)为?$"
)
_LOOSE_AFTER = re.compile(r"\s*(?:余|多(?!次|种|类)|左右|上下|以上|以下|以内|及以上|及以下)")
_NUMBER = re.compile(
    rf"(?P<sign>(?<![\d\w%)）])[-−](?=\d))?(?P<number>{_NUM})\s*"
    rf"(?:(?P<per>[%‰])|(?P<points>个?[百千万]分点)|(?P<scale>{_SCALE})?(?P<more>\d+(?:\.\d+)?万)?(?P<some>[余多几])?\s*(?P<unit>{_UNIT})?(?P<after>余)?)"
)
_PROPORTION = re.compile(rf"(?:{_NUM})(?:\s*[:：∶]\s*(?:{_NUM})){{2,}}")
_IN_WORDS = re.compile(
    rf"(?P<per>[百千]分之)(?P<share>{_CN}+(?:点{_CN}+)?)(?P<points>个百分点)?|"
    rf"(?<![第同每各数几上下这那前后唯另某])(?P<words>[{SIGNS}万亿]{{1,9}}?)(?P<unit>件|份|名|条|起|例|封)(?!事|套|款|例|次|通|件|大)"
)
_CLOSING = {"（": "）", "(": ")", "〔": "〕", "[": "]", "【": "】"}
_STOPS = {
    "。": 0,
    "！": 0,
    "？": 0,
    "\n": 0,
    "；": 1,
    ";": 1,
    "，": 2,
    ",": 2,
    "：": 2,
    ":": 2,
    "、": 3,
}


@dataclass(frozen=True, slots=True)
class _FoundNumber:
    """A number before its words and scopes are known."""

    start: int
    end: int
    after: int
    value: Fraction
    half: Fraction
    unit: str
    kind: NumberKind
    loose: bool = False


def read_numbers(blocks: Sequence[TextBlock]) -> list[Number]:
    """Return the numbers of all blocks, in order; scopes are counted over the whole text."""
    counts = [0, 0, 0, 0, 0]
    return [
        number for index, block in enumerate(blocks) for number in _read_block(index, block, counts)
    ]


def _read_block(index: int, block: TextBlock, counts: list[int]) -> Iterator[Number]:
    text = block.text.translate(_PLAIN)
    found = list(_find_numbers(text))
    scopes = _ScopeCounter(text, counts)
    for place, one in enumerate(found):
        here = scopes.at(one.start, found[place - 1].after if place else 0)
        before = max(found[place - 1].after if place else 0, scopes.begin)
        stop = found[place + 1].start if place + 1 < len(found) else len(text)
        yield Number(
            block.start + one.start, block.start + one.end, text[one.start : one.end],
            one.value, one.half, one.unit, one.kind, one.loose,
            text[before : one.start], _cut_tail(text, one.after, stop),
            index, *here,
        )  # fmt: skip
    scopes.finish()


def _cut_tail(text: str, start: int, stop: int) -> str:
    end = next((at for at in range(start, stop) if text[at] in "。！？\n"), stop)
    return text[start:end]


class _ScopeCounter:
    """Counts sentences, groups, clauses, items and brackets while a block is walked through."""

    def __init__(self, text: str, counts: list[int]) -> None:
        self._text, self._counts, self._at = text, counts, 0
        self._open: list[tuple[str, int, list[int]]] = []
        self.begin = 0
        self.finish()

    def finish(self) -> None:
        self._step(0)

    def _step(self, level: int) -> None:
        for deeper in range(level, 4):
            self._counts[deeper] += 1

    def at(self, position: int, skip: int) -> tuple[int, int, int, int, int]:
        """The scopes at a position; signs before ``skip`` that belong to a number do not stop."""
        for place in range(self._at, position):
            sign = self._text[place]
            if sign in _CLOSING:
                self._counts[4] += 1
                self._open.append((_CLOSING[sign], self._counts[4], self._counts[:4]))
                self._step(2)
            elif self._open and sign == self._open[-1][0]:
                self._open.pop()
            elif sign in _STOPS and not (place < skip and sign in ",:"):
                level = _STOPS[sign]
                if level == 0 and not self._open:
                    self.begin = place + 1
                self._step(level if not self._open else max(level, 1))
        self._at = max(self._at, position)
        sentence, group, clause, item = self._counts[:4]
        return sentence, group, clause, item, self._open[-1][1] if self._open else 0


def _find_numbers(text: str) -> Iterator[_FoundNumber]:
    at = 0
    while at < len(text):
        if not (text[at].isdigit() or text[at] in _STARTS or text[at].isascii()):
            at += 1
            continue
        name = _NAMES.match(text, at)
        if name and name.end() > at:
            at = name.end()
            continue
        found = _match_number(text, at)
        if found:
            yield from found
            at = found[-1].after
        else:
            at += 1


_STARTS = frozenset(f"{SIGNS}-−百千第〔[【（(①②③④⑤⑥⑦⑧⑨⑩ \n")


def _match_number(text: str, at: int) -> list[_FoundNumber]:
    proportion = _PROPORTION.match(text, at)
    if proportion:
        return _read_proportion(proportion)
    number = _NUMBER.match(text, at)
    if number:
        return [_read_digits(number, text)]
    words = _IN_WORDS.match(text, at)
    found = words and _read_words(words)
    return [found] if found else []


def _read_proportion(found: re.Match[str]) -> list[_FoundNumber]:
    """The sides of a proportion; the last carries where it ends."""
    sides = []
    for side in re.finditer(_NUM, found[0]):
        value, half = _read_value(side[0])
        start = found.start() + side.start()
        end = found.start() + side.end()
        sides.append(_FoundNumber(start, end, end, value, half, "", NumberKind.RATIO))
    return sides


def _read_value(digits: str) -> tuple[Fraction, Fraction]:
    """Value and half a unit of the last printed place of digits, as if they were a measurement."""
    bare = re.sub(r"[, \u00a0\u2009]", "", digits)
    places = len(bare.partition(".")[2])
    return Fraction(bare), Fraction(1, 2 * 10**places)


def _read_digits(found: re.Match[str], text: str) -> _FoundNumber:
    value, half = _read_value(found["number"])
    sign = -1 if found["sign"] else 1
    start, end = found.start(), found.end("number")
    loose = bool(_LOOSE_BEFORE.search(text, max(0, start - 5), start))
    loose = loose or bool(_LOOSE_AFTER.match(text, found.end()))
    if found["per"] or found["points"]:
        kind = NumberKind.POINTS if found["points"] else _PER[found["per"]]
        end = found.end("per") if found["per"] else end
        return _FoundNumber(start, end, found.end(), sign * value, half, "", kind, loose)
    scale = _SCALES.get(found["scale"] or "", 1)
    if scale == 1 and "." not in found["number"]:
        half = Fraction(0)
    value, half = value * scale, half * scale
    if found["scale"]:
        end = found.end("scale")
    if found["more"]:
        extra, step = _read_value(found["more"][:-1])
        value, half, end = value + extra * 10**4, step * 10**4, found.end("more")
    loose = loose or bool(found["some"] or found["after"])
    return _FoundNumber(
        start, end, found.end(), sign * value, half, found["unit"] or "", NumberKind.COUNT, loose
    )


_PER = {"%": NumberKind.PERCENT, "‰": NumberKind.PERMILLE}


def _read_words(found: re.Match[str]) -> _FoundNumber | None:
    read = read_numeral(found["share"] or found["words"])
    if read is None or (found["words"] and found["words"][-1] in "万亿"):
        return None
    value, half = read
    if not found["per"]:
        end = found.end("words")
        return _FoundNumber(
            found.start(), end, found.end(), value, half, found["unit"], NumberKind.COUNT
        )
    kind = NumberKind.PERCENT if found["per"] == "百分之" else NumberKind.PERMILLE
    end = found.end()
    return _FoundNumber(found.start(), end, end, value, half or Fraction(1, 2), "", kind)
