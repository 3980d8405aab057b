"""Which rows below the header are records, what their cells hold, and what is left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from reportgen.glyphs import half_width
from reportgen.ledger.blocks import LedgerBlock
from reportgen.ledger.dates import read_ledger_day
from reportgen.ledger.header import LedgerHeader
from reportgen.ledger.model import (
    ROWS_OF_A_SHEET,
    LedgerCell,
    LedgerField,
    LedgerRecord,
    LedgerTable,
    LeftOutRow,
    MappedColumn,
    UnusedColumn,
)
from reportgen.ledger.visible_cells import explain_doubt
from reportgen.raw import PICTURE, RawSheet, make_address
from reportgen.schema.columns import ColumnType, Day, Flaw, is_blank, to_plain_text
from reportgen.schema.headings import normalise_heading
from reportgen.schema.numerals import parse_count


def read_blocks(
    file: str, blocks: Sequence[LedgerBlock], fields: tuple[LedgerField, ...], others: Sequence[str]
) -> LedgerTable:
    """The whole table: the rows under all its headers; those of a further block come after."""
    above = [_read_above(block) for block in blocks]
    records: list[LedgerRecord] = []
    left_out: list[LeftOutRow] = []
    section = ""
    for number, block in enumerate(blocks):
        is_later = number > 0 and block.raw is blocks[number - 1].raw
        section = section if is_later else (block.raw.name if blocks[-1].sheet else "")
        body = _Body(block, fields, find_only_year(above[number]), "\n".join(above[number]))
        left_out += body.header_rows() if is_later else ()
        section = body.sort_out(records, left_out, section)
    return LedgerTable(
        file, list(dict.fromkeys(block.raw.name for block in blocks)),
        [line for lines in dict.fromkeys(tuple(lines[:-1]) for lines in above) for line in lines if line],
        blocks[0].header.rows, list(_iter_mapped(blocks)), list(_iter_unused(blocks, fields)),
        records, left_out, others, find_only_year(line for lines in above for line in lines),
    )  # fmt: skip


def _read_above(block: LedgerBlock) -> list[str]:
    """The lines above the first header of a block's sheet, and the sheet's name."""
    raw = block.raw
    return [*(_read_line(raw, row) for row in range(raw.first_row, block.top)), raw.name]


def _iter_mapped(blocks: Sequence[LedgerBlock]) -> Iterator[MappedColumn]:
    """The columns taken in all blocks; those that only a later header has say so."""
    known: set[tuple[str, int, str]] = set()
    for block in blocks:
        new = [one for one in block.header.mapped if _key_of(one) not in known]
        known |= {_key_of(one) for one in new}
        where = "" if block is blocks[0] else f"（第{block.header.rows[0]}行的表头）"
        yield from (replace(one, reason=one.reason + where) for one in new)


def _key_of(mapped: MappedColumn) -> tuple[str, int, str]:
    return mapped.field, mapped.column, mapped.title


def _iter_unused(
    blocks: Sequence[LedgerBlock], fields: tuple[LedgerField, ...]
) -> Iterator[UnusedColumn]:
    for block in blocks:
        offset = block.sheet * ROWS_OF_A_SHEET
        for one in block.header.unused(block.raw, fields, block.last):
            yield replace(one, cells={row + offset: text for row, text in one.cells.items()})


def find_only_year(texts: Iterable[str]) -> int | None:
    """The only year named in the texts, else None."""
    found = {int(year) for text in texts for year in _YEAR.findall(half_width(text))}
    return found.pop() if len(found) == 1 else None


_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_TOTAL = re.compile(
    r"(?:合计|小计|总计|共计|累计|本页计).{0,12}|.{0,10}(?:合计|小计|总计|共计|累计)|计|共\d+件.{0,6}"
)
_TOTAL_ALONE = re.compile("合计|小计|总计|共计|累计|本页计")
_DASHES = re.compile(r"[-—–/／\\]+|无")
"""Ways of writing that there is nothing."""
_TICKED = frozenset("√✓✔☑■●○◯〇★▲*1是有VvYy对")
_NOT_TICKED = frozenset("×✗✘☐□0否无-—–/／Xx")


@dataclass(frozen=True)
class _Body:
    """The rows of a block, below its header."""

    block: LedgerBlock
    fields: tuple[LedgerField, ...]
    year: int | None
    above: str

    def sort_out(
        self, records: list[LedgerRecord], left_out: list[LeftOutRow], section: str
    ) -> str:
        """Add every row to the records or to those left out with a reason; none is passed over.

        ``section``: the heading under which the first row stands; returns that of the last.
        """
        known = len(records)
        for row in range(self.header.rows[1] + 1, self.block.last + 1):
            texts = self.texts(row)
            if len(records) > known and self.continues(row, records[-1].row - self.offset):
                records.append(replace(self.record(row, section), of=records[-1].first))
            elif reason := self.why_not(texts):
                differs = self._differs(texts, records) if reason == _SUM else ""
                left_out.append(self._left_out(row, reason + differs))
                section = next(iter(texts.values())) if reason == _LONE else section
            else:
                records.append(self.record(row, section))
        return section

    def header_rows(self) -> Iterator[LeftOutRow]:
        """The rows of the block's own header, where it is not the sheet's first."""
        first, last = self.header.rows
        return (self._left_out(row, _ANOTHER) for row in range(first, last + 1))

    def _left_out(self, row: int, reason: str) -> LeftOutRow:
        return LeftOutRow(row + self.offset, reason, _read_line(self.raw, row))

    def texts(self, row: int) -> dict[int, str]:
        """The filled cells of a row, odd ones too, by column."""
        first = self.raw.first_column
        line = self.raw.rows[row - self.raw.first_row]
        texts = {
            first + n: to_plain_text(value) for n, value in enumerate(line) if not is_blank(value)
        }
        odd = {c: self.raw.odd[row, c] for _, c in self._odd_cells.get(row, ())}
        return {**texts, **odd}

    def why_not(self, texts: Mapping[int, str]) -> str:
        """Why a row is no record; nothing if it is one."""
        if not texts:
            return "空行"
        if self._repeats_header(texts):
            return "重复的表头"
        essential = texts.get(self._essential, "")
        if _is_total([text for _, text in sorted(texts.items())], essential):
            return _SUM
        if len(texts) == 1 and self._width > 2:
            return _LONE
        mapped = [column for column in self._columns if column in texts]
        if not essential and (len(mapped) < 3 or not self._is_numbered(texts)):
            return f"没有{self._essential_title}"
        return ""

    def _differs(self, texts: Mapping[int, str], records: Sequence[LedgerRecord]) -> str:
        """What to say of a total of items that is not that of the rows above, of their section or all.

        A bare number says how many items there are if it stands under their titles.
        """
        counts = [count for column, text in texts.items()
                  if (count := parse_count(text)) is not None
                  and (column == self._essential or "件" in text)]  # fmt: skip
        items = {record.first: record.section for record in records}
        here = sum(section == records[-1].section for section in items.values()) if records else 0
        right = {len(records), len(items), here}
        if not counts or not right.isdisjoint([*counts, sum(counts)]):
            return ""
        return f"，写的是{counts[0]}件，上面读到的是{len(items)}件，请核对有没有漏行"

    def continues(self, row: int, last: int) -> bool:
        """Whether the record above reaches down to this row by a merged cell."""
        top = self._top(row, self._essential)
        return top is not None and top <= last

    def record(self, row: int, section: str) -> LedgerRecord:
        """The row as a record; cells merged with those above count here too."""
        cells: dict[str, tuple[LedgerCell, ...]] = {}
        for name, group in groupby(
            sorted(self.header.mapped, key=lambda one: one.field), _field_of
        ):
            columns = list(group)
            read = self._ticked if columns[0].value else self._plain
            if found := tuple(read(row, columns)):
                cells[name] = found
        return LedgerRecord(row + self.offset, cells, section, above=self.above)

    def _plain(self, row: int, columns: Sequence[MappedColumn]) -> Iterator[LedgerCell]:
        for mapped in columns:
            if cell := self._cell(self._top(row, mapped.column) or row, mapped):
                yield cell

    def _cell(self, row: int, mapped: MappedColumn) -> LedgerCell | None:
        place, number = self._place(row, mapped), row + self.offset
        if odd := self.raw.odd.get((row, mapped.column)):
            text, flaw = _explain_odd(odd)
            return LedgerCell(None, text, place, mapped.title, number, flaw)
        value = self.raw.at(row, mapped.column)
        if is_blank(value) or _DASHES.fullmatch(text := to_plain_text(value)):
            return None
        kind = self._types[mapped.field]
        essential = mapped.column == self._essential
        doubt = explain_doubt(self.raw, row, mapped.column, essential=essential)
        if isinstance(kind, Day):
            day = read_ledger_day(value, self.year, kind)
            guess = "；".join(filter(None, (day.guess, doubt)))
            return LedgerCell(day.day, text, place, mapped.title, number, day.flaw, guess)
        found = kind.read(value)
        if isinstance(found, Flaw):
            return LedgerCell(None, text, place, mapped.title, number, _explain_flaw(found))
        return LedgerCell(found, text, place, mapped.title, number, guess=doubt)

    def _ticked(self, row: int, columns: Sequence[MappedColumn]) -> Iterator[LedgerCell]:
        """One value from the columns of which one is ticked."""
        texts = [(one, to_plain_text(self.raw.at(row, one.column) or "")) for one in columns]
        filled = [(one, text) for one, text in texts if text and text not in _NOT_TICKED]
        strange = [text for one, text in filled if not _is_tick(text, one)]
        for one, text in filled:
            cell = LedgerCell(None, text, self._place(row, one), one.title, row + self.offset)
            if strange:
                yield replace(cell, flaw="应只在一栏打勾，这里写的不是勾")
            elif len(filled) > 1:
                yield replace(cell, flaw="同一行打了不止一个勾")
            else:
                yield replace(cell, value=one.value)

    def _place(self, row: int, mapped: MappedColumn) -> str:
        label = f"“{self.raw.name}”" if self.block.sheet else ""
        return label + make_address(row, mapped.column)

    def _repeats_header(self, texts: Mapping[int, str]) -> bool:
        titles = {
            column: {normalise_heading(part) for part in path}
            for column, path in self.header.paths.items()
        }
        same = [c for c, text in texts.items() if normalise_heading(text) in titles.get(c, ())]
        return len(same) > 1 and len(same) * 2 > len(texts)

    def _is_numbered(self, texts: Mapping[int, str]) -> bool:
        first = texts.get(min(self._columns), "")
        return bool(re.search(r"\d", half_width(first)))

    def _top(self, row: int, column: int) -> int | None:
        """The first row of the merged cell that a cell is covered by; None if by none."""
        ranges = self._merged.get(column, ())
        place = bisect_right(ranges, (row, 0)) - 1
        if place < 0:
            return None
        top, bottom = ranges[place]
        return top if top < row <= bottom and top > self.header.rows[1] else None

    @property
    def raw(self) -> RawSheet:
        return self.block.raw

    @property
    def header(self) -> LedgerHeader:
        return self.block.header

    @property
    def offset(self) -> int:
        """What is added to row numbers, so that those of several sheets differ."""
        return self.block.sheet * ROWS_OF_A_SHEET

    @cached_property
    def _merged(self) -> Mapping[int, Sequence[tuple[int, int]]]:
        """By column taken, the rows of its merged cells that reach down."""
        ranges: dict[int, list[tuple[int, int]]] = {column: [] for column in self._columns}
        for top, left, bottom, _ in self.raw.merged:
            if bottom > top and left in ranges:
                ranges[left].append((top, bottom))
        return {column: sorted(found) for column, found in ranges.items()}

    @cached_property
    def _columns(self) -> list[int]:
        return [mapped.column for mapped in self.header.mapped]

    @cached_property
    def _width(self) -> int:
        return len(self.header.paths)

    @cached_property
    def _types(self) -> Mapping[str, ColumnType]:
        return {one.name: one.type for one in self.fields}

    @cached_property
    def _essential_column(self) -> MappedColumn:
        names = {one.name for one in self.fields if one.essential}
        return next(mapped for mapped in self.header.mapped if mapped.field in names)

    @property
    def _essential(self) -> int:
        return self._essential_column.column

    @property
    def _essential_title(self) -> str:
        return self._essential_column.field

    @cached_property
    def _odd_cells(self) -> Mapping[int, list[tuple[int, int]]]:
        return {
            row: list(spots) for row, spots in groupby(sorted(self.raw.odd), lambda spot: spot[0])
        }


_ANOTHER = "另一个表头，下面各行按它读"
_SUM = "合计行"
_LONE = "只有一格有内容，看作小标题或附注"


def _field_of(mapped: MappedColumn) -> str:
    return mapped.field


def _is_total(texts: Sequence[str], essential: str) -> bool:
    """Whether one of the first cells says 合计, and the essential one holds nothing of its own."""
    heads = [normalise_heading(text) for text in texts[:3]]
    if any(_TOTAL_ALONE.fullmatch(head) for head in heads):
        return True
    no_title = not essential or parse_count(essential) is not None
    return any(
        _TOTAL.fullmatch(head) for head in heads if no_title or head == normalise_heading(essential)
    )


def _is_tick(text: str, mapped: MappedColumn) -> bool:
    return (
        half_width(text) in _TICKED
        or text in _TICKED
        or normalise_heading(text) == normalise_heading(mapped.value)
    )


def _read_line(raw: RawSheet, row: int) -> str:
    """What stands in a row, cell after cell."""
    line = raw.rows[row - raw.first_row]
    return " ".join(" ".join(to_plain_text(value).split()) for value in line if not is_blank(value))


def _explain_odd(odd: str) -> tuple[str, str]:
    """What to quote of an odd cell, and why it is not read."""
    if odd == PICTURE:
        return "（图片）", "这一格是图片"
    return odd, "公式没有算出的结果" if odd.startswith("=") else "错误值"


def _explain_flaw(flaw: Flaw) -> str:
    match flaw.code:
        case "not-in-list":
            return "不在可选范围内（" + flaw.details["options"] + "）"
        case "wrong-type":
            return "不是" + flaw.details["expected"]
    return "看不出是哪一项"
