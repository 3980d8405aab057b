"""A report just filled, taken as if it had been packed and opened again, which would take longer."""

from __future__ import annotations

from typing import Any

from lxml import etree

from reportgen.word.document.reader import Opened, Reading, content
from reportgen.word.document.text_rows import ASIDE, ROWS, Aside
from reportgen.word.render.fill import Filled
from reportgen.word.render.postprocess import as_elements, numbered
from reportgen.word.xml.wml import remove


def taken(filled: Filled) -> Opened:
    """It and what it shows; its rows of long tables are set aside one by one."""
    aside = Aside()
    for tree in filled.trees.values():
        for note in list(tree.iter(etree.ProcessingInstruction)):
            if getattr(note, "target", "") == ROWS:
                _divide(note, filled, aside)
    own = frozenset(filled.record.get("own", ()))
    shown = content(filled.package, filled.trees, filled.labels, aside, own)
    reading = Reading(shown, filled.figures, filled.record, own)
    return Opened(filled.package, filled.trees, reading, aside)


def _divide(note: Any, filled: Filled, aside: Aside) -> None:  # noqa: ANN401 - lxml's instructions
    """An instruction for many rows becomes one for each; rows with figures become elements."""
    end = "</w:tr>"
    root = note.getroottree().getroot()
    for part in numbered(filled.rows[int(note.text)]).split(end)[:-1]:
        row = f"{part}{end}"
        here: list[etree._Element]
        if aside.keep(row):
            here = [etree.ProcessingInstruction(ASIDE, str(len(aside.rows) - 1))]
        else:
            here = as_elements(root, row)
        for each in here:
            note.addprevious(each)
    remove(note)
