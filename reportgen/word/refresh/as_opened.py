"""A report just filled, taken as if it had been packed and opened again, which would take longer."""

from __future__ import annotations

from typing import Any

from lxml import etree

from reportgen.word.document.reader import OpenedReport, ReportReading, read_content
from reportgen.word.document.text_rows import ASIDE, ROWS, TextRows
from reportgen.word.render.fill import FilledReport
from reportgen.word.render.postprocess import number_own_bookmarks, parse_rows
from reportgen.word.xml.wml import remove_element


def open_filled_report(filled: FilledReport) -> OpenedReport:
    """It and what it shows; its rows of long tables are set aside one by one."""
    aside = TextRows()
    for tree in filled.trees.values():
        for note in list(tree.iter(etree.ProcessingInstruction)):
            if getattr(note, "target", "") == ROWS:
                _divide_rows(note, filled, aside)
    own = frozenset(filled.record.get("own", ()))
    shown = read_content(filled.package, filled.trees, filled.labels, aside, own)
    reading = ReportReading(shown, filled.figures, filled.record, own)
    return OpenedReport(filled.package, filled.trees, reading, aside)


def _divide_rows(note: Any, filled: FilledReport, aside: TextRows) -> None:  # noqa: ANN401 - lxml's instructions
    """An instruction for many rows becomes one for each; rows with figures become elements."""
    end = "</w:tr>"
    root = note.getroottree().getroot()
    turns = map(number_own_bookmarks, filled.rows[int(note.text)].iter_xml())
    for part in (part for turn in turns for part in turn.split(end)[:-1]):
        row = f"{part}{end}"
        here: list[etree._Element]
        if aside.keep(row):
            here = [etree.ProcessingInstruction(ASIDE, str(len(aside.rows) - 1))]
        else:
            here = parse_rows(root, row)
        for each in here:
            note.addprevious(each)
    remove_element(note)
