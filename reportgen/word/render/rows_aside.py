"""Rows of long tables, kept as what tells them apart until the document is written.

As a tree ten thousand of them take half a gigabyte, as text a hundred megabytes, nearly all of it the same
in every row.  So a column is left out, or gets its width, once for all rows that were made alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from typing import TypeAlias

from reportgen.word.render.row_breaks import SHORT, count_letters, keep_whole
from reportgen.word.render.row_cells import RowPlan
from reportgen.word.template.stream import TagSlot
from reportgen.word.xml.wml import make_run

_CELL = re.compile("(<w:tc(?: [^>]*)?>|</w:tc>)")
_WIDTH = re.compile(r'(<w:tcW (?:[^>]* )?w:w=")\d+')


class Markup(str):
    """A piece that is XML; the others are texts of one line."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """Where one of a turn's pieces stands; ``slot``: how it looks if it is a text."""

    number: int
    slot: TagSlot | None


Parts: TypeAlias = "tuple[str | Gap, ...]"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, from its first tag to its last."""

    parts: Parts

    def widen(self, width: int) -> Cell:
        """The same as wide as that, if it tells its width."""
        first, *rest = self.parts
        return Cell((_WIDTH.sub(rf"\g<1>{width}", str(first), count=1), *rest))


@dataclass(frozen=True, eq=False)
class TurnModel:
    """The rows that turns of a loop make which took the same branches.

    ``plans``: of each row, what its cells show.
    """

    parts: Sequence[str | Gap | Cell]
    plans: Sequence[RowPlan] = ()

    def xml(self, pieces: Sequence[str]) -> str:
        """The rows of a turn with these pieces."""
        return "".join(
            [part if isinstance(part, str) else _fill_gap(part, pieces) for part in self._flat]
        )

    def choose(self, pieces: Sequence[str]) -> TurnModel:
        """The one for these pieces: where no cell of theirs holds a long text, no row is parted."""
        return self._whole if self._whole is not self and self._is_short(pieces) else self

    @cached_property
    def _whole(self) -> TurnModel:
        """The same, no row of it parted by the end of a page."""
        kept = [keep_whole(part) if isinstance(part, str) else part for part in self.parts]
        return self if kept == self.parts else replace(self, parts=kept)

    def _is_short(self, pieces: Sequence[str]) -> bool:
        return all(
            fixed + sum([_count_piece(pieces[at]) for at in numbers]) <= SHORT
            for fixed, numbers in self._letters
        )

    def fit(self, size: int, widths: Mapping[int, int]) -> TurnModel:
        """The same of rows of ``size`` cells: with these widths, and without cells that have none."""
        numbers = count()
        fitted: list[str | Gap | Cell] = []
        for part in self.parts:
            if not isinstance(part, Cell):
                fitted.append(part)
            elif (at := next(numbers) % size) in widths:
                fitted.append(part.widen(widths[at]))
        return replace(self, parts=fitted)

    @cached_property
    def length(self) -> int:
        """Letters of XML that every turn has."""
        return len(self.xml([""] * sum(isinstance(part, Gap) for part in self._flat)))

    @property
    def markup(self) -> str:
        """What all turns have in common."""
        return "".join(part for part in self._flat if isinstance(part, str))

    @cached_property
    def _flat(self) -> Parts:
        parts = (part.parts if isinstance(part, Cell) else (part,) for part in self.parts)
        return _join_texts([each for inner in parts for each in inner])

    @cached_property
    def _letters(self) -> Sequence[tuple[int, Sequence[int]]]:
        """Of each cell, the letters that it has in every turn, and the numbers of its pieces."""
        cells = [part.parts for part in self.parts if isinstance(part, Cell)]
        return [
            (
                sum(count_letters(part) for part in cell if isinstance(part, str)),
                [part.number for part in cell if isinstance(part, Gap)],
            )
            for cell in cells
        ]


def make_model(parts: Sequence[str | TagSlot | None], plans: Sequence[RowPlan]) -> TurnModel:
    """The model of a turn's XML; a slot or None stands for a piece."""
    numbers = count()
    found: list[str | Gap | Cell] = []
    cell: list[str | Gap] | None = None
    for part in parts:
        for each in _CELL.split(part) if isinstance(part, str) else [Gap(next(numbers), part)]:
            if isinstance(each, str) and each.startswith(("<w:tc>", "<w:tc ")):
                cell = []
            (found if cell is None else cell).append(each)
            if each == "</w:tc>" and cell is not None:
                found.append(Cell(_join_texts(cell)))
                cell = None
    return TurnModel(found, plans)


def _join_texts(parts: Sequence[str | Gap]) -> Parts:
    joined: list[str | Gap] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)


def show_text(slot: TagSlot, text: str, mark: str = "") -> str:
    """What a slot becomes that shows a text of one line; ``mark``: the bookmark of its paragraph."""
    shown = make_run(slot.properties, text)
    return shown if slot.paragraph is None else f"<w:p>{slot.paragraph}{mark}{shown}</w:p>"


def _fill_gap(gap: Gap, pieces: Sequence[str]) -> str:
    piece = pieces[gap.number]
    return piece if gap.slot is None or type(piece) is Markup else show_text(gap.slot, piece)


def _count_piece(piece: str) -> int:
    return count_letters(piece) if isinstance(piece, Markup) else len(piece)


@dataclass
class RowsAside:
    """The rows that one loop made: of each turn its model, and its pieces."""

    turns: list[tuple[TurnModel, Sequence[str]]] = field(default_factory=list)

    def iter_xml(self) -> Iterator[str]:
        """The rows, turn by turn."""
        return (model.xml(pieces) for model, pieces in self.turns)

    def fit(self, size: int, widths: Mapping[int, int]) -> None:
        """Set the rows' widths, as of ``TurnModel.fit``."""
        fitted = {model: model.fit(size, widths) for model in self.models}
        self.turns = [(fitted[model], pieces) for model, pieces in self.turns]

    def rewrite_last(self, change: Callable[[str], str]) -> None:
        """Let the rows of the last turn be what ``change`` makes of their XML."""
        model, pieces = self.turns[-1]
        self.turns[-1] = TurnModel([change(model.xml(pieces))]), ()

    @property
    def models(self) -> Sequence[TurnModel]:
        """Each model once."""
        return list(dict.fromkeys(model for model, _ in self.turns))
