"""A plain text or Markdown file as blocks: its paragraphs, and the cells of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.proofread.model import TextBlock

_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|?)+")
"""The line below a Markdown table's head."""


def split_blocks(text: str) -> list[TextBlock]:
    """Return the paragraphs and table cells of a text, in order.

    A table is a run of lines that begin and end with ``|``, or of lines with tabs.
    """
    return list(_iter_blocks(text))


def _iter_blocks(text: str) -> Iterator[TextBlock]:
    start, table, row = 0, -1, -1
    for line in text.split("\n"):
        mark = "|" if _is_row(line) else "\t" if line.strip().count("\t") else ""
        if not mark:
            row = -1
            if line.strip():
                yield TextBlock(start, line)
        elif not _RULE.fullmatch(line.strip()):
            table, row = (table + 1, 0) if row < 0 else (table, row + 1)
            yield from _iter_cells(line, mark, start, table, row)
        start += len(line) + 1


def _is_row(line: str) -> bool:
    bare = line.strip()
    return bare.startswith("|") and bare.endswith("|") and len(bare) > 1


def _iter_cells(line: str, mark: str, start: int, table: int, row: int) -> Iterator[TextBlock]:
    first = line.index("|") + 1 if mark == "|" else 0
    at = start + first
    body = line[first:].rstrip()
    for column, cell in enumerate(
        body.removesuffix("|").split(mark) if mark == "|" else body.split(mark)
    ):
        yield TextBlock(at, cell, table, row, column)
        at += len(cell) + 1
