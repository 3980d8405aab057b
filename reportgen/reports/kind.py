"""ReportKind: what a folder under ``reports`` offers to the commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from reportgen import issues
from reportgen.data import Dataset, Rows
from reportgen.facts.report import Report
from reportgen.issues import Issue
from reportgen.reports.assignment.hand_out import HandOut, hand_outs, rows_handed_out
from reportgen.reports.assignment.progress import COUNTED, ReturnProgress, contacts, filled_in
from reportgen.reports.assignment.return_checks import return_issues
from reportgen.reports.words import KindWords
from reportgen.schema.columns import Ref
from reportgen.schema.model import Workbook

if TYPE_CHECKING:
    from reportgen.ledger.model import LedgerField, LedgerTable, TransferResult
    from reportgen.reports.assignment.status import Status
    from reportgen.reports.papers import WrittenPaper
    from reportgen.reports.review import Publishing, Reviewing
    from reportgen.reports.rollup.declared import RollUp

NO_ROWS: Rows = MappingProxyType({})


@dataclass(frozen=True)
class Sample:
    """A filled case: ``register`` rows, and by owner what it adds to its handed-out rows.

    ``title`` stands over the register's sheets and says what in them is only an example.
    Records of a sheet that is handed out by item complete the prefilled ones with the same key.
    """

    name: str
    title: str
    register: Rows
    returns: Mapping[str, Rows]


@dataclass(frozen=True)
class CarriedOver:
    """What a new year's register begins with; ``notes``: what of it to look at, in sentences."""

    register: Rows
    notes: Sequence[str]


class CarryOver(Protocol):
    """How a kind begins a year with the one before."""

    def __call__(self, dataset: Dataset, *, sound: bool) -> CarriedOver:
        """``dataset``: of the year before; ``sound``: whether it is without errors."""


@dataclass(frozen=True)
class Importing:
    """What a ledger that is not our form may hold, and what becomes of its rows.

    Only one command asks for it; so a kind tells it when asked.
    """

    fields: tuple[LedgerField, ...]
    transfer: Callable[[LedgerTable], TransferResult]


@dataclass(frozen=True)
class Counting:
    """``names`` of what ``progress`` counts of each owner: by a day, else by what is filled in."""

    names: tuple[str, ...]
    progress: Callable[[Dataset, dt.date | None], Sequence[ReturnProgress]]


@dataclass(frozen=True)
class PaperReview:
    """What papers of its owners a kind reviews: where they lie and how (``reports.review``).

    ``folder``: in the working folder; ``out``: in the output folder.  ``result`` and ``record``: the
    two workbooks; the record lies in the working folder, has one sheet and is only added to.
    """

    name: str
    folder: str
    out: str
    result: Workbook
    record: Workbook
    review: Reviewing
    publishing: Callable[[], Publishing] | None = None


class Checks(Protocol):
    """The checks of a kind between sheets, besides those of what was handed out."""

    def __call__(
        self, dataset: Dataset, found: Sequence[Issue], today: dt.date | None
    ) -> Iterable[Issue]:
        """What is wrong; ``found``: with the returns; ``today``: as of when limits are looked at."""


