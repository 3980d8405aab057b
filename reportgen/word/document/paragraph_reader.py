"""What a paragraph shows, tracked changes accepted, with the elements it stands in.

Fields are told from words.  A field of ours, ``DOCPROPERTY "key"``, may stand as a complex field
(``fldChar``) or as ``w:fldSimple``, its instruction and its result split over any number of runs.
What Word itself works out (a page number, today's date) is passed over; the result of any other
field, a document property of the office's own too, counts as words.  Of a text with its reading
above it (拼音指南) the text counts.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from reportgen.word.xml.revisions import MARK
from reportgen.word.xml.runs import (
    ABOUT,
    END,
    FIELD_KIND,
    FIELD_MARK,
    INSTRUCTION,
    LOOKS,
    RUBY,
    RUN,
    SIMPLE,
    START,
    TEXT,
    UNDER,
    iter_inline,
    read_text,
)
from reportgen.word.xml.wml import w

_KEY = re.compile(r'\s*DOCPROPERTY\s+(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_NAME = re.compile(r"\s*(\w+)")
_COMPUTED = frozenset([
    "AUTHOR", "COMMENTS", "CREATEDATE", "DATE", "EDITTIME", "FILENAME", "FILESIZE", "INFO",
    "KEYWORDS", "LASTSAVEDBY", "NUMCHARS", "NUMPAGES", "NUMWORDS", "PAGE", "PAGEREF", "PRINTDATE",
    "REVNUM", "SAVEDATE", "SECTION", "SECTIONPAGES", "SUBJECT", "TEMPLATE", "TIME", "TITLE",
    "USERADDRESS", "USERINITIALS", "USERNAME",
])  # fmt: skip
"""Fields whose results are other ones each time Word updates them."""
_COUNTING = frozenset(["NUMPAGES", "PAGE", "PAGEREF", "SECTION", "SECTIONPAGES"])
"""Of these the ones that show a number; LibreOffice makes PAGEREF of the words of a link."""
_PAGE = re.compile(r"[-—–·. /\divxlcIVXLC零〇一二三四五六七八九十百第页共]*")
_BOOKMARK = frozenset([START, END])
_UNSEEN = frozenset(map(w, ("vanish", "strike", "dstrike")))
_VALUE, _OFF = w("val"), frozenset(["0", "false", "off"])


BUILT_IN = frozenset([
    "author", "bytes", "category", "characters", "characterswithspaces", "comments", "company",
    "createtime", "hyperlinkbase", "keywords", "lastprinted", "lastsavedby", "lastsavedtime",
    "lines", "manager", "nameofapplication", "odmadocid", "pages", "paragraphs", "revisionnumber",
    "security", "subject", "template", "title", "totaleditingtime", "words",
])  # fmt: skip
"""The document properties that Word itself has, in small letters."""


@dataclass(frozen=True, slots=True)
class TypedWords:
    """Text outside our fields, the run that shows it, and the element of the run that holds it."""

    text: str
    run: etree._Element
    holder: etree._Element


@dataclass(slots=True)
class LiveField:
    """A field of ours.

    ``first`` and ``last``: the elements with which it begins and ends, the same for a fldSimple;
    ``results``: the words of its result.
    """

    key: str
    first: etree._Element
    last: etree._Element
    results: list[TypedWords] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it shows."""
        return "".join(words.text for words in self.results)


@dataclass(slots=True)
class ShownParagraph:
    """One paragraph, in order.  ``marks``: our bookmarks that cover some of it."""

    pieces: list[TypedWords | LiveField] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _OpenField:
    """A field that has begun: its instruction so far, and what it has shown."""

    first: etree._Element
    code: str = ""
    showing: bool = False
    result: list[TypedWords | LiveField] = field(default_factory=list)


