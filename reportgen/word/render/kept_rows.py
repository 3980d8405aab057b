"""A row of totals is never alone on a page: it stays with the row before it and the note below.

Word and WPS keep a row with the next where its paragraphs say so; LibreOffice passes over that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from reportgen.word.document.text_rows import ROWS
from reportgen.word.render.rows_aside import RowsAside
from reportgen.word.xml.wml import w

_TOTALS, _NOTE = ("TableTotal", "ListTotal"), "Note"
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>(?:<w:pPr>(?:<w:pStyle [^>]*/>)?(?:<w:keepNext/>)?)?")


def keep_totals(root: etree._Element, rows: Sequence[RowsAside]) -> None:
    """Tie the rows of totals of a finished part, in place; ``rows``: those of long tables."""
    for table in root.iter(w("tbl")):
        *before, last = [None, *(each for each in table if _is_row(each))]
        if last is None or _read_style(last.find(f".//{w('p')}")) not in _TOTALS:
            continue
        if before[-1] is not None:
            _tie_row(before[-1], rows)
        if _read_style(table.getnext()) == _NOTE:
            _tie_row(last, rows)


def _is_row(each: etree._Element) -> bool:
    return each.tag == w("tr") or getattr(each, "target", "") == ROWS


def _read_style(paragraph: etree._Element | None) -> str:
    found = None if paragraph is None else paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if found is None else found.get(w("val"), "")


def _tie_row(row: etree._Element, rows: Sequence[RowsAside]) -> None:
    """The row, or the last of those set aside, is kept with the next."""
    if row.tag != w("tr"):
        rows[int(row.text or 0)].rewrite_last(_tie_last_row)
        return
    for paragraph in row.iter(w("p")):
        about = paragraph.find(w("pPr"))
        if about is None:
            about = etree.Element(w("pPr"))
            paragraph.insert(0, about)
        if about.find(w("keepNext")) is None:
            about.insert(int(about.find(w("pStyle")) is not None), etree.Element(w("keepNext")))


def _tie_last_row(rows: str) -> str:
    begin = rows.rfind("<w:tr")
    return rows[:begin] + _PARAGRAPH.sub(_tie_text, rows[begin:])


def _tie_text(found: re.Match[str]) -> str:
    opening = found[0].removesuffix("<w:keepNext/>")
    return (
        f"{opening}<w:keepNext/>"
        if "<w:pPr>" in opening
        else (f"{opening}<w:pPr><w:keepNext/></w:pPr>")
    )