@dataclass(frozen=True, eq=False)
class ReportKind:
    """One kind of report: five things it must tell, and what it may add to what follows from them.

    ``register`` and ``returned``: its two standard workbooks.  ``report``: the dataset as a Report.
    ``wording``: outline of the default template.

    ``words``: what messages and letters call its things.  ``codes``: its own issues.
    ``own_checks``: what is wrong between its sheets.  ``own_hand_outs``: what is handed out by item,
    where the schema does not tell it all; ``own_rows``: by owner, the rows of its return, where they
    hold more than that.  ``own_counting``: how far each owner has come, where that is more than rows
    filled in.  ``ownerless``: rows that are wanted of some owner, by sheet of the return, where the
    register does not tell of whom.  ``notes``: definitions for the return's input messages, by (sheet, column).
    ``starter``: rows that a blank register begins with.  ``importing``, ``carry_over``, ``sample``,
    ``own_status``: without them the commands for it say so, or do with what the core knows.
    ``period``: whose and which year's, as names of files begin.  ``papers``:
    what is written around the report.  ``review``: what owners write and the office reviews, if anything.
    ``rollup``: how reports of many units become one, where that is more than follows from the figures.
    What only some commands ask for is a function: it loads what it tells.
    """

    name: str
    register: Workbook
    returned: Workbook
    report: Callable[[Dataset], Report]
    wording: Callable[[], str]
    words: KindWords = field(default_factory=KindWords)
    codes: Mapping[str, issues.IssueKind] = field(default_factory=dict)
    own_checks: Checks = lambda *_: ()
    own_hand_outs: tuple[HandOut, ...] | None = None
    own_rows: Callable[[Dataset], Mapping[str, Rows]] | None = None
    own_counting: Counting | None = None
    ownerless: Callable[[Dataset], Rows] = lambda _: NO_ROWS
    notes: Callable[[Dataset], Mapping[tuple[str, str], str]] = lambda _: {}
    starter: Rows = field(default_factory=dict)
    sample: Sample | None = None
    importing: Callable[[], Importing] | None = None
    own_status: Callable[[], Status] | None = None
    carry_over: CarryOver | None = None
    period: Callable[[Dataset], str] = lambda _: ""
    papers: Callable[[], tuple[WrittenPaper, ...]] = tuple
    review: PaperReview | None = None
    rollup: Callable[[], RollUp | None] = lambda: None

    def __post_init__(self) -> None:
        """Its issues have their texts from now on."""
        issues.declare(self.codes, self.name)

    @property
    def workbooks(self) -> Iterable[Workbook]:
        """Every workbook that may be read in a working folder: both standard ones, the register first."""
        return (self.register, self.returned, *self.records)

    @property
    def records(self) -> tuple[Workbook, ...]:
        """Workbooks that commands keep in the working folder and that count if they lie there."""
        return (self.review.record,) if self.review else ()

    @property
    def register_file(self) -> str:
        """What the register is called in a working folder."""
        return f"{self.register.name}.xlsx"

    @property
    def imported_file(self) -> str:
        """What a register is called that was imported where there is one already."""
        return f"{self.register.name}（导入）.xlsx"

    @property
    def return_form_file(self) -> str:
        """What the blank form of a return is called."""
        return f"{self.returned.name}.xlsx"

    @property
    def owner(self) -> Ref:
        """Where those are listed who each fill a return."""
        assert self.returned.owner is not None
        return self.returned.owner

    @cached_property
    def hand_outs(self) -> tuple[HandOut, ...]:
        """What is handed out by item."""
        derived = hand_outs(self.register, self.returned)
        return derived if self.own_hand_outs is None else self.own_hand_outs

    def handed_out(self, dataset: Dataset) -> Mapping[str, Rows]:
        """By owner, in the register's order, the prefilled rows of its return.

        Where nothing is handed out by item, every owner gets an empty return.
        """
        if self.own_rows:
            return self.own_rows(dataset)
        if self.hand_outs:
            return rows_handed_out(dataset, self.hand_outs)
        return {name: {} for name, _, _ in contacts(dataset, self.owner)}

    def check(self, dataset: Dataset, today: dt.date | None = None) -> Sequence[Issue]:
        """Everything wrong between the sheets, ordered by file, sheet, row and column.

        ``today``: as of when time limits are looked at.
        """
        found = list(return_issues(dataset, self.hand_outs, self.returned, self.words))
        own = self.own_checks(dataset, found, today)
        return issues.arrange_issues([*found, *own], dataset.letters)

    @property
    def counted(self) -> tuple[str, ...]:
        """What is counted of each owner."""
        derived = COUNTED if self.hand_outs else ()
        return self.own_counting.names if self.own_counting else derived

    def progress(self, dataset: Dataset, today: dt.date | None = None) -> Sequence[ReturnProgress]:
        """How far each owner has come by a day, without one by what is filled in."""
        if self.own_counting:
            return self.own_counting.progress(dataset, today)
        return filled_in(dataset, self.hand_outs, self.owner)

    def lists(self, dataset: Dataset) -> Mapping[tuple[str, str], Sequence[str]]:
        """The register's lists that the return's drop-downs offer, by (sheet, column)."""
        return {
            (ref.sheet, ref.column): [
                str(value) for value in dataset.tables[ref.sheet][ref.column] if value
            ]
            for ref in self._offered()
        }

    @property
    def status(self) -> Status:
        """How far everything is as of a day."""
        if self.own_status:
            return self.own_status()
        from reportgen.reports.assignment.status import plain_status  # noqa: PLC0415 (few ask)

        return plain_status(self.name, self.progress, self.counted, self.period)

    def _offered(self) -> Iterator[Ref]:
        there = {sheet.name for sheet in self.register.sheets}
        for sheet in self.returned.sheets:
            for column in sheet.columns:
                if (
                    isinstance(column.type, Ref)
                    and not column.locked
                    and column.type.sheet in there
                ):
                    yield column.type
