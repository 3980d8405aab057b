"""Numbers → claims about totals: which list adds up to which total."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from reportgen.proofread.model import Claim, ClaimReading, Formula, Number, NumberKind, Strength
from reportgen.proofread.vocabulary import (
    are_complements,
    denies,
    is_change,
    own_words,
    sort_of,
    speaks_of_earlier,
)

_NESTED = re.compile(r"其中|(?<!包)含(?!量)|包括")
_OPEN = re.compile(
    r"按[^，。；]{1,12}[分看]|分[^，。；件]{1,6}看|从[^，。；]{1,10}[看分]|分别[为是有]|分为|[:：]$"
)
_WHOLE = re.compile(r"分别[为是有]|分为|按[^，。；]{1,12}分|分[^，。；件]{1,6}看|由[^，。；]*组成")
_REST = re.compile(r"其他|其它|其余")
_NEVER = re.compile(
    r"主要|前[二三四五六七八九十]|居前|排名|靠前|突出|较多|最多|重点|累计|另|此外|先后|平均|每|超|新增|均|各|"
    r"达到|以上|以下|涉及多|多种|重复|交叉|合办|兼"
)
_ENOUGH = 2
"""Fewer parts than so many that are not 0 make no list."""
_OVERLAP = re.compile(r"多种|重复|交叉|不止|兼有|同时涉及")
"""Words behind a list whose items may count one thing twice."""
_STEPS = 3
"""Lists of two sorts (n 件 m 人) in step: from so many items on they vouch for each other."""
_PARAGRAPHS = 4
"""So many paragraphs a total lives on."""
_LONGEST = 30
"""A list of more items is not looked through run by run, of which there are the third power of their number."""
_HEADS = 14
"""So many counts of one sort back a total is still looked for."""


def find_sums(numbers: Sequence[Number]) -> Iterator[Claim]:
    """Yield a claim for every list of counts, with the totals it may hang on."""
    counts = [each for each in numbers if each.kind is NumberKind.COUNT and _is_level(each)]
    by_sort: defaultdict[tuple[object, ...], list[Number]] = defaultdict(list)
    for number in counts:
        by_sort[number.block, sort_of(number)].append(number)
    shares = _shares(numbers)
    before = {after.start: number for number, after in pairwise(numbers)}
    for (block, sort), found in by_sort.items():
        topics = _topics(by_sort, block, sort)
        for items, is_whole in _find_lists(found):
            named = _find_named_head(before.get(items[0].start), items[0])
            whole = list(_read_whole_list(found, items, shares, topics, named)) if is_whole else []
            within = list(_read_list_parts(found, items)) if len(items) <= _LONGEST else []
            for readings in (whole, within):
                if readings:
                    yield Claim(readings[0].printed or items[0], tuple(readings))


def _shares(numbers: Sequence[Number]) -> Mapping[int, Number]:
    """By where a count starts, the share printed right behind it."""
    return {
        count.start: rate
        for count, rate in pairwise(numbers)
        if count.kind is NumberKind.COUNT and rate.kind is NumberKind.PERCENT and count.sentence == rate.sentence
        and rate.clause - count.clause <= 1 and not is_change(own_words(rate))
    }  # fmt: skip


def _topics(
    by_sort: Mapping[tuple[object, ...], Sequence[Number]], block: object, sort: object
) -> list[Number]:
    """The counts of a sort that some paragraphs before begin with, the nearest first."""
    assert isinstance(block, int)
    found = (by_sort.get((each, sort), ()) for each in range(block - 1, block - _PARAGRAPHS, -1))
    return [each[0] for each in found if each and _is_total(each, each[0])]


def _find_named_head(before: Number | None, first: Number) -> Number | None:
    """The count that a list right behind it parts, though it speaks of it only by the way: 对15件的结果作了评价，其中."""
    here = (
        before is not None
        and before.kind is NumberKind.COUNT
        and before.tail.startswith("的")
        and before.sentence == first.sentence
        and before.bracket == first.bracket
        and sort_of(before) == sort_of(first)
        and not is_change(own_words(before))
        and not speaks_of_earlier(own_words(before))
    )
    return before if here and (_NESTED.search(first.lead) or _OPEN.search(first.lead)) else None


def _is_level(number: Number) -> bool:
    words = own_words(number)
    return not (is_change(words) or speaks_of_earlier(words)) and not number.tail.startswith("的")


def _find_lists(counts: Sequence[Number]) -> Iterator[tuple[list[Number], bool]]:
    """Runs in one sentence and bracket; of groups parted by ； also what stands first in each.

    With each whether it is a list as it stands, or only what may be picked out of one.
    """
    scopes: defaultdict[tuple[object, ...], list[Number]] = defaultdict(list)
    for number in counts:
        scopes[number.sentence, number.bracket].append(number)
    for found in scopes.values():
        level = list(_drop_nested(found))
        if len(level) >= 2:
            yield level, True
        for part in _find_sublists(found):
            if len(part) >= 3 and part != level:
                yield part, True
        if len(found) != len(level) and len(found) >= 2:
            yield found, False
        groups: dict[int, Number] = {}
        for number in found:
            groups.setdefault(number.group, number)
        if len(groups) >= 2 and len(groups) < len(level):
            yield list(groups.values()), False


def _find_sublists(found: Sequence[Number]) -> Iterator[list[Number]]:
    """What each group (；) holds by itself, and what 其中 opens after the number before it."""
    groups: defaultdict[int, list[Number]] = defaultdict(list)
    for number in found:
        groups[number.group].append(number)
    for group in groups.values():
        if len(groups) > 1:
            yield list(_drop_nested(group))
        for place, number in enumerate(group):
            if place >= 2 and _NESTED.search(number.lead):
                yield group[place - 1 :]


def _drop_nested(found: Sequence[Number]) -> Iterator[Number]:
    """Without what 其中 opens inside a list, to the end of its group."""
    closed = -1
    for place, number in enumerate(found):
        if place >= 2 and _NESTED.search(number.lead):
            closed = number.group
        if number.group != closed:
            yield number


def _read_whole_list(
    counts: Sequence[Number], items: list[Number], shares: Mapping[int, Number],
    topics: Sequence[Number], named: Number | None,
) -> Iterator[ClaimReading]:  # fmt: skip
    """All of a list, or all but its end or its beginning, with every total it may hang on.

    ``named``: the total that it must hang on, if the words right before it name one.
    """
    before = [*([named] if named else []), *_find_heads(counts, items), *topics]
    for head, parts in [(items[0], items[1:]), *((each, items) for each in before)]:
        if len(parts) < 2:
            continue
        closed = _is_closed(parts, shares, head)
        strength = _judge_strength(parts, closed=closed)
        if head is items[0] and strength is Strength.SURE and not _stands_above(head, parts[0]):
            strength = Strength.BESIDE
        near = head in (items[0], named) or (
            named is None
            and _is_total(counts, head)
            and (
                (_is_followed_by(head, parts[0]) and _may_head(head, parts[0]))
                or (strength is Strength.SURE and head is counts[0])
                or (
                    head in topics
                    and (_make_all(parts, shares) or (closed and _takes_up(head, parts[0])))
                )
            )
        )
        whole = _read_sum(head, parts, strength if near else Strength.POSSIBLE, closed=closed)
        yield whole
        if len(parts) >= _STEPS and whole.strength is not Strength.POSSIBLE:
            yield replace(whole, pattern=("step", parts[0].sentence, parts[0].bracket, len(parts)))
        for cut in range(1, len(parts) - 1):
            yield ClaimReading(Formula.SUM, tuple(parts[:-cut]), printed=head)
            yield ClaimReading(Formula.SUM, tuple(parts[cut:]), printed=head)


def _read_list_parts(counts: Sequence[Number], items: list[Number]) -> Iterator[ClaimReading]:
    """Any run inside a list: what it holds is reckoned, nothing says that it must."""
    before = _find_heads(counts, items)
    for start in range(len(items) - 1):
        for stop in range(start + 2, len(items) + 1):
            parts = tuple(items[start:stop])
            for head in (*before, *items[:start], *items[stop : stop + 1]):
                yield ClaimReading(Formula.SUM, parts, printed=head)


def _find_heads(counts: Sequence[Number], items: Sequence[Number]) -> list[Number]:
    """The counts of one sort before a list, the nearest first; ``counts``: in order, the list's among them."""
    behind = bisect_right(counts, items[0].start, key=lambda each: each.end)
    return list(counts[max(0, behind - _HEADS) : behind][::-1])


