"""What a paragraph holds, in order: what may stand around its runs, and what in a run is text.

Templates, reports and copies for the public are read by this walk; what each makes of a frame, a
field or hidden text is its own.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from typing import Literal

from lxml import etree

from reportgen.word.xml.revisions import INSERTED
from reportgen.word.xml.wml import FRAME_PROPERTIES, FRAMES, remove_with_run, w

RUN, TEXT, LOOKS, ABOUT, SIMPLE = map(w, ("r", "t", "rPr", "pPr", "fldSimple"))
FIELD_MARK, INSTRUCTION, FIELD_KIND = map(w, ("fldChar", "instrText", "fldCharType"))
RUBY, UNDER = w("ruby"), w("rubyBase")
START, END = w("bookmarkStart"), w("bookmarkEnd")
PLACED_TAB = w("ptab")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_BREAK, _BREAK_KIND, _LINE = w("br"), w("type"), "textWrapping"
_SIGNS = {w("tab"): "\t", PLACED_TAB: "\t", w("cr"): "\n", w("noBreakHyphen"): "-"}
_AROUND = (
    FRAMES | INSERTED | frozenset(map(w, ("hyperlink", "dir", "bdo", "smartTag", "fldSimple")))
)
"""What may stand around runs (ECMA-376 part 1, 17.3.2, 17.5, 17.13.5, 17.16.19)."""
_MARKS = frozenset([START, END, w("permStart"), w("permEnd")])
_ABOUT = FRAME_PROPERTIES | {ABOUT}

InlineKind = Literal["run", "mark", "open", "close", "object"]
"""A run; an end of a bookmark or of what may be edited; begin and end of what stands around runs; anything else."""


def iter_inline(
    parent: Iterable[etree._Element],
) -> Iterator[tuple[InlineKind, etree._Element]]:
    """What stands in a paragraph or in a frame around runs, and in the frames inside, in order."""
    for child in parent:
        tag = child.tag
        if tag == RUN:
            yield "run", child
        elif tag in _MARKS:
            yield "mark", child
        elif tag in _AROUND:
            yield "open", child
            yield from iter_inline(child)
            yield "close", child
        elif tag not in _ABOUT:
            yield "object", child


def read_text(element: etree._Element) -> str:
    """The text that one element of a run shows: words, a tab, the end of a line, a hyphen."""
    tag = element.tag
    if tag == TEXT:
        return element.text or ""
    if tag == _BREAK:
        return "\n" if element.get(_BREAK_KIND, _LINE) == _LINE else ""
    return _SIGNS.get(tag, "")


def iter_texts(parent: Iterable[etree._Element]) -> Iterator[tuple[etree._Element, str]]:
    """All that shows text, hidden or not; of a text with its reading above (拼音指南) the text."""
    for kind, run in iter_inline(parent):
        for child in run if kind == "run" else ():
            if child.tag == RUBY:
                for base in child.iterfind(UNDER):
                    yield from iter_texts(base)
            elif text := read_text(child):
                yield child, text


def part_run(holder: etree._Element, offset: int) -> etree._Element | None:
    """Let what stands in a run behind a letter of one of its elements be a run of its own.

    ``offset``: how many letters of it stay; of what is no text, 0 or 1.  → that run, which looks like
    the first; None if nothing stands behind.  The first may be left with nothing but its looks.
    """
    run = holder.getparent()
    assert run is not None
    rest = copy.copy(run)
    del rest[:]
    looks = run.find(LOOKS)
    if looks is not None:
        rest.append(copy.deepcopy(looks))
    at, shown = run.index(holder), holder.text or ""
    if holder.tag == TEXT and 0 < offset < len(shown):
        put_text(etree.SubElement(rest, TEXT), shown[offset:])
        put_text(holder, shown[:offset])
    rest.extend(list(run)[at + (offset > 0) :])
    if not has_content(rest):
        return None
    run.addnext(rest)
    return rest


def put_text(holder: etree._Element, text: str) -> None:
    """Let a ``w:t`` hold these words, blanks at their ends included."""
    holder.text = text
    holder.set(_SPACE, "preserve")


def has_content(run: etree._Element) -> bool:
    """Whether a run holds more than its looks."""
    return any(child.tag != LOOKS for child in run)


def take_readings_off(texts: Iterable[etree._Element]) -> bool:
    """Let text stay without the reading above it; → whether any of these had one."""
    rubies = {ruby for each in texts for ruby in each.iterancestors(RUBY)}
    for ruby in rubies:
        outer = ruby.getparent()
        assert outer is not None
        for each in [each for base in ruby.iterfind(UNDER) for each in base]:
            outer.addprevious(each)
        remove_with_run(ruby)
    return bool(rubies)
