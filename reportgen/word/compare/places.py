"""Places of a report as its reader names them: headings and sentences, annexes, rows and columns.

``正文第9段`` is what a program counts; a reader looks for “办理情况—经济转型发展”第1段, and
for 附件2 农业农村办公室·A instead of a cell of the second table.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from reportgen.word.compare.findings import Finding
from reportgen.word.compare.signs import is_label
from reportgen.word.compare.table_diff import can_be_head
from reportgen.word.document.model import (
    Block,
    CellRow,
    Content,
    DocumentTable,
    Paragraph,
    TableRow,
    text_of_pieces,
)
from reportgen.word.document.snapshot import join_cell_paragraphs
from reportgen.word.xml.stories import BODY

_PARAGRAPH = re.compile(rf"{BODY}第(\d+)段")
_CELL = re.compile(r"第(\d+)张表(?:第(\d+)行)?(?:(原?)第(\d+)列)?")
_ANNEX = re.compile(r"附(?:件|表|录)\s*[\d一二三四五六七八九十]*")
_HEADED = re.compile("(?:标题)?“(.+?)”(?:$|第)")
_THEN = "生成时的"
_SHOWN = 20


def name_places(findings: Iterable[Finding], made: Content, now: Content) -> list[Finding]:
    """The findings with the places a reader knows."""
    known = _Places(made), _Places(now)
    return [_rename_place(finding, *known) for finding in findings]


def _rename_place(finding: Finding, made: _Places, now: _Places) -> Finding:
    then = finding.place.startswith(_THEN)
    if finding.place == BODY:  # a picture
        return replace(finding, place=now.of_picture(finding.number))
    place = (made if then else now).named(finding.place.removeprefix(_THEN))
    return replace(finding, place=f"{_THEN}{place}" if then else place)


class _Places:
    """The places of one document, looked up by how they are counted."""

    def __init__(self, content: Content) -> None:
        self._paragraphs = _name_paragraphs(content.paragraphs)
        self._numbers = [paragraph.number for paragraph in content.paragraphs]
        self._tables = content.tables
        self._titles = _name_tables(content)
        self._heads = _find_heads(content)
        self._counts: dict[int, Sequence[Counter[str]]] = {}

    def named(self, place: str) -> str:
        """For the reader; what is not counted stays as it is."""
        found = _PARAGRAPH.fullmatch(place)
        if found and int(found[1]) <= len(self._paragraphs):
            return self._paragraphs[int(found[1]) - 1]
        found = _CELL.fullmatch(place)
        if found and int(found[1]) <= len(self._tables):
            return self._cell(int(found[1]) - 1, int(found[2] or 0), found[3], int(found[4] or 0))
        return place

    def of_picture(self, number: int) -> str:
        """Of the picture in this ``w:p``: what is said above it."""
        at_ = bisect_left(self._numbers, number)
        heads = next(
            (found[1] for place in self._paragraphs[:at_][::-1] if (found := _HEADED.match(place))),
            "",
        )
        return f"“{heads}”的图" if heads else f"{BODY}的图"

    def _cell(self, number: int, row: int, before: str, column: int) -> str:
        table, title = self._tables[number], self._titles[number]
        if not row:
            return f"{title}{before}第{column}列" if column else title
        if row > len(table.rows):
            return f"{title}第{row}行"
        head, here = self._heads[number], table.rows[row - 1]
        is_head = here.signature == head.signature
        name = "表头" if is_head else _name_row(self._counts_of(number), head, here, row)
        names = [] if is_head else _read_cell_texts(head)
        column_name = names[column - 1] if 0 < column <= len(names) else ""
        said = column_name or (f"第{column}列" if column else "")
        return f"{title} {name}{'·' if said else ''}{said}"

    def _counts_of(self, number: int) -> Sequence[Counter[str]]:
        """As of ``_count_column_texts``; once for all findings in that table."""
        if number not in self._counts:
            self._counts[number] = _count_column_texts(self._tables[number], self._heads[number])
        return self._counts[number]


def _name_paragraphs(paragraphs: Iterable[Paragraph]) -> list[str]:
    """Of each paragraph, in order: its headings and which one under them it is."""
    found, path, count = [], [(0, "")], 0
    for paragraph in paragraphs:
        text = " ".join(paragraph.text.split())
        level = 1 if _ANNEX.fullmatch(text) else paragraph.level
        if level:
            while path[-1][0] >= level:
                path.pop()
            path.append((level, text))
            count = 0
            found.append(f"标题“{_shorten_text(text)}”")
        elif text and is_label(paragraph):
            found.append(f"“{_shorten_text(text)}”")
        else:
            count += bool(text)
            heads = "—".join(_shorten_text(name) for _, name in path if name)
            found.append(f"“{heads}”第{count}段" if heads else f"开头第{count}段")
    return found


def _name_tables(content: Content) -> list[str]:
    """Of each table: the annex it is, or the line above it."""
    found: list[str] = []
    lines: list[str] = []
    for block in content.body:
        if isinstance(block, DocumentTable):
            annex = next((line for line in reversed(lines) if _ANNEX.fullmatch(line)), "")
            unnamed = found[-1] if _is_continuation(content, block) else f"第{len(found) + 1}张表"
            above = f"“{_shorten_text(lines[-1])}”" if lines else unnamed
            found.append(annex or above)
            lines = []
        elif block.text.strip():
            lines = [*lines, " ".join(block.text.split())] if is_label(block) else []
    return found


def _find_heads(content: Content) -> list[TableRow]:
    """Of each table its first row, or that of the table which it continues."""
    found: list[TableRow] = []
    for table in content.tables:
        head = table.rows[0] if table.rows else CellRow(())
        found.append(found[-1] if _is_continuation(content, table) else head)
    return found


def _is_continuation(content: Content, table: DocumentTable) -> bool:
    """Whether a table was split off the one before it: no word stands between, no head of its own."""
    at_ = next(number for number, block in enumerate(content.body) if block is table)
    before = next((block for block in reversed(content.body[:at_]) if _has_words(block)), None)
    return (
        isinstance(before, DocumentTable)
        and bool(table.rows)
        and before.rows[-1].width == table.rows[0].width
        and (table.rows[0].signature == before.rows[0].signature or not can_be_head(table.rows[0]))
    )


def _has_words(block: Block) -> bool:
    return bool(block.rows if isinstance(block, DocumentTable) else block.text.strip())


def _name_row(counts: Sequence[Counter[str]], head: TableRow, row: TableRow, number: int) -> str:
    """What tells a row from the others: the first column in which no two rows are alike."""
    names = _read_cell_texts(head)
    for column, text in enumerate(_read_cell_texts(row)):
        if text and counts[column][text] == 1:
            title = names[column] if column < len(names) else ""
            return f"{title}{text}" if text.isdigit() else _shorten_text(text)
    return f"第{number}行"


def _count_column_texts(table: DocumentTable, head: TableRow) -> Sequence[Counter[str]]:
    """By column, how often each text stands in it below the head."""
    rows = [_read_cell_texts(each) for each in table.rows if each.signature != head.signature]
    return [Counter(filter(None, column)) for column in zip_longest(*rows)]


def _read_cell_texts(row: TableRow) -> Sequence[str]:
    return [" ".join(text_of_pieces(join_cell_paragraphs(cell)).split()) for cell in row.cells]


def _shorten_text(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
