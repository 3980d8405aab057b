"""Room on paper: how wide a text is, where it breaks, how high a chart must be.

Widths are counted in ems (one Chinese character is one em wide), on the safe side for every font,
so that a chart has the same layout whichever font it is drawn in.  Lengths are millimetres.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 150.0
"""Every chart is as wide as the text of the page, nearly."""

TALLEST = 205.0
"""A chart and its caption stay on one page."""

TEXT = 9.5
"""Points; the size of all text in a chart unless there are too many rows for it."""

SIZES = (TEXT, 9.0, 8.5, 8.0, 7.5, 7.0)
"""Points; what rows may be set in where there are many."""

LABELS = 58.0
"""The widest that the column of category names may become."""

FEW_ROWS = 8
"""More rows stand closer together: a high chart leaves half a page empty where it does not fit."""

SHARES_BAR = 18.0
"""The divided bar of shares with the space below it."""

SHARE_NAMES = 104.0
"""The widest that the names of shares may become."""

LEGEND_LINE = 5.2
"""From one line of a legend to the next."""

LEGEND_NAMES = 140.0
"""The widest that a name in a legend may become."""

_POINT = 25.4 / 72
_LINE = 1.25
_NEVER_FIRST = "，。、；：？！）》”’】〉%％,.;:?!)"
_NEVER_LAST = "（《“‘【〈("


@dataclass(frozen=True)
class BarRows:
    """Where the rows of a bar chart stand.

    ``names``: each in lines; ``size``: of the text; ``left`` edge of the bars and the ``room`` they
    have; ``middles`` of the rows; ``thickness``: of a row's bars together.
    """

    names: Sequence[Sequence[str]]
    size: float
    left: float
    room: float
    middles: Sequence[float]
    thickness: float


def place_rows(
    names: Sequence[str], ends: Sequence[str], top: float, height: float, bars: int = 1
) -> BarRows:
    """Rows that fill the height below ``top``; the text is as large as they allow.

    ``ends``: what is written behind the bars.
    """
    pitch = (height - top - 2.0) / len(names)
    fits = (size for size in SIZES if row_height(names, size, bars) <= pitch + 0.01)
    size = next(fits, min(SIZES[-1], pitch / line_height(1.0)))
    lines = [wrap_text(name, LABELS, size) for name in names]
    left = max(measure_width(line, size) for row in lines for line in row) + 2.0
    room = WIDTH - left - max(measure_width(end, size) for end in ends) - 2.0
    middles = [top + 1.0 + pitch * (number + 0.5) for number in range(len(names))]
    return BarRows(lines, size, left, room, middles, min(0.64 * pitch, 6.5 * bars))


def measure_width(text: str, size: float = TEXT) -> float:
    """How wide a line of text is at most, in millimetres."""
    return sum(map(_count_ems, text)) * size * _POINT


def line_height(size: float = TEXT) -> float:
    """From one line of text to the next, in millimetres."""
    return size * _LINE * _POINT


def find_baseline(size: float = TEXT) -> float:
    """From the middle of a line of text down to its baseline, in millimetres."""
    return 0.37 * size * _POINT


def wrap_text(text: str, room: float, size: float = TEXT) -> list[str]:
    """The text in lines that fit ``room``: as few as possible, then as even as possible.

    Numbers and Latin words (up to twelve characters) stay whole; no line begins or ends with a
    sign that must not.
    """
    if measure_width(text, size) <= room:
        return [text]
    fewest = len(_fill_lines(text, room, size))
    for narrower in range(math.ceil(measure_width(text, size) / fewest), math.floor(room) + 1):
        lines = _fill_lines(text, narrower, size)
        if len(lines) <= fewest and all(measure_width(line, size) <= room for line in lines):
            return lines
    return _fill_lines(text, room, size)


def shares_height(names: Sequence[str]) -> float:
    """The height of a divided bar with a row of text below it for each part."""
    return SHARES_BAR + sum(share_row_height(name) for name in names) + 1.0


def share_row_height(name: str) -> float:
    """The height of the row of text that belongs to one part of a divided bar."""
    return len(wrap_text(name, SHARE_NAMES)) * line_height() + 2.2


def rows_height(names: Sequence[str], legend: Sequence[str], bars: int) -> float:
    """The height of a legend and a row for each name, with so many bars beside each other."""
    return legend_height(legend) + len(names) * row_height(names, TEXT, bars) + 2.0


def row_height(names: Sequence[str], size: float, bars: int) -> float:
    """The height each row needs for its name and its bars; the same for all rows."""
    lines = max((len(wrap_text(name, LABELS, size)) for name in names), default=1)
    space = 0.1 if size != TEXT else 0.6 if len(names) <= FEW_ROWS else 0.2
    return (max(lines, 1.25 * bars) + space) * line_height(size)


def legend_height(names: Sequence[str]) -> float:
    """The height of a legend with the space below it; nothing without names."""
    lines = sum(len(wrap_text(line[0], LEGEND_NAMES)) for line in legend_lines(names))
    return lines * LEGEND_LINE + 2.0 if names else 0.0


def legend_lines(names: Sequence[str]) -> list[list[str]]:
    """The names of a legend, in lines that fit the chart's width; a long name has its own line."""
    lines: list[list[str]] = []
    used = WIDTH
    for name in names:
        needed = entry_width(name)
        if used + needed > WIDTH:
            lines.append([])
            used = 0.0
        lines[-1].append(name)
        used += needed
    return lines


def entry_width(name: str) -> float:
    """The width of a legend's entry: its mark, its name and the space behind it."""
    return 5.5 + measure_width(name) + 6.0


def _count_ems(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    return 0.95 if character in "%@" or character.isupper() else 0.62


def _fill_lines(text: str, room: float, size: float) -> list[str]:
    lines = [""]
    for piece in _split_pieces(text):
        if lines[-1] and measure_width(lines[-1] + piece, size) > room:
            lines.append("")
        lines[-1] += piece
    return lines


def _split_pieces(text: str) -> list[str]:
    """The text cut wherever a line may break."""
    pieces: list[str] = []
    for character in text:
        if pieces and len(pieces[-1]) < 12 and _must_stay_together(pieces[-1][-1], character):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _must_stay_together(before: str, character: str) -> bool:
    word = before.isascii() and character.isascii() and not (before + character).isspace()
    return word or character in _NEVER_FIRST or before in _NEVER_LAST
