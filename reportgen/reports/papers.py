"""The papers that a kind of report writes around its report, each one declaration.

A kind that has any lists them; the command that fills them in knows no more of them than this.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from reportgen.data import Dataset, Rows
from reportgen.facts.report import Node
from reportgen.schema.model import Workbook

SLOT = "【待填】"
"""What stands where a person has to write something; the paper shows it tinted."""


@dataclass(frozen=True)
class PaperSource:
    """What papers are made from: everything returned, as of ``today``."""

    dataset: Dataset
    today: dt.date


@dataclass(frozen=True)
class PaperDraft:
    """One paper to write: ``key`` tells it from others of its kind, empty where there is one only.

    ``names``: everything its wording may name, the same names in every paper of a kind.
    ``unit``: who issues it.
    """

    key: str
    names: Mapping[str, Node]
    unit: str = ""


@dataclass(frozen=True)
class WordPaper:
    """A kind of paper in Word: ``command``: the word by which it is asked for; several may share one.

    ``name``: what it is called, its template and its file too, or the folder of its files where there
    is one for ``each`` owner or item, as it is said to the user.  ``wording``: outline of the built-in template.  ``drafts``: what
    the data allow; nothing where there is nothing to write.
    """

    command: str
    name: str
    wording: Callable[[], str]
    drafts: Callable[[PaperSource], Iterable[PaperDraft]]
    each: str = ""


@dataclass(frozen=True)
class TablePaper:
    """A kind of paper that is a table: ``book`` has its columns, ``rows`` what the data allow."""

    command: str
    book: Workbook
    rows: Callable[[PaperSource], Rows]
    each: str = ""

    @property
    def name(self) -> str:
        """What it is called, and its file."""
        return self.book.name


WrittenPaper = WordPaper | TablePaper
