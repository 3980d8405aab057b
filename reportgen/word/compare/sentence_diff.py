"""Sentences about the figures: what was said when the report was made and reads otherwise now.

A clause is signed if it holds a figure, a number or a word that claims something (``claims``), or
is a line of its own (a title, an address, a caption); one that was changed also if it names
somebody or something of the register.  A signed clause that is no longer there word
for word is told with both wordings; so is a new one that asserts something.  Where only the
numbers in it differ, those are compared one by one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from reportgen.word.compare.claims import assertions_in, claims_in
from reportgen.word.compare.findings import Finding, at, before, differing
from reportgen.word.compare.letter_alignment import opcodes
from reportgen.word.compare.quantities import UNITS, Quantity, numbers_in, same_value, unit_of
from reportgen.word.compare.signs import (
    Clause,
    Sign,
    clauses_of,
    is_label,
    paragraphs_of,
    shown_by,
    signs_of,
    text_of,
)
from reportgen.word.document.model import Paragraph, tight

_CAPTION = re.compile(r"^(?:图|表)\d+")
_MARKS = re.compile(r"[，。；：、！,.;:!“”‘’（）()《》…—]+")
_UNIT = re.compile(UNITS)
_NUMBER = "\ufffb"

Spot: TypeAlias = tuple[str, int, int]
Link: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""Two clauses, one behind the other."""
Kept: TypeAlias = frozenset[tuple[Paragraph, int]]
"""Clauses by where they begin."""


@dataclass(frozen=True)
class Said:
    """A finding about a sentence, and the figures and signs that others may already speak of."""

    finding: Finding
    keys: frozenset[str]
    spots: frozenset[Spot]


def kept(made: Iterable[Paragraph], now: Iterable[Paragraph]) -> tuple[Kept, Kept]:
    """Of both documents the clauses that follow or precede the one they do in the other, wherever."""
    clauses = [clauses_of(signs_of(side)) for side in (made, now)]
    links = [Counter(pairwise(clause.words for clause in side)) for side in clauses]
    return _linked(clauses[0], *links), _linked(clauses[1], *links[::-1])


def place_of(clause: Clause) -> tuple[Paragraph, int]:
    """Where a clause begins."""
    return clause.signs[0].paragraph, clause.signs[0].start


def _linked(clauses: Sequence[Clause], here: Counter[Link], there: Counter[Link]) -> Kept:
    pairs = pairwise(clause.words for clause in clauses)
    linked = [there[pair] >= here[pair] > 0 for pair in pairs]
    return frozenset(
        place_of(clause)
        for at_, clause in enumerate(clauses)
        if any(linked[max(at_ - 1, 0) : at_ + 1])
    )


def compare(
    made: Sequence[Sign], now: Sequence[Sign], same: tuple[Kept, Kept], names: Iterable[str]
) -> Iterator[Said]:
    """Where what was said changed; the two texts are those of paragraphs that belong together.

    ``same``: the clauses of both documents that are kept; ``names``: those that the register has.
    """
    before_, after = clauses_of(made), clauses_of(now)
    stay, stays = (
        [place_of(clause) in known for clause in side]
        for side, known in zip((before_, after), same, strict=True)
    )
    was, is_ = ([_words(clause) for clause in side] for side in (before_, after))
    for step, i, i_end, j, j_end in opcodes(was, is_):
        if step != "equal":
            context = now[after[j - 1].end - 1] if j else next(iter(now), None)
            went = [
                each for each, same in zip(before_[i:i_end], stay[i:i_end], strict=True) if not same
            ]
            came = [
                each for each, same in zip(after[j:j_end], stays[j:j_end], strict=True) if not same
            ]
            yield from _compare_stretch(_joined(went), _joined(came), context, names)


def _words(clause: Clause) -> tuple[str, ...]:
    """A caption counts without its number, which Word counts anew."""
    number = _CAPTION.match(text_of(clause.signs))
    return clause.words[number.end() :] if number else clause.words


def _joined(clauses: Sequence[Clause]) -> list[Sign]:
    return [sign for clause in clauses for sign in clause.signs]


