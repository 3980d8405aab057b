"""Rows of long tables kept as text while a report is worked on.

As a tree, ten thousand rows take a gigabyte and most of the time, and nearly all of them are only
to be read.  A row that shows nothing but text, outside other tables, can be read off its XML: of
rows made alike the markup is looked at once.  An instruction ``<?rg-row N?>`` stands for it in the
tree until it is asked for as an element.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from reportgen.word.xml.package import parse_xml_part
from reportgen.word.xml.revisions import CONTENT_CHANGES, MARK
from reportgen.word.xml.wml import W, escape, remove_element

ASIDE = "rg-row"
ROWS = "rg-rows"
"""The instruction ``<?rg-rows N?>`` stands for the Nth text of rows."""
MANY = 300
"""Only of so many rows and more it is worth while."""

_OPENINGS = (b"<w:tr>", b"<w:tr ")
_END = b"</w:tr>"
_STRANGE = (b"txbxContent", b"<!")
"""In documents with these (a comment, CDATA, a document type) no row is set aside."""
_ALIEN = re.compile(rb"<\?rg-rows?\s.*?\?>", re.DOTALL)
_DECLARED = f'xmlns:w="{W}"'.encode()

_TEXT = re.compile(r"<w:t(?: [^>]*)?(?<!/)>([^<]*)</w:t>")
_ATTRIBUTES = re.compile(r' [\w:]+="[^"]*"')
_TAG = re.compile(r"<(/?)([\w:]++)[^>]*?(/?)>")
_BOOKMARK = re.compile(rf'<w:bookmarkStart [^>]*w:name="({MARK}\d+)"')
_SIGNS = re.compile("[\n\t]")
_BOOKMARKS = re.compile(r'(<w:bookmark(?:Start|End) (?:[^>]* )?)w:id="(\d+)"')
_PARAGRAPH_ID = re.compile(r' w14:(?:paraId|textId)="[^"]*"')
_ABOUT = frozenset(["w:trPr", "w:tblPrEx", "w:tcPr", "w:pPr", "w:rPr"])
_SHOWING = frozenset(["w:tr", "w:tc", "w:p", "w:r"])
_SILENT = frozenset(
    ["w:t", "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:lastRenderedPageBreak"]
)
_CHANGES = re.compile(rf"^w:({'|'.join(CONTENT_CHANGES)}|\w+Change)$")


@dataclass(frozen=True, slots=True)
class RowShape:
    """What rows made alike have in common: the paragraphs of each cell, and of each text its own.

    ``counts``: how many paragraphs each cell has; ``places``: for each text (cell, paragraph);
    ``even``: each cell is one paragraph with one text.
    """

    counts: Sequence[int]
    places: Sequence[tuple[int, int]]
    even: bool = False


class _BareMarkup(dict[str, str]):
    """Markup without attributes, which tell nothing of what is shown: of each piece met so far."""

    def __missing__(self, piece: str) -> str:
        self[piece] = _ATTRIBUTES.sub("", piece)
        return self[piece]


@dataclass
class TextRows:
    """The rows of one part that are set aside: their text, and their shape."""

    rows: list[str] = field(default_factory=list)
    shapes: list[RowShape] = field(default_factory=list)
    _known: dict[tuple[str, ...], RowShape | None] = field(default_factory=dict)
    _bare: _BareMarkup = field(default_factory=_BareMarkup)

    def split(self, part: bytes, *, many: int = MANY) -> bytes:
        """The part with instructions in place of its plain rows, if it has at least so many.

        Instructions of these names that came with the document stand for nothing.
        """
        part = _ALIEN.sub(b"", part) if b"<?rg-row" in part else part
        *pieces, rest = part.split(_END)
        if len(pieces) < many or _DECLARED not in part:
            return part
        depth = 0
        kept: list[bytes] = []
        for piece in pieces:
            depth += sum(map(piece.count, _OPENINGS)) - 1
            begin = max(map(piece.rfind, _OPENINGS)) if depth == 0 else -1
            if begin >= 0 and self.keep((piece[begin:] + _END).decode()):
                kept += [piece[:begin], f"<?{ASIDE} {len(self.rows) - 1}?>".encode()]
            else:
                kept += [piece, _END]
        others = b"".join([*kept, rest])
        if any(sign in others for sign in _STRANGE):  # no row that was kept holds one
            self.rows.clear()
            self.shapes.clear()
            return part
        return others

    def keep(self, row: str) -> bool:
        """Set one more row aside, if it is plain."""
        shape = self._shape(row)
        if shape is not None:
            self.rows.append(row)
            self.shapes.append(shape)
        return shape is not None

    def joined(self, part: bytes) -> bytes:
        """A part's bytes with the rows in place of their instructions."""
        pattern = rb"<\?%s (\d+)\?>" % ASIDE.encode()
        return re.sub(pattern, lambda found: self.rows[int(found[1])].encode(), part)

    def lines(self, number: int) -> tuple[str, list[str]]:
        """A row's first bookmark of ours in its first cell, and what each cell shows, line by line."""
        row, shape = self.rows[number], self.shapes[number]
        mark = _BOOKMARK.search(row, 0, row.find("</w:tc>"))
        texts = _TEXT.findall(row)
        if "&" in row or "\n" in row:
            texts = [html.unescape(text).replace("\n", " ") for text in texts]
        return mark[1] if mark else "", texts if shape.even else _gather_lines(texts, shape)

    def show(self, number: int, lines: Sequence[str | None]) -> bool:
        """Let the cells of a row show these lines; None: as it is.

        False, and nothing is done, if that takes more than other text in the same places.
        """
        fresh = self._with(number, lines)
        if fresh is not None:
            self.rows[number] = fresh
        return fresh is not None

    def add(
        self, model: int, lines: Sequence[str], mark: str, number: int
    ) -> etree._Element | None:
        """One more row like row ``model``, showing these lines; None if it cannot be made like it.

        Its bookmark gets this name and this number.
        """
        fresh = self._with(model, lines)
        bookmarks = _BOOKMARKS.findall(self.rows[model])
        if fresh is None or len(bookmarks) != 2 or not _BOOKMARK.search(fresh):
            return None
        fresh = _BOOKMARKS.sub(
            lambda found: f'{found[1]}w:id="{number}"', _PARAGRAPH_ID.sub("", fresh)
        )
        self.rows.append(_BOOKMARK.sub(lambda found: found[0].replace(found[1], mark), fresh))
        self.shapes.append(self.shapes[model])
        return etree.ProcessingInstruction(ASIDE, str(len(self.rows) - 1))

    def _with(self, number: int, lines: Sequence[str | None]) -> str | None:
        """A row with other texts, each in the one place that its cell has for text."""
        shape = self.shapes[number]
        cells = [cell for cell, _ in shape.places]
        if any(
            line is not None
            and (cells.count(cell) != 1 or shape.counts[cell] != 1 or _SIGNS.search(line))
            for cell, line in enumerate(lines)
        ):
            return None
        following = iter(cells)

        def text(found: re.Match[str]) -> str:
            line = lines[next(following)]
            return found[0] if line is None else f'<w:t xml:space="preserve">{escape(line)}</w:t>'

        return _TEXT.sub(text, self.rows[number])

    def element(self, number: int, parent: etree._Element) -> etree._Element:
        """A row as an element that fits into ``parent``, where it is not put."""
        scope = parent.nsmap.items()
        declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in scope if prefix)
        return parse_xml_part(f"<all {declared}>{self.rows[number]}</all>")[0]

    def taken_out(self, note: etree._Element) -> etree._Element:
        """A row as an element again, in the place of its instruction."""
        parent = note.getparent()
        assert parent is not None
        element = self.element(int(note.text or 0), parent)
        note.addprevious(element)
        remove_element(note)
        return element

    def rename(self, number: int, names: Mapping[str, str | None]) -> bool:
        """Give a row's bookmarks their new names; → whether that changed anything."""
        row = self.rows[number]
        self.rows[number] = _BOOKMARK.sub(
            lambda found: found[0].replace(f'"{found[1]}"', f'"{names.get(found[1])}"'), row
        )
        return self.rows[number] != row

    def ids(self) -> Iterator[int]:
        """The numbers of all bookmarks."""
        return (int(id_) for row in self.rows for _, id_ in _BOOKMARKS.findall(row))

    def marks(self, number: int) -> list[str]:
        """All bookmarks of ours in a row."""
        return _BOOKMARK.findall(self.rows[number])

    def _shape(self, row: str) -> RowShape | None:
        key = tuple(map(self._bare.__getitem__, _TEXT.split(row)[::2]))
        if key not in self._known:
            strange = any("<!" in piece for piece in key)
            self._known[key] = None if strange else _analyse_markup(key)
        return self._known[key]


