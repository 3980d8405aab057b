"""The corridor: each command as a story, from files to files.  The only room that sees all others.

Rooms that only some commands need (Word, charts, blank forms) are imported by those commands, so
that ``check`` starts quickly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.data import MARK_SHEET, Dataset, RawWorkbook
from reportgen.errors import LedgerError, RegisterError, WorkspaceError
from reportgen.excel.read import reader
from reportgen.issues import NOT_YET_DUE, Issue, Severity, arranged, as_in_files
from reportgen.reports import KINDS
from reportgen.reports.kind import ReportKind, Rows
from reportgen.schema.model import Stage
from reportgen.validation import validate
from reportgen.validation.workbook_match import mark as mark_of
from reportgen.workspace import File, Renewed, Saved

if TYPE_CHECKING:
    from reportgen.excel.read.foreign_files import Opened
    from reportgen.facts.report import Report
    from reportgen.word.template.sentences import Sentences

Progress = Callable[[int, int, str], None]
"""Told how many steps of how many are done, and what the next one is: a file's name, 核对."""

STEPS = ("统计", "排版和作图", "保存")
"""What a command that makes a document does after it has read and checked."""

EDITION = dt.datetime(2026, 11, 22)
"""The date inside blank forms and the default template: that of their latest edition."""


class Steps:
    """Tells a command's progress: reading and checking, and after it STEPS, one by one."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._read, self._next = progress, 0, 0

    def reading(self, done: int, total: int, name: str) -> None:
        """As ``Progress``, of reading and checking."""
        self._read = total
        self._progress(done, total + len(STEPS), name)

    def next(self) -> None:
        """The next one of STEPS begins."""
        self._progress(self._read + self._next, self._read + len(STEPS), STEPS[self._next])
        self._next += 1


@dataclass(frozen=True)
class Checked:
    """What checking a working folder gives: the dataset and everything found wrong with it.

    ``files``: what was read, the register first; whoever marks or records them takes these bytes.
    ``today``: the day as of which it was checked, if one was asked for.
    """

    dataset: Dataset
    issues: Sequence[Issue]
    files: Sequence[File] = ()
    today: dt.date | None = None

    @property
    def inputs(self) -> Mapping[str, str]:
        """The SHA-256 of each file that could be read, by name."""
        return {file.name: file.sha256 for file in self.files if file.content is not None}

    @property
    def errors(self) -> Sequence[Issue]:
        """The issues that keep a report from being built."""
        return [issue for issue in self.issues if issue.severity is Severity.ERROR]

    @property
    def still_due(self) -> Sequence[Issue]:
        """The reminders of what must be there before a report is built."""
        return [issue for issue in self.issues if issue.code in NOT_YET_DUE]


@dataclass(frozen=True)
class Built:
    """A built report.  ``document`` is None where errors kept it from being built.

    ``idle``: the sentences that the office has written, but its template does not use.
    """

    checked: Checked
    document: Saved | None = None
    facts: Path | None = None
    idle: Sequence[str] = ()


@dataclass(frozen=True)
class Status:
    """How far everything is: the tables of the board by title, and the saved notice.

    ``in_brief``: by title, the headings that a narrow terminal shows.
    """

    checked: Checked
    board: Mapping[str, Sequence[Mapping[str, str]]]
    notice: Saved
    in_brief: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def faults(self) -> Sequence[Issue]:
        """The errors among what was filled in; that something is missing the board shows itself."""
        from reportgen.reports.check_result import ABOUT_A_DEPARTMENT  # noqa: PLC0415

        return [issue for issue in self.checked.errors if issue.code not in ABOUT_A_DEPARTMENT]


@dataclass(frozen=True)
class SentBack:
    """What a check leaves: ``files``, of which the last is 核查结果.xlsx.

    ``uncopied``: workbooks with errors of which no marked copy could be made.
    """

    files: Renewed
    uncopied: Sequence[str] = ()


@dataclass(frozen=True)
class Laid:
    """Files written by ``init``, ``assign`` or ``forms``; ``kept``: those that were there before.

    ``notes``: what of them to look at, in sentences.
    """

    written: Sequence[Path] = ()
    kept: Sequence[Path] = ()
    issues: Sequence[Issue] = field(default_factory=tuple)
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class ImportedLedger:
    """An imported ledger: what was read, guessed and left out, and the files written.

    ``aside``: there was a register already, so that the new files stand beside it.
    """

    lines: Sequence[str]
    written: Sequence[Path]
    aside: bool


def check(
    folder: Path, kind: ReportKind = KINDS[0], *, today: dt.date | None = None,
    stage: Stage = Stage.REPORT, progress: Progress = lambda *_: None,
) -> Checked:  # fmt: skip
    """Read and check everything in a working folder; time limits as of ``today``.

    What is due only after ``stage`` is a reminder.
    """
    files, workbooks, issues = _read_all(folder, kind, progress)
    unread = [issue.file for issue in issues]
    dataset, found = validate(workbooks, tuple(kind.workbooks), unread, stage)
    found = arranged((*issues, *found, *kind.check(dataset, today)), dataset.letters)
    return Checked(dataset, as_in_files(found, dataset.tabs), files, today)


def status(
    folder: Path, out: Path, today: dt.date,
    kind: ReportKind = KINDS[0], progress: Progress = lambda *_: None,
) -> Status:  # fmt: skip
    """How far everything is as of ``today``: the board, and the notice, which is saved."""
    from reportgen.charts.render import render  # noqa: PLC0415
    from reportgen.word.render.fill import fill  # noqa: PLC0415
    from reportgen.word.template import gongwen  # noqa: PLC0415

    workspace.keep_apart(folder, out)
    steps = Steps(progress)
    checked = check(folder, kind, today=today, stage=Stage.CHECK, progress=steps.reading)
    steps.next()
    report = kind.status(checked.dataset, today)
    steps.next()
    template = gongwen.template(kind.status_wording(), date=EDITION.date())
    name = workspace.file_name(report.title) + ".docx"
    maker = workspace.made_by("status", folder, out)
    content = {name: fill(template, report, render)}
    steps.next()
    renewed = workspace.renew(out, content, maker, _paths(folder, checked.files), all_of_it=True)
    workspace.refuse_if_open(renewed)
    return Status(checked, kind.board(report), renewed.saved[0], kind.board_in_brief)


def send_back(checked: Checked, folder: Path, out: Path, kind: ReportKind = KINDS[0]) -> SentBack:
    """Save 核查结果.xlsx, and of every workbook with errors a copy in which they are marked.

    What an earlier check of this folder saved and is no longer wanted is put aside.
    """
    workspace.keep_apart(folder, out)
    from reportgen.excel.read.core_properties import last_saved  # noqa: PLC0415
    from reportgen.excel.write import forms as writer  # noqa: PLC0415
    from reportgen.reports.check_result import CHECK_RESULT, Outcome, rows  # noqa: PLC0415

    files = {file.name: file.content or b"" for file in checked.files}
    office = checked.files[0].name
    outward = [
        issue if issue.file == office else replace(issue, outward=True) for issue in checked.issues
    ]
    copies = _marked(outward, files)
    names = workspace.copy_names(copies)
    places = {
        file: f"{workspace.SENT_BACK}/{names[file]}" if copies[file] else "" for file in copies
    }
    outcome = Outcome(
        checked.dataset,
        checked.issues,
        kind.progress(checked.dataset, checked.today),
        checked.files[0].name,
        places,
        {name: saved for name, content in files.items() if (saved := last_saved(content))},
    )
    summary = writer.write(
        CHECK_RESULT, rows=rows(outcome), title=CHECK_RESULT.name, created=EDITION
    )
    content = {places[file]: copy for file, copy in copies.items() if copy}
    period = kind.period(checked.dataset)
    name = f"{workspace.file_name(period) if period else ''}{workspace.CHECK_RESULT}"
    renewed = workspace.renew(
        out,
        {**content, name: summary},
        workspace.made_by("check", folder, out),
        _paths(folder, checked.files),
        all_of_it=True,
    )
    workspace.refuse_if_open(renewed)
    return SentBack(renewed, [file for file, copy in copies.items() if not copy])


def build(
    folder: Path, out: Path, *, template: Path | None = None, draft: bool = False,
    annotate: bool = False, kind: ReportKind = KINDS[0], progress: Progress = lambda *_: None,
) -> Built:  # fmt: skip
    """Check, count, draw, assemble and save the report; nothing is written if there are errors.

    ``annotate``: with a comment at each figure that tells where it comes from.
    """
    from reportgen.charts.render import render  # noqa: PLC0415
    from reportgen.facts.model import to_json  # noqa: PLC0415
    from reportgen.word.after import comments  # noqa: PLC0415
    from reportgen.word.render.fill import fill  # noqa: PLC0415

    workspace.keep_apart(folder, out)
    steps = Steps(progress)
    checked = check(folder, kind, progress=steps.reading)
    if checked.errors and not draft:
        return Built(checked)
    steps.next()
    report = kind.report(checked.dataset)
    chosen = chosen_template(folder, template, kind)
    sentences = chosen_sentences(folder, template, kind)
    worst = sorted(checked.issues, key=lambda issue: issue.severity is not Severity.ERROR)
    missing = [_sentence(issue) for issue in worst] if draft else None
    steps.next()
    content = fill(
        chosen, report, render, sentences=sentences, inputs=checked.inputs, draft=missing
    )
    content = comments.annotate(content) if annotate else content
    suffix = ("草稿" if draft else "") + ("（来源批注）" if annotate else "")
    name = workspace.file_name(report.title + suffix) + ".docx"
    steps.next()
    figures = {"title": report.title, "facts": to_json(report.facts.values())}
    renewed = workspace.renew(
        out,
        {name: content, workspace.FACTS: workspace.readable(figures)},
        workspace.made_by("build", folder, out),
        [*_paths(folder, checked.files), *([template] if template else [])],
    )
    workspace.refuse_if_open(renewed)
    document, facts = renewed.saved
    return Built(checked, document, facts.path, _idle(chosen, sentences, kind))


def assign(folder: Path, kind: ReportKind = KINDS[0]) -> Laid:
    """Hand out: one prefilled workbook per department; what a department already has stays.

    A department with a workbook that cannot be read gets none: it may hold all its items.
    """
    workspace.find_folder(folder)
    with workspace.locked(folder):
        return _hand_out(folder, kind)


def _hand_out(folder: Path, kind: ReportKind) -> Laid:
    _, workbooks, unread = _read_all(folder, kind)
    declared = tuple(kind.workbooks)
    register, found = validate(workbooks[:1], declared, stage=Stage.HAND_OUT)
    due = [issue for issue in found if issue.code not in NOT_YET_DUE]
    issues = (*as_in_files(due, register.tabs), *unread)
    if any(issue.severity is Severity.ERROR for issue in issues if issue not in unread):
        return Laid(issues=issues)
    there, _ = validate(workbooks, declared, [issue.file for issue in unread])
    present = _numbers_present(there, kind)
    written: list[Path] = []
    kept: list[Path] = []
    for department, rows in kind.handed_out(register).items():
        lacking = _lacking(rows, present.get(department, set()), kind)
        name = workspace.file_name(department) + ".xlsx"
        if any(lacking.values()) and department not in there.unread:
            content = _return_form(kind, register, department, lacking)
            written.append(workspace.create_beside(folder / workspace.RETURNS, name, content))
        else:
            kept.append(folder / workspace.RETURNS / name)
    return Laid(written, kept, issues)


def init(folder: Path, *, sample: bool = False, kind: ReportKind = KINDS[0]) -> Laid:
    """Set up a working folder, blank or with the sample case; existing files stay."""
    case = _sample(kind)
    filled = case if sample else {workspace.REGISTER: _register_form(kind, kind.starter)}
    return _set_up(folder, default_template(kind), _sample_field_list(kind, case), filled)


def init_from(folder: Path, before: Path, kind: ReportKind = KINDS[0]) -> Laid:
    """Set up the working folder of a year with what carries over from that of the year ``before``.

    Its template and its own sentences come along.  Existing files stay.
    """
    last = check(before, kind)
    carried = kind.carry_over(last.dataset, sound=not last.errors)
    filled = {workspace.REGISTER: _register_form(kind, carried.register)}
    own = workspace.sentences(before, None)
    filled |= {own.name: own.content or b""} if own else {}
    names = _sample_field_list(kind, _sample(kind))
    laid = _set_up(folder, chosen_template(before, None, kind), names, filled)
    is_new = folder / workspace.REGISTER in laid.written
    return replace(laid, notes=carried.notes if is_new else ())


def import_ledger(
    file: Path, folder: Path, *, sheet: str = "", kind: ReportKind = KINDS[0]
) -> ImportedLedger:
    """Make a register, and returns where it tells of results, out of a ledger not our form."""
    from reportgen.ledger import explanation, read_table  # noqa: PLC0415

    opened = _opened(file)
    assert opened.workbook is not None
    table = read_table(opened.workbook, kind.ledger, sheet)
    imported = kind.transfer(table)
    register = _register_form(kind, imported.register)
    dataset = _dataset_of(register, kind)
    forms = {
        workspace.file_name(department) + ".xlsx": _return_form(kind, dataset, department, rows)
        for department, rows in imported.returns.items()
    }
    notes = _import_notes(explanation.rows(table, imported, opened.container, opened.notes))
    written, aside = _lay_imported(folder, register, forms, notes)
    lines = tuple(explanation.lines(table, imported, opened.container, opened.notes))
    return ImportedLedger(lines, written, aside)


def _lay_imported(
    folder: Path, register: bytes, forms: Mapping[str, bytes], notes: bytes
) -> tuple[Sequence[Path], bool]:
    """The files written, the register first, and whether they stand beside those of another one.

    The register comes last: until it is there, the folder is none, and the import is run again.
    What an import that was broken off has left, and nobody has saved since, is replaced: the ledger
    may have changed.
    """
    workspace.make_folder(folder)
    with workspace.locked(folder):
        theirs = {workspace.REGISTER: register}
        theirs |= {f"{workspace.RETURNS}/{name}": form for name, form in forms.items()}
        aside = workspace.has_register(folder) and not workspace.holds_all(folder, theirs)
        place = folder / (workspace.IMPORTED_RETURNS if aside else workspace.RETURNS)
        broken_off = not workspace.has_register(folder)
        lay = partial(
            workspace.create_beside, worthless=lambda there: broken_off and _is_as_made(there)
        )
        rest = [lay(place, name, form) for name, form in forms.items()]
        rest.append(lay(folder, workspace.IMPORT_NOTES, notes))
        name = workspace.IMPORTED_REGISTER if aside else workspace.REGISTER
        return [workspace.create_beside(folder, name, register), *rest], aside


def forms(folder: Path, *, overwrite: bool = False, kind: ReportKind = KINDS[0]) -> Laid:
    """Write the blank standard forms, the default template and 模板字段表.

    ``overwrite``: also in place of those that are there; what somebody has edited is put aside.

    Raises:
        WorkspaceError: to be overwritten is a register that is filled in.
    """
    if overwrite:
        _refuse_filled(folder, kind)
    register = _register_form(kind, kind.starter)
    blank = _dataset_of(register, kind)
    content = {
        workspace.REGISTER: register,
        workspace.RETURN_FORM: _return_form(kind, blank, "", {}),
        workspace.TEMPLATE: default_template(kind),
        workspace.SENTENCES: _sentence_file(default_sentences(kind)),
        workspace.FIELD_LIST: _sample_field_list(kind, _sample(kind)),
    }
    return _lay(folder, content, overwrite=overwrite)


def sentences(folder: Path, kind: ReportKind = KINDS[0]) -> Laid:
    """Write the built-in sentences into a working folder, to be edited; a file that is there stays."""
    workspace.find_folder(folder)
    return _lay(
        folder, {workspace.SENTENCES: _sentence_file(default_sentences(kind))}, overwrite=False
    )


def fields(folder: Path, kind: ReportKind = KINDS[0]) -> Laid:
    """Make the folder's 模板字段表 anew, from its own data, template and sentences."""
    checked = check(folder, kind)
    content = _field_list(
        kind.report(checked.dataset),
        chosen_template(folder, None, kind),
        chosen_sentences(folder, None, kind),
    )
    path = folder / workspace.FIELD_LIST
    with workspace.locked(folder):
        workspace.overwrite(path, content, worthless=_is_as_made)
    return Laid([path])


