"""What a foreign ledger may hold (``LedgerField``), and what was made of it (``LedgerTable``, ``TransferResult``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from reportgen.raw import make_address
from reportgen.schema.columns import Choice, ColumnType

RecordsBySheet = Mapping[str, Sequence[Mapping[str, object]]]
"""What to write into a standard workbook: by sheet, records by column name."""


@dataclass(frozen=True, eq=False)
class LedgerField:
    """One thing that a ledger's column may hold.

    ``titles``: headings by which it goes, the surest first; ``组/名`` is a heading under a group's.
    ``doubtful``: those of them that are believed only if the content is of this ``type``.
    ``ticks``: headings of columns in which a tick stands for a value.  ``many``: several columns
    may hold it.  ``around``: words of its trade that may stand around a title without changing what
    it means.  ``essential``: without it, a table is no ledger; ``content``: how its texts begin,
    by which it is told if no heading is.
    """

    name: str
    titles: tuple[str, ...]
    type: ColumnType
    doubtful: tuple[str, ...] = ()
    ticks: Mapping[str, str] = field(default_factory=dict)
    many: bool = False
    essential: bool = False
    content: str = ""
    around: tuple[str, ...] = ()

    @classmethod
    def of_choice(
        cls, name: str, titles: tuple[str, ...], choice: Choice, **more: object
    ) -> LedgerField:
        """A field of a fixed list; a column headed by one of the options may hold ticks."""
        ticks = {**choice.aliases, **{option: option for option in choice.options}}
        return replace(cls(name, titles, choice, ticks=ticks), **more)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of the ledger and what it was taken for; ``value``: what a tick in it stands for."""

    field: str
    column: int
    title: str
    reason: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class UnusedColumn:
    """A column that was not taken; ``cells``: its content by row."""

    column: int
    title: str
    reason: str
    cells: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class LedgerCell:
    """One cell of a record.  ``value``: None where it was not understood; ``flaw`` then says why.

    ``guess``: what had to be added to understand it.  ``row``: that of its record.
    """

    value: object
    text: str
    place: str
    title: str
    row: int
    flaw: str = ""
    guess: str = ""


@dataclass(frozen=True, slots=True)
class LedgerRecord:
    """One record: cells by field.  ``section``: the line that stood above it among the rows.

    ``above``: what stands above the header of its sheet, and the sheet's name.  ``of``: the row of the record that this one belongs to, because a merged cell holds them
    together; 0 if it stands for itself.
    """

    row: int
    cells: Mapping[str, tuple[LedgerCell, ...]]
    section: str = ""
    of: int = 0
    above: str = ""

    @property
    def first(self) -> int:
        """The row at which what it belongs to begins."""
        return self.of or self.row

    def value(self, name: str) -> object:
        """The first value understood of a field, or None."""
        return next((cell.value for cell in self.all(name) if cell.value is not None), None)

    def text(self, name: str) -> str:
        """A field's first text as typed, or nothing."""
        return next((cell.text for cell in self.all(name)), "")

    def all(self, name: str) -> tuple[LedgerCell, ...]:
        """All filled cells of a field."""
        return self.cells.get(name, ())


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """A row that is no record, why, and what stood in it."""

    row: int
    reason: str
    text: str


@dataclass(frozen=True)
class LedgerTable:
    """A ledger as read; ``above``: the lines above its header; ``others``: sheets passed over.

    ``sheets``: names of those that make it up; rows of the second are counted from
    ``ROWS_OF_A_SHEET`` on, of the third from twice that.  ``year``: the only year named above the
    header or by the sheet, else None.
    """

    file: str
    sheets: Sequence[str]
    above: Sequence[str]
    header_rows: tuple[int, int]
    mapped: Sequence[MappedColumn]
    unused: Sequence[UnusedColumn]
    records: Sequence[LedgerRecord]
    left_out: Sequence[LeftOutRow]
    others: Sequence[str] = ()
    year: int | None = None

    def place(self, row: int, column: int) -> str:
        """A cell as the user finds it: ``B7``, in a further sheet ``“闭会”B7``."""
        sheet, number = divmod(row, ROWS_OF_A_SHEET)
        label = f"“{self.sheets[sheet]}”" if sheet else ""
        return f"{label}{make_address(number, column)}"

    def rows_named(self, rows: Iterable[int]) -> str:
        """``第3、4行``, with rows of a further sheet ``第3、4行，“闭会”第2行``."""
        by_sheet: dict[int, list[str]] = {}
        for row in rows:
            by_sheet.setdefault(row // ROWS_OF_A_SHEET, []).append(str(row % ROWS_OF_A_SHEET))
        return "，".join(
            f"{f'“{self.sheets[sheet]}”' if sheet else ''}第{'、'.join(found)}行"
            for sheet, found in by_sheet.items()
        )

    def has(self, name: str) -> bool:
        """Whether a column was taken for that field."""
        return any(mapped.field == name for mapped in self.mapped)

    def column(self, name: str) -> MappedColumn | None:
        """The first column taken for a field."""
        return next((mapped for mapped in self.mapped if mapped.field == name), None)

    def cells(self) -> Iterator[tuple[str, LedgerCell]]:
        """Every cell read, with its field, row by row."""
        for record in self.records:
            for name, cells in record.cells.items():
                yield from ((name, cell) for cell in cells)


ROWS_OF_A_SHEET = 10_000_000
"""More rows than any sheet has."""


class Matter(StrEnum):
    """What a remark is about, in the order in which they are shown."""

    UNREAD = "没有读懂"
    GUESS = "推断填写，请核对"
    NAMES = "名称相近，没有合并"
    MOVED = "改记在别处"
    ADVICE = "还可填写"


@dataclass(frozen=True, slots=True)
class ImportRemark:
    """One thing the user should know: where, which column of ours, what stood there, what was done."""

    matter: Matter
    place: str
    column: str
    text: str
    done: str


@dataclass(frozen=True)
class TransferResult:
    """What a ledger became: the register's rows, and by department the rows of its return.

    ``missing``: required columns of which the ledger told nothing at all.
    """

    register: RecordsBySheet
    returns: Mapping[str, RecordsBySheet]
    remarks: Sequence[ImportRemark]
    summary: Sequence[str]
    missing: Sequence[str] = ()
