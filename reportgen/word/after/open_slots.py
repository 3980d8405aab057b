"""Open slots of a paper: the places where a person has still to write, tinted so that nobody misses them."""

from __future__ import annotations

import datetime as dt

from lxml import etree

from reportgen.word.document.reader import open_trees
from reportgen.word.xml.package import to_xml
from reportgen.word.xml.runs import LOOKS, RUN, TEXT, has_content, part_run
from reportgen.word.xml.wml import remove_element, w

_BEHIND_TINT = frozenset(
    w(name)
    for name in (
        "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
        "eastAsianLayout", "specVanish", "oMath",
    )
)  # fmt: skip
"""What of a run's properties the format wants behind ``w:highlight``."""


def tint_slots(docx: bytes, slot: str, date: dt.date) -> bytes:
    """The document, dated ``date``, with every ``slot`` in its text highlighted; the words stay."""
    package, trees, _ = open_trees(docx)
    for name, root in trees.items():
        open_texts = [text for text in root.iter(TEXT) if slot in (text.text or "")]
        for text in open_texts:
            _tint(text, slot)
        if open_texts:
            package.parts[name] = to_xml(root)
    return package.to_bytes(date)


def _tint(text: etree._Element, slot: str) -> None:
    """Let each slot in a text stand in a highlighted run of its own."""
    before, at = text.getparent(), (text.text or "").find(slot)
    if before is None or before.tag != RUN or at < 0:
        return
    run = part_run(text, at)
    assert run is not None  # the slot stands behind
    if not has_content(before):
        remove_element(before)
    words = next(each for each in run if each.tag == TEXT)
    rest = (words.text or "").removeprefix(slot)
    behind = part_run(words, len(slot))
    _highlight(run)
    if rest and behind is not None:
        _tint(next(each for each in behind if each.tag == TEXT), slot)


def _highlight(run: etree._Element) -> None:
    look = run.find(LOOKS)
    if look is None:
        look = etree.Element(LOOKS)
        run.insert(0, look)
    for old in look.findall(w("highlight")):
        look.remove(old)
    tint = etree.Element(w("highlight"), {w("val"): "yellow"})
    follower = next((each for each in look if each.tag in _BEHIND_TINT), None)
    if follower is None:
        look.append(tint)
    else:
        follower.addprevious(tint)
