"""A table's rows: cells renewed where nobody has edited them, rows brought in, taken out, in order.

The rows may stand in several tables, if a person has split theirs.  The columns a person has added
or taken out stay so.  A table whose own columns are others now is replaced as a whole if nobody has
edited it.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence

from lxml import etree

from reportgen.word.compare import table_diff
from reportgen.word.compare.findings import Finding, make_finding
from reportgen.word.document.model import (
    CellParagraphs,
    DocumentTable,
    TableRow,
    text_of_pieces,
)
from reportgen.word.document.snapshot import join_cell_paragraphs
from reportgen.word.refresh.element_index import ElementIndex, find_outermost
from reportgen.word.refresh.merge3 import split_pieces_to_signs
from reportgen.word.refresh.merge_sequence import SequenceMerge
from reportgen.word.refresh.paragraph_edit import fill_paragraph, rewrite_paragraph
from reportgen.word.refresh.reorder import MovableUnit
from reportgen.word.refresh.state import RefreshState
from reportgen.word.refresh.template_origin import TemplateOrigin
from reportgen.word.xml.wml import w

_TBL, _TC, _P = map(w, ("tbl", "tc", "p"))


class TableMerge(SequenceMerge[TableRow]):
    """The rows of one table as made, as they are now, and as they would be made now."""

    def __init__(
        self, state: RefreshState, made: DocumentTable, now: DocumentTable, new: DocumentTable
    ) -> None:
        self._table = made, now, new
        rows = [row for row in now.rows if row.width]
        self._links = table_diff.link_rows(made.rows, rows)
        trees = (find_outermost(state.elements.row(row), _TBL) for row in rows)
        super().__init__(
            state, made.rows, rows, new.rows,
            {number: (place,) for number, place in self._links.items()},
            _match_new_rows(state, made.rows, new.rows), list(dict.fromkeys(trees)),
        )  # fmt: skip
        matched = [(made.rows[one], rows[other]) for one, other in self._links.items()]
        self._columns = table_diff.match_columns(matched)
        self._models: dict[object, int | None] = {}

    @classmethod
    def untouched(cls, state: RefreshState, made: DocumentTable, now: DocumentTable) -> bool:
        """Whether a table is as made, whatever the data say now."""
        rows = cls(state, made, now, made)
        return len(made.rows) == len(now.rows) == len(rows._links) and all(
            rows._is_untouched(one, other) for one, other in rows._links.items()
        )

    def merge(self) -> etree._Element:
        """Renew the edited report's table; → the table that stands there now."""
        if self._has_other_columns():
            return self._replaced()
        self.merge_items()
        return self._homes[0]

    def _node(self, place: int) -> etree._Element:
        return self._state.elements.row(self._now[place])

    def _has_other_columns(self) -> bool:
        return any(
            self._made[number].width != self._new[place].width
            for number, place in self._places.items()
        )

    def _replaced(self) -> etree._Element:
        made, now, new = self._table
        old = self._homes[0]
        if (
            len(self._homes) == 1
            and self.untouched(self._state, made, now)
            and self._state.is_ours(old)
        ):
            source = next(self._state.new_elements.row(new.rows[0]).iterancestors(_TBL))
            self._state.new_elements.take_out(source)
            fresh = self._state.graft.taken(source)
            old.addprevious(fresh)
            self._state.remove(old, self._part)
            return fresh
        head = next(new.rows[0].paragraphs).text
        self._state.findings.append(
            Finding("text-kept", now.place, "原来的各栏", f"新的各栏（{head}……）")
        )
        return old

    def _renew(self, number: int, new: TableRow) -> None:
        made, now = self._made[number], self._now[self._links[number]]
        if made.signature == now.signature == new.signature:
            return
        if self._renew_text(made, now, new):
            return
        for one, other in self._cells(made, now):
            if one is not None and other is not None and now.cells[other]:
                self._cell(made.cells[one], now.cells[other], new.cells[one])

    def _renew_text(self, made: TableRow, now: TableRow, new: TableRow) -> bool:
        """Most rows of a long table: nobody has edited them, and all they show is text."""
        if made.signature != now.signature or now.aside < 0:
            return False
        lines = [row.texts for row in (made, new)]
        if len(lines[0]) != len(lines[1]) or None in lines[1]:
            return False
        fresh = [new if new != old else None for old, new in zip(*lines, strict=True)]
        if not self._state.now.aside.show(now.aside, fresh):
            return False
        self._state.changed.add(self._part)
        self._state.done["cell"] += sum(line is not None for line in fresh)
        return True

    def _cell(self, made: CellParagraphs, now: CellParagraphs, new: CellParagraphs) -> None:
        before, here, fresh = (_make_signature(cell) for cell in (made, now, new))
        if before == here and before != fresh:
            self._write(now, new)
        elif here not in {before, fresh} and (before != fresh or self._is_stale(made, new)):
            self._state.findings.append(
                make_finding("text-kept", now[0], _read_text(now), _read_text(new))
            )

    def _is_stale(self, made: CellParagraphs, new: CellParagraphs) -> bool:
        """Whether a figure that somebody has overwritten is another one now."""
        return _read_text(made) != _read_text(new) and any(paragraph.figures for paragraph in made)

    def _write(self, now: CellParagraphs, new: CellParagraphs) -> None:
        """A cell that nobody has edited says what the data say."""
        known = [self._state.element(paragraph) for paragraph in now]
        for number, paragraph in enumerate(new):
            if number == len(known):
                known.append(copy.deepcopy(known[-1]))
                known[-2].addnext(known[-1])
            rewrite_paragraph(
                known[number],
                split_pieces_to_signs(paragraph.pieces),
                self._state.figures,
                self._state.foreign,
            )
        for surplus in known[len(new) :]:
            parent = surplus.getparent()
            assert parent is not None
            parent.remove(surplus)
        self._state.changed.add(self._part)
        self._state.done["cell"] += 1

    def _tell_deleted(self, made: TableRow, new: TableRow) -> None:
        if made.signature != new.signature:
            place = f"生成时的{table_diff.place_of_row(made)}"
            self._state.findings.append(Finding("deleted-changed", place, "", _join_row_texts(new)))

    def _tell_kept(self, now: TableRow) -> None:
        first = next(now.paragraphs)
        self._state.findings.append(make_finding("gone-kept", first, _join_row_texts(now), ""))

    def _is_untouched(self, number: int, place: int) -> bool:
        """Whether nobody has typed anything in a row."""
        made, now = self._made[number], self._now[place]
        if self._state.overtyped(now.figured):
            return False
        if made.signature == now.signature:
            return True
        for one, other in self._cells(made, now):
            before = _make_signature(made.cells[one]) if one is not None else ""
            if other is not None and _make_signature(now.cells[other]) != before:
                return False
        return True

    def _cells(self, made: TableRow, now: TableRow) -> Sequence[tuple[int | None, int | None]]:
        """Which cell as made is which now."""
        if self._columns is not None and made.width != now.width:
            return [
                pair
                for pair in self._columns
                if (pair[0] or 0) < made.width and (pair[1] or 0) < now.width
            ]
        both = min(made.width, now.width)
        return [(number, number) for number in range(both)]

    def _make_fresh(self, new: TableRow) -> etree._Element:
        """A new row, set like the same one of another item."""
        self._state.changed.add(self._part)
        self._state.done["row"] += 1
        number = self._model(_find_pattern(new, self._state.new_origins))
        if number is None:
            return self._state.graft.taken(self._state.new_elements.row_element(new))
        model = self._now[self._links[number]]
        cells = self._cells(self._made[number], model)
        source = {other: one for one, other in cells if one is not None}
        fresh = self._as_text(model, source, new)
        return self._as_element(model, source, new) if fresh is None else fresh

    def _as_text(
        self, model: TableRow, source: Mapping[int | None, int], new: TableRow
    ) -> etree._Element | None:
        """A new row that is set aside at once, if its model is and it shows only text.

        ``source``: the cell as made by the cell now.
        """
        texts = new.texts
        shown = [texts[source[at_]] if at_ in source else "" for at_ in range(model.width)]
        lines = [text for text in shown if text is not None]
        if model.aside < 0 or len(lines) < len(shown):
            return None
        mark, number = next(iter(new.marks), ""), self._state.graft.number()
        note = self._state.now.aside.add(model.aside, lines, mark, number)
        if note is not None:
            self._state.rows_added.add(int(note.text or 0))
        return note

    def _as_element(
        self, model: TableRow, source: Mapping[int | None, int], new: TableRow
    ) -> etree._Element:
        fresh = self._state.graft.anonymous(self._state.elements.row_element(model))
        own = [cell for cell in fresh.iter(_TC) if cell.getparent() is fresh]
        for number, cell in enumerate(own):
            self._fill(cell, new.cells[source[number]] if number in source else ())
        self._state.graft.mark(fresh, new.marks[:1])
        return fresh

    def _fill(self, cell: etree._Element, new: CellParagraphs) -> None:
        first, *others = cell.findall(_P)
        for each in others:
            cell.remove(each)
        for paragraph in new[1:]:
            more = copy.deepcopy(first)
            fill_paragraph(more, paragraph.pieces)
            cell.append(more)
        fill_paragraph(first, new[0].pieces if new else ())

    def _model(self, pattern: object) -> int | None:
        """A row as made to make another like: best one that nobody has edited."""
        if pattern is not None and pattern not in self._models:
            known = [
                number
                for number in self._links
                if _find_pattern(self._made[number], self._state.origins) == pattern
            ]
            clean = (each for each in known if self._is_untouched(each, self._links[each]))
            self._models[pattern] = next(clean, next(iter(known), None))
        return self._models.get(pattern)

    def _tell_order(self, units: Sequence[MovableUnit]) -> None:
        """Nothing: that the table is sorted otherwise is seen."""