def iter_row_notes(root: etree._Element) -> Iterator[Any]:
    """The instructions of rows set aside, in order."""
    return filter(is_row_note, root.iter(etree.ProcessingInstruction))


def is_row_note(element: etree._Element) -> bool:
    """Whether it stands for a row set aside."""
    return getattr(element, "target", "") == ASIDE


def _gather_lines(texts: Sequence[str], shape: RowShape) -> list[str]:
    """What each cell shows, of the texts of a row."""
    found = [[""] * count for count in shape.counts]
    for text, (cell, paragraph) in zip(texts, shape.places, strict=True):
        found[cell][paragraph] += text
    return ["\n".join(cell) for cell in found]


def _analyse_markup(markup: Sequence[str]) -> RowShape | None:
    """The shape of a row of this markup, texts taken out; None if it holds more than text."""
    counts: list[int] = []
    places: list[tuple[int, int]] = []
    about = ""
    marks = 0
    for number, piece in enumerate(markup):
        if number:
            if not counts or not counts[-1]:
                return None
            places.append((len(counts) - 1, counts[-1] - 1))
        for end, name, empty in _TAG.findall(piece):
            if about:
                if _CHANGES.match(name):
                    return None
                about = "" if end and name == about else about
            elif name in _ABOUT:
                about = "" if empty else name
            elif name in _SILENT:
                marks += {"w:bookmarkStart": 1, "w:bookmarkEnd": -1}.get(name, 0)
            elif name not in _SHOWING:
                return None
            elif not end and name == "w:tc":
                counts.append(0)
            elif not end and name == "w:p":
                counts[-1] += 1
    if not counts or not all(counts) or marks:
        return None
    even = len(counts) == sum(counts) and places == [(cell, 0) for cell in range(len(counts))]
    return RowShape(counts, places, even)
