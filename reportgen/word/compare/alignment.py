"""Which paragraphs of an edited report come from which of the report as made.

Equal ones pair first, wherever they stand now.  The others are grouped by our bookmarks, and
where those are gone by likeness, so that what was split, joined, moved or rewritten still meets
what it came from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reportgen.word.document.model import Paragraph, drop_spaces

_ALIKE = 0.5
_FEWEST = 2


@dataclass
class ParagraphGroup:
    """Paragraphs as made and as they are now that belong together, each in order."""

    made: list[Paragraph] = field(default_factory=list)
    now: list[Paragraph] = field(default_factory=list)


def group_paragraphs(made: Sequence[Paragraph], now: Sequence[Paragraph]) -> list[ParagraphGroup]:
    """The paragraphs that differ, in groups; a group may lack one side."""
    kept, new = _drop_equal(made, now)
    roots = list(range(len(kept) + len(new)))
    for one, other in (*_pair_by_mark(kept, new), *_pair_by_likeness(kept, new)):
        roots[_find_root(roots, len(kept) + other)] = _find_root(roots, one)
    found: defaultdict[int, ParagraphGroup] = defaultdict(ParagraphGroup)
    for number, paragraph in enumerate(kept):
        found[_find_root(roots, number)].made.append(paragraph)
    for number, paragraph in enumerate(new, len(kept)):
        found[_find_root(roots, number)].now.append(paragraph)
    return list(found.values())


def _drop_equal(
    made: Sequence[Paragraph], now: Sequence[Paragraph]
) -> tuple[list[Paragraph], list[Paragraph]]:
    """Those of either side that have no equal on the other; empty ones are equal to nothing."""
    before, after = ([each.signature for each in side] for side in (made, now))
    shared = Counter(before) & Counter(after)
    shared[""] = len(before) + len(after)
    return _drop_shared(made, before, shared), _drop_shared(now, after, shared)


def _drop_shared(
    paragraphs: Sequence[Paragraph], signatures: Sequence[str], shared: Counter[str]
) -> list[Paragraph]:
    left = shared.copy()
    kept = []
    for paragraph, signed in zip(paragraphs, signatures, strict=True):
        if left[signed] > 0:
            left[signed] -= 1
        else:
            kept.append(paragraph)
    return kept


def _pair_by_mark(kept: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[tuple[int, int]]:
    by_mark = {mark: number for number, each in enumerate(kept) for mark in each.marks}
    return [
        (by_mark[mark], number)
        for number, paragraph in enumerate(new)
        for mark in paragraph.marks
        if mark in by_mark
    ]


def _pair_by_likeness(kept: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """Each paragraph with the one of the other side that it shares most with."""
    before, after = (
        [_make_letter_pairs(each) for each in kept],
        [_make_letter_pairs(each) for each in new],
    )
    links = [
        (best, at) for at, best in enumerate(_find_best_partners(after, before)) if best is not None
    ]
    return links + [
        (at, best) for at, best in enumerate(_find_best_partners(before, after)) if best is not None
    ]


def _make_letter_pairs(paragraph: Paragraph) -> frozenset[str]:
    text = drop_spaces(paragraph.text)
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset([text])


def _find_best_partners(
    ones: Sequence[frozenset[str]], others: Sequence[frozenset[str]]
) -> list[int | None]:
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for number, pairs in enumerate(others):
        for pair in pairs:
            holding[pair].append(number)
    return [_find_nearest(pairs, others, holding) for pairs in ones]


def _find_nearest(
    pairs: Iterable[str], others: Sequence[frozenset[str]], holding: dict[str, list[int]]
) -> int | None:
    pairs = frozenset(pairs)
    counts = Counter(number for pair in pairs for number in holding.get(pair, ()))
    scores = {
        number: shared / min(len(pairs), len(others[number]))
        for number, shared in counts.items()
        if shared >= min(_FEWEST, len(pairs), len(others[number]))
    }
    best = max(scores, key=lambda number: (scores[number], counts[number], -number), default=None)
    return best if best is not None and scores[best] >= _ALIKE else None


def _find_root(roots: list[int], number: int) -> int:
    while roots[number] != number:
        roots[number] = number = roots[roots[number]]
    return number