def uses_sentences(folder: Path, kind: ReportKind = KINDS[0]) -> bool:
    """Whether the folder's template uses any sentence."""
    from reportgen.word.render.fill import used_sentences  # noqa: PLC0415

    template = chosen_template(folder, None, kind)
    return bool(used_sentences(template, chosen_sentences(folder, None, kind)))


def _idle(template: bytes, sentences: Sentences, kind: ReportKind) -> list[str]:
    from reportgen.word.render.fill import used_sentences  # noqa: PLC0415
    from reportgen.word.template.sentences import idle  # noqa: PLC0415

    if not any(each.source for each in sentences.values()):
        return []
    used = used_sentences(template, sentences)
    return [each.written for each in idle(sentences, default_sentences(kind), used)]


def _sentence_file(sentences: Sentences) -> bytes:
    from reportgen.word.template import sentence_file  # noqa: PLC0415

    return sentence_file.write(sentences, date=EDITION.date())


def default_template(kind: ReportKind = KINDS[0]) -> bytes:
    """The built-in template, made from the kind's wording."""
    from reportgen.word.template import gongwen  # noqa: PLC0415
    from reportgen.word.template.sentences import passages  # noqa: PLC0415

    outline, _ = passages(kind.wording())
    return gongwen.template(outline, date=EDITION.date())


