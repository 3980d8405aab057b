"""Words taken out of a document, wherever they stand: in the text, tables, text boxes, headers and notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen.word.xml.runs import TEXT, iter_texts, take_readings_off
from reportgen.word.xml.wml import remove_element, w

_EMPTY = re.compile(r"[\s()（）:：,，、;；。]*")


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a paragraph's text that goes: from ``begin`` to ``end``; ``instead``: what stands there then.

    ``what``: what it is, for whoever is told.
    """

    begin: int
    end: int
    what: str
    instead: str = ""


FindCuts = Callable[[str], Sequence[Cut]]
"""What of a paragraph's text goes, in order and without overlaps."""


def cut_words(root: etree._Element, find: FindCuts) -> Iterator[tuple[str, str]]:
    """Take them out of one part, in place; yields of each what it was and the words.

    A paragraph of which nothing but brackets is left goes too, where another stands beside it.
    """
    for paragraph in list(root.iter(w("p"))):
        pieces = list(iter_texts(paragraph))
        text = "".join(shown if each.tag == TEXT else " " for each, shown in pieces)
        cuts = find(text)
        for cut in reversed(cuts):
            take_readings_off(_cut(pieces, cut))
        yield from ((cut.what, text[cut.begin : cut.end]) for cut in cuts)
        if cuts and _EMPTY.fullmatch("".join(shown.text or "" for shown, _ in pieces)):
            _drop(paragraph)


def _cut(pieces: Sequence[tuple[etree._Element, str]], cut: Cut) -> list[etree._Element]:
    """Change the words; → the elements changed."""
    begun, instead = 0, cut.instead
    changed = []
    for element, shown in pieces:
        first, last = max(cut.begin - begun, 0), min(cut.end - begun, len(shown))
        if first < last and element.tag == TEXT:
            now = element.text or ""
            changed.append(element)
            element.text = now[:first] + instead + now[last:]
            instead = ""
        begun += len(shown)
    return changed


def _drop(paragraph: etree._Element) -> None:
    beside = paragraph.getparent()
    ends_section = paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None
    if beside is not None and len(beside.findall(w("p"))) > 1 and not ends_section:
        remove_element(paragraph)
