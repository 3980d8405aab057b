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

from reportgen.word.compare.claims import find_assertion_words, find_claim_words
from reportgen.word.compare.findings import (
    Finding,
    cut_to_difference,
    make_finding,
    make_gone_finding,
)
from reportgen.word.compare.letter_alignment import find_opcodes
from reportgen.word.compare.quantities import (
    UNITS,
    WrittenQuantity,
    find_quantities,
    has_same_value,
    unit_of,
)
from reportgen.word.compare.signs import (
    Clause,
    Sign,
    is_label,
    paragraphs_of,
    show_signs,
    signs_of,
    split_clauses,
    text_of_signs,
)
from reportgen.word.document.model import Paragraph, drop_spaces

_CAPTION = re.compile(r"^(?:图|表)\d+")
_MARKS = re.compile(r"[，。；：、！,.;:!“”‘’（）()《》…—]+")
_UNIT = re.compile(UNITS)
_NUMBER = "\ufffb"

SignSpot: TypeAlias = tuple[str, int, int]
ClausePair: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""Two clauses, one behind the other."""
Kept: TypeAlias = frozenset[tuple[Paragraph, int]]
"""Clauses by where they begin."""


@dataclass(frozen=True)
class SentenceFinding:
    """A finding about a sentence, and the figures and signs that others may already speak of."""

    finding: Finding
    keys: frozenset[str]
    spots: frozenset[SignSpot]


def find_kept_clauses(made: Iterable[Paragraph], now: Iterable[Paragraph]) -> tuple[Kept, Kept]:
    """Of both documents the clauses that follow or precede the one they do in the other, wherever."""
    clauses = [split_clauses(signs_of(side)) for side in (made, now)]
    links = [Counter(pairwise(clause.words for clause in side)) for side in clauses]
    return _find_linked_clauses(clauses[0], *links), _find_linked_clauses(clauses[1], *links[::-1])


def place_of_clause(clause: Clause) -> tuple[Paragraph, int]:
    """Where a clause begins."""
    return clause.signs[0].paragraph, clause.signs[0].start


def _find_linked_clauses(
    clauses: Sequence[Clause], here: Counter[ClausePair], there: Counter[ClausePair]
) -> Kept:
    pairs = pairwise(clause.words for clause in clauses)
    linked = [there[pair] >= here[pair] > 0 for pair in pairs]
    return frozenset(
        place_of_clause(clause)
        for at_, clause in enumerate(clauses)
        if any(linked[max(at_ - 1, 0) : at_ + 1])
    )


def compare_sentences(
    made: Sequence[Sign], now: Sequence[Sign], same: tuple[Kept, Kept], names: Iterable[str]
) -> Iterator[SentenceFinding]:
    """Where what was said changed; the two texts are those of paragraphs that belong together.

    ``same``: the clauses of both documents that are kept; ``names``: those that the register has.
    """
    before_, after = split_clauses(made), split_clauses(now)
    stay, stays = (
        [place_of_clause(clause) in known for clause in side]
        for side, known in zip((before_, after), same, strict=True)
    )
    was, is_ = ([_read_clause_words(clause) for clause in side] for side in (before_, after))
    for step, i, i_end, j, j_end in find_opcodes(was, is_):
        if step != "equal":
            context = now[after[j - 1].end - 1] if j else next(iter(now), None)
            went = [
                each for each, same in zip(before_[i:i_end], stay[i:i_end], strict=True) if not same
            ]
            came = [
                each for each, same in zip(after[j:j_end], stays[j:j_end], strict=True) if not same
            ]
            yield from _compare_stretch(_join_signs(went), _join_signs(came), context, names)


def _read_clause_words(clause: Clause) -> tuple[str, ...]:
    """A caption counts without its number, which Word counts anew."""
    number = _CAPTION.match(text_of_signs(clause.signs))
    return clause.words[number.end() :] if number else clause.words


def _join_signs(clauses: Sequence[Clause]) -> list[Sign]:
    return [sign for clause in clauses for sign in clause.signs]


def _compare_stretch(
    made: Sequence[Sign], now: Sequence[Sign], context: Sign | None, names: Iterable[str]
) -> Iterator[SentenceFinding]:
    if made and now:
        if _make_skeleton(made) == _make_skeleton(now):
            yield from _compare_numbers(made, now)
        elif _is_signed(made) or _is_signed(now) or _has_names(made, names):
            yield _wrap_finding(_report_changed(made, now), made, now)
    elif made and _is_signed(made):
        yield _wrap_finding(_report_gone(made, context), made, ())
    elif now:
        claimed = find_assertion_words(text_of_signs(now))
        if claimed:
            first = now[text_of_signs(now).find(claimed[0])]
            found = make_finding(
                "claim-typed", first.paragraph, show_signs(now), "", start=first.start
            )
            yield _wrap_finding(found, (), now)


def _wrap_finding(finding: Finding, made: Sequence[Sign], now: Sequence[Sign]) -> SentenceFinding:
    keys = frozenset(sign.key for sign in (*made, *now) if sign.figure)
    return SentenceFinding(finding, keys, spots_of_signs(now))


def spots_of_signs(signs: Iterable[Sign]) -> frozenset[SignSpot]:
    """Where signs stand: part, paragraph, place in its text."""
    return frozenset((sign.paragraph.part, sign.paragraph.number, sign.start) for sign in signs)


def _report_changed(made: Sequence[Sign], now: Sequence[Sign]) -> Finding:
    found, expected, where = cut_to_difference(
        [show_signs([sign]) for sign in now], [show_signs([sign]) for sign in made]
    )
    sign = now[min(where, len(now) - 1)]
    return make_finding("sentence-changed", sign.paragraph, found, expected, start=sign.start)


def _report_gone(made: Sequence[Sign], context: Sign | None) -> Finding:
    first = made[0]
    if context is None:
        return make_gone_finding(
            "sentence-gone", first.paragraph, show_signs(made), start=first.start
        )
    return make_finding(
        "sentence-gone", context.paragraph, "", show_signs(made), start=context.start
    )


def _is_signed(signs: Sequence[Sign]) -> bool:
    text = text_of_signs(signs)
    return bool(
        any(sign.figure for sign in signs)
        or find_claim_words(text)
        or find_quantities(text)
        or any(map(is_label, paragraphs_of(signs)))
    )


def _has_names(signs: Sequence[Sign], names: Iterable[str]) -> bool:
    text = text_of_signs(signs)
    return any(drop_spaces(name) in text for name in names)


def _find_numbers_and_figures(
    signs: Sequence[Sign],
) -> list[tuple[int, int, Sign | WrittenQuantity]]:
    """Figures and typed numbers with their units, in order: from where to where, and which."""
    text = text_of_signs(signs)
    found: list[tuple[int, int, Sign | WrittenQuantity]] = [
        (number.start, number.end, number) for number in find_quantities(text)
    ]
    for place, sign in enumerate(signs):
        if sign.figure:
            unit = _UNIT.match(text, place + 1)
            found.append((place, unit.end() if unit else place + 1, sign))
    return sorted(found, key=lambda each: each[0])


def _make_skeleton(signs: Sequence[Sign]) -> str:
    """The words without numbers, figures, their units and punctuation."""
    text = text_of_signs(signs)
    for start, end, _ in reversed(_find_numbers_and_figures(signs)):
        text = f"{text[:start]}{_NUMBER}{text[end:]}"
    return _MARKS.sub("", text)


def _compare_numbers(made: Sequence[Sign], now: Sequence[Sign]) -> Iterator[SentenceFinding]:
    """Numbers that stood there as words, and figures that stand in the place of others."""
    for (_, _, one), (start, end, other) in zip(
        _find_numbers_and_figures(made), _find_numbers_and_figures(now), strict=True
    ):
        found = _compare_number_pair(one, other, now[start])
        if found is not None:
            yield _wrap_finding(found, (), now[start:end])


def _compare_number_pair(
    one: Sign | WrittenQuantity, other: Sign | WrittenQuantity, here: Sign
) -> Finding | None:
    """What is told of a number in another's place; figures that became text are told elsewhere."""
    was, is_ = _show_item(one), _show_item(other)
    if isinstance(one, Sign):
        if not isinstance(other, Sign) or one.key == other.key:
            return None
        return make_finding(
            "figure-other",
            here.paragraph,
            f"{is_}（{other.key}）",
            was,
            key=one.key,
            start=here.start,
        )
    same = has_same_value(was, is_) and (isinstance(other, Sign) or unit_of(was) == unit_of(is_))
    return (
        None if same else make_finding("number-changed", here.paragraph, is_, was, start=here.start)
    )


def _show_item(item: Sign | WrittenQuantity) -> str:
    if isinstance(item, WrittenQuantity):
        return item.text
    return item.figure.text if item.figure else item.symbol