def find_table(elements: ElementIndex, table: DocumentTable) -> etree._Element:
    """The element of a table with at least one cell."""
    first = next(row for row in table.rows if row.width)
    return find_outermost(elements.row(first), _TBL)


def _match_new_rows(
    state: RefreshState, made: Sequence[TableRow], new: Sequence[TableRow]
) -> dict[int, int]:
    """By origin; rows that no block made by content, in order."""
    places = {state.new_origins[mark]: at_ for at_, row in enumerate(new) for mark in row.marks[:1]
              if mark in state.new_origins}  # fmt: skip
    origins = {at_: state.origins[row.marks[0]] for at_, row in enumerate(made)
               if row.marks and row.marks[0] in state.origins}  # fmt: skip
    found = {at_: places[origin] for at_, origin in origins.items() if origin in places}
    plain = [at_ for at_ in range(len(made)) if at_ not in origins]
    taken = set(places.values())
    free = [at_ for at_ in range(len(new)) if at_ not in taken]
    like = table_diff.link_rows([made[at_] for at_ in plain], [new[at_] for at_ in free])
    found |= {plain[one]: free[other] for one, other in like.items()}
    if len(plain) == len(free):  # heads and totals, whatever they say
        found |= {one: other for one, other in zip(plain, free, strict=True) if one not in found}
    return found


def _find_pattern(row: TableRow, origins: Mapping[str, TemplateOrigin]) -> object:
    mark = next(iter(row.marks), "")
    return origins[mark].pattern if mark in origins else None


def _make_signature(cell: CellParagraphs) -> str:
    return "\n".join(paragraph.signature for paragraph in cell)


def _read_text(cell: CellParagraphs) -> str:
    return text_of_pieces(join_cell_paragraphs(cell))


def _join_row_texts(row: TableRow) -> str:
    return "｜".join(_read_text(cell) for cell in row.cells)
