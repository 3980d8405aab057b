"""What the parts of an outline share: how lines are cut up, and how text becomes a run."""

from __future__ import annotations

import re
from itertools import pairwise

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from reportgen.word.template import tags
from reportgen.word.template.tag_style import TAG_STYLE_ID

BAR = re.compile(r"\|(?![^{}]*\})")  # not inside a tag
CONTROL = re.compile(r"\{%[^{}]*%\}")
PARAGRAPH = "¶"
"""Begins a new paragraph within a cell."""


def give_style(paragraph: Paragraph, style: str) -> Paragraph:
    """The paragraph in the style of this id; python-docx would look for its name in all styles each time.

    Nothing is said of the usual one.
    """
    paragraph._p.style = None if style == "Normal" else style
    return paragraph


def add_text(paragraph: Paragraph, text: str, style: str | None = None) -> None:
    r"""Runs of text and of tags, which look like tags; ``\`` are line breaks.

    ``style``: the id of that of all the text, its tags included.
    """
    if style or CONTROL.fullmatch(text):
        _add_run(paragraph, text, style)
        return
    spans = [(each.start, each.end) for each in tags.find_tags(text)]
    cuts = sorted({0, len(text), *(cut for span in spans for cut in span)})
    for start, end in pairwise(cuts):
        is_tag = any(first <= start < last for first, last in spans)
        _add_run(paragraph, text[start:end], TAG_STYLE_ID if is_tag else None)


def _add_run(paragraph: Paragraph, text: str, style: str | None) -> None:
    """The hint makes “ ” and … as wide as the characters."""
    run = paragraph.add_run(text.replace("\\", "\n"))
    run._r.style = style
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
