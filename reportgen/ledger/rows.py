"""Which rows below the header are records, what their cells hold, and what is left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from reportgen.data import RawSheet, address
from reportgen.glyphs import half_width
from reportgen.ledger.days import read_day
from reportgen.ledger.header import Header
from reportgen.ledger.model import Cell, Field, LeftOut, Mapped, Record, Table
from reportgen.ledger.titles import word
from reportgen.schema.columns import ColumnType, Day, Flaw, is_blank, plain_text


def read_rows(
    file: str, raw: RawSheet, header: Header, fields: tuple[Field, ...], others: Sequence[str]
) -> Table:
    """The whole table under a header."""
    above = [_line(raw, row) for row in range(raw.first_row, header.rows[0])]
    year = year_of((*above, raw.name))
    body = _Body(raw, header, fields, year)
    records, left_out = body.sort_out()
    return Table(
        file, raw.name, [line for line in above if line], header.rows, header.mapped,
        list(header.unused(raw, fields)), records, left_out, others, year,
    )  # fmt: skip


def year_of(texts: Iterable[str]) -> int | None:
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
    """The rows of a sheet below its header."""

    raw: RawSheet
    header: Header
    fields: tuple[Field, ...]
    year: int | None

    def sort_out(self) -> tuple[list[Record], list[LeftOut]]:
        """Every row is (part of) a record or left out with a reason; none is passed over."""
        records: list[Record] = []
        left_out: list[LeftOut] = []
        section = ""
        for row in range(self.header.rows[1] + 1, self.raw.first_row + len(self.raw.rows)):
            texts = self.texts(row)
            if records and self.continues(row, records[-1].row):
                records.append(replace(self.record(row, section), of=records[-1].first))
            elif reason := self.why_not(texts):
                left_out.append(LeftOut(row, reason, _line(self.raw, row)))
                section = next(iter(texts.values())) if reason == _LONE else section
            else:
                records.append(self.record(row, section))
        return records, left_out

    def texts(self, row: int) -> dict[int, str]:
        """The filled cells of a row, odd ones too, by column."""
        first = self.raw.first_column
        line = self.raw.rows[row - self.raw.first_row]
        texts = {
            first + n: plain_text(value) for n, value in enumerate(line) if not is_blank(value)
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
            return "合计行"
        if len(texts) == 1 and self._width > 2:
            return _LONE
        mapped = [column for column in self._columns if column in texts]
        if not essential and (len(mapped) < 3 or not self._is_numbered(texts)):
            return f"没有{self._essential_title}"
        return ""

    def continues(self, row: int, last: int) -> bool:
        """Whether the record above reaches down to this row by a merged cell."""
        top = self._top(row, self._essential)
        return top is not None and top <= last

    def record(self, row: int, section: str) -> Record:
        """The row as a record; cells merged with those above count here too."""
        cells: dict[str, tuple[Cell, ...]] = {}
        for name, group in groupby(sorted(self.header.mapped, key=lambda one: one.field), _name):
            columns = list(group)
            read = self._ticked if columns[0].value else self._plain
            if found := tuple(read(row, columns)):
                cells[name] = found
        return Record(row, cells, section)

    def _plain(self, row: int, columns: Sequence[Mapped]) -> Iterator[Cell]:
        for mapped in columns:
            if cell := self._cell(self._top(row, mapped.column) or row, mapped):
                yield cell

    def _cell(self, row: int, mapped: Mapped) -> Cell | None:
        place = address(row, mapped.column)
        if odd := self.raw.odd.get((row, mapped.column)):
            flaw = "公式没有算出的结果" if odd.startswith("=") else "错误值"
            return Cell(None, odd, place, mapped.title, flaw)
        value = self.raw.at(row, mapped.column)
        if is_blank(value) or _DASHES.fullmatch(text := plain_text(value)):
            return None
        kind = self._types[mapped.field]
        if isinstance(kind, Day):
            day = read_day(value, self.year, kind)
            return Cell(day.day, text, place, mapped.title, day.flaw, day.guess)
        found = kind.read(value)
        if isinstance(found, Flaw):
            return Cell(None, text, place, mapped.title, _flaw(found))
        return Cell(found, text, place, mapped.title)

    def _ticked(self, row: int, columns: Sequence[Mapped]) -> Iterator[Cell]:
        """One value from the columns of which one is ticked."""
        texts = [(one, plain_text(self.raw.at(row, one.column) or "")) for one in columns]
        filled = [(one, text) for one, text in texts if text and text not in _NOT_TICKED]
        strange = [text for one, text in filled if not _is_tick(text, one)]
        for one, text in filled:
            place = address(row, one.column)
            if strange:
                yield Cell(None, text, place, one.title, "应只在一栏打勾，这里写的不是勾")
            elif len(filled) > 1:
                yield Cell(None, text, place, one.title, "同一行打了不止一个勾")
            else:
                yield Cell(one.value, text, place, one.title)

    def _repeats_header(self, texts: Mapping[int, str]) -> bool:
        titles = {
            column: {word(part) for part in path} for column, path in self.header.paths.items()
        }
        same = [c for c, text in texts.items() if word(text) in titles.get(c, ())]
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
    def _essential_column(self) -> Mapped:
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


_LONE = "只有一格有内容，看作小标题或附注"


def _name(mapped: Mapped) -> str:
    return mapped.field


def _is_total(texts: Sequence[str], essential: str) -> bool:
    """Whether one of the first cells says 合计, and the essential one holds nothing of its own."""
    heads = [word(text) for text in texts[:3]]
    if any(_TOTAL_ALONE.fullmatch(head) for head in heads):
        return True
    no_title = not essential or bool(re.fullmatch(r"共?\d+件?", word(essential)))
    return any(_TOTAL.fullmatch(head) for head in heads if no_title or head == word(essential))


def _is_tick(text: str, mapped: Mapped) -> bool:
    return half_width(text) in _TICKED or text in _TICKED or word(text) == word(mapped.value)


def _line(raw: RawSheet, row: int) -> str:
    """What stands in a row, cell after cell."""
    line = raw.rows[row - raw.first_row]
    return " ".join(" ".join(plain_text(value).split()) for value in line if not is_blank(value))


def _flaw(flaw: Flaw) -> str:
    match flaw.code:
        case "not-in-list":
            return "不在可选范围内（" + flaw.details["options"] + "）"
        case "wrong-type":
            return "不是" + flaw.details["expected"]
    return "看不出是哪一项"
