"""``check``: everything in a working folder read, checked and sent back, all that is wrong at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.commands.folder.inputs import list_input_paths, read_inputs
from reportgen.commands.folder.known_returns import find_gone_returns, note_returns, read_known
from reportgen.commands.folder.progress import Progress
from reportgen.commands.folder.template import EDITION
from reportgen.data import Dataset
from reportgen.issues import NOT_YET_DUE, Issue, Severity, arrange_issues, name_sheets_as_in_files
from reportgen.raw import RawWorkbook
from reportgen.reports.kind import ReportKind
from reportgen.schema.model import Stage
from reportgen.validation import validate_workbooks
from reportgen.validation.generations import make_mark_rows, mark_sent
from reportgen.validation.workbook_match import recognise_workbooks
from reportgen.workspace import InputFile, RenewedOutputs, SavedFile

if TYPE_CHECKING:
    from reportgen.reports.check_result import CheckOutcome

Marks = Sequence[Sequence[str]]
"""Rows of a workbook's hidden sheet: what it says of itself."""


@dataclass(frozen=True)
class CheckedFolder:
    """What checking a working folder gives: the dataset and everything found wrong with it.

    ``files``: what was read, the register first; whoever marks or records them takes these bytes.
    ``today``: the day as of which it was checked, if one was asked for.
    ``workbooks``: what was in those that could be read.  ``kind``: which kind of report they are for.
    """

    kind: ReportKind
    dataset: Dataset
    issues: Sequence[Issue]
    files: Sequence[InputFile] = ()
    today: dt.date | None = None
    workbooks: Sequence[RawWorkbook] = ()

    @property
    def inputs(self) -> Mapping[str, str]:
        """The SHA-256 of each file that could be read, by name."""
        return {file.name: file.sha256 for file in self.files if file.content is not None}

    def let_go_of_cells(self) -> CheckedFolder:
        """The same without what stood in the workbooks, for whoever goes on from the dataset."""
        return replace(self, workbooks=())

    @property
    def errors(self) -> Sequence[Issue]:
        """The issues that keep a report from being built."""
        return [issue for issue in self.issues if issue.severity is Severity.ERROR]

    @property
    def still_due(self) -> Sequence[Issue]:
        """The reminders of what must be there before a report is built."""
        return [issue for issue in self.issues if issue.code in NOT_YET_DUE]


@dataclass(frozen=True)
class SentBack:
    """What a check leaves: ``files``, of which the last two are 核查结果.html and 核查结果.xlsx.

    ``uncopied``: workbooks with errors of which no marked copy could be made.  ``places``: by workbook
    with errors, the name of its copy among the outputs, empty if there is none.
    """

    files: RenewedOutputs
    uncopied: Sequence[str] = ()
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def copies(self) -> Sequence[SavedFile]:
        """The marked copies."""
        return self.files.saved[:-2]

    @property
    def page(self) -> SavedFile:
        """核查结果.html."""
        return self.files.saved[-2]

    @property
    def result(self) -> SavedFile:
        """核查结果.xlsx."""
        return self.files.saved[-1]


def check(
    folder: Path, *, today: dt.date | None = None,
    stage: Stage = Stage.REPORT, progress: Progress = lambda *_: None,
) -> CheckedFolder:  # fmt: skip
    """Read and check everything in a working folder; time limits as of ``today``.

    What is due only after ``stage`` is a reminder.
    """
    read = read_inputs(folder, progress)
    kind = read.kind
    unread = [issue.file for issue in read.issues]
    dataset, found = validate_workbooks(read.workbooks, tuple(kind.workbooks), unread, stage)
    gone = _find_gone(folder, kind, dataset, read.workbooks)
    told = (*read.issues, *found, *gone, *kind.check(dataset, today))
    found = arrange_issues(told, dataset.letters)
    issues = name_sheets_as_in_files(found, dataset.tabs)
    return CheckedFolder(kind, dataset, issues, read.files, today, read.workbooks)


def _find_gone(
    folder: Path, kind: ReportKind, dataset: Dataset, workbooks: Sequence[RawWorkbook]
) -> Sequence[Issue]:
    """What counts in place of something newer that an earlier check of the folder knew of."""
    known = read_known(folder)
    forms = recognise_workbooks(workbooks, tuple(kind.workbooks))[0] if known else ()
    return tuple(find_gone_returns(known, dataset, forms))


