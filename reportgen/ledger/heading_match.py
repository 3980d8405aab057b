"""What a heading means: compared with the titles of fields, as people vary them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportgen.issues import closest
from reportgen.ledger.model import Field
from reportgen.schema.columns import spelling

Path = tuple[str, ...]
"""A heading with its groups' headings before it: ``("提出人", "姓名")``."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading may mean; ``alias``: the title it agrees with.

    ``tier``: how well (0 our own name, 1 another title, 2 without brackets, 3 among neutral words).
    """

    field: Field
    alias: str
    tier: int
    place: int
    reason: str

    @property
    def rank(self) -> tuple[int, bool, int]:
        """Sorts the surest first; what the content must bear out is sure if it does."""
        return self.tier, not self.doubtful, self.place

    @property
    def doubtful(self) -> bool:
        """Whether the column's content must bear it out."""
        return self.alias in self.field.doubtful


@lru_cache(maxsize=10_000)
def meanings(path: Path, fields: tuple[Field, ...]) -> tuple[Meaning, ...]:
    """All that a heading may mean, the surest first, each field once."""
    if len(path[-1]) > _LONGEST:
        return ()
    best: dict[str, Meaning] = {}
    for meaning in sorted(_meanings(path, _titles(fields)), key=lambda meaning: meaning.rank):
        best.setdefault(meaning.field.name, meaning)
    return tuple(best.values())


def tick(path: Path, field: Field) -> str | None:
    """What a tick in a column of that heading stands for, if it can stand for anything."""
    return _ticks(field).get(bare(path[-1])) if len(path[-1]) <= _LONGEST else None


@lru_cache(maxsize=1000)
def _ticks(field: Field) -> Mapping[str, str]:
    return {word(title): value for title, value in field.ticks.items()}


def named(path: Path, field: Field) -> bool:
    """Whether a group of columns bears the field's name or one of its titles."""
    groups = {bare(part) for part in path[:-1]}
    return not groups.isdisjoint(words(field))


@lru_cache(maxsize=1000)
def words(field: Field) -> frozenset[str]:
    """All headings by which a field goes."""
    return frozenset(map(word, (field.name, *field.titles)))


def recorded(paths: Mapping[int, Path]) -> frozenset[int]:
    """The columns that an online collection form adds by itself: who answered, when, from where.

    ``提交时间`` alone may be the item's own; beside a 提交者 or an IP address it is the answer's.
    """
    heads = {column: bare(path[-1]) for column, path in paths.items() if len(path[-1]) <= _LONGEST}
    automatic = {c for c, path in paths.items() if len(path) == 1 and _AUTOMATIC.search(path[0])}
    when = {column for column, head in heads.items() if head in _WHEN}
    by_whom = {column for column, head in heads.items() if head in _BY_WHOM}
    from_where = {column for column, head in heads.items() if head in _FROM_WHERE}
    if when and (by_whom or from_where):
        automatic |= when | by_whom | from_where
    if from_where:
        automatic |= {column for column, head in heads.items() if head == "来源"}
    return frozenset(automatic)


_AUTOMATIC = re.compile(r"^(?:提交|填写|答题).{0,4}[(（]自动[)）]$")
_WHEN = frozenset(
    (
        "提交时间",
        "填写时间",
        "提交答卷时间",
        "答题时间",
        "开始时间",
        "结束时间",
        "开始答题时间",
        "结束答题时间",
        "所用时间",
        "填写时长",
        "答题时长",
        "修改时间",
    )
)
_BY_WHOM = frozenset(
    ("提交者", "提交人", "填写者", "填写人", "答题人", "提交者昵称", "昵称", "微信昵称", "修改者")
)
_FROM_WHERE = frozenset(
    ("来源详情", "来自ip", "ip", "ip地址", "提交ip", "填写设备", "提交设备", "浏览器", "操作系统")
)


def similar(path: Path, fields: Sequence[Field]) -> str:
    """The field whose title looks most like the heading, or nothing."""
    titles = {word(title): one.name for one in fields for title in (one.name, *one.titles)}
    return titles.get(closest(bare(path[-1]), titles) or "", "")


def shown(path: Path) -> str:
    """A heading as one would quote it: ``提出人／姓名``."""
    return "／".join("".join(part.split()) for part in path)


@lru_cache(maxsize=10_000)
def word(text: str) -> str:
    """What must agree of a heading: no spaces, half-width, no ``*`` or colon.

    Nor the number that an online collection form puts before each question: ``1. 标题``, ``一、标题``.
    """
    plain = re.sub(r"[*:：★]", "", spelling(text)).casefold()
    return _NUMBERED.sub("", plain) or plain


@lru_cache(maxsize=10_000)
def bare(text: str) -> str:
    """The word without what stands in brackets."""
    return re.sub(r"[(\[【〔<].{0,40}?[)\]】〕>]", "", word(text)) or word(text)


_NUMBERED = re.compile(
    r"^(?:第?(?:\d{1,2}|[一二三四五六七八九十]{1,3})题?[、.．]|[(]\d{1,2}[)]|q\d{1,2}[、.．_]?)"
)
_LONGEST = 40
"""Characters of a heading; anything longer is content."""

_NEUTRAL = (
    "拟定", "拟", "初定", "最终", "实际", "具体", "本次", "所", "名称", "全称", "代表", "人大", "议案",
    "建议", "提案", "件", "的", "及", "与", "和", "/", "、", ",", *"0123456789",
)  # fmt: skip
"""Words that may stand around a title without changing what it means."""

_Titles = Mapping[str, Sequence[tuple[int, str, Field]]]
"""By word: the place among its field's titles, the title, the field."""


@lru_cache
def _titles(fields: tuple[Field, ...]) -> _Titles:
    titles: dict[str, list[tuple[int, str, Field]]] = {}
    for one in fields:
        for place, title in enumerate((one.name, *one.titles)):
            titles.setdefault(word(title), []).append((place, title, one))
    return titles


def _meanings(path: Path, titles: _Titles) -> Iterator[Meaning]:
    for place, title, one in titles.get(word(path[-1]), ()):
        own = title == one.name
        reason = "与标准栏目同名" if own else f"“{title}”是“{one.name}”的常见叫法"
        yield Meaning(one, title, 0 if own else 1, place, reason)
    for joined in dict.fromkeys(("/".join(map(word, path)), "/".join(map(bare, path)))):
        if "/" in joined and len(path) > 1:
            for place, title, one in titles.get(joined, ()):
                yield Meaning(one, title, 1, place, f"合并表头“{shown(path)}”")
    for place, title, one in titles.get(bare(path[-1]), ()):
        yield Meaning(one, title, 2, place, f"去掉括号里的说明后是“{title}”")
    for text in _cores(bare(path[-1])):
        for place, title, one in titles.get(text, ()):
            yield Meaning(one, title, 3, place, f"表头里有“{title}”，请核对")


def _cores(text: str) -> Iterator[str]:
    """The text without neutral words at its ends, some or all of them taken off."""
    for start in _stripped(text, str.removeprefix):
        yield from (core for core in _stripped(start, str.removesuffix) if len(core) > 2)


def _stripped(text: str, take_off: Callable[[str, str], str]) -> Iterator[str]:
    while text:
        yield text
        shorter = next((rest for one in _NEUTRAL if (rest := take_off(text, one)) != text), "")
        text = shorter