def default_sentences(kind: ReportKind = KINDS[0]) -> Sentences:
    """The built-in sentences, from the kind's wording."""
    from reportgen.word.template.sentences import passages  # noqa: PLC0415

    return passages(kind.wording())[1]


def chosen_template(folder: Path, given: Path | None, kind: ReportKind = KINDS[0]) -> bytes:
    """The template asked for, else the folder's own; only where there is none, the built-in one."""
    chosen = workspace.template(folder, given)
    return default_template(kind) if chosen is None else chosen


def chosen_sentences(folder: Path, given: Path | None, kind: ReportKind = KINDS[0]) -> Sentences:
    """The built-in sentences, over which those go that the office has written.

    They lie beside the template that was asked for, else in the folder.
    """
    from reportgen.word.template import sentence_file  # noqa: PLC0415

    own = workspace.sentences(folder, given)
    written = sentence_file.read(own.content or b"", own.name) if own else {}
    return {**default_sentences(kind), **written}


def _read_all(
    folder: Path, kind: ReportKind, progress: Progress = lambda *_: None
) -> tuple[list[File], list[RawWorkbook], list[Issue]]:
    """The register first, then the returns; a return that cannot be read is an issue."""
    total = workspace.how_many(folder) + 1
    progress(0, total, workspace.REGISTER)
    files = [workspace.register(folder, partial(_is_register, kind=kind))]
    workbooks = [_register(files[0])]
    issues: list[Issue] = []
    for done, file in enumerate(workspace.returns(folder), 1):
        progress(done, total, file.name)
        files.append(file)
        if file.content is None:
            issues.append(Issue("unreadable", file.name, details={"reason": file.problem}))
            continue
        workbook, found = reader.read(file.content, file.name)
        issues += found
        workbooks += [workbook] if workbook else []
    progress(total - 1, total, "核对")
    return files, workbooks, issues


