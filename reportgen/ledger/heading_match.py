"""What a heading means: compared with the titles of fields, as people vary them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportgen.ledger.model import LedgerField
from reportgen.nearest_name import find_closest
from reportgen.schema.headings import normalise_heading

Path = tuple[str, ...]
"""A heading with its groups' headings before it: ``("提出人", "姓名")``."""


@dataclass(frozen=True, slots=True)
class HeadingMeaning:
    """What a heading may mean; ``alias``: the title it agrees with.

    ``tier``: how well (0 our own name, 1 another title, 2 without brackets, 3 among neutral words).
    """

    field: LedgerField
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
def find_meanings(path: Path, fields: tuple[LedgerField, ...]) -> tuple[HeadingMeaning, ...]:
    """All that a heading may mean, the surest first, each field once."""
    if len(path[-1]) > _LONGEST:
        return ()
    best: dict[str, HeadingMeaning] = {}
    for meaning in sorted(_iter_meanings(path, fields), key=lambda meaning: meaning.rank):
        best.setdefault(meaning.field.name, meaning)
    return tuple(best.values())


def find_tick_value(path: Path, field: LedgerField) -> str | None:
    """What a tick in a column of that heading stands for, if it can stand for anything."""
    return (
        _tick_values_of(field).get(drop_brackets(path[-1])) if len(path[-1]) <= _LONGEST else None
    )


@lru_cache(maxsize=1000)
def _tick_values_of(field: LedgerField) -> Mapping[str, str]:
    return {normalise_heading(title): value for title, value in field.ticks.items()}


def is_named_after(path: Path, field: LedgerField) -> bool:
    """Whether a group of columns bears the field's name or one of its titles."""
    groups = {drop_brackets(part) for part in path[:-1]}
    return not groups.isdisjoint(words_of_field(field))


@lru_cache(maxsize=1000)
def words_of_field(field: LedgerField) -> frozenset[str]:
    """All headings by which a field goes."""
    return frozenset(map(normalise_heading, (field.name, *field.titles)))


def find_automatic_columns(paths: Mapping[int, Path]) -> frozenset[int]:
    """The columns that an online collection form adds by itself: who answered, when, from where.

    ``提交时间`` alone may be the item's own; beside a 提交者 or an IP address it is the answer's.
    """
    heads = {
        column: drop_brackets(path[-1])
        for column, path in paths.items()
        if len(path[-1]) <= _LONGEST
    }
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
_WHEN = frozenset([
    "提交时间", "填写时间", "提交答卷时间", "答题时间", "开始时间", "结束时间", "开始答题时间", "结束答题时间", "所用时间", "填写时长", "答题时长",
    "修改时间",
])  # fmt: skip
_BY_WHOM = frozenset(
    ("提交者", "提交人", "填写者", "填写人", "答题人", "提交者昵称", "昵称", "微信昵称", "修改者")
)
_FROM_WHERE = frozenset(
    ("来源详情", "来自ip", "ip", "ip地址", "提交ip", "填写设备", "提交设备", "浏览器", "操作系统")
)


def find_similar_field(path: Path, fields: Sequence[LedgerField]) -> str:
    """The field whose title looks most like the heading, or nothing."""
    titles = {
        normalise_heading(title): one.name for one in fields for title in (one.name, *one.titles)
    }
    return titles.get(find_closest(drop_brackets(path[-1]), titles) or "", "")


def quote_heading(path: Path) -> str:
    """A heading as one would quote it: ``提出人／姓名``."""
    return "／".join("".join(part.split()) for part in path)


@lru_cache(maxsize=10_000)
def drop_brackets(text: str) -> str:
    """The word without what stands in brackets."""
    return re.sub(
        r"[(\[【〔<].{0,40}?[)\]】〕>]", "", normalise_heading(text)
    ) or normalise_heading(text)


_LONGEST = 40
"""Characters of a heading; anything longer is content."""

_NEUTRAL = (
    "拟定", "拟", "初定", "最终", "实际", "具体", "本次", "所", "名称", "全称", "件", "的", "及", "与", "和", "/", "、", ",", *"0123456789",
)  # fmt: skip
"""Words that may stand around any title without changing what it means."""

_Titles = Mapping[str, Sequence[tuple[int, str, LedgerField]]]
"""By word: the place among its field's titles, the title, the field."""


@lru_cache
def _index_titles(fields: tuple[LedgerField, ...]) -> _Titles:
    titles: dict[str, list[tuple[int, str, LedgerField]]] = {}
    for one in fields:
        for place, title in enumerate((one.name, *one.titles)):
            titles.setdefault(normalise_heading(title), []).append((place, title, one))
    return titles


@lru_cache
def _collect_neutral(fields: tuple[LedgerField, ...]) -> tuple[str, ...]:
    return (*_NEUTRAL, *dict.fromkeys(word for one in fields for word in one.around))


def _iter_meanings(path: Path, fields: tuple[LedgerField, ...]) -> Iterator[HeadingMeaning]:
    titles, neutral = _index_titles(fields), _collect_neutral(fields)
    for place, title, one in titles.get(normalise_heading(path[-1]), ()):
        own = title == one.name
        reason = "与标准栏目同名" if own else f"“{title}”是“{one.name}”的常见叫法"
        yield HeadingMeaning(one, title, 0 if own else 1, place, reason)
    for joined in dict.fromkeys(
        ("/".join(map(normalise_heading, path)), "/".join(map(drop_brackets, path)))
    ):
        if "/" in joined and len(path) > 1:
            for place, title, one in titles.get(joined, ()):
                yield HeadingMeaning(one, title, 1, place, f"合并表头“{quote_heading(path)}”")
    for place, title, one in titles.get(drop_brackets(path[-1]), ()):
        yield HeadingMeaning(one, title, 2, place, f"去掉括号里的说明后是“{title}”")
    for text in _iter_cores(drop_brackets(path[-1]), neutral):
        for place, title, one in titles.get(text, ()):
            yield HeadingMeaning(one, title, 3, place, f"表头里有“{title}”，请核对")


def _iter_cores(text: str, neutral: Sequence[str]) -> Iterator[str]:
    """The text without neutral words at its ends, some or all of them taken off."""
    for start in _iter_stripped(text, str.removeprefix, neutral):
        yield from (
            core for core in _iter_stripped(start, str.removesuffix, neutral) if len(core) > 2
        )


def _iter_stripped(
    text: str, take_off: Callable[[str, str], str], neutral: Sequence[str]
) -> Iterator[str]:
    while text:
        yield text
        shorter = next((rest for one in neutral if (rest := take_off(text, one)) != text), "")
        text = shorter
