"""Last touches to a filled part, on the whole tree: what repeating and leaving out can upset.

Rows of long tables are not in the tree: an instruction stands for them, and ``iter_with_rows`` puts
them in its place at the very end.  Columns share their width, bookmarks and drawings get numbers of their own, containers keep
the paragraph they must have, and tables neither stay without rows nor run into each other.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from reportgen.word.document.text_rows import ROWS
from reportgen.word.render import table_grid
from reportgen.word.render.rows_aside import RowsAside
from reportgen.word.template.stream import COLUMNS, COLUMNS_END, NEEDS_PARAGRAPH
from reportgen.word.xml.package import parse_xml_part
from reportgen.word.xml.revisions import MARK
from reportgen.word.xml.wml import WP, ElementWriter, remove_element, w

_TOGETHER = 100
"""Turns of a loop written at once: half a megabyte."""
_MARKS = frozenset([w("bookmarkStart"), w("bookmarkEnd")])


@dataclass
class UniqueNumbers:
    """What must be unique over all parts of the document.

    ``bookmarks``: ids for the template's own; ours have the numbers of their names.
    """

    bookmarks: Iterator[int]
    drawings: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    names: set[str] = field(default_factory=set)


def finish_part(root: etree._Element, numbers: UniqueNumbers, rows: Sequence[RowsAside]) -> None:
    """Put a filled part in order, in place; ``rows``: what its instructions ``ROWS`` stand for."""
    notes: dict[str, list[Any]] = {COLUMNS: [], COLUMNS_END: [], NEEDS_PARAGRAPH: []}
    for table in {next(note.iterancestors(w("tbl"))): None for note in _find_notes(root, COLUMNS)}:
        for note in _find_notes(table, ROWS):
            _put_rows_in(note, rows)
    for note in root.iter(etree.ProcessingInstruction):
        notes.get(getattr(note, "target", ""), []).append(note)
    table_grid.share_columns(notes[COLUMNS])
    _drop_empty_tables(root)
    for note in notes[NEEDS_PARAGRAPH]:
        _keep_paragraph(note)
    for note in itertools.chain.from_iterable(notes.values()):
        remove_element(note)
    _separate_tables(root)
    _number_bookmarks(root, numbers)
    for drawing in root.iter(f"{{{WP}}}docPr"):
        drawing.set("id", str(next(numbers.drawings)))


def iter_with_rows(content: bytes, rows: Sequence[RowsAside]) -> Iterator[bytes]:
    """A part's bytes, piece by piece, with the rows in place of their instructions."""
    pieces = re.split(rb"<\?%s (\d+)\?>" % ROWS.encode(), content)
    for at, piece in enumerate(pieces):
        if at % 2 == 0:
            yield piece
            continue
        turns = rows[int(piece)].iter_xml()
        while some := "".join(itertools.islice(turns, _TOGETHER)):
            yield number_own_bookmarks(some).encode()


def parse_rows(root: etree._Element, rows: str) -> list[etree._Element]:
    """The text of rows of a part as elements."""
    writer = ElementWriter(root)
    return list(parse_xml_part(f"{writer.root}{rows}{writer.closing(root)}"))


def number_own_bookmarks(rows: str) -> str:
    """Rows with our bookmarks' ids as numbers; quotes of the text itself are escaped."""
    return rows.replace(f'w:id="{MARK}', 'w:id="')


def _find_notes(root: etree._Element, target: str) -> list[Any]:
    found = root.iter(etree.ProcessingInstruction)
    return [note for note in found if getattr(note, "target", "") == target]


def _put_rows_in(note: Any, rows: Sequence[RowsAside]) -> None:  # noqa: ANN401
    """The rows as part of the tree, where the columns they have must be looked at."""
    made = "".join(rows[int(note.text)].iter_xml())
    for row in parse_rows(note.getroottree().getroot(), made):
        note.addprevious(row)
    remove_element(note)


def _drop_empty_tables(root: etree._Element) -> None:
    for table in list(root.iter(w("tbl"))):
        if next(table.iter(w("tr")), None) is None and not _find_notes(table, ROWS):
            remove_element(table)


def _keep_paragraph(note: etree._Element) -> None:
    last = note.getprevious()
    while last is not None and last.tag in _MARKS:
        last = last.getprevious()
    if last is None or last.tag != w("p"):
        note.addprevious(etree.Element(w("p")))


def _separate_tables(root: etree._Element) -> None:
    """Word joins two tables that touch."""
    for table in list(root.iter(w("tbl"))):
        following = table.getnext()
        if following is not None and following.tag == w("tbl"):
            table.addnext(etree.Element(w("p")))


def _number_bookmarks(root: etree._Element, numbers: UniqueNumbers) -> None:
    """Unique ids; a name only once, its copies and halves dropped."""
    waiting: dict[str, etree._Element] = {}
    for mark in list(root.iter(*_MARKS)):
        key = mark.get(w("id"), "")
        if mark.tag == w("bookmarkStart"):
            _drop_mark(waiting.pop(key, None))
            waiting[key] = mark
            continue
        start = waiting.pop(key, None)
        name = "" if start is None else start.get(w("name"), "")
        if start is None or name in numbers.names:
            _drop_mark(start)
            _drop_mark(mark)
            continue
        numbers.names.add(name)
        ours = key.startswith(MARK)
        fresh = key.removeprefix(MARK) if ours else str(next(numbers.bookmarks))
        start.set(w("id"), fresh)
        mark.set(w("id"), fresh)
    for start in waiting.values():
        _drop_mark(start)


def _drop_mark(mark: etree._Element | None) -> None:
    if mark is not None:
        remove_element(mark)
