"""The remarks of an import as they are made: nothing is inferred or moved without one."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.ledger.model import ImportRemark, LedgerCell, LedgerTable, Matter
from reportgen.raw import parse_address


class RemarkLog:
    """Remarks on single cells of a table, and inferences that hold for many rows, each said once."""

    def __init__(self, table: LedgerTable) -> None:
        self._table = table
        self._remarks: dict[ImportRemark, None] = {}
        self._assumed: dict[str, dict[int, None]] = {}

    def say(self, matter: Matter, cell: LedgerCell, column: str, done: str) -> None:
        """Something about one cell; ``column``: ours."""
        self._remarks[ImportRemark(matter, cell.place, column, cell.text, done)] = None

    def note(self, matter: Matter, column: str, text: str, done: str) -> None:
        """Something about no cell in particular."""
        self._remarks[ImportRemark(matter, "", column, text, done)] = None

    def assume(self, done: str, rows: Iterable[int] = ()) -> None:
        """What was inferred in these rows (of the whole ledger, if none is named)."""
        self._assumed.setdefault(done, {}).update(dict.fromkeys(rows))

    def remarks(self) -> list[ImportRemark]:
        """All of them, by matter, those on single cells first."""
        assumed = [
            ImportRemark(Matter.GUESS, self._table.rows_named(rows), "", "", done)
            for done, rows in self._assumed.items()
        ]
        return sorted([*self._remarks, *assumed], key=_rank_remark)


def _rank_remark(remark: ImportRemark) -> tuple[int, bool, int, int]:
    """By matter, then as one goes through the cells."""
    is_cell = remark.place[:1].isascii() and bool(remark.place)
    return (
        list(Matter).index(remark.matter),
        not is_cell,
        *(parse_address(remark.place) if is_cell else (0, 0)),
    )
