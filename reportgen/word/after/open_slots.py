"""Open slots of a paper: the places where a person has still to write, tinted so that nobody misses them."""

from __future__ import annotations

import copy
import datetime as dt
import re

from lxml import etree

from reportgen.word.document.reader import open_trees
from reportgen.word.xml.package import to_xml
from reportgen.word.xml.wml import remove_element, w

_BEHIND_TINT = frozenset(
    w(name)
    for name in (
        "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
        "eastAsianLayout", "specVanish", "oMath",
    )
)  # fmt: skip
"""What of a run's properties the format wants behind ``w:highlight``."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def tint_slots(docx: bytes, slot: str, date: dt.date) -> bytes:
    """The document, dated ``date``, with every ``slot`` in its text highlighted; the words stay."""
    package, trees, _ = open_trees(docx)
    for name, root in trees.items():
        open_texts = [text for text in root.iter(w("t")) if slot in (text.text or "")]
        for text in open_texts:
            _part_run(text, slot)
        if open_texts:
            package.parts[name] = to_xml(root)
    return package.to_bytes(date)


def _part_run(text: etree._Element, slot: str) -> None:
    """The run of a text as several, those that hold a slot highlighted."""
    run = text.getparent()
    if run is None or run.tag != w("r"):
        return
    content = [child for child in run if child.tag != w("rPr")]
    at = content.index(text)
    pieces = [piece for piece in re.split(f"({re.escape(slot)})", text.text or "") if piece]
    made = [_copy_run(run, piece, tinted=piece == slot) for piece in pieces]
    if content[:at]:
        run.addprevious(_copy_run(run, *content[:at]))
    for each in made:
        run.addprevious(each)
    if content[at + 1 :]:
        run.addprevious(_copy_run(run, *content[at + 1 :]))
    remove_element(run)


def _copy_run(
    run: etree._Element, *content: str | etree._Element, tinted: bool = False
) -> etree._Element:
    """A run that looks like this one, tinted or not, with other content."""
    made = etree.Element(w("r"))
    properties = run.find(w("rPr"))
    look = etree.Element(w("rPr")) if properties is None else copy.deepcopy(properties)
    if tinted:
        _highlight(look)
    if len(look):
        made.append(look)
    for each in content:
        made.append(_make_text(each) if isinstance(each, str) else each)
    return made


def _make_text(words: str) -> etree._Element:
    text = etree.Element(w("t"), {_SPACE: "preserve"})
    text.text = words
    return text


def _highlight(look: etree._Element) -> None:
    for old in look.findall(w("highlight")):
        look.remove(old)
    tint = etree.Element(w("highlight"), {w("val"): "yellow"})
    follower = next((each for each in look if each.tag in _BEHIND_TINT), None)
    if follower is None:
        look.append(tint)
    else:
        follower.addprevious(tint)
