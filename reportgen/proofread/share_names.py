"""What the words of a share or rate name: the count it is of, the base, both, or all of a sort."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportgen.proofread.model import ClaimReading, Formula, Number, NumberKind, Strength
from reportgen.proofread.vocabulary import (
    are_complements,
    is_change,
    own_words,
    share_words,
    sort_of,
    speaks_of_earlier,
    words_behind,
)

WHOLE = 100
OTHER_BASE = re.compile(
    r"贡献|计划|预算|任务|目标|按[期时]|[上去前]年|其中|合计|合起来|之和|[两三四五六七八九十]者|[两三四五六七八九十]类"
)
"""Words of rates whose base is rarely the count that stands before."""


def read_by_names(rate: Number, before: Sequence[Number]) -> list[ClaimReading]:
    """出口占进出口总额的61.5%: of the one count that is called so and the one that the base is."""
    said = _SUBJECT.fullmatch(share_words(rate))
    if said is None:
        return []
    here = [each for each in before if each.block == rate.block and each.kind is NumberKind.COUNT]
    levels = [
        each
        for each in here
        if not (is_change(own_words(each)) or speaks_of_earlier(own_words(each)))
    ]
    parts, bases = (_called(levels, name) for name in said.groups())
    if len(parts) != 1 or len(bases) != 1 or sort_of(parts[0]) != sort_of(bases[0]):
        return []
    return [ClaimReading(Formula.RATIO, (parts[0], bases[0]), Strength.LIKELY)]


def _called(counts: Sequence[Number], name: str) -> list[Number]:
    """The counts of a name: of just that one, else those that end with it, else those it begins with."""
    labels = [(each, own_words(each).removeprefix("其中")) for each in counts]
    ways = (
        [each for each, label in labels if label == name],
        [each for each, label in labels if label.endswith(name)],
        [each for each, label in labels if len(label) > 1 and name.startswith(label)],
        [each for each, label in labels if label.endswith(name[-3:])],
    )
    return next((found for found in ways if found), [])


_SUBJECT = re.compile(r"(\S{2,10}?)占(\S{2,12}?)的(?:比重|比例)?[为达]?到?")


def names_both(words: str, pair: tuple[Number, Number]) -> Strength:
    """Whether a share is said to be of both: 占议案、建议总件数的."""
    both = "、" in words and all(own_words(each)[-2:] in words for each in pair if own_words(each))
    return Strength.SURE if both else Strength.POSSIBLE


def is_rate(words: str) -> bool:
    """Whether they call it a rate (…率, …进度), not a share of something named."""
    return "占" not in words and bool(_RATE.search(words))


_RATE = re.compile(r"率|进度")


_NAMED = re.compile(r"占(?:比?[全其该]?)?(.{2,10}?)(?:总[数量额]|总人数|人数|件数|个数)?的?$")


def names_base(words: str, base: Number) -> bool:
    """Whether the words before a share name its base: 占商品类的 after 商品类投诉79284件."""
    named = _NAMED.search(words)
    label = own_words(base) + words_behind(base)
    other = OTHER_BASE.search(words)
    one = named is not None and "、" not in named[1]
    return (
        named is not None and one and named[1][:2] in label and (other is None or other[0] in label)
    )


def names_part(words: str, part: Number) -> bool:
    """Whether the rate is named after its count: 开工率 after 已开工129项."""
    stem = _RATE.split(words, maxsplit=1)[0]
    label = own_words(part) + words_behind(part)
    pairs = {stem[at : at + 2] for at in range(len(stem) - 1)}
    short = 0 < len(stem) <= 2 and stem[0] in label
    named = short or any(pair in label for pair in pairs)
    return named and all((word in stem) == (word in label) for word in ("不", "未", "基本"))


def names_all(words: str, part: Number) -> bool:
    """Whether a long name of a rate says nothing that its count does not: not 优质验收率 after 已验收."""
    stem = _RATE.split(words, maxsplit=1)[0]
    label = own_words(part) + words_behind(part)
    pairs = {stem[at : at + 2] for at in range(len(stem) - 1)}
    return len(stem) < _LONG_NAME or all(pair in label for pair in pairs)


_LONG_NAME = 4


def is_all_of(rate: Number, part: Number) -> bool:
    """Whether a rate of 100 shares a word of one sign with the count right before it: 已办成26件，完成率100%."""
    stem = _RATE.split(share_words(rate), maxsplit=1)[0]
    label = own_words(part) + words_behind(part)
    alike = all((word in stem) == (word in label) for word in ("不", "未", "基本"))
    return rate.value == WHOLE and alike and any(sign in label for sign in stem[-2:])


def is_due(base: Number, part: Number) -> bool:
    """Whether one is what should have been, and the other what was, of the same: 应种9人，实种8人."""
    due, done = _DUE.search(own_words(base)), _DONE.search(own_words(part))
    return due is not None and done is not None and due[1] == done[1]


_DUE, _DONE = re.compile(r"应(.)\S{0,2}$"), re.compile(r"(?:实|已)际?(.)\S{0,2}$")


def is_next(base: Number, part: Number) -> bool:
    """Whether the base stands in the clause before the count, in the same sentence."""
    near = base.sentence == part.sentence and 0 <= part.clause - base.clause <= 2
    near = near and not (speaks_of_earlier(own_words(base)) or base.tail.startswith("的"))
    near = near and not are_complements(own_words(base), own_words(part))
    return near and base.start < part.start and base.bracket == part.bracket
