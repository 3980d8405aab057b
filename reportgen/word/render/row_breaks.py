"""Where the end of a page may part a row: a template allows it for long texts, and only rows that hold one need it."""

from __future__ import annotations

import html
import re
from functools import lru_cache

SHORT = 200
"""Letters in a cell, some eight lines of a column: a row of such cells is no row of long texts."""

_SHOWN = re.compile("<w:t(?: [^>]*)?>([^<]*)")
_ROW = re.compile("(<w:trPr>)(?!(?:(?!</w:trPr>).)*<w:cantSplit)", re.DOTALL)


def are_short(rows: str) -> bool:
    """Whether no cell of these rows holds a long text."""
    return all(len(cell) <= SHORT or count_letters(cell) <= SHORT for cell in rows.split("</w:tc>"))


def count_letters(xml: str) -> int:
    """The letters that a piece of XML shows."""
    return sum(len(html.unescape(text)) for text in _SHOWN.findall(xml))


@lru_cache(maxsize=256)
def keep_whole(piece: str) -> str:
    """XML in which no row is parted by the end of a page; a row of which nothing is said stays as it is."""
    return _ROW.sub(r"\1<w:cantSplit/>", piece) if "<w:tr" in piece else piece
