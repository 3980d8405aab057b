"""Last touches to a filled part, on the whole tree: what repeating and leaving out can upset.

Columns share their width, bookmarks and drawings get numbers of their own, containers keep
the paragraph they must have, and tables neither stay without rows nor run into each other.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from reportgen.word import columns
from reportgen.word.ooxml import WP, remove, w
from reportgen.word.template import COLUMNS, COLUMNS_END, NEEDS_PARAGRAPH

_MARKS = frozenset([w("bookmarkStart"), w("bookmarkEnd")])


@dataclass
class Numbers:
    """What must be unique over all parts of the document."""

    bookmarks: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    drawings: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    names: set[str] = field(default_factory=set)


def finish(root: etree._Element, numbers: Numbers) -> None:
    """Put a filled part in order, in place."""
    notes: dict[str, list[Any]] = {COLUMNS: [], COLUMNS_END: [], NEEDS_PARAGRAPH: []}
    for note in root.iter(etree.ProcessingInstruction):
        notes.get(getattr(note, "target", ""), []).append(note)
    columns.share(notes[COLUMNS])
    _settle_tables(root)
    for note in notes[NEEDS_PARAGRAPH]:
        _keep_paragraph(note)
    for note in itertools.chain.from_iterable(notes.values()):
        remove(note)
    _part_tables(root)
    _number_bookmarks(root, numbers)
    for drawing in root.iter(f"{{{WP}}}docPr"):
        drawing.set("id", str(next(numbers.drawings)))


def _settle_tables(root: etree._Element) -> None:
    for table in list(root.iter(w("tbl"))):
        if next(table.iter(w("tr")), None) is None:
            remove(table)


def _keep_paragraph(note: etree._Element) -> None:
    last = note.getprevious()
    while last is not None and last.tag in _MARKS:
        last = last.getprevious()
    if last is None or last.tag != w("p"):
        note.addprevious(etree.Element(w("p")))


def _part_tables(root: etree._Element) -> None:
    """Word joins two tables that touch."""
    for table in list(root.iter(w("tbl"))):
        following = table.getnext()
        if following is not None and following.tag == w("tbl"):
            table.addnext(etree.Element(w("p")))


def _number_bookmarks(root: etree._Element, numbers: Numbers) -> None:
    """Unique ids; a name only once, its copies and halves dropped."""
    waiting: dict[str, etree._Element] = {}
    for mark in list(root.iter(*_MARKS)):
        key = mark.get(w("id"), "")
        if mark.tag == w("bookmarkStart"):
            _drop(waiting.pop(key, None))
            waiting[key] = mark
            continue
        start = waiting.pop(key, None)
        name = "" if start is None else start.get(w("name"), "")
        if start is None or name in numbers.names:
            _drop(start)
            _drop(mark)
            continue
        numbers.names.add(name)
        fresh = str(next(numbers.bookmarks))
        start.set(w("id"), fresh)
        mark.set(w("id"), fresh)
    for start in waiting.values():
        _drop(start)


def _drop(mark: etree._Element | None) -> None:
    if mark is not None:
        remove(mark)
