"""Text parted by tabs, commas or semicolons → the rows of a table, and what had to be assumed.

A row may take several lines: a cell in quotation marks may hold line ends, and some systems write
them without quotation marks.  Not every cell that begins with a quotation mark is meant so: systems
that escape nothing begin a title with one that nothing closes.  Such a mark is part of the text,
never a reason to take the following rows for the inside of one cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.raw import Value


@dataclass(frozen=True)
class TextTable:
    """The rows of a text; ``notes``: what to look at again, in words for the user."""

    rows: list[list[Value]]
    notes: tuple[str, ...]


class TooLongError(ValueError):
    """A text that is no table: see ``MAX_LINES``."""


def read_text_table(text: str) -> TextTable | None:
    """The one table in a text; None if nothing parts its columns.

    Raises:
        TooLongError: it has more lines or cells than any table of this trade.
    """
    counts = [text.count(sign) for sign in _SIGNS]
    if max(counts) > MAX_CELLS or max(text.count("\n"), text.count("\r")) > MAX_LINES:
        raise TooLongError
    lines = _split_lines(text)
    sign, width = _find_separator(lines[:_LOOKED_AT])
    if width < 2:
        return None
    found = list(_iter_rows(lines, sign, width))
    rows: list[list[Value]] = [[_drop_text_marks(cell) for cell in row.cells] for row in found]
    return TextTable(rows, tuple(_iter_notes(found, width)))


MAX_LINES, MAX_CELLS = 150_000, 2_000_000
"""Lines of a text; signs of one kind that may part its cells."""
_SIGNS = "\t,;|，"
_LOOKED_AT = 200
"""Lines of a text from which one sees what parts its columns."""
_LONGEST, _BUDGET = 200_000, 20_000_000
"""Characters that one row may take; characters looked at in search of rows' ends, all together."""
_NAMED = 12
"""Rows named in a note."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line and whether it ends otherwise than most lines of the text."""

    text: str
    is_soft: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row; ``is_unpaired``: one begins with a quotation mark that is just text."""

    cells: list[str]
    is_unpaired: bool = False


def _split_lines(text: str) -> list[_Line]:
    """Parted at line ends only: other signs that Python calls so may stand inside a cell."""
    pieces = re.split(r"(\r\n|\r|\n)", text)
    texts, ends = pieces[::2], pieces[1::2]
    usual = Counter(ends).most_common(1)[0][0] if ends else ""
    lines = [_Line(line, end != usual) for line, end in zip(texts, ends, strict=False)]
    return lines + ([_Line(texts[-1], is_soft=False)] if texts[-1] else [])


def _find_separator(lines: Sequence[_Line]) -> tuple[str, int]:
    """The sign that parts the columns, and how many columns most rows have.

    Lines that end inside a quoted cell, or seem to, have no say.
    """

    def regularity(sign: str) -> tuple[int, int]:
        closed = [line.text for line in lines if not _is_open(line.text, sign)]
        widths = Counter(len(_split_cells(text, sign)) for text in closed)
        return max(
            ((width * count, width) for width, count in widths.items() if width > 1),
            default=(0, 0),
        )

    sign = max(_SIGNS, key=regularity)
    return sign, regularity(sign)[1]


def _iter_rows(lines: Sequence[_Line], sign: str, width: int) -> Iterator[_Row]:
    place, budget = 0, _BUDGET
    while place < len(lines):
        first = lines[place]
        is_open = _is_open(first.text, sign)
        taken = 0
        if budget > 0 and (
            is_open or (first.is_soft and len(_split_cells(first.text, sign)) < width)
        ):
            taken, looked_at = _measure_row(lines, place, sign, width)
            budget -= looked_at
        text = "\n".join(line.text for line in lines[place : place + (taken or 1)])
        yield _Row(_split_cells(text, sign), is_unpaired=is_open and not taken)
        place += taken or 1


def _measure_row(lines: Sequence[_Line], place: int, sign: str, width: int) -> tuple[int, int]:
    """How many lines the row that begins at ``place`` takes; 0 if no number makes it a whole row.

    And how many characters were looked at.  A line that would be a whole row by itself is never
    taken for the inside of a cell.
    """
    text = lines[place].text
    first_is_whole = len(_split_cells(text, sign)) == width
    looked_at, before_is_whole = len(text), False
    for last in range(place + 1, len(lines)):
        line = lines[last]
        text += "\n" + line.text
        looked_at += len(text)
        is_whole = len(_split_cells(line.text, sign)) == width
        if before_is_whole or (first_is_whole and is_whole) or len(text) > _LONGEST:
            break
        if not _is_open(text, sign) and (found := len(_split_cells(text, sign))) >= width:
            return (last + 1 - place if found == width else 0), looked_at
        before_is_whole = is_whole
    return 0, looked_at


def _is_open(text: str, sign: str) -> bool:
    """Whether a cell begins with a quotation mark and nothing closes it."""
    return any(kind == "open" for kind, _ in _iter_cells(text, sign))


def _split_cells(text: str, sign: str) -> list[str]:
    """The cells; a quotation mark that nothing closes is part of its cell's text."""
    return [cell for _, cell in _iter_cells(text, sign)]


def _iter_cells(text: str, sign: str) -> Iterator[tuple[str, str]]:
    place = 0
    while place <= len(text):
        quoted = _QUOTED.match(text, place)
        end = quoted.end() if quoted else place
        if quoted and (end == len(text) or text[end] == sign):
            yield "quoted", quoted[1].replace('""', '"')
        else:
            is_open = quoted is None and text.startswith('"', place)
            end = text.find(sign, place)
            end = len(text) if end < 0 else end
            yield "open" if is_open else "plain", text[place:end]
        place = end + 1


_QUOTED = re.compile(r'"((?:[^"]++|"")*+)" *+')


def _drop_text_marks(cell: str) -> Value:
    """A cell without Excel's devices for keeping text as text: ``="001"``, ``'001``."""
    found = re.fullmatch(r"\s*(?:=\"([^\"]*)\"|'(\d+))\s*", cell)
    text = cell if found is None else found[1] or found[2]
    return text or None


def _iter_notes(rows: Sequence[_Row], width: int) -> Iterator[str]:
    unpaired = [number for number, row in enumerate(rows, 1) if row.is_unpaired]
    if unpaired:
        yield f"{_name_rows(unpaired)}有不成对的引号，引号当作文字照原样读入，请核对"
    begun = next((n for n, row in enumerate(rows) if len(row.cells) == width), 0)
    others = [
        number
        for number, row in enumerate(rows[begun:], begun + 1)
        if len(row.cells) != width and _is_filled_beyond_one(row, width)
    ]
    if others:
        yield f"{_name_rows(others)}的栏数与其他各行（{width}栏）不同，内容可能错位，请核对"


def _is_filled_beyond_one(row: _Row, width: int) -> bool:
    """Whether a row of another width says something: blank rows and headings among rows do not."""
    filled = [place for place, cell in enumerate(row.cells) if cell.strip()]
    return len(filled) > 1 and (len(row.cells) < width or filled[-1] >= width)


def _name_rows(numbers: Sequence[int]) -> str:
    shown = "、".join(map(str, numbers[:_NAMED]))
    return f"第{shown}行" if len(numbers) <= _NAMED else f"第{shown}等{len(numbers)}行"
