"""An issue at a cell of a dataset's table, or at a setting."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.data import Dataset
from reportgen.issues import Issue

Place = tuple[str, str, int]
"""Where a row stood: file, sheet, row."""


def issue_at(
    dataset: Dataset, code: str, place: Place, column: str, value: str = "", **details: str
) -> Issue:
    """An issue at one cell of a table; without a cell if the column was not found."""
    file, sheet, row = place
    letter = dataset.letters[file, sheet].get(column, "")
    cell = f"{letter}{row}" if letter else ""
    return Issue(code, file, sheet, cell, column, value, details)


def setting_issue(
    dataset: Dataset, code: str, pairs: str, item: str, /, **details: str
) -> Iterator[Issue]:
    """An issue at an item of the sheet of ``pairs`` of that name, if a workbook has it."""
    for (file, sheet), addresses in dataset.letters.items():
        if sheet == pairs and item in addresses:
            value = str(dataset.settings.get(item) or "")
            yield Issue(code, file, sheet, addresses[item], item, value, details)