def _marked(issues: Sequence[Issue], files: Mapping[str, bytes]) -> Mapping[str, bytes | None]:
    """By workbook with errors, a copy in which all its issues are marked, None if it cannot be."""
    from reportgen.excel.mark.marked_copy import mark  # noqa: PLC0415
    from reportgen.reports.check_result import ABOUT_A_DEPARTMENT  # noqa: PLC0415

    found: dict[str, list[Issue]] = {}
    for issue in issues:
        if issue.code not in ABOUT_A_DEPARTMENT and issue.file in files:
            found.setdefault(issue.file, []).append(issue)
    return {
        file: mark(files[file], own)
        for file, own in found.items()
        if any(issue.severity is Severity.ERROR for issue in own)
    }


def _is_register(file: File, *, kind: ReportKind) -> bool:
    """Whether a file of another name bears the register's mark."""
    workbook, _ = reader.read(file.content or b"", file.name)
    return workbook is not None and mark_of(workbook).get("表种") == kind.register.name


def _register(file: File) -> RawWorkbook:
    assert file.content is not None
    workbook, issues = reader.read(file.content, file.name)
    if workbook is None:
        raise RegisterError(f"“{file.name}”不能使用。{_sentence(issues[0])}")
    return workbook


def _numbers_present(dataset: Dataset, kind: ReportKind) -> Mapping[str, set[str]]:
    """By department, the items that its workbooks in 填报 already hold."""
    present: dict[str, set[str]] = {department: set() for department in dataset.returned}
    sheet = kind.returned.sheets[0]
    key = sheet.columns[0].name
    rows = dataset.tables[sheet.name]
    for department, number in zip(rows["部门"], rows[key], strict=True):
        present.setdefault(department, set()).add(number)
    return present


