"""What the parts of an outline share: how lines are cut up, and how text becomes a run."""

from __future__ import annotations

import re

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

BAR = re.compile(r"\|(?![^{}]*\})")  # not inside a tag
CONTROL = re.compile(r"\{%[^{}]*%\}")


def add_text(paragraph: Paragraph, text: str, style: str | None = None) -> Run:
    r"""One run; its ``\`` are line breaks.  The hint makes “ ” and … as wide as the characters."""
    run = paragraph.add_run(text.replace("\\", "\n"), style)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
    return run
