"""Three texts made into one: as made, as people have edited it, and as it would be made now.

A text is a row of signs, each a letter or a figure.  A figure is one sign, named by its key, so
that a new value is no change of the text.  Clauses are compared first: what only one side changed
is taken from that side.  A clause that both changed is compared letter by letter if the data
changed only a little in it (a name, a year); what still collides stays as people wrote it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from reportgen.word.compare.letter_alignment import likeness, match_places
from reportgen.word.document.model import Figure, Pieces

TextSign: TypeAlias = str
"""A letter, or ``\\0`` and a figure's key."""

_FIGURE = "\0"
_ENDS = "，。；：！？、\n"
_A_LITTLE = 0.5

_Part = TypeVar("_Part", bound=Hashable)
_Chunk: TypeAlias = "tuple[Sequence[_Part], Sequence[_Part], Sequence[_Part]]"


@dataclass(frozen=True)
class Collision:
    """What people wrote, which stays, and what the data would say there now."""

    kept: Sequence[TextSign]
    new: Sequence[TextSign]


@dataclass(frozen=True)
class MergedText:
    """The one text, and where it does not say what the data say."""

    signs: Sequence[TextSign]
    collisions: Sequence[Collision] = field(default_factory=tuple)


def split_pieces_to_signs(pieces: Iterable[str | Figure]) -> list[TextSign]:
    """Pieces as signs."""
    found: list[TextSign] = []
    for piece in pieces:
        found += [f"{_FIGURE}{piece.key}"] if isinstance(piece, Figure) else piece
    return found


def join_signs_to_pieces(text: Iterable[TextSign], figures: Mapping[str, str]) -> Pieces:
    """Signs as pieces; ``figures``: what each key shows, nothing if it is not known."""
    found: list[str | Figure] = []
    for sign in text:
        key = key_of_sign(sign)
        if key is not None:
            found.append(Figure(key, figures.get(key, "")))
        elif found and isinstance(found[-1], str):
            found[-1] += sign
        else:
            found.append(sign)
    return tuple(found)


def key_of_sign(sign: TextSign) -> str | None:
    """The key if it is a figure."""
    return sign[1:] if sign.startswith(_FIGURE) else None


def merge_texts(
    made: Sequence[TextSign], now: Sequence[TextSign], new: Sequence[TextSign]
) -> MergedText:
    """One text of three."""
    found: list[TextSign] = []
    collisions: list[Collision] = []
    for chunk in _iter_chunks(_split_clauses(made), _split_clauses(now), _split_clauses(new)):
        before, edited, fresh = (_join_clauses(side) for side in chunk)
        settled = _settle_chunk(before, edited, fresh) or _merge_by_letter(before, edited, fresh)
        if settled is None:
            collisions.append(Collision(edited, fresh))
        found += edited if settled is None else settled.signs
    return MergedText(found, collisions)


def _settle_chunk(
    made: Sequence[TextSign], now: Sequence[TextSign], new: Sequence[TextSign]
) -> MergedText | None:
    """The side that changed, or either if both did the same; None if they differ."""
    if list(made) == list(new) or list(now) == list(new):
        return MergedText(now)
    return MergedText(new) if list(made) == list(now) else None


def _merge_by_letter(
    made: Sequence[TextSign], now: Sequence[TextSign], new: Sequence[TextSign]
) -> MergedText | None:
    if (likeness(made, new) or 0.0) < _A_LITTLE:
        return None
    found: list[TextSign] = []
    for chunk in _iter_chunks(made, now, new):
        settled = _settle_chunk(*chunk)
        if settled is None:
            return None
        found += settled.signs
    return MergedText(found)


def _iter_chunks(
    made: Sequence[_Part], now: Sequence[_Part], new: Sequence[_Part]
) -> Iterator[_Chunk[_Part]]:
    """The three side by side: a part that all have, or a stretch in which they may differ."""
    in_now, in_new = match_places(made, now), match_places(made, new)
    i = j = k = 0
    for at, part in enumerate(made):
        if at in in_now and at in in_new:
            if (i, j, k) != (at, in_now[at], in_new[at]):
                yield made[i:at], now[j : in_now[at]], new[k : in_new[at]]
            yield [part], [part], [part]
            i, j, k = at + 1, in_now[at] + 1, in_new[at] + 1
    if made[i:] or now[j:] or new[k:]:
        yield made[i:], now[j:], new[k:]


def _split_clauses(text: Sequence[TextSign]) -> list[tuple[TextSign, ...]]:
    found: list[tuple[TextSign, ...]] = []
    begin = 0
    for at, sign in enumerate(text, 1):
        if sign in _ENDS:
            found.append(tuple(text[begin:at]))
            begin = at
    return [*found, tuple(text[begin:])] if begin < len(text) else found


def _join_clauses(clauses: Iterable[Iterable[TextSign]]) -> list[TextSign]:
    return [sign for clause in clauses for sign in clause]