def _lacking(rows: Rows, present: set[str], kind: ReportKind) -> Rows:
    key = kind.returned.sheets[0].columns[0].name
    return {
        sheet: [record for record in records if record[key] not in present]
        for sheet, records in rows.items()
    }


def _dataset_of(register: bytes, kind: ReportKind) -> Dataset:
    """What a register we have just written holds."""
    workbook, _ = reader.read(register, workspace.REGISTER)
    assert workbook is not None
    return validate([workbook], tuple(kind.workbooks))[0]


def _register_form(kind: ReportKind, rows: Rows, title: str = "") -> bytes:
    from reportgen.excel.write import forms as writer  # noqa: PLC0415

    return writer.write(kind.register, rows=rows, title=title, created=EDITION)


def _return_form(kind: ReportKind, dataset: Dataset, department: str, rows: Rows) -> bytes:
    from reportgen.excel.write import forms as writer  # noqa: PLC0415

    return writer.write(
        kind.returned,
        rows=rows,
        lists=kind.lists(dataset),
        notes=kind.notes(dataset),
        owner=department,
        created=EDITION,
    )


def _sample(kind: ReportKind) -> dict[str, bytes]:
    """The sample case as it would stand after the departments returned their workbooks."""
    register = _register_form(kind, kind.sample.register, kind.sample.title)
    dataset = _dataset_of(register, kind)
    content = {workspace.REGISTER: register}
    for department, rows in kind.handed_out(dataset).items():
        filled = _filled(rows, kind.sample.returns[department], kind)
        name = f"{workspace.RETURNS}/{workspace.file_name(department)}.xlsx"
        content[name] = _return_form(kind, dataset, department, filled)
    return content