def _read_sum(
    head: Number, parts: Sequence[Number], strength: Strength, *, closed: bool
) -> ClaimReading:  # fmt: skip
    """A part that is as much as its total or more is a slip in one of a list that must be whole; else no part."""
    if sum(bool(part.value) for part in parts) < _ENOUGH:
        strength = Strength.POSSIBLE
    beyond = sum(part.value >= head.value for part in parts)
    fits = not beyond or (beyond == 1 and strength is Strength.SURE)
    return ClaimReading(
        Formula.SUM, tuple(parts), strength if fits else Strength.POSSIBLE, ("of", head.start), printed=head,
        closed=closed
    )  # fmt: skip


def _is_total(counts: Sequence[Number], head: Number) -> bool:
    """Whether a number stands alone in its clause, no item beside others: not 议案2件、建议7件."""
    first = bisect_left(counts, head.clause, key=_clause_of)
    beside = counts[first : bisect_right(counts, head.clause, lo=first, key=_clause_of)]
    return all(each is head for each in beside)


def _clause_of(number: Number) -> int:
    return number.clause


def _stands_above(head: Number, first: Number) -> bool:
    """Whether a list's first count is said to be the total of the rest, not just one more item."""
    return bool(
        _ABOVE.search(_COLON.split(head.lead)[-1])
        or _NESTED.search(first.lead)
        or _OPEN.search(first.lead)
        or first.bracket != head.bracket
        or first.sentence != head.sentence
    )


