"""Two rows of signs side by side (letters, words, clauses, headings), within a limit on steps.

difflib looks at every pair of equal signs: 20,000 times the same letter beside as many are 400
million.  Where there are too many, only what both begin and end with alike is taken for the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import Match, SequenceMatcher
from itertools import takewhile
from typing import Any

MOST_PAIRS = 4_000_000
"""Pairs of equal signs; two texts of 10,000 letters have half as many."""
MOST_STEPS = 20_000_000
"""Pairs looked at, a pair as often as it is looked at: each stretch found parts the rest anew."""

Opcode = tuple[str, int, int, int, int]
"""As difflib's: ``equal``, ``replace``, ``insert`` or ``delete``, and from where to where."""


def likeness(one: Sequence[Hashable], other: Sequence[Hashable]) -> float | None:
    """How much of both is the same, 0 to 1; None if that cannot be told within the limit."""
    try:
        return _Matcher(one, other).ratio()
    except _CostlyError:
        return None


def likeness_at_most(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """The same; beyond the limit, how much it would be if the order of the signs did not matter."""
    found = likeness(one, other)
    return (
        SequenceMatcher(None, one, other, autojunk=False).quick_ratio() if found is None else found
    )


def find_opcodes(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[Opcode]:
    """How the one becomes the other."""
    try:
        return list(_Matcher(one, other).get_opcodes())
    except _CostlyError:
        return _at_the_ends(one, other)


def match_places(one: Sequence[Hashable], other: Sequence[Hashable]) -> dict[int, int]:
    """By place in the one, the place in the other that is the same."""
    equal = (step for step in find_opcodes(one, other) if step[0] == "equal")
    return {i + n: j + n for _, i, i_end, j, _ in equal for n in range(i_end - i)}


def count_alike_at_ends(one: Sequence[Hashable], other: Sequence[Hashable]) -> tuple[int, int]:
    """How many signs are the same at the start, and how many of the rest at the end."""
    start = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    )
    rest = zip(reversed(one[start:]), reversed(other[start:]), strict=False)
    return start, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], rest))


class _CostlyError(Exception):
    """There are too many pairs of equal signs."""


class _Matcher(SequenceMatcher[Any]):
    """Gives up as soon as it would have looked at too many pairs."""

    def __init__(self, one: Sequence[Hashable], other: Sequence[Hashable]) -> None:
        super().__init__(None, one, other, autojunk=False)
        there = Counter(other)
        self._pairs = sum(count * there[sign] for sign, count in Counter(one).items())
        self._length, self._steps_left = len(one), MOST_STEPS
        if self._pairs > MOST_PAIRS:
            raise _CostlyError

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        end = self._length if ahi is None else ahi
        self._steps_left -= self._pairs * (end - alo) // max(self._length, 1)
        if self._steps_left < 0:
            raise _CostlyError
        return super().find_longest_match(alo, ahi, blo, bhi)


def _at_the_ends(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[Opcode]:
    start, end = count_alike_at_ends(one, other)
    i, j = len(one) - end, len(other) - end
    kind = "replace" if start < i and start < j else "delete" if start < i else "insert"
    found = [("equal", 0, start, 0, start), (kind, start, i, start, j)]
    found.append(("equal", i, len(one), j, len(other)))
    return [each for each in found if each[1] < each[2] or each[3] < each[4]]
