"""The words by which official prose says how its numbers hang together."""

from __future__ import annotations

import re

from reportgen.proofread.model import Number

_STOP = re.compile(r"[，,。；;：:、（(）)\s]")
_MORE = "增长|增加|净增|增收|增支|增|上升|上涨|提高|提升|升|涨|多|扩大|加快"
_LESS = "下降|减少|降低|回落|下滑|减收|减支|减|降|跌|少|缩小|放缓"
_CHANGE = re.compile(
    rf"{_MORE}|{_LESS}|同比|环比|增幅|增速|涨幅|降幅|变化|波动|翻|高于|低于|高出|快于|慢于|领先|落后|拉动|贡献"
)
_REACHES = re.compile(rf"(?:{_MORE}|{_LESS})[到至]$")
"""升到, 降至: behind it stands a level."""
_SET_PHRASES = re.compile(
    "少数民族|少数|多数|多种|大多|不少|至少|最少|最多|较多|多元|众多|青少年|少年|少儿|升学|升级|升旗|降水|降雨|降解|减灾|"
    "增值税|增值|增加值|扩大会议|提高班|立体|加快推进|变化情况|跌倒|多发|多头|减负|减排|减税|减免"
)
"""Words with a sign of change in them that tell of none."""
_UP, _DOWN = re.compile(f"(?:{_MORE})(?!率)"), re.compile(f"(?:{_LESS})(?!率)")
_SHARE = re.compile(r"占|率|比重|比例|进度|[为是](?=.*的$)|完成|相当于|达到?(?=.*的$)")
_GROWTH_RATE = re.compile(r"(?:增长|增收|下降|上升|增|降|涨|跌)(?:率|幅)")
_BEFORE = re.compile(
    r"上年|去年|上月|上周|上季|上期|上届|上次|前一|同期|年前|前年|往年|此前|原来|比\d|较\d|[比较由从]"
)
_LINK = re.compile(r"[\s、和与及，,；;以]*(?:分别)?[\s、和与及，,]*")


def own_words(number: Number) -> str:
    """The words of a number's own clause, before it."""
    return _STOP.split(number.lead)[-1]


def share_words(number: Number) -> str:
    """The words of a rate's own clause, from 占 on if a list of names stands behind it: 占议案、建议总数的."""
    clause = _CLAUSE_END.split(number.lead)[-1]
    at = clause.rfind("占")
    return clause[at:] if at >= 0 and "、" in clause[at:] else own_words(number)


_CLAUSE_END = re.compile(r"[，,。；;：:（(）)\s]")


def words_behind(number: Number) -> str:
    """The words behind a number, to the end of its clause."""
    return _STOP.split(number.tail)[0]


def is_linked(number: Number) -> bool:
    """Whether nothing but a comma or 和 parts a number from the one before."""
    return bool(number.lead) and _LINK.fullmatch(number.lead) is not None


def is_change(words: str) -> bool:
    """Whether the words before a rate make it one of change, not a share."""
    words = _SET_PHRASES.sub("", words)
    if _REACHES.search(words):
        return False
    changes = [found.end() for found in _CHANGE.finditer(words)]
    shares = [found.end() for found in _SHARE.finditer(words)]
    if _GROWTH_RATE.search(words):
        return True
    return bool(changes) and (not shares or changes[-1] > shares[-1])


def is_share(words: str) -> bool:
    """Whether the words before a rate make it a share."""
    return bool(_SHARE.search(words)) and not is_change(words)


def find_direction(words: str) -> int:
    """1 for more, -1 for less, 0 if the words say neither."""
    words = _SET_PHRASES.sub("", words)
    ups = [found.end() for found in _UP.finditer(words)]
    downs = [found.end() for found in _DOWN.finditer(words)]
    return (max(ups, default=0) > max(downs, default=0)) - (
        max(ups, default=0) < max(downs, default=0)
    )


def speaks_of_earlier(words: str) -> bool:
    """Whether the words speak of an earlier time."""
    return bool(_BEFORE.search(words))


_ALIKE = {
    "名": "人",
    "人次": "人",
    "位": "人",
    "件次": "件",
    "起": "件",
    "宗": "件",
    "条": "件",
    "起次": "件",
    "例": "件",
    "封": "件",
}


def sort_of(number: Number) -> str:
    """The counter, with those that stand for one another as one."""
    return _ALIKE.get(number.unit, number.unit)


_OPPOSITES = tuple(
    tuple(pair.split("|"))
    for pair in (
        "男|女", "城镇|农村", "城市|农村", "城镇|乡村", "城区|农村", "税收|非税", "出口|进口", "入境|国内",
        "合格|不合格", "属实|不属实", "办结|正在办理", "办结|未办结", "办结|在办", "按时|超时", "按期|逾期", "成功|未成功",
        "轻工业|重工业", "夏粮|秋粮", "来电|来信", "来信|来访", "大会|闭会", "公办|民办", "国税|地税",
        "过夜|一日游", "家庭户|集体户", "商品|服务", "议案|建议", "建议|提案",
        "受理|不受理", "立案|未立案", "主办|协办", "独办|合办", "新建|续建", "集体|个人", "高中|中职",
    )
)  # fmt: skip


def are_complements(one: str, other: str) -> bool:
    """Whether two labels part a whole between them (男 and 女, 批准 and 不批准)."""
    return one != other and (
        denies(one, other)
        or any((a in one and b in other) or (b in one and a in other) for a, b in _OPPOSITES)
    )


def denies(one: str, other: str) -> bool:
    """Whether one of two labels ends with 不 or 未 before what the other ends with."""
    return _denies(one, other) or _denies(other, one)


def _denies(one: str, other: str) -> bool:
    """Whether one label ends with 不 or 未 before what the other ends with."""
    said = _DENIAL.search(one)
    if said is None or _DEGREE.search(other):
        return False
    return other.removeprefix("其中").removeprefix("已").endswith(said[1])


_DEGREE = re.compile(r"基本|比较|较|部分")
_DENIAL = re.compile(r"[不未](?:予)?(.{2,8})$")