_COLON = re.compile(r"[:：]")
_ABOVE = re.compile(r"共|总|合计|全[国省市县区镇乡村院校年部体]|[有完实]成?|累计")


def _may_head(head: Number, first: Number) -> bool:
    """Whether a list may hang on a number: on an item of another list only if it takes up its name."""
    if not (_OPEN.search(head.lead) or _NESTED.search(head.lead)):
        return True
    name = own_words(head).removeprefix("其中")
    return len(name) > 1 and name in first.lead


def _takes_up(head: Number, first: Number) -> bool:
    """Whether a list begins with the name of what a total counts: 共有党员9名 and 党员的职业：工人3名…."""
    name = own_words(head)[-_NAME:]
    return (
        len(name) == _NAME
        and re.match(rf"\S{{0,3}}{name}(?:[的中里按]|[：:，,])", first.lead) is not None
    )


_NAME = 2


def _is_followed_by(head: Number, first: Number) -> bool:
    return head.sentence in (first.sentence, first.sentence - 1)


def _make_all(parts: Sequence[Number], shares: Mapping[int, Number]) -> bool:
    """Whether each item has its share, and the shares make 100."""
    found = [shares[part.start] for part in parts if part.start in shares]
    room = sum((each.half for each in found), Fraction(0))
    made = sum((each.value for each in found), Fraction(0))
    return len(found) == len(parts) and abs(made - 100) <= room


def _may_be_some(parts: Sequence[Number]) -> bool:
    """Whether the words leave open that there is more."""
    words = "".join(part.lead for part in parts)
    if _OVERLAP.search(parts[-1].tail):
        return True
    return (
        bool(_NEVER.search(words))
        or any(part.loose for part in parts)
        or parts[-1].tail.startswith("等")
    )


def _are_bracketed(head: Number, parts: Sequence[Number]) -> bool:
    """执业（助理）医师 are 执业医师 and 执业助理医师: with what stands in the bracket and without."""
    found = _BRACKET.search(head.lead)
    if found is None or len(parts) != 2:
        return False
    names = {found[1] + found[3], found[1] + found[2] + found[3]}
    return {own_words(part).removeprefix("其中") for part in parts} == names


_BRACKET = re.compile(r"([\u4e00-\u9fff]+)[（(]([\u4e00-\u9fff]+)[）)]([\u4e00-\u9fff]+)$")


def _is_closed(parts: Sequence[Number], shares: Mapping[int, Number], head: Number) -> bool:
    """Whether a list says itself that nothing is missing: by its shares, names, or last item."""
    if _make_all(parts, shares) or _are_bracketed(head, parts):
        return not any(part.loose for part in parts)
    labels = [own_words(part) for part in parts]
    pair = len(parts) == 2 and are_complements(*labels) and not denies(*labels)
    return not _may_be_some(parts) and (pair or bool(_REST.search(labels[-1])))


def _judge_strength(parts: Sequence[Number], *, closed: bool) -> Strength:
    """How surely a list is meant to be all of its total."""
    if closed:
        return Strength.SURE
    if _may_be_some(parts):
        return Strength.POSSIBLE
    if _WHOLE.search(parts[0].lead):
        return Strength.SURE
    pair = len(parts) == 2 and are_complements(*map(own_words, parts))
    opened = pair or parts[0].bracket or _OPEN.search(parts[0].lead)
    return Strength.LIKELY if opened else Strength.BESIDE
