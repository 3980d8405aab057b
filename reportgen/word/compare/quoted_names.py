"""Names and titles of the record as they stand in an edited text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.word.compare.findings import Finding, make_finding, make_gone_finding
from reportgen.word.compare.letter_alignment import likeness_at_most
from reportgen.word.compare.quantities import has_same_value
from reportgen.word.compare.signs import Sign, text_of_signs
from reportgen.word.document.model import drop_spaces

_QUOTES = {"《": "》", "“": "”", "（": "）"}
_SIMILAR = 0.5
_FEW = 2
_LETTERS = re.compile("[^\\W\\d_等和与及同由对经向为]+")


@dataclass(frozen=True)
class TextSides:
    """A group as two texts of signs, and the steps from one to the other."""

    made: Sequence[Sign]
    now: Sequence[Sign]
    steps: Sequence[tuple[str, int, int, int, int]]

    @property
    def texts(self) -> tuple[str, str]:
        """As made, and now."""
        return text_of_signs(self.made), text_of_signs(self.now)

    def keeps(self, start: int, end: int) -> bool:
        """Whether a stretch as made stands there unchanged."""
        return any(step == "equal" and i <= start and end <= i_end
                   for step, i, i_end, _, _ in self.steps)  # fmt: skip

    def in_place(self, start: int, end: int) -> bool:
        """Whether all that changed in a stretch as made lies within it."""
        return all(
            start <= i and i_end <= end
            for step, i, i_end, _, _ in self.steps
            if step != "equal" and i < end and i_end > start
        )

    def added_at(self, start: int, end: int) -> range:
        """Where a letter or two now stand right before or after a stretch as made."""
        for step, i, i_end, j, j_end in self.steps:
            beside = i == i_end and i in {start, end} and j_end - j <= _FEW
            if step == "insert" and beside and _LETTERS.fullmatch(text_of_signs(self.now[j:j_end])):
                return range(j, j_end)
        return range(0)

    def now_at(self, start: int, end: int) -> tuple[int, int]:
        """The stretch now that stands where this stretch as made stood."""
        begin = stop = len(self.now)
        for step, i, i_end, j, j_end in self.steps:
            if i <= start < i_end:
                begin = j + start - i if step == "equal" else j
            if i < end <= i_end:
                stop = j + end - i if step == "equal" else j_end
        return begin, stop


def find_changed_names(
    sides: TextSides, names: Mapping[str, str], everything: str
) -> Iterator[Finding]:
    """Names as made that do not read so now."""
    made, now = sides.texts
    for start, end, name in _find_names(made, names):
        quoted, inner = made[start:end], drop_spaces(name)
        added = sides.added_at(start, end)
        if added:
            sign = sides.now[added.start]
            yield make_finding("name-extended", sign.paragraph, now[added.start : added.stop], name,
                     key=names[name], start=sign.start)  # fmt: skip
        if sides.keeps(start, end):
            continue
        begin, stop = sides.now_at(start, end)
        found = now[begin:stop]
        other = names.get(_strip_quotes(found), "") if _strip_quotes(found) != inner else ""
        if now.count(quoted) >= made.count(quoted) and other != names[name]:
            continue
        if now.count(inner) >= made.count(inner) and not _is_quoted(found) and not other:
            continue
        if has_same_value(found, name):
            sign = sides.now[begin]
            yield make_finding(
                "figure-redressed", sign.paragraph, found, name, key=names[name], start=sign.start
            )
            continue
        alike = likeness_at_most(quoted, found) >= _SIMILAR
        if _strip_quotes(found) and (alike or sides.in_place(start, end)):
            sign = sides.now[begin]
            yield make_finding(
                "name-changed", sign.paragraph, found, quoted, key=names[name], start=sign.start
            )
        elif inner not in everything:
            sign = sides.made[start]
            yield make_gone_finding(
                "name-gone", sign.paragraph, name, key=names[name], start=sign.start
            )


def _is_quoted(text: str) -> bool:
    return len(text) > 1 and _QUOTES.get(text[0]) == text[-1]


def _strip_quotes(text: str) -> str:
    return text.strip("".join((*_QUOTES, *_QUOTES.values())))


def _find_names(text: str, names: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """Where names stand, the longest first where they overlap; with the quotes around them."""
    taken = [False] * len(text)
    found = []
    for name in sorted(names, key=len, reverse=True):
        inner = drop_spaces(name)
        start = text.find(inner)
        while start >= 0:
            end = start + len(inner)
            if not any(taken[start:end]):
                taken[start:end] = [True] * len(inner)
                closed = start and _QUOTES.get(text[start - 1]) == text[end : end + 1]
                found.append((start - 1, end + 1, name) if closed else (start, end, name))
            start = text.find(inner, end)
    return sorted(found)
