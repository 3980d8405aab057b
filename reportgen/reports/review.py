"""What it means to review papers that others wrote: papers in, remarks and two workbooks out.

A kind of report whose work produces such papers offers a ``kind.PaperReview``; the commands know no more
of them than this.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from reportgen.data import Dataset, Rows
from reportgen.issues import Severity


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paper: a paragraph, or the cells of a table's row side by side.

    ``number``: of its first paragraph in the body, counted from 0; -1 elsewhere.  ``edge``: it
    stands in a header, a footer, a note or a text box, not in the running text.
    """

    text: str
    number: int = -1
    edge: bool = False


@dataclass(frozen=True)
class Paper:
    """A paper as read: its lines with tracked changes accepted, how many of these, and comments.

    ``name``: its path in the working folder; ``problem``: why it cannot be read, if it cannot.
    """

    name: str
    lines: Sequence[Line] = ()
    changes: int = 0
    comments: int = 0
    sha256: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say of a paper.

    ``place``: for the reader (主送, 第2段, 落款); ``number``: of the body's paragraph, -1 for the
    start; ``quote``: the words meant.  ``judgement``: only a person can tell; it decides nothing.
    """

    code: str
    severity: Severity
    file: str
    place: str
    message: str
    remedy: str
    quote: str = ""
    basis: str = ""
    number: int = -1
    judgement: bool = False

    @property
    def level(self) -> str:
        """错误, 提醒, or that it is for a person to judge."""
        return "请审核人判断" if self.judgement else str(self.severity)


@dataclass(frozen=True)
class Reviewed:
    """What a review finds.

    ``remarks`` in the order of files and places; ``result``: rows of the result's workbook;
    ``rounds``: rows to add to the record's only sheet; ``summary``: counts for the console, in words.
    """

    remarks: Sequence[Remark]
    result: Rows
    rounds: Sequence[Mapping[str, object]]
    summary: Sequence[tuple[str, int]]


class Reviewing(Protocol):
    """How a kind of report reviews its papers."""

    def __call__(
        self, dataset: Dataset, papers: Sequence[Paper], past: Sequence[Mapping[str, object]],
        today: dt.date,
    ) -> Reviewed:  # fmt: skip
        """``past``: the rows of the record so far, in order."""


@dataclass(frozen=True)
class Publication:
    """What becomes of a paper that may be published: its copy's ``name``, without suffix, and ``title``.

    ``refused``: why there is no copy, if there is none; ``notes``: what to look at first.
    """

    file: str
    name: str = ""
    title: str = ""
    date: dt.date = dt.date(1980, 1, 1)
    refused: str = ""
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Private:
    """A stretch of a text that is not published: what it is, and what stands there instead."""

    begin: int
    end: int
    what: str
    instead: str = ""


@dataclass(frozen=True)
class Publishing:
    """What of papers is published: which of them, and what of their words is not, by paragraph."""

    choose: Callable[
        [Dataset, Sequence[Paper], Sequence[Mapping[str, object]]], Sequence[Publication]
    ]
    private: Callable[[str], Sequence[Private]]
