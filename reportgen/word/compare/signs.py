"""Running text as a row of signs, each one character or one figure, and how it falls into clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reportgen.word.document.model import Figure, Paragraph, drop_spaces

SLOT = "\ufffc"
"""Stands for a figure in a text of signs."""
STOPS = "。！？!?"
"""End a sentence."""
ENDS = f"{STOPS}，；：,;:"
"""End a clause."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One character, or one figure, with the place it stands at."""

    symbol: str
    paragraph: Paragraph
    start: int
    figure: Figure | None = None

    @property
    def key(self) -> str:
        """Of the figure, if it is one."""
        return self.figure.key if self.figure else ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of signs up to a comma or stop, that included; from ``start`` to ``end``."""

    signs: Sequence[Sign]
    start: int
    end: int

    @property
    def words(self) -> tuple[str, ...]:
        """Its symbols without the sign that ends it: whether a comma or a stop says nothing."""
        symbols = tuple(sign.symbol for sign in self.signs)
        return symbols[:-1] if symbols and symbols[-1] in ENDS else symbols


def signs_of(paragraphs: Iterable[Paragraph]) -> list[Sign]:
    """The signs of paragraphs one after the other, spaces left out."""
    signs = []
    for paragraph in paragraphs:
        start = 0
        for piece in paragraph.pieces:
            if isinstance(piece, Figure):
                signs.append(Sign(f"\0{piece.key}", paragraph, start, piece))
                start += len(piece.text)
                continue
            for letter in piece:
                if drop_spaces(letter):
                    signs.append(Sign(letter, paragraph, start))
                start += 1
    return signs


def text_of_signs(signs: Iterable[Sign]) -> str:
    """As one text of the same length, a ``SLOT`` for each figure."""
    return "".join(SLOT if sign.figure else sign.symbol for sign in signs)


def paragraphs_of(signs: Iterable[Sign]) -> Iterator[Paragraph]:
    """Those they stand in, each once, in order: a paragraph has as many signs as letters."""
    return (paragraph for paragraph, _ in groupby(signs, key=lambda sign: sign.paragraph))


def show_signs(signs: Iterable[Sign]) -> str:
    """What a reader sees."""
    return "".join(sign.figure.text if sign.figure else sign.symbol for sign in signs)


def split_clauses(signs: Sequence[Sign]) -> list[Clause]:
    """The clauses; a line of its own is one, too."""
    return list(_split_at_ends(signs, ENDS))


def split_sentences(signs: Sequence[Sign]) -> list[Clause]:
    """The sentences; one may go on in the next paragraph if somebody has split it."""
    return list(_split_at_ends(signs, STOPS))


def _split_at_ends(signs: Sequence[Sign], ends: str) -> Iterator[Clause]:
    start = 0
    for number, sign in enumerate(signs, 1):
        last = number == len(signs) or (
            signs[number].paragraph is not sign.paragraph and is_label(sign.paragraph)
        )
        if last or sign.symbol in ends:
            yield Clause(signs[start:number], start, number)
            start = number


def is_label(paragraph: Paragraph) -> bool:
    """Whether it stands alone (a title, an address, a caption, a date), not a sentence or half of one."""
    text = drop_spaces(paragraph.text)
    return bool(text) and (text[-1] == "：" or text[-1] not in f"{ENDS}、”）…")
