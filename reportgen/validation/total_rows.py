"""Rows that are no records but totals of others: 合计, 小计, 总计.

Beside its parts a total is compared with them and then left out, so that nothing is counted twice;
what it says and nothing can be compared with is told.  Alone it is a record.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from reportgen.glyphs import half_width
from reportgen.issues import Issue
from reportgen.raw import RawSheet, make_address
from reportgen.schema.amounts import Amount, SameUnit, normalise_unit
from reportgen.schema.columns import decimal_to_text, is_blank, normalise_name, to_plain_text
from reportgen.schema.model import Sheet
from reportgen.schema.numerals import TOTAL, parse_count
from reportgen.validation.header_match import SheetLayout

_LOOKED_AT = 3
"""The word stands in one of the first so many filled cells."""
_MANY = 50
"""Of more totals each is that of a part of the sheet; to try them all on all rows would take long."""
_WORD = re.compile(rf"{TOTAL}(?:数|[:(].{{0,12}})?|其中:.*")
_SIGN = re.compile("[计共总其]")
"""Without one of these no word is one of them."""
_STARTS = re.compile(TOTAL)
_PERHAPS = re.compile(rf"{TOTAL}.{{0,12}}|.{{0,10}}{TOTAL}|计|共计?[\d一二三四五六七八九十]+\w?")
"""What is such a word only where the row holds nothing but numbers else."""
_SINCE_LAST = re.compile("小计|本页计")
_NUMBER = re.compile(r"(?<![a-zA-Z\d])\d|[一二两三四五六七八九十][件条项个名人家份]")
"""What somebody may take for a figure; not the 2 of m2."""
_OF_OTHERS = re.compile("[人名家]")

Groups = Sequence[Sequence[int]]
"""Rows that a total may be of."""
_ToldTotal = tuple[int, Decimal, Sequence[Decimal]]
"""A column, the number that a total says there, and what would be right; nothing if it is."""


def set_totals_apart(
    file: str, raw: RawSheet, sheet: Sheet, layout: SheetLayout
) -> tuple[SheetLayout, list[Issue]]:
    """The layout without the rows of totals, and every total that is not that of its parts."""
    order = sorted(layout.columns.values())
    found = [_TotalRow(raw, sheet, layout, row, order) for row in layout.rows]
    totals = [replace(total, word_at=at) for total in found if (at := total.find_word())]
    rows = dict.fromkeys(total.row for total in totals)
    parts = [row for row in layout.rows if row not in rows]
    if not totals or not parts:
        return layout, []
    blank = Issue("", file, raw.name)
    issues = [
        one
        for total in totals
        for one in total.compare(_group_rows(total, list(rows), parts), blank)
    ]
    return replace(layout, rows=parts), issues


def _group_rows(total: _TotalRow, totals: Sequence[int], parts: Sequence[int]) -> Groups:
    """The rows that a total may be of, the likeliest first; where it is the only one, all rows.

    A part of a sheet may have its total below or above; 合计 may be that of all, or so far.
    """
    if len(totals) == 1:
        return [parts]
    place = totals.index(total.row)
    here = bisect_left(parts, total.row)
    start = bisect_left(parts, totals[place - 1]) if place else 0
    stop = bisect_left(parts, totals[place + 1]) if place + 1 < len(totals) else len(parts)
    since, until = parts[start:here], parts[here:stop]
    so_far = parts[:here] if place + 1 < len(totals) else []
    in_part = len(totals) > _MANY or _SINCE_LAST.match(total.word)
    own = [since, until] if in_part else [parts, so_far, since]
    return [group for group in own if group] or ([] if len(totals) > _MANY else [parts])


@dataclass(frozen=True)
class _TotalRow:
    """A row, perhaps of totals; ``order``: the declared columns from left to right.

    ``word_at``: the column of the word that makes it a total; 0 if it is none.
    """

    raw: RawSheet
    sheet: Sheet
    layout: SheetLayout
    row: int
    order: Sequence[int]
    word_at: int = 0

    def find_word(self) -> int:
        """What ``word_at`` is to be."""
        looked_at = 0
        for column in self.order:
            if word := self._word(column):
                if self._makes_total(column, word):
                    return column
                looked_at += 1
                if looked_at == _LOOKED_AT:
                    break
        return 0

    @property
    def word(self) -> str:
        """That word: 合计."""
        return self._word(self.word_at)

    def compare(self, groups: Groups, blank: Issue) -> Iterator[Issue]:
        """total-differs at a cell that is the total of none of the groups of rows.

        total-row where it says something that could not be compared, or nothing that could.
        """
        said = list(self._added(groups) if self.sheet.added_up else self._counted(groups))
        for column, _, right in said:
            if right:
                yield self._differs(column, right[0], blank)
        compared = {column for column, *_ in said}
        untold = [each for each in self.order if self._holds_number(each) and each not in compared]
        if untold or not said:
            texts = dict.fromkeys([self.word, *map(self._text, untold)])
            cell = make_address(self.row, self.word_at)
            yield replace(blank, code="total-row", cell=cell, value=" ".join(texts))

    def _differs(self, column: int, right: Decimal, blank: Issue) -> Issue:
        shown = "各行之和却是{}" if self.sheet.added_up else "其余却有{}行"
        details = {"right": shown.format(decimal_to_text(right))}
        cell, text = make_address(self.row, column), self._text(column)
        return replace(blank, code="total-differs", cell=cell, value=text, details=details)

    def _makes_total(self, column: int, word: str) -> bool:
        if self.sheet.whole and self._names_whole(column, word):
            return True
        if not _SIGN.search(word):
            return False
        if _WORD.fullmatch(word) or (_STARTS.match(word) and parse_count(word) is not None):
            return not (self.sheet.added_up and word.startswith("其中"))
        return bool(_PERHAPS.fullmatch(word)) and self._only_numbers_beside(column)

    def _names_whole(self, column: int, word: str) -> bool:
        key = self.sheet.columns[0]
        in_key = column == self.layout.columns.get(key.name)
        return in_key and key.type.read(word) == self.sheet.whole

    def _only_numbers_beside(self, column: int) -> bool:
        """Whether the row says nothing but numbers else, and one at least."""
        filled = [each for each in self.order if self._word(each) and each != column]
        numbers = [parse_count(self._text(each)) is not None for each in filled]
        return all(numbers) and (bool(numbers) or parse_count(self._text(column)) is not None)

    def _added(self, groups: Groups) -> Iterator[_ToldTotal]:
        """Each column that is added up and filled here, as far as its parts can be added."""
        for name in self.sheet.added_up:
            column = self.layout.columns.get(name, 0)
            own = self._amount(self.row, name)
            sums = [self._sum(name, group) for group in groups if self._one_unit(group)]
            right = [each for each in sums if each is not None]
            if column and own is not None and right and len(right) == len(groups):
                yield column, own, () if own in right else right

    def _counted(self, groups: Groups) -> Iterator[_ToldTotal]:
        """Each number that is how many rows there are, or something in them, or should be.

        Several may be the parts of how many there are.
        """
        counts = self._counts(list(chain(*groups))) if not self.word.startswith("其中") else {}
        rows = [Decimal(len(group)) for group in groups]
        together = sum(counts.values()) in rows
        whole = together or any(self._says_rows(c) and counts[c] in rows for c in counts)
        for column, count in counts.items():
            if count in {*rows, *self._held(column, groups)} or together:
                yield column, count, ()
            elif not whole and self._says_rows(column):
                yield column, count, rows

    def _counts(self, parts: Sequence[int]) -> dict[int, Decimal]:
        """By column, how many a cell says there are; a bare number only where the rows have none."""
        texts = {column: self._text(column) for column in self.order if column >= self.word_at}
        counts = ((column, parse_count(text)) for column, text in texts.items())
        return {
            column: count
            for column, count in counts
            if count is not None
            and not (half_width(texts[column]).isdigit() and self._is_numeric(column, parts))
        }

    def _says_rows(self, column: int) -> bool:
        """Whether a number there cannot mean how many of the rows are such, or who is in them."""
        text = self._text(column)
        return "件" in text or (column in self.order[:_LOOKED_AT] and not _OF_OTHERS.search(text))

    def _is_numeric(self, column: int, parts: Sequence[int]) -> bool:
        return any(
            half_width(to_plain_text(value or "")).isdigit()
            for value in self.raw.down(column, parts)
        )

    def _held(self, column: int, groups: Groups) -> Iterator[Decimal]:
        """How many cells of the column are filled, and with how many different contents."""
        for group in groups:
            filled = [value for value in self.raw.down(column, group) if not is_blank(value)]
            yield Decimal(len(filled))
            yield Decimal(len({to_plain_text(value or "") for value in filled}))

    def _sum(self, name: str, parts: Sequence[int]) -> Decimal | None:
        numbers = [self._amount(part, name) for part in parts]
        exact = [number for number in numbers if number is not None]
        return sum(exact, Decimal()) if len(exact) == len(numbers) else None

    def _amount(self, row: int, name: str) -> Decimal | None:
        """What a cell adds; None if that cannot be told."""
        spot = row, self.layout.columns.get(name, 0)
        value = self.raw.at(*spot)
        if is_blank(value) or spot in self.raw.odd:
            return None
        read = self.sheet.column(name).type.read(value)
        if isinstance(read, Amount):
            return read.number
        return Decimal(read) if isinstance(read, int) else None

    def _one_unit(self, parts: Sequence[int]) -> bool:
        """Whether the parts and, where it says one, the total have one unit, if the sheet has any."""
        names = [rule.unit for rule in self.sheet.rules if isinstance(rule, SameUnit)]
        columns = [self.layout.columns[name] for name in names if name in self.layout.columns]
        cells = [self.raw.at(row, column) for row in parts for column in columns]
        own = [self.raw.at(self.row, column) for column in columns]
        cells += [value for value in own if not is_blank(value)]
        return len({normalise_unit(to_plain_text(value or "")) for value in cells}) < 2

    def _holds_number(self, column: int) -> bool:
        odd = (self.row, column) in self.raw.odd
        return odd or bool(_NUMBER.search(half_width(self._text(column))))

    def _word(self, column: int) -> str:
        return normalise_name(self._text(column))

    def _text(self, column: int) -> str:
        value = self.raw.at(self.row, column)
        text = "" if value is None else to_plain_text(value)
        return text or self.raw.odd.get((self.row, column), "")
