"""A working folder as read: the register first, then the returns, and what becomes of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from reportgen import workspace
from reportgen.commands.folder.progress import Progress
from reportgen.commands.kinds import kinds
from reportgen.data import Dataset
from reportgen.errors import RegisterError, WorkspaceError
from reportgen.excel.read import reader
from reportgen.issues import Issue
from reportgen.raw import RawWorkbook
from reportgen.reports.kind import ReportKind
from reportgen.validation import validate_workbooks
from reportgen.validation.workbook_match import read_mark as mark_of
from reportgen.workspace import InputFile


@dataclass(frozen=True)
class Inputs:
    """A working folder as read, and which kind of report it is for.

    ``files``: the register first, then the kind's records, then the returns; ``workbooks``: those of
    them that can be read; ``issues``: of those that cannot.
    """

    kind: ReportKind
    files: Sequence[InputFile]
    workbooks: Sequence[RawWorkbook]
    issues: Sequence[Issue]


def read_inputs(folder: Path, progress: Progress = lambda *_: None) -> Inputs:
    """Everything in a working folder; its kind is told by the register.

    Raises:
        WorkspaceError: there is no register, or there are several.
        RegisterError: the register cannot be read.
    """
    progress(0, workspace.count_inputs(folder) + 1, "台账")
    files = [_register_file(folder)]
    workbooks = [_open_register(files[0])]
    kind = _kind_of(workbooks[0])
    records = list(_iter_records(folder, kind))
    total = workspace.count_inputs(folder) + len(records) + 1
    issues: list[Issue] = []
    for done, file in enumerate(chain(records, workspace.iter_returns(folder)), 1):
        progress(done, total, file.name)
        files.append(file)
        if file.content is None:
            issues.append(
                Issue("unreadable", file.name, details={"reason": file.problem.removesuffix("。")})
            )
            continue
        workbook, found = reader.read_workbook(file.content, file.name)
        issues += found
        workbooks += [workbook] if workbook else []
    progress(total - 1, total, "核对")
    return Inputs(kind, files, workbooks, issues)


def _iter_records(folder: Path, kind: ReportKind) -> Iterator[InputFile]:
    """Those that lie there; one that cannot be read says why."""
    for record in kind.records:
        name = f"{record.name}.xlsx"
        try:
            file = workspace.optional(folder, name)
        except WorkspaceError as error:
            file = InputFile(name, None, str(error))
        if file is not None:
            yield file


def kind_of(folder: Path) -> ReportKind:
    """The kind of report that a working folder is for; errors as of ``read_inputs``."""
    return _kind_of(_open_register(_register_file(folder)))


def _register_file(folder: Path) -> InputFile:
    return workspace.find_register(folder, [each.register_file for each in kinds()], _is_register)


def _is_register(file: InputFile) -> bool:
    """Whether a file of another name bears a register's mark."""
    workbook, _ = reader.read_workbook(file.content or b"", file.name)
    return workbook is not None and _marked(workbook) is not None


def _marked(register: RawWorkbook) -> ReportKind | None:
    """The kind whose register a workbook says it is."""
    said = mark_of(register).get("表种")
    return next((kind for kind in kinds() if kind.register.name == said), None)


def _kind_of(register: RawWorkbook) -> ReportKind:
    """By the mark; one that somebody typed anew has none and is called as it should be."""
    named = (kind for kind in kinds() if kind.register_file == register.file)
    return _marked(register) or next(named)


def _open_register(file: InputFile) -> RawWorkbook:
    assert file.content is not None
    workbook, issues = reader.read_workbook(file.content, file.name)
    if workbook is None:
        raise RegisterError(f"“{file.name}”不能使用。{put_in_words(issues[0])}")
    return workbook


def read_register(register: bytes, kind: ReportKind) -> Dataset:
    """What a register we have just written holds."""
    workbook, _ = reader.read_workbook(register, kind.register_file)
    assert workbook is not None
    return validate_workbooks([workbook], tuple(kind.workbooks))[0]


def list_input_paths(folder: Path, files: Sequence[InputFile], kind: ReportKind) -> list[Path]:
    """Where inputs stand, which no output may replace, whatever it is called."""
    names = (
        workspace.TEMPLATE, workspace.SENTENCES, kind.register_file, kind.imported_file,
        kind.return_form_file,
    )  # fmt: skip
    return [*(folder / name for name in names), *(folder / file.name for file in files)]


def put_in_words(issue: Issue) -> str:
    """One issue as a sentence for the first page of a draft."""
    place = f"{issue.file}{issue.place}"
    return f"{issue.severity}：{place}{'：' if place else ''}{issue.message}。{issue.remedy}。"
