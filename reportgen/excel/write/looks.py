"""How our workbooks look, whichever library writes them: styles by name, heights and widths, the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from reportgen.schema.columns import Code, ColumnType, Day, Title, WholeNumber
from reportgen.schema.model import Sheet
from reportgen.schema.periods import Deadline

TITLE, LINE, LABEL, NOTE, SECTION = "表样标题", "表样说明", "表样项目", "表样备注", "表样节名"
HEADER, HEADER_REQUIRED, HEADER_LOCKED = "表样表头", "表样必填表头", "表样锁定表头"
LABEL_REQUIRED = "表样必填项目"

HEADER_ROW = 3
"""Where the header of every sheet stands, below title and instruction; the rows follow it."""
HEADER_HEIGHT = 24
HIGHEST = 409
"""No row can be higher than this."""
SCREEN, PAGE, TITLE_ROOM = 140, 260, 40
"""How many characters side by side fit a screen, fit a printed page, are enough for a title."""

SIDES, TOP, BOTTOM, EDGE = 0.4, 0.5, 0.6, 0.3
"""Margins of a page in inches; header and footer stand so far from its edge."""
PAGE_NUMBER = "第 &P 页，共 &N 页"
A4, A3 = 9, 8

_INK, _FAINT, _RED = "1F2D3D", "5A6672", "B3261E"
_PAPER, _GREY, _DARK_GREY = "DCE6F0", "EDEDED", "D0D0D0"
_FORMATS = {"文字": "General", "编号": "@", "日期": "yyyy-m-d", "整数": "0"}


@dataclass(frozen=True)
class CellLook:
    """One style of cells; colours as RRGGBB, "" for none.  ``boxed``: with thin lines around."""

    font: str
    size: int
    bold: bool = False
    ink: str = ""
    paper: str = ""
    boxed: bool = False
    side: Literal["left", "center", "right"] = "left"
    number_format: str = "General"
    locked: bool = True

    @property
    def indent(self) -> int:
        """So many characters from the line beside which the text stands."""
        return 1 if self.boxed and self.side != "center" else 0


LINES = "9AA5B1"
"""The colour of the lines around cells."""


def _list_looks() -> Mapping[str, CellLook]:
    found = {
        TITLE: CellLook("黑体", 16, bold=True, ink=_INK),
        LINE: CellLook("宋体", 11, ink=_INK),
        SECTION: CellLook("黑体", 13, bold=True, ink=_INK),
        NOTE: CellLook("宋体", 11, ink=_FAINT, boxed=True),
    }
    for name, ink, paper in (
        (HEADER, _INK, _PAPER),
        (HEADER_REQUIRED, _RED, _PAPER),
        (HEADER_LOCKED, _INK, _DARK_GREY),
    ):
        found[name] = CellLook("黑体", 11, ink=ink, paper=paper, boxed=True, side="center")
    for name, ink in ((LABEL, _INK), (LABEL_REQUIRED, _RED)):
        found[name] = CellLook("黑体", 11, ink=ink, paper=_PAPER, boxed=True)
    for kind, code in _FORMATS.items():
        for grey, paper in (("", ""), ("灰", _GREY)):
            for lock in ("", "锁"):
                found[f"表样{kind}{grey}{lock}"] = CellLook(
                    "宋体", 11, paper=paper, boxed=True, number_format=code,
                    side="right" if kind == "整数" else "left", locked=bool(lock),
                )  # fmt: skip
    return found


LOOKS = _list_looks()
"""Every style by its name."""


def name_cell_style(column_type: ColumnType, *, locked: bool, grey: bool) -> str:
    """The style's name of a cell to be filled in, or of one that may not be changed."""
    kinds = {Code: "编号", Day: "日期", Deadline: "日期", WholeNumber: "整数"}
    return (
        f"表样{kinds.get(type(column_type), '文字')}{'灰' if grey else ''}{'锁' if locked else ''}"
    )


def name_header_style(*, required: bool, locked: bool) -> str:
    """The style's name of a column's header."""
    if locked:
        return HEADER_LOCKED
    return HEADER_REQUIRED if required else HEADER


def measure_columns(text: str) -> int:
    """How many Latin characters wide a line is."""
    return sum(map(_WIDTHS.__getitem__, text))


def count_lines_needed(text: str, width: float) -> int:
    """How many lines a text takes in a cell of that width."""
    return sum(max(1, ceil(measure_columns(line) / max(width - 3, 1))) for line in text.split("\n"))


def row_height_for(lines: int) -> float:
    """The height of a row with room for so many lines."""
    return min(max(20.0, lines * 15.0 + 4), HIGHEST)


def top_line_height(text: str, width: float, style: str) -> float:
    """The height of a line of text across the table, in as many lines as it needs."""
    size = LOOKS[style].size
    return count_lines_needed(text, width * 11 / size) * size * 1.4 + 6


@dataclass(frozen=True)
class TableLayout:
    """How a sheet of columns lies on screen and paper; ``widths``: of its columns.

    ``kept``: so many columns, those that say which row it is, stay in view of a table wider than a
    screen.
    """

    widths: Sequence[float]
    kept: int

    @classmethod
    def of(cls, sheet: Sheet) -> TableLayout:
        """That of a declared sheet."""
        widths = [max(column.width, 2 * len(column.name) + 4) for column in sheet.columns]
        titles = [n for n, column in enumerate(sheet.columns, 1) if isinstance(column.type, Title)]
        return cls(widths, (*titles, 1)[0] if sum(widths) > SCREEN else 0)

    @property
    def pages(self) -> int:
        """Over how many pages side by side it is printed."""
        return 2 if sum(self.widths) > PAGE else 1

    @property
    def across(self) -> int:
        """Over how many columns the title goes: all, or if possible those that stay in view."""
        return self.kept if sum(self.widths[: self.kept]) > TITLE_ROOM else len(self.widths)


class _Widths(dict[str, int]):
    """The width of each character met so far."""

    def __missing__(self, char: str) -> int:
        self[char] = 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        return self[char]


_WIDTHS = _Widths()