class ParagraphReader:
    """Reads paragraphs one after the other; a bookmark may reach over several.

    ``foreign``: the names of document properties that are no figures of ours.
    """

    def __init__(self, foreign: Container[str] = ()) -> None:
        self._foreign = foreign
        self._marks: dict[str, str] = {}  # name by id, of those that are open
        self._shown = ShownParagraph()
        self._fields: list[_OpenField] = []

    def paragraph(self, p: etree._Element) -> ShownParagraph:
        """What it shows."""
        self._shown = ShownParagraph()
        self._fields = []
        open_before = dict(self._marks)
        self._content(p)
        while self._fields:  # one that goes on after the paragraph, or that lost its end
            self._close(p)
        if self._shown.pieces:
            still = [name for id_, name in open_before.items() if id_ in self._marks]
            self._shown.marks[:0] = [name for name in still if name not in self._shown.marks]
        return self._shown

    def plain(self, p: etree._Element) -> str | None:
        """Its text, if that is all it holds (most cells of a long table), else None."""
        if self._marks:
            return None
        text = ""
        for child in p:
            if child.tag == RUN:
                for part in child:
                    if part.tag == TEXT:
                        text += part.text or ""
                    elif part.tag != LOOKS or _is_unseen(part):
                        return None
            elif child.tag != ABOUT:
                return None
        return text

    def mark(self, element: etree._Element) -> None:
        """A bookmark's start or end, inside a paragraph or between two."""
        id_ = element.get(w("id"), "")
        if element.tag not in _BOOKMARK:
            return
        if element.tag == START:
            name = element.get(w("name"), "")
            if name.startswith(MARK):
                self._marks[id_] = name
                self._shown.marks.append(name)
            return
        name = self._marks.pop(id_, "")
        if name and name not in self._shown.marks and self._shown.pieces:
            self._shown.marks.append(name)

    def _content(self, parent: Iterable[etree._Element]) -> None:
        for kind, element in iter_inline(parent):
            if kind == "run":
                self._run(element)
            elif kind == "mark":
                self.mark(element)
            elif element.tag == SIMPLE and kind == "open":
                code = element.get(w("instr"), "")
                self._fields.append(_OpenField(element, code, showing=True))
            elif element.tag == SIMPLE:
                self._close(element)

    def _run(self, run: etree._Element) -> None:
        looks = run.find(LOOKS)
        unseen = looks is not None and _is_unseen(looks)
        for child in run:
            tag = child.tag
            if tag == FIELD_MARK:
                self._step(child.get(FIELD_KIND, ""), run)
            elif tag == INSTRUCTION:
                if self._fields and not self._fields[-1].showing:
                    self._fields[-1].code += child.text or ""
            elif not unseen:
                self._say(read_text(child), run, child)
                for base in child.iterfind(UNDER) if tag == RUBY else ():
                    self._content(base)

    def _step(self, kind: str, run: etree._Element) -> None:
        if kind == "begin":
            self._fields.append(_OpenField(run))
        elif kind == "separate" and self._fields:
            self._fields[-1].showing = True
        elif kind == "end" and self._fields:
            self._close(run)

    def _say(self, text: str, run: etree._Element, holder: etree._Element) -> None:
        if text:
            self._add(TypedWords(text, run, holder))

    def _add(self, piece: TypedWords | LiveField) -> None:
        if not self._fields:
            self._shown.pieces.append(piece)
        elif self._fields[-1].showing:
            self._fields[-1].result.append(piece)

    def _close(self, last: etree._Element) -> None:
        """The field begun last ends; ours becomes one piece, of others what they show is words."""
        ended = self._fields.pop()
        key = parse_field_key(ended.code)
        name = _NAME.match(ended.code)
        if key and key not in self._foreign and key.lower() not in BUILT_IN:
            self._add(LiveField(key, ended.first, last, _gather_words(ended.result)))
        elif name is None or not _is_computed(name[1].upper(), ended.result):
            for piece in ended.result:
                self._add(piece)


def _is_computed(name: str, result: Sequence[TypedWords | LiveField]) -> bool:
    """Whether Word works out what a field shows; what counts pages shows no words."""
    shown = "".join(piece.text for piece in result)
    return name in _COMPUTED and (name not in _COUNTING or bool(_PAGE.fullmatch(shown)))


def parse_field_key(instruction: str) -> str:
    """The property that a field shows, if it does that."""
    found = _KEY.match(instruction)
    return "" if found is None else found[2] if found[1] is None else found[1]


def _is_unseen(looks: etree._Element) -> bool:
    """Whether a run is hidden or struck through: nobody reads it as said."""
    return any(each.tag in _UNSEEN and each.get(_VALUE, "true") not in _OFF for each in looks)


def _gather_words(pieces: Iterable[TypedWords | LiveField]) -> list[TypedWords]:
    """All words, those of fields of ours inside another field included."""
    return [
        words
        for piece in pieces
        for words in (piece.results if isinstance(piece, LiveField) else [piece])
    ]
