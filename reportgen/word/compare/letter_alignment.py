"""Two rows of signs side by side, letter by letter, within a limit on steps.

difflib looks at every pair of equal signs: 20,000 times the same letter beside as many are 400
million.  Where there are too many, only what both begin and end with alike is taken for the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

MOST_PAIRS = 4_000_000
"""Pairs of equal signs; two texts of 10,000 letters have half as many."""

Opcode = tuple[str, int, int, int, int]
"""As difflib's: ``equal``, ``replace``, ``insert`` or ``delete``, and from where to where."""


def is_costly(one: Sequence[Hashable], other: Sequence[Hashable]) -> bool:
    """Whether there are too many pairs of equal signs."""
    if len(one) * len(other) <= MOST_PAIRS:
        return False
    there = Counter(other)
    return sum(count * there[sign] for sign, count in Counter(one).items()) > MOST_PAIRS


def opcodes(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[Opcode]:
    """How the one becomes the other."""
    if not is_costly(one, other):
        return list(SequenceMatcher(None, one, other, autojunk=False).get_opcodes())
    start, end = _alike_at_the_ends(one, other)
    i, j = len(one) - end, len(other) - end
    kind = "replace" if start < i and start < j else "delete" if start < i else "insert"
    found = [("equal", 0, start, 0, start), (kind, start, i, start, j)]
    found.append(("equal", i, len(one), j, len(other)))
    return [each for each in found if each[1] < each[2] or each[3] < each[4]]


def matches(one: Sequence[Hashable], other: Sequence[Hashable]) -> dict[int, int]:
    """By place in the one, the place in the other that is the same."""
    equal = (step for step in opcodes(one, other) if step[0] == "equal")
    return {i + n: j + n for _, i, i_end, j, _ in equal for n in range(i_end - i)}


def _alike_at_the_ends(one: Sequence[Hashable], other: Sequence[Hashable]) -> tuple[int, int]:
    """How many signs are the same at the start, and how many of the rest at the end."""
    start = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    )
    rest = zip(reversed(one[start:]), reversed(other[start:]), strict=False)
    return start, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], rest))
