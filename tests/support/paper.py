"""A printed report as a reader sees it, and the workbooks as rows: no code of reportgen."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import openpyxl

from tests.support import brute

Row = dict[str, Any]
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


@dataclass(frozen=True)
class Printed:
    """What a reader sees: paragraphs with their style, tables, what pictures say of themselves."""

    paragraphs: Sequence[tuple[str, str]]
    tables: Sequence[Sequence[Sequence[str]]]
    pictures: Sequence[str]

    @classmethod
    def of(cls, report: bytes) -> Printed:
        """A report as read by python-docx."""
        document = docx.Document(io.BytesIO(report))
        drawn = document.element.iter(f"{{{PICTURE}}}docPr")
        return cls(
            [(str(each.style.name), each.text) for each in document.paragraphs],
            [[[cell.text for cell in row.cells] for row in t.rows] for t in document.tables],
            [each.get("descr", "") for each in drawn],
        )


@dataclass(frozen=True)
class Year:
    """The workbooks as rows: ``register`` by sheet, ``returns`` by department and sheet."""

    register: Mapping[str, list[Row]]
    returns: Mapping[str, Mapping[str, list[Row]]]

    @classmethod
    def of(cls, workbooks: Mapping[str, bytes]) -> Year:
        """Read by openpyxl; a return belongs to the department it is named after."""
        read = {Path(path): _sheets(content) for path, content in workbooks.items()}
        register = read.pop(Path("建议台账.xlsx"))
        return cls(register, {path.stem: sheets for path, sheets in read.items()})

    @cached_property
    def count(self) -> brute.Count:
        """The counting by hand."""
        return brute.Count(self.register, self.returns)

    @cached_property
    def right(self) -> dict[str, str]:
        """What each figure must show, by key."""
        made = brute.figures(SimpleNamespace(register=self.register, returns=self.returns))
        return {key: figure.text for key, figure in made.items()}

    def names(self, sheet: str, column: str) -> list[str]:
        """A column of the register."""
        return [str(row[column]) for row in self.register[sheet]]


def _sheets(content: bytes) -> dict[str, list[Row]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    found = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    book.close()
    return {name: _rows(rows) for name, rows in found.items() if not name.startswith("_")}


def _rows(grid: Sequence[Sequence[Any]]) -> list[Row]:
    """Records under the first row with two filled cells; pairs become one record."""
    filled = [n for n, row in enumerate(grid) if sum(cell is not None for cell in row) > 1]
    if not filled:
        return []
    width = max(map(len, grid))
    padded = ([*row, *[None] * (width - len(row))] for row in grid[filled[0] :])
    header, *rows = ([_plain(cell) for cell in row] for row in padded)
    if header[0] == "项目":
        return [{row[0]: row[1] for row in rows if row[0]}]
    records = [dict(zip(header, row, strict=True)) for row in rows]
    return [row for row in records if any(cell is not None for cell in row.values())]


def _plain(cell: Any) -> Any:
    if isinstance(cell, dt.datetime):
        return cell.date()
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
