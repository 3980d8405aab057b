"""What any container tells of a sheet → ``RawSheet``: one second look at cells for all of them.

A container (.xlsx, .xls, .ods) says what is stored and how it is formatted; here it is judged what
one sees of it, and what is a formula rather than content.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reportgen.excel.read.number_format import format_value
from reportgen.raw import PICTURE, RawSheet, Spot, Value, make_address

MAX_FILE = 50 * 2**20
"""Bytes of a file."""
MAX_CELLS = 4_000_000
"""Cells of the rectangle that a sheet's content spans."""

MAX_LETTERS = 32_767
"""Letters of a cell: Excel's limit, and so that of every workbook we write."""


@dataclass(frozen=True)
class CellDetails:
    """What a container tells of a sheet's cells beside their values.

    ``odd``: errors and formulas without a result.  ``formats``: number formats, where they may show
    something else than is stored; ``shown``: texts, where the container itself tells them.
    """

    odd: Mapping[Spot, str] = field(default_factory=dict)
    formats: Mapping[Spot, str] = field(default_factory=dict)
    shown: Mapping[Spot, str] = field(default_factory=dict)
    struck: Collection[Spot] = ()
    hidden_rows: Collection[int] = ()
    hidden_columns: Collection[int] = ()
    unseen: Collection[Spot] = ()


NOTHING = CellDetails()


def make_raw_sheet(
    name: str,
    rows: Sequence[Sequence[Value]],
    first: Spot = (1, 1),
    told: CellDetails = NOTHING,
    merged: Sequence[tuple[int, int, int, int]] = (),
) -> RawSheet:
    """The sheet as it stood, ``rows[0][0]`` at ``first``; empty text is None."""
    cells = [[None if value == "" else value for value in line] for line in rows]
    sheet = RawSheet(name, cells, *first, merged=merged)
    seen = {**_find_shown_texts(sheet, told.formats), **told.shown}
    return RawSheet(
        name, cells, *first, told.odd, merged, seen,
        frozenset(told.struck), frozenset(told.hidden_rows), frozenset(told.hidden_columns),
        frozenset(told.unseen),
    )  # fmt: skip


def _find_shown_texts(sheet: RawSheet, formats: Mapping[Spot, str]) -> dict[Spot, str]:
    """The cells of which one sees something else than is stored."""
    texts = ((spot, format_value(sheet.at(*spot), code)) for spot, code in formats.items())
    return {spot: text for spot, text in texts if text is not None}


def find_too_long(sheet: RawSheet) -> str:
    """The first cell whose text no workbook of ours could hold, as ``B7``; empty if there is none."""
    for r, line in enumerate(sheet.rows):
        for c, value in enumerate(line):
            if value.__class__ is str and len(value) > MAX_LETTERS:
                return make_address(sheet.first_row + r, sheet.first_column + c)
    return ""


_EQUALS = ("=", "＝")
_FORMULA = re.compile(
    r"\s*[=＝]\s*(?:_xl\w+\.)*(?:[A-Za-z][\w.]*\(.*|[$(]*[A-Za-z]{1,3}\$?\d+\s*(?:[-+*/:)].*)?)",
    re.DOTALL,
)
"""A formula as text: a call of a function, or sums of cells."""
_PICTURE = re.compile(r"\s*[=＝]\s*(?:_xl\w+\.)*DISPIMG\(", re.IGNORECASE)
"""How WPS puts a picture into a cell."""


def mark_formulas_odd(sheet: RawSheet) -> RawSheet:
    """The sheet with formulas that stand there as content told as odd; of a picture, ``PICTURE``."""
    found = {
        (sheet.first_row + r, sheet.first_column + c): describe_formula(value)
        for r, line in enumerate(sheet.rows)
        for c, value in enumerate(line)
        if value.__class__ is str and value.lstrip()[:1] in _EQUALS and _FORMULA.fullmatch(value)
    }
    return replace(sheet, odd={**sheet.odd, **found}) if found else sheet


def describe_formula(formula: str) -> str:
    """What ``RawSheet.odd`` says of a formula."""
    return PICTURE if _PICTURE.match(formula) else formula
