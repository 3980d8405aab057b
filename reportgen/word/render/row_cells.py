"""What the cells of a repeated row will show, known before it is repeated.

Rows of long tables never become a tree, so nothing could be read back from them; a plan tells
for each cell which of the row's values it shows.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

PlannedCell: TypeAlias = "int | Sequence[int | str]"
"""The number of the one value a cell shows, or such numbers and fixed texts in order."""

_TOKEN = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(</w:tc>)|(</w:tr>)")


@dataclass(frozen=True, slots=True)
class RowPlan:
    """The cells of one row, in order."""

    cells: Sequence[PlannedCell]


def plan_rows(parts: Sequence[str | None]) -> list[RowPlan]:
    """The rows that a run of XML makes; None stands for a value."""
    rows: list[RowPlan] = []
    cells: list[PlannedCell] = []
    here: list[int | str] = []
    values = 0
    for part in parts:
        if part is None:
            here.append(values)
            values += 1
            continue
        for text, cell_end, row_end in _TOKEN.findall(part):
            if row_end:
                rows.append(RowPlan(cells))
                cells = []
            elif cell_end:
                cells.append(here[0] if len(here) == 1 and isinstance(here[0], int) else here)
                here = []
            else:
                here.append(html.unescape(text))
    return rows
