"""One paragraph of a template: its text over all runs, and the tags found in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from reportgen.word.template import tags
from reportgen.word.template.tags import Tag
from reportgen.word.xml.runs import LOOKS, PLACED_TAB, TEXT, iter_inline, read_text
from reportgen.word.xml.wml import FRAME_PROPERTIES, ElementWriter, w

UNSEEN = frozenset(["remark", "sentence", "endsentence"])
"""Tags that do nothing where they stand."""
CONTROLS = frozenset(["for", "if", "elif", "else", "endif", "endfor"]) | UNSEEN

_BLANK = re.compile(r"[\s\u200b]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph.

    text: ``text``, in a run with ``properties`` (``xml`` is set if it is no plain text); mark:
    a bookmark's end, nothing to see; frame: the start or end of a link or content control;
    object: anything else.  ``level``: the number of the frame it stands in.
    """

    kind: Literal["text", "mark", "frame", "object"]
    xml: str = ""
    text: str = ""
    properties: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class TaggedParagraph:
    """The pieces of a paragraph in order, and the tags that its text holds."""

    pieces: Sequence[Piece]
    found: Sequence[tags.TagSpan]

    @property
    def blank(self) -> bool:
        """Nothing to see in it."""
        return not self.found and self._bare()

    @property
    def controls(self) -> list[Tag]:
        """Its control tags and remarks, if it holds nothing else."""
        here = [each.tag for each in self.found]
        alone = all(tag.kind in CONTROLS for tag in here) and self._bare()
        return here if alone else []

    @property
    def lone_print(self) -> Tag | None:
        """Its one print tag, if it holds nothing else."""
        prints = [each.tag for each in self.found if each.tag.kind not in UNSEEN]
        framed = any(piece.kind == "frame" for piece in self.pieces)
        lone = len(prints) == 1 and prints[0].kind == "print" and not framed and self._bare()
        return prints[0] if lone else None

    @property
    def first_print(self) -> tuple[Piece, Tag]:
        """Its first print tag, of which there must be one, and the piece in which it begins."""
        return next(
            (piece, part)
            for piece, part in self.content()
            if isinstance(part, Tag) and part.kind == "print"
        )

    @property
    def unseen(self) -> list[Tag]:
        """Its tags that do nothing."""
        return [each.tag for each in self.found if each.tag.kind in UNSEEN]

    @property
    def marks(self) -> list[str]:
        """The XML of its bookmarks."""
        return [piece.xml for piece in self.pieces if piece.kind == "mark"]

    @property
    def singles(self) -> list[Tag]:
        """Text in one pair of braces, which may be meant for a tag."""
        return tags.find_singles("".join(piece.text for piece in self.pieces))

    def content(self) -> Iterator[tuple[Piece, str | Tag]]:
        """Its content in order.

        Text outside tags, tags (with the piece in which they begin), and the other pieces with
        no text; those between the letters of a tag come after it.
        """
        waiting = list(reversed(self.found))
        end = covered = 0
        for piece in self.pieces:
            begin, end = end, end + len(piece.text)
            if not piece.text:
                yield piece, ""
            here = max(begin, min(covered, end))
            while here < end:
                stop = min(waiting[-1].start, end) if waiting else end
                if here < stop:
                    yield piece, piece.text[here - begin : stop - begin]
                    here = stop
                else:
                    each = waiting.pop()
                    yield piece, each.tag
                    covered = each.end
                    here = min(covered, end)
        last = self.pieces[-1] if self.pieces else Piece("text")
        yield from ((last, each.tag) for each in reversed(waiting))

    def _bare(self) -> bool:
        if any(piece.kind == "object" for piece in self.pieces):
            return False
        outside = (part for piece, part in self.content() if piece.text and isinstance(part, str))
        return all(_BLANK.fullmatch(part) for part in outside)


def read_tagged_paragraph(
    p: etree._Element, writer: ElementWriter, levels: Iterator[int]
) -> TaggedParagraph:
    """The paragraph ``w:p``; each of its frames takes a number from ``levels``."""
    pieces = list(_iter_pieces(p, writer, levels))
    return TaggedParagraph(pieces, tags.find_tags("".join(piece.text for piece in pieces)))


def _iter_pieces(
    p: etree._Element, writer: ElementWriter, levels: Iterator[int]
) -> Iterator[Piece]:
    around = [next(levels)]
    for kind, element in iter_inline(p):
        if kind == "run":
            yield from _iter_run_pieces(element, writer, around[-1])
        elif kind == "open":
            around.append(next(levels))
            yield Piece("frame", _open_element(element, writer))
        elif kind == "close":
            around.pop()
            yield Piece("frame", writer.closing(element))
        else:
            yield Piece(kind, writer.xml(element))


def _iter_run_pieces(run: etree._Element, writer: ElementWriter, level: int) -> Iterator[Piece]:
    found = run.find(LOOKS)
    properties = "" if found is None else writer.xml(found)
    for child in run:
        if child is found:
            continue
        text = "" if child.tag == PLACED_TAB else read_text(child)  # that one is layout
        if child.tag == TEXT:
            yield Piece("text", "", text, properties, level)
            continue
        xml = f"<w:r>{properties}{writer.xml(child)}</w:r>"
        yield Piece("text" if text else "object", xml, text, properties, level)


def open_frame(
    frame: etree._Element, writer: ElementWriter
) -> tuple[str, Sequence[etree._Element], str]:
    """A content control, link or the like, opened up: what stands before, its content, after."""
    opening, closing = _open_element(frame, writer), writer.closing(frame)
    inner = frame.find(w("sdtContent"))
    if inner is None:
        return opening, [each for each in frame if each.tag not in FRAME_PROPERTIES], closing
    return f"{opening}{writer.opening(inner)}", list(inner), f"{writer.closing(inner)}{closing}"


def _open_element(frame: etree._Element, writer: ElementWriter) -> str:
    """Its start tag and what tells of it."""
    about = (writer.xml(each) for each in frame if each.tag in FRAME_PROPERTIES)
    return writer.opening(frame) + "".join(about)
