"""The numbers of a paragraph, live and typed, and the words around each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reportgen.word.compare.quantities import find_quantities, unit_of, value_of
from reportgen.word.compare.typed.bound_figures import BoundFigure, BoundFigures, WordsAround
from reportgen.word.document.model import Paragraph

SENTENCE = re.compile(r"[。！？；\n]")
CLAUSE = re.compile(r"[，。；：、！？,;:\n]")
_COMMA = re.compile(r"[，：,:]")
_RATE = re.compile(r"[%％]$|^百分之")
_DECIMALS = re.compile(r"\d[.．](\d+)|点([〇○零一二三四五六七八九]+)")


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number in a paragraph, typed or live.

    ``unit``: % of a rate; ``half``: half a unit of its last place; ``key``: of the figure it is, if
    that is known.
    """

    start: int
    end: int
    unit: str
    value: Fraction
    half: Fraction
    key: str = ""

    def fits(self, figure: BoundFigure) -> bool:
        """Whether it says what the figure says, be it rounded."""
        low, high = figure.exact
        return self.value == figure.printed or low - self.half <= self.value <= high + self.half


def find_paragraph_numbers(
    where: Paragraph, figures: BoundFigures, known: Mapping[int, str]
) -> list[TypedNumber]:
    """Return the numbers of a paragraph in order: live figures, and typed ones that are exact."""
    text = where.text
    live = [
        TypedNumber(
            start, start + len(figure.text), bound.unit, bound.exact[0], Fraction(0), bound.key
        )
        for start, figure in where.spots
        if (bound := figures.all.get(figure.key))
    ]
    typed = []
    for found in find_quantities(text):
        value = value_of(found.text)
        if value is None or any(found.start < each.end and each.start < found.end for each in live):
            continue
        rate = bool(_RATE.search(found.text))
        unit = "%" if rate else unit_of(found.text)
        places = _DECIMALS.search(found.text)
        half = (
            Fraction(1, 2 * 10 ** len((places[1] or places[2]) if places else ""))
            if rate or places
            else 0
        )
        key = known.get(found.start, "")
        value *= 100 if rate else 1
        typed.append(TypedNumber(found.start, found.end, unit, value, Fraction(half), key))
    return sorted([*live, *typed], key=lambda each: each.start)


def find_words_around(
    text: str, number: TypedNumber, numbers: Sequence[TypedNumber]
) -> WordsAround:
    """Return the words before it in its sentence, and its own: since the number before, and to the next."""
    begin = max((found.end() for found in SENTENCE.finditer(text, 0, number.start)), default=0)
    before = max((each.end for each in numbers if each.end <= number.start), default=0)
    behind = min((each.start for each in numbers if each.start >= number.end), default=len(text))
    stop = CLAUSE.search(text, number.end)
    tail = text[number.end : min(behind, stop.start() if stop else len(text))]
    if before <= begin:
        commas = (each.end() for each in _COMMA.finditer(text, begin, number.start))
        before = max(commas, default=begin)
    own = text[max(begin, before) : number.start].removeprefix(
        _find_unit_behind(text, before, numbers)
    )
    return WordsAround(text[begin : max(begin, before)], own + tail)


def _find_unit_behind(text: str, at: int, numbers: Iterable[TypedNumber]) -> str:
    """The counter behind a live figure, which its field does not hold."""
    unit = next((each.unit for each in numbers if each.end == at), "")
    return unit if unit and text.startswith(unit, at) else ""