def _filled(handed_out: Rows, returned: Rows, kind: ReportKind) -> Rows:
    """The handed-out records, each completed by what the department wrote behind its key."""
    key = kind.returned.sheets[0].columns[0].name
    completed = {
        sheet: [
            {**record, **next(own for own in returned[sheet] if own[key] == record[key])}
            for record in records
        ]
        for sheet, records in handed_out.items()
    }
    return {**returned, **completed}


def _opened(file: Path) -> Opened:
    """A ledger as opened; LedgerError if nothing can be read, or if it is our form already."""
    from reportgen.excel.read import foreign_files  # noqa: PLC0415

    opened = foreign_files.read(workspace.ledger(file), file.name)
    if opened.workbook is None:
        issue = opened.issues[0]
        raise LedgerError(f"“{file.name}”不能导入。{issue.message}。{issue.remedy}。")
    if opened.workbook.sheet(MARK_SHEET):
        raise LedgerError(f"“{file.name}”已经是本系统的标准表，不用导入，直接放进工作目录即可。")
    return opened


def _import_notes(rows: Rows) -> bytes:
    from reportgen.excel.write import forms as writer  # noqa: PLC0415
    from reportgen.ledger.explanation import EXPLANATION  # noqa: PLC0415

    return writer.write(EXPLANATION, rows=rows, created=EDITION)


