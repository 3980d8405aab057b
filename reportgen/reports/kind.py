"""ReportKind: what a folder under ``reports`` offers to the commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from reportgen.data import Dataset
from reportgen.facts.report import Report
from reportgen.issues import Issue
from reportgen.ledger.model import Field, Imported, Table
from reportgen.reports.return_state import ReturnState
from reportgen.schema.model import Workbook

Rows = Mapping[str, Sequence[Mapping[str, object]]]
"""What to write into a workbook: by sheet, records by column name."""
NO_ROWS: Rows = MappingProxyType({})


@dataclass(frozen=True)
class Sample:
    """A filled case: ``register`` rows, and by department what it adds to its handed-out rows.

    ``title`` stands over the register's sheets and says what in them is only an example.
    ``returns[department]["办理情况"]`` records complete the prefilled ones with the same key.
    """

    name: str
    title: str
    register: Rows
    returns: Mapping[str, Rows]


@dataclass(frozen=True)
class Progress:
    """One department: whom to ask, items in its hands, of these led by it, of those answered.

    ``state``: how its return stands.
    """

    department: str
    contact: str
    phone: str
    assigned: int
    led: int
    answered: int
    state: ReturnState = ReturnState.MISSING


@dataclass(frozen=True)
class CarriedOver:
    """What a new year's register begins with; ``notes``: what of it to look at, in sentences."""

    register: Rows
    notes: Sequence[str]


class CarryOver(Protocol):
    """How a kind begins a year with the one before."""

    def __call__(self, dataset: Dataset, *, sound: bool) -> CarriedOver:
        """``dataset``: of the year before; ``sound``: whether it is without errors."""


class Check(Protocol):
    """The cross-checks of a kind of report."""

    def __call__(self, dataset: Dataset, today: dt.date | None = None) -> Sequence[Issue]:
        """What is wrong; ``today``: as of when time limits are looked at."""


@dataclass(frozen=True)
class ReportKind:
    """One kind of report.

    ``register`` and ``returned``: its two standard workbooks.  ``check``: cross-checks of this
    kind.  ``report``: the dataset as a Report.  ``handed_out``: by department, the prefilled rows
    of its return workbook.  ``lists`` and ``notes``: the lists and definitions of the register
    that the return's drop-downs and input messages show, by (sheet, column).
    ``progress``: how far each department has come by a day, without one by what is filled in.
    ``starter``: rows that a blank register begins with.  ``wording``: outline of the default
    template.  ``ledger`` and ``transfer``: what a ledger that is not our form may hold, and what
    becomes of it.  ``status``: how far everything is as of a day; ``status_wording``: outline of
    the notice on it; ``board``: its tables for the console, by title, as rows of texts.
    ``board_in_brief``: by title of such a table, the headings that a narrow terminal shows.
    ``carry_over``: what of a year the next begins with.  ``period``: whose and which year's, as
    names of files begin.
    """

    name: str
    register: Workbook
    returned: Workbook
    check: Check
    report: Callable[[Dataset], Report]
    handed_out: Callable[[Dataset], Mapping[str, Rows]]
    lists: Callable[[Dataset], Mapping[tuple[str, str], Sequence[str]]]
    notes: Callable[[Dataset], Mapping[tuple[str, str], str]]
    progress: Callable[[Dataset, dt.date | None], Sequence[Progress]]
    starter: Rows
    sample: Sample
    wording: Callable[[], str]
    ledger: tuple[Field, ...]
    transfer: Callable[[Table], Imported]
    status: Callable[[Dataset, dt.date], Report]
    status_wording: Callable[[], str]
    board: Callable[[Report], Mapping[str, Sequence[Mapping[str, str]]]]
    carry_over: CarryOver
    period: Callable[[Dataset], str] = lambda _: ""
    board_in_brief: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def workbooks(self) -> Iterable[Workbook]:
        """Both standard workbooks, the register first."""
        return (self.register, self.returned)
