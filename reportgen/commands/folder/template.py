"""The template and the sentences a report is made with: asked for, the folder's own, or built in."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.reports.kind import ReportKind
from reportgen.workspace import InputFile

if TYPE_CHECKING:
    from reportgen.word.template.sentences import Sentences, Template

EDITION = dt.datetime(2026, 11, 22)
"""The date inside blank forms and the default template: that of their latest edition."""


@cache
def make_default_template(kind: ReportKind) -> bytes:
    """The built-in template, made from the kind's wording."""
    from reportgen.word.template import gongwen  # noqa: PLC0415
    from reportgen.word.template.sentences import split_wording  # noqa: PLC0415

    outline, _ = split_wording(kind.wording())
    return gongwen.build_template(outline, date=EDITION.date())


@cache
def read_default_sentences(kind: ReportKind) -> Sentences:
    """The built-in sentences, from the kind's wording."""
    from reportgen.word.template.sentences import split_wording  # noqa: PLC0415

    return split_wording(kind.wording())[1]


def choose_template(folder: Path, given: Path | None, kind: ReportKind) -> Template:
    """As ``choose_template_file``, with the sentences it may use.

    The office's own go over the built-in ones.  They lie beside the template that was asked for,
    else in the folder.
    """
    from reportgen.word.template.sentences import Template  # noqa: PLC0415

    own = workspace.read_sentences(folder, given)
    written = _read_own_sentences(own) if own else {}
    sentences = {**read_default_sentences(kind), **written}
    return Template(choose_template_file(folder, given, kind), sentences)


def _read_own_sentences(file: InputFile) -> Sentences:
    from reportgen.word.template.sentence_file import read_sentence_file  # noqa: PLC0415

    return read_sentence_file(file.content or b"", file.name)


def choose_template_file(folder: Path, given: Path | None, kind: ReportKind) -> bytes:
    """The template asked for, else the folder's own; only where there is none, the built-in one."""
    chosen = workspace.read_template(folder, given)
    return make_default_template(kind) if chosen is None else chosen