def _sample_field_list(kind: ReportKind, case: Mapping[str, bytes]) -> bytes:
    """模板字段表 of the default template, with the values of the sample ``case``."""
    workbooks = [
        workbook
        for name, content in case.items()
        if (workbook := reader.read(content, name)[0]) is not None
    ]
    dataset, _ = validate(workbooks, tuple(kind.workbooks))
    return _field_list(
        kind.report(dataset),
        default_template(kind),
        default_sentences(kind),
        "模板字段（当前值取自示例，运行 reportgen fields 换成本目录的数据）",
    )


def _field_list(
    report: Report, template: bytes, sentences: Sentences, title: str = "模板字段"
) -> bytes:
    """模板字段表: every name a template may use, with its value and how often this one uses it."""
    from reportgen.excel.write import forms as writer  # noqa: PLC0415
    from reportgen.reports.field_list import FIELD_LIST, Passage, fields  # noqa: PLC0415
    from reportgen.word.render.usage import said, used  # noqa: PLC0415

    now = said(sentences, report)
    passages = [Passage(each.written, each.note, now[each.name]) for each in sentences.values()]
    rows = fields(report, passages, used(template, sentences))
    return writer.write(FIELD_LIST, rows=rows, title=title, created=EDITION)


def _double_click_commands() -> dict[str, bytes]:
    """核查.cmd and 生成报告.cmd: ASCII inside, whatever code page the console has."""
    return {
        "核查.cmd": _command("check"),
        "生成报告.cmd": _command("build"),
    }


def _command(verb: str) -> bytes:
    """Runs the virtual environment above the folder if there is one, else the installed Python.

    Nothing that lies beside the register is executed: no program there (the shell looks into its own
    folder first), no environment, and no module (``-P``).
    """
    lines = [
        "@echo off",
        'set "NoDefaultCurrentDirectoryInExePath=1"',
        'set "PY=py"',
        'if exist "%~dp0..\\.venv\\Scripts\\python.exe" set "PY=%~dp0..\\.venv\\Scripts\\python.exe"',
        f'"%PY%" -P -m reportgen {verb} "%~dp0."',
        "pause",
    ]
    return "\r\n".join([*lines, ""]).encode("ascii")


def _set_up(folder: Path, template: bytes, field_list: bytes, filled: Mapping[str, bytes]) -> Laid:
    """A working folder of this template and these workbooks; existing files stay."""
    content = {
        workspace.TEMPLATE: template,
        workspace.FIELD_LIST: field_list,
        **_double_click_commands(),
        **filled,
    }
    return _lay(folder, content, overwrite=False)


def _lay(folder: Path, content: Mapping[str, bytes], *, overwrite: bool) -> Laid:
    written: list[Path] = []
    kept: list[Path] = []
    for name, data in content.items():
        path = folder / name
        if overwrite:
            workspace.overwrite(path, data, worthless=_is_as_made)
            written.append(path)
        else:
            (written if workspace.create(path, data) else kept).append(path)
    return Laid(written, kept)


def _refuse_filled(folder: Path, kind: ReportKind) -> None:
    if not workspace.has_register(folder):
        return
    file = workspace.register(folder)
    workbook, _ = reader.read(file.content or b"", file.name)
    filled = workbook is None or any(
        len(table)
        for name, table in validate([workbook], tuple(kind.workbooks))[0].tables.items()
        if name not in kind.starter
    )
    if filled:
        raise WorkspaceError(
            f"“{folder}”里的“{workspace.REGISTER}”已经填了内容，不能换成空白表。"
            "请把标准表样生成到另一个文件夹。"
        )


def _is_as_made(content: bytes) -> bool:
    """Whether a file of ours was not saved by anybody since we made it."""
    from reportgen.excel.read.core_properties import is_as_created  # noqa: PLC0415

    return is_as_created(content)


def _paths(folder: Path, files: Sequence[File]) -> list[Path]:
    """Where inputs stand, which no output may replace, whatever it is called."""
    words = (workspace.TEMPLATE, workspace.SENTENCES)
    return [*(folder / name for name in words), *(folder / file.name for file in files)]


def _sentence(issue: Issue) -> str:
    """One issue as a sentence for the first page of a draft."""
    place = "".join(part for part in (issue.file, issue.place) if part)
    return f"{issue.severity}：{place}：{issue.message}。{issue.remedy}。"