def send_back(checked: CheckedFolder, folder: Path, out: Path) -> SentBack:
    """Save 核查结果.xlsx and .html, and of every workbook with errors a copy in which they are marked.

    What an earlier check of this folder saved and is no longer wanted is put aside.
    """
    workspace.refuse_among_returns(folder, out)
    from reportgen.commands.check_page import make_check_page  # noqa: PLC0415
    from reportgen.excel.write.result_book import write_result_book  # noqa: PLC0415
    from reportgen.reports.check_result import check_result, make_result_rows  # noqa: PLC0415

    kind = checked.kind
    read = {workbook.file for workbook in checked.workbooks}
    files = {  # what could not be read within its limits is not opened here without them
        file.name: file.content or b"" if file.name in read else b"" for file in checked.files
    }
    office = checked.files[0].name
    outward = [
        issue if issue.file == office else replace(issue, outward=True) for issue in checked.issues
    ]
    copies = _mark_copies(outward, files, _make_identities(checked))
    names = workspace.name_copies(copies)
    places = {
        file: f"{workspace.SENT_BACK}/{names[file]}" if copies[file] else "" for file in copies
    }
    outcome = make_outcome(checked, places)
    book, rows = check_result(kind), make_result_rows(outcome)
    summary = write_result_book(book, rows, title=book.name, created=EDITION)
    content = {places[file]: copy for file, copy in copies.items() if copy}
    period = kind.period(checked.dataset)
    stem = f"{workspace.to_file_name(period) if period else ''}{workspace.CHECK_RESULT}"
    page = make_check_page(checked, outcome, rows, f"{period}{workspace.CHECK_RESULT}")
    renewed = workspace.save_outputs(
        out,
        {**content, f"{stem}.html": page, f"{stem}.xlsx": summary},
        workspace.maker_of("check", folder, out),
        list_input_paths(folder, checked.files, kind),
        all_of_it=True,
    )
    _note_returns(checked, folder, [file for file, copy in copies.items() if copy])
    return SentBack(renewed, [file for file, copy in copies.items() if not copy], places)


def make_outcome(checked: CheckedFolder, places: Mapping[str, str]) -> CheckOutcome:
    """What was checked, by whose it is; ``places``: where the marked copies are, as of ``SentBack``."""
    from reportgen.excel.read.core_properties import read_last_saved  # noqa: PLC0415
    from reportgen.reports.check_result import CheckOutcome  # noqa: PLC0415

    files = {file.name: file.content or b"" for file in checked.files}
    return CheckOutcome(
        checked.kind,
        checked.dataset,
        checked.issues,
        checked.kind.progress(checked.dataset, checked.today),
        checked.files[0].name,
        places,
        {name: saved for name, content in files.items() if (saved := read_last_saved(content))},
    )


def _note_returns(checked: CheckedFolder, folder: Path, copied: Sequence[str]) -> None:
    """Remember which generations came back, and which are sent out as marked copies."""
    forms, _ = recognise_workbooks(checked.workbooks, tuple(checked.kind.workbooks))
    sent_out = {form.raw.file: mark_sent(form) for form in forms if form.raw.file in copied}
    note_returns(folder, checked.dataset, forms, sent_out)


def _make_identities(checked: CheckedFolder) -> Mapping[str, Callable[[], Marks]]:
    """By workbook of a department, what its marked copy says of itself; a digest takes its time."""
    owners = {file: name for name, files in checked.dataset.returned.items() for file in files}
    forms, _ = recognise_workbooks(checked.workbooks, tuple(checked.kind.workbooks))
    return {
        form.raw.file: partial(make_mark_rows, form, owners[form.raw.file])
        for form in forms
        if form.raw.file in owners
    }


def _mark_copies(
    issues: Sequence[Issue],
    files: Mapping[str, bytes],
    identities: Mapping[str, Callable[[], Marks]],
) -> Mapping[str, bytes | None]:
    """By workbook with errors, a copy in which all its issues are marked, None if it cannot be."""
    from reportgen.reports.check_result import ABOUT_A_DEPARTMENT  # noqa: PLC0415

    found: dict[str, list[Issue]] = {}
    for issue in issues:
        if issue.code not in ABOUT_A_DEPARTMENT and issue.file in files:
            found.setdefault(issue.file, []).append(issue)
    faulty = {
        file: own
        for file, own in found.items()
        if any(issue.severity is Severity.ERROR for issue in own)
    }
    if not faulty:
        return {}
    from reportgen.excel.mark.marked_copy import mark_workbook  # noqa: PLC0415

    return {
        file: mark_workbook(files[file], own, identities[file]() if file in identities else ())
        for file, own in faulty.items()
    }