def _compare_stretch(
    made: Sequence[Sign], now: Sequence[Sign], context: Sign | None, names: Iterable[str]
) -> Iterator[Said]:
    if made and now:
        if _skeleton(made) == _skeleton(now):
            yield from _numbers(made, now)
        elif _signed(made) or _signed(now) or _names(made, names):
            yield _said(_changed(made, now), made, now)
    elif made and _signed(made):
        yield _said(_gone(made, context), made, ())
    elif now:
        claimed = assertions_in(text_of(now))
        if claimed:
            first = now[text_of(now).find(claimed[0])]
            found = at("claim-typed", first.paragraph, shown_by(now), "", start=first.start)
            yield _said(found, (), now)


def _said(finding: Finding, made: Sequence[Sign], now: Sequence[Sign]) -> Said:
    keys = frozenset(sign.key for sign in (*made, *now) if sign.figure)
    return Said(finding, keys, spots_of(now))


def spots_of(signs: Iterable[Sign]) -> frozenset[Spot]:
    """Where signs stand: part, paragraph, place in its text."""
    return frozenset((sign.paragraph.part, sign.paragraph.number, sign.start) for sign in signs)


def _changed(made: Sequence[Sign], now: Sequence[Sign]) -> Finding:
    found, expected, where = differing(
        [shown_by([sign]) for sign in now], [shown_by([sign]) for sign in made]
    )
    sign = now[min(where, len(now) - 1)]
    return at("sentence-changed", sign.paragraph, found, expected, start=sign.start)


def _gone(made: Sequence[Sign], context: Sign | None) -> Finding:
    first = made[0]
    if context is None:
        return before("sentence-gone", first.paragraph, shown_by(made), start=first.start)
    return at("sentence-gone", context.paragraph, "", shown_by(made), start=context.start)


def _signed(signs: Sequence[Sign]) -> bool:
    text = text_of(signs)
    return bool(
        any(sign.figure for sign in signs)
        or claims_in(text)
        or numbers_in(text)
        or any(map(is_label, paragraphs_of(signs)))
    )


def _names(signs: Sequence[Sign], names: Iterable[str]) -> bool:
    text = text_of(signs)
    return any(tight(name) in text for name in names)


def _items(signs: Sequence[Sign]) -> list[tuple[int, int, Sign | Quantity]]:
    """Figures and typed numbers with their units, in order: from where to where, and which."""
    text = text_of(signs)
    found: list[tuple[int, int, Sign | Quantity]] = [
        (number.start, number.end, number) for number in numbers_in(text)
    ]
    for place, sign in enumerate(signs):
        if sign.figure:
            unit = _UNIT.match(text, place + 1)
            found.append((place, unit.end() if unit else place + 1, sign))
    return sorted(found, key=lambda each: each[0])


def _skeleton(signs: Sequence[Sign]) -> str:
    """The words without numbers, figures, their units and punctuation."""
    text = text_of(signs)
    for start, end, _ in reversed(_items(signs)):
        text = f"{text[:start]}{_NUMBER}{text[end:]}"
    return _MARKS.sub("", text)


def _numbers(made: Sequence[Sign], now: Sequence[Sign]) -> Iterator[Said]:
    """Numbers that stood there as words, and figures that stand in the place of others."""
    for (_, _, one), (start, end, other) in zip(_items(made), _items(now), strict=True):
        found = _other_number(one, other, now[start])
        if found is not None:
            yield _said(found, (), now[start:end])


def _other_number(one: Sign | Quantity, other: Sign | Quantity, here: Sign) -> Finding | None:
    """What is told of a number in another's place; figures that became text are told elsewhere."""
    was, is_ = _shown(one), _shown(other)
    if isinstance(one, Sign):
        if not isinstance(other, Sign) or one.key == other.key:
            return None
        return at(
            "figure-other",
            here.paragraph,
            f"{is_}（{other.key}）",
            was,
            key=one.key,
            start=here.start,
        )
    same = same_value(was, is_) and (isinstance(other, Sign) or unit_of(was) == unit_of(is_))
    return None if same else at("number-changed", here.paragraph, is_, was, start=here.start)


def _shown(item: Sign | Quantity) -> str:
    if isinstance(item, Quantity):
        return item.text
    return item.figure.text if item.figure else item.symbol
