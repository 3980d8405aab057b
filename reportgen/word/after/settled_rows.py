"""Rows of long tables that finalizing leaves as they are, but for our bookmarks and the marks of sessions.

Rows made alike differ in their words, which finalizing never touches.  So of each markup one specimen
is finalized as a part of its own; where that changes nothing, all rows of this markup stay text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from lxml import etree

from reportgen.word.document.text_rows import RowShape, TextRows, is_row_note
from reportgen.word.xml.revisions import MARK
from reportgen.word.xml.runs import FIELD_KIND, FIELD_MARK
from reportgen.word.xml.wml import remove_element, w

FinalizePart = Callable[[bytes], bytes]
"""A part as it stands in the copy; nothing if it is to be looked at where it stands."""

_TEXT = re.compile(r"(<w:t(?: [^<>]*)?(?<!/))>([^<>]*)</w:t>")
_WRITTEN = re.compile(r"(?:[^&\r]|&(?:amp|lt|gt);)*")
"""A text just as it is written again; other ways to write a sign are only read."""
_SESSION = re.compile(r' \w+:(?:rsid\w*|paraId|textId)="[^"]*"')
_START = re.compile(rf'<w:bookmarkStart (?=[^>]*w:name="{MARK})(?=[^>]*w:id="([^"]*)")[^>]*/>[^<]*')
_BOOKMARK = "<w:bookmark"
_END = re.compile(r'<w:bookmarkEnd [^>]*w:id="([^"]*)"[^>]*/>[^<]*')
_UNPREFIXED = re.compile(r"<\w+[\s/>]")
_SOME, _NONE = "\0", "\1"
"""Stand in a markup for a text; XML has neither."""


def settle_rows(root: etree._Element, aside: TextRows, finalize: FinalizePart) -> TextRows:
    """Settle the rows set aside, and let one note stand for all that follow each other.

    Rows that must be finalized as elements are taken out into the tree.  → what stands for the others
    where only the tree is read: rows that show nothing.
    """
    ids = {each.get(w("id"), "") for each in root.iter(w("bookmarkStart"), w("bookmarkEnd"))}
    settler = _RowSettler(finalize, ids)
    settled: dict[Any, list[str]] = {}
    for note, in_field in list(_iter_notes(root)):
        row = None if in_field else settler.settle(aside.rows[int(note.text)], note.getparent())
        before = note.getprevious()
        if row is None:
            aside.taken_out(note)
        elif before in settled and not before.tail and not note.tail:
            settled[before].append(row)
            remove_element(note)
        else:
            settled[note] = [row]
    for note, rows in settled.items():
        aside.rows[int(note.text)] = "".join(rows)
    return TextRows([""] * len(aside.rows), [RowShape((), ())] * len(aside.rows))


def _iter_notes(root: etree._Element) -> Iterator[tuple[Any, bool]]:
    """The notes of rows, and whether they stand in a field, which may take all in it along."""
    begun = 0
    for each in root.iter(FIELD_MARK, etree.ProcessingInstruction):
        if each.tag == FIELD_MARK:
            kind = each.get(FIELD_KIND)
            begun = max(begun + (kind == "begin") - (kind == "end"), 0)
        elif is_row_note(each):
            yield each, begun > 0


class _RowSettler:
    """Settles row after row; ``ids``: of the bookmarks outside them."""

    def __init__(self, finalize: FinalizePart, ids: set[str]) -> None:
        self._finalize, self._ids = finalize, ids
        self._known: dict[str, Sequence[str]] = {}

    def settle(self, row: str, parent: etree._Element) -> str | None:
        """A row as it stands in the copy; None if its markup does not tell."""
        pieces = _TEXT.split(row)
        texts = pieces[2::3]
        pieces[2::3] = [_SOME if text else _NONE for text in texts]
        bare = self._drop_marks("".join(pieces))
        doubtful = "&" in row or "\r" in row
        if bare is None or (doubtful and not all(map(_WRITTEN.fullmatch, texts))):
            return None
        if bare not in self._known:
            self._known[bare] = _split_markup(bare) if self._stays(bare, parent) else ()
        around = self._known[bare]
        return _fill(around, texts) if around else None

    def _drop_marks(self, markup: str) -> str | None:
        """Without marks of sessions and our bookmarks; None if one of these reaches out of the row."""
        if "rsid" in markup or "paraId" in markup or "textId" in markup:
            markup = _SESSION.sub("", markup)
        begin = markup.find(_BOOKMARK)
        if begin < 0:
            return markup
        end = markup.index("<", markup.rindex(_BOOKMARK) + 1)
        here = markup[begin:end]
        starts, ends = _START.findall(here), _END.findall(here)
        if sorted(starts) != sorted(ends) or not self._ids.isdisjoint(starts):
            return None
        return f"{markup[:begin]}{_END.sub('', _START.sub('', here))}{markup[end:]}"

    def _stays(self, markup: str, parent: etree._Element) -> bool:
        """Whether finalizing leaves a row of this markup as it is, to the byte."""
        row = _fill(_split_markup(markup), ["字"] * markup.count(_SOME))
        declared = " ".join(f'xmlns:{name}="{uri}"' for name, uri in parent.nsmap.items() if name)
        final = self._finalize(f"<all {declared}>{row}</all>".encode())
        return not _UNPREFIXED.search(row) and final.endswith(f">{row}</all>".encode())


def _split_markup(markup: str) -> Sequence[str]:
    """What stands around the texts of a markup."""
    return markup.replace(_NONE, "/>").split(_SOME)


def _fill(around: Sequence[str], texts: Iterable[str]) -> str:
    """The row of a markup, in pieces, and its texts."""
    first, *rest = around
    shown = (f">{text}</w:t>{after}" for text, after in zip(filter(None, texts), rest, strict=True))
    return "".join([first, *shown])
